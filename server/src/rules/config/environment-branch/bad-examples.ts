import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
  {
    title: 'log level and port',
    code: `import pino from 'pino';
import express from 'express';

const isProduction = process.env.NODE_ENV === 'production';
export const logger = pino({ level: isProduction ? 'info' : 'debug' });
const port = isProduction ? 80 : 3000;
express().listen(port);
`,
    findings: [
      {
        at: 'isProduction',
        occurrence: 2,
        message: '`level` depends on the environment’s name; give it a variable of its own.',
      },
      { at: 'isProduction', occurrence: 3 },
    ],
    fixed: {
      'env-default': `import pino from 'pino';
import express from 'express';

const isProduction = process.env.NODE_ENV === 'production';
export const logger = pino({ level: process.env.LOG_LEVEL ?? (isProduction ? 'info' : 'debug') });
const port = Number(process.env.PORT ?? (isProduction ? 80 : 3000));
express().listen(port);
`,
    },
  },
  {
    title: 'a helper flag of another module, in both module systems',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^4.18.0", "envalid": "^8.0.0" } }',
      'server.js': `const express = require('express');
const { getSiteURL } = require('./url');
const app = express();
app.get('/', (req, res) => res.send(getSiteURL()));
app.listen(process.env.PORT);
`,
      'env.js': `const { cleanEnv, str } = require('envalid');
module.exports = cleanEnv(process.env, { DOMAIN: str() });
`,
      'url.js': `const env = require('./env');

function getSiteURL() {
  const protocol = !env.isDev ? 'https://' : 'http://';
  return \`\${protocol}\${env.DOMAIN}\`;
}

module.exports = { getSiteURL };
`,
    },
    findings: [
      {
        at: '!env.isDev',
        path: 'url.js',
        message: '`protocol` depends on the environment’s name; give it a variable of its own.',
      },
    ],
    fixed: {
      'env-default': {
        'url.js': `const env = require('./env');

function getSiteURL() {
  const protocol = process.env.PROTOCOL ?? (!env.isDev ? 'https://' : 'http://');
  return \`\${protocol}\${env.DOMAIN}\`;
}

module.exports = { getSiteURL };
`,
      },
    },
  },
  {
    title: 'if, switch and functions',
    code: `import express from 'express';

let apiUrl = 'http://localhost:4000';
if (process.env.NODE_ENV === 'production') {
  apiUrl = 'https://api.acme.io';
} else if (process.env.NODE_ENV === 'staging') {
  apiUrl = 'https://api.staging.acme.io';
}

export function bucket(): string {
  switch (process.env.APP_ENV) {
    case 'production':
      return 'acme-uploads';
    default:
      return 'acme-uploads-dev';
  }
}

export function poolSize(): number {
  if (process.env.NODE_ENV === 'production') return 20;
  return 2;
}

express().get('/', (_, response) => response.json({ apiUrl })).listen(process.env.PORT);
`,
    findings: [
      {
        at: `process.env.NODE_ENV === 'production'`,
        message: '`apiUrl` depends on the environment’s name; give it a variable of its own.',
      },
      { at: 'process.env.APP_ENV' },
      { at: `process.env.NODE_ENV === 'production'`, occurrence: 2 },
    ],
  },
  {
    title: 'which service, looked up and named after the environment',
    path: 'server.js',
    code: `const mongoose = require('mongoose');
const env = process.env.NODE_ENV || 'development';
const urls = { development: 'mongodb://localhost/shop', production: 'mongodb://db.acme.io/shop' };
if (env === 'production') {
  mongoose.connect(process.env.MONGO_URL);
} else {
  mongoose.connect('mongodb://localhost/shop');
}
exports.url = urls[env];
exports.database = \`shop_\${env}\`;
exports.client = { url: env === 'production' ? process.env.PROD_URL : process.env.DEV_URL };
`,
    findings: [
      {
        at: `env === 'production'`,
        message: 'The environment’s name decides what this app connects to; let a variable say it.',
      },
      { at: 'env', occurrence: 5 },
      { at: 'env', occurrence: 6 },
      { at: `env === 'production'`, occurrence: 2 },
    ],
  },
  {
    title: 'switches: what changes services weighs more than cookies and comforts',
    code: `import { DataSource } from 'typeorm';
import session from 'express-session';

const isProduction = process.env.NODE_ENV === 'production';
export const source = new DataSource({
  type: 'postgres',
  url: process.env.DATABASE_URL,
  synchronize: !isProduction,
  ssl: isProduction ? { rejectUnauthorized: false } : false,
});
export const cookies = session({ secret: process.env.KEY!, cookie: { secure: isProduction } });
`,
    findings: [
      { at: '!isProduction' },
      { at: 'isProduction', occurrence: 3 },
      { at: 'isProduction', occurrence: 4, severity: 'hint' },
    ],
  },
  {
    title: 'a variable that is the name in disguise, destructured in CommonJS',
    files: {
      'server.js': `const redis = require('redis');
const { isProduction } = require('./config');
const client = isProduction
  ? redis.createClient(process.env.REDIS_URL)
  : redis.createClient(process.env.REDIS_PORT, process.env.REDIS_HOST);
require('http').createServer((_, res) => client.get('x', (_, x) => res.end(x))).listen(process.env.PORT);
`,
      'config.js': `const { SHOP_IS_PRODUCTION } = process.env;
exports.isProduction = SHOP_IS_PRODUCTION === 'true';
exports.pageSize = SHOP_IS_PRODUCTION === 'true' ? 100 : 10;
`,
    },
    findings: [
      { at: "SHOP_IS_PRODUCTION === 'true'", occurrence: 2, path: 'config.js' },
      {
        at: 'isProduction',
        occurrence: 2,
        path: 'server.js',
        message: 'The environment’s name decides what this app connects to; let a variable say it.',
      },
    ],
  },
  {
    title: 'a switch for encryption under a name of the app’s own',
    code: `const inDevelopment = process.env.NODE_ENV == 'development';
export const config = { useDbSsl: true, db_ssl_enabled: !inDevelopment };
`,
    findings: [{ at: '!inDevelopment' }],
  },
  {
    title: 'the format of logs is worth a hint',
    code: `export const logs = process.env.NODE_ENV === 'production' ? 'combined' : 'dev';
`,
    findings: [{ at: `process.env.NODE_ENV === 'production'`, severity: 'hint' }],
  },
  {
    title: 'NestJS and a configuration service',
    path: 'src/app.service.ts',
    code: `import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

@Injectable()
export class AppService {
  constructor(private readonly config: ConfigService) {}

  host(): string {
    return this.config.get('NODE_ENV') === 'production' ? 'mail.acme.io' : 'localhost';
  }
}
`,
    findings: [{ at: `this.config.get('NODE_ENV') === 'production'` }],
  },
  {
    title: 'a schema whose variables a preset brings along',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "next start" }, "dependencies": { "next": "^15.0.0", "@t3-oss/env-nextjs": "^0.13.0" } }',
      'src/env.ts': `import { createEnv } from '@t3-oss/env-nextjs';
import { vercel } from '@t3-oss/env-nextjs/presets-zod';

export const env = createEnv({ extends: [vercel()], server: {}, experimental__runtimeEnv: {} });
`,
      'src/app/api/mail/route.ts': `import { env } from '../../../env';

const baseUrl =
  env.VERCEL_ENV === 'production' ? \`https://\${env.VERCEL_URL}\` : 'http://localhost:3000';
export const GET = () => Response.json({ link: \`\${baseUrl}/verify\` });
`,
    },
    findings: [{ at: `env.VERCEL_ENV === 'production'`, path: 'src/app/api/mail/route.ts' }],
  },
  {
    title: 'what production goes without is worth a hint',
    code: `import { createServer } from './graph';

const isDevelopment = process.env.NODE_ENV === 'development';
export const server = createServer({
  schemaFile: isDevelopment ? './data/schema.graphql' : undefined,
  replica: isDevelopment ? undefined : './replica.graphql',
});
`,
    findings: [
      { at: 'isDevelopment', occurrence: 2, severity: 'hint' },
      { at: 'isDevelopment', occurrence: 3 },
    ],
  },
  {
    title: 'groups of settings that a switch picks',
    files: {
      'server.js': `const config = require('./config');
require('http').createServer((_, res) => res.end(config.title)).listen(process.env.PORT);
`,
      'config/index.js': `const base = require('./base');
const dev = require('./dev');
const pro = require('./pro');
function load() {
  switch (process.env.NODE_ENV) {
    case 'production':
      return Object.assign({}, base, pro);
    default:
      return Object.assign({}, base, dev);
  }
}
module.exports = load();
`,
      'config/base.js': `module.exports = { title: 'Shop' };\n`,
      'config/dev.js': `module.exports = { api: 'http://localhost:4000' };\n`,
      'config/pro.js': `module.exports = { api: 'https://api.acme.io' };\n`,
    },
    findings: [{ at: 'process.env.NODE_ENV', path: 'config/index.js' }],
  },
  {
    title: 'a private package that the apps of a workspace load',
    files: {
      'package.json': '{ "name": "mono", "private": true, "workspaces": ["packages/*", "apps/*"] }',
      'packages/settings/package.json':
        '{ "name": "@acme/settings", "version": "1.0.0", "private": true, "main": "src/index.ts" }',
      'packages/settings/src/index.ts': `export const apiUrl = process.env.NODE_ENV === 'production' ? 'https://api.acme.io' : 'https://api.acme.dev';
`,
      'apps/api/package.json':
        '{ "name": "api", "private": true, "scripts": { "start": "node dist/server.js" }, "dependencies": { "@acme/settings": "workspace:*" } }',
      'apps/api/src/server.ts': `import { createServer } from 'node:http';
import { apiUrl } from '@acme/settings';
createServer((_, res) => res.end(apiUrl)).listen(process.env.PORT);
`,
    },
    findings: [
      { at: `process.env.NODE_ENV === 'production'`, path: 'packages/settings/src/index.ts' },
    ],
  },
  {
    title: 'a flag that ConfigService is asked for, and a region',
    files: {
      'package.json':
        '{ "name": "api", "private": true, "scripts": { "start": "node dist/main.js" }, "dependencies": { "@nestjs/config": "^3.0.0", "@nestjs/common": "^10.0.0" } }',
      'src/main.ts': `import { ConfigService } from '@nestjs/config';
export class Mails {
  constructor(private readonly config: ConfigService) {}
  options() {
    const isProduction = this.config.get<string>('PRODUCTION') === 'true';
    const sender = isProduction ? 'no-reply@acme.io' : 'dev@acme.io';
    const topic = process.env.CLOUD_REGION === 'STAGING' ? 'mails-staging' : 'mails';
    return { sender, topic };
  }
}
`,
    },
    findings: [
      {
        at: 'isProduction',
        occurrence: 2,
        path: 'src/main.ts',
        message: '`sender` depends on the environment’s name; give it a variable of its own.',
      },
      { at: "process.env.CLOUD_REGION === 'STAGING'", path: 'src/main.ts' },
    ],
  },
  {
    title: 'the own address, compared with those of the product’s deploys',
    files: {
      'package.json':
        '{ "name": "api", "private": true, "scripts": { "start": "node dist/main.js" }, "dependencies": { "express": "^5.0.0" } }',
      'src/main.ts': `import express from 'express';
import { isCloud } from './deploys';
export const billing = isCloud ? 'https://billing.acme.io' : 'https://billing.example.org';
export const limit = process.env.APP_URL === 'https://app.acme.io' ? 100 : 10;
express().listen(process.env.PORT);
`,
      'src/deploys.ts': `const OWN = ['https://app.acme.io', 'https://eu.acme.io'];
export const isCloud = OWN.includes(process.env.APP_URL ?? '');
`,
    },
    findings: [
      { at: 'isCloud', occurrence: 2, path: 'src/main.ts' },
      { at: "process.env.APP_URL === 'https://app.acme.io'", path: 'src/main.ts' },
    ],
  },
  {
    title: 'work that is skipped where the environment has another name',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node dist/server.js" }, "dependencies": { "express": "5", "zod": "3", "pg": "8" } }',
      'src/server.ts': `import express from 'express';
import { env } from './env';
import { pool } from './pool';
export async function isMember(id: string): Promise<boolean> {
  if (process.env.NODE_ENV === 'development') {
    return true;
  }
  const { rows } = await pool.query('SELECT 1 FROM members WHERE id = $1', [id]);
  return rows.length > 0;
}
export async function notify(text: string): Promise<void> {
  if (env.CLOUD_ENV !== 'prod') {
    console.log('skipped', text);
    return;
  }
  await fetch(env.HOOK_URL, { method: 'POST', body: text });
}
export function charge(body: string): void {
  if (process.env.PRODUCTION !== 'true') return;
  void fetch(env.HOOK_URL, { method: 'POST', body });
}
express().listen(process.env.PORT);
`,
      'src/pool.ts': `import { Pool } from 'pg';
export const pool = new Pool({ connectionString: process.env.DATABASE_URL });
`,
      'src/env.ts': `import { z } from 'zod';
export const env = z.object({ CLOUD_ENV: z.string(), HOOK_URL: z.string() }).parse(process.env);
`,
    },
    findings: [
      {
        at: `process.env.NODE_ENV === 'development'`,
        path: 'src/server.ts',
        message: 'The environment’s name decides what runs here; let a variable say it.',
      },
      { at: `env.CLOUD_ENV !== 'prod'`, path: 'src/server.ts' },
      { at: `process.env.PRODUCTION !== 'true'`, path: 'src/server.ts' },
    ],
  },
  {
    title: 'a variable called PRODUCTION, asked for through a service and a schema',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node dist/main.js" }, "dependencies": { "@nestjs/common": "10", "@nestjs/config": "3", "@t3-oss/env-core": "0.13", "zod": "3" } }',
      'src/main.ts': `import { ConfigService } from '@nestjs/config';
import { env } from './env';
export class Files {
  constructor(private readonly config: ConfigService) {}
  bucket() {
    return this.config.get<boolean>('PRODUCTION') ? 'acme-files' : 'acme-files-dev';
  }
  region() {
    return env.PRODUCTION ? 'eu-west-1' : 'eu-central-1';
  }
}
`,
      'src/env.ts': `import { createEnv } from '@t3-oss/env-core';
import { z } from 'zod';
export const env = createEnv({
  server: { PRODUCTION: z.coerce.boolean() },
  runtimeEnv: process.env,
});
`,
    },
    findings: [
      { at: `this.config.get<boolean>('PRODUCTION')`, path: 'src/main.ts' },
      { at: 'env.PRODUCTION', path: 'src/main.ts' },
    ],
  },
  {
    title:
      'which environment of somebody else’s service; a package of the workspace whose sources are bundled',
    files: {
      'package.json': '{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }',
      'apps/api/package.json':
        '{ "name": "api", "private": true, "scripts": { "start": "node dist/server.js" }, "dependencies": { "express": "^5.0.0", "@acme/payments": "*" } }',
      'apps/api/src/server.ts': `import express from 'express';
import { payments } from '@acme/payments';
const app = express();
app.get('/plans', async (_, res) => res.json(await payments.plans()));
app.listen(process.env.PORT);
`,
      'packages/payments/package.json':
        '{ "name": "@acme/payments", "version": "0.0.1", "main": "src/index.ts" }',
      'packages/payments/src/index.ts': `import { Polar } from '@polar-sh/sdk';
import { Paypal, LogLevel } from './paypal';
export const payments = new Polar({
  accessToken: process.env.POLAR_TOKEN,
  server: process.env.NODE_ENV === 'production' ? 'production' : 'sandbox',
});
export const paypal = new Paypal({
  environment: process.env.NODE_ENV === 'production' ? 'live' : 'sandbox',
  logLevel: process.env.NODE_ENV === 'development' ? LogLevel.Debug : undefined,
});
`,
      'packages/payments/src/paypal.ts': `export enum LogLevel { Debug, Info }
export class Paypal {
  constructor(readonly options: object) {}
}
`,
    },
    findings: [
      {
        at: "process.env.NODE_ENV === 'production'",
        path: 'packages/payments/src/index.ts',
        message: '\`server\` depends on the environment’s name; give it a variable of its own.',
      },
      {
        at: "process.env.NODE_ENV === 'production'",
        occurrence: 2,
        path: 'packages/payments/src/index.ts',
      },
      { at: "process.env.NODE_ENV === 'development'", path: 'packages/payments/src/index.ts' },
    ],
  },
];
