import { defineRule } from '../../../engine/rule';
import { besideServing } from '../../../project/processes/served-process';
import { takesWork } from './consumers';

const manifest = (scripts: object, dependencies: object = {}): string =>
  JSON.stringify({ name: 'shop', private: true, scripts, dependencies }, null, 2) + '\n';

export default defineRule({
  id: 'worker-in-web-process',
  factor: 'concurrency',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The process that serves requests also consumes a queue.',
  why: 'The process model scales by type: web processes answer requests, workers take jobs off a queue, and each type gets as many processes as it needs. Where one process does both, every web process added is another consumer, a job that blocks or leaks slows the requests beside it down, and a crash in either ends both. Started from an entry point of its own, the worker is deployed, scaled, stopped and given memory by itself; the code can stay where it is.',
  whenNotToUse:
    'For a small app that is deliberately run as one process, or a consumer that exists once per web process on purpose.',
  fix: 'none',
  scope: { deployment: 'graded' },
  messages: {
    consumes:
      '`{name}` consumes a queue in the process that serves requests; start it from an entry point of its own.',
  },
  project({ model, report }) {
    const consumers = besideServing(
      model,
      (path) => model.meanings(path).filter((found) => takesWork(found, model)),
      'runs',
    );
    for (const { found, served, deployment, switched } of consumers) {
      report({
        at: { path: found.path, span: found.call.nameSpan },
        message: 'consumes',
        data: { name: found.callee.replace(/^new /, '').split('.').at(-1) ?? found.callee },
        related: [served],
        ...(switched ? { severity: 'hint' } : {}),
        deployment,
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'bull in a module that the server loads',
        files: {
          'package.json': manifest({ start: 'node server.js' }, { express: '4', bull: '4' }),
          'server.js': `const express = require('express');
const { mails } = require('./queues');
const app = express();
app.post('/orders', (req, res) => {
  mails.add({ to: req.body.email });
  res.status(202).end();
});
app.listen(process.env.PORT);
`,
          'queues.js': `const Queue = require('bull');
const mails = new Queue('mails', process.env.REDIS_URL);
if (process.env.REDIS_URL) {
  mails.process(5, require('path').resolve(__dirname, 'send-mail.js'));
}
module.exports = { mails };
`,
        },
        findings: [
          {
            at: 'process',
            occurrence: 3,
            path: 'queues.js',
            message:
              '`process` consumes a queue in the process that serves requests; start it from an entry point of its own.',
          },
        ],
      },
      {
        title: 'a loader that starts agenda',
        files: {
          'package.json': manifest(
            { start: 'node dist/app.js' },
            { express: '4', agenda: '4', typescript: '5' },
          ),
          'tsconfig.json': '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" } }\n',
          'src/app.ts': `import express from 'express';

async function startServer() {
  const app = express();
  await require('./loaders').default({ app });
  app.listen(process.env.PORT);
}
startServer();
`,
          'src/loaders/index.ts': `import Agenda from 'agenda';
import jobsLoader from './jobs';

export default async ({ app }) => {
  const agenda = new Agenda({ db: { address: process.env.MONGO_URL } });
  await jobsLoader({ agenda });
};
`,
          'src/loaders/jobs.ts': `import Agenda from 'agenda';

export default ({ agenda }: { agenda: Agenda }) => {
  agenda.define('welcome-mail', async (job) => console.log(job.attrs.data));
  agenda.start();
};
`,
        },
        findings: [{ at: 'start', path: 'src/loaders/jobs.ts' }],
      },
      {
        title: 'a processor in the modules of the Nest app',
        files: {
          'package.json': manifest(
            { 'start:prod': 'node dist/main', build: 'nest build' },
            { '@nestjs/core': '10', '@nestjs/bullmq': '10', bullmq: '5' },
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
import { AudioProcessor } from './audio.processor';
@Module({ providers: [AudioProcessor] })
export class AppModule {}
`,
          'src/audio.processor.ts': `import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Job } from 'bullmq';

@Processor('audio')
export class AudioProcessor extends WorkerHost {
  async process(job: Job) {
    return job.data;
  }
}
`,
        },
        findings: [{ at: 'Processor', occurrence: 2, path: 'src/audio.processor.ts' }],
      },
      {
        title: 'channels and consumers that a class of the server opens',
        files: {
          'package.json': manifest(
            { start: 'node index.mjs' },
            { fastify: '5', amqplib: '0.10', kafkajs: '2' },
          ),
          'index.mjs': `import Fastify from 'fastify';
import { Broker } from './broker.mjs';
import { consumeEvents } from './events.mjs';

const app = Fastify();
const broker = new Broker();
await broker.connect();
await consumeEvents();
await app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });
`,
          'broker.mjs': `import amqp from 'amqplib';
export class Broker {
  async connect() {
    const connection = await amqp.connect(process.env.AMQP_URL);
    const channel = await connection.createChannel();
    await channel.assertQueue('orders', { durable: true });
    await channel.consume('orders', (message) => channel.ack(message));
  }
}
`,
          'events.mjs': `import { Kafka } from 'kafkajs';
const kafka = new Kafka({ brokers: process.env.KAFKA_BROKERS.split(',') });
export async function consumeEvents() {
  const consumer = kafka.consumer({ groupId: 'shop' });
  await consumer.subscribe({ topic: 'events' });
  await consumer.run({ eachMessage: async ({ message }) => console.log(message.key) });
}
`,
        },
        findings: [
          { at: 'consume', path: 'broker.mjs' },
          { at: 'run', path: 'events.mjs' },
        ],
      },
      {
        title: 'a consumer in a field that holds nothing at first',
        files: {
          'package.json': manifest(
            { start: 'node dist/server.js' },
            { express: '4', kafkajs: '2' },
          ),
          'src/server.ts': `import express from 'express';
import { Events } from './events';
const events = new Events();
const app = express();
void events.connect();
app.listen(process.env.PORT);
`,
          'src/events.ts': `import { Consumer, Kafka } from 'kafkajs';
export class Events {
  private kafka: Kafka | null = null;
  private consumer: Consumer | null = null;
  async close() {
    await this.consumer?.disconnect();
    this.consumer = null;
  }
  async connect() {
    this.kafka = new Kafka({ brokers: String(process.env.BROKERS).split(',') });
    this.consumer = this.kafka.consumer({ groupId: 'shop' });
    await this.consumer.run({ eachMessage: async ({ message }) => console.log(message.key) });
  }
}
`,
        },
        findings: [{ at: 'run', path: 'src/events.ts' }],
      },
      {
        title: 'a switch by the environment is worth a hint',
        files: {
          'package.json': manifest({ start: 'node index.js' }, { express: '4', bullmq: '5' }),
          'index.js': `const express = require('express');
const { Worker } = require('bullmq');
if (process.env.ENABLE_WORKERS !== 'false') {
  new Worker('mails', async (job) => job.data, { connection: { url: process.env.REDIS_URL } });
}
express().listen(process.env.PORT);
`,
        },
        findings: [{ at: 'Worker', occurrence: 2, path: 'index.js', severity: 'hint' }],
      },
    ],
    good: [
      {
        title: 'a worker of its own, with a module that both load',
        files: {
          'package.json': manifest(
            { start: 'node server.js', worker: 'node worker.js' },
            { express: '4', bullmq: '5' },
          ),
          Procfile: 'web: node server.js\nworker: node worker.js\n',
          'server.js': `const express = require('express');
const { addMail } = require('./mails');
const app = express();
app.post('/mails', async (req, res) => {
  await addMail(req.body);
  res.status(202).end();
});
app.listen(process.env.PORT);
`,
          'worker.js': `const { startMailWorker } = require('./mails');
startMailWorker();
`,
          'mails.js': `const { Queue, Worker } = require('bullmq');
const connection = { url: process.env.REDIS_URL };
const queue = new Queue('mails', { connection });
exports.addMail = (mail) => queue.add('mail', mail);
exports.startMailWorker = () => new Worker('mails', async (job) => job.data, { connection });
`,
        },
      },
      {
        title: 'producers',
        path: 'server.js',
        code: `const express = require('express');
const amqp = require('amqplib');
const Queue = require('bull');
const reports = new Queue('reports', process.env.REDIS_URL);
const app = express();
app.post('/reports', async (req, res) => {
  await reports.add(req.body);
  const channel = await (await amqp.connect(process.env.AMQP_URL)).createChannel();
  channel.sendToQueue('audit', Buffer.from('report'));
  res.end();
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'a worker that answers health probes',
        files: {
          'package.json': manifest(
            { start: 'node main.js' },
            { express: '4', 'sqs-consumer': '9' },
          ),
          'main.js': `const express = require('express');
const { Consumer } = require('sqs-consumer');
const consumer = Consumer.create({ queueUrl: process.env.QUEUE_URL, handleMessage: async () => {} });
consumer.start();
const app = express();
app.get('/healthz', (req, res) => res.send('ok'));
app.listen(process.env.PORT);
`,
        },
      },
      {
        title: 'a Nest worker with its own module',
        files: {
          'package.json': manifest(
            { start: 'node dist/main.js', 'start:worker': 'node dist/worker.js' },
            { '@nestjs/core': '10', '@nestjs/bull': '10' },
          ),
          'tsconfig.json': '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" } }\n',
          'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
NestFactory.create(AppModule).then((app) => app.listen(process.env.PORT));
`,
          'src/worker.ts': `import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './worker.module';
NestFactory.createApplicationContext(WorkerModule);
`,
          'src/app.module.ts': 'export class AppModule {}\n',
          'src/worker.module.ts': `import { Module } from '@nestjs/common';
import { MailProcessor } from './mail.processor';
@Module({ providers: [MailProcessor] })
export class WorkerModule {}
`,
          'src/mail.processor.ts': `import { Process, Processor } from '@nestjs/bull';
@Processor('mail')
export class MailProcessor {
  @Process()
  async send() {}
}
`,
        },
      },
      {
        title: 'a test that starts both',
        path: 'test/flow.test.js',
        code: `const express = require('express');
const { Worker } = require('bullmq');
const server = express().listen(0);
const worker = new Worker('mails', async () => {});
after(() => Promise.all([worker.close(), server.close()]));
`,
      },
      {
        title: 'messages for this very process',
        path: 'server.js',
        code: `const express = require('express');
const amqp = require('amqplib');
async function listenForReplies() {
  const channel = await (await amqp.connect(process.env.AMQP_URL)).createChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await channel.bindQueue(queue, 'cache', '');
  await channel.consume(queue, () => console.log('invalidate'));
}
listenForReplies();
express().listen(process.env.PORT);
`,
      },
      {
        title: 'a worker thread for computation',
        path: 'server.js',
        code: `const express = require('express');
const { Worker } = require('worker_threads');
const app = express();
app.get('/primes', (req, res) => {
  const worker = new Worker('./primes.js', { workerData: 100 });
  worker.on('message', (primes) => res.json(primes));
});
app.listen(process.env.PORT);
`,
      },
    ],
  },
});
