import type { GoodExample } from '../../../engine/rule';
import { manifest, nest } from './example-parts';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'scripts that only load, or only start',
    files: {
      'load-db.sh': '#!/bin/sh\nmysql -h "$DATABASE_HOST" < schema.sql\n',
      'run.sh':
        '#!/bin/sh\nuntil mysql -h "$DATABASE_HOST" -e "select 1"; do sleep 1; done\nexec python app.py\n',
      'app.py': '',
    },
  },
  {
    title: 'a release phase',
    files: {
      'package.json': manifest({ start: 'node server.js' }),
      'server.js': '',
      Procfile: 'release: npx prisma migrate deploy\nweb: node server.js\n',
    },
  },
  {
    title: 'a script of its own',
    files: {
      'package.json': manifest({
        'db:migrate': 'knex migrate:latest && knex seed:run',
        start: 'node server.js',
      }),
      'server.js': '',
    },
  },
  {
    title: 'the environment decides',
    code: nest(`{ type: 'postgres', synchronize: false, migrationsRun: false }`),
  },
  {
    title: 'an admin script',
    files: {
      'scripts/migrate.ts': `import knex from 'knex';\nvoid knex({ client: 'pg' }).migrate.latest();\n`,
    },
  },
  {
    title: 'a job container',
    files: {
      'k8s/job.yaml':
        'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\nspec:\n  template:\n    spec:\n      containers:\n        - name: migrate\n          image: acme/web:1.2.3\n          command: ["npx", "prisma", "migrate", "deploy"]\n',
    },
  },
  {
    title: 'a local function called sync',
    code: `import express from 'express';\nconst catalogue = { sync: (options: { force: boolean }) => options.force };\ncatalogue.sync({ force: true });\nexpress().listen(process.env.PORT);\n`,
  },
  {
    title: 'only in development',
    code: `import express from 'express';\nimport { Sequelize } from 'sequelize';\nconst sequelize = new Sequelize(process.env.DATABASE_URL ?? '');\nif (process.env.NODE_ENV === 'development') void sequelize.sync({ force: true });\nexpress().listen(process.env.PORT);\n`,
  },
  {
    title: 'a connection whose options say nothing of the schema',
    path: 'src/main.ts',
    code: `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SequelizeModule } from '@nestjs/sequelize';
import { TypeOrmModule } from '@nestjs/typeorm';

@Module({
  imports: [
    TypeOrmModule.forRootAsync({ useFactory: () => ({ type: 'postgres', url: process.env.DATABASE_URL }) }),
    SequelizeModule.forRootAsync({ useFactory: () => ({ uri: process.env.REPORTS_URL }) }),
  ],
})
class AppModule {}
const app = await NestFactory.create(AppModule);
await app.listen(process.env.PORT ?? 3000);
`,
  },
  {
    title: 'a module that migrates only where it is started itself',
    files: {
      'package.json': manifest({ start: 'node server.js', migrate: 'node migrations.js' }),
      'server.js': `const { umzug } = require('./migrations');
require('express')()
  .get('/health', async (_req, res) => res.json((await umzug.pending()).length === 0))
  .listen(process.env.PORT);
`,
      'migrations.js': `const { Umzug } = require('umzug');
exports.umzug = new Umzug({ migrations: { glob: 'migrations/*.js' }, logger: console });
if (require.main === module) exports.umzug.up();
`,
    },
  },
  {
    title: 'SQL that changes rows, partitions or a table that a request asks for',
    code: `import express from 'express';
import { Pool } from 'pg';
import { createClient } from '@clickhouse/client';
const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const clicks = createClient({ url: process.env.CLICKHOUSE_URL });
export const dropOld = (month: string) =>
  clicks.command({ query: \`ALTER TABLE clicks DROP PARTITION '\${month}'\` });
export const forget = (id: number) =>
  clicks.command({ query: \`ALTER TABLE clicks DELETE WHERE person = \${id}\` });
const app = express();
app.post('/fields', async (req, res) => {
  await pool.query(\`ALTER TABLE answers ADD COLUMN \${String(req.query.name)} text\`);
  res.end();
});
app.listen(process.env.PORT);
`,
  },
  {
    title: 'steps of migrations that a module lists for their tool',
    files: {
      'src/server.ts': `import express from 'express';
import { DataSource } from 'typeorm';
import { AddCountry } from './migrations/add-country';
export const source = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL, migrations: [AddCountry] });
express().listen(process.env.PORT);
`,
      'src/migrations/add-country.ts': `import type { QueryRunner } from 'typeorm';
export class AddCountry {
  up(runner: QueryRunner) {
    return runner.query('ALTER TABLE visits ADD country text');
  }
  down(runner: QueryRunner) {
    return runner.query('ALTER TABLE visits DROP country');
  }
}
`,
    },
  },
  {
    title: 'what a runner is told that a step is',
    code: `import express from 'express';
import { Umzug } from 'umzug';
export const steps = new Umzug({
  migrations: {
    glob: 'steps/*.js',
    resolve: ({ name, path, context }) => {
      const migration = require(path!);
      return { name, up: async () => migration.up(context), down: async () => migration.down(context) };
    },
  },
  logger: console,
});
express().listen(process.env.PORT);
`,
  },
  {
    title: 'a database in memory, a script for developers, and a job that a script is told to do',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node dist/server.js", "migrate": "node told.js \\"npx prisma migrate deploy\\"" } }',
      'told.js': "require('child_process').execSync(process.argv[2]);\n",
      'docker-compose.yml': 'services:\n  migrate:\n    build: .\n    command: npm run migrate\n',
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "dist/server.js"]\n',
      'start-dev.sh': 'npx drizzle-kit migrate\nnode dist/server.js\n',
      'src/server.ts': `import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import express from 'express';
export function scratch() {
  const db = drizzle(new Database(':memory:'));
  migrate(db, { migrationsFolder: 'drizzle' });
  return db;
}
express().listen(process.env.PORT);
`,
    },
  },
  {
    title:
      'a migration that somebody asks for: by a word of the command line, by a request, in a program of its own',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^4.0.0", "prisma": "^5.0.0", "knex": "^3.0.0" } }',
      'entry.sh':
        '#!/bin/sh\ncase "$1" in\n  migrate) exec npx knex migrate:latest ;;\n  *) exec node server.js ;;\nesac\n',
      Dockerfile: 'FROM node:22\nCOPY . .\nENTRYPOINT ["./entry.sh"]\n',
      'cli.js': "require('child_process').execSync('npx prisma migrate deploy');\n",
      'server.js': `const express = require('express');
const { exec } = require('child_process');
const app = express();
app.post('/tenants', (req, res) => exec('npx prisma migrate deploy', () => res.end()));
exec('npx prisma generate');
app.listen(process.env.PORT);
`,
    },
  },
];
