import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../server/src/engine/create-analyzer';
import { DEFAULT_SETTINGS } from '../../server/src/engine/settings';
import type { ProjectModel } from '../../server/src/project/model';
import { check, type Files } from '../helpers/check';

const PACKAGE = JSON.stringify({
  name: 'app',
  private: true,
  scripts: { start: 'node src/server.js' },
  dependencies: { express: '1.0.0' },
});

async function model(files: Files): Promise<ProjectModel> {
  const result = await check({ 'package.json': PACKAGE, ...files }, { rules: [] });
  return result.model;
}

/** The names on the way to the function called `name`, `undefined` when no request comes to it. */
function wayTo(found: ProjectModel, name: string): string | undefined {
  for (const [path, facts] of found.facts) {
    const fact = facts.functions.find((each) => each.name === name);
    if (fact)
      return found.requestReach
        .way(path, fact.id)
        ?.map((step) => step.name)
        .join(' > ');
  }
  throw new Error(`no function ${name}`);
}

/** Is the function called `work` run by a request? The text reaches it, or not, in the way under test. */
async function reachesWork(
  text: string,
  more: Files = {},
  path = 'src/server.js',
): Promise<boolean> {
  return wayTo(await model({ [path]: text, ...more }), 'work') !== undefined;
}

const EXPRESS = `const express = require('express');\nconst app = express();\nfunction work() {}\n`;

describe('handlers', () => {
  it.each([
    ['a route', `app.get('/', () => work());`],
    ['a named handler', `app.post('/', work);`],
    ['middleware', `app.use(work);`],
    ['a router', `const r = express.Router(); r.route('/x').get(a).post(work); function a() {}`],
    [
      'a wrapped handler',
      `const wrap = (fn) => (a, b, c) => fn(a, b).catch(c); app.get('/', wrap(work));`,
    ],
    [
      'a handler in an options object',
      `const limit = require('express-rate-limit'); app.use(limit({ handler: work }));`,
    ],
    [
      'what a factory returns',
      `const make = (x) => { x(); return () => work(); }; app.use(make(1));`,
    ],
    ['a list of handlers', `app.get('/', [() => work()]);`],
    ['request and response by name', `exports.list = async (req, res) => { await work(); };`],
    ['an error handler', `exports.onError = (err, req, res, next) => work();`],
    ['a callback in a handler', `app.get('/', (q) => { q.on('data', () => work()); });`],
    ['a callback of a promise', `app.get('/', () => load().then(work));\nfunction load() {}`],
    [
      'a function in an options object of a call',
      `app.get('/', () => new ReadableStream({ start() { work(); } }));`,
    ],
    [
      'an event of a socket',
      `const io = require('socket.io')(app); io.on('connection', (s) => { s.on('x', () => work()); });`,
    ],
    [
      'passport',
      `const passport = require('passport'); passport.use(new Strategy({}, () => work()));`,
    ],
    [
      'a bound method',
      `class C { run() { work(); } }\nconst c = new C(); app.get('/', c.run.bind(c));`,
    ],
  ])('%s', async (_, text) => {
    expect(await reachesWork(EXPRESS + text)).toBe(true);
  });

  it.each([
    ['start', `work(); app.listen(3000, () => work());`],
    ['a setting', `app.get('title'); app.set('x', work);`],
    [
      'an event of the server',
      `const s = require('http').createServer(app); s.on('listening', () => work()); s.on('error', work);`,
    ],
    ['registration', `function routes(target) { work(); target.get('/', () => 1); } routes(app);`],
    ['a factory of handlers', `const make = () => { work(); return () => 1; }; app.use(make());`],
    ['a timer at start', `setInterval(work, 1000);`],
  ])('not %s', async (_, text) => {
    expect(await reachesWork(EXPRESS + text)).toBe(false);
  });
});

