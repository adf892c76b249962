import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import { moveDependency } from '../../../fixes/files/package-json';
import type { CommandStep, PackageInfo, ProjectModel, StartCommand } from '../../../project/model';
import { declaredBinary } from '../../../project/packages/binaries';
import { declaringPackages } from '../../../project/packages/declared';
import { exactImports } from '../../../project/packages/exact-imports';
import { isPackageManager } from '../../../project/packages/package-managers';
import { isPartOfBuild } from '../../../project/start/build-steps';
import { isCompilingRunner, isWatcher, stepTool } from '../../../project/start/command-lines/tools';
import { callOf } from './call-place';
import { isBroughtByImages } from './image-programs';

const manifest = (extra: object): string =>
  JSON.stringify(
    { name: 'app', private: true, scripts: { start: 'node src/server.js' }, ...extra },
    null,
    2,
  ) + '\n';

export default defineRule({
  id: 'dev-dependency-at-runtime',
  factor: 'dependencies',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The running app needs a package that is declared for development only.',
  why: 'Production installs leave devDependencies out. What the running process imports or its start command calls has to be declared as a dependency, or the app works on every developer’s machine and fails on the first clean install in production.',
  whenNotToUse: 'When production images deliberately keep development dependencies.',
  fix: 'safe',
  yieldsTo: { 'build-at-start': 'always' },
  messages: {
    imported:
      '`{name}` is a devDependency, but the running app imports it; a production install lacks it.',
    started: 'The start command calls `{tool}`, but its package `{name}` is a devDependency.',
  },
  scope: { detail: 'any' },
  file(context) {
    const { facts, model, path, module } = context;
    if (!module.entryPoints.some((entry) => entry.production && entry.intent === 'start')) return;
    const packages = declaringPackages(model, path);
    const [owner] = packages;
    if (!owner || owner.bundled) return;
    const name = (specifier: string): string | undefined =>
      developmentOnly(specifier, path, packages, model);
    if (!facts.imports.some((fact) => !fact.typeOnly && name(fact.specifier) !== undefined)) return;
    for (const fact of exactImports(model, path)) {
      const found = name(fact.specifier);
      if (found === undefined || fact.typeOnly || fact.guard !== 'none' || fact.kind === 'resolve')
        continue;
      const holder = packages.find((info) => info.dependencies.has(found)) ?? owner;
      context.report({
        at: fact.span,
        message: 'imported',
        data: { name: found },
        fixes: () => move(model, holder, found),
      });
    }
  },
  command(command, { model, report }) {
    if (!command.production) return;
    for (const step of command.steps) {
      if (step.conditional === true || isRunnerAtFault(command, step)) continue;
      for (const tool of new Set([stepTool(step), ...step.wrappers])) {
        if (isPackageManager(tool) || isBroughtByImages(step, tool, model)) continue;
        // build-at-start says it already.
        if (command.process !== 'release' && isPartOfBuild(command, step, tool)) continue;
        const place = callOf(tool, step, command, model);
        if (!place || place.package.bundled) continue;
        const declared = declaredBinary(place.package, tool);
        if (declared?.kind !== 'devDependencies') continue;
        const { path, span } = place;
        report({
          at: { path, span },
          message: 'started',
          data: { tool, name: declared.name },
          fixes: () => move(model, place.package, declared.name),
        });
      }
    }
  },
  examples: {
    bad: [
      {
        title: 'imported by the server',
        files: {
          'package.json': manifest({
            dependencies: { express: '^5.0.0' },
            devDependencies: { morgan: '^1.10.0' },
          }),
          'src/server.js': `const express = require('express');\nconst morgan = require('morgan');\nexpress().use(morgan('combined')).listen(process.env.PORT);\n`,
        },
        findings: [{ at: 'morgan', occurrence: 2, path: 'src/server.js' }],
        fixed: {
          move: {
            'package.json': manifest({
              dependencies: { express: '^5.0.0', morgan: '^1.10.0' },
              devDependencies: {},
            }),
          },
        },
      },
      {
        title: 'a module deep in the process',
        files: {
          'package.json': manifest({ devDependencies: { dayjs: '^1.11.0' } }),
          'src/server.js': `require('http').createServer(require('./time')).listen(process.env.PORT);\n`,
          'src/time.js': `const dayjs = require('dayjs/plugin/utc');\nmodule.exports = dayjs;\n`,
        },
        findings: [{ at: 'dayjs/plugin/utc', path: 'src/time.js' }],
      },
      {
        title: 'called by the start command',
        files: {
          'package.json': manifest({
            scripts: { start: 'cross-env NODE_ENV=production node src/server.js' },
            devDependencies: { 'cross-env': '^7.0.0' },
          }),
          'src/server.js': '',
        },
        findings: [
          { at: 'cross-env NODE_ENV=production node src/server.js', path: 'package.json' },
        ],
      },
      {
        title: 'around another script, reported where it is called',
        files: {
          'package.json': manifest({
            scripts: {
              serve: 'mkdir -p tmp && node src/server.js',
              start: 'cross-env NODE_ENV=production npm run serve',
            },
            devDependencies: { 'cross-env': '^7.0.0' },
          }),
          'src/server.js': '',
        },
        findings: [{ at: 'cross-env NODE_ENV=production npm run serve', path: 'package.json' }],
      },
      {
        title: 'a release phase',
        files: {
          'package.json': manifest({ devDependencies: { 'sequelize-cli': '^6.0.0' } }),
          'src/server.js': '',
          Procfile: 'release: npx sequelize-cli db:migrate\nweb: node src/server.js\n',
        },
        findings: [{ at: 'npx sequelize-cli db:migrate', path: 'Procfile' }],
      },
      {
        title: 'what serves what the start has built',
        files: {
          'package.json': manifest({
            scripts: { build: 'vite build', start: 'npm run build && http-server dist' },
            devDependencies: { vite: '^7.0.0', 'http-server': '^14.0.0' },
          }),
          'src/main.ts': '',
          Dockerfile: 'FROM node:22\nCOPY . .\nRUN npm install -g serve\nCMD ["npm", "start"]\n',
        },
        findings: [{ at: 'http-server dist', path: 'package.json' }],
      },
    ],
    good: [
      {
        title: 'checks before a build at start, which is reported as such',
        files: {
          'package.json': manifest({
            scripts: {
              lint: 'eslint src',
              build: 'tsc',
              prestart: 'npm run lint && npm run build',
              start: 'node dist/server.js',
            },
            devDependencies: { eslint: '^9.0.0', typescript: '^5.0.0' },
          }),
          'src/server.ts': '',
        },
      },
      {
        title: 'a dependency',
        files: {
          'package.json': manifest({ dependencies: { morgan: '^1.10.0' } }),
          'src/server.js': `require('morgan');\nrequire('http').createServer().listen(process.env.PORT);\n`,
        },
      },
      {
        title: 'types only',
        files: {
          'package.json': manifest({
            scripts: { build: 'tsc', start: 'node dist/server.js' },
            devDependencies: { express: '^5.0.0' },
          }),
          'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
          'src/server.ts': `import type { Request } from 'express';\nimport { Response } from 'express';\nexport const f = (request: Request, response: Response) => [request, response];\nprocess.on('exit', () => {});\n`,
        },
      },
      {
        title: 'behind a development check',
        files: {
          'package.json': manifest({ devDependencies: { errorhandler: '^1.5.0' } }),
          'src/server.js': `const app = require('http').createServer();\nif (process.env.NODE_ENV === 'development') {\n  app.on('error', require('errorhandler'));\n}\napp.listen(process.env.PORT);\n`,
        },
      },
      {
        title: 'tests, scripts and configuration',
        files: {
          'package.json': manifest({ devDependencies: { vitest: '^3.0.0', tsx: '^4.0.0' } }),
          'src/server.js': '',
          'src/server.test.js': `require('vitest');\n`,
          'scripts/seed.js': `require('tsx');\n`,
        },
      },
      {
        title: 'a bundled app',
        files: {
          'package.json': manifest({
            scripts: { build: 'next build', start: 'next start' },
            dependencies: { next: '^15.0.0' },
            devDependencies: { clsx: '^2.0.0' },
          }),
          'pages/index.js': `import clsx from 'clsx';\nexport default () => clsx('a');\n`,
        },
      },
      {
        title: 'a script of a workspace, which declares what it calls',
        files: {
          'package.json': manifest({
            workspaces: ['packages/*'],
            scripts: { db: 'yarn workspace @shop/db' },
            devDependencies: { 'cross-env': '^7.0.0' },
          }),
          'packages/db/package.json': JSON.stringify({
            name: '@shop/db',
            private: true,
            scripts: { migrate: 'cross-env NODE_ENV=production knex migrate:latest' },
            dependencies: { 'cross-env': '^7.0.0', knex: '^3.0.0' },
          }),
          'src/server.js': '',
          Procfile: 'web: node src/server.js\nrelease: yarn db migrate\n',
        },
      },
      {
        title: 'reported as building at start',
        files: {
          'package.json': manifest({
            scripts: { start: 'tsc && node dist/server.js' },
            devDependencies: { typescript: '^5.0.0' },
          }),
          'src/server.ts': '',
        },
      },
      {
        title: 'the development server of a front end, whatever follows its name',
        files: {
          'package.json': manifest({
            scripts: { start: 'vite start' },
            devDependencies: { vite: '^7.0.0' },
          }),
          'src/main.ts': '',
        },
      },
      {
        title: 'a package manager that runs the script: the image brings it',
        files: {
          'package.json': manifest({
            scripts: {
              'env:write': 'node env.js',
              start: 'pnpm env:write && http-server build',
            },
            dependencies: { 'http-server': '^14.0.0' },
            devDependencies: { pnpm: '^9.0.0' },
          }),
          'env.js': '',
          Dockerfile: 'FROM node:22\nCOPY . .\nRUN corepack enable\nCMD ["pnpm", "start"]\n',
        },
      },
      {
        title: 'a helper of a build at start, and the tool that serves what it built',
        files: {
          'package.json': manifest({
            scripts: {
              prebuild: 'rimraf dist',
              build: 'vite build',
              start: 'npm run build && vite preview',
            },
            devDependencies: { rimraf: '^5.0.0', vite: '^7.0.0' },
          }),
          'src/main.ts': '',
        },
      },
      {
        title: 'a program that the image which runs it has installed by itself',
        files: {
          'package.json': manifest({
            scripts: { 'start:static': 'http-server build -p 4200' },
            devDependencies: { 'http-server': '^14.0.0' },
          }),
          'src/main.ts': '',
          Dockerfile:
            'FROM node:22\nCOPY build package.json ./\nRUN npm install -g http-server@14.1.1\nCMD ["npm", "run", "start:static"]\n',
        },
      },
      {
        title: 'what only scripts for development and tests start, beside the app',
        files: {
          'package.json': manifest({
            scripts: {
              start: 'node src/server.js',
              'start:shell': 'http-server shell -p 4700',
              'start:test': 'npm run start:shell & node src/server.js',
            },
            devDependencies: { 'http-server': '^14.0.0' },
          }),
          'src/server.js': '',
        },
      },
      {
        title: 'development commands',
        files: {
          'package.json': manifest({
            scripts: { dev: 'nodemon src/server.js', start: 'node src/server.js' },
            devDependencies: { nodemon: '^3.0.0' },
          }),
          'src/server.js': '',
        },
      },
    ],
  },
});

/** The package an import needs, when it is declared for development only. */
function developmentOnly(
  specifier: string,
  path: string,
  packages: readonly PackageInfo[],
  model: ProjectModel,
): string | undefined {
  const { packageName, builtin, path: own } = model.resolveImport(path, specifier);
  if (packageName === undefined || builtin || own !== undefined) return undefined;
  const kinds = packages.flatMap((info) => info.dependencies.get(packageName)?.kind ?? []);
  return kinds.length > 0 && kinds.every((kind) => kind === 'devDependencies')
    ? packageName
    : undefined;
}

/** dev-runner-in-production says it already. */
function isRunnerAtFault(command: StartCommand, step: CommandStep): boolean {
  return command.process !== 'release' && (isWatcher(step) || isCompilingRunner(step));
}

function move(model: ProjectModel, owner: PackageInfo, name: string): readonly Fix[] {
  return [
    {
      id: 'move',
      kind: 'safe',
      title: `Move \`${name}\` to dependencies`,
      build: () => moveDependency(model, owner, name, 'devDependencies', 'dependencies'),
    },
  ];
}
