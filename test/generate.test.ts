import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { manifestText } from '../scripts/generate/manifest';
import { generatedOutputs, stalePages, type Outputs } from '../scripts/generate/outputs';
import { readmeText, RULES_END, RULES_START } from '../scripts/generate/readme';
import { registryText } from '../scripts/generate/registry';
import { activationEvents } from '../server/src/base/file-globs';
import { NOTICES } from '../server/src/engine/notices';
import { rules } from '../server/src/rules';

const root = join(import.meta.dirname, '..');

describe('what is generated is what is on disk (else: npm run generate)', () => {
  let outputs: Outputs;

  beforeAll(async () => {
    outputs = await generatedOutputs(root);
  });

  it('covers every rule, and what else is reported', () => {
    const pages = [...outputs.keys()].filter((path) => path.startsWith('docs/rules/'));
    const ids = [...Object.keys(NOTICES), ...rules.map(({ id }) => id)];
    expect(pages).toEqual(ids.map((id) => `docs/rules/${id}.md`));
  });

  it('has not drifted', async () => {
    for (const [path, text] of outputs) {
      expect(await readFile(join(root, path), 'utf8').catch(() => ''), path).toBe(text);
    }
  });

  it('leaves no page of a rule that is gone', async () => {
    expect(await stalePages(root, outputs)).toEqual([]);
  });
});

describe('the registry', () => {
  it('follows from file names alone', () => {
    const text = registryText([
      {
        factor: 'config',
        id: 'hardcoded-url',
        file: '/nowhere/config/hardcoded-url/hardcoded-url.ts',
        module: 'config/hardcoded-url/hardcoded-url',
      },
      {
        factor: 'logs',
        id: 'file-transport',
        file: '/nowhere/logs/file-transport.ts',
        module: 'logs/file-transport',
      },
    ]);
    expect(text).toContain("import hardcodedUrl from './config/hardcoded-url/hardcoded-url';");
    expect(text).toContain("import fileTransport from './logs/file-transport';");
    expect(text).toMatch(/\[\n {2}hardcodedUrl,\n {2}fileTransport,\n\]/);
  });
});

describe('the manifest', () => {
  interface Manifest {
    readonly contributes: {
      readonly configuration: readonly { readonly title: string; readonly properties: object }[];
    };
  }
  const parsed = (text: string): Manifest => JSON.parse(text) as Manifest;
  const sections = (text: string): readonly string[] =>
    parsed(text).contributes.configuration.map(({ title }) => title);

  it('keeps the settings that are written by hand, whatever their form', () => {
    const one = '{ "contributes": { "configuration": { "title": "General", "properties": {} } } }';
    expect(sections(manifestText(one, rules))).toEqual([
      'General',
      'Factors',
      'Rules',
      'Options of rules',
    ]);
    expect(sections(manifestText('{ "name": "x" }', rules))).toEqual([
      'Factors',
      'Rules',
      'Options of rules',
    ]);
  });

  it('says what starts the extension, whatever was said before', () => {
    const events = (text: string): unknown =>
      (JSON.parse(manifestText(text, rules)) as { readonly activationEvents: unknown })
        .activationEvents;
    // A scorecard that was open when the window closed is shown again.
    expect(events('{ "activationEvents": ["workspaceContains:**/x"] }')).toEqual([
      ...activationEvents(),
      'onWebviewPanel:twelveFactor.scorecard',
    ]);
    expect(events('{}')).toContain('workspaceContains:package.json');
    expect(events('{}')).toContain('onLanguage:typescript');
  });

  it('changes nothing the second time', () => {
    const once = manifestText('{ "name": "x" }', rules);
    expect(manifestText(once, rules)).toBe(once);
  });
});

describe('the README', () => {
  it('keeps what is around the table', () => {
    const text = `before\n${RULES_START}\nold\n${RULES_END}\nafter\n`;
    const result = readmeText(text, rules);
    expect(result.startsWith(`before\n${RULES_START}\n`)).toBe(true);
    expect(result.endsWith(`${RULES_END}\nafter\n`)).toBe(true);
    expect(result).not.toMatch(/\bold\b/);
  });

  it('needs its markers', () => {
    expect(() => readmeText('nothing here', rules)).toThrow('markers');
  });
});
