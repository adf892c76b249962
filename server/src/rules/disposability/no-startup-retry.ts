import { defineRule } from '../../engine/rule';
import type { Value } from '../../languages/source/value';
import { stringOf } from '../../languages/source/values';
import { canonicalName } from '../../project/canonical';
import { deploymentOf, isServerModule } from '../../project/deployment';
import type { CallFact } from '../../project/facts';
import type { CallMeaning, ProjectModel } from '../../project/model';
import { chainText, retryAround } from '../../project/retries';
import { serves, servicesBeside } from '../../project/services/beside';
import { serviceLabel } from '../../project/services/service-names';

export default defineRule({
  id: 'no-startup-retry',
  factor: 'disposability',
  severity: 'information',
  since: '0.1.0',
  summary: 'A service is connected to once at start, and a failure is final.',
  why: 'Processes start in any order: after a crash of the host the app may be up seconds before its database. A start that tries once turns that into a crash, wait scripts around the command, and a boot order that somebody has to keep. Tried again with growing delays, and given up in the end with an exit code, the app copes with a service that is late, and restarts on its own.',
  whenNotToUse:
    'Where the platform restarts the process with growing delays and nobody minds the noise, or for a service that is optional.',
  fix: 'none',
  messages: {
    once: 'The {service} is tried once at start; try again with growing delays, so that it may come up later.',
    beside:
      '{product} starts beside the app, which tries it only once; try again with growing delays.',
    tight:
      'The {service} is tried again without pause or limit; wait longer each time, and give up at last.',
  },
  meaning(found, context) {
    const { meaning, call, args, path } = found;
    const { model, module, report } = context;
    if (meaning.kind !== 'connect' || meaning.attempt !== 'once') return;
    if (!isServerModule(module) || deploymentOf(module, model) === 'unlikely') return;
    if (call.context.includes('development') || triesItself(args)) return;
    if (!mayRunAtStart(found, model) || !isFinal(found, model)) return;
    const retry = retryAround(path, call.span, model);
    if (retry === 'backs-off') return;
    const service = serviceLabel(meaning.service);
    if (retry === 'tight')
      return report({ at: call.nameSpan, message: 'tight', data: { service } });
    const beside = servicesBeside(model).filter((one) => serves(one.service, meaning.service));
    const [open] = beside.filter(({ gated }) => !gated);
    if (!open)
      return report({
        at: call.nameSpan,
        message: 'once',
        data: { service },
        ...(beside.length > 0 ? { severity: 'hint' } : {}),
      });
    report({
      at: call.nameSpan,
      message: 'beside',
      data: { product: open.product },
      severity: 'warning',
      related: [{ path: open.path, span: open.span, message: `${open.product} is started here` }],
    });
  },
  examples: {
    bad: [
      {
        title: 'a failure that exits',
        path: 'server.js',
        code: `const express = require('express');
const { MongoClient } = require('mongodb');
const app = express();

MongoClient.connect(process.env.MONGODB_URI, (error, client) => {
  if (error) {
    console.error(error);
    process.exit(1);
  }
  app.locals.db = client.db();
  app.listen(process.env.PORT);
});
`,
        findings: [
          {
            at: 'connect',
            message:
              'The MongoDB is tried once at start; try again with growing delays, so that it may come up later.',
          },
        ],
      },
      {
        title: 'compose starts the database beside the app',
        files: {
          'src/server.ts': `import express from 'express';
import { connect } from './database';

async function main() {
  await connect();
  express().listen(process.env.PORT);
}
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
`,
          'src/database.ts': `import { DataSource } from 'typeorm';

export const source = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL });
export async function connect(): Promise<void> {
  await source.initialize();
}
`,
          'docker-compose.yml': `services:
  api:
    build: .
    depends_on: [db]
  db:
    image: postgres:16
`,
        },
        findings: [
          {
            at: 'initialize',
            path: 'src/database.ts',
            severity: 'warning',
            message:
              'PostgreSQL starts beside the app, which tries it only once; try again with growing delays.',
          },
        ],
      },
      {
        title: 'Nest’s usual wrapper of Prisma',
        files: {
          'src/main.ts': `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PrismaService } from './prisma.service';
@Module({ providers: [PrismaService] })
class AppModule {}
void NestFactory.create(AppModule).then((app) => app.listen(process.env.PORT ?? 3000));
`,
          'src/prisma.service.ts': `import { Injectable, OnModuleInit } from '@nestjs/common';
import { PrismaClient } from '@prisma/client';
@Injectable()
export class PrismaService extends PrismaClient implements OnModuleInit {
  async onModuleInit() {
    await this.$connect();
  }
}
`,
        },
        findings: [{ at: '$connect', path: 'src/prisma.service.ts' }],
      },
      {
        title: 'kept waiting by a health check, which is a help but no cure',
        files: {
          'src/worker.js': `const amqp = require('amqplib');
async function start() {
  const connection = await amqp.connect(process.env.AMQP_URL);
  const channel = await connection.createChannel();
  await channel.consume('mails', console.log);
}
start();
`,
          'compose.yaml': `services:
  worker:
    build: .
    depends_on:
      rabbit:
        condition: service_healthy
  rabbit:
    image: rabbitmq:3.13
    healthcheck:
      test: rabbitmq-diagnostics -q ping
`,
        },
        findings: [{ at: 'connect', occurrence: 2, path: 'src/worker.js', severity: 'hint' }],
      },
      {
        title: 'again and again without a pause',
        code: `import express from 'express';
import pg from 'pg';

const client = new pg.Client(process.env.DATABASE_URL);
let isConnected = false;
while (!isConnected) {
  try {
    await client.connect();
    isConnected = true;
  } catch (error) {
    console.error(error);
  }
}
express().listen(process.env.PORT);
`,
        findings: [
          {
            at: 'connect',
            message:
              'The PostgreSQL is tried again without pause or limit; wait longer each time, and give up at last.',
          },
        ],
      },
      {
        title: 'mongoose, which has to be there before the server listens, or whose failure exits',
        path: 'index.js',
        code: `const mongoose = require('mongoose');
const app = require('express')();
mongoose.connect(process.env.MONGODB_URI).then(() => {
  app.listen(process.env.PORT);
});
mongoose.connect(process.env.OTHER_URI).then(() => {
  console.log('connected');
})
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
`,
        findings: [{ at: 'connect' }, { at: 'connect', occurrence: 2 }],
      },
      {
        title: 'mongoose, whose error listener throws',
        path: 'index.js',
        code: `const mongoose = require('mongoose');
const app = require('express')();
const database = mongoose.connection;
mongoose.connect(process.env.MONGODB_URI);
database.on('error', () => {
  throw new Error('no database');
});
app.listen(process.env.PORT);
`,
        findings: [{ at: 'connect', occurrence: 2 }],
      },
      {
        title: 'mongoose, awaited; sequelize, whose failure is only logged',
        code: `import express from 'express';
import mongoose from 'mongoose';
import { Sequelize } from 'sequelize';

await mongoose.connect(process.env.MONGODB_URI!);
const sequelize = new Sequelize(process.env.DATABASE_URL!);
sequelize.authenticate().catch((error: unknown) => console.error(error));
express().listen(process.env.PORT);
`,
        findings: [{ at: 'connect' }, { at: 'authenticate' }],
      },
    ],
    good: [
      {
        title: 'a loop with a limit and growing delays',
        code: `import express from 'express';
import mongoose from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';

for (let attempt = 1; ; attempt += 1) {
  try {
    await mongoose.connect(process.env.MONGODB_URI!);
    break;
  } catch (error) {
    if (attempt === 10) throw error;
    await sleep(attempt * 1000);
  }
}
express().listen(process.env.PORT);
`,
      },
      {
        title: 'retry libraries, also around a function of another module',
        files: {
          'src/server.ts': `import express from 'express';
import pRetry from 'p-retry';
import { connect } from './database';

await pRetry(() => connect(), { retries: 8 });
express().listen(process.env.PORT);
`,
          'src/database.ts': `import { MongoClient } from 'mongodb';
export async function connect() {
  return MongoClient.connect(process.env.MONGODB_URI!);
}
`,
        },
      },
      {
        title: 'a function that starts itself again',
        path: 'server.js',
        code: `const express = require('express');
const mongoose = require('mongoose');
const amqp = require('amqplib');

function connectMongo() {
  mongoose.connect(process.env.MONGODB_URI).catch((error) => {
    console.error(error);
    setTimeout(connectMongo, 5000);
  });
}
connectMongo();

class Bus {
  async start() {
    try {
      this.connection = await amqp.connect(process.env.AMQP_URL);
    } catch (error) {
      setTimeout(() => this.start(), 2000);
    }
  }
}
new Bus().start();
express().listen(process.env.PORT);
`,
      },
      {
        title: 'pools and clients that connect when they are used, or try again by themselves',
        code: `import express from 'express';
import { Pool } from 'pg';
import Redis from 'ioredis';
import { createClient } from 'redis';
import mongoose from 'mongoose';
import { connect } from 'nats';

export const pool = new Pool({ connectionString: process.env.DATABASE_URL });
export const cache = new Redis(process.env.REDIS_URL!);
await createClient({ url: process.env.OTHER_REDIS_URL }).connect();
export const bus = await connect({ servers: process.env.NATS_URL, waitOnFirstConnect: true });
mongoose.connect(process.env.MONGODB_URI!);
mongoose.connection.on('error', (error) => console.error(error));
express().listen(process.env.PORT);

export function find(id: string) {
  if (!id) throw new Error('an id is needed');
}
`,
      },
      {
        title: 'a check that connects each time it runs',
        path: 'src/monitor.js',
        code: `const { MongoClient } = require('mongodb');
class MongoMonitor {
  async check(url) {
    const client = await MongoClient.connect(url);
    await client.close();
  }
}
setInterval(() => new MongoMonitor().check(process.env.MONGODB_URI), 60_000);
require('express')().listen(process.env.PORT);
`,
      },
      {
        title: 'Nest tries again by itself, also what a factory of its own connects',
        path: 'src/main.ts',
        code: `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL }),
    TypeOrmModule.forRootAsync({
      useFactory: () => ({ type: 'postgres' }),
      dataSourceFactory: async (options) => new DataSource(options!).initialize(),
    }),
  ],
})
class AppModule {}
const app = await NestFactory.create(AppModule);
await app.listen(process.env.PORT ?? 3000);
`,
      },
      {
        title: 'scripts should fail fast; requests answer with the error',
        files: {
          'src/server.js': `const express = require('express');
const mysql = require('mysql2/promise');
const app = express();
app.get('/report', async (req, res) => {
  const connection = await mysql.createConnection(process.env.DATABASE_URL);
  res.json(await connection.query('SELECT 1'));
});
app.listen(process.env.PORT);
`,
          'scripts/seed.js': `const { MongoClient } = require('mongodb');
MongoClient.connect(process.env.MONGODB_URI).then((client) => client.db().collection('users').insertMany([]));
`,
        },
      },
    ],
  },
});

