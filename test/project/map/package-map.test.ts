import { describe, expect, it } from 'vitest';
import { buildFrame } from '../../../server/src/project/build-model';
import type { PackageKind } from '../../../server/src/project/map/kinds';
import { givenKinds } from '../../../server/src/project/map/overrides';
import type { PackageInfo } from '../../../server/src/project/model';
import { filesOf } from '../memory-files';

type Contents = Record<string, string | object>;

function packages(contents: Contents, given?: Record<string, PackageKind>): readonly PackageInfo[] {
  return buildFrame(filesOf(contents), givenKinds(given ?? {})).packages;
}

/** The kinds of packages by folder; `.` is the root. */
function kinds(contents: Contents, given?: Record<string, PackageKind>): Record<string, string> {
  return Object.fromEntries(
    packages(contents, given).map((info) => [info.dir === '' ? '.' : info.dir, info.kind]),
  );
}

/** The kind of a package at the root. */
function root(manifest: object, more: Contents = {}): string | undefined {
  return kinds({ 'package.json': manifest, ...more })['.'];
}

/** The kind of a package among others of a workspace. */
function member(dir: string, manifest: object, more: Contents = {}): string | undefined {
  return kinds({
    'package.json': { private: true, workspaces: ['**'] },
    'packages/core/package.json': { name: 'core', version: '1.0.0', main: 'i.js', files: ['lib'] },
    [`${dir}/package.json`]: manifest,
    ...more,
  })[dir];
}

const SERVER = { scripts: { start: 'node server.js' }, dependencies: { express: '4' } };
const DEVELOPED = { private: true, main: 'i.js', scripts: { dev: 'tsx watch index.ts' } };
const DOCKERFILE = 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n';

describe('a package alone', () => {
  it.each<[string, object, Contents]>([
    ['that starts a server', SERVER, {}],
    ['that says nothing', { private: true }, {}],
    [
      'with a command, that starts a server',
      { name: 'a', version: '1.0.0', bin: 'c.js', ...SERVER },
      {},
    ],
    [
      'with an image',
      { name: 'a', version: '1.0.0', main: 'server.js' },
      { Dockerfile: DOCKERFILE, 'server.js': '' },
    ],
    ['called an example', { name: 'example', ...SERVER }, {}],
    ['of a template', { name: 'express-boilerplate', description: 'A starter', ...SERVER }, {}],
  ])('%s is an app', (_, manifest, more) => {
    expect(root(manifest, more)).toBe('app');
  });

  it.each<[string, object]>([
    [
      'published to be imported',
      { name: 'a', version: '1.0.0', main: 'i.js', files: ['lib'], peerDependencies: {} },
    ],
    ['private, with types', { private: true, main: './dist/i.js', types: './dist/i.d.ts' }],
  ])('%s is a library', (_, manifest) => {
    expect(root(manifest)).toBe('library');
  });

  it('with a command to install is a tool', () => {
    expect(root({ name: 'a', version: '1.0.0', bin: './cli.js' })).toBe('tool');
  });
});

