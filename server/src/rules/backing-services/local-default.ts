import { requireVariableFix } from '../../engine/fixes/required-default';
import { defineRule, onSource } from '../../engine/rule';
import { literalPosition } from '../../project/literal-position';
import { describeConnection } from '../../project/services/connection-text';
import { isDevelopmentSettings } from '../../project/services/environment-sections';
import { localDefaults } from '../../project/services/local-defaults';
import { serviceLabel } from '../../project/services/service-names';
import { settingsScope } from '../../project/services/settings-scope';

export default defineRule({
  id: 'local-default',
  factor: 'backing-services',
  severity: 'information',
  since: '0.1.0',
  summary: 'A missing variable makes the app use a service on localhost.',
  why: 'Backing services are attached resources: the deploy says where they are. With a default on localhost a deploy that forgets the variable does not fail at start, where everyone would see it. It talks to whatever listens on its own machine, or fails much later with a connection error that says nothing of the variable. A required variable stops the start with a message that names it; the developer’s value belongs into `.env`.',
  whenNotToUse:
    'When a helper on the same host belongs to every deploy by design, or when the default only ever serves development and the configuration is validated elsewhere.',
  fix: 'suggest',
  hints: [/\blocalhost\b|\b127\.0\.0\.1\b|\[::1\]|\bhost\.docker\.internal\b/],
  scope: { include: ['build'] },
  messages: {
    service:
      'Without `{name}` the app silently uses {service} at {target}; require the variable instead.',
    setting: 'A missing setting silently becomes {service} at {target}; require it instead.',
    address: 'Without `{name}` the app silently uses {target}; require the variable instead.',
  },
  source: [
    onSource(
      ['StringLiteral', 'NoSubstitutionTemplateLiteral', 'TemplateExpression'],
      (node, context) => {
        const { text } = context.syntax;
        if (!/localhost|127\.0\.0\.1|::1|host\.docker/.test(text.slice(node.pos, node.end))) return;
        const { development, use } = literalPosition(node, text);
        // What only development or a message sees is no default of a deploy.
        if (development || use === 'message' || use === 'comparison' || use === 'choice')
          context.mark(node);
      },
    ),
  ],
  file({ facts, module, model, report }) {
    const scope = settingsScope(module, model);
    // Settings of development only: the default is the developer's own.
    if (scope === 'none' || isDevelopmentSettings(module.path)) return;
    const silenced = new Set((facts.marks['local-default'] ?? []).map(({ span }) => span.start));
    for (const { path, span, connection, name, what, service } of localDefaults(module, model)) {
      if (path === module.path && silenced.has(span.start)) continue;
      const target = describeConnection(connection);
      const isQuiet = what !== 'service' || scope === 'quiet';
      const shared = {
        at: { path, span },
        ...(isQuiet ? { severity: 'hint' as const } : {}),
        fixes: name === undefined ? [] : [requireVariableFix({ model, path, span, name })],
      };
      const label = `the ${serviceLabel(service)}`;
      if (name === undefined)
        report({ ...shared, message: 'setting', data: { service: label, target } });
      else if (what === 'address')
        report({ ...shared, message: 'address', data: { name, target } });
      else report({ ...shared, message: 'service', data: { name, service: label, target } });
    }
  },
  examples: {
    bad: [
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
        title:
          'a chain of variables, a choice, a default that reaches the client by another module',
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
    ],
    good: [
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
    ],
  },
});
