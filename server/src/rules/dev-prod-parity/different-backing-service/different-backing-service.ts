import type { Value } from '../../../base/value';
import { propertyOf, stringOf } from '../../../base/values';
import { defineRule } from '../../../engine/rule';
import { environmentQuestion } from '../../../project/environment/environment-name';
import { marksOf } from '../../../project/facts/marks';
import { onSource } from '../../../project/facts/source-handlers';
import { driverFamily, fileOrServer } from '../../../project/services/adapters';
import { readBranch, type Branch } from '../../../project/services/branches';
import {
  isDevelopmentSection,
  isTestSection,
} from '../../../project/services/environment-sections';
import { jsonValue } from '../../../project/services/json-value';
import { STAND_INS } from '../../../vocabulary/drivers';
import { PRODUCTION } from '../../../vocabulary/environments';
import { stageServices } from './compose-stages';

const DRIVER_KEYS = ['dialect', 'client', 'type', 'driver', 'connector'];

const MARKS = marksOf<Branch>('different-backing-service');

export default defineRule({
  id: 'different-backing-service',
  factor: 'dev-prod-parity',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Development uses another kind of service than production.',
  why: 'A light stand-in is tempting: SQLite for PostgreSQL, memory for Redis, an in-process MongoDB. But types, locking, limits and errors differ, an abstraction hides only some of it, and what worked in development fails in production. The real services are a compose file away; then everything that is tried runs on what production runs on.',
  whenNotToUse:
    'For tests of pure logic, or in a product that supports several databases on purpose.',
  fix: 'none',
  hints: [
    /['"`](?:sqlite3?|better-sqlite3|sqljs|sqlite::memory:)['"`:]|['"`]sqlite:/,
    new RegExp(`['"\`](?:${STAND_INS.pattern})`),
  ],
  scope: { include: ['build'], modules: 'settings', deployment: 'silent-where-unlikely' },
  messages: {
    branch:
      'The environment’s name decides between a database in a file and a server; use the same one everywhere.',
    section:
      '`{section}` uses {driver}, production uses {wanted}; use the same database everywhere.',
    standIn:
      '`{name}` stands in for a real service outside tests; run the service itself in development too.',
    compose:
      '{product} here, but {other} runs {wanted} in its place; use the same service everywhere.',
  },
  source: [
    onSource(['ConditionalExpression', 'IfStatement', 'SwitchStatement'], (node, context) => {
      const text = context.syntax.text.slice(node.pos, node.end);
      if (text.length > 6_000 || !/sqlite|sqljs|:memory:/i.test(text)) return;
      const branch = readBranch(node, context.evaluate);
      if (branch && fileOrServer(branch.sides.map(({ strings }) => strings)))
        MARKS.leave(context, branch.askedSpan, branch);
    }),
  ],
  judge(mark, { resolve, report }) {
    const question = environmentQuestion(resolve(MARKS.data(mark).asked));
    if (question && !question.testOnly) report({ at: mark.span, message: 'branch' });
  },
  file({ facts, report }) {
    for (const { specifier, span, typeOnly } of facts.imports) {
      if (!typeOnly && STAND_INS.has(specifier))
        report({ at: span, message: 'standIn', data: { name: specifier } });
    }
    for (const { value } of facts.exports)
      for (const found of differentSections(value))
        report({ at: found.at.span, message: 'section', data: found.data });
  },
  manifest: {
    kinds: ['json'],
    check({ path, text, model, report }) {
      if (!text.includes('sqlite') || !/"production"/.test(text)) return;
      const root = model.files.json(path)?.root;
      for (const found of root ? differentSections(jsonValue(root)) : [])
        report({ at: found.at.span, message: 'section', data: found.data });
    },
  },
  project({ model, report }) {
    for (const { path, span, product, reference } of stageServices(model))
      report({
        at: { path, span },
        message: 'compose',
        data: { product, other: reference.path, wanted: reference.product },
        related: [{ ...reference, message: reference.product }],
      });
  },
  examples: {
    bad: [
      {
        title: 'sections of a knexfile',
        path: 'knexfile.js',
        code: `module.exports = {
  development: { client: 'sqlite3', connection: { filename: './dev.sqlite3' } },
  test: { client: 'sqlite3', connection: ':memory:' },
  production: { client: 'pg', connection: process.env.DATABASE_URL },
};
`,
        findings: [
          {
            at: "'sqlite3'",
            message:
              '\`development\` uses sqlite3, production uses pg; use the same database everywhere.',
          },
        ],
      },
      {
        title: 'chosen by the environment’s name',
        code: `import express from 'express';
import { Sequelize } from 'sequelize';

const isProduction = process.env.NODE_ENV === 'production';
export const sequelize = isProduction
  ? new Sequelize(process.env.DATABASE_URL!, { dialect: 'postgres' })
  : new Sequelize({ dialect: 'sqlite', storage: './dev.db' });
express().listen(process.env.PORT);
`,
        findings: [
          {
            at: 'isProduction',
            occurrence: 2,
            message:
              'The environment’s name decides between a database in a file and a server; use the same one everywhere.',
          },
        ],
      },
      {
        title: 'a database in memory for development',
        path: 'src/database.js',
        code: `const mongoose = require('mongoose');

module.exports = async function connect() {
  if (process.env.NODE_ENV === 'production') return mongoose.connect(process.env.MONGODB_URI);
  const { MongoMemoryServer } = require('mongodb-memory-server');
  const server = await MongoMemoryServer.create();
  return mongoose.connect(server.getUri());
};
`,
        findings: [{ at: 'mongodb-memory-server' }],
      },
      {
        title: 'compose files',
        files: {
          'docker-compose.yml': `services:
  api:
    build: .
  db:
    image: postgres:16
`,
          'docker-compose.dev.yml': `services:
  db:
    image: mysql:8.4
`,
        },
        findings: [
          {
            at: 'mysql:8.4',
            path: 'docker-compose.dev.yml',
            message:
              'MySQL here, but docker-compose.yml runs PostgreSQL in its place; use the same service everywhere.',
          },
        ],
      },
      {
        title: 'Sequelize’s config.json',
        files: {
          'config/config.json': `{
  "development": { "dialect": "sqlite", "storage": "dev.db" },
  "production": { "dialect": "mysql", "use_env_variable": "DATABASE_URL" }
}
`,
        },
        findings: [{ at: '"sqlite"', path: 'config/config.json' }],
      },
    ],
    good: [
      {
        title: 'the same database everywhere',
        path: 'knexfile.js',
        code: `module.exports = {
  development: { client: 'pg', connection: process.env.DATABASE_URL },
  test: { client: 'better-sqlite3', connection: ':memory:' },
  production: { client: 'pg', connection: process.env.DATABASE_URL, pool: { max: 20 } },
};
`,
      },
      {
        title: 'SQLite in production too',
        path: 'knexfile.js',
        code: `module.exports = {
  development: { client: 'better-sqlite3', connection: process.env.DB_FILE },
  production: { client: 'sqlite3', connection: process.env.DB_FILE },
};
`,
      },
      {
        title: 'stand-ins in tests',
        files: {
          'src/server.ts': `import mongoose from 'mongoose';
await mongoose.connect(process.env.MONGODB_URI!);
`,
          'test/database.ts': `import { MongoMemoryServer } from 'mongodb-memory-server';
export const server = await MongoMemoryServer.create();
`,
          'src/users.test.ts': `import RedisMock from 'ioredis-mock';
export const redis = new RedisMock();
`,
        },
      },
      {
        title: 'a dialect that a variable decides, and tests',
        code: `import { Sequelize } from 'sequelize';
export const sequelize =
  process.env.DB_DIALECT === 'sqlite'
    ? new Sequelize({ dialect: 'sqlite', storage: process.env.DB_FILE })
    : new Sequelize(process.env.DATABASE_URL!, { dialect: 'postgres' });
export const other = new Sequelize(process.env.NODE_ENV === 'test' ? 'sqlite::memory:' : 'postgres://unused.example.com/x');
`,
      },
      {
        title: 'compose files with the same kinds, and with a service more',
        files: {
          'docker-compose.yml': `services:
  db:
    image: postgres:16
`,
          'docker-compose.dev.yml': `services:
  db:
    image: postgis/postgis:16-3.4
  mail:
    image: mailhog/mailhog
  queue:
    image: redis:7
`,
          'docker-compose.mysql.yml': `services:
  db:
    image: mysql:8.4
`,
        },
      },
    ],
  },
});

/** The sections for development whose driver keeps its data in a file, where that of production is a server's, or the reverse. */
function differentSections(
  value: Value,
): { readonly at: Value; readonly data: { section: string; driver: string; wanted: string } }[] {
  if (value.kind !== 'object') return [];
  const production = value.properties.find(({ key }) => PRODUCTION.is(key));
  const wanted = production && driverOf(production.value);
  if (!wanted) return [];
  return value.properties.flatMap(({ key, value: section }) => {
    const driver = isDevelopmentSection(key) && !isTestSection(key) ? driverOf(section) : undefined;
    return driver && driver.family !== wanted.family
      ? [{ at: driver.value, data: { section: key, driver: driver.name, wanted: wanted.name } }]
      : [];
  });
}

function driverOf(
  section: Value,
):
  { readonly value: Value; readonly name: string; readonly family: 'file' | 'server' } | undefined {
  if (section.kind !== 'object') return undefined;
  for (const key of DRIVER_KEYS) {
    const value = propertyOf(section, key);
    const name = stringOf(value);
    const family = name === undefined ? undefined : driverFamily(name);
    if (value && name !== undefined && family !== undefined) return { value, name, family };
  }
  return undefined;
}
