import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json';
import { NOTICES } from '../server/src/engine/notices';
import { rules } from '../server/src/rules';
import { ruleUrl } from '../server/src/base/rule-url';
import { SAMPLE_FILES } from '../client/src/sample/sample-files';

const root = join(import.meta.dirname, '..');
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

const { contributes } = manifest;
const commands = contributes.commands.map(({ command }) => command);

describe('commands', () => {
  it('are registered by the client, and nothing else is', async () => {
    const table = await read('client/src/commands.ts');
    const registered = [...table.matchAll(/^\s+'(twelveFactor\.\w+)': (?:async )?\(/gm)].map(
      ([, id]) => id,
    );
    expect(registered.sort()).toEqual([...commands].sort());
  });

  it('have a title in their category', () => {
    for (const { command, title, category } of contributes.commands) {
      expect(category, command).toBe('Twelve-Factor');
      expect(title, command).toMatch(/^[A-Z]/);
    }
  });

  it('are the only ones that menus name', () => {
    const named = Object.values(contributes.menus).flatMap((items) =>
      items.map(({ command }) => command),
    );
    for (const command of named) expect(commands).toContain(command);
  });
});

it('the tools of language models are named in small letters, which every client takes', () => {
  const names = contributes.languageModelTools.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(4);
  for (const name of names) expect(name).toMatch(/^[a-z_]{1,64}$/);
});

describe('words and walkthrough', () => {
  const texts = [
    ...contributes.viewsWelcome.map(({ contents }) => contents),
    ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ description }) => description)),
  ];

  it('lead to commands that there are', () => {
    const named = texts.flatMap((text) => [...text.matchAll(/command:(twelveFactor\.[\w.]+)/g)]);
    const known = [...commands, ...contributes.views.twelveFactor.map(({ id }) => `${id}.focus`)];
    expect(named.length).toBeGreaterThan(10);
    for (const [, command] of named) expect(known).toContain(command);
  });

  it('stand in every view whatever the state', () => {
    const said = (view: string): string =>
      contributes.viewsWelcome.flatMap((each) => (each.view === view ? [each.when] : [])).join(' ');
    for (const state of ['scanning', 'clean', 'hidden', 'nothing', 'off', 'failed'])
      expect(said('twelveFactor.findings')).toContain(`== ${state}`);
    for (const state of ['scanning', 'nothing', 'failed'])
      expect(said('twelveFactor.map')).toContain(`== ${state}`);
  });

  it('have four steps', () => {
    expect(contributes.walkthroughs.map(({ steps }) => steps.length)).toEqual([4]);
  });
});

