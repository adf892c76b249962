import type { Location, Severity } from '../../engine/finding';
import { releasePhaseFixes } from '../../engine/fixes/release-phase';
import { defineRule } from '../../engine/rule';
import type { ObjectValue, Value } from '../../languages/source/value';
import {
  argumentAt,
  possibleValues,
  propertyOf,
  readsEnvironment,
  stringOf,
} from '../../languages/source/values';
import { parseShellSyntax } from '../../languages/shell';
import { argumentValues } from '../../project/argument-values';
import type { CommandStep, ProjectModel, StartCommand } from '../../project/model';
import { baseName } from '../../project/paths';
import { blamed } from '../../project/start/blame';
import { readRunner } from '../../project/start/runners';
import { startsApp } from '../../project/start/from-shell';
import { migrationWork } from '../../project/start/migration-steps';

const manifest = (scripts: object): string =>
  JSON.stringify({ name: 'app', private: true, scripts }, null, 2) + '\n';
const nest = (options: string): string =>
  `import { NestFactory } from '@nestjs/core';\nimport { Module } from '@nestjs/common';\nimport { TypeOrmModule } from '@nestjs/typeorm';\n@Module({ imports: [TypeOrmModule.forRoot(${options})] })\nclass AppModule {}\nNestFactory.create(AppModule).then((app) => app.listen(process.env.PORT ?? 3000));\n`;

export default defineRule({
  id: 'migrate-on-start',
  factor: 'admin-processes',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Starting the app migrates, synchronises or reseeds the database.',
  why: 'Changing the schema is a one-off task for the release, run once against the same code and configuration. When every start does it, several instances race to change the same tables, a slow migration keeps the app from answering, a restart of an earlier release runs against a newer schema, and a destructive sync loses data without anybody having decided to.',
  whenNotToUse:
    'In tools with a private database, and while there is nothing in the database that matters.',
  fix: 'suggest',
  messages: {
    command:
      'Starting the app first runs `{step}`; migrate in the release phase, or as a job of its own.',
    reset: 'Starting the app first runs `{step}`, which resets data; take it out of the start.',
    sync: 'The schema is synchronised whenever the app starts (`{what}`); use migrations, run before the release.',
    migrate:
      'Migrations run whenever the app starts; run them in the release phase, or as a job of its own.',
  },
  scope: { roles: ['web', 'worker', 'clock', 'serverless'] },
  command(command, { model, report }) {
    const isScript = model.files.kind(command.path) === 'shell';
    if ((!command.production && !isScript) || command.process === 'release') return;
    const serving = command.steps.filter((step) => !migrationWork(step));
    for (const step of command.steps) {
      const work = migrationWork(step) ?? workOfScript(command, step, model);
      const after = command.steps.slice(command.steps.indexOf(step) + 1);
      if (!work || !(isScript ? after.some(startsApp) : serving.some(isServing))) continue;
      report({
        at: culprit(command, step, model),
        message: work === 'reset' ? 'reset' : 'command',
        // A script that developers start the app with.
        ...(command.production ? {} : { severity: 'information' as const }),
        data: { step: step.argv.join(' ') },
        fixes: () => (work === 'reset' ? [] : releasePhaseFixes(model, command, step)),
      });
    }
  },
  meaning({ meaning, call, args, path }, { model, report }) {
    if (meaning.kind !== 'migrate' || call.context.includes('development')) return;
    if (meaning.how !== 'sync') {
      if (meaning.how !== 'seed') report({ at: call.nameSpan, message: 'migrate' });
      return;
    }
    const options =
      meaning.option === undefined ? [] : argumentValues(args, meaning.option, model, path);
    for (const { at, key, what, severity } of options.flatMap(switches)) {
      const quieter = severity ? { severity } : {};
      if (key === 'migrationsRun') report({ at, message: 'migrate', ...quieter });
      else report({ at, message: 'sync', data: { what }, ...quieter });
    }
  },
  call(call, { report }) {
    // `db.sequelize.sync({ force: true })`: models are gathered at run time, so the instance cannot be followed.
    const { callee } = call;
    // `R.knex.migrate.latest()`: nothing but knex is called like this.
    if (/\bmigrate\.latest$/.test(memberPath(callee)) && !call.context.includes('development'))
      report({ at: call.nameSpan, message: 'migrate' });
    if (
      callee.kind !== 'member' ||
      callee.name !== 'sync' ||
      callee.object.kind !== 'member' ||
      callee.object.name !== 'sequelize' ||
      call.context.includes('development')
    )
      return;
    for (const { at, what, severity } of call.args.slice(0, 1).flatMap(switches))
      report({ at, message: 'sync', data: { what }, ...(severity ? { severity } : {}) });
  },
  examples: {
    bad: [
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
          Dockerfile:
            'FROM node:22\nCOPY . .\nCMD ["sh", "-c", "npm run migrate && node server.js"]\n',
        },
        findings: [
          { at: 'CMD ["sh", "-c", "npm run migrate && node server.js"]', path: 'Dockerfile' },
        ],
        fixed: { release: { Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "server.js"]\n' } },
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
    ],
    good: [
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
    ],
  },
});

