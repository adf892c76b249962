import Ajv from 'ajv';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonMap } from '../../server/src/report/map-json';
import schema from '../../syntaxes/twelve-factor-map.schema.json';
import { MAP_PROJECT } from '../helpers/map-project';
import { cli, temporaryFolder } from './run';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let empty: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  empty = await temporaryFolder({ 'notes.txt': 'nothing\n' });
  folder = await temporaryFolder({
    ...MAP_PROJECT,
    'given.json': '{ "packages": { "examples/*": "app" } }',
    'odd.json': '{\n  "packages": {\n    "apps/shops": "app",\n    "apps/*": "program"\n  }\n}',
  });
});

afterAll(async () => {
  await folder.dispose();
  await empty.dispose();
});

const map = (...args: string[]): ReturnType<typeof cli> => cli(folder.path, ['map', ...args]);

async function jsonMap(...args: string[]): Promise<JsonMap> {
  return JSON.parse((await map('--format', 'json', ...args)).out) as JsonMap;
}

async function kinds(...args: string[]): Promise<Record<string, string>> {
  const { packages } = await jsonMap(...args);
  return Object.fromEntries(packages.map(({ path, kind }) => [path, kind]));
}

describe('the map as text', () => {
  it('lists packages by kind, with processes and what says so', async () => {
    const { code, out, err } = await map();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('app (1)\n\n  apps/shop  @acme/shop\n    web web: entry');
    expect(out).toContain('      Procfile web starts it  apps/shop/Procfile:2\n');
    expect(out).toMatch(/\n4 packages: 1 app, 1 library, 1 tool, 1 example\.\n$/);
  });

  it('says that there is no package', async () => {
    const { code, out } = await cli(empty.path, ['map']);
    expect({ code, out }).toEqual({ code: 0, out: 'There is no package.json in this folder.\n' });
  });

  it('goes to a file', async () => {
    const { code, out } = await map('--output', 'map.txt');
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(await readFile(join(folder.path, 'map.txt'), 'utf8')).toBe((await map()).out);
  });

  it('cannot go where no file can be', async () => {
    const { code, err } = await map('--output', 'no/where');
    expect(code).toBe(2);
    expect(err).toContain('cannot be written');
  });
});

describe('the map as JSON', () => {
  it('follows its schema', async () => {
    const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
      schema,
    );
    validate(await jsonMap());
    expect(validate.errors).toBeNull();
    validate({ schemaVersion: 1, packages: [{ path: '.', kind: 'program' }] });
    expect(validate.errors?.map(({ instancePath }) => instancePath)).toContain('/packages/0/kind');
  });

  it('has every package and process', async () => {
    const { packages } = await jsonMap();
    expect(packages.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      '. tool',
      'apps/shop app',
      'examples/cart example',
      'packages/money library',
    ]);
    const [, shop] = packages;
    expect(shop?.processes.map(({ name, role }) => `${role} ${name}`)).toEqual([
      'web web',
      'worker worker',
      'clock clock',
      'admin release',
      'admin seed',
    ]);
    expect(shop?.evidence[0]).toEqual({
      path: 'apps/shop/Procfile',
      line: 2,
      says: 'Procfile web starts it',
      for: 'app',
    });
  });

  it('is empty where there is no package', async () => {
    const { out } = await cli(empty.path, ['map', '-f', 'json']);
    expect(JSON.parse(out)).toEqual({ schemaVersion: 1, packages: [] });
  });
});

describe('the map as a chart', () => {
  it('connects processes with services', async () => {
    const { code, out } = await map('--format', 'mermaid');
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe('flowchart LR');
    expect(out).toContain('  app0p0 --> service_postgres\n');
    expect(out).not.toContain('cart');
  });
});

describe('what the user says of packages', () => {
  it('wins', async () => {
    expect(await kinds('--config', 'given.json')).toMatchObject({
      'examples/cart': 'app',
      'apps/shop': 'app',
    });
  });

  it('is complained about on standard error where it cannot be meant', async () => {
    const { code, out, err } = await map('--config', 'odd.json');
    expect(code).toBe(0);
    expect(err).toMatch(/odd\.json:3:5 .*No folder with a package\.json matches `apps\/shops`/);
    expect(err).toMatch(/odd\.json:4:\d+ .*A kind of package is "app", "library",/);
    expect(out).toContain('app (1)\n\n  apps/shop ');
  });
});

describe('the command line', () => {
  it.each([
    ['an unknown format', ['--format', 'xml'], 'Allowed choices are text, json, mermaid'],
    ['a missing folder', ['nowhere'], 'There is no folder nowhere'],
    ['a missing configuration', ['--config', 'none.json'], 'cannot be read'],
  ])('refuses %s', async (_, args, message) => {
    const { code, out, err } = await map(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });
});
