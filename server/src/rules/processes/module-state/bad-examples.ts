import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
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
    title: 'a field of a field of the one service',
    files: {
      'src/app.controller.ts': `import { Body, Controller, Get, Post } from '@nestjs/common';
import { Basket } from './basket';
@Controller()
export class AppController {
  private readonly basket = new Basket();
  @Post()
  add(@Body() item: object) {
    this.basket.add(item);
  }
  @Get()
  all() {
    return this.basket.all();
  }
}
`,
      'src/basket.ts': `export class Basket {
  items: object[] = [];
  add(item: object) {
    this.items.push(item);
  }
  all() {
    return this.items;
  }
}
`,
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node dist/main.js" }, "dependencies": { "@nestjs/core": "^10.0.0" } }\n',
      'tsconfig.json': '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" } }\n',
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { AppController } from './app.controller';
@Module({ controllers: [AppController] })
class AppModule {}
void NestFactory.create(AppModule).then((app) => app.listen(process.env.PORT ?? 3000));
`,
    },
    findings: [{ at: 'items', path: 'src/basket.ts' }],
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
  {
    title: 'a client with the credentials of whoever came last',
    path: 'content.js',
    code: `const app = require('express')();
const { createClient } = require('contentful');
let client = null;
function initClient(options) {
  client = createClient({ space: options.space, accessToken: options.token });
}
function entries() {
  return client.getEntries();
}
app.use((req, res, next) => {
  initClient(req.session.settings);
  next();
});
app.get('/', async (req, res) => res.json(await entries()));
app.listen(process.env.PORT);
`,
    findings: [{ at: 'client' }],
  },
  {
    title: 'a cache on the global object, filled by handlers of Koa',
    files: {
      'package.json':
        '{ "name": "cms", "private": true, "scripts": { "start": "node app.js" }, "dependencies": { "koa": "^2.0.0" } }\n',
      'app.js': `const Koa = require('koa');
const handlers = require('./handlers');
global.cache = {};
const app = new Koa();
app.use(async (ctx) => handlers[ctx.path](ctx));
app.listen(process.env.PORT);
`,
      'handlers.js': `exports.articles = async (ctx) => {
  ctx.body = global.cache[ctx.query.page] ?? [];
  global.cache[ctx.query.page] = ctx.body;
};
`,
    },
    findings: [
      { at: 'global.cache[ctx.query.page] = ctx.body', path: 'handlers.js', severity: 'hint' },
    ],
  },
  {
    title: 'who is there, left with the class by each request, and a number that only names files',
    code: `import express from 'express';
class Session {
  static online: Record<string, Session> = {};
  constructor(id: string, readonly user: string) {
    Session.online[id] = this;
  }
}
let visits = 0;
let tempCounter = 0;
function tempName() {
  tempCounter = tempCounter >= 65536 ? 1 : tempCounter + 1;
  return \`tmp-\${tempCounter}\`;
}
express()
  .get('/', (req, res) => {
    visits = visits >= 65536 ? 1 : visits + 1;
    new Session(req.query.id as string, req.query.user as string);
    res.json([tempName(), visits, Object.keys(Session.online)]);
  })
  .listen(process.env.PORT);
`,
    findings: [{ at: 'online' }, { at: 'visits' }, { at: 'tempCounter', severity: 'hint' }],
  },

  {
    title: 'a limiter in the middleware of Next, by entries that are found and counted up',
    files: {
      'package.json':
        '{ "name": "desk", "private": true, "scripts": { "start": "next start" }, "dependencies": { "next": "15" } }',
      'middleware.ts': `import { NextResponse, type NextRequest } from 'next/server';
const hits = new Map<string, { n: number; until: number }>();
export function middleware(request: NextRequest) {
  const ip = request.headers.get('x-forwarded-for') ?? 'unknown';
  const now = Date.now();
  const seen = hits.get(ip);
  if (!seen || seen.until < now) hits.set(ip, { n: 1, until: now + 60_000 });
  else if (++seen.n > 60) return new NextResponse('slow down', { status: 429 });
  return NextResponse.next();
}
`,
    },
    findings: [{ at: 'hits', path: 'middleware.ts' }],
  },
  {
    title: 'failed attempts, counted in a field that all requests share',
    files: {
      'src/server.ts': `import express from 'express';
import { LoginGuard } from './login-guard';
const guard = new LoginGuard();
const app = express();
app.post('/login', (req, res) => {
  res.sendStatus(guard.fail(String(req.query.name)) > 5 ? 423 : 401);
});
app.listen(process.env.PORT);
`,
      'src/login-guard.ts': `export class LoginGuard {
  private readonly accounts = new Map<string, { failed: number }>();
  fail(name: string): number {
    const account = this.accounts.get(name) ?? { failed: 0 };
    account.failed += 1;
    this.accounts.set(name, account);
    return account.failed;
  }
}
`,
    },
    findings: [{ at: 'accounts', path: 'src/login-guard.ts' }],
  },
  {
    title: 'an emitter that hands what one request says to streams of others',
    code: `import express from 'express';
import { EventEmitter } from 'node:events';
const bus = new EventEmitter();
const app = express();
app.use(express.json());
app.post('/messages', (req, res) => {
  bus.emit('said', req.body.text);
  res.end();
});
app.get('/messages/stream', (req, res) => {
  const send = (text: string) => res.write(text);
  bus.on('said', send);
  req.on('close', () => bus.off('said', send));
});
app.listen(process.env.PORT);
`,
    findings: [{ at: 'new EventEmitter()' }],
  },
  {
    title: 'a bus of another module, and a subject of a service that sends events',
    files: {
      'src/server.ts': `import express from 'express';
import { bus } from './bus';
import { feed } from './feed';
const app = express();
app.post('/notes', (req, res) => {
  bus.emit('note', req.body);
  feed.tell(req.body);
  res.end();
});
app.get('/notes/stream', (req, res) => {
  bus.addListener('note', (note) => res.write(note));
  feed.all().subscribe((note) => res.write(note));
});
app.listen(process.env.PORT);
`,
      'src/bus.ts': `import { EventEmitter } from 'node:events';
class Bus extends EventEmitter {}
export const bus = new Bus();
`,
      'src/feed.ts': `import { Subject } from 'rxjs';
class Feed {
  private readonly notes = new Subject<object>();
  tell(note: object) {
    this.notes.next(note);
  }
  all() {
    return this.notes.asObservable();
  }
}
export const feed = new Feed();
`,
    },
    findings: [
      { at: 'new Bus()', path: 'src/bus.ts' },
      { at: 'new Subject<object>()', path: 'src/feed.ts' },
    ],
  },
  {
    title: 'recent times in a window, deadlines of locks, who came first, and what handlers switch',
    code: `import express from 'express';
const app = express();
const requests = new Map<string, number[]>();
const lockedUntil: Record<string, number> = {};
let ownerId: string | undefined;
let isOpen = true;
const switches = { paused: false };
app.post('/login', (req, res) => {
  const now = Date.now();
  const recent = (requests.get(req.ip!) ?? []).filter((at) => now - at < 60_000);
  if (recent.length > 9 || !isOpen || switches.paused) return res.sendStatus(429);
  requests.set(req.ip!, recent);
  if (lockedUntil[req.body.name] > now) return res.sendStatus(423);
  lockedUntil[req.body.name] = now + 60_000;
  if (!ownerId) ownerId = req.body.userId;
  res.json(req.body.userId === ownerId);
});
app.post('/close', (_, res) => {
  isOpen = false;
  res.end();
});
app.post('/pause', (_, res) => {
  switches.paused = true;
  res.end();
});
app.post('/resume', (_, res) => {
  switches.paused = false;
  res.json(ownerId);
});
app.listen(process.env.PORT);
`,
    findings: [
      { at: 'requests' },
      { at: 'lockedUntil' },
      { at: 'ownerId' },
      { at: 'isOpen' },
      { at: 'switches' },
    ],
  },
  {
    title: 'static fields that handlers set from outside',
    files: {
      'src/server.ts': `import express from 'express';
import { Settings } from './settings';
const app = express();
app.post('/maintenance', (req, res) => {
  Settings.closed = req.body.closed;
  res.end();
});
app.get('/', (_, res) => res.sendStatus(Settings.closed ? 503 : 200));
app.listen(process.env.PORT);
`,
      'src/settings.ts': `export class Settings {
  static closed = false;
}
`,
    },
    findings: [{ at: 'false', path: 'src/settings.ts' }],
  },
  {
    title: 'what only this process is about: connections, searches in vain, numbers for debugging',
    code: `import express from 'express';
import { Client } from 'pg';
interface Pooled { client: Client; calls: number }
const pool = new Map<string, Pooled>();
const unknownUsers = new Set<string>();
const debugCounters = new Map<string, { count: number }>();
let cachedPlans: string[] = [];
function count(name: string) {
  if (!debugCounters.has(name)) debugCounters.set(name, { count: 0 });
  debugCounters.get(name)!.count++;
}
async function connected(tenant: string) {
  const known = pool.get(tenant);
  if (known) {
    known.calls++;
    return known.client;
  }
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  pool.set(tenant, { client, calls: 1 });
  return client;
}
const app = express();
app.get('/:tenant/users/:id', async (req, res) => {
  count('users');
  if (unknownUsers.has(req.params.id)) return void res.status(404).end();
  const client = await connected(req.params.tenant);
  const { rows } = await client.query('select * from users where id = $1', [req.params.id]);
  if (rows.length === 0) unknownUsers.add(req.params.id);
  cachedPlans = rows.map((row) => row.plan);
  res.json(cachedPlans);
});
app.listen(process.env.PORT);
`,
    findings: [
      { at: 'pool', severity: 'hint' },
      { at: 'unknownUsers', severity: 'hint' },
      { at: 'cachedPlans', severity: 'hint' },
    ],
  },
  {
    title: 'a limiter that a provider makes on first use',
    files: {
      'src/server.ts': `import express from 'express';
import { provider } from './limits';
const app = express();
app.use(async (req, res, next) => {
  const client = await provider.getClient();
  const { allowed } = client.checkLimit(String(req.ip), 100);
  return allowed ? next() : res.sendStatus(429);
});
app.listen(process.env.PORT);
`,
      'src/limits.ts': `export class Limiter {
  private store = new Map<string, { count: number; until: number }>();
  checkLimit(key: string, max: number) {
    const entry = this.store.get(key);
    if (!entry || Date.now() > entry.until) {
      this.store.set(key, { count: 1, until: Date.now() + 60_000 });
      return { allowed: true };
    }
    if (entry.count >= max) return { allowed: false };
    entry.count++;
    return { allowed: true };
  }
}
class Provider {
  private client: Limiter | null = null;
  async getClient(): Promise<Limiter> {
    if (!this.client) {
      this.client = new Limiter();
    }
    return this.client;
  }
}
export const provider = new Provider();
`,
    },
    findings: [{ at: 'store', path: 'src/limits.ts' }],
  },
  {
    title: 'whose turn it is, and numbers of messages, are only worth knowing',
    files: {
      'src/server.ts': `import express from 'express';
import { Peers } from './peers';
const app = express();
const peers = new Peers([process.env.PEER_A!, process.env.PEER_B!]);
app.post('/', async (_, response) => response.json(await peers.ask()));
app.listen(process.env.PORT);
`,
      'src/peers.ts': `export class Peers {
  private turnIndex = 0;
  private replyIdCounter: number = 0;
  constructor(private readonly urls: string[]) {}
  async ask() {
    this.turnIndex = (this.turnIndex + 1) % this.urls.length;
    ++this.replyIdCounter;
    const id = this.replyIdCounter;
    return fetch(this.urls[this.turnIndex] + '/' + id);
  }
}
`,
    },
    findings: [
      { at: 'turnIndex', path: 'src/peers.ts', severity: 'hint' },
      { at: 'replyIdCounter', path: 'src/peers.ts', severity: 'hint' },
    ],
  },
  {
    title: 'a service that the module makes when it is first asked for',
    files: {
      'src/server.ts': `import express from 'express';
import { getRooms } from './rooms';
const app = express();
app.post('/rooms/:room', (request, response) => {
  getRooms().join(request.params.room, request.body.user);
  response.json(getRooms().who(request.params.room));
});
app.listen(process.env.PORT);
`,
      'src/rooms.ts': `class Rooms {
  private members = new Map<string, Set<string>>();
  join(room: string, user: string) {
    if (!this.members.has(room)) this.members.set(room, new Set());
    this.members.get(room)!.add(user);
  }
  who(room: string) {
    return [...(this.members.get(room) ?? [])];
  }
}
let rooms: Rooms | undefined;
export const getRooms = () => (rooms ??= new Rooms());
`,
    },
    findings: [{ at: 'members', path: 'src/rooms.ts' }],
  },
];
