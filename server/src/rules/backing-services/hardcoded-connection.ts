import type * as TypeScript from 'typescript';
import { environmentFixes, type EnvironmentFixRequest } from '../../engine/fixes/environment-fixes';
import { prismaUrlFix } from '../../engine/fixes/prisma-url';
import type { Fix } from '../../engine/finding';
import { defineRule, onSource } from '../../engine/rule';
import { ts } from '../../languages/source/ts';
import { isDocumentPath, isTestPath } from '../../project/paths';
import { isOnlyMentioned, literalPosition } from '../../project/literal-position';
import type { ProjectModel } from '../../project/model';
import { describeConnection, hostClassOf } from '../../project/services/connection-text';
import { fixedConnections, type FixedConnection } from '../../project/services/fixed-connections';
import { literalConnections } from '../../project/services/literal-connections';
import { manifestConnections } from '../../project/services/manifest-connections';
import { serviceLabel } from '../../project/services/service-names';
import { settingsScope } from '../../project/services/settings-scope';
import { secretShapes } from '../../project/secrets/shapes';

const CONNECTION_STRING =
  /['"`](?:mongodb|postgres|pgsql|cockroachdb|mysql|mariadb|mssql|sqlserver|oracle|redis|valkey|amqp|kafka|nats|mqtt|ldap|smtp|memcache|bolt|neo4j|clickhouse|couchbase|libsql|stomp|jdbc:)[a-z0-9+:]*:\/\/[^'"`\s]/i;

export default defineRule({
  id: 'hardcoded-connection',
  factor: 'backing-services',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The connection to a backing service is written into code.',
  why: 'A database, cache, queue or mail server is an attached resource. Which one a process talks to is the deploy’s decision: a broken database is replaced, a test gets its own, production moves to a managed one, and none of that may need a change of code. With the connection written down, every deploy shares one service, and a laptop is one `git pull` away from the production data. A URL in the environment is all the coupling there should be.',
  whenNotToUse:
    'For a service that is part of the process by design, such as an in-memory database in a test.',
  fix: 'safe',
  hints: [CONNECTION_STRING],
  scope: { include: ['build'] },
  messages: {
    fixed: 'The {service} at {target} is fixed in code; read the connection from the environment.',
    account:
      'The {service} and the account for it are fixed in code; read the connection from the environment.',
    implicit:
      'Without an address this connects to the {service} on its own machine; read one from the environment.',
  },
  source: [
    onSource(['StringLiteral', 'NoSubstitutionTemplateLiteral'], (node, context) => {
      const { text } = context.syntax;
      if (!CONNECTION_STRING.test(text.slice(node.getStart(context.syntax.sourceFile), node.end)))
        return;
      const position = literalPosition(node, text);
      if (position.use === 'value' && !isOnlyMentioned(node, text) && !isReplaced(node, text))
        context.mark(node, { text: node.text, position });
    }),
  ],
  file({ facts, module, model, report }) {
    const scope = settingsScope(module, model);
    if (scope === 'none') return;
    const seen = new Set<string>();
    for (const found of [
      ...fixedConnections(module, model),
      ...literalConnections(facts.marks['hardcoded-connection'] ?? [], module),
    ]) {
      const { path, span, service, part, connection } = found;
      const key = `${path}\0${span.start}`;
      if (seen.has(key) || isOtherFinding(found, model)) continue;
      seen.add(key);
      const label = serviceLabel(service);
      const isVendor =
        connection !== undefined &&
        /^https?$/.test(connection.scheme) &&
        hostClassOf(connection) === 'vendor';
      const isQuiet = scope === 'quiet' || isVendor;
      const shared = { at: { path, span }, ...(isQuiet ? { severity: 'hint' as const } : {}) };
      if (part === 'call')
        report({
          ...shared,
          severity: isQuiet ? 'hint' : 'information',
          message: 'implicit',
          data: { service: label },
        });
      else if (connection)
        report({
          ...shared,
          message: 'fixed',
          data: { service: label, target: describeConnection(connection) },
          fixes: fixes(found, model),
        });
      else
        report({
          ...shared,
          message: 'account',
          data: { service: label },
          fixes: fixes(found, model),
        });
    }
  },
  manifest: {
    kinds: ['json', 'yaml', 'text'],
    check({ path, model, report }) {
      if (isTestPath(path) || isDocumentPath(path)) return;
      for (const found of manifestConnections(path, model)) {
        if (isOtherFinding(found, model)) continue;
        const { span, service, connection } = found;
        report({
          at: span,
          message: 'fixed',
          data: {
            service: serviceLabel(service),
            target: connection ? describeConnection(connection) : '',
          },
          fixes: path.endsWith('.prisma') ? [prismaUrlFix(model, path, span)] : [],
        });
      }
    },
  },
  examples: {
    bad: [
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
    ],
    good: [
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
    ],
  },
});

/** Does a variable hold it only until something else is assigned? (`let url = '…'; if (x) url = x;`) */
function isReplaced({ parent }: TypeScript.Node, text: string): boolean {
  const api = ts();
  if (!api.isVariableDeclaration(parent) || !api.isIdentifier(parent.name)) return false;
  return new RegExp(
    `(?<![.\\w$])${parent.name.text.replace(/\$/g, '\\$&')}\\s*(?:\\|\\||\\?\\?)?=(?![=>])`,
  ).test(text.slice(parent.end));
}

/** A password in the text is the graver finding, and its fix takes the connection along. */
function isOtherFinding({ path, span, connection }: FixedConnection, model: ProjectModel): boolean {
  if (!connection?.hasPassword) return false;
  const text = model.files.text(path)?.slice(span.start, span.end) ?? '';
  return secretShapes(text).length > 0;
}

function fixes(found: FixedConnection, model: ProjectModel): readonly Fix[] {
  const { path, span, part, service, connection } = found;
  // One of several hosts cannot be replaced alone.
  if (found.isListed) return [];
  const request: EnvironmentFixRequest = {
    model,
    path,
    span,
    kind: part === 'url' ? 'url' : part === 'user' ? 'user' : 'host',
    subject: part === 'url' ? 'the connection' : part === 'user' ? 'the account' : 'the host',
    service,
  };
  const all = environmentFixes(request);
  // A default would keep the credential in the code.
  return connection?.hasPassword ? all.filter(({ id }) => id === 'env-required') : all;
}
