import { describe, expect, it } from 'vitest';
import type { PackageInfo } from '../../server/src/project/model';
import { findPackages, nearestPackage } from '../../server/src/project/packages/packages';
import { filesOf } from './memory-files';

function one(contents: Record<string, string | object>): PackageInfo {
  const [info] = findPackages(filesOf(contents));
  if (!info) throw new Error('no package');
  return info;
}

describe('findPackages', () => {
  it('reads names, scripts and the strongest declaration of each dependency with their spans', () => {
    const text =
      '{"name":"api","type":"module","scripts":{"start":"node \\"a.js\\""},"devDependencies":{"x":"1","y":"2"},"dependencies":{"x":"^3"}}';
    const info = one({ 'package.json': text });
    expect(info).toMatchObject({
      dir: '',
      name: 'api',
      isModule: true,
      isPrivate: false,
      manager: 'npm',
      lockfile: undefined,
    });
    const start = info.scripts.get('start');
    expect(start?.command).toBe('node "a.js"');
    expect(start && text.slice(start.span.start, start.span.end)).toBe('node \\"a.js\\"');
    expect(
      [...info.dependencies.values()].map(({ name, kind, range }) => [name, kind, range]),
    ).toEqual([
      ['x', 'dependencies', '^3'],
      ['y', 'devDependencies', '2'],
    ]);
  });

  it('tolerates a broken package.json', () => {
    expect(
      one({ 'package.json': '{"name": "x", "scripts": {"start": "node a.js",' }),
    ).toMatchObject({ name: 'x' });
    expect(one({ 'package.json': '' })).toMatchObject({ name: undefined, manifest: {} });
    expect(one({ 'package.json': '[]' }).kind).toBe('app');
  });

  it('finds workspaces of npm, pnpm and lerna, with exceptions', () => {
    const packages = findPackages(
      filesOf({
        'package.json': { workspaces: ['apps/*', '!apps/old'] },
        'apps/api/package.json': {},
        'apps/old/package.json': {},
        'node_modules/x/package.json': {},
        'sub/package.json': {},
        'sub/pnpm-workspace.yaml': 'packages:\n  - "libs/**"\n',
        'sub/libs/a/b/package.json': {},
      }),
    );
    expect(packages.map((info) => [info.dir, info.workspaceRoot?.dir])).toEqual([
      ['', undefined],
      ['sub', undefined],
      ['apps/api', ''],
      ['apps/old', undefined],
      ['sub/libs/a/b', 'sub'],
    ]);
    expect(packages.find((info) => info.dir === 'sub/libs/a/b')?.manager).toBe('pnpm');
    expect(nearestPackage(packages, 'apps/api/src/a.ts')?.dir).toBe('apps/api');
  });

  it.each<[string, Record<string, string | object>, string]>([
    [
      'packageManager',
      { 'package.json': { packageManager: 'yarn@4.1.0' }, 'package-lock.json': '{}' },
      'yarn-berry',
    ],
    ['package-lock', { 'package.json': {}, 'package-lock.json': '{}' }, 'npm'],
    ['yarn 1', { 'package.json': {}, 'yarn.lock': '# yarn lockfile v1\n' }, 'yarn'],
    ['yarn 2+', { 'package.json': {}, 'yarn.lock': '__metadata:\n  version: 6\n' }, 'yarn-berry'],
    ['pnpm', { 'package.json': {}, 'pnpm-lock.yaml': 'lockfileVersion: 9\n' }, 'pnpm'],
    ['bun', { 'package.json': {}, 'bun.lock': '{}' }, 'bun'],
  ])('knows the manager by %s', (_, contents, manager) => {
    expect(one(contents).manager).toBe(manager);
  });

  it('takes the nearest lockfile upwards', () => {
    const packages = findPackages(
      filesOf({
        'package.json': { workspaces: ['a'] },
        'yarn.lock': '',
        'a/package.json': {},
        'b/package.json': {},
        'b/package-lock.json': '{}',
      }),
    );
    expect(packages.map((info) => info.lockfile)).toEqual([
      'yarn.lock',
      'yarn.lock',
      'b/package-lock.json',
    ]);
  });

  it('reads outputs from tsconfig through extends, with the common folder tsc computes', () => {
    const info = one({
      'package.json': {},
      'tsconfig.base.json': { compilerOptions: { outDir: 'ignored-base/x', sourceMap: true } },
      'tsconfig.json':
        '{ "extends": "./tsconfig.base", "compilerOptions": { "outDir": "./dist", }, "include": ["src/**/*"] }',
      'src/app/main.ts': '',
      'src/b.ts': '',
      'types/x.d.ts': '',
    });
    expect(info.outputs[0]).toEqual({ out: 'dist', source: 'src' });
    const all = one({
      'package.json': {},
      'tsconfig.json': { compilerOptions: { outDir: 'out' } },
      'src/a.ts': '',
      'test/b.ts': '',
    });
    expect(all.outputs.slice(0, 2)).toEqual([
      { out: 'out', source: '' },
      { out: 'out', source: 'src' },
    ]);
  });

  it('reads outputs from build scripts, nest and Nx', () => {
    const outputs = (contents: Record<string, string | object>): unknown =>
      one(contents).outputs[0];
    const script = (build: string): Record<string, string | object> => ({
      'package.json': { scripts: { build } },
      'src/server.ts': '',
    });
    expect(outputs(script('babel src -d build --copy-files'))).toEqual({
      out: 'build',
      source: 'src',
    });
    expect(outputs(script('rimraf lib && swc ./src --out-dir lib'))).toEqual({
      out: 'lib',
      source: 'src',
    });
    expect(
      outputs(script('esbuild src/server.ts --bundle --platform=node --outfile=out/s.js')),
    ).toEqual({ out: 'out/s.js', source: 'src/server.ts' });
    expect(outputs(script('ncc build src/server.ts -o bin'))).toEqual({
      out: 'bin/index.js',
      source: 'src/server.ts',
    });
    expect(outputs({ 'package.json': {}, 'nest-cli.json': { sourceRoot: 'source' } })).toEqual({
      out: 'dist',
      source: 'source',
    });
    expect(
      outputs({
        'package.json': {},
        'nx.json': {},
        'apps/api/project.json': {
          targets: {
            build: { options: { main: 'apps/api/src/main.ts', outputPath: 'dist/apps/api' } },
          },
        },
      }),
    ).toEqual({ out: 'dist/apps/api/main.js', source: 'apps/api/src/main.ts' });
  });

  it('guesses outputs only where the folder is not part of the tree', () => {
    const info = one({ 'package.json': {}, 'src/a.js': '', 'lib/helper.js': '' });
    expect(info.outputs.map((output) => output.out)).not.toContain('lib');
    expect(info.outputs).toContainEqual({ out: 'dist', source: 'src' });
  });

  it('tells bundled servers from bundled front ends', () => {
    const bundled = (contents: Record<string, string | object>): boolean => one(contents).bundled;
    expect(bundled({ 'package.json': { dependencies: { next: '1' } } })).toBe(true);
    expect(bundled({ 'package.json': { scripts: { build: 'vite build' } } })).toBe(false);
    expect(
      bundled({
        'package.json': {
          scripts: { build: 'esbuild a.ts --bundle --platform=node --outfile=b.js' },
        },
      }),
    ).toBe(true);
    expect(
      bundled({
        'package.json': {
          scripts: { build: 'esbuild a.ts --bundle --platform=node --packages=external' },
        },
      }),
    ).toBe(false);
    expect(
      bundled({
        'package.json': {},
        'webpack.config.js': "module.exports = { target: 'node', entry: './a' }",
      }),
    ).toBe(true);
    expect(
      bundled({
        'package.json': {},
        'webpack.config.js': "module.exports = { target: 'node', externals: [nodeExternals()] }",
      }),
    ).toBe(false);
    expect(
      bundled({ 'package.json': {}, 'webpack.config.js': "module.exports = { entry: './a' }" }),
    ).toBe(false);
  });
});