describe('other frameworks', () => {
  it.each([
    [
      'fastify routes',
      `const app = require('fastify')(); app.route({ url: '/', preHandler: a, handler: () => work() }); function work() {} function a() {}`,
      true,
    ],
    [
      'fastify hooks',
      `const app = require('fastify')(); app.addHook('onRequest', async () => work()); function work() {}`,
      true,
    ],
    [
      'not fastify hooks of the server',
      `const app = require('fastify')(); app.addHook('onClose', async () => work()); function work() {}`,
      false,
    ],
    [
      'not a fastify plugin',
      `const app = require('fastify')(); app.register(async (i) => { work(); }); function work() {}`,
      false,
    ],
    [
      'a route in a fastify plugin',
      `const app = require('fastify')(); app.register(async (i) => { i.get('/', () => work()); }); function work() {}`,
      true,
    ],
    [
      'a decoration of fastify',
      `const app = require('fastify')(); app.decorate('files', make()); app.get('/', () => app.files.save()); function make() { return { save() { work(); } }; } function work() {}`,
      true,
    ],
    [
      'koa',
      `const Koa = require('koa'); const app = new Koa(); app.use(async (ctx) => { await work(); }); function work() {}`,
      true,
    ],
    [
      'hapi',
      `const server = require('@hapi/hapi').server(); server.route([{ method: 'GET', path: '/', handler: () => work() }]); function work() {}`,
      true,
    ],
    [
      'apollo',
      `const { ApolloServer } = require('@apollo/server'); new ApolloServer({ resolvers: { Query: { users: () => work() } } }); function work() {}`,
      true,
    ],
    [
      'trpc',
      `import { initTRPC } from '@trpc/server';\nconst t = initTRPC.create();\nexport const r = t.router({ a: t.procedure.input(1).mutation(async () => work()) });\nfunction work() {}`,
      true,
    ],
    [
      'mongoose hooks',
      `const { Schema } = require('mongoose'); const schema = new Schema({}); schema.pre('save', function () { work(); }); function work() {}`,
      true,
    ],
    [
      'ws',
      `const { WebSocketServer } = require('ws'); const wss = new WebSocketServer({ port: 1 }); wss.on('connection', (s) => { s.on('message', work); }); function work() {}`,
      true,
    ],
  ])('%s', async (_, text, expected) => {
    expect(await reachesWork(text)).toBe(expected);
  });

  it('Next routes by their place', async () => {
    const text =
      'export default function handler() { work(); }\nfunction work() {}\n// process.env.X\n';
    expect(await reachesWork(text, {}, 'pages/api/users.ts')).toBe(true);
    expect(await reachesWork(text, {}, 'lib/users.ts')).toBe(false);
    const route =
      'export async function POST() { work(); }\nfunction work() {}\n// process.env.X\n';
    expect(await reachesWork(route, {}, 'app/users/route.ts')).toBe(true);
  });
});

