import { describe, expect, it } from 'vitest';
import { AnalysisCancelled, type Analyzer, type Pace } from '../../server/src/engine/analyzer';
import { createAnalyzer } from '../../server/src/engine/create-analyzer';
import { rules } from '../../server/src/rules';
import { inputOf, type Files } from '../helpers/check';

const UNHURRIED: Pace = { breathe: () => Promise.resolve(), isCancelled: () => false };

async function update(analyzer: Analyzer, files: Files, pace = UNHURRIED): Promise<void> {
  const input = inputOf(files);
  await analyzer.update(input, pace);
}

function start(): Analyzer {
  return createAnalyzer(rules, {
    error: (message) => {
      throw new Error(message);
    },
  });
}

/** Which source files were parsed, and what was found, by path. */
function seen(analyzer: Analyzer): { parsed: string[]; found: string[] } {
  const facts = [...(analyzer.model?.facts.values() ?? [])];
  return {
    parsed: facts.flatMap(({ path, detail }) => (detail === 'full' ? path : [])).sort(),
    found: analyzer
      .reports()
      .flatMap(({ path, findings }) => findings.map(({ ruleId }) => `${path} ${ruleId}`)),
  };
}

const LIBRARY = JSON.stringify({ name: '@acme/mail', version: '1.0.0', main: 'src/index.ts' });
const APP = JSON.stringify({
  name: 'api',
  private: true,
  scripts: { start: 'node src/main.js' },
  dependencies: { '@acme/mail': '1.0.0' },
});
const NAMED = `export const settings = { host: 'mail.acme.internal', password: 'hunter2hunter2' };\n`;
const USING = `import { settings } from '@acme/mail';\nimport { createServer } from 'http';\ncreateServer(() => settings).listen(process.env.PORT);\n`;
const ALONE = `import { createServer } from 'http';\ncreateServer().listen(process.env.PORT);\n`;
const PAGE = `import axios from 'axios';\nimport { createRoot } from 'react-dom/client';\nexport const cache = new Map();\nexport const load = (id) => { cache.set(id, axios.get('/users')); };\ncreateRoot(document.body);\n`;
const SHOP = `import { createRoot } from 'react-dom/client';\nfetch('https://shop.acme.test/items');\ncreateRoot(document.body);\n`;

const project = (more: Files): Files => ({
  'package.json': JSON.stringify({ name: 'all', private: true, workspaces: ['apps/*', 'libs/*'] }),
  'apps/api/package.json': APP,
  'apps/api/Dockerfile': 'FROM node:22.1.0\nUSER node\nCMD ["node", "src/main.js"]\n',
  'apps/api/src/main.ts': ALONE,
  'libs/mail/package.json': LIBRARY,
  'libs/mail/src/index.ts': NAMED,
  ...more,
});

