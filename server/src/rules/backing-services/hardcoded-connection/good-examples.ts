import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'everything from the environment',
    code: `import { Pool } from 'pg';
import mongoose from 'mongoose';
import { createClient } from 'redis';
export const pool = new Pool({ host: process.env.DB_HOST, port: 5432, user: 'app', database: 'app' });
export const fromVariables = new Pool();
await mongoose.connect(process.env.MONGODB_URI!);
export const redis = createClient({ url: process.env.REDIS_URL });
`,
  },
  {
    title: 'a default behind a variable is another rule’s finding',
    code: `import mongoose from 'mongoose';
const { MONGO_URL = 'mongodb://localhost/app' } = process.env;
const url = process.env.DATABASE_URL || 'mongodb://localhost/app';
let other = 'mongodb://localhost/app';
if (process.env.OTHER) other = process.env.OTHER;
await mongoose.connect(MONGO_URL);
await mongoose.createConnection(url);
await mongoose.createConnection(other);
`,
  },
  {
    title: 'parts from the environment',
    code: `import amqp from 'amqplib';
const { RABBIT_HOST, RABBIT_USER, RABBIT_PASSWORD } = process.env;
await amqp.connect(\`amqp://\${RABBIT_USER}:\${RABBIT_PASSWORD}@\${RABBIT_HOST}:5672\`);
await amqp.connect('amqp://' + RABBIT_HOST + ':5672');
`,
  },
  {
    title: 'drivers that keep their data in a file or in memory ignore host and account',
    path: 'src/database.js',
    code: `const { Sequelize } = require('sequelize');
const knex = require('knex');
module.exports = {
  sequelize: new Sequelize('database', 'user', 'password', { host: 'localhost', dialect: 'sqlite' }),
  memory: new Sequelize('sqlite::memory:'),
  knex: knex({ client: 'better-sqlite3', connection: { filename: process.env.DB_FILE } }),
};
`,
  },
  {
    title: 'tests and one-off scripts',
    files: {
      'src/server.ts': `import mongoose from 'mongoose';
await mongoose.connect(process.env.MONGODB_URI!);
`,
      'test/users.test.ts': `import mongoose from 'mongoose';
await mongoose.connect('mongodb://localhost/test');
`,
      'scripts/import.ts': `import mongoose from 'mongoose';
await mongoose.connect('mongodb://localhost/dev');
`,
    },
  },
  {
    title: 'development only',
    files: {
      'src/server.js': `const Redis = require('ioredis');
if (process.env.NODE_ENV === 'development') {
  module.exports = new Redis('redis://localhost:6379');
}
`,
      'knexfile.js': `module.exports = {
  development: { client: 'mysql2', connection: 'mysql://root@localhost/dev' },
  test: { client: 'mysql2', connection: { host: 'localhost', user: 'root' } },
  production: { client: 'mysql2', connection: process.env.DATABASE_URL },
};
`,
      'config/config.json': `{
  "development": { "username": "root", "host": "127.0.0.1", "dialect": "mysql" },
  "production": { "use_env_variable": "DATABASE_URL", "dialect": "mysql" }
}
`,
    },
  },
  {
    title: 'messages, comparisons and prefixes',
    path: 'src/check.ts',
    code: `const url = process.env.DATABASE_URL ?? '';
if (!url.startsWith('postgres://')) throw new Error('Set DATABASE_URL, e.g. postgres://localhost:5432/app');
console.log('Connected to redis://localhost:6379');
export const isLocal = url === 'postgres://localhost:5432/app';
export const example = 'mongodb://localhost:27017/app';
export const protocol = 'amqp://';
`,
  },
  {
    title: 'a socket, a service by name, a setting that a schema defaults',
    code: `import { Pool } from 'pg';
import nodemailer from 'nodemailer';
import { z } from 'zod';
export const pool = new Pool({ host: '/cloudsql/acme:eu:db', user: process.env.DB_USER });
export const mailer = nodemailer.createTransport({ service: 'gmail', auth: { user: process.env.MAIL_USER } });
export const json = nodemailer.createTransport({ jsonTransport: true });
export const env = z.object({ REDIS_URL: z.string().default('redis://localhost:6379') }).parse(process.env);
`,
  },
  {
    title: 'a Prisma schema that reads its URL, and one on a file',
    files: {
      'prisma/schema.prisma': `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
  // url   = "postgresql://localhost:5432/shop"
}
`,
      'prisma/local/schema.prisma': `datasource db {
  provider = "sqlite"
  url      = "file:./dev.db"
}
`,
    },
  },
  {
    title: 'objects that only look like connections',
    path: 'src/fields.ts',
    code: `export const fields = [{ type: 'mysql', label: 'Host', host: 'host' }];
export const limits = { host: 64, user: 32 };
export const table = { client: 'acme', host: process.env.ACME_HOST };
export const sizes: Record<string, number> = { 'redis://': 1 };
`,
  },
  {
    title: 'a constant that stands in for a missing variable, which local-default says',
    files: {
      'src/defaults.ts': `const DEFAULT_DATABASE_URL = 'postgres://localhost/starter';
export const DEFAULT_QUEUE = 'amqp://localhost';
export const databaseUrl = process.env.DATABASE_URL || DEFAULT_DATABASE_URL;
`,
      'src/server.ts': `import { Pool } from 'pg';
import { createServer } from 'node:http';
import { DEFAULT_QUEUE, databaseUrl } from './defaults';
export const pool = new Pool({ connectionString: databaseUrl });
export const queue = process.env.QUEUE_URL ?? DEFAULT_QUEUE;
createServer().listen(process.env.PORT);
`,
    },
  },
];
