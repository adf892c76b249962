import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules';
import type { Files } from '../helpers/check';
import { cli, temporaryFolder, type CliResult } from './run';

const app = (name: string, dependencies: object = {}): string =>
  JSON.stringify({
    name: `@acme/${name}`,
    private: true,
    engines: { node: '22.x' },
    scripts: { start: 'node server.js' },
    dependencies: { express: '4.19.2', ...dependencies },
  });

const server = (first = ''): string => `const express = require('express');
${first}const server = express().listen(3000);
process.on('SIGTERM', () => server.close());
`;

const MONOREPO: Files = {
  'package.json': '{ "name": "acme", "private": true, "workspaces": ["apps/*", "packages/*"] }',
  'package-lock.json': '{ "name": "acme", "lockfileVersion": 3, "packages": {} }',
  'twelve-factor.json': '{ "rules": { "hardcoded-port": "error" } }',
  'apps/shop/package.json': app('shop', { '@acme/store': '*' }),
  'apps/shop/server.js': server("require('@acme/store').connect();\n"),
  'apps/mail/package.json': app('mail'),
  'apps/mail/server.js': server(),
  'apps/mail/old/server.js': server(),
  'packages/store/package.json':
    '{ "name": "@acme/store", "private": true, "main": "index.js", "dependencies": { "pg": "8.11.3" } }',
  'packages/store/index.js': `const { Client } = require('pg');
exports.connect = () => new Client({ host: '10.0.0.7', database: 'shop' }).connect();
`,
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder(MONOREPO);
});

afterAll(() => folder.dispose());

interface Said {
  readonly path: string;
  readonly package: string;
  readonly ruleId: string;
  readonly severity: string;
}

function run(args: readonly string[], cwd = folder.path): Promise<CliResult> {
  return cli(cwd, args, {}, 'this test', rules);
}

function findingsIn(report: string): readonly Said[] {
  const { findings } = JSON.parse(report) as { readonly findings: readonly Said[] };
  return findings.filter(({ severity }) => severity !== 'hint');
}

async function findings(...args: readonly string[]): Promise<readonly Said[]> {
  const { out, err } = await run(['check', '--no-cache', '--format', 'json', ...args]);
  expect(err).toBe('');
  return findingsIn(out);
}

const places = (said: readonly Said[]): string[] => said.map((one) => `${one.ruleId} ${one.path}`);

const SHOP = [
  'hardcoded-port apps/shop/server.js',
  'hardcoded-connection packages/store/index.js',
  'no-startup-retry packages/store/index.js',
];

describe('findings of a repository of several packages', () => {
  it('are named by package, in every form that says more than places', async () => {
    expect((await findings()).map((one) => [one.path, one.package])).toEqual([
      ['apps/mail/server.js', 'apps/mail'],
      ['apps/shop/server.js', 'apps/shop'],
      ['packages/store/index.js', 'packages/store'],
      ['packages/store/index.js', 'packages/store'],
    ]);
    const sarif = await run(['check', '--no-cache', '--format', 'sarif']);
    expect(sarif.out).toContain('"fullyQualifiedName": "packages/store"');
    const text = await run(['check', '--no-cache']);
    expect(text.out).toMatch(/^ {2}apps\/mail {7}1 error$/m);
    expect(text.out).toMatch(/^ {2}packages\/store {2}\d \w+/m);
  });

  it('are chosen by path', async () => {
    expect(places(await findings('--path', 'apps/shop,packages'))).toEqual(SHOP);
    expect(places(await findings('--path', '**/server.js'))).toEqual([
      'hardcoded-port apps/mail/server.js',
      'hardcoded-port apps/shop/server.js',
    ]);
    expect(await findings('--path', 'apps/none/**')).toEqual([]);
  });

  it('are those of one app and what it depends on, read from that alone', async () => {
    for (const name of ['@acme/shop', 'apps/shop', './apps/shop/'])
      expect(places(await findings('--app', name)), name).toEqual(SHOP);
    expect(places(await findings('--app', '@acme/mail'))).toEqual([
      'hardcoded-port apps/mail/server.js',
    ]);
    const { out } = await run(['check', '--no-cache', '--app', 'apps/mail']);
    const { out: all } = await run(['check', '--no-cache']);
    const count = (text: string): number => Number(/(\d+) files analysed/.exec(text)?.[1]);
    expect(count(out)).toBeLessThan(count(all));
    const { code, err } = await run(['check', '--app', 'apps/none']);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'twelve-factor: There is no package apps/none\n',
    });
  });

  it('make one report for all, and one for each app', async () => {
    const args = ['--output', 'json=reports/{app}.json', '--output', 'json=all.json', '--quiet'];
    await run(['check', '--no-cache', ...args]);
    const read = (file: string): Promise<string> => readFile(join(folder.path, file), 'utf8');
    expect(findingsIn(await read('all.json'))).toHaveLength(4);
    expect(places(findingsIn(await read('reports/apps/shop.json')))).toEqual(SHOP);
    expect(places(findingsIn(await read('reports/apps/mail.json')))).toEqual([
      'hardcoded-port apps/mail/server.js',
    ]);
    await run(['report', '--format', 'markdown', '--output', 'cards/{app}.md']);
    expect(await read('cards/apps/mail.md')).not.toContain('apps/shop');
    expect(await read('cards/apps/shop.md')).toContain('apps/shop');
  });
});

