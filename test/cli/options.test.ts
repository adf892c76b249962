import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../server/src/cli/program';
import type { JsonReport } from '../../server/src/report/json';
import { cli, severityRule, temporaryFolder } from './run';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder({
    'package.json': '{ "name": "app", "private": true, "scripts": { "start": "node b.js" } }\n',
    'b.js': "require('./c');\nlog('warn', 'info');\n",
    'c.js': "log('warn');\n",
  });
});

afterAll(() => folder.dispose());

const check = (...args: string[]): ReturnType<typeof cli> =>
  cli(folder.path, ['check', '--no-cache', ...args]);
const read = (path: string): Promise<string> => readFile(join(folder.path, path), 'utf8');

describe('options', () => {
  it('write several reports at once, and the one for people beside them', async () => {
    const { out } = await check('-o', 'json=r.json', '-o', 'sarif=r.sarif', '-o', 'junit=r.xml');
    expect(out).toContain('3 findings');
    expect(JSON.parse(await read('r.json'))).toMatchObject({ schemaVersion: 1 });
    expect(JSON.parse(await read('r.sarif'))).toMatchObject({ version: '2.1.0' });
    expect(await read('r.xml')).toContain('<testsuites');
    const instead = await check('--format', 'json', '-o', 'a.json', '-o', 'html=a.html');
    expect(instead.out).toBe('');
    expect(await read('a.html')).toContain('<!doctype html>');
    expect((await check('-o', 'sarfi=x')).err).toContain('did you mean sarif?');
  });

  it('choose factors, and how many findings are too many', async () => {
    expect((await check('--factor', 'logs')).code).toBe(1);
    expect((await check('--factor', 'config,processes')).code).toBe(0);
    expect((await check('--max-warnings', '2')).code).toBe(1);
    expect((await check('--max-warnings', '3')).code).toBe(0);
    await writeFile(join(folder.path, 'c.js'), "log('error');\n");
    expect((await check('--max-warnings', '3')).code).toBe(1);
    await writeFile(join(folder.path, 'c.js'), "log('warn');\n");
  });

  it('take the text of one file from standard input', async () => {
    const typed = async (text: string, ...args: string[]): ReturnType<typeof cli> =>
      cli(folder.path, ['check', '--stdin', ...args], {}, undefined, [severityRule], text);
    const { code, out } = await typed(
      "\nlog('error');\n",
      '--stdin-filename',
      'c.js',
      '-f',
      'json',
    );
    const { findings } = JSON.parse(out) as JsonReport;
    expect(findings.map(({ path, severity }) => [path, severity])).toEqual([['c.js', 'error']]);
    expect(code).toBe(1);
    const fresh = await typed("log('warn');\n", '--stdin-filename', 'new.js', '-f', 'json');
    expect((JSON.parse(fresh.out) as JsonReport).findings).toMatchObject([{ path: 'new.js' }]);
    expect((await typed('')).err).toContain('need each other');
    expect((await typed('', '--stdin-filename', '../x.js')).err).toContain('is no file in');
    expect((await typed('', '--stdin-filename', 'c.js', '--changed')).code).toBe(2);
  });

  it.each([
    [['--severity', 'wanring'], 'Did you mean warning?'],
    [['--format', 'sariff'], 'Did you mean sarif?'],
    [['--factor', 'log'], 'did you mean logs?'],
    [['--rule', 'loud-strin'], 'did you mean loud-string?'],
    [['--basline'], 'Did you mean --baseline?'],
    [['--max-warnings', 'many'], 'Give a whole number'],
  ])('that are misspelt end with 2 and what was meant: %j', async (args, message) => {
    const { code, err } = await check(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('know a command that is misspelt', async () => {
    const { code, err } = await cli(folder.path, ['chekc']);
    expect(code).toBe(2);
    expect(err).toContain('did you mean the command check?');
  });

  it('make mistakes in the configuration fail in CI, where nobody reads what is told', async () => {
    await mkdir(join(folder.path, 'bad'));
    await writeFile(join(folder.path, 'bad/twelve-factor.json'), '{ "rules": { "lout": "of" } }');
    expect((await cli(folder.path, ['check', 'bad'])).code).toBe(0);
    const { code, err } = await cli(folder.path, ['check', 'bad'], { CI: 'true' });
    expect(code).toBe(2);
    expect(err).toContain('twelve-factor.json:1:14');
    expect((await cli(folder.path, ['check', 'bad'], { CI: 'false' })).code).toBe(0);
  });
});

describe('a terminal', () => {
  async function shown(env: Readonly<Record<string, string>>): Promise<string> {
    let out = '';
    await runCli(['check', '--no-cache'], [severityRule], {
      ...{ cwd: folder.path, env, ask: undefined },
      out: { isTerminal: true, write: (text) => (out += text) },
      err: { isTerminal: false, write: () => undefined },
      ...{ program: () => undefined, shipped: () => Promise.resolve(undefined) },
      readInput: () => Promise.resolve(''),
    });
    return out;
  }

  it('gets colour and hyperlinks, a job and a file do not', async () => {
    const out = await shown({ TERM: 'xterm' });
    expect(out).toContain('\u001B]8;;file://');
    expect(out).toMatch(/\u001B\]8;;https:[^\u0007]*loud-string\.md\u0007/);
    expect(await shown({ TERM: 'xterm', CI: '1' })).not.toContain('\u001B]8');
    expect(await shown({ TERM: 'xterm', NO_COLOR: '1' })).not.toContain('\u001B');
    expect((await check('--color')).out).not.toContain('\u001B]8');
  });
});

describe('completions', () => {
  const script = async (shell: string): Promise<string> =>
    (await cli('/', ['completion', shell])).out;

  it('of bash are a script that answers', async () => {
    const text = await script('bash');
    const asked = [
      ['che'],
      ['check', '--chan'],
      ['check', '--format', 'sa'],
      ['check', '--rule', 'lou'],
      ['explain', 'lou'],
    ];
    const asking = asked.map((words) => {
      const line = ['twelve-factor', ...words].map((word) => `'${word}'`).join(' ');
      return `COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _twelve_factor; echo "\${COMPREPLY[*]}"`;
    });
    const out = execFileSync('bash', ['-c', [text, ...asking].join('\n')], { cwd: folder.path });
    expect(out.toString().split('\n')).toEqual([
      ...['check', '--changed', 'sarif', 'loud-string', 'loud-string'],
      '',
    ]);
  });

  it.each(['zsh', 'fish'])('of %s name every command and option', async (shell) => {
    const text = await script(shell);
    for (const word of ['check', 'baseline', 'report', 'lsp', 'max-warnings', 'loud-string'])
      expect(text).toContain(word);
    const parsed = spawnSync(shell, ['-n'], { input: text, encoding: 'utf8' });
    // Where the shell is not there, nothing can be said of its grammar.
    if (!parsed.error) expect(parsed.stderr).toBe('');
  });

  it('of other shells there are none', async () => {
    expect((await cli('/', ['completion', 'csh'])).code).toBe(2);
  });
});

describe('init', () => {
  it('writes configuration, baseline and the job of CI, and overwrites nothing', async () => {
    const fresh = await temporaryFolder({
      'package.json': '{ "name": "app", "private": true, "scripts": { "start": "node b.js" } }\n',
      'b.js': "log('warn');\n",
      '.git/HEAD': 'ref: refs/heads/main\n',
    });
    const { code, out } = await cli(fresh.path, ['init', '--yes']);
    expect(code).toBe(0);
    expect(out).toContain('twelve-factor.json is written.');
    const job = await readFile(join(fresh.path, '.github/workflows/twelve-factor.yml'), 'utf8');
    expect(job).toContain('npx --yes twelve-factor check . --format github');
    expect((await cli(fresh.path, ['check'], { CI: 'true' })).code).toBe(0);
    await writeFile(join(fresh.path, 'twelve-factor.json'), '{}');
    const again = await cli(fresh.path, ['init', '--yes', '--ci', 'gitlab', '--no-baseline']);
    expect(again.out).toContain('twelve-factor.json is there already');
    expect(await readFile(join(fresh.path, 'twelve-factor.json'), 'utf8')).toBe('{}');
    expect(await readFile(join(fresh.path, '.gitlab-ci.yml'), 'utf8')).toContain('codequality');
    await fresh.dispose();
  });
});
