import type { BadExample } from '../../../engine/rule';
import { manifest } from './example-parts';

export const badExamples: readonly BadExample[] = [
  {
    title: 'a job that starts a model’s own function, where a loop over files collects the models',
    files: {
      'package.json': manifest({ start: 'node server.js' }, { express: '4', sequelize: '6' }),
      'server.js': `const { RevisionJob } = require('./job');
require('express')().listen(process.env.PORT);
new RevisionJob().start();
`,
      'job.js': `const models = require('./models');
exports.RevisionJob = class {
  start() {
    this.timer = setInterval(this.save.bind(this), 300_000);
  }
  save() {
    models.Revision.saveAllRevisions();
  }
};
`,
      'models/index.js': `const fs = require('fs');
const path = require('path');
const { Sequelize, DataTypes } = require('sequelize');
const sequelize = new Sequelize(process.env.DATABASE_URL);
const db = { sequelize };
for (const file of fs.readdirSync(__dirname)) {
  if (file === 'index.js') continue;
  const model = require(path.join(__dirname, file))(sequelize, DataTypes);
  db[model.name] = model;
}
module.exports = db;
`,
      'models/revision.js': `const { Op } = require('sequelize');
module.exports = (sequelize, DataTypes) => {
  const Revision = sequelize.define('Revision', { text: DataTypes.TEXT });
  Revision.saveAllRevisions = async () => {
    const notes = await sequelize.models.Note.findAll({ where: { savedAt: { [Op.eq]: null } } });
    for (const { text } of notes) await Revision.create({ text });
  };
  return Revision;
};
`,
    },
    findings: [{ at: 'setInterval', path: 'job.js' }],
  },
  {
    title: 'node-cron in the server',
    files: {
      'package.json': manifest({ start: 'node server.js' }, { express: '4', 'node-cron': '3' }),
      'server.js': `const express = require('express');
const cron = require('node-cron');
const { sendReminders } = require('./reminders');
const app = express();
cron.schedule('0 8 * * *', sendReminders);
app.listen(process.env.PORT);
`,
      'reminders.js': `exports.sendReminders = async () => {};
`,
    },
    findings: [
      {
        at: 'schedule',
        path: 'server.js',
        message:
          '`schedule` schedules work in every process that serves requests; run it once, in a clock process.',
      },
    ],
  },
  {
    title: 'jobs that wait until the server starts them',
    files: {
      'package.json': manifest(
        { start: 'node dist/server.js' },
        { express: '5', cron: '4', 'node-cron': '3' },
      ),
      'src/server.ts': `import express from 'express';
import { CronJob } from 'cron';
import { digest, sweep } from './work';
import { nightly } from './nightly';
const job = new CronJob('0 * * * *', () => sweep());
const idle = new CronJob('0 * * * *', () => digest(), null, false);
express().listen(process.env.PORT, () => {
  job.start();
  nightly.start();
});
`,
      'src/nightly.ts': `import cron from 'node-cron';
import { sweep } from './work';
export const nightly = cron.schedule('0 3 * * *', sweep, { scheduled: false });
`,
      'src/work.ts': `export const sweep = () => fetch(process.env.SWEEP_URL!, { method: 'POST' });
export const digest = () => fetch(process.env.DIGEST_URL!, { method: 'POST' });
`,
    },
    findings: [
      { at: 'schedule', path: 'src/nightly.ts' },
      { at: 'CronJob', occurrence: 2, path: 'src/server.ts' },
    ],
  },
  {
    title: 'an interval that deletes rows, loaded for one instance of a process manager',
    files: {
      'package.json': manifest({ start: 'node src/server.js' }, { express: '4', knex: '3' }),
      'src/server.js': `const express = require('express');
const env = require('./env');
if (env.NODE_APP_INSTANCE === 0) {
  require('./cron');
}
express().listen(env.PORT);
`,
      'src/env.js': `module.exports = {
  PORT: process.env.PORT,
  NODE_APP_INSTANCE: Number(process.env.NODE_APP_INSTANCE ?? 0),
};
`,
      'src/cron.js': `const links = require('./links');
setInterval(function () {
  links.removeExpired(new Date()).catch(console.error);
}, 30_000);
`,
      'src/links.js': `const knex = require('./knex');
async function removeExpired(date) {
  await knex('links').where('expires', '<', date).delete();
}
module.exports = { removeExpired };
`,
      'src/knex.js': `module.exports = require('knex')({ client: 'pg', connection: process.env.DATABASE_URL });
`,
    },
    findings: [
      {
        at: 'setInterval',
        path: 'src/cron.js',
        message:
          'This timer changes data in every process that serves requests; run it once, in a clock process.',
      },
    ],
  },
  {
    title: 'decorated methods in Nest',
    files: {
      'package.json': manifest(
        { 'start:prod': 'node dist/main' },
        { '@nestjs/core': '10', '@nestjs/schedule': '4' },
      ),
      'tsconfig.json': '{ "compilerOptions": { "outDir": "./dist" } }\n',
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(process.env.PORT ?? 3000);
}
bootstrap();
`,
      'src/app.module.ts': `import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { InvoicesService } from './invoices.service';
@Module({ imports: [ScheduleModule.forRoot()], providers: [InvoicesService] })
export class AppModule {}
`,
      'src/invoices.service.ts': `import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { InvoiceRepository } from './invoice.repository';
@Injectable()
export class InvoicesService {
  constructor(private readonly invoices: InvoiceRepository) {}

  @Cron(CronExpression.EVERY_DAY_AT_MIDNIGHT)
  async remind() {
    await this.invoices.markOverdue();
  }
}
`,
      'src/invoice.repository.ts': `import { Injectable } from '@nestjs/common';
@Injectable()
export class InvoiceRepository {
  async markOverdue() {}
}
`,
    },
    findings: [{ at: 'Cron', occurrence: 3, path: 'src/invoices.service.ts' }],
  },
  {
    title: 'a poll that sets itself again, and a class that schedules',
    files: {
      'package.json': manifest(
        { start: 'node index.js' },
        { koa: '2', mongoose: '8', cron: '3', nodemailer: '6' },
      ),
      'index.js': `import Koa from 'koa';
import { poll } from './outbox.js';
import { Digest } from './digest.js';
const app = new Koa();
app.listen(process.env.PORT, () => {
  poll();
  new Digest().start();
});
`,
      'outbox.js': `import mongoose from 'mongoose';
const Event = mongoose.model('Event', new mongoose.Schema({ sent: Boolean }));
export async function poll() {
  const events = await Event.find({ sent: false });
  for (const event of events) await Event.updateOne({ _id: event._id }, { sent: true });
  setTimeout(poll, 1000);
}
`,
      'digest.js': `import { CronJob } from 'cron';
import nodemailer from 'nodemailer';
const transport = nodemailer.createTransport(process.env.SMTP_URL);
export class Digest {
  start() {
    const job = new CronJob('0 0 9 * * 1', () => transport.sendMail({ to: 'all@example.com' }));
    job.start();
  }
}
`,
    },
    findings: [
      { at: 'setTimeout', path: 'outbox.js' },
      { at: 'CronJob', occurrence: 2, path: 'digest.js' },
    ],
  },
  {
    title: 'a switch by the environment is worth a hint',
    files: {
      'package.json': manifest({ start: 'node index.js' }, { express: '4', 'node-schedule': '2' }),
      'index.js': `const express = require('express');
const schedule = require('node-schedule');
if (process.env.RUN_CRON === 'true') schedule.scheduleJob('0 * * * *', () => console.log('hourly'));
express().listen(process.env.PORT);
`,
    },
    findings: [{ at: 'scheduleJob', path: 'index.js', severity: 'hint' }],
  },

  {
    title: 'a timer in what Next starts with',
    files: {
      'package.json': manifest(
        { build: 'next build', start: 'next start' },
        { next: '15', pg: '8' },
      ),
      'instrumentation.ts': `export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { closeAuctions } = await import('./lib/auctions');
  setInterval(() => void closeAuctions(), 60_000);
}
`,
      'lib/auctions.ts': `import pg from 'pg';
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
export const closeAuctions = () => pool.query('update auction set closed = true where ends_at < now()');
`,
    },
    findings: [{ at: 'setInterval', path: 'instrumentation.ts' }],
  },
  {
    title: 'a job in a plugin that Nitro loads',
    files: {
      'package.json': manifest(
        { start: 'node .output/server/index.mjs' },
        { nuxt: '3', croner: '8', pg: '8' },
      ),
      'server/plugins/clean.ts': `import { Cron } from 'croner';
import pg from 'pg';
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
export default defineNitroPlugin(() => {
  new Cron('0 3 * * *', () => pool.query('delete from drafts where age > 30'));
});
declare function defineNitroPlugin(plugin: () => void): void;
`,
    },
    findings: [{ at: 'Cron', path: 'server/plugins/clean.ts', occurrence: 2 }],
  },

  {
    title: 'jobs that are handed to a timer of one’s own, each reported where it is handed over',
    files: {
      'package.json': manifest({ start: 'node server.js' }, { express: '4', pg: '8' }),
      'server.js': `const express = require('express');
const { Pool } = require('pg');
const { Scheduler } = require('./scheduler');
const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const scheduler = new Scheduler();
express().listen(process.env.PORT);
scheduler.schedule(() => pool.query('DELETE FROM sessions WHERE ended'), 86_400_000);
scheduler.schedule(() => console.log(process.memoryUsage().rss), 60_000);
`,
      'scheduler.js': `exports.Scheduler = class {
  timers = [];
  schedule(job, ms) {
    const run = async () => {
      try {
        await job();
      } catch (error) {
        console.error(error);
      }
    };
    this.timers.push(setInterval(run, ms).unref());
  }
};
`,
    },
    findings: [{ at: 'schedule', occurrence: 4, path: 'server.js' }],
  },

  {
    title: 'services that a variable picks from a table of imports',
    files: {
      'package.json': manifest({ start: 'node dist/server.js' }, { express: '4', pg: '8' }),
      'src/server.ts': `import express from 'express';
import services from './services';
async function start() {
  const app = express();
  for (const name of (process.env.SERVICES ?? 'web,cleaning').split(',')) {
    const { default: init } = await services[name as keyof typeof services]();
    init(app);
  }
  app.listen(process.env.PORT);
}
void start();
`,
      'src/services/index.ts': `const services = { web: () => import('./web'), cleaning: () => import('./cleaning') } as const;
export default services;
`,
      'src/services/web.ts': `import type { Express } from 'express';
export default (app: Express) => void app.get('/', (_req, res) => res.end());
`,
      'src/services/cleaning.ts': `import { Pool } from 'pg';
const pool = new Pool({ connectionString: process.env.DATABASE_URL });
export default function init(_app: unknown) {
  setInterval(() => void pool.query('DELETE FROM drafts WHERE old'), 86_400_000).unref();
}
`,
    },
    findings: [{ at: 'setInterval', path: 'src/services/cleaning.ts' }],
  },
  {
    title:
      'jobs behind two wrappers, in a method, in a function that sets itself again, and in a loop',
    files: {
      'package.json': manifest({ start: 'node dist/server.js' }, { express: '5', pg: '8' }),
      'tsconfig.json': '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" } }\n',
      'src/timers.ts': `export function repeat(job: () => void, ms: number) {
  return setInterval(job, ms);
}
export function schedule(name: string, job: () => Promise<unknown>, minutes: number) {
  console.log(name);
  return repeat(() => void job(), minutes * 60_000);
}
export function again(seconds: number, task: () => Promise<unknown>) {
  const tick = async () => {
    await task();
    setTimeout(tick, seconds * 1000);
  };
  void tick();
}
export class Scheduler {
  private readonly timers: NodeJS.Timeout[] = [];
  every(ms: number, job: () => Promise<unknown>) {
    this.timers.push(setInterval(() => void job().catch(console.error), ms));
  }
}
export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
`,
      'src/work.ts': `import { Pool } from 'pg';
import { sleep } from './timers';
const pool = new Pool({ connectionString: process.env.DATABASE_URL });
export const clean = () => pool.query('delete from sessions where expires < now()');
export async function deliver() {
  while (true) {
    await pool.query('update outbox set sent = true');
    await sleep(5000);
  }
}
`,
      'src/server.ts': `import express from 'express';
import { Scheduler, again, schedule } from './timers';
import { clean, deliver } from './work';
const scheduler = new Scheduler();
scheduler.every(60_000, clean);
schedule('clean', clean, 5);
again(30, clean);
void deliver();
express().listen(process.env.PORT);
`,
    },
    findings: [
      { at: 'every', path: 'src/server.ts' },
      { at: 'schedule', path: 'src/server.ts', occurrence: 4 },
      { at: 'again', path: 'src/server.ts', occurrence: 2 },
      { at: 'sleep', path: 'src/work.ts', occurrence: 2 },
    ],
  },
  {
    title: 'an abstract job, and plugins of Nitro that start what lies elsewhere',
    files: {
      'package.json': manifest({ start: 'node .output/server/index.mjs' }, { nuxt: '3', pg: '8' }),
      'server/plugins/jobs.ts': `import { CleaningJob } from '../jobs/cleaning';
export default defineNitroPlugin(() => {
  new CleaningJob().start();
});
`,
      'server/jobs/job.ts': `export abstract class Job {
  start() {
    setInterval(() => void this.run(), 60_000);
  }
  abstract run(): Promise<unknown>;
}
`,
      'server/jobs/cleaning.ts': `import { Pool } from 'pg';
import { Job } from './job';
const pool = new Pool({ connectionString: process.env.DATABASE_URL });
export class CleaningJob extends Job {
  run() {
    return pool.query('delete from carts where old');
  }
}
`,
    },
    findings: [{ at: 'setInterval', path: 'server/jobs/job.ts' }],
  },
  {
    title: 'tasks that a server of Nitro runs by a schedule',
    files: {
      'package.json': manifest({ start: 'node .output/server/index.mjs' }, { nuxt: '4' }),
      'nuxt.config.ts':
        "export default defineNuxtConfig({ nitro: { experimental: { tasks: true }, scheduledTasks: { '0 3 * * *': ['db:clean'] } } });\n",
      'server/tasks/db/clean.ts':
        "export default defineTask({ meta: { name: 'db:clean' }, run: () => ({ result: 'ok' }) });\n",
    },
    findings: [{ at: 'scheduledTasks', path: 'nuxt.config.ts' }],
  },
  {
    title:
      'behind a function that repeats what it is given, through an alias that the framework generates',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "nuxt start" }, "dependencies": { "nuxt": "^4.0.0", "pg": "^8.0.0" } }',
      'nuxt.config.ts': `import { fileURLToPath } from 'node:url';
export default defineNuxtConfig({
  alias: {
    '#data': fileURLToPath(new URL('./server/data', import.meta.url)),
  },
});
`,
      'server/plugins/start.ts': `import { clean } from '#server/utils/clean';
export default defineNitroPlugin(() => clean());
`,
      'server/utils/clean.ts': `import { everyMinute } from '#shared/utils/time';
import { pool } from '#data/pool';
export const clean = () => everyMinute(() => pool.query('DELETE FROM links WHERE old'));
`,
      'server/data/pool.ts': `import { Pool } from 'pg';
export const pool = new Pool({ connectionString: process.env.DATABASE_URL });
`,
      'shared/utils/time.ts': `export function everyMinute(job: () => unknown) {
  job();
  return setInterval(job, 60_000);
}
`,
    },
    findings: [{ at: 'everyMinute', occurrence: 2, path: 'server/utils/clean.ts' }],
  },
];
