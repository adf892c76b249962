import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
  {
    title: 'express-session as its documentation begins',
    path: 'app.js',
    code: `const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: true }));
`,
    findings: [{ at: 'session', occurrence: 3 }],
    fixed: {
      'session-store': {
        'package.json': `{
  "name": "app",
  "private": true,
  "scripts": {
    "start": "node app.js"
  },
  "dependencies": {
    "connect-redis": "^9.0.0",
    "express": "^1.0.0",
    "express-session": "^1.0.0",
    "redis": "^5.0.0"
  }
}
`,
        '.env.example': 'REDIS_URL=redis://localhost:6379\n',
        'app.js': `const express = require('express');
const session = require('express-session');
const { RedisStore } = require('connect-redis');
const { createClient } = require('redis');

if (!process.env.REDIS_URL) {
  throw new Error('REDIS_URL must be set');
}
const redisClient = createClient({ url: process.env.REDIS_URL });
redisClient.on('error', console.error);
redisClient.connect().catch(console.error);

const app = express();
app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: true, store: new RedisStore({ client: redisClient }) }));
`,
      },
    },
  },
  {
    title: 'an explicit MemoryStore',
    path: 'src/app.ts',
    code: `import express from 'express';
import expressSession from 'express-session';
const app = express();
const store = new expressSession.MemoryStore();
app.use(expressSession({ secret: process.env.SESSION_SECRET ?? '', store }));
`,
    findings: [{ at: 'new expressSession.MemoryStore()' }],
  },
  {
    title: 'options put together',
    path: 'app.js',
    code: `const app = require('express')();
const session = require('express-session');
const options = Object.assign({}, { resave: false }, { secret: process.env.SESSION_SECRET });
app.use(session(options));
`,
    findings: [{ at: 'session', occurrence: 3 }],
  },
  {
    title: 'a fastify plugin',
    path: 'src/plugins/session.ts',
    code: `import fastifySession from '@fastify/session';
import fp from 'fastify-plugin';
export default fp(async (fastify) => {
  fastify.register(fastifySession, { secret: process.env.COOKIE_SECRET, cookie: { httpOnly: true } });
});
`,
    findings: [{ at: 'register' }],
  },
  {
    title: 'a fastify plugin that an autoloader finds, its server typed',
    files: {
      'src/app.ts': `import Fastify from 'fastify';
import autoload from '@fastify/autoload';
import path from 'node:path';
const app = Fastify();
app.register(autoload, { dir: path.join(import.meta.dirname, 'plugins') });
await app.listen({ port: Number(process.env.PORT) });
`,
      'src/plugins/session.ts': `import session from '@fastify/session';
import fp from 'fastify-plugin';
export default fp(async (fastify) => {
  fastify.register(session, { secret: fastify.config.COOKIE_SECRET, cookie: { httpOnly: true } });
}, { name: 'session' });
`,
    },
    findings: [{ at: 'register', path: 'src/plugins/session.ts' }],
  },
  {
    title: 'a plugin that exports its options to the autoloader',
    files: {
      'src/app.ts': `import Fastify from 'fastify';
import autoload from '@fastify/autoload';
import path from 'node:path';
const app = Fastify();
app.register(autoload, { dir: path.join(import.meta.dirname, 'plugins') });
await app.listen({ port: Number(process.env.PORT) });
`,
      'src/plugins/session.ts': `import session from '@fastify/session';
export const autoConfig = { secret: process.env.COOKIE_SECRET };
export default session;
`,
    },
    findings: [{ at: 'export default session;', path: 'src/plugins/session.ts' }],
  },
  {
    title: 'a Nest module',
    path: 'src/app.module.ts',
    code: `import { Module } from '@nestjs/common';
import { SessionModule } from 'nestjs-session';
@Module({ imports: [SessionModule.forRoot({ session: { secret: process.env.SESSION_SECRET } })] })
export class AppModule {}
`,
    findings: [{ at: 'forRoot' }],
  },
  {
    title: 'options from another module, Nest',
    files: {
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import * as session from 'express-session';
import { AppModule } from './app.module';
import { sessionOptions } from './session.options';
const app = await NestFactory.create(AppModule);
app.use(session(sessionOptions));
await app.listen(process.env.PORT);
`,
      'src/session.options.ts': `export const sessionOptions = { secret: process.env.SESSION_SECRET, resave: false };
`,
    },
    findings: [{ at: 'session', occurrence: 5, path: 'src/main.ts' }],
  },
  {
    title: 'another package with the same memory',
    path: 'app.js',
    code: `const session = require('express-session');
const MemoryStore = require('memorystore')(session);
const app = require('express')();
app.use(session({ secret: process.env.SECRET, store: new MemoryStore({ checkPeriod: 86400000 }) }));
`,
    findings: [{ at: 'new MemoryStore({ checkPeriod: 86400000 })' }],
  },

  {
    title: 'a store in memory where a setting asks for none of the database',
    code: `import express from 'express';
import session from 'express-session';
import { ConnectSessionKnexStore } from 'connect-session-knex';
const sessions = (config: { db: boolean; secret: string }, knex: object) => {
  let store: session.Store;
  if (config.db) {
    store = new ConnectSessionKnexStore({ knex });
  } else {
    store = new session.MemoryStore();
  }
  return session({ store, secret: config.secret });
};
const app = express();
app.use(sessions({ db: process.env.SESSION_DB === 'true', secret: process.env.SECRET! }, {}));
app.listen(process.env.PORT);
`,
    findings: [{ at: 'new session.MemoryStore()' }],
  },
  {
    title: 'what bots know of those they talk to, and files of Remix',
    files: {
      'package.json':
        '{ "name": "bot", "private": true, "scripts": { "start": "node bot.js" }, "dependencies": { "telegraf": "4", "grammy": "1", "@remix-run/node": "2" } }',
      'bot.js': `const { Telegraf, session } = require('telegraf');
const bot = new Telegraf(process.env.BOT_TOKEN);
bot.use(session());
bot.launch();
require('./other');
require('./sessions');
`,
      'other.js': `const { Bot, session } = require('grammy');
const bot = new Bot(process.env.OTHER_TOKEN);
bot.use(session({ initial: () => ({ step: 'name' }) }));
bot.start();
`,
      'sessions.js': `const { createFileSessionStorage } = require('@remix-run/node');
module.exports = createFileSessionStorage({ dir: '/app/sessions', cookie: { name: 's' } });
`,
    },
    findings: [
      { at: 'session', occurrence: 2, path: 'bot.js' },
      { at: 'session', occurrence: 2, path: 'other.js' },
      { at: 'createFileSessionStorage', occurrence: 2, path: 'sessions.js', severity: 'hint' },
    ],
  },
  {
    title: 'a store that only a variable attaches',
    path: 'app.js',
    code: `const express = require('express');
const session = require('express-session');
const { RedisStore } = require('connect-redis');
const options = { secret: process.env.SESSION_SECRET };
if (process.env.REDIS_URL) {
  options.store = new RedisStore({ client: require('./redis') });
}
let store;
if (options.store) store = new RedisStore({ client: require('./redis') });
const app = express();
app.use(session(options));
app.use('/admin', session({ secret: process.env.SESSION_SECRET, store }));
app.listen(process.env.PORT);
`,
    findings: [
      { at: 'session', occurrence: 3, severity: 'information' },
      { at: 'session', occurrence: 4, severity: 'information' },
    ],
  },
];
