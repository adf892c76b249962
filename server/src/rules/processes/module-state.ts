import type { RelatedLocation } from '../../engine/finding';
import { defineRule } from '../../engine/rule';
import { deploymentOf, isServerModule } from '../../project/deployment';
import { globalWrites } from '../../project/global-writes';
import { wayLocations } from '../../project/request-reach';
import { sharedStates, type SharedState } from '../../project/shared-state';
import { stateKind } from '../../project/state-kinds';

export default defineRule({
  id: 'module-state',
  factor: 'processes',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Requests leave something in the memory of the process for later requests.',
  why: 'Processes share nothing and may vanish at any time. What one request leaves in a variable of the module, a later request finds only when the same process answers it and has not been restarted: with two processes users see their data come and go, and every deploy forgets it. Variables that all requests share also mix up users who are served at the same time. Data that has to outlive a request belongs into a backing service; what belongs to one request is passed along with it.',
  whenNotToUse:
    'For what each process may know for itself, such as caches that are cheap to fill again or numbers about the process itself; for demonstrations that are never deployed.',
  fix: 'none',
  messages: {
    data: '`{name}` is written by requests, but only this process knows it and forgets it; keep it in a backing service.',
    cache: '`{name}` is filled by requests in each process for itself; a restart empties it.',
    handle: '`{name}` holds live objects of this process only; other processes cannot reach them.',
    sequence:
      '`{name}` counts in each process for itself: two processes give the same number twice.',
    global:
      '`{name}` is set by one request for all others of this process; pass it along, or keep it in a backing service.',
  },
  hints: [
    /^(?:export\s+)?(?:let|var)\s+\w/m,
    /^(?:export\s+)?const\s+\w+[^=\n]*=\s*(?:new (?:Map|Set)\b|\[|\{)/m,
    /^\s+(?:(?:public|private|protected|readonly)\s+)*static\s+\w/m,
    /\b(?:app\.locals|global|globalThis)\.\w/,
  ],
  file(context) {
    const { model, module, path } = context;
    if (!isServerModule(module)) return;
    const isUnlikely = deploymentOf(module, model) === 'unlikely';
    for (const shared of sharedStates(model, path)) {
      const kind = stateKind(shared);
      // Work that waits is `in-memory-queue`'s finding.
      if (kind === 'none' || kind === 'queue') continue;
      const { name, declaration } = shared.state;
      context.report({
        at: declaration,
        message: kind,
        data: { name },
        ...(kind === 'data' && !isUnlikely ? {} : { severity: 'hint' }),
        related: writeLocations(shared),
      });
    }
    for (const { name, write, way } of globalWrites(model, path)) {
      context.report({
        at: write.span,
        message: 'global',
        data: { name },
        ...(isUnlikely ? { severity: 'hint' } : {}),
        related: wayLocations(way),
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'records in an array',
        path: 'server.js',
        code: `const express = require('express');
const app = express();
let todos = [];
let nextId = 1;
app.use(express.json());
app.get('/todos', (req, res) => res.json(todos));
app.post('/todos', (req, res) => {
  const todo = { id: nextId++, text: req.body.text };
  todos.push(todo);
  res.status(201).json(todo);
});
app.delete('/todos/:id', (req, res) => {
  todos = todos.filter((todo) => todo.id !== Number(req.params.id));
  res.end();
});
app.listen(process.env.PORT);
`,
        findings: [{ at: 'todos' }, { at: 'nextId', severity: 'hint' }],
      },
      {
        title: 'tokens in a Map of another module',
        files: {
          'src/server.ts': `import express from 'express';
import { login, me } from './auth.controller';
const app = express();
app.post('/login', login);
app.get('/me', me);
app.listen(process.env.PORT);
`,
          'src/auth.controller.ts': `import type { Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import { tokens } from './store';
export function login(req: Request, res: Response) {
  const token = randomUUID();
  tokens.set(token, { user: req.body.user, at: Date.now() });
  res.json({ token });
}
export function me(req: Request, res: Response) {
  res.json(tokens.get(String(req.headers.authorization)));
}
`,
          'src/store.ts': `export const tokens = new Map<string, { user: string; at: number }>();
`,
        },
        findings: [{ at: 'tokens', path: 'src/store.ts' }],
      },
      {
        title: 'a limiter by hand',
        path: 'limit.js',
        code: `const hits = {};
module.exports = function limit(req, res, next) {
  const now = Date.now();
  if (!hits[req.ip]) hits[req.ip] = { count: 0, since: now };
  hits[req.ip].count += 1;
  if (hits[req.ip].count > 10) return res.status(429).end();
  next();
};
`,
        findings: [{ at: 'hits' }],
      },
      {
        title: 'a field of a service that all requests share',
        files: {
          'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
const app = await NestFactory.create(AppModule);
await app.listen(process.env.PORT ?? 3000);
`,
          'src/app.module.ts': `import { Module } from '@nestjs/common';
import { CatsController } from './cats.controller';
import { CatsService } from './cats.service';
@Module({ controllers: [CatsController], providers: [CatsService] })
export class AppModule {}
`,
          'src/cats.controller.ts': `import { Body, Controller, Get, Post } from '@nestjs/common';
import { CatsService, type Cat } from './cats.service';
@Controller('cats')
export class CatsController {
  constructor(private readonly cats: CatsService) {}
  @Post()
  create(@Body() cat: Cat) {
    this.cats.create(cat);
  }
  @Get()
  all() {
    return this.cats.findAll();
  }
}
`,
          'src/cats.service.ts': `import { Injectable } from '@nestjs/common';
export interface Cat { name: string }
@Injectable()
export class CatsService {
  private readonly cats: Cat[] = [];
  create(cat: Cat) {
    this.cats.push(cat);
  }
  findAll() {
    return this.cats;
  }
}
`,
        },
        findings: [{ at: 'cats', path: 'src/cats.service.ts' }],
      },
      {
        title: 'who is online, and a switch',
        path: 'chat.js',
        code: `const { Server } = require('socket.io');
const io = new Server();
const online = {};
let isPaused = false;
io.on('connection', (socket) => {
  socket.on('join', (name) => {
    online[socket.id] = name;
    io.emit('online', Object.values(online));
  });
  socket.on('pause', () => { isPaused = true; });
  socket.on('resume', () => { isPaused = false; });
  socket.on('say', (text) => { if (!isPaused) io.emit('say', online[socket.id], text); });
  socket.on('disconnect', () => delete online[socket.id]);
});
io.listen(process.env.PORT);
`,
        findings: [{ at: 'online' }, { at: 'isPaused' }],
      },
      {
        title: 'members of the application and of the global object',
        path: 'app.js',
        code: `const app = require('express')();
app.use((req, res, next) => {
  app.locals.user = req.user;
  global.lastPath = req.path;
  next();
});
app.get('/', (req, res) => res.render('home'));
app.listen(process.env.PORT);
`,
        findings: [{ at: 'app.locals.user = req.user' }, { at: 'global.lastPath = req.path' }],
      },
      {
        title: 'what each process may know is only worth knowing',
        path: 'server.js',
        code: `const app = require('express')();
const priceCache = {};
const clients = [];
app.get('/price/:id', async (req, res) => {
  const price = await load(req.params.id);
  priceCache[req.params.id] = { price, at: Date.now() };
  res.json(priceCache);
});
app.get('/events', (req, res) => {
  clients.push(res);
  clients.forEach((client) => client.write('data: joined'));
});
async function load(id) {
  return (await fetch(process.env.PRICES + id)).json();
}
app.listen(process.env.PORT);
`,
        findings: [
          { at: 'priceCache', severity: 'hint' },
          { at: 'clients', severity: 'hint' },
        ],
      },
    ],
    good: [
      {
        title: 'files of the code tree, loaded when the first request needs them',
        path: 'server.js',
        code: `const app = require('express')();
const path = require('path');
let texts = null;
function loadTexts() {
  if (texts) return;
  texts = {};
  ['en', 'de'].forEach((language) => {
    const dictionary = require(path.join(__dirname, 'texts', language));
    texts[language] = dictionary;
  });
}
app.get('/text/:id', (req, res) => {
  loadTexts();
  res.send(texts.en[req.params.id]);
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'constants and what is filled at load',
        path: 'server.js',
        code: `const app = require('express')();
const fs = require('fs');
const ROLES = ['admin', 'user'];
const handlers = new Map();
const register = (name, handler) => handlers.set(name, handler);
register('ping', (req, res) => res.send('pong'));
const pages = [];
for (const file of fs.readdirSync('pages')) pages.push(file);
app.get('/:name', (req, res) => (ROLES.includes(req.query.role) ? handlers.get(req.params.name)(req, res) : res.json(pages)));
app.listen(process.env.PORT);
`,
      },
      {
        title: 'handles made on first use',
        path: 'server.js',
        code: `const app = require('express')();
const { MongoClient } = require('mongodb');
let client;
let agent = null;
let isReady = false;
async function db() {
  if (!client) {
    client = new MongoClient(process.env.MONGO_URL);
    await client.connect();
  }
  return client.db();
}
async function getAgent(name) {
  if (agent) return agent;
  agent = await require('./agent').create(name);
  return agent;
}
app.get('/', async (req, res) => {
  if (!isReady) {
    await (await db()).createIndex('users', 'name');
    isReady = true;
  }
  res.json(await getAgent(req.query.name));
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'a memo of what never changes',
        path: 'assets.js',
        code: `const crypto = require('crypto');
const fs = require('fs');
const hashes = new Map();
exports.hash = (file) => {
  const known = hashes.get(file);
  if (known) return known;
  const hash = crypto.createHash('sha1').update(fs.readFileSync(file)).digest('hex');
  hashes.set(file, hash);
  return hash;
};
require('express')().get('/:file', (req, res) => res.send(exports.hash(req.params.file))).listen(process.env.PORT);
`,
      },
      {
        title: 'numbers about the process itself',
        path: 'server.js',
        code: `const app = require('express')();
let requestCount = 0;
const stats = { errors: 0 };
app.use((req, res, next) => {
  requestCount += 1;
  res.on('error', () => { stats.errors += 1; });
  next();
});
app.get('/metrics', (req, res) => res.json({ requestCount, stats }));
app.listen(process.env.PORT);
`,
      },
      {
        title: 'values of one request',
        path: 'server.js',
        code: `const app = require('express')();
const seen = new WeakMap();
function group(rows) {
  const groups = {};
  rows.forEach((row) => {
    (groups[row.kind] ??= []).push(row);
    groups.total = (groups.total ?? 0) + 1;
  });
  return groups;
}
app.use((req, res, next) => {
  seen.set(req, Date.now());
  res.locals.user = req.user;
  req.context = { started: seen.get(req) };
  next();
});
app.get('/', (req, res) => res.json(group(req.query.rows)));
app.listen(process.env.PORT);
`,
      },
      {
        title: 'an entity, a builder and a service with a handle',
        files: {
          'src/server.ts': `import express from 'express';
import { Cart } from './cart';
import { mailer } from './mailer';
const app = express();
app.post('/cart', async (req, res) => {
  const cart = new Cart();
  cart.add(req.body.item);
  await mailer.send(req.body.to);
  res.json(cart.total());
});
app.listen(process.env.PORT);
`,
          'src/cart.ts': `export class Cart {
  private items: number[] = [];
  private count = 0;
  add(item: number) {
    this.items.push(item);
    this.count += 1;
  }
  total() {
    return this.items.length + this.count;
  }
}
`,
          'src/mailer.ts': `import nodemailer from 'nodemailer';
class Mailer {
  private transport?: nodemailer.Transporter;
  async send(to: string) {
    this.transport ??= nodemailer.createTransport(process.env.SMTP_URL);
    await this.transport.sendMail({ to });
  }
}
export const mailer = new Mailer();
`,
        },
      },
      {
        title: 'written by a script, a test and a timer, not by requests',
        files: {
          'server.js': `const app = require('express')();
let rates = {};
async function refresh() {
  rates = await (await fetch(process.env.RATES)).json();
}
setInterval(refresh, 60000);
app.get('/rates', (req, res) => res.json(rates));
app.listen(process.env.PORT);
`,
          'scripts/seed.js': `const rows = [];
function add(row) { rows.push(row); return rows.length; }
add({ id: 1 });
`,
          'test/server.test.js': `const calls = [];
const app = require('express')();
app.get('/', (req, res) => { calls.push(req.url); res.json(calls); });
`,
        },
      },
    ],
  },
});

/** Where requests write the state, with how the first of them comes there. */
function writeLocations({ writes }: SharedState): readonly RelatedLocation[] {
  const [first] = writes;
  return [
    ...writes
      .slice(0, 3)
      .map(({ path, write }) => ({ path, span: write.span, message: 'written by a request here' })),
    ...(first ? wayLocations(first.way) : []),
  ];
}
