import { environmentReads } from '../../base/values';
import { defineRule } from '../../engine/rule';
import { environmentQuestion, isEnvironmentName } from '../../project/environment/environment-name';
import { marksOf } from '../../project/facts/marks';
import { onSource } from '../../project/facts/source-handlers';
import { localOrRemote } from '../../project/services/adapters';
import { readBranch, type Branch } from '../../project/services/branches';
import type { AdapterKind } from '../../vocabulary/adapters';

const ADAPTER =
  /s3|gcs|cloudinary|minio|blob|redis|memcache|valkey|\bses(?:\b|client|transport)|sendgrid|mailgun|postmark|resend|mailjet|smtp|bull|amqp|sqs|rabbit|kafka/i;
const LABELS: Readonly<Record<AdapterKind, string>> = {
  storage: 'where files are kept',
  mail: 'how mail is sent',
  cache: 'where shared state is kept',
  queue: 'where jobs go',
};

const MARKS = marksOf<Branch>('local-vs-remote-branch');

export default defineRule({
  id: 'local-vs-remote-branch',
  factor: 'backing-services',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Code chooses between a local stand-in and a real service.',
  why: 'To the code a service on this machine and one of a provider are the same thing: a resource at an address. A branch that writes to the disk here and to a bucket there, or keeps sessions in memory unless Redis is set, is two programs in one, and only one of them is tested. One adapter, configured by an address, lets development use a local server of the same kind (MinIO, Redis, a mail catcher) over the same code.',
  whenNotToUse:
    'In a product whose operators choose between several stores on purpose, each of which is tested.',
  fix: 'none',
  hints: [
    /\b(?:NODE_ENV|is_?(?:prod|dev)\w*)\b/i,
    /(?:S3|Redis|Memcached|Cloudinary|Minio|SendGrid|Mailgun)\w*(?:Storage|Store|Adapter|Provider|Cache|Queue|Mailer|Transport|Driver|Service)\b/,
  ],
  scope: { modules: 'settings', deployment: 'hint-where-unlikely' },
  messages: {
    environment:
      'The environment’s name decides {what}: locally, or in a service; use one adapter, configured by its address.',
    flag: 'A flag decides {what}: locally, or in a service; use one adapter, configured by its address.',
  },
  source: [
    onSource(['ConditionalExpression', 'IfStatement', 'SwitchStatement'], (node, context) => {
      if (node.end - node.pos > 6_000) return;
      if (!ADAPTER.test(context.syntax.text.slice(node.pos, node.end))) return;
      const branch = readBranch(node, context.evaluate);
      if (branch && localOrRemote(branch.sides, branch.name))
        MARKS.leave(context, branch.askedSpan, branch);
    }),
  ],
  judge(mark, { resolve, report }) {
    const branch = MARKS.data(mark);
    const kind = localOrRemote(branch.sides, branch.name);
    const asked = resolve(branch.asked);
    const question = environmentQuestion(asked);
    if (!kind || question?.testOnly) return;
    const byName = question !== undefined || isEnvironmentName(asked);
    if (!byName && environmentReads(asked).length === 0) return;
    // A driver that is named by a variable is an adapter's own choice, if a coarse one.
    const isQuiet = !byName && branch.form === 'switch';
    report({
      at: mark.span,
      message: byName ? 'environment' : 'flag',
      data: { what: LABELS[kind] },
      ...(isQuiet ? { severity: 'hint' } : {}),
    });
  },
  examples: {
    bad: [
      {
        title: 'disk or bucket',
        path: 'src/uploads.js',
        code: `const fs = require('fs/promises');
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');

async function save(name, data) {
  if (process.env.NODE_ENV === 'production') {
    await new S3Client({}).send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: name, Body: data }));
  } else {
    await fs.writeFile(\`./uploads/\${name}\`, data);
  }
}
module.exports = { save };
`,
        findings: [
          {
            at: "process.env.NODE_ENV === 'production'",
            message:
              'The environment’s name decides where files are kept: locally, or in a service; use one adapter, configured by its address.',
          },
        ],
      },
      {
        title: 'sessions in memory unless a flag says otherwise',
        code: `import session from 'express-session';
import { RedisStore } from 'connect-redis';
import { createClient } from 'redis';
import express from 'express';

const client = createClient({ url: process.env.REDIS_URL });
export const store = process.env.USE_REDIS === 'true' ? new RedisStore({ client }) : new session.MemoryStore();
export const app = express();
app.use(session({ secret: process.env.SESSION_SECRET!, store: process.env.REDIS_URL ? new RedisStore({ client }) : undefined }));
app.listen(process.env.PORT);
`,
        findings: [
          {
            at: "process.env.USE_REDIS === 'true'",
            message:
              'A flag decides where shared state is kept: locally, or in a service; use one adapter, configured by its address.',
          },
          { at: 'process.env.REDIS_URL', occurrence: 2 },
        ],
      },
      {
        title: 'mails, and adapters by their names',
        files: {
          'src/server.ts': `import express from 'express';
import nodemailer from 'nodemailer';
import { config } from './config';
import { LocalFileStorage } from './storage/local';
import { S3Storage } from './storage/s3';

export const mailer = config.isProduction
  ? nodemailer.createTransport({ SES: {} })
  : nodemailer.createTransport({ jsonTransport: true });

export function storage() {
  if (process.env.STORAGE === 's3') return new S3Storage();
  return new LocalFileStorage();
}
express().listen(process.env.PORT);
`,
          'src/config.ts': `export const config = { isProduction: process.env.NODE_ENV === 'production' };
`,
          'src/storage/local.ts': `export class LocalFileStorage {}
`,
          'src/storage/s3.ts': `export class S3Storage {}
`,
        },
        findings: [
          { at: 'config.isProduction', path: 'src/server.ts' },
          { at: "process.env.STORAGE === 's3'", path: 'src/server.ts' },
        ],
      },
    ],
    good: [
      {
        title: 'one adapter, configured by its address',
        code: `import { S3Client } from '@aws-sdk/client-s3';
import Keyv from 'keyv';
export const storage = new S3Client({ endpoint: process.env.S3_ENDPOINT, forcePathStyle: process.env.S3_ENDPOINT !== undefined });
export const cache = new Keyv(process.env.CACHE_URL);
`,
      },
      {
        title: 'dialects of one database, and a cache that is only sometimes asked',
        path: 'src/queries.js',
        code: `const redis = require('./redis');
const env = require('./env');
async function find(knex, id) {
  if (env.REDIS_ENABLED) {
    const cached = await redis.client.get(id);
    if (cached) return JSON.parse(cached);
  }
  const select = process.env.DB_CLIENT === 'pg' ? knex.raw('now()') : knex.raw('CURRENT_TIMESTAMP');
  return knex('links').select(select).where({ id });
}
module.exports = { find };
`,
      },
      {
        title: 'tests',
        files: {
          'src/server.ts': `import { createStore } from './store';
export const store = createStore();
`,
          'src/store.ts': `import session from 'express-session';
import { RedisStore } from 'connect-redis';
export function createStore() {
  return process.env.NODE_ENV === 'test' ? new session.MemoryStore() : new RedisStore({ client: null });
}
`,
          'test/store.test.ts': `import { RedisStore } from 'connect-redis';
export const store = process.env.CI ? new RedisStore({}) : new MemoryStore();
`,
        },
      },
      {
        title: 'a choice by what a request brings',
        path: 'src/files.js',
        code: `const fs = require('fs/promises');
const s3 = require('./s3');
async function read(file) {
  if (file.location === 's3') return s3.getObject(file.key);
  return fs.readFile(file.path);
}
async function store(file, limit) {
  return file.size > limit ? s3.upload(file) : fs.writeFile(file.path, file.data);
}
module.exports = { read, store };
`,
      },
      {
        title: 'two remote services, and settings of one',
        code: `import nodemailer from 'nodemailer';
import Redis from 'ioredis';
export const redis = process.env.REDIS_CLUSTER ? new Redis.Cluster([{ host: process.env.REDIS_HOST }]) : new Redis(process.env.REDIS_URL!);
export const mailer = nodemailer.createTransport(process.env.SMTP_URL, { secure: process.env.NODE_ENV === 'production' });
`,
      },
    ],
  },
});
