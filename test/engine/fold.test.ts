import { describe, expect, it } from 'vitest';
import type { Pace } from '../../server/src/engine/analyzer';
import { createAnalyzer } from '../../server/src/engine/create-analyzer';
import { createFixBatch } from '../../server/src/engine/edits/batch';
import type { Fix } from '../../server/src/engine/finding';
import type { AnalysisSettings } from '../../server/src/engine/settings';
import { rules } from '../../server/src/rules';
import { inputOf, check, type Files } from '../helpers/check';

const unhurried: Pace = { breathe: () => Promise.resolve(), isCancelled: () => false };

/** A finding with its other places, in short. */
type Shown = readonly [place: string, severity: string, ...places: readonly string[]];

interface Living {
  update(files: Files): Promise<void>;
  /** One keystroke. */
  type(path: string, text: string): void;
  shown(ruleId: string): readonly Shown[];
}

/** One analysis that lives on, as in an editor. */
function living(): Living {
  const analyzer = createAnalyzer(rules, { error: (message) => expect.fail(message) });
  return {
    update: (files) => analyzer.update(inputOf(files), unhurried),
    type: (path, text) => void analyzer.updateFile(path, text),
    shown: (ruleId) =>
      analyzer
        .reports()
        .flatMap(({ findings }) => findings)
        .filter((finding) => finding.ruleId === ruleId)
        .map(({ path, span, severity, related }): Shown => [
          `${path}:${span.start}`,
          severity,
          ...related.map((place) => `${place.path}:${place.span.start}`),
        ]),
  };
}

async function cold(files: Files, ruleId: string): Promise<readonly Shown[]> {
  const { update, shown } = living();
  await update(files);
  return shown(ruleId);
}

const IMPORT = `import { z } from 'zod';\nexport default z;\n`;
const START = IMPORT.indexOf(`zod`);
const NAMES = ['a', 'b', 'c', 'd', 'e'];
const base: Files = {
  'package.json':
    '{ "name": "shop", "private": true, "scripts": { "start": "node src/server.js" } }\n',
  'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }\n',
  'src/server.js': `${NAMES.map((name) => `import './${name}.js';\n`).join('')}process.env.PORT;\n`,
};
const app = (names: readonly string[]): Files => ({
  ...base,
  ...Object.fromEntries(names.map((name) => [`src/${name}.js`, IMPORT])),
});
const place = (name: string, shift = 0): string => `src/${name}.js:${START + shift}`;
/** Where the dependency is missing. */
const MANIFEST = 'package.json:0';

describe('one missing dependency', () => {
  it('is one finding where many files import it', async () => {
    expect(await cold(app(NAMES), 'undeclared-import')).toEqual([
      [place('a'), 'warning', MANIFEST, ...['b', 'c', 'd', 'e'].map((name) => place(name))],
    ]);
  });

  it('stays with each file where they are few', async () => {
    expect(await cold(app(['a', 'b']), 'undeclared-import')).toEqual([
      [place('a'), 'warning', MANIFEST],
      [place('b'), 'warning', MANIFEST],
    ]);
  });

  it('is one finding in one file', async () => {
    const files = { ...base, 'src/a.js': `${IMPORT}export * from 'zod';\n` };
    const second = IMPORT.length + `export * from '`.length;
    expect(await cold(files, 'undeclared-import')).toEqual([
      [place('a'), 'warning', MANIFEST, `src/a.js:${second}`],
    ]);
  });

  it('stands at the first place that no comment suppresses, and goes on for the others', async () => {
    const comment = '// twelve-factor-disable-next-line undeclared-import -- comes along\n';
    const files = { ...app([...NAMES, 'f']), 'src/a.js': comment + IMPORT };
    expect(await cold(files, 'undeclared-import')).toEqual([
      [place('b'), 'warning', MANIFEST, ...['c', 'd', 'e', 'f'].map((name) => place(name))],
    ]);
    expect(await cold(files, 'unused-suppression')).toEqual([]);
  });

  it('stands where it is gravest', async () => {
    const type = `import type { z } from 'zod';\nexport type A = z;\n`;
    const files = { ...app(NAMES.slice(1)), 'src/a.ts': type };
    const [found] = await cold(files, 'undeclared-import');
    expect(found?.slice(0, 4)).toEqual([
      place('b'),
      'warning',
      MANIFEST,
      `src/a.ts:${type.indexOf('zod')}`,
    ]);
  });
});

describe('while somebody types', () => {
  const steps: readonly (readonly [string, string, string])[] = [
    ['a place moves', 'src/c.js', `// why\n${IMPORT}`],
    ['the first place moves', 'src/a.js', `// why\n${IMPORT}`],
    ['the first place goes', 'src/a.js', `export default 1;\n`],
    ['another place goes', 'src/e.js', `export default 1;\n`],
    ['a place comes twice', 'src/b.js', `${IMPORT}export * from 'zod';\n`],
    ['the first place is suppressed', 'src/a.js', `// twelve-factor-disable-file\n${IMPORT}`],
    ['it begins to be imported', 'src/server.js', `${IMPORT}process.env.PORT;\n`],
  ];

  it.each(steps)('%s: as from scratch', async (_, path, text) => {
    const files = app(NAMES);
    const { update, type, shown } = living();
    await update(files);
    type(path, text);
    const expected = await cold({ ...files, [path]: text }, 'undeclared-import');
    expect(shown('undeclared-import'), 'at once').toEqual(expected);
    await update({ ...files, [path]: text });
    expect(shown('undeclared-import'), 'after the update').toEqual(expected);
    type(path, files[path] ?? '');
    expect(shown('undeclared-import'), 'typed back').toEqual(
      await cold(files, 'undeclared-import'),
    );
  });

  it('a file that is deleted takes its place along', async () => {
    const { update, shown } = living();
    await update(app([...NAMES, 'f']));
    await update(app(NAMES));
    expect(shown('undeclared-import')).toEqual(await cold(app(NAMES), 'undeclared-import'));
  });
});

