import type { Value } from '../../../base/value';
import { argumentAt, possibleValues } from '../../../base/values';
import { defineRule, type FileContext } from '../../../engine/rule';
import { ts } from '../../../languages/source/ts';
import { onSource } from '../../../project/facts/source-handlers';
import type { CallMeaning, ProjectModel } from '../../../project/model';
import { sessionStoreFix } from './session-store';

export default defineRule({
  id: 'in-memory-session',
  factor: 'processes',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Sessions are kept in the memory of one process.',
  why: 'Processes share nothing and may vanish at any time. A session that lives in the memory of the process that created it is gone after every deploy and restart, and unknown to the process beside it: users are logged out, or logged in depending on which process answers. The default stores of session libraries also leak, as their documentation says. Sessions belong into a store that expires them and that all processes share, such as Redis, or into the cookie itself.',
  whenNotToUse:
    'For a tool that one person runs on one machine, where a lost session costs nothing.',
  fix: 'suggest',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  messages: {
    memory:
      'Sessions live in the memory of this process and are lost with it; keep them in a shared store.',
    files:
      'Sessions live in files beside this process, which other processes do not see; keep them in a shared store.',
  },
  hints: [/\bstore\b/],
  source: [
    // `options.store = new RedisStore(…)`: the store comes in another statement.
    onSource(['BinaryExpression'], (node, context) => {
      const api = ts();
      if (node.operatorToken.kind !== api.SyntaxKind.EqualsToken) return;
      if (
        api.isPropertyAccessExpression(node.left) &&
        node.left.name.text === 'store' &&
        node.left.expression.kind !== api.SyntaxKind.ThisKeyword
      )
        context.mark(node.left);
    }),
  ],
  meaning(found, context) {
    const { meaning, call } = found;
    if (meaning.kind !== 'session' || call.context.includes('development')) return;
    const place = storePlace(found, context);
    if (!place) return;
    const fix = sessionStoreFix({
      model: context.model,
      path: found.path,
      call: call.span,
      library: found.callee,
    });
    context.report({
      at: place.at,
      message: place.where,
      ...(place.where === 'files' ? { severity: 'hint' } : {}),
      fixes: fix ? [fix] : [],
    });
  },
  examples: {
    bad: [
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
const app = express();

const redisClient = createClient({ url: process.env.REDIS_URL });
redisClient.on('error', console.error);
redisClient.connect().catch(console.error);

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
    ],
    good: [
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
        title: 'a store attached later',
        path: 'app.js',
        code: `const session = require('express-session');
const { RedisStore } = require('connect-redis');
const options = { secret: process.env.SESSION_SECRET };
if (process.env.REDIS_URL) {
  options.store = new RedisStore({ client: require('./redis') });
}
module.exports = session(options);
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
    ],
  },
});

type Place = {
  readonly at: { readonly path: string; readonly span: Value['span'] };
  readonly where: 'memory' | 'files';
};

/** Where sessions are bound to this process; undefined when they are not, or it is not known. */
function storePlace(
  found: CallMeaning,
  context: FileContext<Record<string, string>>,
): Place | undefined {
  const { meaning, call, args } = found;
  if (meaning.kind !== 'session') return undefined;
  const { model, path } = context;
  const store = meaning.store === undefined ? undefined : argumentAt(args, meaning.store);
  const stores = store
    ? possibleValues(store).filter(
        (value) => !(value.kind === 'literal' && (value.value ?? null) === null),
      )
    : [];
  if (stores.length > 0) {
    const places = stores.map((value) => processStore(value, path, model));
    return places.every((place) => place !== undefined) ? places[0] : undefined;
  }
  if (meaning.withoutStore !== 'memory' || meaning.store === undefined) return undefined;
  const options = args[Number(meaning.store.split('.')[0])];
  if (options && (options.kind !== 'object' || options.spreads.length > 0)) return undefined;
  const isAttached = [path, options?.path ?? path].some(
    (place) => (model.facts.get(place)?.marks['in-memory-session'] ?? []).length > 0,
  );
  return isAttached ? undefined : { at: { path, span: call.nameSpan }, where: 'memory' };
}

/** A store that belongs to the process: made by a call that the library table knows as such. */
function processStore(value: Value, path: string, model: ProjectModel): Place | undefined {
  const at = value.path ?? path;
  const made = model
    .meanings(at)
    .find(
      ({ meaning, call }) =>
        meaning.kind === 'memory-session-store' &&
        call.span.start === value.span.start &&
        call.span.end === value.span.end,
    );
  if (made?.meaning.kind !== 'memory-session-store') return undefined;
  return { at: { path: at, span: value.span }, where: made.meaning.where ?? 'memory' };
}
