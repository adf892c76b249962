import { sharedStoreFix } from '../../engine/fixes/shared-store';
import type { Severity } from '../../engine/finding';
import { defineRule, type FileContext } from '../../engine/rule';
import { argumentAt } from '../../languages/source/values';
import { deploymentOf, isServerModule } from '../../project/deployment';
import { givenStore } from '../../project/given-store';
import type { CallMeaning, PackageInfo, ProjectModel } from '../../project/model';
import { broadcastsToSockets } from '../../project/socket-broadcasts';

export default defineRule({
  id: 'memory-store',
  factor: 'processes',
  severity: 'warning',
  since: '0.1.0',
  summary: 'What several processes have to agree on is kept in the memory of one.',
  why: 'A process may be one of many, and is replaced on every deploy. A rate limiter that counts in its own memory lets each process, and each restart, allow the full limit again: ten processes allow ten times the guesses at a password. A socket server without a shared adapter, or a publisher without a broker, reaches only the clients that happen to be connected to the same process. Counters, rooms and events that all processes must see belong into a backing service such as Redis. A cache whose loss only costs time may stay in memory.',
  whenNotToUse:
    'Where one process is enough for good, or where a proxy in front of all processes already limits the rate.',
  fix: 'suggest',
  messages: {
    'rate-limit':
      'This limit is counted by each process for itself and starts anew with it; count in a shared store.',
    'socket-adapter':
      'Messages reach only clients connected to this process; give socket.io an adapter that processes share.',
    'pub-sub':
      'Events reach only subscribers in this process; publish through a broker that all processes share.',
    cache: 'This cache belongs to one process: others hold other values, and a restart empties it.',
    data: '`{name}` is known to this process only and lost with it; keep it in a store that processes share.',
  },
  meaning(found, context) {
    const { meaning, call } = found;
    if (
      meaning.kind !== 'memory-store' ||
      call.context.includes('development') ||
      !isServerModule(context.module) ||
      !holdsWhen(found) ||
      !isInProcess(found, context)
    )
      return;
    const { model } = context;
    const name = meaning.what === 'cache' ? dataName(found, context) : undefined;
    const severity = severityOf(found, context, name);
    const fix = sharedStoreFix(found, model);
    const at = call.nameSpan;
    const rest = { ...(severity === 'warning' ? {} : { severity }), fixes: fix ? [fix] : [] };
    if (name !== undefined) context.report({ at, message: 'data', data: { name }, ...rest });
    else context.report({ at, message: meaning.what, ...rest });
  },
  examples: {
    bad: [
      {
        title: 'limiters of express, as their documentation begins',
        path: 'app.js',
        code: `const express = require('express');
const { rateLimit } = require('express-rate-limit');

const app = express();
const limiter = rateLimit({
  windowMs: 15 * 60 * 1000,
  max: 200,
});
const loginLimiter = rateLimit({
  windowMs: 60 * 60 * 1000,
  max: 5,
});
app.use(limiter);
app.use('/login', loginLimiter);
app.listen(process.env.PORT);
`,
        findings: [
          { at: 'rateLimit', occurrence: 2 },
          { at: 'rateLimit', occurrence: 3 },
        ],
        fixed: {
          'shared-store': {
            'package.json': `{
  "name": "app",
  "private": true,
  "scripts": {
    "start": "node app.js"
  },
  "dependencies": {
    "express": "^1.0.0",
    "express-rate-limit": "^1.0.0",
    "rate-limit-redis": "^4.3.0",
    "redis": "^5.0.0"
  }
}
`,
            '.env.example': 'REDIS_URL=redis://localhost:6379\n',
            'app.js': `const express = require('express');
const { rateLimit } = require('express-rate-limit');
const { createClient } = require('redis');
const { RedisStore } = require('rate-limit-redis');

const redisClient = createClient({ url: process.env.REDIS_URL });
redisClient.on('error', console.error);
redisClient.connect().catch(console.error);

const app = express();
const limiter = rateLimit({
  windowMs: 15 * 60 * 1000,
  max: 200,
  store: new RedisStore({ sendCommand: (...args) => redisClient.sendCommand(args) }),
});
const loginLimiter = rateLimit({
  windowMs: 60 * 60 * 1000,
  max: 5,
  store: new RedisStore({ prefix: 'rl:login:', sendCommand: (...args) => redisClient.sendCommand(args) }),
});
app.use(limiter);
app.use('/login', loginLimiter);
app.listen(process.env.PORT);
`,
          },
        },
      },
      {
        title: 'a limiter made by a function, TypeScript, ioredis declared',
        files: {
          'package.json': `{
  "name": "app",
  "private": true,
  "scripts": { "start": "node dist/server.js" },
  "dependencies": {
    "express": "^4.18.0",
    "express-rate-limit": "^7.0.0",
    "ioredis": "^5.3.0"
  }
}
`,
          'src/server.ts': `import express from 'express';
import rateLimit from 'express-rate-limit';
import { redis } from './redis';

const app = express();
app.use('/api', rateLimit({ windowMs: 60_000, limit: 100 }));
app.get('/health', async (_req, res) => res.send(await redis.ping()));
app.listen(process.env.PORT);
`,
          'src/redis.ts': `import Redis from 'ioredis';
export const redis = new Redis(process.env.REDIS_URL ?? 'redis://localhost:6379');
`,
        },
        findings: [{ at: 'rateLimit', occurrence: 2, path: 'src/server.ts' }],
        fixed: {
          'shared-store': {
            'package.json': `{
  "name": "app",
  "private": true,
  "scripts": { "start": "node dist/server.js" },
  "dependencies": {
    "express": "^4.18.0",
    "express-rate-limit": "^7.0.0",
    "ioredis": "^5.3.0",
    "rate-limit-redis": "^4.3.0"
  }
}
`,
            '.env.example': 'REDIS_URL=redis://localhost:6379\n',
            'src/server.ts': `import express from 'express';
import rateLimit from 'express-rate-limit';
import { redis } from './redis';
import Redis from 'ioredis';
import { RedisStore } from 'rate-limit-redis';

const redisClient = new Redis(process.env.REDIS_URL ?? 'redis://localhost:6379');

const app = express();
app.use('/api', rateLimit({ windowMs: 60_000, limit: 100, store: new RedisStore({ sendCommand: (command: string, ...args: string[]) => redisClient.call(command, ...args) as Promise<string | number> }) }));
app.get('/health', async (_req, res) => res.send(await redis.ping()));
app.listen(process.env.PORT);
`,
          },
        },
      },
      {
        title: 'rate-limiter-flexible in memory',
        path: 'src/middlewares/limit.js',
        code: `const { RateLimiterMemory } = require('rate-limiter-flexible');

const limiter = new RateLimiterMemory({
  points: 10,
  duration: 1,
});

module.exports = (req, res, next) => {
  limiter.consume(req.ip).then(() => next()).catch(() => res.status(429).send('Too many requests'));
};
`,
        findings: [{ at: 'RateLimiterMemory', occurrence: 2 }],
        fixed: {
          'shared-store': {
            'package.json': `{
  "name": "app",
  "private": true,
  "scripts": {
    "start": "node src/middlewares/limit.js"
  },
  "dependencies": {
    "rate-limiter-flexible": "^1.0.0",
    "redis": "^5.0.0"
  }
}
`,
            '.env.example': 'REDIS_URL=redis://localhost:6379\n',
            'src/middlewares/limit.js': `const { RateLimiterRedis } = require('rate-limiter-flexible');
const { createClient } = require('redis');

const redisClient = createClient({ url: process.env.REDIS_URL });
redisClient.on('error', console.error);
redisClient.connect().catch(console.error);

const limiter = new RateLimiterRedis({
  storeClient: redisClient,
  useRedisPackage: true,
  points: 10,
  duration: 1,
});

module.exports = (req, res, next) => {
  limiter.consume(req.ip).then(() => next()).catch(() => res.status(429).send('Too many requests'));
};
`,
          },
        },
      },
      {
        title: 'a fastify plugin',
        path: 'app.js',
        code: `import Fastify from 'fastify';
import rateLimit from '@fastify/rate-limit';

const app = Fastify();
await app.register(rateLimit, { max: 100, timeWindow: '1 minute' });
await app.listen({ port: process.env.PORT, host: '0.0.0.0' });
`,
        findings: [{ at: 'register' }],
        fixed: {
          'shared-store': {
            'package.json': `{
  "name": "app",
  "private": true,
  "type": "module",
  "scripts": {
    "start": "node app.js"
  },
  "dependencies": {
    "@fastify/rate-limit": "^1.0.0",
    "fastify": "^1.0.0",
    "ioredis": "^5.9.0"
  }
}
`,
            '.env.example': 'REDIS_URL=redis://localhost:6379\n',
            'app.js': `import Fastify from 'fastify';
import rateLimit from '@fastify/rate-limit';
import Redis from 'ioredis';

const redisClient = new Redis(process.env.REDIS_URL);

const app = Fastify();
await app.register(rateLimit, { max: 100, timeWindow: '1 minute', redis: redisClient });
await app.listen({ port: process.env.PORT, host: '0.0.0.0' });
`,
          },
        },
      },
      {
        title: 'the throttler of Nest',
        files: {
          'package.json': `{
  "name": "api",
  "private": true,
  "scripts": { "start": "node dist/main.js" },
  "dependencies": {
    "@nestjs/common": "^10.0.0",
    "@nestjs/core": "^10.0.0",
    "@nestjs/throttler": "^6.0.0"
  }
}
`,
          'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
const app = await NestFactory.create(AppModule);
await app.listen(process.env.PORT ?? 3000);
`,
          'src/app.module.ts': `import { Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';

@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 10 }])] })
export class AppModule {}
`,
        },
        findings: [{ at: 'forRoot', path: 'src/app.module.ts' }],
        fixed: {
          'shared-store': {
            'package.json': `{
  "name": "api",
  "private": true,
  "scripts": { "start": "node dist/main.js" },
  "dependencies": {
    "@nest-lab/throttler-storage-redis": "^1.2.0",
    "@nestjs/common": "^10.0.0",
    "@nestjs/core": "^10.0.0",
    "@nestjs/throttler": "^6.0.0",
    "ioredis": "^5.9.0"
  }
}
`,
            '.env.example': 'REDIS_URL=redis://localhost:6379\n',
            'src/app.module.ts': `import { Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';

@Module({ imports: [ThrottlerModule.forRoot({ throttlers: [{ ttl: 60000, limit: 10 }], storage: new ThrottlerStorageRedisService(process.env.REDIS_URL) })] })
export class AppModule {}
`,
          },
        },
      },
      {
        title: 'rooms of socket.io',
        files: {
          'server.js': `const http = require('http');
const { Server } = require('socket.io');

const server = http.createServer();
const io = new Server(server, { cors: { origin: true } });
io.on('connection', (socket) => {
  socket.on('message', ({ room, text }) => {
    socket.to(room).emit('message', text);
  });
});
server.listen(process.env.PORT);
`,
        },
        findings: [{ at: 'Server', occurrence: 3, path: 'server.js' }],
        fixed: {
          'shared-store': {
            'package.json': `{
  "name": "app",
  "private": true,
  "scripts": {
    "start": "node server.js"
  },
  "dependencies": {
    "@socket.io/redis-adapter": "^8.3.0",
    "redis": "^5.0.0",
    "socket.io": "^1.0.0"
  }
}
`,
            '.env.example': 'REDIS_URL=redis://localhost:6379\n',
            'server.js': `const http = require('http');
const { Server } = require('socket.io');
const { createClient } = require('redis');
const { createAdapter } = require('@socket.io/redis-adapter');

const redisClient = createClient({ url: process.env.REDIS_URL });
redisClient.on('error', console.error);
redisClient.connect().catch(console.error);
const redisSubscriber = redisClient.duplicate();
redisSubscriber.on('error', console.error);
redisSubscriber.connect().catch(console.error);

const server = http.createServer();
const io = new Server(server, { cors: { origin: true }, adapter: createAdapter(redisClient, redisSubscriber) });
io.on('connection', (socket) => {
  socket.on('message', ({ room, text }) => {
    socket.to(room).emit('message', text);
  });
});
server.listen(process.env.PORT);
`,
          },
        },
      },
      {
        title: 'subscriptions of GraphQL',
        path: 'src/pubsub.ts',
        code: `import { PubSub } from 'graphql-subscriptions';

export const pubsub = new PubSub();
`,
        findings: [{ at: 'PubSub', occurrence: 2 }],
        fixed: {
          'shared-store': {
            'package.json': `{
  "name": "app",
  "private": true,
  "scripts": {
    "start": "node dist/pubsub.js"
  },
  "dependencies": {
    "graphql-redis-subscriptions": "^2.7.0",
    "graphql-subscriptions": "^1.0.0",
    "ioredis": "^5.9.0"
  }
}
`,
            '.env.example': 'REDIS_URL=redis://localhost:6379\n',
            'src/pubsub.ts': `import { RedisPubSub } from 'graphql-redis-subscriptions';

export const pubsub = new RedisPubSub({ connection: process.env.REDIS_URL });
`,
          },
        },
      },
      {
        title: 'codes that only this process knows; a plain cache is only worth knowing',
        path: 'server.js',
        code: `const NodeCache = require('node-cache');
const app = require('express')();
const otpCache = new NodeCache({ stdTTL: 300 });
const pages = new NodeCache();
app.post('/otp', (req, res) => {
  otpCache.set(req.body.phone, String(Math.random()).slice(2, 8));
  res.end();
});
app.get('/page', (req, res) => res.send(pages.get(req.url)));
app.listen(process.env.PORT);
`,
        findings: [
          { at: 'NodeCache', occurrence: 2 },
          { at: 'NodeCache', occurrence: 3, severity: 'hint' },
        ],
      },
    ],
    good: [
      {
        title: 'a limiter with a shared store',
        path: 'app.js',
        code: `const rateLimit = require('express-rate-limit');
const { RedisStore } = require('rate-limit-redis');
const client = require('./redis');
const app = require('express')();
app.use(rateLimit({ windowMs: 60000, max: 100, store: new RedisStore({ sendCommand: (...args) => client.sendCommand(args) }) }));
app.listen(process.env.PORT);
`,
      },
      {
        title: 'a store where there is a Redis, options from elsewhere',
        path: 'app.js',
        code: `const rateLimit = require('express-rate-limit');
const RedisStore = require('rate-limit-redis');
const client = require('./redis');
let store;
if (process.env.REDIS_URL) store = new RedisStore({ client });
const limit = (options) => rateLimit({ windowMs: 60000, ...options, ...(store && { store }) });
const app = require('express')();
app.use(limit({ max: 5 }));
app.listen(process.env.PORT);
`,
      },
      {
        title: 'memory as the insurance of a shared limiter',
        path: 'limit.js',
        code: `const { RateLimiterRedis, RateLimiterMemory } = require('rate-limiter-flexible');
const storeClient = require('./redis');
const insuranceLimiter = new RateLimiterMemory({ points: 1, duration: 1 });
module.exports = new RateLimiterRedis({ storeClient, points: 10, duration: 1, insuranceLimiter });
`,
      },
      {
        title: 'socket.io given its adapter later',
        files: {
          'server.js': `const { Server } = require('socket.io');
const { attach } = require('./adapter');
const io = new Server();
attach(io);
io.on('connection', (socket) => socket.broadcast.emit('joined', socket.id));
io.listen(process.env.PORT);
`,
          'adapter.js': `const { createAdapter } = require('@socket.io/redis-adapter');
const { pub, sub } = require('./redis');
exports.attach = (io) => io.adapter(createAdapter(pub, sub));
`,
        },
      },
      {
        title: 'the throttler of Nest with Redis',
        path: 'src/app.module.ts',
        code: `import { Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      useFactory: () => ({ throttlers: [{ ttl: 60, limit: 10 }], storage: new ThrottlerStorageRedisService() }),
    }),
  ],
})
export class AppModule {}
`,
      },
      {
        title: 'koa-ratelimit with Redis',
        path: 'app.js',
        code: `const ratelimit = require('koa-ratelimit');