/**
 * Does no request come by, and does the function around the call say by its name that it is for the start? Others connect for
 * what they are asked to do, time and again.
 */
function mayRunAtStart({ path, call }: CallMeaning, model: ProjectModel): boolean {
  if (model.requestReach.way(path, call.fn)) return false;
  const functions = model.facts.get(path)?.functions ?? [];
  let at = functions[call.fn];
  while (at && at.id !== 0 && at.name === undefined) at = functions[at.parent];
  return at?.name === undefined || at.id === 0 || STARTING.test(at.name);
}

const STARTING =
  /connect|connection|init|start|boot|set_?up|load|main|listen|launch|open|^run$|^(db|database|mongo\w*|mongoose|postgres|mysql|sequelize|orm|redis|rabbit\w*|amqp|kafka|nats|queue|default|constructor|up|use\w*|create(Server|App|Channel|Client|Pool|Db|Database|DataSource)|get(Db|Database|Client|Pool|DataSource|Channel))$|on(Module|Application)|on(Ready|Start)|consume|subscribe|worker/i;

/** Options that make the client itself try again. */
function triesItself(args: readonly Value[]): boolean {
  return args.some(
    (arg) =>
      arg.kind === 'object' &&
      arg.properties.some(
        ({ key, value }) =>
          /retr(y|ies)|reconnect|waitOnFirst|backoff/i.test(key) &&
          !(value.kind === 'literal' && (value.value === false || value.value === 0)),
      ),
  );
}

/** Mongoose buffers what is asked of it until it is connected: without an await or an exit nothing fails at start. */
function isFinal({ callee, call, path }: CallMeaning, model: ProjectModel): boolean {
  if (!/^mongoose\.(default\.)?connect$/.test(callee) || call.awaited) return true;
  const ends = /process\.exit|\bthrow\b/;
  const chain = chainText(path, call.span, model);
  if (ends.test(chain) || chain.includes('.listen(')) return true;
  const text = model.files.text(path) ?? '';
  const listeners = model.facts.get(path)?.calls.filter(isErrorListener) ?? [];
  return listeners.some(({ span }) => ends.test(text.slice(span.start, span.end)));
}

/** `mongoose.connection.on('error', …)` */
function isErrorListener({ callee, args }: CallFact): boolean {
  const [event] = args;
  return (
    /^mongoose\.(default\.)?connection\.(on|once)$/.test(canonicalName(callee) ?? '') &&
    event !== undefined &&
    stringOf(event) === 'error'
  );
}