/** Where migration and serving are put together: the script that does both, else the command line itself. */
function culprit(command: StartCommand, step: CommandStep, model: ProjectModel): Location {
  if (model.files.kind(command.path) === 'shell') return inScript(command, step, model);
  const script = outermost(step);
  const isOneScript =
    script !== undefined && command.steps.every((each) => outermost(each) === script);
  return isOneScript || (command.form === 'script' && step.path === command.path)
    ? blamed(command, step, model)
    : { path: command.path, span: command.span };
}

/** What a script that runs before the app does: `node scripts/check-db.js && node server.js`, where it spawns the migration. */
function workOfScript(
  command: StartCommand,
  step: CommandStep,
  model: ProjectModel,
): 'migrate' | undefined {
  if (command.steps.at(-1) === step || step.background === true) return undefined;
  const paths = (step.words ?? [])
    .slice(1)
    .flatMap(({ locations }) => locations.find((path) => model.facts.has(path)) ?? []);
  const found = paths
    .flatMap((path) => model.meanings(path))
    .some(({ meaning, args }) => {
      if (meaning.kind === 'migrate') return meaning.how === 'migrate';
      if (meaning.kind !== 'spawn' || meaning.how !== 'shell') return false;
      const text = stringOf(argumentAt(args, meaning.command));
      return (
        text !== undefined &&
        parseShellSyntax(text).commands.some(
          ({ words }) => migrationWork(throughRunner(words.map((word) => word.text))) !== undefined,
        )
      );
    });
  return found ? 'migrate' : undefined;
}

function throughRunner(argv: readonly string[]): { readonly argv: readonly string[] } {
  const call = readRunner(argv);
  return { argv: call?.kind === 'program' ? argv.slice(call.start) : argv };
}

/** The line of a start script that takes a step, itself or through another script. */
function inScript(command: StartCommand, step: CommandStep, model: ProjectModel): Location {
  if (step.path === command.path) return { path: step.path, span: step.span };
  const called = model.files
    .shell(command.path)
    ?.commands.find(({ words }) =>
      words.some(({ text }) => baseName(text) === baseName(step.path)),
    );
  return { path: command.path, span: called?.span ?? command.span };
}

/** The package script that a step comes from; what a hook does belongs to its script. */
function outermost({ via, hook }: CommandStep): string | undefined {
  return hook ? via[0]?.replace(/^(pre|post)/, '') : via[0];
}

function isServing(step: CommandStep): boolean {
  return !/^(echo|sleep|wait-on|wait-for-it\.sh|wait-for|nc|set|export|cd|mkdir|true|test|\[|dockerize|tsc|printenv|env)$/.test(
    step.argv[0] ?? '',
  );
}

/** The names behind a callee's root: `R.knex.migrate.latest` → `knex.migrate.latest`. */
function memberPath(callee: Value): string {
  if (callee.kind === 'import') return callee.members.join('.');
  return callee.kind === 'member' ? `${memberPath(callee.object)}.${callee.name}` : '';
}

interface Switch {
  readonly at: Location | Value['span'];
  readonly key: string;
  readonly what: string;
  readonly severity?: Severity;
}

/** The options that make a connection change the schema, where they are on; from the environment they are a hint. */
function switches(option: Value): readonly Switch[] {
  const objects = possibleValues(option).filter(
    (value): value is ObjectValue => value.kind === 'object',
  );
  return objects.flatMap((object) =>
    ['synchronize', 'migrationsRun', 'dropSchema', 'alter', 'force'].flatMap((key): Switch[] => {
      const value = propertyOf(object, key);
      if (!value) return [];
      const at = value.path === undefined ? value.span : { path: value.path, span: value.span };
      if (value.kind === 'literal' && value.value === true)
        return [{ at, key, what: `${key}: true` }];
      const isOptIn =
        readsEnvironment(value) &&
        possibleValues(value).some((each) => each.kind === 'literal' && each.value === true);
      return isOptIn ? [{ at, key, what: key, severity: 'hint' }] : [];
    }),
  );
}