describe('across modules', () => {
  it('follows routes, controllers, services', async () => {
    const found = await model({
      'src/server.js': `const app = require('express')();\nrequire('./routes')(app);\napp.listen(process.env.PORT);`,
      'src/routes.js': `const users = require('./controllers/users');\nmodule.exports = (app) => { app.get('/users', users.list); };`,
      'src/controllers/users.js': `const service = require('../services/users');\nexports.list = function list(a, b) { service.all(); };\nexports.boot = function boot() { service.load(); };`,
      'src/services/users.js': `class Users {\n  all() { return this.query(); }\n  query() {}\n  load() {}\n}\nmodule.exports = new Users();`,
    });
    expect(wayTo(found, 'query')).toBe('list > all > query');
    expect(wayTo(found, 'load')).toBeUndefined();
  });

  it('follows injected services of Nest', async () => {
    const found = await model({
      'src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport { CatsController } from './cats.controller';\nNestFactory.create(CatsController).then((app) => app.listen(process.env.PORT ?? 1));`,
      'src/cats.controller.ts': `import { Controller, Get } from '@nestjs/common';\nimport { CatsService } from './cats.service';\n@Controller()\nexport class CatsController {\n  constructor(private readonly cats: CatsService) {}\n  @Get()\n  all() { return this.cats.findEvery(); }\n}`,
      'src/cats.service.ts': `import { Injectable } from '@nestjs/common';\n@Injectable()\nexport class CatsService {\n  onModuleInit() {}\n  findEvery() { return []; }\n}`,
    });
    expect(wayTo(found, 'findEvery')).toBe('all > findEvery');
    expect(wayTo(found, 'onModuleInit')).toBeUndefined();
  });

  it('follows containers', async () => {
    const found = await model({
      'src/server.ts': `import express from 'express';\nimport { Container } from 'typedi';\nimport AuthService from './auth';\nconst app = express();\napp.post('/in', async (q) => { await Container.get(AuthService).signIn(q); });\napp.listen(process.env.PORT);`,
      'src/auth.ts': `import { Service } from 'typedi';\n@Service()\nexport default class AuthService {\n  signIn() {}\n}`,
    });
    expect(wayTo(found, 'signIn')).toBe('request handler > signIn');
  });

  it('finds a handler that a wrapper hides', async () => {
    const found = await model({
      'src/server.js': `const app = require('express')();\nconst { list } = require('./users');\napp.get('/', list);`,
      'src/users.js': `const wrap = require('./wrap');\nfunction work() {}\nexports.list = wrap(async (context) => work());`,
      'src/wrap.js': `module.exports = (fn) => (a, b, c) => Promise.resolve(fn(a, b, c)).catch(c);`,
    });
    expect(wayTo(found, 'work')).toBe('request handler > work');
  });

  it('finds a method by its telling name where the object is not known', async () => {
    const found = await model({
      'src/server.js': `const app = require('express')();\nconst accounts = require('./accounts');\napp.post('/', async (q) => { const account = await accounts.find(q); account.comparePassword(q); });`,
      'src/accounts.js': `const store = require('some-store');\nclass Account { comparePassword(x) {} }\nmodule.exports = { find: (id) => store.load(Account, id) };`,
    });
    expect(wayTo(found, 'comparePassword')).toBe('request handler > comparePassword');
  });

  it.each([
    `let cached; const get = () => { if (!cached) cached = work(); return cached; };`,
    `let cached; const get = () => (cached ??= work());`,
    `class Box { static get() { if (Box.one == null) { Box.one = new Box(); } return Box.one; } constructor() { work(); } } const get = () => Box.get();`,
  ])('leaves out what runs for the first request only: %s', async (text) => {
    const app = `const app = require('express')();\napp.get('/', () => get());\nfunction work() {}\n${text}`;
    expect(await reachesWork(app)).toBe(false);
  });

  it('follows what is computed once per request', async () => {
    const text = `const app = require('express')();\napp.get('/', (req) => { req.user = req.user || work(); });\nfunction work() {}`;
    expect(await reachesWork(text)).toBe(true);
  });

  it('leaves browser code out', async () => {
    const text = `const mode = process.env.MODE;\nexports.list = (req, res) => work();\nfunction work() {}`;
    expect(await reachesWork(text, {}, 'src/app.js')).toBe(true);
    expect(await reachesWork(`import 'react-dom';\n${text}`, {}, 'src/app.jsx')).toBe(false);
  });
});

describe('while typing', () => {
  it('keeps what other modules reach when functions move', async () => {
    const texts: Record<string, string> = {
      'package.json': PACKAGE,
      'src/server.js': `const app = require('express')();\nconst { list } = require('./users');\napp.get('/', () => list());`,
      'src/users.js': `const fs = require('fs');\nfunction list() { inner(); }\nfunction inner() {}\nfunction boot() {}\nmodule.exports = { list, boot };`,
    };
    const analyzer = createAnalyzer([], { error: () => undefined });
    await analyzer.update(
      {
        paths: Object.keys(texts),
        ignoredPaths: [],
        text: (path) => texts[path],
        unreadable: [],
        settings: DEFAULT_SETTINGS,
      },
      { breathe: () => Promise.resolve(), isCancelled: () => false },
    );
    const before = analyzer.model;
    if (!before) throw new Error('no model');
    expect(wayTo(before, 'inner')).toBe('request handler > list > inner');
    analyzer.updateFile(
      'src/users.js',
      `const fs = require('fs');\nfunction first() {}\nfunction list() { boot(); }\nfunction inner() {}\nfunction boot() {}\nmodule.exports = { list, boot };`,
    );
    const after = (analyzer as { readonly model: ProjectModel | undefined }).model!;
    expect(wayTo(after, 'list')).toBe('request handler > list');
    expect(wayTo(after, 'boot')).toBe('request handler > list > boot');
    expect(wayTo(after, 'inner')).toBeUndefined();
    expect(wayTo(after, 'first')).toBeUndefined();
  });
});
