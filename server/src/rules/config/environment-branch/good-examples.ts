import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'one database client across hot reloads',
    files: {
      'src/server.ts': `import express from 'express';
import { prisma } from './db';
import { legacy } from './legacy';
express().get('/', async (req, res) => res.json([await prisma.user.count(), await legacy.user.count()])).listen(process.env.PORT);
`,
      'src/db.ts': `import { PrismaClient } from '@prisma/client';
const globalForPrisma = global as unknown as { prisma: PrismaClient };
export const prisma = globalForPrisma.prisma || new PrismaClient();
if (process.env.NODE_ENV !== 'production') globalForPrisma.prisma = prisma;
`,
      'src/legacy.ts': `import { PrismaClient } from '@prisma/client';
declare global { var client: PrismaClient | undefined; }
let legacy: PrismaClient;
if (process.env.NODE_ENV === 'production') {
  legacy = new PrismaClient();
} else {
  if (!global.client) global.client = new PrismaClient();
  legacy = global.client;
}
export { legacy };
`,
    },
  },
  {
    title: 'a variable of its own comes first',
    code: `import pino from 'pino';
const isProduction = process.env.NODE_ENV === 'production';
export const logger = pino({ level: process.env.LOG_LEVEL ?? (isProduction ? 'info' : 'debug') });
export const url = process.env.API_URL || (isProduction ? 'https://api.acme.io' : 'http://localhost:4000');
`,
  },
  {
    title: 'tests',
    code: `const isTest = process.env.NODE_ENV === 'test';
export const level = isTest ? 'silent' : 'info';
if (process.env.NODE_ENV !== 'test') {
  console.log('starting');
}
export const database = process.env.NODE_ENV === 'test' ? 'shop_test' : 'shop';
`,
  },
  {
    title: 'middleware for development, error pages and stack traces',
    path: 'app.js',
    code: `const express = require('express');
const morgan = require('morgan');
const errorHandler = require('errorhandler');
const app = express();
if (app.get('env') === 'development') {
  app.use(morgan('dev'));
}
if (process.env.NODE_ENV === 'development') {
  app.use(errorHandler());
} else {
  app.use((err, req, res, next) => {
    res.status(500).send('Server Error');
  });
}
app.use((err, req, res, next) => {
  res.locals.message = err.message;
  res.locals.error = req.app.get('env') === 'development' ? err : {};
  res.status(err.status || 500).json({
    message: process.env.NODE_ENV === 'production' ? 'Internal error' : err.message,
    stack: process.env.NODE_ENV === 'production' ? null : err.stack,
  });
});
app.listen(process.env.PORT || 3000);
`,
  },
  {
    title: 'pretty logs',
    code: `import pino from 'pino';
export const logger = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  transport: process.env.NODE_ENV === 'development' ? { target: 'pino-pretty' } : undefined,
});
`,
  },
  {
    title: 'where pretty logs go; a service’s own production switch',
    path: 'logger.js',
    code: `const pino = require('pino');
const colada = require('pino-colada');
const miss = require('mississippi');
const stream =
  process.env.NODE_ENV === 'production'
    ? pino.destination(1)
    : miss.pipeline(colada(), pino.destination(1));
module.exports = pino({ level: process.env.LOG_LEVEL }, stream);
module.exports.gateway = process.env.APNS_PRODUCTION === 'true' ? 2195 : 2196;
`,
  },
  {
    title: 'the name itself, and flags made of it',
    code: `import next from 'next';
const env = process.env.NODE_ENV || 'development';
export const mode = env === 'production' ? 'production' : 'development';
const dev = process.env.NODE_ENV !== 'production';
export const app = next({ dev });
export const config = { env, isProduction: env === 'production', isDevelopment: env === 'development' };
`,
  },
  {
    title: 'bundlers',
    path: 'webpack.config.js',
    code: `const isProduction = process.env.NODE_ENV === 'production';
module.exports = {
  mode: isProduction ? 'production' : 'development',
  output: { publicPath: isProduction ? 'https://cdn.acme.io/' : '/' },
};
`,
  },
  {
    title: 'other conditions that look alike',
    code: `export function priceOf(plan: { mode: string; env: string }): number {
  return plan.mode === 'yearly' ? 100 : 10;
}
const stages: Record<string, number> = { draft: 1, review: 2 };
export const stageOf = (stage: string): number | undefined => stages[stage];
const environment: Record<string, string> = { wind: 'strong' };
export const wind = environment['wind'] === 'strong' ? 'storm' : 'calm';
`,
  },
  {
    title: 'failing early and messages',
    code: `import express from 'express';
if (process.env.NODE_ENV === 'production' && !process.env.SESSION_KEY) {
  throw new Error('SESSION_KEY must be set');
}
const app = express();
app.listen(process.env.PORT, () => {
  console.log(process.env.NODE_ENV === 'production' ? 'Serving' : 'Serving for development');
});
`,
  },
  {
    title: 'a one-off script',
    path: 'scripts/seed.ts',
    code: `export const rows = process.env.NODE_ENV === 'production' ? 10 : 1000;
`,
  },
  {
    title: 'how much of an error a response tells',
    code: `const isDevelopment = process.env.NODE_ENV === 'development';
const ERROR_FIELDS = isDevelopment ? ['message', 'code', 'detail'] : ['message', 'code'];
export const pick = (error) => Object.fromEntries(ERROR_FIELDS.map((key) => [key, error[key]]));
`,
  },
  {
    title: 'what an error says to whom',
    path: 'errors.js',
    code: `module.exports = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    const serverError = { global: error.message };
    if (process.env.APP_ENV === 'production') {
      serverError.global = 'Something went wrong';
    }
    ctx.status = error.status || 500;
    ctx.body = { errors: serverError };
  }
};
`,
  },
  {
    title: 'a published library that finds out where it runs',
    files: {
      'package.json': '{ "name": "mono", "private": true, "workspaces": ["packages/*", "apps/*"] }',
      'packages/framework/package.json':
        '{ "name": "@acme/framework", "version": "1.0.0", "main": "dist/index.js", "files": ["dist"] }',
      'packages/framework/src/index.ts': `export const searchPaths = (src: string, out: string) => {
  const paths = process.env.NODE_ENV === 'production' ? [out, src] : [src];
  return paths[0];
};
`,
      'apps/api/package.json':
        '{ "name": "api", "private": true, "scripts": { "start": "node dist/server.js" }, "dependencies": { "@acme/framework": "workspace:*" } }',
      'apps/api/src/server.ts': `import { createServer } from 'node:http';
import { searchPaths } from '@acme/framework';
createServer((_, res) => res.end(searchPaths('a', 'b'))).listen(process.env.PORT);
`,
    },
  },
  {
    title:
      'addresses of others, a switch of its own, and a region that is none of the deploy’s names',
    code: `import express from 'express';
const app = express();
const isCloud = process.env.BILLING_ENABLED === 'true';
export const plan = isCloud ? 'paid' : 'free';
export const dialect = process.env.DATABASE_URL === 'https://db.acme.io' ? 'http' : 'tcp';
export const bucket = process.env.AWS_REGION === 'eu-west-1' ? 'acme-eu' : 'acme-us';
app.get('/', (req, res) => {
  const allowed = ['https://app.acme.io', 'https://eu.acme.io'].includes(req.headers.origin ?? '');
  res.set('vary', allowed ? 'origin' : '*').end();
});
app.listen(process.env.PORT);
`,
  },
  {
    title: 'what only developers run, what only measures nothing, and errors',
    code: `import express from 'express';
const app = express();
export async function populate(): Promise<void> {
  if (process.env.NODE_ENV !== 'development') return;
  await fetch(process.env.SEED_URL!);
}
export async function mail(text: string): Promise<void> {
  if (process.env.NODE_ENV === 'test') return;
  await fetch(process.env.MAIL_URL!, { method: 'POST', body: text });
}
app.get('/mock', (_, response) => {
  if (process.env.NODE_ENV === 'production') return void response.status(404).end();
  response.json({});
});
export function format(error: Error): string | undefined {
  if (process.env.NODE_ENV === 'production') return undefined;
  return error.stack;
}
app.listen(process.env.PORT);
`,
  },
  {
    title: 'a library that others install; the name again, for a tag',
    files: {
      'package.json': '{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }',
      'apps/api/package.json':
        '{ "name": "api", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0", "@acme/sdk": "*" } }',
      'apps/api/server.js': `const express = require('express');
const { Sdk } = require('@acme/sdk');
const tag = process.env.NODE_ENV === 'production' ? 'production' : 'development';
express().get('/', (_, res) => res.json(new Sdk(tag).ping())).listen(process.env.PORT);
`,
      'packages/sdk/package.json':
        '{ "name": "@acme/sdk", "version": "1.2.0", "main": "dist/index.js", "types": "dist/index.d.ts" }',
      'packages/sdk/src/index.ts': `export class Sdk {
  constructor(readonly tag: string) {}
  ping() {
    return process.env.NODE_ENV === 'production' ? 'https://api.acme.io' : 'https://api.dev.acme.io';
  }
}
`,
    },
  },
];
