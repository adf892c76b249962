import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
  {
    title: 'a connection string in a constant',
    path: 'src/database.js',
    code: `const mongoose = require('mongoose');

const uri = 'mongodb://localhost:27017/shop';

module.exports = () => mongoose.connect(uri);
`,
    findings: [
      {
        at: "'mongodb://localhost:27017/shop'",
        message:
          'The MongoDB at mongodb://localhost:27017 is fixed in code; read the connection from the environment.',
      },
    ],
    fixed: {
      'env-default': {
        'src/database.js': `const mongoose = require('mongoose');

const uri = process.env.MONGODB_URL ?? 'mongodb://localhost:27017/shop';

module.exports = () => mongoose.connect(uri);
`,
        '.env.example': `MONGODB_URL=mongodb://localhost:27017/shop
`,
      },
      'env-required': `const mongoose = require('mongoose');

const uri = process.env.MONGODB_URL;
if (!uri) {
  throw new Error('MONGODB_URL must be set');
}

module.exports = () => mongoose.connect(uri);
`,
    },
  },
  {
    title: 'the host of a client, in settings of another module',
    files: {
      'src/server.js': `const express = require('express');
const mysql = require('mysql2');
const settings = require('./settings');
const pool = mysql.createPool(settings.db);
express().listen(process.env.PORT);
module.exports = pool;
`,
      'src/settings.js': `module.exports = {
  db: {
    host: '10.0.3.17',
    user: process.env.DB_USER,
    password: process.env.DB_PASSWORD,
    database: 'shop',
  },
};
`,
    },
    findings: [
      {
        at: "'10.0.3.17'",
        path: 'src/settings.js',
        message:
          'The MySQL at 10.0.3.17 is fixed in code; read the connection from the environment.',
      },
    ],
    fixed: {
      'env-default': {
        'src/settings.js': `module.exports = {
  db: {
    host: process.env.DB_HOST ?? '10.0.3.17',
    user: process.env.DB_USER,
    password: process.env.DB_PASSWORD,
    database: 'shop',
  },
};
`,
        '.env.example': `DB_HOST=10.0.3.17
`,
      },
    },
  },
  {
    title: 'through the schema that the package has',
    files: {
      'src/server.ts': `import Redis from 'ioredis';
import { env } from './env';

export const redis = new Redis('redis://cache:6379');
console.log(env.PAGE_SIZE);
`,
      'src/env.ts': `import { z } from 'zod';

const schema = z.object({
  PAGE_SIZE: z.coerce.number().default(20),
});

export const env = schema.parse(process.env);
`,
    },
    findings: [{ at: "'redis://cache:6379'", path: 'src/server.ts' }],
    fixed: {
      'env-config': {
        'src/server.ts': `import Redis from 'ioredis';
import { env } from './env';

export const redis = new Redis(env.REDIS_URL);
console.log(env.PAGE_SIZE);
`,
        'src/env.ts': `import { z } from 'zod';

const schema = z.object({
  PAGE_SIZE: z.coerce.number().default(20),
  REDIS_URL: z.string().default('redis://cache:6379'),
});

export const env = schema.parse(process.env);
`,
        '.env.example': `REDIS_URL=redis://cache:6379
`,
      },
    },
  },
  {
    title: 'a host inside a string whose credentials come from the environment; brokers',
    code: `import { MongoClient } from 'mongodb';
import { Kafka } from 'kafkajs';

const user = process.env.MONGO_USER;
export const mongo = new MongoClient(\`mongodb://\${user}:\${process.env.MONGO_PASSWORD}@db.internal:27017/shop\`);
export const kafka = new Kafka({ clientId: 'shop', brokers: ['kafka1:9092', 'kafka2:9092'] });
`,
    findings: [{ at: 'db.internal' }, { at: "'kafka1:9092'" }],
  },
  {
    title: 'modules of nest, and mails',
    path: 'src/app.module.ts',
    code: `import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { TypeOrmModule } from '@nestjs/typeorm';
import nodemailer from 'nodemailer';

@Module({
  imports: [
    MongooseModule.forRoot('mongodb://localhost/nest'),
    TypeOrmModule.forRoot({ type: 'postgres', host: 'localhost', port: 5432, username: 'app' }),
  ],
})
export class AppModule {}

export const mailer = nodemailer.createTransport({
  host: 'smtp.shop-mails.io',
  port: 587,
  auth: { user: process.env.SMTP_USER, pass: process.env.SMTP_PASSWORD },
});
`,
    findings: [
      { at: "'mongodb://localhost/nest'" },
      { at: "'localhost'" },
      {
        at: "'smtp.shop-mails.io'",
        message:
          'The mail server at smtp.shop-mails.io is fixed in code; read the connection from the environment.',
      },
    ],
    fixed: {
      'env-default': `import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { TypeOrmModule } from '@nestjs/typeorm';
import nodemailer from 'nodemailer';

@Module({
  imports: [
    MongooseModule.forRoot(process.env.MONGODB_URL ?? 'mongodb://localhost/nest'),
    TypeOrmModule.forRoot({ type: 'postgres', host: process.env.DATABASE_HOST ?? 'localhost', port: 5432, username: 'app' }),
  ],
})
export class AppModule {}

export const mailer = nodemailer.createTransport({
  host: process.env.SMTP_HOST ?? 'smtp.shop-mails.io',
  port: 587,
  auth: { user: process.env.SMTP_USER, pass: process.env.SMTP_PASSWORD },
});
`,
    },
  },
  {
    title: 'clients that go to this machine when nothing is said',
    path: 'src/queue.js',
    code: `const Queue = require('bull');
const Redis = require('ioredis');
const mysql = require('mysql');

const mails = new Queue('mails');
const cache = new Redis();
const db = mysql.createConnection({ user: 'shop', password: process.env.DB_PASSWORD, database: 'shop' });
module.exports = { mails, cache, db };
`,
    findings: [
      { at: 'Queue', occurrence: 2, severity: 'information' },
      {
        at: 'Redis',
        occurrence: 2,
        severity: 'information',
        message:
          'Without an address this connects to the Redis on its own machine; read one from the environment.',
      },
      {
        at: "'shop'",
        message:
          'The MySQL and the account for it are fixed in code; read the connection from the environment.',
      },
    ],
  },
  {
    title: 'settings that tools read',
    files: {
      'knexfile.js': `module.exports = {
  development: { client: 'pg', connection: { host: 'localhost', database: 'dev' } },
  production: { client: 'pg', connection: { host: 'db.shop-data.io', database: 'shop' } },
};
`,
      'config/config.json': `{
  "development": { "username": "root", "host": "127.0.0.1", "dialect": "mysql" },
  "production": { "username": "shop", "host": "127.0.0.1", "dialect": "mysql" }
}
`,
      'ormconfig.json': `{ "type": "postgres", "host": "localhost", "port": 5432, "username": "app", "database": "app" }
`,
    },
    findings: [
      { at: '"127.0.0.1"', occurrence: 2, path: 'config/config.json' },
      { at: "'db.shop-data.io'", path: 'knexfile.js' },
      { at: '"localhost"', path: 'ormconfig.json' },
    ],
  },
  {
    title: 'a settings file that code loads',
    files: {
      'src/server.js': `const express = require('express');
const config = require('./config.json');
express().listen(process.env.PORT, () => console.log(config.name));
`,
      'src/config.json': `{ "name": "shop", "cache": "redis://cache:6379", "db": { "type": "mysql", "host": "db" } }
`,
    },
    findings: [
      { at: 'redis://cache:6379', path: 'src/config.json' },
      { at: '"db"', occurrence: 2, path: 'src/config.json' },
    ],
  },
  {
    title: 'a Prisma schema',
    files: {
      'package.json': `{ "name": "shop", "private": true, "dependencies": { "@prisma/client": "5.0.0" } }
`,
      'prisma/schema.prisma': `datasource db {
  provider = "postgresql"
  url      = "postgresql://localhost:5432/shop"
}
`,
    },
    findings: [{ at: '"postgresql://localhost:5432/shop"', path: 'prisma/schema.prisma' }],
    fixed: {
      'env-required': {
        'prisma/schema.prisma': `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
`,
        '.env.example': `DATABASE_URL=postgresql://localhost:5432/shop
`,
      },
    },
  },
  {
    title: 'constants that connection strings are built from',
    path: 'server.js',
    code: `const mongoose = require('mongoose');
const redis = require('redis');
const SERVER = 'mongodb://localhost:27017';
const host = 'redis.internal';
mongoose.connect(\`\${SERVER}/shop\`);
redis.createClient({ url: 'redis://' + host + ':6379' });
require('express')().listen(process.env.PORT);
`,
    findings: [{ at: "'mongodb://localhost:27017'" }, { at: "'redis.internal'" }],
  },
  {
    title: 'positional arguments, of which the first names the database',
    path: 'src/orm.js',
    code: `const { Sequelize } = require('sequelize');
module.exports = new Sequelize('shop', 'app', process.env.DB_PASSWORD, { host: 'db.shop-data.io', dialect: 'mysql' });
`,
    findings: [{ at: "'db.shop-data.io'" }],
  },
  {
    title: 'search, storage, and a string whose taker is not known',
    path: 'src/clients.ts',
    code: `import { Client } from '@elastic/elasticsearch';
import { S3Client } from '@aws-sdk/client-s3';
import { connectTo } from './bus';

export const search = new Client({ node: 'http://elastic:9200' });
export const storage = new S3Client({ endpoint: 'http://minio:9000', region: 'eu-central-1' });
export const bus = connectTo({ url: 'amqp://rabbitmq' });
`,
    findings: [
      { at: "'http://elastic:9200'" },
      { at: "'http://minio:9000'" },
      { at: "'amqp://rabbitmq'" },
    ],
  },
  {
    title: 'the mail server in settings that a mailer is given elsewhere',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^4.18.0", "nodemailer": "^6.9.0" } }',
      'server.js': `const config = require('./config');
require('express')().listen(process.env.PORT, () => console.log(config.name));
`,
      'config.js': `module.exports = {
  name: 'shop',
  mailer: {
    host: 'smtp.acme-mail.io',
    port: 465,
    auth: { user: process.env.MAIL_USER, pass: process.env.MAIL_PASSWORD },
  },
  push: { host: 'cards.acme-mail.io', title: 'news' },
};
`,
    },
    findings: [{ at: "'smtp.acme-mail.io'", path: 'config.js' }],
  },
  {
    title: 'a default that a client is given as it is',
    code: `import { Pool } from 'pg';
const DEFAULT_DATABASE_URL = 'postgres://localhost/starter';
export const url = process.env.DATABASE_URL || DEFAULT_DATABASE_URL;
export const pool = new Pool({ connectionString: DEFAULT_DATABASE_URL });
`,
    findings: [{ at: `'postgres://localhost/starter'` }],
  },
];
