import { describe, expect, it } from 'vitest';
import { copyFiles, planCopies } from '../../scripts/bench/copy-plan';
import { importOf, renameIn } from '../../scripts/bench/copy-text';
import { peerConfigs } from '../../scripts/bench/peer-configs';

/** The files of so many copies, by path. */
function copiesOf(files: Readonly<Record<string, string>>, copies: number, globs: string[] = []) {
  const plan = planCopies(new Map(Object.entries(files)), 'folder', globs);
  return new Map(plan && copyFiles(plan, copies));
}

function json(text: string | undefined): unknown {
  return JSON.parse(text ?? 'null');
}

describe('copies of an app', () => {
  const files = {
    'package.json':
      '{ "name": "shop", "main": "server", "exports": "./dist", "dependencies": { "pg": "1" } }',
    'server.js': "'use strict';\nconst pg = require('pg');\n",
    'README.md': 'The shop.',
  };

  it('are packages of one workspace, each of which depends on the one before', () => {
    const copies = copiesOf(files, 2);
    expect(json(copies.get('package.json'))).toEqual({
      name: 'bench-growth',
      private: true,
      workspaces: ['packages/copy-1', 'packages/copy-2'],
    });
    expect(json(copies.get('packages/copy-1/package.json'))).toEqual({
      name: 'shop-copy-1',
      main: './server.js',
      dependencies: { pg: '1' },
    });
    expect(json(copies.get('packages/copy-2/package.json'))).toEqual({
      name: 'shop-copy-2',
      main: './server.js',
      dependencies: { pg: '1', 'shop-copy-1': '*' },
    });
  });

  it('import the one before from the file that the package starts with', () => {
    const copies = copiesOf(files, 2);
    expect(copies.get('packages/copy-1/server.js')).toBe(files['server.js']);
    expect(copies.get('packages/copy-2/server.js')).toBe(
      `${files['server.js']}\nrequire('shop-copy-1');\n`,
    );
    expect(copies.get('packages/copy-2/README.md')).toBe('The shop.');
  });
});

describe('copies of a monorepo', () => {
  const files = {
    'package.json': '{ "name": "root", "workspaces": ["libs/*"] }',
    'pnpm-workspace.yaml': 'packages: [apps/*]',
    'apps/api/package.json':
      '{ "name": "@acme/api", "scripts": { "start": "node src/run.ts" }, "dependencies": { "@acme/db": "*", "util": "*" } }',
    'apps/api/src/run.ts':
      "import '@acme/db/pool';\nimport { x } from 'util';\nconst util = 'x';\n",
    'libs/db/package.json': '{ "name": "@acme/db" }',
    'libs/util/package.json': '{ "name": "util" }',
    Dockerfile: 'RUN pnpm --filter @acme/api build',
  };

  it('have no name of a package in common', () => {
    const copies = copiesOf(files, 2, ['apps/*', '!apps/old']);
    expect(json(copies.get('packages/copy-2/apps/api/package.json'))).toMatchObject({
      name: '@acme/api-copy-2',
      dependencies: { '@acme/db-copy-2': '*', 'util-copy-2': '*', '@acme/api-copy-1': '*' },
    });
    expect(json(copies.get('packages/copy-2/libs/util/package.json'))).toEqual({
      name: 'util-copy-2',
    });
    expect(copies.get('packages/copy-2/apps/api/src/run.ts')).toBe(
      "import '@acme/db-copy-2/pool';\nimport { x } from 'util-copy-2';\nconst util = 'x';\n\nimport '@acme/api-copy-1';\n",
    );
    expect(copies.get('packages/copy-1/Dockerfile')).toBe(
      'RUN pnpm --filter @acme/api-copy-1 build',
    );
  });

  it('are linked by a package that is one of the workspaces', () => {
    const copies = copiesOf({ ...files, 'a/package.json': '{}', 'a/index.js': '' }, 2, ['apps/*']);
    expect(copies.get('packages/copy-2/a/index.js')).toBe('');
    expect(copies.get('packages/copy-2/apps/api/src/run.ts')).toContain('@acme/api-copy-1');
  });

  it('have their workspaces in the manifest above all', () => {
    const copies = copiesOf(files, 1, ['apps/*', '!apps/old']);
    expect(json(copies.get('package.json'))).toMatchObject({
      workspaces: [
        'packages/copy-1',
        'packages/copy-1/libs/*',
        'packages/copy-1/apps/*',
        '!packages/copy-1/apps/old',
      ],
    });
    expect(json(copies.get('packages/copy-1/package.json'))).toEqual({ name: 'root-copy-1' });
    expect(copies.has('packages/copy-1/pnpm-workspace.yaml')).toBe(false);
  });
});

describe('copies of a folder', () => {
  it('without a manifest get one', () => {
    const copies = copiesOf({ 'lib/a.ts': '', 'z.ts': 'export {};' }, 2);
    expect(json(copies.get('packages/copy-2/package.json'))).toEqual({
      name: 'folder-copy-2',
      main: './z.ts',
      dependencies: { 'folder-copy-1': '*' },
    });
    expect(copies.get('packages/copy-2/z.ts')).toContain("import 'folder-copy-1';");
  });

  it('without sources are not made', () => {
    expect(planCopies(new Map([['package.json', '{}']]), 'folder', [])).toBeUndefined();
  });
});

describe('renameIn', () => {
  it.each([
    ["from '@a/b'", "from '@a/b-2'"],
    ["from '@a/b-c'", "from '@a/b-c-2'"],
    ["from '@a/bc'", "from '@a/bc'"],
    ["require('shop/x')", "require('shop-2/x')"],
    ["open('shop')", "open('shop')"],
    ["import './shop'", "import './shop'"],
  ])('makes of %s', (text, expected) => {
    expect(renameIn('a.ts', text, ['@a/b', '@a/b-c', 'shop'], '-2')).toBe(expected);
  });
});

describe('importOf', () => {
  it.each([
    ['a.js', "const a = require('a');", 'require('],
    ['a.js', "import a from 'a';", 'import '],
    ['a.ts', "import a = require('a');", 'import '],
    ['a.cjs', '', 'require('],
  ])('%s: %s', (path, text, expected) => {
    expect(importOf(path, text, 'x').slice(text.length + 1)).toMatch(
      expected === 'import ' ? /^import 'x';/ : /^require\('x'\);/,
    );
  });
});

describe('peerConfigs', () => {
  it('have ten rules each, and leave out what git ignores', () => {
    const configs = peerConfigs(['build/', 'src/[id].js']);
    const oxlint = json(configs['oxlint.json']) as { rules: object; ignorePatterns: string[] };
    expect(Object.keys(oxlint.rules)).toHaveLength(10);
    expect(oxlint.ignorePatterns).toEqual(
      expect.arrayContaining(['**/build/**', '**/src/\\[id\\].js']),
    );
    const biome = json(configs['biome.json']) as { linter: { rules: Record<string, object> } };
    const groups = Object.values(biome.linter.rules).filter((each) => typeof each === 'object');
    expect(groups.flatMap((group) => Object.keys(group))).toHaveLength(10);
    const eslint = configs['eslint.config.mjs'] ?? '';
    expect(eslint.match(/"(?:n\/)?(?:no|prefer)-[\w-]+":/g)).toHaveLength(10);
    expect(eslint).toContain('**/build/**');
  });
});
