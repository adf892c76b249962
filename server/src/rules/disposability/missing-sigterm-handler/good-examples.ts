import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'a loop over signal names',
    code: `import http from 'node:http';
const server = http.createServer((request, response) => response.end('ok'));
server.listen(process.env.PORT);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => server.close());
}
`,
    path: 'index.js',
  },
  {
    title: 'a handler in another module of the process',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node index.js" }, "dependencies": { "express": "^4.0.0" } }\n',
      'index.js': `const express = require('express');
const { drain } = require('./lib/drain');
drain(express().listen(process.env.PORT));
`,
      'lib/drain.js': `const SIGNALS = { quit: 'SIGTERM' };
exports.drain = (server) => process.on(SIGNALS.quit, () => server.close(() => process.exit(0)));
`,
    },
  },
  {
    title: 'a bot that stops its polling',
    path: 'bot.js',
    code: `import { Telegraf } from 'telegraf';
const bot = new Telegraf(process.env.BOT_TOKEN);
bot.on('text', (context) => context.reply('pong'));
bot.launch();
process.once('SIGINT', () => bot.stop('SIGINT'));
process.once('SIGTERM', () => bot.stop('SIGTERM'));
`,
  },
  {
    title: 'a helper library',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node index.js" }, "dependencies": { "fastify": "^4.0.0", "close-with-grace": "^1.0.0" } }\n',
      'index.js': `import fastify from 'fastify';
import closeWithGrace from 'close-with-grace';
const app = fastify();
closeWithGrace({ delay: 500 }, async () => app.close());
await app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });
`,
    },
  },
  {
    title: 'Nest’s own switch',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node src/main.js" }, "dependencies": { "@nestjs/core": "^10.0.0" } }\n',
      'src/main.js': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
const app = await NestFactory.create(AppModule);
app.enableShutdownHooks();
await app.listen(process.env.PORT);
`,
      'src/app.module.js': 'export class AppModule {}\n',
    },
  },
  {
    title: 'signals by a helper that gets their names',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node index.js" }, "dependencies": { "express": "^4.0.0", "@godaddy/terminus": "^4.0.0" } }\n',
      'index.js': `const express = require('express');
const { createTerminus } = require('@godaddy/terminus');
const server = express().listen(process.env.PORT);
createTerminus(server, { signals: ['SIGINT', 'SIGTERM'] });
`,
    },
  },
  {
    title: 'Apollo Server, which stops and drains on signals by itself',
    path: 'server.js',
    code: `import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
const server = new ApolloServer({ typeDefs: 'type Query { a: Int }', resolvers: {} });
await startStandaloneServer(server, { listen: { port: Number(process.env.PORT) } });
`,
  },
  {
    title: 'a module that holds the consumer of another process',
    files: {
      'package.json':
        '{ "name": "shop", "main": "lib.js", "scripts": { "start": "node once.js" }, "dependencies": { "bullmq": "^5.0.0" } }\n',
      'once.js': `const { addMail } = require('./mails');
addMail({}).then(() => console.log('added'));
`,
      'mails.js': `const { Queue, Worker } = require('bullmq');
exports.addMail = (mail) => new Queue('mails').add('mail', mail);
exports.work = () => new Worker('mails', async () => {});
`,
    },
  },
  {
    title: 'a one-off script that listens for a moment',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "next start", "authorize": "node scripts/authorize.js" }, "dependencies": { "next": "^14.0.0" } }\n',
      'scripts/authorize.js': `import http from 'node:http';
http.createServer((request, response) => response.end()).listen(process.env.CALLBACK_PORT);
`,
    },
  },
  {
    title: 'an app that another process serves',
    files: {
      'package.json':
        '{ "name": "shop", "main": "app.js", "dependencies": { "express": "^4.0.0" } }\n',
      'app.js': `const express = require('express');
const app = express();
app.get('/', (req, res) => res.send('ok'));
module.exports = app;
`,
    },
  },
  {
    title: 'a server that a test helper exports, beside an app that handles the signal on one line',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0" } }\n',
      'server.js': `const app = require('express')();
const server = app.listen(process.env.PORT);
if (server) process.on('SIGTERM', () => server.close(() => process.exit(0)));
`,
      'test/helper.js': `module.exports = require('express')().listen(0);\n`,
    },
  },
  {
    title: 'a cluster whose primary tells its workers',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0" } }\n',
      'server.js': `const cluster = require('node:cluster');
const express = require('express');
if (cluster.isPrimary) {
  cluster.fork();
  process.on('SIGTERM', () => cluster.disconnect(() => process.exit(0)));
} else express().listen(process.env.PORT);
`,
    },
  },
  {
    title: 'workers that stop by themselves',
    files: {
      'package.json':
        '{ "name": "refunds", "scripts": { "start": "node worker.js", "start:jobs": "node jobs.js" }, "dependencies": { "@temporalio/worker": "^1.0.0", "graphile-worker": "^0.16.0" } }\n',
      'worker.js': `const { Worker } = require('@temporalio/worker');
Worker.create({ taskQueue: 'refunds' }).then((worker) => worker.run());
`,
      'jobs.js': `const { run } = require('graphile-worker');
run({ connectionString: process.env.DATABASE_URL, taskList: {} });
`,
    },
  },
  {
    title: 'a first process that hands signals on, and a script that only waits for a program',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "type": "module", "scripts": { "start": "node server.js" }, "dependencies": {} }\n',
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "run.js"]\n',
      'run.js': `import { spawn } from 'node:child_process';
const web = spawn(process.execPath, ['server.js'], { stdio: 'inherit' });
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => web.kill(signal));
web.on('exit', (code) => process.exit(code ?? 1));
`,
      'server.js': '',
      'Dockerfile.report': 'FROM node:22\nCOPY . .\nCMD ["node", "report.js"]\n',
      'report.js': `import { spawn } from 'node:child_process';
const dump = spawn('pg_dump', [process.env.DATABASE_URL]);
dump.stdout.pipe(process.stdout);
dump.on('close', (code) => console.log(code));
`,
    },
  },
  {
    title: 'a handler that a parameter could switch off, but does not',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "type": "module", "scripts": { "start": "node dist/server.js" }, "dependencies": {} }\n',
      'src/server.ts': `import { createServer } from 'node:http';
import { Shutdown } from './shutdown';
export const shutdown = new Shutdown(false);
createServer().listen(process.env.PORT);
`,
      'src/shutdown.ts': `export class Shutdown {
  constructor(private disabled = true) {
    if (disabled) return;
    process.on('SIGTERM', () => this.run());
  }
  run(): void {
    process.exitCode = 0;
  }
}
`,
    },
  },
];
