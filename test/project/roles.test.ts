import { describe, expect, it } from 'vitest';
import { modelOf, rolesOf } from '../helpers/model';

const app = (start: string, extra: object = {}): string =>
  JSON.stringify({ name: 'app', private: true, scripts: { start }, ...extra });

describe('roles', () => {
  it('gives what an entry point does to everything it reaches', async () => {
    const model = await modelOf({
      'package.json': app('node src/main.js'),
      'src/main.js': `const app = require('express')();\nrequire('./routes')(app);\napp.listen(process.env.PORT);`,
      'src/routes.js': `const mail = require('./mail');\nmodule.exports = (app) => app.get('/', mail.send);`,
      'src/mail.js': `exports.send = () => process.env.MAIL;`,
    });
    expect(rolesOf(model, 'src/mail.js')).toEqual(['web']);
  });

  it('tells a worker process from the web process', async () => {
    const model = await modelOf({
      'package.json': app('node src/web.js'),
      Procfile: 'web: node src/web.js\nworker: node src/worker.js\n',
      'src/web.js': `require('express')().listen(process.env.PORT);\nrequire('./shared');`,
      'src/worker.js': `const { Worker } = require('bullmq');\nnew Worker('q', async () => {}, {});\nrequire('./shared');`,
      'src/shared.js': `exports.url = process.env.REDIS_URL;`,
    });
    expect(rolesOf(model, 'src/web.js')).toEqual(['web']);
    expect(rolesOf(model, 'src/worker.js')).toEqual(['worker']);
    expect(rolesOf(model, 'src/shared.js')).toEqual(['web', 'worker']);
  });

  it('keeps the roles of the app for what a test runner or a build script loads, too', async () => {
    const model = await modelOf({
      'package.json': app('node bin/www', {
        scripts: {
          start: 'node bin/www',
          build: 'node tools/render.js',
          'test:e2e': 'node e2e/run.js',
        },
      }),
      'bin/www': `#!/usr/bin/env node\nrequire('http').createServer(require('../app')).listen(process.env.PORT);`,
      'app.js': `const app = require('express')();\nmodule.exports = app;`,
      'tools/render.js': `require('../app');`,
      'e2e/run.js': `require('../app').listen(4000);\nrequire('../fixtures');`,
      'fixtures.js': `exports.user = {};`,
    });
    expect(rolesOf(model, 'app.js')).toEqual(['web']);
    expect(rolesOf(model, 'fixtures.js')).toEqual(['test']);
  });

  it('keeps what a framework’s routes load, though a build script checks it, and what an SDK makes it load', async () => {
    const model = await modelOf({
      'package.json': app('next start', {
        scripts: { start: 'next start', prebuild: 'node config/env.js', build: 'next build' },
        dependencies: { next: '^15.0.0' },
      }),
      'config/env.js': `exports.env = { key: process.env.KEY };`,
      'config/check.js': `require('./env');`,
      'pages/api/key.js': `import { env } from '../../config/env';\nexport default (req, res) => res.json(env);`,
      'sentry.server.config.js': `exports.dsn = process.env.SENTRY_DSN;`,
      'next.config.js': `exports.env = {};`,
    });
    expect(rolesOf(model, 'config/env.js')).toEqual(['serverless']);
    expect(rolesOf(model, 'sentry.server.config.js')).toEqual([]);
    expect(rolesOf(model, 'next.config.js')).toEqual(['build']);
  });

  it('takes a bundler’s development server for tooling, and a server that also bundles for a server', async () => {
    const middleware = `const middleware = require('webpack-dev-middleware');\nconst app = require('express')();\napp.use(middleware);\napp.listen(process.env.PORT);\nrequire('./utils');`;
    const model = await modelOf({
      'package.json': app('node build/dev-server.js'),
      'build/dev-server.js': middleware,
      'build/utils.js': `exports.mode = process.env.NODE_ENV;`,
      'api/package.json': app('node src/index.js'),
      'api/src/index.js': middleware,
      'api/src/utils.js': `exports.mode = process.env.NODE_ENV;`,
    });
    expect(rolesOf(model, 'build/utils.js')).toEqual(['build']);
    expect(rolesOf(model, 'api/src/utils.js')).toEqual(['web']);
  });

  it('keeps type-only imports out of the process', async () => {
    const model = await modelOf({
      'package.json': app('node dist/main.js', {
        scripts: { build: 'tsc', start: 'node dist/main.js' },
      }),
      'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
      'src/main.ts': `import express from 'express';\nimport type { Job } from './job';\nexpress().listen(process.env.PORT);\nexport type J = Job;`,
      'src/job.ts': `export interface Job { id: string }\nexport const url = process.env.URL;`,
    });
    expect(rolesOf(model, 'src/main.ts')).toEqual(['web']);
    expect(rolesOf(model, 'src/job.ts')).toEqual([]);
  });

  it('maps compiled paths of a Dockerfile back to sources', async () => {
    const model = await modelOf({
      'package.json': JSON.stringify({ name: 'app', private: true, scripts: { build: 'tsc' } }),
      'tsconfig.json': '{ "compilerOptions": { "outDir": "build", "rootDir": "src" } }',
      Dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm run build\nCMD ["node", "build/server.js"]\n',
      'src/server.ts': `import fastify from 'fastify';\nfastify().listen({ port: 1 });`,
    });
    expect(
      model.entryPoints.filter(({ production }) => production).map(({ path }) => path),
    ).toEqual(['src/server.ts']);
    expect(rolesOf(model, 'src/server.ts')).toEqual(['web']);
  });

  it('lets listening code stand in for an entry point that no manifest names', async () => {
    const model = await modelOf({
      'package.json': JSON.stringify({ name: 'app', private: true }),
      'server/run.js': `require('http').createServer(() => {}).listen(process.env.PORT);`,
    });
    expect(rolesOf(model, 'server/run.js')).toEqual(['web']);
    expect(model.entryPoints.map(({ path, production }) => [path, production])).toEqual([
      ['server/run.js', false],
    ]);
  });

  it.each([
    ['test/server.test.ts', 'test'],
    ['src/server.spec.ts', 'test'],
    ['webpack.config.js', 'build'],
    ['migrations/001-users.js', 'admin'],
    ['public/app.js', 'browser'],
  ])('knows %s by its path as %s', async (path, role) => {
    const model = await modelOf({
      'package.json': app('node src/main.js'),
      'src/main.js': `require('express')().listen(process.env.PORT);`,
      [path]: `exports.x = process.env.X;`,
    });
    expect(rolesOf(model, path)).toEqual([role]);
  });

  it('does not call a module of the server browser code for its folder', async () => {
    const model = await modelOf({
      'package.json': app('node client/main.js'),
      'client/main.js': `require('express')().listen(process.env.PORT);`,
    });
    expect(rolesOf(model, 'client/main.js')).toEqual(['web']);
  });

  it('follows folders that are loaded without being named', async () => {
    const model = await modelOf({
      'package.json': app('node src/main.js'),
      'src/main.js': `const app = require('fastify')();\nconst path = require('path');\napp.register(require('@fastify/autoload'), { dir: path.join(__dirname, 'routes') });\napp.listen({ port: process.env.PORT });`,
      'src/routes/a.js': `module.exports = async (app) => { app.get('/', () => process.env.X); };`,
      'src/other/b.js': `exports.x = process.env.X;`,
    });
    expect(rolesOf(model, 'src/routes/a.js')).toEqual(['web']);
    expect(rolesOf(model, 'src/other/b.js')).toEqual([]);
  });
});
