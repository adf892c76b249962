import { defineRule } from '../../engine/rule';
import { quieterFor } from '../../project/deployment';
import type { Effect } from '../../project/background-work';
import { schedulesOf, type Schedule } from '../../project/schedules';
import { besideServing } from '../../project/served-process';

const manifest = (scripts: object, dependencies: object = {}): string =>
  JSON.stringify({ name: 'shop', private: true, scripts, dependencies }, null, 2) + '\n';

export default defineRule({
  id: 'in-process-scheduler',
  factor: 'concurrency',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The process that serves requests also runs scheduled work.',
  why: 'An app scales out by running more processes of a type. A schedule inside the web process is multiplied with it: two processes send every reminder twice and clean the same rows against each other, and with none running, nothing happens at all. It also takes time from requests, and a restart at the wrong minute skips a run silently. One clock process, or the platform’s scheduler, should start the work: directly, or by putting a job on a queue.',
  whenNotToUse:
    'For work that every process has to do for itself, or an app that never runs more than one process.',
  fix: 'none',
  messages: {
    schedule:
      '`{name}` schedules work in every process that serves requests; run it once, in a clock process.',
    timer:
      'This timer {does} in every process that serves requests; run it once, in a clock process.',
  },
  hints: [
    /\bsetInterval\s*\(/,
    /\bsetTimeout\(\s*(?:\(\)\s*=>\s*\{?\s*(?:void\s+|await\s+)?)?(?!resolve|reject|done|next|cb\b|callback|r\b|res\b|function|async|\(|null)[\w.]+\s*[,(]/,
  ],
  project({ model, report }) {
    const schedules = besideServing(
      model,
      (path) => schedulesOf(path, model).filter(isShared),
      'starts',
    );
    for (const { found, listener, deployment, switched } of schedules) {
      const isQuiet = switched || isLocalOnly(found);
      report({
        at: { path: found.path, span: found.call.nameSpan },
        ...(found.how === 'library'
          ? { message: 'schedule', data: { name: found.name } }
          : { message: 'timer', data: { does: describe(found) } }),
        related: [
          {
            path: listener.path,
            span: listener.call.nameSpan,
            message: 'the same process listens here',
          },
        ],
        ...(isQuiet ? { severity: 'hint' } : quieterFor(deployment)),
      });
    }
  },
  examples: {
    bad: [
      {
        title:
          'a job that starts a model’s own function, where a loop over files collects the models',
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
          'package.json': manifest(
            { start: 'node index.js' },
            { express: '4', 'node-schedule': '2' },
          ),
          'index.js': `const express = require('express');
const schedule = require('node-schedule');
if (process.env.RUN_CRON === 'true') schedule.scheduleJob('0 * * * *', () => console.log('hourly'));
express().listen(process.env.PORT);
`,
        },
        findings: [{ at: 'scheduleJob', path: 'index.js', severity: 'hint' }],
      },
    ],
    good: [
      {
        title: 'a cache and gauges of this process',
        path: 'server.js',
        code: `const express = require('express');
const axios = require('axios');
const client = require('prom-client');
const rates = new Map();
const lag = new client.Gauge({ name: 'lag', help: 'lag' });
async function refreshRates() {
  const { data } = await axios.get(process.env.RATES_URL);
  for (const { name, value } of data) rates.set(name, value);
}
setInterval(refreshRates, 60_000);
setInterval(() => lag.set(performance.now()), 5_000).unref();
const hits = new Map();
setInterval(() => {
  for (const [key, { until }] of hits) if (until < Date.now()) hits.delete(key);
}, 10_000);
express().listen(process.env.PORT);
`,
      },
      {
        title: 'waiting for the last work before the end',
        path: 'server.js',
        code: `const express = require('express');
const { Note } = require('./models');
const server = express().listen(process.env.PORT);
process.on('SIGTERM', () => {
  server.close();
  setInterval(() => {
    Note.updateMany({ dirty: true }, { dirty: false }).then((left) => {
      if (left === 0) process.exit(0);
    });
  }, 100);
});
`,
      },
      {
        title: 'heartbeats and keepalives',
        path: 'server.ts',
        code: `import { WebSocketServer, WebSocket } from 'ws';
import { Pool } from 'pg';
const pool = new Pool();
const wss = new WebSocketServer({ port: Number(process.env.PORT) });
setInterval(() => {
  for (const socket of wss.clients) if (socket.readyState === WebSocket.OPEN) socket.ping();
}, 30_000);
setInterval(() => pool.query('SELECT 1'), 60_000);
async function heartbeat() {
  await pool.query("UPDATE instances SET seen = now() WHERE id = $1", [process.env.HOSTNAME]);
}
setInterval(heartbeat, 10_000);
`,
      },
      {
        title: 'agenda, which locks each job in its database',
        path: 'server.js',
        code: `const express = require('express');
const Agenda = require('agenda');
const agenda = new Agenda({ db: { address: process.env.MONGO_URL } });
agenda.define('cleanup', async () => {});
agenda.start().then(() => agenda.every('1 day', 'cleanup'));
express().listen(process.env.PORT);
`,
      },
      {
        title: 'a clock process of its own',
        files: {
          'package.json': manifest(
            { start: 'node server.js' },
            { express: '4', 'node-cron': '3', mongoose: '8' },
          ),
          Procfile: 'web: node server.js\nclock: node clock.js\n',
          'server.js': `const express = require('express');
const { Session } = require('./sessions');
const app = express();
app.get('/sessions', async (req, res) => res.json(await Session.countDocuments()));
app.listen(process.env.PORT);
`,
          'clock.js': `const { scheduleCleanup } = require('./sessions');
scheduleCleanup();
`,
          'sessions.js': `const cron = require('node-cron');
const mongoose = require('mongoose');
const Session = mongoose.model('Session', new mongoose.Schema({ until: Date }));
exports.Session = Session;
exports.scheduleCleanup = () =>
  cron.schedule('0 * * * *', () => Session.deleteMany({ until: { $lt: new Date() } }));
`,
        },
      },
      {
        title: 'a shared lock decides which process does it',
        path: 'server.js',
        code: `const express = require('express');
const cron = require('node-cron');
const { default: Redlock } = require('redlock');
const Redis = require('ioredis');
const redlock = new Redlock([new Redis(process.env.REDIS_URL)]);
cron.schedule('0 3 * * *', async () => {
  const lock = await redlock.acquire(['nightly'], 60_000);
  await lock.release();
});
express().listen(process.env.PORT);
`,
      },
      {
        title: 'timers of a request, of a connection, and of an attempt',
        path: 'server.js',
        code: `const express = require('express');
const mongoose = require('mongoose');
const Order = mongoose.model('Order', new mongoose.Schema({}));
const app = express();
app.post('/orders', async (req, res) => {
  const poll = setInterval(async () => {
    await Order.updateOne({ _id: req.body.id }, { polled: true });
    clearInterval(poll);
  }, 1000);
  res.end();
});
function connectWithRetry() {
  mongoose.connect(process.env.MONGO_URL).catch(() => setTimeout(connectWithRetry, 5000));
}
connectWithRetry();
app.listen(process.env.PORT);
`,
      },
    ],
  },
});

/** What every process does for itself: probes, measurements, its own copies. */
const UPKEEP =
  /heart_?beat|keep_?alive|ping$|^ping|metrics?|gauge|health|telemetry|^flush|presence|watchdog/i;
const COPIES = /refresh|reload|cache|warm|load[A-Z]|sync[A-Z]\w*Cache/;

/** Work whose result all processes share, so that one of them should do it. */
function isShared({ how, work, path, call }: Schedule): boolean {
  const names = [...(work?.names ?? []), path.split('/').at(-1) ?? '', call.boundTo ?? ''];
  if (work?.locked === true || names.some((name) => UPKEEP.test(name))) return false;
  if (how === 'timer') return work !== undefined && work.does.size > 0 && !isCopy(work, names);
  return !work || work.does.size > 0 || !work.keeps;
}

function isCopy({ does }: NonNullable<Schedule['work']>, names: readonly string[]): boolean {
  return !does.has('data') && !does.has('message') && names.some((name) => COPIES.test(name));
}

/** Each process has a disk of its own. */
function isLocalOnly({ how, work }: Schedule): boolean {
  return (
    how === 'timer' &&
    [...(work?.does ?? [])].every((kind) => kind === 'file' || kind === 'cleanup')
  );
}

const DOES: readonly (readonly [Effect, string])[] = [
  ['data', 'changes data'],
  ['message', 'sends messages'],
  ['request', 'calls another service'],
  ['program', 'runs a program'],
  ['file', 'writes files'],
  ['cleanup', 'deletes files'],
];

function describe({ work }: Schedule): string {
  return DOES.find(([effect]) => work?.does.has(effect))?.[1] ?? 'does work';
}
