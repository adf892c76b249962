import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'a shared store',
    path: 'app.js',
    code: `const session = require('express-session');
const { RedisStore } = require('connect-redis');
const client = require('./redis');
module.exports = session({ secret: process.env.SESSION_SECRET, store: new RedisStore({ client }) });
`,
  },
  {
    title: 'the state is in the cookie',
    path: 'app.js',
    code: `const session = require('cookie-session');
const app = require('express')();
app.use(session({ keys: [process.env.SESSION_KEY] }));
`,
  },
  {
    title: 'a store attached later, in a branch beside one that ends the process, or but in tests',
    path: 'app.js',
    code: `const session = require('express-session');
const { RedisStore } = require('connect-redis');
const options = { secret: process.env.SESSION_SECRET };
options.store = new RedisStore({ client: require('./redis') });
const own = { secret: process.env.SESSION_SECRET };
if (!process.env.REDIS_URL) {
  throw new Error('REDIS_URL is missing');
} else {
  own.store = new RedisStore({ client: require('./redis') });
}
const third = { secret: process.env.SESSION_SECRET };
if (process.env.NODE_ENV !== 'test') third.store = new RedisStore({ client: require('./redis') });
if (process.env.REDIS_URL) {
  const fourth = {};
  fourth.store = new RedisStore({ client: require('./redis') });
  exports.fourth = session(fourth);
}
module.exports = [session(options), session(own), session(third)];
`,
  },
  {
    title: 'options that the store is merged into',
    path: 'app.js',
    code: `const app = require('express')();
const session = require('express-session');
const RedisStore = require('connect-redis').default;
const options = { secret: process.env.SESSION_SECRET, resave: false };
Object.assign(options, { store: new RedisStore({ client: require('./redis') }) });
app.use(session(options));
`,
  },
  {
    title: 'options that are not known here',
    path: 'src/session.ts',
    code: `import session from 'express-session';
export const sessions = (options: session.SessionOptions) => session({ ...options, resave: false });
`,
  },
  {
    title: 'a function of one’s own called session',
    path: 'src/session.ts',
    code: `import { session } from './auth';
export const current = session({ secret: process.env.SECRET });
`,
  },
  {
    title: 'koa-session keeps its data in the cookie',
    path: 'app.js',
    code: `const Koa = require('koa');
const session = require('koa-session');
const app = new Koa();
app.use(session({ key: 'shop' }, app));
`,
  },
  {
    title: 'tests',
    path: 'test/login.test.js',
    code: `const session = require('express-session');
const app = require('express')();
app.use(session({ secret: 'test' }));
`,
  },

  {
    title: 'a store in memory for development and for tests',
    code: `import express from 'express';
import session from 'express-session';
import { ConnectSessionKnexStore } from 'connect-session-knex';
let store: session.Store;
if (process.env.NODE_ENV === 'test') {
  store = new session.MemoryStore();
} else {
  store = new ConnectSessionKnexStore({});
}
express().use(session({ store, secret: process.env.SECRET! })).listen(process.env.PORT);
`,
  },
  {
    title: 'bots with a store, and sessions of React Router in the cookie',
    files: {
      'bot.js': `const { Telegraf, session } = require('telegraf');
const { Redis } = require('@telegraf/session/redis');
const bot = new Telegraf(process.env.BOT_TOKEN);
bot.use(session({ store: Redis({ url: process.env.REDIS_URL }) }));
bot.launch();
`,
      'other.js': `const { Bot, session } = require('grammy');
const { RedisAdapter } = require('@grammyjs/storage-redis');
const bot = new Bot(process.env.BOT_TOKEN);
bot.use(session({ initial: () => ({}), storage: new RedisAdapter({ instance: require('./redis') }) }));
bot.start();
`,
      'session.server.js': `import { createCookieSessionStorage } from 'react-router';
export const storage = createCookieSessionStorage({ cookie: { name: 's', secrets: [process.env.SECRET] } });
`,
    },
  },
];