const Koa = require('koa');
const app = new Koa();
app.use(ratelimit({ driver: 'redis', db: require('./redis'), duration: 60000, max: 100 }));
app.listen(process.env.PORT);
`,
      },
      {
        title: 'a limiter in a test, and one of outgoing calls',
        files: {
          'src/server.js': `const Bottleneck = require('bottleneck');
const limiter = new Bottleneck({ maxConcurrent: 1 });
const app = require('express')();
app.get('/', (req, res) => limiter.schedule(() => fetch(process.env.API)).then(() => res.end()));
app.listen(process.env.PORT);
`,
          'test/limit.test.js': `const rateLimit = require('express-rate-limit');
const app = require('express')();
app.use(rateLimit({ max: 1 }));
`,
        },
      },
    ],
  },
});

type Context = Omit<FileContext<Record<string, string>>, 'report'>;

function severityOf(found: CallMeaning, context: Context, name: string | undefined): Severity {
  const { meaning, call } = found;
  const { model, module, package: owner } = context;
  if (meaning.kind !== 'memory-store') return 'hint';
  const isQuiet =
    (meaning.what === 'cache' && name === undefined) ||
    (meaning.what === 'socket-adapter' && !broadcastsToSockets(model, owner)) ||
    // One of two, chosen by what is configured: the other one may well be shared.
    (call.context.includes('condition') && hasSharedStores(owner)) ||
    deploymentOf(module, model) === 'unlikely';
  return isQuiet ? 'hint' : 'warning';
}

/** Some calls keep things in memory only when an argument says so: `{ driver: 'memory' }`. */
function holdsWhen({ meaning, args }: CallMeaning): boolean {
  if (meaning.kind !== 'memory-store' || !meaning.when) return true;
  const value = argumentAt(args, meaning.when.at);
  return value?.kind === 'literal' && meaning.when.is.includes(String(value.value));
}

/** Is it certain, or as good as, that nothing shared stands behind it? */
function isInProcess(found: CallMeaning, { model, path, package: owner }: Context): boolean {
  const { meaning, args } = found;
  if (meaning.kind !== 'memory-store' || isInsurance(found, model)) return false;
  if (meaning.what === 'socket-adapter' && hasAdapter(model, owner)) return false;
  // Nest replaces a module's storage from anywhere.
  if (declares(owner, /throttler-storage/) && /throttler/.test(meaning.library)) return false;
  if (meaning.store === undefined || meaning.when) return true;
  const given = givenStore(args, meaning.store, model, path);
  if (given === 'none') return true;
  // Options from elsewhere may hold a store, but only one of a package that is there.
  return given === 'unknown' && meaning.what === 'rate-limit' && !hasSharedStores(owner);
}

/** Given to socket.io after it was made, or by a Nest adapter. */
function hasAdapter(model: ProjectModel, owner: PackageInfo | undefined): boolean {
  return [...model.modules.keys()].some(
    (path) =>
      model.packageOf(path) === owner &&
      model.meanings(path).some(({ meaning }) => meaning.kind === 'shared-store'),
  );
}

/** `new RateLimiterRedis({ insuranceLimiter: new RateLimiterMemory(…) })` counts in memory only while Redis is away. */
function isInsurance({ path, call }: CallMeaning, model: ProjectModel): boolean {
  return (model.facts.get(path)?.calls ?? []).some(({ args }) => {
    const insurance = argumentAt(args, '0.insuranceLimiter');
    return insurance?.span.start === call.span.start && insurance.span.end === call.span.end;
  });
}

function hasSharedStores(owner: PackageInfo | undefined): boolean {
  return declares(
    owner,
    /redis|valkey|memcache|upstash|dynamo|rate-?limit-(mongo|postgres|sequel|knex)/,
  );
}

function declares(owner: PackageInfo | undefined, name: RegExp): boolean {
  return [...(owner?.dependencies.keys() ?? [])].some((each) => name.test(each));
}

/** Caches by these names hold what no other process can work out again. */
const DATA =
  /otp|token|session|black_?list|deny_?list|revoked|attempt|nonce|challenge|verif|lock|rate_?limit|throttle|online|presence|pending|idempoten/i;

/** What a cache is called that holds data of record rather than copies. */
function dataName({ call }: CallMeaning, { facts }: Context): string | undefined {
  const name = call.boundTo ?? facts.functions[call.fn]?.name;
  return name !== undefined && DATA.test(name) && !/block|clock/i.test(name) ? name : undefined;
}
