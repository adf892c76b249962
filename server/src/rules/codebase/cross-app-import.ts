import { baseName, isInside } from '../../base/paths';
import type { Span } from '../../base/span';
import { fileEdit, replacement } from '../../engine/edits/edits';
import type { Fix } from '../../engine/finding';
import { defineRule } from '../../engine/rule';
import { addDependencies } from '../../fixes/files/package-json';
import { isBuildPath } from '../../project/files/paths';
import type { PackageInfo, ProjectModel } from '../../project/model';
import { SCRIPT_PLACES } from '../../vocabulary/paths';

const root = JSON.stringify({ name: 'root', private: true, workspaces: ['apps/*', 'packages/*'] });
const member = (name: string, extra: object = {}): string =>
  JSON.stringify({ name, private: true, ...extra });

export default defineRule({
  id: 'cross-app-import',
  factor: 'codebase',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A relative import reaches into another package of the repository.',
  why: 'One codebase per app: what several apps share belongs in a library that each declares as a dependency. A relative path into a neighbour bypasses its manifest and its public surface, so the apps can no longer be built, released and rolled back on their own, and the neighbour cannot move a file without breaking you.',
  whenNotToUse:
    'In a repository whose package.json files only mark folders and that is always built and deployed as one app.',
  fix: 'suggest',
  messages: {
    relative:
      'This import leaves {own} and reaches into {other}; depend on that package by name instead.',
  },
  scope: { detail: 'any', kinds: ['app', 'library'] },
  file(context) {
    const { model, path } = context;
    const own = context.package;
    // What a library's people run, to release it for example, works on the repository as a whole.
    if (!own || (own.kind === 'library' && SCRIPT_PLACES.isIn(path))) return;
    for (const fact of context.facts.imports) {
      if (!/^\.\.?\//.test(fact.specifier)) continue;
      const target = model.resolveImport(path, fact.specifier).path;
      const other = target === undefined ? undefined : model.packageOf(target);
      if (
        target === undefined ||
        !other ||
        other === own ||
        isBuildPath(target) ||
        baseName(target) === 'package.json'
      )
        continue;
      // A package nested in this one (a marker for a module format, a bundled plugin) is part of it.
      if (isMarker(other) || isMarker(own) || (isInside(other.dir, own.dir) && own.dir !== ''))
        continue;
      // The root of a repository is its shared ground only when it is no app of its own.
      if (other.dir === '' && !isInside(target, 'src')) continue;
      context.report({
        at: fact.span,
        message: 'relative',
        data: { own: label(own), other: label(other) },
        related: [{ path: target, span: { start: 0, end: 0 }, message: 'what is imported' }],
        fixes: () => byName(model, path, own, other, target, fact.span),
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'one app uses another app’s source',
        files: {
          'package.json': root,
          'apps/api/package.json': member('api', { dependencies: { express: '^5.0.0' } }),
          'apps/worker/package.json': member('worker', { dependencies: { bullmq: '^5.0.0' } }),
          'apps/api/src/db.ts': 'export const db = process.env.DATABASE_URL;\n',
          'apps/worker/src/main.ts': `import { db } from '../../api/src/db';\nconsole.log(db);\n`,
        },
        findings: [{ at: '../../api/src/db', path: 'apps/worker/src/main.ts' }],
      },
      {
        title: 'a library by path although it has a name',
        files: {
          'package.json': root,
          'apps/api/package.json': member('api', { dependencies: { shared: 'workspace:*' } }),
          'packages/shared/package.json': member('shared', {
            main: 'index.js',
            dependencies: { ms: '^2.0.0' },
          }),
          'packages/shared/index.js': 'exports.now = () => Date.now();\n',
          'apps/api/server.js': `const { now } = require('../../packages/shared');\nmodule.exports = now;\n`,
        },
        findings: [{ at: '../../packages/shared', path: 'apps/api/server.js' }],
        fixed: {
          'by-name': {
            'apps/api/server.js': `const { now } = require('shared');\nmodule.exports = now;\n`,
          },
        },
      },
      {
        title: 're-exported and loaded on demand',
        files: {
          'package.json': root,
          'apps/a/package.json': member('a', { dependencies: { koa: '^3.0.0' } }),
          'apps/b/package.json': member('b', { dependencies: { koa: '^3.0.0' } }),
          'apps/a/src/x.ts': 'export const x = 1;\n',
          'apps/b/src/y.ts': `export { x } from '../../a/src/x';\nexport const lazy = () => import('../../a/src/x');\n`,
        },
        findings: [
          { at: '../../a/src/x', path: 'apps/b/src/y.ts' },
          { at: '../../a/src/x', occurrence: 2, path: 'apps/b/src/y.ts' },
        ],
      },
    ],
    good: [
      {
        title: 'a script that releases a library, and writes into another package',
        files: {
          'package.json': root,
          'packages/kit/package.json': JSON.stringify({
            ...{ name: 'kit', version: '1.0.0', main: 'index.js', files: ['index.js'] },
            dependencies: { ms: '^2.0.0' },
          }),
          'packages/kit/index.js': 'exports.kit = 1;\n',
          'packages/kit/scripts/bump-version.js': `const versions = require('../../shared/src/versions.json');\nversions.push(1);\n`,
          'packages/shared/package.json': member('shared', { main: 'src/index.js' }),
          'packages/shared/src/index.js': 'exports.now = () => Date.now();\n',
          'packages/shared/src/versions.json': '[]\n',
        },
      },
      {
        title: 'a workspace package by name',
        files: {
          'package.json': root,
          'apps/api/package.json': member('api', { dependencies: { shared: 'workspace:*' } }),
          'packages/shared/package.json': member('shared', { main: 'index.ts' }),
          'packages/shared/index.ts': 'export const x = 1;\n',
          'apps/api/src/main.ts': `import { x } from 'shared';\nconsole.log(x);\n`,
        },
      },
      {
        title: 'climbing within the package',
        files: {
          'package.json': member('app', { dependencies: { express: '^5.0.0' } }),
          'src/a/b/c.ts': `import { version } from '../../../package.json';\nimport { d } from '../../d';\nconsole.log(version, d);\n`,
          'src/d.ts': 'export const d = 1;\n',
        },
      },
      {
        title: 'shared build configuration',
        files: {
          'package.json': root,
          'apps/api/package.json': member('api', { dependencies: { a: '^1.0.0' } }),
          'packages/config/package.json': member('config', { dependencies: { b: '^1.0.0' } }),
          'packages/config/vite.config.ts': 'export default {};\n',
          'apps/api/vite.config.ts': `import base from '../../packages/config/vite.config';\nexport default base;\n`,
        },
      },
      {
        title: 'a folder with a package.json that only sets the module format',
        files: {
          'package.json': member('app', { dependencies: { a: '^1.0.0' } }),
          'src/esm/package.json': '{ "type": "module" }',
          'src/esm/x.js': 'export const x = 1;\n',
          'src/main.js': `module.exports = import('./esm/x.js');\n`,
        },
      },
      {
        title: 'a test of the workspace',
        files: {
          'package.json': root,
          'apps/api/package.json': member('api', { dependencies: { a: '^1.0.0' } }),
          'apps/web/package.json': member('web', { dependencies: { a: '^1.0.0' } }),
          'apps/api/src/app.ts': 'export const app = 1;\n',
          'apps/web/test/api.test.ts': `import { app } from '../../api/src/app';\nconsole.log(app);\n`,
        },
      },
      {
        title: 'an alias inside the package',
        files: {
          'package.json': member('app', { dependencies: { a: '^1.0.0' } }),
          'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
          'src/main.ts': `import { x } from '@/x';\nconsole.log(x);\n`,
          'src/x.ts': 'export const x = 1;\n',
        },
      },
    ],
  },
});

/** A package.json without name or dependencies only marks a folder. */
function isMarker(info: PackageInfo): boolean {
  return info.name === undefined && info.dependencies.size === 0 && info.dir !== '';
}

/** Offered only when the package can really be reached by its name, by the same module. */
function byName(
  model: ProjectModel,
  path: string,
  own: PackageInfo,
  other: PackageInfo,
  target: string,
  span: Span,
): readonly Fix[] {
  const { name } = other;
  if (name === undefined || (other.workspaceRoot ?? other) !== (own.workspaceRoot ?? own))
    return [];
  const inside = target.slice(other.dir === '' ? 0 : other.dir.length + 1);
  const specifier = [
    name,
    `${name}/${inside.replace(/\.[cm]?[jt]sx?$/, '')}`,
    `${name}/${inside}`,
  ].find((each) => model.resolveImport(path, each).path === target);
  if (specifier === undefined) return [];
  const range = own.manager === 'npm' || own.manager === 'yarn' ? '*' : 'workspace:*';
  return [
    {
      id: 'by-name',
      kind: 'suggest',
      title: `Import \`${specifier}\` by name and declare it`,
      build: () => [
        fileEdit(path, [replacement(span, specifier)]),
        ...addDependencies(model, own, [{ name, range }]),
      ],
    },
  ];
}

function label(info: PackageInfo): string {
  return info.name ?? (info.dir === '' ? 'the root package' : info.dir);
}
