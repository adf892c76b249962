import { defineRule } from '../../engine/rule';
import { prismaUrls, prismaVariables } from '../../languages/prisma';
import { keptFile } from '../../project/disk/kept-files';
import {
  configuredDatabases,
  isDesktopApp,
  localDatabase,
} from '../../project/disk/local-databases';
import type { PackageInfo, ProjectModel } from '../../project/model';

export default defineRule({
  id: 'local-database',
  factor: 'processes',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The app’s data lies in a file beside the process.',
  why: 'A process keeps nothing: its file system vanishes with the container, and the process next to it does not see it. A database in a local file ties all data to one machine and one process. A second process has data of its own or fights over the lock, and the next deploy starts empty unless somebody thought of a volume. Data that lasts belongs into a stateful backing service, attached by its URL.',
  whenNotToUse:
    'For apps that run as one process on one machine for good, with the file on a volume that is backed up.',
  fix: 'none',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  messages: {
    fixed:
      'This {engine} database is a file of one machine: other processes do not see it, and it goes with the container.',
    records:
      'This JSON file is the app’s database, on one machine: other processes do not see it, and it goes with the container.',
    chosen:
      'Unless it is given a server, this {engine} database is a file of one machine that other processes do not see.',
  },
  meaning(found, context) {
    const { meaning, call } = found;
    const { model, package: owner } = context;
    if (
      meaning.kind === 'file-write' &&
      !isDesktopApp(owner) &&
      keptFile(found, model)?.kind === 'records'
    )
      context.report({ at: call.nameSpan, message: 'records' });
    if (
      meaning.kind !== 'local-database' ||
      call.context.includes('development') ||
      isDesktopApp(owner)
    )
      return;
    const how = localDatabase(found, model);
    if (how === undefined) return;
    context.report({
      at: call.nameSpan,
      message: how,
      data: { engine: meaning.engine },
      ...(how === 'chosen' ? { severity: 'information' } : {}),
    });
  },
  manifest: {
    kinds: ['text', 'json', 'yaml'],
    check(context) {
      const { path, text, package: owner, model } = context;
      if (/sqlite/.test(text) && !isDesktopApp(owner))
        for (const span of configuredDatabases(path, model))
          context.report({ at: { path, span }, message: 'fixed', data: { engine: 'SQLite' } });
      if (!path.endsWith('.prisma') || isDesktopApp(owner) || !hasServer(owner, model)) return;
      for (const { provider, value, span } of prismaUrls(text))
        if (provider === 'sqlite' && !/memory/.test(value))
          context.report({
            at: { path, span },
            message: 'fixed',
            data: { engine: 'SQLite' },
          });
      for (const { provider, span } of prismaVariables(text))
        if (provider === 'sqlite')
          context.report({
            at: { path, span },
            message: 'chosen',
            data: { engine: 'SQLite' },
            severity: 'information',
          });
    },
  },
  examples: {
    bad: [
      {
        title: 'what an endpoint of Astro is sent',
        files: {
          'package.json':
            '{ "name": "parish", "private": true, "scripts": { "start": "node dist/server/entry.mjs" }, "dependencies": { "astro": "5", "@astrojs/node": "9" } }',
          'src/pages/signup.ts': `import { readFile, writeFile } from 'node:fs/promises';
export const POST = async ({ request }: { request: Request }) => {
  const list: unknown[] = JSON.parse(await readFile('data/signups.json', 'utf8'));
  list.push(await request.json());
  await writeFile('data/signups.json', JSON.stringify(list));
  return new Response(null, { status: 204 });
};
`,
        },
        findings: [{ at: 'writeFile', occurrence: 2, path: 'src/pages/signup.ts' }],
      },
      {
        title: 'what a chat bot counts',
        files: {
          'src/bot.ts': `import { Client, Events } from 'discord.js';
import { addWarning } from './warnings';
const client = new Client({ intents: [] });
client.on(Events.InteractionCreate, async (interaction) => {
  await addWarning(interaction.user.id);
});
void client.login(process.env.DISCORD_TOKEN);
`,
          'src/warnings.ts': `import { readFile, writeFile } from 'node:fs/promises';
const file = './warnings.json';
export async function addWarning(id: string): Promise<void> {
  const all = JSON.parse(await readFile(file, 'utf8')) as Record<string, number>;
  all[id] = (all[id] ?? 0) + 1;
  await writeFile(file, JSON.stringify(all));
}
`,
        },
        findings: [{ at: 'writeFile', occurrence: 2, path: 'src/warnings.ts' }],
      },
      {
        title: 'drivers with a file beside the code',
        path: 'db.js',
        code: `const sqlite3 = require('sqlite3').verbose();
const Database = require('better-sqlite3');
const path = require('path');
const isTest = process.argv.includes('--test');
exports.users = new sqlite3.Database('./users.db');
exports.orders = new Database(isTest ? ':memory:' : path.join(__dirname, 'data', 'orders.sqlite'));
`,
        findings: [
          { at: 'Database', occurrence: 2 },
          { at: 'Database', occurrence: 3 },
        ],
      },
      {
        title: 'settings of a file that is loaded by its folder',
        files: {
          'package.json':
            '{ "name": "chat", "dependencies": { "@feathersjs/configuration": "5", "@feathersjs/koa": "5", "knex": "3", "sqlite3": "5" } }',
          'src/app.ts': `import { feathers } from '@feathersjs/feathers';
import configuration from '@feathersjs/configuration';
import { koa } from '@feathersjs/koa';
import knex from 'knex';
const app = koa(feathers());
app.configure(configuration());
export const db = knex(app.get('sqlite'));
app.listen(app.get('port'));
`,
          'config/default.json': `{ "port": 3030, "sqlite": { "client": "sqlite3", "connection": "chat.sqlite" } }
`,
          'config/test.json': `{ "sqlite": { "client": "sqlite3", "connection": "test.sqlite" } }
`,
        },
        findings: [{ at: 'chat.sqlite', path: 'config/default.json' }],
      },
      {
        title: 'mappers by their dialect',
        path: 'src/db.ts',
        code: `import { Sequelize } from 'sequelize';
import { DataSource } from 'typeorm';
import knex from 'knex';
export const a = new Sequelize({ dialect: 'sqlite', storage: 'data/shop.sqlite' });
export const b = new DataSource({ type: 'better-sqlite3', database: 'shop.db', entities: [] });
export const c = knex({ client: 'sqlite3', connection: { filename: './dev.sqlite3' } });
`,
        findings: [
          { at: 'Sequelize', occurrence: 2 },
          { at: 'DataSource', occurrence: 2 },
          { at: 'knex', occurrence: 3 },
        ],
      },
      {
        title: 'files of documents',
        path: 'store.js',
        code: `const low = require('lowdb');
const FileSync = require('lowdb/adapters/FileSync');
const Datastore = require('nedb');
exports.db = low(new FileSync('db.json'));
exports.notes = new Datastore({ filename: 'notes.db', autoload: true });
`,
        findings: [
          { at: 'FileSync', occurrence: 3 },
          { at: 'Datastore', occurrence: 2 },
        ],
      },
      {
        title: 'a JSON file that requests read and write',
        path: 'server.js',
        code: `const app = require('express')();
const fs = require('fs');
const path = require('path');
const file = path.join(__dirname, 'users.json');
app.get('/users', (req, res) => res.json(JSON.parse(fs.readFileSync(file))));
app.post('/users', (req, res) => {
  const users = JSON.parse(fs.readFileSync(file));
  users.push(req.body);
  fs.writeFileSync(file, JSON.stringify(users));
  res.end();
});
app.listen(process.env.PORT);
`,
        findings: [{ at: 'writeFileSync' }],
      },
      {
        title: 'the environment may say where',
        path: 'db.js',
        code: `const sqlite3 = require('sqlite3');
const location = process.env.SQLITE_DB_LOCATION || '/etc/todos/todo.db';
module.exports = new sqlite3.Database(location);
`,
        findings: [{ at: 'Database', severity: 'information' }],
      },
      {
        title: 'a Prisma schema',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "@prisma/client": "5.0.0", "express": "4.18.2" } }',
          'server.js': `const app = require('express')();
const { PrismaClient } = require('@prisma/client');
const prisma = new PrismaClient();
app.get('/', async (req, res) => res.json(await prisma.user.findMany()));
app.listen(process.env.PORT);
`,
          'prisma/schema.prisma': `datasource db {
  provider = "sqlite"
  url      = "file:./dev.db"
}
`,
        },
        findings: [{ at: '"file:./dev.db"', path: 'prisma/schema.prisma' }],
      },
    ],
    good: [
      {
        title: 'in memory, and for a test',
        files: {
          'server.js': `const Database = require('better-sqlite3');
const { Sequelize } = require('sequelize');
const scratch = new Database(':memory:');
const models = new Sequelize('sqlite::memory:');
require('express')().get('/', (req, res) => res.json(scratch.prepare('select 1').all())).listen(process.env.PORT);
`,
          'test/db.test.js': `const sqlite3 = require('sqlite3');
new sqlite3.Database('test.db');
`,
        },
      },
      {
        title: 'a remote database that speaks the same dialect',
        path: 'src/db.ts',
        code: `import { createClient } from '@libsql/client';
export const a = createClient({ url: 'libsql://shop.turso.io', authToken: process.env.TURSO_TOKEN });
export const b = createClient({ url: process.env.TURSO_DATABASE_URL! });
`,
      },
      {
        title: 'another dialect',
        path: 'src/db.ts',
        code: `import { Sequelize } from 'sequelize';
import knex from 'knex';
export const a = new Sequelize(process.env.DATABASE_URL!, { dialect: 'postgres' });
export const b = knex({ client: 'pg', connection: process.env.DATABASE_URL });
`,
      },
      {
        title: 'a desktop app',
        files: {
          'package.json':
            '{ "name": "notes", "private": true, "main": "main.js", "dependencies": { "better-sqlite3": "9.0.0" }, "devDependencies": { "electron": "28.0.0" } }',
          'main.js': `const Database = require('better-sqlite3');
module.exports = new Database('notes.db');
`,
        },
      },
      {
        title: 'a command-line tool',
        files: {
          'package.json':
            '{ "name": "todo", "bin": "cli.js", "dependencies": { "better-sqlite3": "9.0.0" } }',
          'cli.js': `#!/usr/bin/env node
const Database = require('better-sqlite3');
const db = new Database('todo.db');
console.log(db.prepare('select * from todo').all());
`,
        },
      },
      {
        title: 'a Prisma schema of a server database',
        files: {
          'package.json':
            '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "@prisma/client": "5.0.0" } }',
          'server.js': `require('http').createServer().listen(process.env.PORT);
`,
          'prisma/schema.prisma': `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
`,
        },
      },
    ],
  },
});

/** Does something of the package serve, so that its data is shared? */
function hasServer(owner: PackageInfo | undefined, model: ProjectModel): boolean {
  return [...model.modules.values()].some(
    ({ package: other, roles }) =>
      other === owner && (roles.has('web') || roles.has('worker') || roles.has('serverless')),
  );
}