describe('what is parsed', () => {
  it('is not a library that no app loads', async () => {
    const analyzer = start();
    await update(analyzer, project({}));
    expect(seen(analyzer).parsed).toEqual(['apps/api/src/main.ts']);
  });

  it('is a library that an app loads, whether it did from the beginning or does so now', async () => {
    const cold = start();
    await update(cold, project({ 'apps/api/src/main.ts': USING }));
    expect(seen(cold).parsed).toContain('libs/mail/src/index.ts');
    const warm = start();
    await update(warm, project({}));
    await update(warm, project({ 'apps/api/src/main.ts': USING }));
    expect(seen(warm)).toEqual(seen(cold));
    await update(warm, project({}));
    expect(seen(warm).parsed).toEqual(['apps/api/src/main.ts']);
  });

  it('follows an import that is typed', async () => {
    const analyzer = start();
    await update(analyzer, project({}));
    analyzer.updateFile('apps/api/src/main.ts', USING);
    expect(analyzer.needsUpdate).toBe(true);
    await update(analyzer, project({ 'apps/api/src/main.ts': USING }));
    expect(seen(analyzer).parsed).toContain('libs/mail/src/index.ts');
  });

  it('follows a manifest that makes the library an app', async () => {
    const deployed = project({
      'libs/mail/Dockerfile': 'FROM node:22.1.0\nUSER node\nCMD ["node", "src/index.js"]\n',
    });
    const cold = start();
    await update(cold, deployed);
    expect(seen(cold).parsed).toContain('libs/mail/src/index.ts');
    const warm = start();
    await update(warm, project({}));
    await update(warm, deployed);
    expect(seen(warm)).toEqual(seen(cold));
  });

  it('is what leads there through modules that are of no interest themselves', async () => {
    const analyzer = start();
    await update(
      analyzer,
      project({
        'apps/api/src/main.ts': `import './first';\n${ALONE}`,
        'apps/api/src/first.ts': `import { add } from './second';\nadd(1);\n`,
        'apps/api/src/second.ts': `import '@acme/mail';\nexport const add = (to: number) => to + 1;\n`,
      }),
    );
    expect(seen(analyzer).parsed).toContain('libs/mail/src/index.ts');
  });

  it('is what is imported behind a comment that hides it from a scan', async () => {
    const analyzer = start();
    const main = `${ALONE}void import(/* later */ '@acme/mail');\n`;
    await update(analyzer, project({ 'apps/api/src/main.ts': main }));
    expect(seen(analyzer).parsed).toContain('libs/mail/src/index.ts');
  });

  it('is code beside the apps where something is said about that, too', async () => {
    const analyzer = start();
    const token = ['AKIA', 'QWERTYUIOPASDFGH'].join('');
    await update(
      analyzer,
      project({
        'libs/mail/src/key.ts': `export const key = '${token}';\n`,
        'libs/mail/src/write.ts': `process.env.MODE = 'mail';\n`,
      }),
    );
    expect(seen(analyzer).found).toEqual(
      expect.arrayContaining([
        'libs/mail/src/key.ts hardcoded-secret',
        'libs/mail/src/write.ts environment-write',
      ]),
    );
  });

  it('is the same after an update that was cancelled', async () => {
    const files = project({ 'apps/api/src/main.ts': USING });
    const analyzer = start();
    await update(analyzer, project({}));
    let left = 2;
    const impatient: Pace = { ...UNHURRIED, isCancelled: () => left-- <= 0 };
    await expect(update(analyzer, files, impatient)).rejects.toThrow(AnalysisCancelled);
    await update(analyzer, files);
    const cold = start();
    await update(cold, files);
    expect(seen(analyzer)).toEqual(seen(cold));
  });

  it('is code for browsers only where something is said of such code', async () => {
    const analyzer = start();
    await update(
      analyzer,
      project({ 'apps/api/src/page.tsx': PAGE, 'apps/api/src/shop.tsx': SHOP }),
    );
    expect(seen(analyzer).parsed).toEqual(['apps/api/src/main.ts', 'apps/api/src/shop.tsx']);
    expect(seen(analyzer).found).toContain('apps/api/src/shop.tsx hardcoded-url');
  });

  it('is what looks like code for browsers where a server renders it, whoever says so first', async () => {
    const rendering = project({
      'apps/api/src/page.tsx': PAGE,
      'apps/api/src/main.ts': `import { cache } from './page';\n${ALONE}void cache;\n`,
    });
    const cold = start();
    await update(cold, rendering);
    expect(seen(cold).parsed).toContain('apps/api/src/page.tsx');
    const warm = start();
    await update(warm, project({ 'apps/api/src/page.tsx': PAGE }));
    await update(warm, rendering);
    expect(seen(warm)).toEqual(seen(cold));
    const hidden = start();
    const main = `${ALONE}void import(/* later */ './page');\n`;
    await update(hidden, { ...rendering, 'apps/api/src/main.ts': main });
    expect(seen(hidden).parsed).toContain('apps/api/src/page.tsx');
  });

  it('is no module that says of itself that browsers run it, wherever it is loaded', async () => {
    const analyzer = start();
    await update(
      analyzer,
      project({
        'apps/api/src/page.tsx': `// Shown to everyone.\n/* Both kinds. */ 'use client';\n${PAGE}`,
        'apps/api/src/main.ts': `import { cache } from './page';\n${ALONE}void cache;\n`,
      }),
    );
    const [page] = [...(analyzer.model?.modules.values() ?? [])].filter(({ path }) =>
      path.endsWith('page.tsx'),
    );
    expect(page?.roles).toEqual(new Set(['browser']));
    expect(seen(analyzer).parsed).not.toContain('apps/api/src/page.tsx');
  });

  it('is nothing that says of itself that a generator wrote it', async () => {
    const code = `import { createServer } from 'http';\ncreateServer().listen(9000);\n`;
    const parsed = async (text: string): Promise<readonly string[]> => {
      const analyzer = start();
      await update(analyzer, project({ 'apps/api/src/other.ts': text }));
      return seen(analyzer).parsed;
    };
    for (const comment of [
      '// Generated from grammar/Sql.g4 by ANTLR 4.13.1',
      '/**\n * @generated by protoc-gen-es\n */',
      '/* eslint-disable */\n// AUTO-GENERATED FILE. DO NOT EDIT.',
      '// This file was automatically generated.',
      '// Code generated by protoc-gen-ts. DO NOT EDIT.',
    ])
      expect(await parsed(`${comment}\n${code}`)).not.toContain('apps/api/src/other.ts');
    for (const comment of [
      '// The report is generated from the rows of last month.',
      '// Do not modify the order of these imports.',
      `const file = '@generated';`,
    ])
      expect(await parsed(`${comment}\n${code}`)).toContain('apps/api/src/other.ts');
  });
});