describe('a list of variables', () => {
  const names = ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT'];
  const reads = (suffix = ''): string =>
    names.map((name) => `exports.${name} = process.env.APP_${name}${suffix};\n`).join('');
  const files: Files = {
    ...base,
    'src/server.js': reads(),
    '.env.example': '# what a deploy sets\nPORT=3000\n',
  };
  const findings = async (
    more: Files,
    settings: Partial<AnalysisSettings> = {},
  ): Promise<readonly string[]> => {
    const result = await check({ ...files, ...more }, { settings });
    return result.findings
      .filter(({ ruleId }) => ruleId === 'undocumented-variable')
      .map(({ path, severity, related }) => `${path} ${severity} ${related.length}`);
  };

  it('is one finding at the file that lacks them', async () => {
    expect(await findings({})).toEqual(['.env.example information 8']);
  });

  it('is a hint where the app works without them', async () => {
    expect(await findings({ 'src/server.js': reads(` ?? '1'`) })).toEqual(['.env.example hint 8']);
  });

  it('has the severity that is set', async () => {
    const settings = { rules: { 'undocumented-variable': 'warning' } } as const;
    expect(await findings({}, settings)).toEqual(['.env.example warning 8']);
  });

  it('is made complete on request; a batch adds what the app needs', async () => {
    const optional = names.map(
      (name) => `exports.MORE_${name} = process.env.MORE_${name} ?? '';\n`,
    );
    const { findings: found } = await check({
      ...files,
      'src/server.js': reads() + optional.join(''),
    });
    const [needed, all] = found.find(({ path }) => path === '.env.example')?.fixes ?? [];
    expect([needed?.kind, all?.kind]).toEqual(['safe', 'suggest']);
    const lines = (fix: Fix | undefined): number => {
      const change = fix?.build(createFixBatch())?.find(({ path }) => path === '.env.example');
      const texts = change?.kind === 'edit' ? change.edits.map(({ newText }) => newText) : [];
      return texts.join('').split('\n').filter(Boolean).length;
    };
    expect([lines(needed), lines(all)]).toEqual([names.length, 2 * names.length]);
  });

  it('can be suppressed in that file, and leaves out what is suppressed at a read', async () => {
    const comment = 'twelve-factor-disable-file undocumented-variable -- a selection';
    expect(await findings({ '.env.example': `# ${comment}\nPORT=3000\n` })).toEqual([]);
    const line = '// twelve-factor-disable-next-line undocumented-variable -- internal\n';
    expect(await findings({ 'src/server.js': line + reads() })).toEqual([
      '.env.example information 7',
    ]);
  });

  it('moves with neither its file nor the reads while somebody types', async () => {
    const { update, type, shown } = living();
    await update(files);
    const moved = {
      'src/server.js': `'use strict';\n${reads()}`,
      '.env.example': '# deploys\nPORT=1\n',
    };
    for (const [path, text] of Object.entries(moved)) type(path, text);
    expect(shown('undocumented-variable')).toEqual(
      await cold({ ...files, ...moved }, 'undocumented-variable'),
    );
  });
});

describe('two rules about one text', () => {
  const local: Files = {
    ...base,
    'src/server.js': `const { Pool } = require('pg');
const DEFAULT_URL = 'postgres://localhost/shop';
new Pool({ connectionString: process.env.DATABASE_URL || DEFAULT_URL });
require('http').createServer().listen(process.env.PORT);
`,
  };
  const ids = async (
    files: Files,
    settings: Partial<AnalysisSettings> = {},
  ): Promise<readonly string[]> => {
    const { findings } = await check(files, { settings });
    const about =
      /^(local-default|hardcoded-connection|committed-env-file|environment-file-group)$/;
    return findings.map(({ ruleId }) => ruleId).filter((id) => about.test(id));
  };

  it('say it once', async () => {
    expect(await ids(local)).toEqual(['local-default']);
  });

  it('speak for one that is off', async () => {
    const files = { ...base, '.env.production': 'DB_PASSWORD=tr0ub4dor\n' };
    expect(await ids(files, { rules: { 'committed-env-file': 'off' } })).toEqual([
      'environment-file-group',
    ]);
  });

  it('leave the graver finding where that says more', async () => {
    const files = { ...base, '.env.production': 'API_URL=https://api.acme.io\n' };
    expect(await ids(files)).toEqual(['environment-file-group']);
    const secret = { ...base, '.env.production': 'DB_PASSWORD=tr0ub4dor\n' };
    expect(await ids(secret)).toEqual(['committed-env-file']);
  });
});