it('the pages that diagnostics link to are those of the repository', () => {
  const repository = manifest.repository.url.replace(/\.git$/, '');
  const url = ruleUrl('hardcoded-port');
  expect(url).toBe(`${repository}/blob/main/docs/rules/hardcoded-port.md`);
  expect(existsSync(join(root, url.replace(/^.*\/main\//, '')))).toBe(true);
});

describe('settings', () => {
  const properties = contributes.configuration.flatMap(({ properties: own }) =>
    Object.entries(own as Readonly<Record<string, Readonly<Record<string, unknown>>>>),
  );

  it('carry the prefix, a default and a description', () => {
    expect(properties.length).toBeGreaterThan(0);
    for (const [name, setting] of properties) {
      expect(name).toMatch(/^twelveFactor\.[a-zA-Z.-]+$/);
      expect(setting, name).toHaveProperty('default');
      expect(setting['markdownDescription'] ?? setting['description'], name).toBeTruthy();
    }
  });

  it('are contributed once', () => {
    const names = properties.map(([name]) => name);
    expect(names).toEqual([...new Set(names)]);
  });
});

describe('activation', () => {
  it('waits for a project or a language, or for its own tab of the time before', () => {
    for (const event of manifest.activationEvents) {
      expect(event).toMatch(/^(workspaceContains|onLanguage):|^onWebviewPanel:twelveFactor\./);
    }
  });

  it('looks for names, because VS Code searches the whole workspace for a glob', () => {
    for (const event of manifest.activationEvents) expect(event).toMatch(/^\w+:[\w.-]+$/);
  });

  it('works in untrusted and virtual workspaces, on desktop and web', () => {
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe(true);
    expect(manifest.capabilities.virtualWorkspaces).toBe(true);
    expect(manifest.main).toBe('./dist/extension.js');
    expect(manifest.browser).toBe('./dist/extension.browser.js');
  });
});

describe('versions', () => {
  it('of the manifest is the newest in the changelog', async () => {
    const [, newest] = /^## \[(\d[^\]]*)\]/m.exec(await read('CHANGELOG.md')) ?? [];
    expect(manifest.version).toBe(newest);
  });

  it('of everything installed are exact', () => {
    for (const [name, range] of Object.entries(manifest.devDependencies)) {
      expect(range, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    }
    expect(manifest.devDependencies.typescript, 'typescript 7 has no parser').toMatch(/^6\./);
  });

  it('of the VS Code API is the oldest that is supported', () => {
    expect(manifest.engines.vscode).toBe(`^${manifest.devDependencies['@types/vscode']}`);
  });

  it('has nothing to install at run time: everything is bundled', () => {
    expect(manifest).not.toHaveProperty('dependencies');
  });
});

describe('the page on the Marketplace', () => {
  it('shows pictures that are there and load fast', async () => {
    const pages = `${await read('README.md')}${await read('MARKETPLACE.md')}`;
    const pictures = [...pages.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)];
    expect(pictures.length).toBeGreaterThan(5);
    for (const [, path = ''] of pictures) {
      expect(path).toMatch(/^docs\/images\/[\w-]+\.png$/);
      const most = path.endsWith('first-fix.png') ? 500_000 : 200_000;
      expect((await stat(join(root, path))).size, path).toBeLessThan(most);
    }
  });
});

it('the page on the Marketplace leads to pages that there are', async () => {
  const links = [...(await read('MARKETPLACE.md')).matchAll(/\]\((?!https:)([^)#]+)/g)];
  expect(links.length).toBeGreaterThan(5);
  for (const [, path = ''] of links) expect(existsSync(join(root, path)), path).toBe(true);
});

describe('the package', () => {
  const ALLOWED = [
    /^(package\.json|MARKETPLACE\.md|CHANGELOG\.md|LICENSE|SECURITY\.md|icon\.png)$/,
    /^dist\/(extension|extension\.browser|server|server\.browser|typescript)\.js$/,
    /^syntaxes\/[\w.-]+\.json$/,
    /^docs\/rules\/[\w-]+\.md$/,
    /^media\/twelve-factor\.svg$/,
    /^media\/walkthrough\/[\w-]+\.md$/,
    ...SAMPLE_FILES.map((file) => new RegExp(`^sample/${file.replaceAll('.', '\\.')}$`)),
  ];

  it('holds what it should and nothing else', async () => {
    const listed = await listFiles({ cwd: root, packageManager: PackageManager.None });
    // It lists this page whatever is packed in its place.
    const files = listed.filter((file) => file !== 'README.md');
    expect(files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file)))).toEqual([]);
    for (const file of [
      'package.json',
      'MARKETPLACE.md',
      'CHANGELOG.md',
      'LICENSE',
      'SECURITY.md',
      'icon.png',
    ]) {
      expect(files).toContain(file);
    }
    expect(files).toContain('syntaxes/twelve-factor.schema.json');
    for (const { id } of rules) expect(files).toContain(`docs/rules/${id}.md`);
    for (const id of Object.keys(NOTICES)) expect(files).toContain(`docs/rules/${id}.md`);
    for (const file of SAMPLE_FILES) expect(files).toContain(`sample/${file}`);
  });

  it('denies all files that are not named', async () => {
    const lines = (await read('.vscodeignore')).split('\n').filter((line) => /^[^#]/.test(line));
    expect(lines[0]).toBe('**');
    expect(lines.slice(1).every((line) => line.startsWith('!'))).toBe(true);
  });

  it('names only files that exist', () => {
    const paths = [
      ...contributes.grammars.map(({ path }) => path),
      ...contributes.jsonValidation.map(({ url }) => url),
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
      manifest.icon,
    ];
    for (const path of paths) expect(existsSync(join(root, path)), path).toBe(true);
  });
});