describe('a configuration file in a package', () => {
  let own: Awaited<ReturnType<typeof temporaryFolder>>;
  const write = async (path: string, config: string): Promise<void> => {
    await mkdir(join(own.path, path), { recursive: true });
    await writeFile(join(own.path, path, 'twelve-factor.json'), config);
  };
  const severities = async (): Promise<Record<string, string>> => {
    const { out } = await run(['check', '--no-cache', '--format', 'json'], own.path);
    return Object.fromEntries(findingsIn(out).map(({ path, severity }) => [path, severity]));
  };

  beforeAll(async () => {
    own = await temporaryFolder(MONOREPO);
  });

  afterAll(() => own.dispose());

  it('holds there and below, and the root’s where it says nothing', async () => {
    await write('apps/mail', '{ "rules": { "hardcoded-port": "information" } }');
    expect(await severities()).toMatchObject({
      'apps/mail/server.js': 'information',
      'apps/shop/server.js': 'error',
    });
    await write('apps', '{ "factors": { "port-binding": "off" } }');
    // The root says more of the rule than `apps` does of the factor.
    expect(await severities()).toMatchObject({ 'apps/shop/server.js': 'error' });
    await write('apps', '{ "rules": { "hardcoded-port": "off" } }');
    expect(Object.keys(await severities())).toEqual([
      'apps/mail/server.js',
      'packages/store/index.js',
    ]);
    await write('apps', '{}');
  });

  it('has patterns that are relative to it', async () => {
    await write('apps/mail', '{ "exclude": ["server.js"], "packages": { ".": "tool" } }');
    expect(Object.keys(await severities())).toEqual([
      'apps/shop/server.js',
      'packages/store/index.js',
    ]);
    const { out } = await run(['map'], own.path);
    expect(out).toMatch(/tool \(2\)[^]*apps\/mail/);
  });

  it('lists what its own findings are exempt from', async () => {
    await write('apps/mail', '{}');
    const code = server("fetch('https://orders.partner-systems.com/v1/orders');\n");
    await writeFile(join(own.path, 'apps/mail/server.js'), code);
    const urls = async (): Promise<unknown> => {
      const { out } = await run(['check', '--rule', 'hardcoded-url', '--hints'], own.path);
      return out.includes('apps/mail/server.js');
    };
    expect(await urls()).toBe(true);
    const allowed =
      '{ "options": { "hardcoded-url": { "allowedHosts": ["*.partner-systems.com"] } } }';
    await write('apps/shop', allowed);
    expect(await urls()).toBe(true);
    await write('apps/mail', allowed);
    expect(await urls()).toBe(false);
  });

  it('is told about where it is wrong, at its own place', async () => {
    await write('apps/mail', '{ "baseline": "mine.json", "rulez": {} }');
    const { err } = await run(['check', '--no-cache'], own.path);
    expect(err).toContain('apps/mail/twelve-factor.json:1:3 A root has one baseline');
    expect(err).toContain('apps/mail/twelve-factor.json:1:28 There is no setting `rulez`');
    await write('apps/mail', '{ "rules": ');
    const broken = await run(['check', '--no-cache'], own.path);
    expect(broken.code).toBe(2);
    expect(broken.err).toContain('apps/mail/twelve-factor.json:1:');
  });
});
