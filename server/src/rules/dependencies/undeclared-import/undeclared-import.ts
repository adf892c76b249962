import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import { addDependencies } from '../../../fixes/files/package-json';
import type { PackageInfo, ProjectModel } from '../../../project/model';
import {
  declares,
  declaringPackages,
  typesPackage,
  undeclaredName,
} from '../../../project/packages/declared';
import { exactImports } from '../../../project/packages/exact-imports';
import { lockedVersionOf } from '../../../project/packages/locked-version';
import { ambientModules } from './ambient-modules';

const manifest = (extra: object): string =>
  JSON.stringify({ name: 'app', private: true, main: 'src/server.ts', ...extra }, null, 2) + '\n';
const lock = (packages: object): string =>
  JSON.stringify({ name: 'app', lockfileVersion: 3, packages }, null, 2);

export default defineRule({
  id: 'undeclared-import',
  factor: 'dependencies',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A package is imported that no manifest declares.',
  why: 'A twelve-factor app declares every dependency, completely and exactly, and never counts on a package that happens to be around. An undeclared package is usually there because another one brought it along; when that one drops or upgrades it, the app breaks on a fresh install although nothing in it changed.',
  whenNotToUse:
    'When something other than package.json provides packages, such as a platform that injects them at deploy time.',
  fix: 'suggest',
  speaksOfAbsence: true,
  options: {
    providedModules: {
      lists: 'names',
      exempts: 'name',
      description: 'Packages that the platform or a bundler provides.',
      example: ['@acme-runtime/*'],
    },
  },
  messages: {
    value:
      '`{name}` is imported but {manifest} does not declare it; a fresh install may not bring it along.',
    type: 'The types of `{name}` are imported but {manifest} does not declare it.',
  },
  scope: { detail: 'any', kinds: ['app', 'library'] },
  file(context) {
    const { facts, model, path, module } = context;
    const packages = declaringPackages(model, path);
    const [owner] = packages;
    if (
      !owner ||
      !facts.imports.some((fact) => undeclaredName(fact, path, packages, model) !== undefined)
    )
      return;
    const isAmbient = ambientModules(model);
    for (const fact of exactImports(model, path)) {
      const name = undeclaredName(fact, path, packages, model);
      if (name === undefined || isAmbient(fact.specifier) || isAmbient(name)) continue;
      if (fact.typeOnly && declares(packages, typesPackage(name))) continue;
      // Lambda's own run time brings the SDK.
      if (module.roles.has('serverless') && /^(aws-sdk$|@aws-sdk\/)/.test(name)) continue;
      const data = { name, manifest: owner.manifestPath };
      const related = [
        { path: owner.manifestPath, span: { start: 0, end: 0 }, message: 'does not declare it' },
      ];
      // Declaring it once is enough for all that import it.
      const missing = { key: `${owner.manifestPath} ${name}` };
      const fixes = declaration(
        model,
        owner,
        name,
        fact.typeOnly ? 'devDependencies' : 'dependencies',
      );
      if (fact.typeOnly)
        context.report({
          at: fact.span,
          message: 'type',
          data,
          severity: 'information',
          related,
          fact: missing,
          fixes,
        });
      else context.report({ at: fact.span, message: 'value', data, related, fact: missing, fixes });
    }
  },
  examples: {
    bad: [
      {
        title: 'a package that only another dependency brings along',
        files: {
          'package.json': manifest({ dependencies: { langchain: '^1.0.0' } }),
          'package-lock.json': lock({ 'node_modules/zod': { version: '3.25.76' } }),
          'src/server.ts': `import { z } from 'zod';\nexport const id = z.string();\n`,
        },
        findings: [{ at: 'zod', path: 'src/server.ts' }],
        fixed: {
          declare: {
            'package.json': manifest({ dependencies: { langchain: '^1.0.0', zod: '^3.25.76' } }),
          },
        },
      },
      {
        title: 'a deep import by require',
        files: {
          'package.json': manifest({ main: 'src/server.js', dependencies: {} }),
          'src/server.js': `const set = require('lodash/set');\nmodule.exports = set;\n`,
        },
        findings: [{ at: 'lodash/set', path: 'src/server.js' }],
      },
      {
        title: 'an import that is used as a type only',
        files: {
          'package.json': manifest({ dependencies: { '@nestjs/core': '^11.0.0' } }),
          'src/server.ts': `import { Request } from 'express';\nexport function path(request: Request): string {\n  return request.path;\n}\n`,
        },
        findings: [{ at: 'express', path: 'src/server.ts', severity: 'information' }],
      },
      {
        title: 'one package that many files import takes one line',
        files: {
          'package.json': manifest({ dependencies: {} }),
          'src/server.ts': `import './a';\nimport './b';\nimport './c';\nimport './d';\nimport './e';\n`,
          'src/a.ts': `import type { Dayjs } from 'dayjs';\nexport type Day = Dayjs;\n`,
          'src/b.ts': `import dayjs from 'dayjs';\nexport const b = dayjs();\n`,
          'src/c.ts': `import dayjs from 'dayjs';\nexport const c = dayjs();\n`,
          'src/d.ts': `import dayjs from 'dayjs';\nexport const d = dayjs();\n`,
          'src/e.ts': `import dayjs from 'dayjs';\nexport const e = dayjs();\n`,
        },
        findings: [{ at: 'dayjs', occurrence: 2, path: 'src/b.ts' }],
      },
      {
        title: 'an app of its own below another one that happens to declare it',
        files: {
          'package.json': manifest({ dependencies: { lodash: '^4.17.21' } }),
          'api/package.json':
            '{ "name": "api", "scripts": { "start": "node src/index.js" }, "dependencies": {} }',
          'api/src/index.js': `const set = require('lodash/set');\nmodule.exports = set;\n`,
        },
        findings: [{ at: 'lodash/set', path: 'api/src/index.js' }],
      },
      {
        title: 'a scoped package in a module that nothing else makes interesting',
        files: {
          'package.json': manifest({ dependencies: {} }),
          'src/server.ts': `import { helper } from './helper';\nhelper();\n`,
          'src/helper.ts': `import { run } from '@acme/tasks/run';\nexport const helper = () => run();\n`,
        },
        findings: [{ at: '@acme/tasks/run', path: 'src/helper.ts' }],
      },
      {
        title: 'a stylesheet of a package, imported for what it does',
        files: {
          'package.json': manifest({ scripts: { start: 'node dist/server.js' } }),
          'src/server.ts': `import '@fontsource/inter/400.css';\nexport const port = process.env.PORT;\n`,
        },
        findings: [{ at: '@fontsource/inter/400.css', path: 'src/server.ts' }],
      },
    ],
    good: [
      {
        title: 'a package that the user says the platform provides',
        files: {
          'package.json': manifest({ dependencies: { express: '^5.0.0' } }),
          'src/server.ts': `import { invoke } from '@acme-runtime/queue';\ninvoke();\n`,
        },
        options: { providedModules: ['@acme-runtime/*'] },
      },
      {
        title: 'files that a tool lets Node find from the root',
        files: {
          'package.json': manifest({ dependencies: { rootpath: '^0.1.2' } }),
          'config.json': '{ "title": "Shop" }',
          'helpers/names.js': 'module.exports = [];\n',
          'server.js': `require('rootpath')();\nmodule.exports = [require('config.json'), require('helpers/names')];\n`,
        },
      },
      {
        title: 'built-ins, with and without the prefix, and their submodules',
        code: `import fs from 'fs';\nimport { readFile } from 'node:fs/promises';\nimport { posix } from 'path/posix';\nexport default [fs, readFile, posix];\n`,
      },
      {
        title: 'an app that the manifest above it builds and starts',
        files: {
          'package.json': manifest({
            scripts: { build: 'nest build', 'start:prod': 'node dist/apps/auth/main' },
            dependencies: { '@nestjs/core': '^10.0.0' },
          }),
          'apps/auth/package.json':
            '{ "name": "@acme/auth", "main": "index.js", "scripts": { "test": "exit 1" }, "dependencies": { "bcryptjs": "^2.4.3" } }',
          'apps/auth/src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport { hash } from 'bcryptjs';\nexport default [NestFactory, hash];\n`,
        },
      },
      {
        title: 'paths below the package, by NODE_PATH',
        files: {
          'package.json': manifest({
            main: 'index.js',
            scripts: { start: 'NODE_PATH=. node index.js' },
            dependencies: {},
          }),
          'index.js': `const config = require('src/config');\nconst routes = require('routes/index.js');\nconst common = require('common');\nmodule.exports = [config, routes, common];\n`,
          'src/common/index.js': 'module.exports = {};\n',
          'src/config.js': 'module.exports = {};\n',
          'src/routes/index.js': `module.exports = require('src/config.js');\n`,
        },
      },
      {
        title: 'an alias of the bundler, told to the editor without a star',
        files: {
          'package.json': manifest({ main: 'server.js', dependencies: {} }),
          'jsconfig.json':
            '{ "compilerOptions": { "baseUrl": ".", "paths": { "@root": ["./"], "@utils": ["./utils"] } } }',
          'server.js': `import { init } from '@utils/init';\nexport const server = init();\n`,
          'utils/init.js': `export const init = () => import('@root/server.js');\n`,
        },
      },
      {
        title: 'a folder of the repository that its packages share, by NODE_PATH',
        files: {
          'package.json': manifest({ scripts: { build: 'NODE_PATH=./ backpack build' } }),
          'api/package.json': manifest({ name: 'api', dependencies: { express: '4' } }),
          'api/index.js': `import express from 'express';\nimport { log } from 'shared/log';\nlog(express);\n`,
          'shared/log.js': 'export const log = (value) => console.log(value);\n',
        },
      },
      {
        title: 'folders below baseUrl, of which a build makes some files, or all',
        files: {
          'package.json': manifest({ scripts: { start: 'node dist/server.js' } }),
          'tsconfig.json': '{ "compilerOptions": { "baseUrl": "src" } }',
          '.gitignore': 'src/generated\n',
          'src/config/index.ts': 'export const port = 1;\n',
          'src/server.ts': `import { schema } from 'config/generated/schema';\nimport { client } from 'generated/client';\nexport const all = [schema, client];\n`,
        },
      },
      {
        title: 'imports in templates and comments',
        files: {
          'package.json': manifest({ scripts: { start: 'node dist/server.js' } }),
          'src/server.ts': `// import got from 'got';\n/* import ky from 'ky'; */\nexport const code = \`\nimport lodash from 'lodash';\nexport default lodash;\n\`;\n`,
        },
      },
      {
        title: 'tsconfig paths, baseUrl, package imports and the package itself',
        files: {
          'package.json': manifest({ imports: { '#db': './src/db.ts' }, dependencies: {} }),
          'tsconfig.json':
            '{ "compilerOptions": { "baseUrl": "src", "paths": { "@lib/*": ["lib/*"] } } }',
          'src/server.ts': `import a from '@lib/a';\nimport b from 'db';\nimport c from '#db';\nimport d from 'app/src/db';\nexport default [a, b, c, d];\n`,
          'src/lib/a.ts': 'export default 1;\n',
          'src/db.ts': 'export default 1;\n',
        },
      },
      {
        title: 'types of a folder that has declarations only',
        files: {
          'package.json': manifest({ dependencies: {} }),
          'tsconfig.json':
            '{ "compilerOptions": { "baseUrl": ".", "paths": { "*": ["./src/*"] } } }',
          'src/server.ts': `import { Shape } from 'types';\nexport const shape: Shape = 1;\n`,
          'src/types/index.d.ts': 'export type Shape = number;\n',
        },
      },
      {
        title: 'types that DefinitelyTyped provides',
        files: {
          'package.json': manifest({ devDependencies: { '@types/express': '^5.0.0' } }),
          'src/server.ts': `import type { Request } from 'express';\nexport type R = Request;\n`,
        },
      },
      {
        title: 'names in comments, JSDoc and strings',
        code: `// import x from 'left-pad'\n/** @type {import('webpack').Configuration} */\nexport const hint = "run: import y from 'right-pad'";\n`,
      },
      {
        title: 'an optional package, probed in try/catch',
        code: `let native: unknown;\ntry {\n  native = require('pg-native');\n} catch {\n  native = undefined;\n}\nexport default native;\n`,
      },
      {
        title: 'virtual and ambient modules',
        files: {
          'package.json': manifest({ dependencies: {} }),
          'src/types.d.ts': `declare module '*.svg';\ndeclare module 'legacy-sdk' {\n  export function call(): void;\n}\n`,
          'src/server.ts': `import routes from 'virtual:routes';\nimport { call } from 'legacy-sdk';\nexport default [routes, call];\n`,
        },
      },
      {
        title: 'declared by the workspace root, or by the nearest package that declares anything',
        files: {
          'package.json': manifest({ workspaces: ['apps/*'], dependencies: { express: '^5.0.0' } }),
          'apps/api/package.json': '{ "name": "api", "dependencies": { "pg": "^8.0.0" } }',
          'apps/api/src/package.json': '{ "type": "module" }',
          'apps/api/src/main.ts': `import express from 'express';\nimport pg from 'pg';\nexport default [express, pg];\n`,
        },
      },
      {
        title: 'a test',
        files: {
          'package.json': manifest({ dependencies: {} }),
          'test/server.test.ts': `import request from 'supertest';\nrequest('x');\n`,
        },
      },
    ],
  },
});

/** Offered only where the version is known: a guessed range would be another defect. */
function declaration(
  model: ProjectModel,
  owner: PackageInfo,
  name: string,
  kind: 'dependencies' | 'devDependencies',
): readonly Fix[] {
  const version = lockedVersionOf(model, owner, name);
  if (version === undefined) return [];
  return [
    {
      id: 'declare',
      kind: 'suggest',
      title: `Declare \`${name}\` in ${owner.manifestPath}`,
      build: () => addDependencies(model, owner, [{ name, range: `^${version}` }], kind),
    },
  ];
}
