import type { BadExample } from '../../../engine/rule';
import { manifest, nest } from './example-parts';

export const badExamples: readonly BadExample[] = [
  {
    title: 'before the server in the image',
    files: {
      'package.json': manifest({ migrate: 'knex migrate:latest', start: 'node server.js' }),
      'server.js': '',
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD npm run migrate && npm start\n',
    },
    findings: [{ at: 'CMD npm run migrate && npm start', path: 'Dockerfile' }],
    fixed: { release: { Dockerfile: 'FROM node:22\nCOPY . .\nCMD npm start\n' } },
  },
  {
    title: 'in the start script',
    files: {
      'package.json': manifest({ start: 'prisma migrate deploy && node server.js' }),
      'server.js': '',
    },
    findings: [{ at: 'prisma migrate deploy', path: 'package.json' }],
    fixed: {
      release: {
        'package.json': manifest({ migrate: 'prisma migrate deploy', start: 'node server.js' }),
      },
    },
  },
  {
    title: 'in a hook of the start, on a platform with a release phase',
    files: {
      'package.json': manifest({ prestart: 'knex migrate:latest', start: 'node server.js' }),
      'server.js': '',
      Procfile: '# Heroku\nweb: npm start\n',
    },
    findings: [{ at: 'knex migrate:latest', path: 'package.json' }],
    fixed: {
      release: {
        'package.json': manifest({ migrate: 'knex migrate:latest', start: 'node server.js' }),
        Procfile: '# Heroku\nrelease: npm run migrate\nweb: npm start\n',
      },
    },
  },
  {
    title: 'in the web process',
    files: {
      'package.json': manifest({ start: 'node server.js' }),
      'server.js': '',
      Procfile: 'web: npx sequelize-cli db:migrate && node server.js\nworker: node worker.js\n',
    },
    findings: [{ at: 'npx sequelize-cli db:migrate && node server.js', path: 'Procfile' }],
    fixed: {
      release: {
        Procfile:
          'release: npx sequelize-cli db:migrate\nweb: node server.js\nworker: node worker.js\n',
      },
    },
  },
  {
    title: 'given to a shell',
    files: {
      'package.json': manifest({ migrate: 'prisma migrate deploy', start: 'node server.js' }),
      'server.js': '',
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["sh", "-c", "npm run migrate && node server.js"]\n',
    },
    findings: [{ at: 'CMD ["sh", "-c", "npm run migrate && node server.js"]', path: 'Dockerfile' }],
    fixed: { release: { Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "server.js"]\n' } },
  },
  {
    title: 'in what platforms and compose are told to start',
    files: {
      'package.json': manifest({ start: 'node server.js' }),
      'server.js': '',
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "server.js"]\n',
      'render.yaml':
        'services:\n  - type: web\n    name: shop\n    startCommand: npx prisma migrate deploy && node server.js # both\n',
      'docker-compose.yml':
        'services:\n  web:\n    build: .\n    command: ["sh", "-c", "npx prisma migrate deploy && node server.js"]\n',
    },
    findings: [
      {
        at: '["sh", "-c", "npx prisma migrate deploy && node server.js"]',
        path: 'docker-compose.yml',
      },
      { at: 'npx prisma migrate deploy && node server.js', path: 'render.yaml' },
    ],
    fixed: {
      release: {
        'package.json': manifest({
          migrate: 'npx prisma migrate deploy',
          start: 'node server.js',
        }),
        'render.yaml':
          'services:\n  - type: web\n    name: shop\n    preDeployCommand: npx prisma migrate deploy\n    startCommand: node server.js # both\n',
        'docker-compose.yml':
          'services:\n  web:\n    build: .\n    command: ["sh", "-c", "node server.js"]\n',
      },
    },
  },
  {
    title: 'reseeding',
    files: {
      'package.json': manifest({ start: 'node scripts/db-reset.js && node server.js' }),
      'server.js': '',
      'scripts/db-reset.js': '',
    },
    findings: [{ at: 'node scripts/db-reset.js', path: 'package.json' }],
  },
  {
    title: 'synchronised by the ORM',
    path: 'src/server.ts',
    code: nest(`{ type: 'postgres', synchronize: true }`),
    findings: [{ at: 'true' }],
  },
  {
    title: 'options that Nest asks a service or a class for',
    files: {
      'src/main.ts': `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiConfigService, ReportsConfig } from './api-config.service';
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      useFactory: (config: ApiConfigService) => config.postgres,
      inject: [ApiConfigService],
    }),
    TypeOrmModule.forRootAsync({ name: 'reports', useClass: ReportsConfig }),
  ],
})
class AppModule {}
void NestFactory.create(AppModule).then((app) => app.listen(process.env.PORT ?? 3000));
`,
      'src/api-config.service.ts': `import { Injectable } from '@nestjs/common';
import type { TypeOrmModuleOptions, TypeOrmOptionsFactory } from '@nestjs/typeorm';
@Injectable()
export class ApiConfigService {
  get postgres(): TypeOrmModuleOptions {
    const migrations = ['dist/migrations/*.js'];
    return { type: 'postgres', url: process.env.DATABASE_URL, migrations, migrationsRun: true };
  }
}
@Injectable()
export class ReportsConfig implements TypeOrmOptionsFactory {
  createTypeOrmOptions(): TypeOrmModuleOptions {
    return { type: 'postgres', url: process.env.REPORTS_URL, synchronize: true };
  }
}
`,
    },
    findings: [
      {
        at: 'true',
        path: 'src/api-config.service.ts',
        message:
          'Migrations run whenever the app starts; run them in the release phase, or as a job of its own.',
      },
      { at: 'true', occurrence: 2, path: 'src/api-config.service.ts' },
    ],
  },
  {
    title: 'migrations by the ORM of a Nest module',
    code: `import { Module, type OnModuleInit } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MikroORM } from '@mikro-orm/mysql';
@Module({})
class AppModule implements OnModuleInit {
  constructor(private readonly orm: MikroORM) {}
  async onModuleInit(): Promise<void> {
    await this.orm.migrator.up();
  }
}
void NestFactory.create(AppModule).then((app) => app.listen(process.env.PORT ?? 3000));
`,
    findings: [{ at: 'up' }],
  },
  {
    title: 'altering sync',
    code: `import express from 'express';\nimport { Sequelize } from 'sequelize';\nconst sequelize = new Sequelize(process.env.DATABASE_URL ?? '');\nsequelize.sync({ alter: true }).then(() => express().listen(process.env.PORT));\n`,
    findings: [{ at: 'true' }],
  },
  {
    title: 'migrations in the boot path',
    code: `import express from 'express';\nimport knex from 'knex';\nconst db = knex({ client: 'pg' });\nexport async function start(): Promise<void> {\n  await db.migrate.latest();\n  express().listen(process.env.PORT);\n}\nvoid start();\n`,
    findings: [{ at: 'latest' }],
  },
  {
    title: 'a loaded set of migrations, run before the app is loaded',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "type": "module", "scripts": { "start": "node app" }, "dependencies": { "express": "^4.18.0", "migrate": "^2.0.0" } }',
      'app.js': `import migrations from './migrations.js';
migrations().then(() => import('./server.js').then((app) => app.default()));
`,
      'migrations.js': `import migrate from 'migrate';
export default function run() {
  return new Promise((resolve) =>
    migrate.load({ stateStore: '.migrate' }, (error, set) => set.up(() => resolve())),
  );
}
`,
      'server.js': `import express from 'express';
export default () => express().listen(process.env.PORT);
`,
    },
    findings: [{ at: 'load', path: 'migrations.js' }],
  },
  {
    title: 'in a script that the start runs first',
    files: {
      'package.json': manifest({
        'check-db': 'node scripts/check-db.js',
        'start-docker': 'npm-run-all check-db start-server',
        'start-server': 'node server.js',
      }),
      'server.js': '',
      'scripts/check-db.js': `const { execSync } = require('child_process');\nif (!process.env.SKIP_DB_MIGRATION) console.log(execSync('npx prisma migrate deploy').toString());\n`,
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["npm", "run", "start-docker"]\n',
    },
    findings: [{ at: 'npm-run-all check-db start-server', path: 'package.json' }],
  },
  {
    title: 'a connection that cannot be followed',
    files: {
      'package.json': manifest({ start: 'node server.js' }),
      'server.js': `const express = require('express');\nconst { R } = require('redbean-node');\nasync function boot() {\n  await R.knex.migrate.latest({ directory: './db/migrations' });\n  express().listen(process.env.PORT);\n}\nboot();\n`,
    },
    findings: [{ at: 'latest', path: 'server.js' }],
  },
  {
    title: 'a start script that loads the database first, in any language',
    files: {
      'run_local.sh':
        '#!/bin/bash\n. local.env\nif ! $( python -c "import flask" ); then exit 1; fi\nif $( bash ./load-db.sh )\nthen\n  echo "Loaded"\nfi\npython app.py\n',
      'load-db.sh':
        '#/bin/bash\nOUTPUT="Can\'t connect"\nwhile [[ $OUTPUT == *"Can\'t connect"* ]]\ndo\n  OUTPUT=$(mysql -h $DATABASE_HOST < initial_sql/dbsetup.sql 2>&1)\n  sleep 1\ndone\n',
      'app.py': '',
    },
    findings: [{ at: 'bash ./load-db.sh', path: 'run_local.sh', severity: 'information' }],
  },
  {
    title: 'tables made at the start, without migrations',
    files: {
      'src/server.ts': `import express from 'express';
import { DataSource } from 'typeorm';
import { sequelize } from './database';

const source = new DataSource({ type: 'postgres', url: process.env.REPORTS_URL });
await sequelize.sync();
await source.initialize();
await source.synchronize();
express().listen(process.env.PORT);
`,
      'src/database.ts': `import { Sequelize } from 'sequelize';
export const sequelize = new Sequelize(process.env.DATABASE_URL ?? '');
`,
    },
    findings: [
      {
        at: 'sync',
        path: 'src/server.ts',
        severity: 'information',
        message:
          'The schema is synchronised whenever the app starts (`sync()`); use migrations, run before the release.',
      },
      {
        at: 'synchronize',
        path: 'src/server.ts',
        message:
          'The schema is synchronised whenever the app starts (`synchronize()`); use migrations, run before the release.',
      },
    ],
  },
  {
    title: 'a migrator of Kysely in a class that the start uses',
    files: {
      'package.json': manifest({ start: 'node dist/server.js' }),
      'tsconfig.json': '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" } }',
      'src/server.ts': `import express from 'express';
import { Database } from './database';
const database = new Database();
void database.init().then(() => express().listen(process.env.PORT));
`,
      'src/database.ts': `import { Kysely, Migrator, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { provider } from './migrations';
export class Database {
  readonly db = new Kysely<object>({
    dialect: new PostgresDialect({ pool: new Pool({ connectionString: process.env.DATABASE_URL }) }),
  });
  private readonly migrator = new Migrator({ db: this.db, provider });
  async init() {
    const { error } = await this.migrator.migrateToLatest();
    if (error) throw error;
  }
}
`,
      'src/migrations.ts': `export const provider = { getMigrations: async () => ({}) };
`,
    },
    findings: [{ at: 'migrateToLatest', path: 'src/database.ts' }],
  },
  {
    title: 'in a function of an entrypoint, on by default; another only where a deploy asks for it',
    files: {
      'package.json': manifest({ start: 'node server.js' }),
      'server.js': '',
      Dockerfile:
        'FROM node:22\nCOPY . .\nENTRYPOINT ["./docker-entrypoint.sh"]\nCMD ["node", "server.js"]\n',
      'docker-entrypoint.sh': `#!/bin/sh
migrate() {
  if [ "\${MIGRATE:-true}" = "true" ]; then
    npx knex migrate:latest
  fi
}
migrate
if [ "$SEED" = "true" ]; then
  npx knex seed:run
fi
exec "$@"
`,
    },
    findings: [
      { at: 'npx knex migrate:latest', path: 'docker-entrypoint.sh' },
      { at: 'npx knex seed:run', path: 'docker-entrypoint.sh', severity: 'hint' },
    ],
  },
  {
    title: 'columns added by the process that serves',
    files: {
      'src/server.ts': `import fastify from 'fastify';
import { prepareTables } from './tables';
const server = fastify();
async function start() {
  await prepareTables();
  await server.listen({ port: Number(process.env.PORT), host: '::' });
}
void start();
`,
      'src/tables.ts': `import { createClient } from '@clickhouse/client';
const client = createClient({ url: process.env.CLICKHOUSE_URL });
export async function prepareTables() {
  await client.exec({ query: 'CREATE TABLE IF NOT EXISTS visits (at DateTime) ENGINE = MergeTree ORDER BY at' });
  await client.exec({
    query: \`
      ALTER TABLE visits
        ADD COLUMN IF NOT EXISTS country String
    \`,
  });
}
`,
    },
    findings: [{ at: 'exec', occurrence: 2, path: 'src/tables.ts' }],
  },
  {
    title: 'a runner of its own',
    files: {
      'src/server.ts': `import express from 'express';
import { runPending } from './upgrades';
void runPending().then(() => express().listen(process.env.PORT));
`,
      'src/upgrades.ts': `import { MongoClient } from 'mongodb';
const client = new MongoClient(process.env.MONGO_URL!);
const migrations = [{ id: 1, up: (db: unknown) => Promise.resolve(db) }];
export async function runPending() {
  for (const migration of migrations) await migration.up(client.db());
}
`,
    },
    findings: [{ at: 'up', occurrence: 2, path: 'src/upgrades.ts' }],
  },
  {
    title: 'a script that the start tells to migrate',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node dist/server.js", "deploy": "node told.js \\"rm -rf old && npx prisma migrate deploy\\"" } }',
      'told.js': "require('child_process').execSync(process.argv[2]);\n",
      'docker/deploy.sh': 'echo migrating\nnpm run deploy\n',
      Dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["/bin/bash", "-c", ". ./docker/deploy.sh && npm run start"]\n',
    },
    findings: [
      {
        at: 'npm run deploy',
        path: 'docker/deploy.sh',
      },
    ],
  },
  {
    title: 'a migration for which settings are loaded first',
    files: {
      'package.json': '{ "name": "app", "private": true }',
      Dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["sh", "-c", "node -r dotenv/config dist/migration.mjs && exec node -r dotenv/config dist/server.mjs"]\n',
    },
    findings: [
      {
        at: 'CMD ["sh", "-c", "node -r dotenv/config dist/migration.mjs && exec node -r dotenv/config dist/server.mjs"]',
        path: 'Dockerfile',
      },
    ],
  },
  {
    title: 'start-up code that runs the migration tool, and a package script through a helper',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "type": "module", "scripts": { "start": "node server.js", "db:migrate": "knex migrate:latest" }, "dependencies": { "express": "^4.0.0", "prisma": "^5.0.0", "knex": "^3.0.0" } }',
      'server.js': `import { execSync } from 'node:child_process';
import express from 'express';
import { run } from './run.js';
async function boot() {
  execSync('npx prisma migrate deploy', { stdio: 'inherit' });
  await run('npm', ['run', 'db:migrate']);
  express().listen(process.env.PORT);
}
boot();
`,
      'run.js': `import { spawn } from 'node:child_process';
export const run = (program, args) => new Promise((done) => spawn(program, args).on('exit', done));
`,
    },
    findings: [
      { at: 'execSync', occurrence: 2, path: 'server.js' },
      { at: 'spawn', occurrence: 2, path: 'run.js' },
    ],
  },
  {
    title: 'a package script that an entrypoint runs before it gives way',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node server.js", "db:up": "knex migrate:latest" } }',
      'server.js': '',
      'entry.sh':
        '#!/bin/sh\ncase "$1" in\n  web)\n    npm run db:up\n    exec node server.js\n    ;;\nesac\n',
      Dockerfile: 'FROM node:22\nCOPY . .\nENTRYPOINT ["./entry.sh"]\nCMD ["web"]\n',
    },
    findings: [{ at: 'npm run db:up', path: 'entry.sh' }],
  },
  {
    title: 'what s6-overlay runs before its services',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "build": "tsc" }, "dependencies": { "prisma": "^5.0.0" } }',
      'server.js': '',
      'root/etc/s6-overlay/s6-rc.d/init-db/type': 'oneshot\n',
      'root/etc/s6-overlay/s6-rc.d/init-db/up': '/etc/s6-overlay/scripts/init-db\n',
      'root/etc/s6-overlay/scripts/init-db':
        '#!/command/with-contenv bash\ncd /app && npx prisma migrate deploy\n',
      'root/etc/s6-overlay/s6-rc.d/svc-web/type': 'longrun\n',
      'root/etc/s6-overlay/s6-rc.d/svc-web/run':
        '#!/command/with-contenv sh\ncd /app\nexec node server.js\n',
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCOPY root /\nENTRYPOINT ["/init"]\n',
    },
    findings: [{ at: 'npx prisma migrate deploy', path: 'root/etc/s6-overlay/scripts/init-db' }],
  },
];
