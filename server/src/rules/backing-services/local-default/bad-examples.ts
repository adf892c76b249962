import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
  {
    title: 'a database in a config module',
    path: 'src/config.js',
    code: `module.exports = {
  port: process.env.PORT || 3000,
  db: process.env.MONGODB_URI || 'mongodb://localhost:27017/shop',
};
`,
    findings: [
      {
        at: "'mongodb://localhost:27017/shop'",
        message:
          'Without `MONGODB_URI` the app silently uses the MongoDB at mongodb://localhost:27017; require the variable instead.',
      },
    ],
    fixed: {
      'env-required': `const MONGODB_URI = process.env.MONGODB_URI;
if (!MONGODB_URI) {
  throw new Error('MONGODB_URI must be set');
}

module.exports = {
  port: process.env.PORT || 3000,
  db: MONGODB_URI,
};
`,
    },
  },
  {
    title: 'hosts, one after another, and a broker list',
    code: `import { Kafka } from 'kafkajs';
import Redis from 'ioredis';

const redisHost = process.env.REDIS_HOST ?? '127.0.0.1';
export const redis = new Redis({ host: redisHost, port: 6379 });
export const kafka = new Kafka({ brokers: (process.env.BROKER_LIST || 'localhost:9092').split(',') });
export const ordersUrl = process.env.ORDERS_SERVICE_URL || 'http://localhost:4100';
`,
    findings: [
      { at: "'127.0.0.1'" },
      { at: "'localhost:9092'" },
      {
        at: "'http://localhost:4100'",
        message:
          'Without `ORDERS_SERVICE_URL` the app silently uses the service at http://localhost:4100; require the variable instead.',
      },
    ],
  },
  {
    title: 'envalid, beside a default for development only',
    path: 'src/env.ts',
    code: `import { cleanEnv, num, str } from 'envalid';

export const env = cleanEnv(process.env, {
  PORT: num({ default: 3000 }),
  DB_HOST: str({ default: 'localhost' }),
  DB_NAME: str({ default: 'shop' }),
  SMTP_HOST: str({ default: 'localhost', desc: 'Where mails are handed over' }),
  REDIS_URL: str({ devDefault: 'redis://localhost:6379' }),
});
`,
    findings: [{ at: "'localhost'" }, { at: "'localhost'", occurrence: 2 }],
    fixed: {
      'env-required': `import { cleanEnv, num, str } from 'envalid';

export const env = cleanEnv(process.env, {
  PORT: num({ default: 3000 }),
  DB_HOST: str(),
  DB_NAME: str({ default: 'shop' }),
  SMTP_HOST: str({ desc: 'Where mails are handed over' }),
  REDIS_URL: str({ devDefault: 'redis://localhost:6379' }),
});
`,
    },
  },
  {
    title: 'zod',
    path: 'src/env.ts',
    code: `import { z } from 'zod';

const schema = z.object({
  DATABASE_URL: z.string().url().default('postgres://localhost:5432/app'),
  PAGE_SIZE: z.coerce.number().default(20),
});

export const env = schema.parse(process.env);
`,
    findings: [{ at: "'postgres://localhost:5432/app'" }],
    fixed: {
      'env-required': `import { z } from 'zod';

const schema = z.object({
  DATABASE_URL: z.string().url(),
  PAGE_SIZE: z.coerce.number().default(20),
});

export const env = schema.parse(process.env);
`,
    },
  },
  {
    title: 'joi in a nest module, and a getter with a default',
    path: 'src/app.module.ts',
    code: `import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { TypeOrmModule } from '@nestjs/typeorm';
import * as Joi from 'joi';

@Module({
  imports: [
    ConfigModule.forRoot({
      validationSchema: Joi.object({
        REDIS_HOST: Joi.string().default('localhost'),
      }),
    }),
    TypeOrmModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        type: 'postgres',
        host: config.get<string>('DB_HOST', 'localhost'),
      }),
    }),
  ],
})
export class AppModule {}
`,
    findings: [{ at: "'localhost'" }, { at: "'localhost'", occurrence: 2 }],
    fixed: {
      'env-required': `import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { TypeOrmModule } from '@nestjs/typeorm';
import * as Joi from 'joi';

@Module({
  imports: [
    ConfigModule.forRoot({
      validationSchema: Joi.object({
        REDIS_HOST: Joi.string().required(),
      }),
    }),
    TypeOrmModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        type: 'postgres',
        host: config.getOrThrow<string>('DB_HOST'),
      }),
    }),
  ],
})
export class AppModule {}
`,
    },
  },
  {
    title: 'a JSON schema of fastify',
    path: 'src/plugins/env.ts',
    code: `import env from '@fastify/env';

const schema = {
  type: 'object',
  required: ['MYSQL_USER'],
  properties: {
    MYSQL_HOST: {
      type: 'string',
      default: 'localhost',
    },
    MYSQL_PORT: { type: 'number', default: 3306 },
    MYSQL_USER: { type: 'string' },
  },
};

export const autoConfig = { schema, dotenv: true };
export default env;
`,
    findings: [{ at: "'localhost'" }],
    fixed: {
      'env-required': `import env from '@fastify/env';

const schema = {
  type: 'object',
  required: ['MYSQL_USER', 'MYSQL_HOST'],
  properties: {
    MYSQL_HOST: {
      type: 'string',
    },
    MYSQL_PORT: { type: 'number', default: 3306 },
    MYSQL_USER: { type: 'string' },
  },
};

export const autoConfig = { schema, dotenv: true };
export default env;
`,
    },
  },
  {
    title: 'convict and env-var',
    path: 'src/config.ts',
    code: `import convict from 'convict';
import env from 'env-var';

export const config = convict({
  elastic: { format: String, default: 'http://localhost:9200', env: 'ELASTICSEARCH_URL' },
});
export const amqpUrl = env.get('AMQP_URL').default('amqp://localhost').asString();
`,
    findings: [{ at: "'http://localhost:9200'" }, { at: "'amqp://localhost'" }],
    fixed: {
      'env-required': `import convict from 'convict';
import env from 'env-var';

export const config = convict({
  elastic: { format: String, default: null, env: 'ELASTICSEARCH_URL' },
});
export const amqpUrl = env.get('AMQP_URL').required().asString();
`,
    },
  },
  {
    title: 'a chain of variables, a choice, a default that reaches the client by another module',
    files: {
      'src/server.js': `const mongoose = require('mongoose');
const { dbUrl } = require('./settings');
const url = process.env.DATABASE ? process.env.DATABASE : 'mongodb://127.0.0.1/app';
mongoose.connect(process.env.MONGOLAB_URI || process.env.MONGOHQ_URL || 'mongodb://localhost/app');
mongoose.createConnection(dbUrl);
mongoose.createConnection(url);
`,
      'src/settings.js': `let dbUrl = 'mongodb://localhost/audit';
if (process.env.AUDIT) dbUrl = process.env.AUDIT;
module.exports = { dbUrl };
`,
    },
    findings: [
      { at: "'mongodb://127.0.0.1/app'", path: 'src/server.js' },
      { at: "'mongodb://localhost/app'", path: 'src/server.js' },
      { at: "'mongodb://localhost/audit'", path: 'src/settings.js' },
    ],
  },
  {
    title: 'the app’s own address and a neighbour in one network are hinted at',
    path: 'src/settings.ts',
    code: `export const baseUrl = process.env.BASE_URL ?? 'http://localhost:3000';
export const redisUrl = process.env.REDIS_URL ?? 'redis://redis:6379';
`,
    findings: [
      {
        at: "'http://localhost:3000'",
        severity: 'hint',
        message:
          'Without `BASE_URL` the app silently uses http://localhost:3000; require the variable instead.',
      },
      { at: "'redis://redis:6379'", severity: 'hint' },
    ],
  },
  {
    title: 'a variable that went through a schema with all the others',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "main": "src/server.js", "dependencies": { "pg": "^8.0.0", "joi": "^17.0.0" } }\n',
      'src/settings.js': `const Joi = require('joi');
const { error, value: env } = Joi.object({ DB_HOST: Joi.string() }).unknown().validate(process.env);
if (error) throw error;
exports.host = env.DB_HOST;
`,
      'src/server.js': `const { Pool } = require('pg');
const settings = require('./settings');
module.exports = new Pool({ host: settings.host || 'localhost' });
`,
    },
    findings: [
      {
        at: "'localhost'",
        path: 'src/server.js',
        message:
          'Without `DB_HOST` the app silently uses the PostgreSQL at localhost; require the variable instead.',
      },
    ],
  },
  {
    title: 'a scanner of uploads, on this machine or beside it',
    path: 'src/config.js',
    code: `module.exports = {
  scanner: process.env.CLAMAV_HOST || (process.env.IN_DOCKER ? 'clamav' : '127.0.0.1'),
};
`,
    findings: [
      {
        at: "'127.0.0.1'",
        message:
          'Without `CLAMAV_HOST` the app silently uses the service at 127.0.0.1; require the variable instead.',
      },
    ],
  },
  {
    title: 'a list of brokers that a variable is cut into',
    path: 'src/config.js',
    code: `module.exports = {
  brokers: process.env.KAFKA_BROKERS?.split(',').map((each) => each.trim()) || ['localhost:9092'],
};
`,
    findings: [{ at: "'localhost:9092'" }],
  },
  {
    title: 'the default of a parameter that reaches a client',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node dist/server.js" }, "dependencies": { "express": "5", "ioredis": "5" } }',
      'src/server.ts': `import express from 'express';
import { Cache } from './cache';
const cache = new Cache();
express().get('/', async (_, response) => response.json(await cache.get('x'))).listen(process.env.PORT);
`,
      'src/cache.ts': `import Redis from 'ioredis';
export class Cache {
  private readonly client: Redis;
  constructor(private readonly url = 'redis://localhost:6379') {
    this.client = new Redis(this.url);
  }
  get(key: string) {
    return this.client.get(key);
  }
}
`,
    },
    findings: [
      {
        at: `'redis://localhost:6379'`,
        path: 'src/cache.ts',
        message:
          'A missing setting silently becomes the Redis at redis://localhost:6379; require it instead.',
      },
    ],
  },
  {
    title: 'settings of convict that no variable sets',
    path: 'config.js',
    code: `const convict = require('convict');
module.exports = convict({
  port: { format: 'port', default: 3000, env: 'PORT' },
  host: { format: String, default: 'localhost' },
  redis: {
    host: { doc: 'cache', format: String, default: 'localhost' },
    prefix: { format: String, default: 'shop' },
  },
  mongo: { url: { format: String, default: 'mongodb://localhost:27017/shop' } },
  amqp: { url: { format: String, default: 'amqp://localhost', env: 'AMQP_URL' } },
});
`,
    findings: [
      {
        at: `'localhost'`,
        occurrence: 2,
        message: 'A missing setting silently becomes the Redis at localhost; require it instead.',
      },
      { at: `'mongodb://localhost:27017/shop'` },
      {
        at: `'amqp://localhost'`,
        message:
          'Without `AMQP_URL` the app silently uses the message broker at amqp://localhost; require the variable instead.',
      },
    ],
  },
  {
    title: 'a document of Confidence',
    path: 'manifest.js',
    code: `const Confidence = require('@hapipal/confidence');
module.exports = new Confidence.Store({
  server: { port: { $param: 'PORT', $coerce: 'number', $default: 3000 } },
  register: {
    plugins: [
      { plugin: './cache', options: { url: { $param: 'REDIS_URL', $default: 'redis://localhost:6379' } } },
    ],
  },
});
`,
    findings: [
      {
        at: `'redis://localhost:6379'`,
        message:
          'Without `REDIS_URL` the app silently uses the Redis at redis://localhost:6379; require the variable instead.',
      },
    ],
  },
];
