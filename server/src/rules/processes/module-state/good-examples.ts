import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'state that the user says each process may keep',
    code: `import express from 'express';
const app = express();
const lastSeen: Record<string, number> = {};
app.post('/ping/:id', (req, res) => {
  lastSeen[req.params.id] = Date.now();
  res.end();
});
app.get('/ping/:id', (req, res) => res.json({ at: lastSeen[req.params.id] }));
app.listen(process.env.PORT);
`,
    options: { allowedNames: ['lastSeen'] },
  },
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
    title: 'a handle that is called like the method it comes from',
    files: {
      'server.js': `const express = require('express');
const { collection } = require('./db');
const app = express();
app.get('/', async (req, res) => res.json(await (await collection('items')).find().toArray()));
app.listen(process.env.PORT);
`,
      'db.js': `const { MongoClient } = require('mongodb');
let db = null;
exports.collection = async (name) => {
  if (!db) await connect();
  return db.collection(name);
};
async function connect() {
  const client = new MongoClient(process.env.MONGO_URL);
  try {
    await client.connect();
    db = client.db(client.options.dbName);
  } catch (error) {
    console.error(error);
  }
}
`,
    },
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
    title: 'a field of what each request makes for itself',
    files: {
      'src/server.ts': `import express from 'express';
import { Presenter } from './presenter';
class UserPresenter extends Presenter {}
const app = express();
app.get('/me', (req, res) => {
  const presenter = new UserPresenter();
  presenter.context.setUser(req.user);
  res.json(presenter.context.getUser());
});
app.listen(process.env.PORT);
`,
      'src/presenter.ts': `import { Context } from './context';
export abstract class Presenter {
  public context = new Context();
}
`,
      'src/context.ts': `export class Context {
  user?: object;
  setUser(user: object): this {
    this.user = user;
    return this;
  }
  getUser(): object | undefined {
    return this.user;
  }
}
`,
    },
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
  {
    title: 'definitions that instances leave with their class',
    code: `import express from 'express';
class Flow {
  private static options: Record<string, object> = {};
  constructor(id: string, options: object) {
    Flow.options[id] = options;
  }
  static optionsOf(id: string) {
    return Flow.options[id];
  }
}
express()
  .get('/', (_, res) => res.json([new Flow('order', { retries: 3 }), Flow.optionsOf('order')]))
  .listen(process.env.PORT);
`,
  },

  {
    title: 'an emitter that a broker feeds, with what every process is told',
    code: `import express from 'express';
import { Redis } from 'ioredis';
import { EventEmitter } from 'node:events';
const local = new EventEmitter();
const subscriber = new Redis(process.env.REDIS_URL!);
void subscriber.subscribe('said');
subscriber.on('message', (_channel, text) => local.emit('said', text));
const app = express();
app.get('/messages/stream', (req, res) => {
  const send = (text: string) => res.write(text);
  local.on('said', send);
  req.on('close', () => local.off('said', send));
});
app.listen(process.env.PORT);
`,
  },
  {
    title: 'an emitter of events that the process started to listen to',
    code: `import express from 'express';
import { EventEmitter } from 'node:events';
const events = new EventEmitter();
events.on('order', (id: string) => console.log(id));
const app = express();
app.post('/orders/:id', (req, res) => {
  events.emit('order', req.params.id);
  res.end();
});
app.listen(process.env.PORT);
`,
  },
  {
    title: 'entries of a memo that say when they were last of use',
    code: `import express from 'express';
const compiled = new Map<string, { pattern: RegExp; used: number }>();
function patternOf(source: string): RegExp {
  const known = compiled.get(source);
  if (known) {
    known.used += 1;
    return known.pattern;
  }
  const pattern = new RegExp(source);
  compiled.set(source, { pattern, used: 0 });
  return pattern;
}
express()
  .get('/', (req, res) => res.json(patternOf(String(req.query.q)).test(req.url)))
  .listen(process.env.PORT);
`,
  },
  {
    title:
      'locks of one piece of work, what the process says of itself, entries of a memo that are put back',
    code: `import express from 'express';
const app = express();
let isBusy = false;
let isReady = true;
let isWarm = false;
const patterns = new Map<string, RegExp>();
function patternOf(source: string): RegExp {
  const known = patterns.get(source);
  if (known) {
    patterns.delete(source);
    patterns.set(source, known);
    return known;
  }
  const made = patterns.get(source) ?? new RegExp(source);
  if (!patterns.has(source)) patterns.set(source, made);
  return made;
}
async function warm() {
  await fetch(process.env.PRICES!);
  isWarm = true;
}
async function refresh() {
  if (isBusy) return;
  isBusy = true;
  await warm();
  isBusy = false;
}
app.get('/', async (req, res) => {
  if (!isWarm) await warm();
  void refresh();
  res.json([patternOf(String(req.query.q)).test('a')]);
});
app.post('/drain', (_, res) => {
  isReady = false;
  res.end();
});
app.get('/ready', (_, res) => res.sendStatus(isReady ? 200 : 503));
app.listen(process.env.PORT);
`,
  },
  {
    title: 'what an action and a worker only read, and a default export that serves nothing',
    files: {
      'app/page.tsx': `const labels: Record<string, string> = { a: 'A' };
export default function Page() {
  async function show(form: FormData) {
    'use server';
    console.log(labels[String(form.get('id'))]);
  }
  return <form action={show} />;
}
`,
      'src/client.ts': `const calls: string[] = [];
export default {
  fetch: fetch.bind(globalThis),
  note(name: string) {
    calls.push(name);
  },
};
`,
    },
  },
  {
    title: 'a bot that turns pages for whoever asked, and its own troubles',
    code: `import { Client, Events } from 'discord.js';
import express from 'express';
const client = new Client({ intents: [] });
let troubles = 0;
client.on(Events.Debug, (text) => {
  if (text.includes('429') && ++troubles > 5) process.exit(1);
});
export const list = {
  async run({ message, lines }: { message: any; lines: string[] }) {
    let page = 1;
    const collector = message.createMessageComponentCollector({ time: 60_000 });
    collector.on('collect', async (interaction: any) => {
      page = interaction.customId === 'next' ? page + 1 : page - 1;
      await interaction.update(lines[page]);
    });
  },
};
void client.login(process.env.BOT_TOKEN);
express().listen(process.env.PORT);
`,
  },
  {
    title: 'pages of a search, by a function that nobody is known to call as a request',
    code: `import { Client } from 'discord.js';
import express from 'express';
const client = new Client({ intents: [] });
export async function search(args: { page?: number; lines: string[] }, message: any) {
  let page = args.page || 1;
  const show = async (next: number) => {
    page = next;
    await message.edit(args.lines[page]);
  };
  const collector = message.createMessageComponentCollector({ time: 60_000 });
  collector.on('collect', async (interaction: any) => {
    await show(interaction.customId === 'next' ? page + 1 : page - 1);
  });
}
void client.login(process.env.BOT_TOKEN);
express().listen(process.env.PORT);
`,
  },
  {
    title: 'a client, and how its connection is',
    files: {
      'src/events.ts': `import { Kafka, Producer } from 'kafkajs';
export class Events {
  private kafka: Kafka | null = null;
  private producer: Producer | null = null;
  private connected = false;
  private reconnectAttempts = 0;
  async connect() {
    this.kafka = new Kafka({ brokers: String(process.env.BROKERS).split(',') });
    this.producer = this.kafka.producer({ idempotent: true });
    await this.producer.connect();
    this.connected = true;
    this.reconnectAttempts = 0;
  }
  async lost() {
    this.connected = false;
    this.producer = null;
    this.reconnectAttempts++;
    if (this.reconnectAttempts < 10) await this.connect();
  }
  async say(topic: string, value: string) {
    if (!this.connected || !this.producer) return this.lost();
    await this.producer.send({ topic, messages: [{ value }] });
  }
}
`,
      'src/server.ts': `import express from 'express';
import { Events } from './events';
const events = new Events();
const app = express();
app.post('/:topic', async (req, res) => {
  await events.say(req.params.topic, req.body);
  res.end();
});
app.listen(process.env.PORT);
`,
    },
  },
  {
    title: 'what is under way in this process, and when it last warned',
    code: `import express from 'express';
const callsByTarget = new Map<string, number>();
const lastWarningAt: Partial<Record<'late' | 'lost', number>> = {};
function warn(reason: 'late' | 'lost') {
  const before = lastWarningAt[reason];
  if (before !== undefined && Date.now() - before < 600_000) return;
  lastWarningAt[reason] = Date.now();
  console.warn(reason);
}
async function limited<T>(target: string, work: () => Promise<T>): Promise<T> {
  const running = callsByTarget.get(target) ?? 0;
  if (running >= 5) throw new Error('too many calls at a time');
  callsByTarget.set(target, running + 1);
  try {
    return await work();
  } finally {
    const left = (callsByTarget.get(target) ?? 1) - 1;
    if (left <= 0) callsByTarget.delete(target);
    else callsByTarget.set(target, left);
  }
}
const app = express();
app.get('/:target', async (req, res) => {
  const response = await limited(req.params.target, () => fetch(new URL(req.params.target, process.env.TARGETS)));
  if (!response.ok) warn('lost');
  res.sendStatus(response.status);
});
app.listen(process.env.PORT);
`,
  },
  {
    title: 'flags of work that this process has put off, or has at hand',
    code: `import express from 'express';
let index: readonly string[] = [];
let queued = false;
let rebuilding = false;
async function rebuild(): Promise<void> {
  if (rebuilding) {
    queued = true;
    return;
  }
  rebuilding = true;
  try {
    index = await (await fetch(process.env.DOCUMENTS!)).json();
  } finally {
    rebuilding = false;
  }
}
function scheduleRebuild(): void {
  if (queued) return;
  queued = true;
  setTimeout(() => {
    queued = false;
    void rebuild();
  }, 500);
}
const app = express();
app.post('/documents', (_, response) => {
  scheduleRebuild();
  response.json({ queued });
});
app.listen(process.env.PORT);
`,
  },
  {
    title: 'which of the servers behind it this process found unwell',
    files: {
      'src/server.ts': `import express from 'express';
import { Picker } from './picker';
const app = express();
const picker = new Picker([process.env.NODE_A!, process.env.NODE_B!]);
app.get('/', async (_, response) => {
  const url = picker.next();
  response.json(await fetch(url).catch(() => picker.leaveOut(url)));
});
app.listen(process.env.PORT);
`,
      'src/picker.ts': `export class Picker {
  private unhealthyUntil = new Map<string, number>();
  constructor(private readonly urls: string[]) {}
  next() {
    return this.urls.find((url) => (this.unhealthyUntil.get(url) ?? 0) < Date.now()) ?? this.urls[0];
  }
  leaveOut(url: string) {
    this.unhealthyUntil.set(url, Date.now() + 5000);
  }
}
`,
    },
  },
  {
    title: 'a helper that each request makes for itself',
    files: {
      'src/server.ts': `import express from 'express';
import { Basket } from './basket';
const app = express();
app.post('/baskets', (request, response) => {
  const basket = new Basket();
  for (const item of request.body.items) basket.add(item.id, item.price);
  response.json(basket.total());
});
app.listen(process.env.PORT);
`,
      'src/basket.ts': `export class Basket {
  private prices = new Map<string, number>();
  add(id: string, price: number) {
    this.prices.set(id, price);
  }
  total() {
    return [...this.prices.values()].reduce((sum, price) => sum + price, 0);
  }
}
`,
    },
  },
];
