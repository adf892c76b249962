import type { BadExample } from '../../../engine/rule';

/** Limits of requests. */
export const badLimitExamples: readonly BadExample[] = [
  {
    title: 'limiters of express, as their documentation begins',
    files: {
      'package.json': `{
  "name": "app",
  "private": true,
  "scripts": {
    "start": "node app.js"
  },
  "dependencies": {
    "express": "^5.0.0",
    "express-rate-limit": "^8.0.0"
  }
}
`,
      'app.js': `const express = require('express');
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
    },
    findings: [
      { at: 'rateLimit', occurrence: 2, path: 'app.js' },
      { at: 'rateLimit', occurrence: 3, path: 'app.js' },
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
    "express": "^5.0.0",
    "express-rate-limit": "^8.0.0",
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

if (!process.env.REDIS_URL) {
  throw new Error('REDIS_URL must be set');
}
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
        'src/server.ts': `import express from 'express';
import rateLimit from 'express-rate-limit';
import { redis } from './redis';
import { RedisStore } from 'rate-limit-redis';

const app = express();
app.use('/api', rateLimit({ windowMs: 60_000, limit: 100, store: new RedisStore({ sendCommand: (command: string, ...args: string[]) => redis.call(command, ...args) as Promise<string | number> }) }));
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

if (!process.env.REDIS_URL) {
  throw new Error('REDIS_URL must be set');
}
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

if (!process.env.REDIS_URL) {
  throw new Error('REDIS_URL must be set');
}
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

if (!process.env.REDIS_URL) {
  throw new Error('REDIS_URL must be set');
}

@Module({ imports: [ThrottlerModule.forRoot({ throttlers: [{ ttl: 60000, limit: 10 }], storage: new ThrottlerStorageRedisService(process.env.REDIS_URL) })] })
export class AppModule {}
`,
      },
    },
  },
  {
    title: 'a guard of one’s own beside that of the throttler',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node dist/main.js" }, "dependencies": { "@nestjs/common": "^10.0.0", "@nestjs/core": "^10.0.0", "@nestjs/throttler": "^6.0.0" } }',
      'src/main.ts': `import { Injectable, Module } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';

@Injectable()
export class TokenGuard extends ThrottlerGuard {
  async handleRequest() {
    return true;
  }
}

@Module({
  imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 10 }])],
  providers: [TokenGuard, { provide: APP_GUARD, useClass: ThrottlerGuard }],
})
export class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(process.env.PORT));
`,
    },
    findings: [{ at: 'forRoot', path: 'src/main.ts' }],
  },
  {
    title: 'a store that only a variable attaches',
    path: 'app.js',
    code: `const express = require('express');
const rateLimit = require('express-rate-limit');
const { RedisStore } = require('rate-limit-redis');
const limits = { windowMs: 60_000, limit: 100 };
if (process.env.REDIS_URL) limits.store = new RedisStore(require('./redis'));
const shared = { windowMs: 60_000, limit: 100 };
shared.store = new RedisStore(require('./redis'));
let store;
if (process.env.REDIS_URL) store = new RedisStore(require('./redis'));
const limit = (options) => rateLimit({ windowMs: 60_000, ...options, ...(store && { store }) });
express().use(rateLimit(limits), rateLimit(shared), limit({ max: 5 })).listen(process.env.PORT);
`,
    findings: [
      { at: 'rateLimit', occurrence: 2, severity: 'information' },
      { at: 'rateLimit', occurrence: 3, severity: 'information' },
    ],
  },
  {
    title:
      'a limiter for each name, made when it is first asked for, in a package that has Redis as well',
    files: {
      'package.json':
        '{ "name": "api", "private": true, "scripts": { "start": "node dist/server.js" }, "dependencies": { "express": "^5.0.0", "ioredis": "^5.0.0", "rate-limiter-flexible": "^5.0.0" } }',
      'src/server.ts': `import express from 'express';
import { limiterFor } from './limits';
const app = express();
app.post('/messages', async (request, response) => {
  await limiterFor('messages').consume(request.ip!);
  response.end();
});
app.listen(process.env.PORT);
`,
      'src/limits.ts': `import { RateLimiterMemory } from 'rate-limiter-flexible';
const limiters = new Map<string, RateLimiterMemory>();
export function limiterFor(name: string) {
  let limiter = limiters.get(name);
  if (!limiter) {
    limiter = new RateLimiterMemory({ points: 5, duration: 60 });
    limiters.set(name, limiter);
  }
  return limiter;
}
`,
    },
    findings: [{ at: 'RateLimiterMemory', occurrence: 3, path: 'src/limits.ts' }],
  },
];
