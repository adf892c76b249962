import type { GoodExample } from '../../../engine/rule';
import { manifest } from './example-parts';

export const goodExamples: readonly GoodExample[] = [
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

  {
    title: 'a transport for development alone',
    files: {
      'package.json': manifest({
        dependencies: { pino: '^9.0.0' },
        devDependencies: { 'pino-pretty': '^13.0.0' },
      }),
      'src/server.js': `const pino = require('pino');
const isProduction = process.env.NODE_ENV === 'production';
const log = pino({ transport: isProduction ? undefined : { target: 'pino-pretty' } });
const more = pino({ ...(isProduction ? {} : { transport: { target: 'pino-pretty' } }) });
require('http').createServer(() => log.info(more.level)).listen(process.env.PORT);
`,
    },
  },
  {
    title: 'a transport that is a dependency, and a file of the app',
    files: {
      'package.json': manifest({ dependencies: { pino: '^9.0.0', 'pino-loki': '^2.0.0' } }),
      'src/server.js': `const pino = require('pino');
const targets = [{ target: 'pino-loki' }, { target: './transport.js' }];
const log = pino(pino.transport({ targets }));
require('http').createServer(() => log.info('a')).listen(process.env.PORT);
`,
    },
  },
  {
    title: 'a package of the workspace that pnpm puts into the image',
    files: {
      'package.json':
        '{ "name": "root", "private": true, "devDependencies": { "dotenv": "^16.0.0" }, "engines": { "node": "22" } }',
      'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
      'apps/web/package.json':
        '{ "name": "web", "private": true, "dependencies": { "dotenv": "^16.0.0" } }',
      Dockerfile: `FROM node:22-slim AS build
COPY . /usr/src/app
WORKDIR /usr/src/app
RUN pnpm --filter=./apps/web --prod deploy --legacy /prod/web
RUN cp -R /usr/src/app/apps/web/dist /prod/web/dist
FROM node:22-slim
WORKDIR /app
COPY --from=build /prod/web/dist ./dist
COPY --from=build /prod/web/package.json ./package.json
COPY --from=build /prod/web/node_modules ./node_modules
CMD ["node", "-r", "dotenv/config", "dist/server.mjs"]
`,
      'apps/web/src/server.ts': '',
    },
  },
];
