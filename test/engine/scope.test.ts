import { describe, expect, it } from 'vitest';
import {
  defineRule,
  type GoodExample,
  type Rule,
  type RuleScope,
} from '../../server/src/engine/rule';
import type { AnalysisSettings } from '../../server/src/engine/settings';
import { rules } from '../../server/src/rules';
import { check, type Files } from '../helpers/check';

const good: readonly GoodExample[] = ['', '1', '2', '3', '4'].map((code) => ({ code }));
const bad = [1, 2, 3].map(() => ({ code: '', findings: [] }));

/** A rule that reports every file, manifest, start command and package it is shown. */
function everywhere(scope?: RuleScope): Rule {
  return defineRule({
    id: 'everywhere',
    factor: 'config',
    severity: 'warning',
    since: '0.1.0',
    summary: 'Reports what it sees.',
    why: 'To see what it is shown.',
    whenNotToUse: 'Outside of tests.',
    fix: 'none',
    messages: { source: 'source', manifest: 'manifest', command: 'command', project: 'project' },
    scope: { detail: 'any', ...scope },
    examples: { bad, good },
    file: ({ report }) => report({ at: { start: 0, end: 0 }, message: 'source' }),
    manifest: {
      kinds: ['package-json', 'dockerfile', 'yaml'],
      check: ({ report }) => report({ at: { start: 0, end: 0 }, message: 'manifest' }),
    },
    command: ({ path, span }, { report }) => report({ at: { path, span }, message: 'command' }),
    project({ model, report }) {
      for (const { manifestPath: path } of model.packages)
        report({ at: { path, span: { start: 0, end: 1 } }, message: 'project' });
    },
  });
}

/** What the rule said of files in a folder: `source index.js`, with the severity where it is not the rule's own. */
async function said(
  files: Files,
  folder: string,
  scope?: RuleScope,
  packages: AnalysisSettings['packages'] = {},
): Promise<readonly string[]> {
  const settings = { packages };
  const { findings, errors } = await check(files, { rules: [everywhere(scope)], settings });
  expect(errors).toEqual([]);
  return findings
    .filter(({ path }) => path.startsWith(folder))
    .map(({ path, message, severity }) => {
      const place = `${message} ${path.slice(folder.length)}`;
      return severity === 'warning' ? place : `${place}: ${severity}`;
    })
    .sort();
}

const server = (name: string): string =>
  JSON.stringify({
    name,
    private: true,
    scripts: { start: 'node index.js' },
    dependencies: { express: '4', '@acme/used': '*' },
  });
const library = (name: string): string =>
  JSON.stringify({ name, version: '1.0.0', main: 'index.js', files: ['index.js'] });
const LISTEN = `require('express')().listen(process.env.PORT);\n`;
const IMAGE = 'FROM node:22\nCOPY . .\nCMD ["node", "index.js"]\n';

const WORKSPACE: Files = {
  'package.json': '{ "private": true, "workspaces": ["*/*"] }',
  'apps/shop/package.json': server('shop'),
  'apps/shop/index.js': `require('@acme/used');\n${LISTEN}`,
  'apps/shop/Dockerfile': IMAGE,
  'packages/used/package.json': library('@acme/used'),
  'packages/used/index.js': 'module.exports = 1;\n',
  'packages/unused/package.json': library('@acme/unused'),
  'packages/unused/index.js': 'module.exports = 1;\n',
  'examples/cart/package.json': server('cart'),
  'examples/cart/index.js': LISTEN,
  'examples/cart/Dockerfile': IMAGE,
  'templates/basic/package.json': server('basic'),
  'templates/basic/index.js': LISTEN,
  'templates/basic/Dockerfile': IMAGE,
};

const ALL = ['command Dockerfile', 'command package.json', 'manifest Dockerfile'].concat([
  'manifest package.json',
  'project package.json',
  'source index.js',
]);

describe('the kinds of packages that a rule speaks about', () => {
  it('are apps by default, for every handler', async () => {
    expect(await said(WORKSPACE, 'apps/shop/')).toEqual(ALL);
  });

  it('leave examples out, for every handler', async () => {
    expect(await said(WORKSPACE, 'examples/cart/')).toEqual([]);
  });

  it('let examples in where the rule names them', async () => {
    const scope = { kinds: ['example'] } as const;
    expect(await said(WORKSPACE, 'apps/shop/', scope)).toEqual([]);
    expect(await said(WORKSPACE, 'apps/shop/', scope, { 'apps/shop': 'example' })).toEqual(ALL);
  });

  it('make hints of what is said of templates', async () => {
    expect(await said(WORKSPACE, 'templates/basic/')).toEqual(ALL.map((one) => `${one}: hint`));
  });

  it('take in what apps load of libraries, and nothing else of them', async () => {
    expect(await said(WORKSPACE, 'packages/used/')).toEqual(['source index.js']);
    expect(await said(WORKSPACE, 'packages/unused/')).toEqual([]);
  });

  it('may be narrowed by one report: a private key counts in an example, too, a password does not', async () => {
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEowIBAAKCAQEA0Z3VS5JJcds3xfn'.repeat(12)}\n-----END RSA PRIVATE KEY-----\n`;
    const files = {
      ...WORKSPACE,
      'apps/shop/server.key': key,
      'apps/shop/index.js': `const { Pool } = require('pg');\nnew Pool({ password: 'tr0ub4dor&3-x' });\n${LISTEN}`,
    };
    const secrets = rules.filter(({ id }) => id === 'hardcoded-secret');
    const paths = async (settings: Partial<AnalysisSettings>): Promise<readonly string[]> =>
      (await check(files, { rules: secrets, settings })).findings.map(({ path }) => path);
    expect(await paths({})).toEqual(['apps/shop/index.js', 'apps/shop/server.key']);
    expect(await paths({ packages: { 'apps/shop': 'example' } })).toEqual(['apps/shop/server.key']);
  });
});

