import { beforeAll, expect, it } from 'vitest';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { variablesOf } from '../../server/src/project/environment/environment';
import type { ProjectModel } from '../../server/src/project/model';
import { modelOf } from '../helpers/model';

beforeAll(() => loadTypeScript());

const manifest = JSON.stringify({
  name: 'app',
  private: true,
  scripts: { start: 'node dist/server.js', worker: 'cross-env MODE=worker node dist/worker.js' },
  dependencies: { 'cross-env': '^7.0.3', express: '^4.18.0', zod: '^3.0.0' },
});

/** Each variable's reads in brief: how, `!` where the process stops without it, `=` where a default takes over. */
function readsIn(model: ProjectModel): Record<string, string[]> {
  const variables = [...model.environment.values()].filter(({ reads }) => reads.length > 0);
  return Object.fromEntries(
    variables.map(({ name, reads }) => [
      name,
      reads.map(({ fact }) => `${fact.via}${fact.required ? '!' : ''}${fact.fallback ? '=' : ''}`),
    ]),
  );
}

it('counts a question whether a variable is there as a read', async () => {
  const model = await modelOf({
    'package.json': manifest,
    'src/server.ts': `const { env } = process;
export const asked = [
  'VIA_IN' in process.env,
  process.env.hasOwnProperty('VIA_OWN'),
  Object.hasOwn(process.env, 'VIA_OBJECT'),
  'VIA_ALIAS' in env,
];
`,
  });
  expect(readsIn(model)).toEqual({
    VIA_ALIAS: ['direct'],
    VIA_IN: ['direct'],
    VIA_OBJECT: ['direct'],
    VIA_OWN: ['direct'],
  });
});

it('knows every way to read a variable', async () => {
  const model = await modelOf({
    'package.json': manifest,
    'src/server.ts': `import { env as given } from 'node:process';
import { z } from 'zod';
export const all = [
  process.env.DOT,
  process.env['BRACKET'],
  given.IMPORTED,
  (import.meta as unknown as { env: Record<string, string> }).env.META,
  Number(process.env.NUMBER) || 5,
];
export const { TAKEN, DEFAULTED = 'x' } = process.env;
const env = process.env;
export const alias = env.ALIAS;
const read = (name: string, fallback?: string) => process.env[name] ?? fallback;
export const wrapped = [read('WRAPPED'), read('WRAPPED_DEFAULT', 'x')];
export const schema = z.object({ KEY: z.string(), KEY_DEFAULT: z.string().default('d') }).parse(process.env);
`,
  });
  expect(readsIn(model)).toEqual({
    ALIAS: ['direct'],
    BRACKET: ['direct'],
    DEFAULTED: ['destructured='],
    DOT: ['direct'],
    IMPORTED: ['direct'],
    KEY: ['schema!'],
    KEY_DEFAULT: ['schema='],
    META: ['direct'],
    NUMBER: ['direct='],
    TAKEN: ['destructured'],
    WRAPPED: ['wrapper'],
    WRAPPED_DEFAULT: ['wrapper='],
  });
});

it('knows without which variables the process stops', async () => {
  const model = await modelOf({
    'package.json': manifest,
    'src/server.ts': `function fail(name: string): never {
  throw new Error(name);
}
const mustHave = (key: string): string => process.env[key] ?? fail(key);
if (!process.env.CHECKED || !process.env.TOO) throw new Error('missing');
for (const name of ['LISTED']) if (!process.env[name]) process.exit(1);
export const thrown = process.env.THROWN ?? fail('THROWN');
export const must = mustHave('MUST');
if (!process.env.OPTIONAL) console.warn('no OPTIONAL');
`,
  });
  expect(readsIn(model)).toEqual({
    CHECKED: ['direct!'],
    LISTED: ['direct!'],
    MUST: ['wrapper!'],
    OPTIONAL: ['direct'],
    THROWN: ['direct!'],
    TOO: ['direct!'],
  });
});

it('tells the processes apart, and knows what start commands set', async () => {
  const model = await modelOf({
    'package.json': manifest,
    Procfile: 'web: PORT=80 node dist/server.js\nworker: node dist/worker.js\n',
    'src/shared.ts': 'export const url = process.env.DATABASE_URL;\n',
    'src/server.ts': `import express from 'express';
import { url } from './shared';
express().listen(process.env.PORT, () => console.log(url));
`,
    'src/worker.ts': `import { url } from './shared';
setInterval(() => console.log(url, process.env.QUEUE), 1000);
`,
  });
  const names = (path: string): string[] | undefined => {
    const entry = model.entryPoints.find((one) => one.path === path);
    return entry && variablesOf(entry, model).map(({ name }) => name);
  };
  expect(names('src/server.ts')).toEqual(['DATABASE_URL', 'PORT']);
  expect(names('src/worker.ts')).toEqual(['DATABASE_URL', 'QUEUE']);
  expect(model.environment.get('PORT')?.supplies).toMatchObject([
    { path: 'Procfile', kind: 'script', value: '80' },
  ]);
});