describe('a package among others', () => {
  it.each<[PackageKind, string, string, object, Contents]>([
    ['app', 'with a server', 'packages/api', SERVER, {}],
    [
      'app',
      'with an image',
      'packages/api',
      { main: 'server.js' },
      { 'packages/api/Dockerfile': DOCKERFILE, 'packages/api/server.js': '' },
    ],
    [
      'app',
      'that a platform deploys',
      'packages/site',
      { scripts: { build: 'vite build' } },
      { 'packages/site/netlify.toml': '[build]\n' },
    ],
    ['app', 'for browsers', 'packages/site', { scripts: { dev: 'vite', build: 'vite build' } }, {}],
    [
      'app',
      'that opens a port',
      'packages/hook',
      {},
      { 'packages/hook/i.js': 'require("http").createServer().listen(80)' },
    ],
    [
      'app',
      'called a demo, with an image',
      'apps/demo',
      SERVER,
      { 'apps/demo/Dockerfile': DOCKERFILE, 'apps/demo/server.js': '' },
    ],
    ['app', 'in a folder of apps', 'apps/web', {}, {}],
    [
      'app',
      'only developed, in a folder of apps',
      'apps/hub',
      { ...DEVELOPED, main: undefined },
      {},
    ],
    ['example', 'that only scripts for development start', 'packages/dev-server', DEVELOPED, {}],
    [
      'library',
      'with scripts for development and a build',
      'packages/ui',
      { ...DEVELOPED, scripts: { dev: 'tsx index.ts', build: 'tsc' } },
      {},
    ],
    ['example', 'that shows tests', 'examples/testing', SERVER, {}],
    ['test', 'that tests load', 'packages/dev/test-plugins/reviews', { main: 'i.js' }, {}],
    [
      'library',
      'that only says how modules are read',
      'packages/core/cjs',
      { type: 'commonjs' },
      {},
    ],
    [
      'library',
      'that a server for development shows',
      'packages/elements',
      { private: true, main: 'i.js', scripts: { start: 'web-dev-server' } },
      {},
    ],
    [
      'library',
      'published',
      'packages/lib',
      { name: 'lib', version: '1.0.0', main: 'i.js', files: ['lib'] },
      {},
    ],
    ['library', 'with an entry', 'packages/lib', { private: true, main: 'i.js' }, {}],
    [
      'library',
      'that others load',
      'packages/lib',
      { name: 'lib' },
      { 'apps/web/package.json': { dependencies: { lib: '*' } } },
    ],
    [
      'library',
      'of which another one ships a part',
      'packages/core/express',
      { main: '../dist/express.js' },
      {},
    ],
    [
      'library',
      'published, with a server library',
      'packages/kit',
      {
        name: 'kit',
        version: '1.0.0',
        main: 'i.js',
        files: ['l'],
        scripts: { serve: 'node t.js' },
        dependencies: { express: '4' },
      },
      {},
    ],
    [
      'library',
      'published, with a command beside what others load',
      'packages/kit',
      { name: 'kit', version: '1.0.0', main: 'i.js', files: ['l'], bin: 'b.js' },
      { 'apps/web/package.json': { dependencies: { kit: '*' } } },
    ],
    [
      'tool',
      'with a command',
      'packages/up',
      { name: 'up', version: '1.0.0', main: 'i.js', files: ['l'], bin: 'b.js' },
      {},
    ],
    [
      'tool',
      'of settings',
      'packages/config-eslint',
      { name: '@x/config-eslint', main: 'i.js' },
      {},
    ],
    [
      'tool',
      'in a folder of tools',
      'tools/releaser',
      { name: 'r', version: '1.0.0', main: 'i.js', exports: './i.js' },
      {},
    ],
    ['tool', 'that is an action', 'action', { main: 'i.js' }, { 'action/action.yml': 'name: x\n' }],
    ['tool', 'that nothing starts or imports', 'misc', { scripts: { lint: 'eslint .' } }, {}],
    [
      'example',
      'among examples, with all it takes to deploy it',
      'examples/basic',
      SERVER,
      {
        'examples/basic/Dockerfile': DOCKERFILE,
        'examples/basic/server.js': '',
        'examples/basic/fly.toml': 'app = "x"\n',
      },
    ],
    ['example', 'in a playground', 'playground/nest', SERVER, {}],
    ['example', 'called a playground', 'playground', SERVER, {}],
    [
      'example',
      'for documentation',
      'docs',
      { scripts: { start: 'docusaurus start' }, dependencies: { '@docusaurus/core': '3' } },
      {},
    ],
    [
      'template',
      'among templates',
      'templates/blank',
      SERVER,
      { 'templates/blank/Dockerfile': DOCKERFILE },
    ],
    ['template', 'among the sources of another', 'packages/core/src/app', SERVER, {}],
    ['test', 'in a folder of tests', 'test', SERVER, {}],
    ['test', 'in a folder of integration tests', 'integration-tests/api', SERVER, {}],
    [
      'test',
      'named for tests',
      'packages/acme-test-utils',
      { name: 'acme-test-utils', main: 'i.js' },
      {},
    ],
    ['test', 'whose main module configures a test runner', 'qa', { main: 'jest.config.js' }, {}],
  ])('is of kind %s: %s', (kind, _, dir, manifest, more) => {
    // Of "among the sources of another": a workspace would not name it.
    const contents: Contents =
      kind === 'template' && dir.includes('/src/')
        ? { 'package.json': { private: true, workspaces: ['packages/*'] } }
        : {};
    expect(member(dir, manifest, { ...contents, ...more })).toBe(kind);
  });

  it('is an app among examples where something outside deploys it', () => {
    const compose = 'services:\n  demo:\n    build: ./examples/demo\n    command: node server.js\n';
    expect(
      member('examples/demo', SERVER, {
        'examples/demo/server.js': '',
        'examples/demo/Dockerfile': DOCKERFILE,
        'docker-compose.yml': compose,
      }),
    ).toBe('app');
  });

  it('is an app where the project has nothing but examples', () => {
    expect(
      kinds({ 'package.json': { private: true }, 'examples/a/package.json': SERVER }),
    ).toMatchObject({ 'examples/a': 'app' });
  });

  it('is not deployed by a job that publishes it', () => {
    const job = (run: string): string =>
      `on: push\njobs:\n  deploy:\n    runs-on: x\n    steps:\n      - run: ${run}\n        working-directory: misc\n`;
    expect(member('misc', {}, { '.github/workflows/d.yml': job('npm publish') })).toBe('tool');
    expect(member('misc', {}, { '.github/workflows/d.yml': job('fly deploy') })).toBe('app');
  });

  it('leaves a script of the root to the member that it starts', () => {
    const contents: Contents = {
      'package.json': {
        private: true,
        workspaces: ['packages/*'],
        scripts: { start: 'cd packages/api && node server.js' },
      },
      'packages/api/package.json': { name: 'api' },
      'packages/api/server.js': '',
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD npm start\n',
    };
    expect(kinds(contents)).toEqual({ '.': 'tool', 'packages/api': 'app' });
  });

  it('starts nothing with a script that only compiles', () => {
    const library = (scripts: object): string | undefined =>
      member('lib', { private: true, main: 'dist/i.js', scripts });
    expect(library({ start: 'npm run build:watch', 'build:watch': 'tsc -w' })).toBe('library');
  });
});

describe('evidence', () => {
  it('has a place, and says what was outweighed', () => {
    const [, demo] = packages({
      'package.json': { private: true, workspaces: ['*'], main: 'i.js' },
      'demo/package.json': SERVER,
    });
    expect(demo?.evidence.map((one) => `${one.for}: ${one.says} (${one.path})`)).toEqual([
      'example: called an example (demo/package.json)',
      'app: scripts.start starts it (demo/package.json)',
      'app: depends on express (demo/package.json)',
    ]);
  });
});

describe('what the user says', () => {
  const contents: Contents = {
    'package.json': { private: true, workspaces: ['*/*'] },
    'examples/a/package.json': SERVER,
    'services/b/package.json': { private: true, main: 'i.js' },
    'packages/c/package.json': { name: 'c', version: '1.0.0', main: 'i.js', files: ['l'] },
  };

  it('counts before all evidence, the last glob that matches first', () => {
    expect(
      kinds(contents, { '**': 'tool', 'examples/*': 'app', 'services/*': 'app', '.': 'test' }),
    ).toEqual({ '.': 'test', 'examples/a': 'app', 'packages/c': 'tool', 'services/b': 'app' });
  });
});
