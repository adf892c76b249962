import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'required variables',
    path: 'src/env.ts',
    code: `import { z } from 'zod';
export const env = z.object({ DATABASE_URL: z.string().url(), DB_HOST: z.string() }).parse(process.env);
`,
  },
  {
    title: 'ports, names and users have defaults that are the same everywhere',
    path: 'src/config.ts',
    code: `export const db = {
  host: process.env.DB_HOST,
  port: Number(process.env.DB_PORT ?? 5432),
  name: process.env.DB_NAME ?? 'app',
  user: process.env.DB_USER || 'postgres',
};
`,
  },
  {
    title: 'where the server itself listens',
    path: 'src/server.ts',
    code: `import Fastify from 'fastify';
const HOST = process.env.HOST ?? 'localhost';
const host = process.env.SERVER_HOST || '127.0.0.1';
await Fastify().listen({ host: HOST, port: Number(process.env.PORT ?? 3000) });
await Fastify().listen({ host, port: Number(process.env.ADMIN_PORT ?? 3001) });
`,
  },
  {
    title: 'a default for development by envalid',
    path: 'src/env.js',
    code: `const { cleanEnv, str, url } = require('envalid');
module.exports = cleanEnv(process.env, {
  DB_HOST: str({ devDefault: 'localhost' }),
  REDIS_URL: url({ devDefault: 'redis://localhost:6379' }),
});
`,
  },
  {
    title: 'only filled in while developing',
    path: 'src/database.js',
    code: `if (process.env.NODE_ENV !== 'production') {
  process.env.MONGO_URL = process.env.MONGO_URL || 'mongodb://localhost/dev';
}
module.exports = process.env.MONGO_URL;
`,
  },
  {
    title: 'settings of development and tests',
    files: {
      'src/server.js': `const config = require('../config/' + process.env.NODE_ENV);
module.exports = config;
`,
      'config/development.js': `module.exports = { db: process.env.MONGODB_URL || 'mongodb://localhost/dev' };
`,
      'config/env/test.js': `module.exports = { db: process.env.MONGODB_URL || 'mongodb://localhost/test' };
`,
    },
  },
  {
    title: 'tests and scripts',
    files: {
      'src/server.ts': `export const url = process.env.DATABASE_URL;
`,
      'test/setup.ts': `process.env.DATABASE_URL = process.env.DATABASE_URL ?? 'postgres://localhost/test';
export const redis = process.env.REDIS_URL ?? 'redis://localhost';
`,
      'scripts/seed.ts': `export const url = process.env.DATABASE_URL ?? 'postgres://localhost/dev';
`,
    },
  },
  {
    title: 'an agent that runs beside every process',
    path: 'src/telemetry.ts',
    code: `export const agent = process.env.STATSD_HOST ?? 'localhost';
export const otlp = process.env.JAEGER_AGENT_HOST || '127.0.0.1';
`,
  },
  {
    title: 'messages, empty defaults and optional services',
    path: 'src/check.ts',
    code: `if (!process.env.REDIS_URL) console.warn('REDIS_URL is not set, e.g. redis://localhost:6379');
export const redisUrl = process.env.REDIS_URL || '';
export const isLocal = (process.env.DATABASE_URL ?? '').includes('localhost');
export const cookieDomain = process.env.COOKIE_DOMAIN || 'localhost';
`,
  },
  {
    title: 'a default of a parameter that says no place, and one that no client gets',
    code: `import express from 'express';
import Redis from 'ioredis';
class Cache {
  constructor(url: string, keyPrefix = 'localhost') {
    this.client = new Redis(url, { keyPrefix });
  }
  readonly client: Redis;
}
export const describe = (where = 'redis://localhost:6379') => where.length;
const cache = new Cache(process.env.REDIS_URL!);
express().get('/', async (_, response) => response.json(await cache.client.get('x'))).listen(process.env.PORT);
`,
  },
];