describe('the modules that a rule looks at', () => {
  const files: Files = {
    'package.json': server('shop').replace('"scripts":{', '"scripts":{"seed":"node seed.js",'),
    'index.js': LISTEN,
    'seed.js': 'console.log(1);\n',
    'test/index.test.js': '',
  };
  const sources = async (scope?: RuleScope): Promise<readonly string[]> =>
    (await said(files, '', scope)).filter((one) => one.startsWith('source'));

  it('are all but tests, builds and browsers by default', async () => {
    expect(await sources()).toEqual(['source index.js', 'source seed.js']);
    expect(await sources({ include: ['test'] })).toContain('source test/index.test.js');
  });

  it('may be those of some roles, or of servers', async () => {
    expect(await sources({ roles: ['admin'] })).toEqual(['source seed.js']);
    expect(await sources({ modules: 'server' })).toEqual(['source index.js']);
    expect(await sources({ modules: 'settings' })).toEqual(['source index.js']);
  });
});

describe('what is said of code that may not be deployed', () => {
  /** Production starts `index.js`; nothing starts `other.js`. */
  const known: Files = {
    'package.json': server('shop'),
    Procfile: 'web: node index.js\n',
    'index.js': LISTEN,
    'other.js': LISTEN,
  };
  /** No manifest says what production starts. */
  const unknown: Files = {
    'package.json': '{ "name": "shop", "private": true, "dependencies": { "express": "4" } }',
    'other.js': LISTEN,
  };
  const sources = async (files: Files, scope: RuleScope): Promise<readonly string[]> =>
    (await said(files, '', scope)).filter((one) => one.startsWith('source'));

  it.each([
    ['hint-where-unlikely', ['source index.js', 'source other.js: hint'], ['source other.js']],
    ['silent-where-unlikely', ['source index.js'], ['source other.js']],
    ['graded', ['source index.js', 'source other.js: hint'], ['source other.js: information']],
  ] as const)('%s', async (deployment, whereKnown, whereUnknown) => {
    expect(await sources(known, { deployment })).toEqual(whereKnown);
    expect(await sources(unknown, { deployment })).toEqual(whereUnknown);
  });

  it('goes for what a route loads of a library by the app, not by how the library is published', async () => {
    const library = { name: '@acme/log', version: '1.0.0', main: 'index.ts' };
    const files: Files = {
      'package.json': JSON.stringify({ private: true, workspaces: ['apps/*', 'libs/*'] }),
      'apps/shop/package.json': JSON.stringify({
        name: 'shop',
        private: true,
        scripts: { start: 'next start' },
        dependencies: { next: '1.0.0', '@acme/log': '*' },
      }),
      'apps/shop/pages/api/orders.ts': `import { log } from '@acme/log';\nexport default () => log();\n`,
      'libs/log/package.json': JSON.stringify(library),
      'libs/log/index.ts': 'export const log = () => undefined;\n',
      'libs/log/other.ts': 'export const other = 1;\n',
    };
    expect(await said(files, 'libs/log/', { deployment: 'graded' })).toContain(
      'source index.ts: information',
    );
  });

  it('leaves manifests as they are', async () => {
    const all = await said(known, '', { deployment: 'graded' });
    expect(all).toContain('manifest package.json');
  });

  it('never makes a finding louder', async () => {
    const quiet = { ...everywhere({ deployment: 'graded' }), severity: 'hint' } as const;
    const { findings } = await check(unknown, { rules: [quiet] });
    expect([...new Set(findings.map(({ severity }) => severity))]).toEqual(['hint']);
  });
});

describe('the manifests that a rule looks at', () => {
  const files: Files = {
    'package.json': server('shop'),
    'index.js': LISTEN,
    'docker-compose.yml': 'services: {}\n',
    'docs/docker-compose.yml': 'services: {}\n',
  };

  it('are all, or those of the product', async () => {
    const manifests = async (scope?: RuleScope): Promise<readonly string[]> =>
      (await said(files, '', scope)).filter((one) => /^manifest .*yml/.test(one));
    expect(await manifests()).toContain('manifest docs/docker-compose.yml');
    expect(await manifests({ manifests: 'product' })).toEqual(['manifest docker-compose.yml']);
  });
});
