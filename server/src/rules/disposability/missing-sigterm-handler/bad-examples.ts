import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
  {
    title: 'an app that a callback is handed',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^4.0.0" } }',
      'server.js': `require('./lib/app').start();\n`,
      'lib/app.js': `var express = require('./express');
var settings = require('./settings');

module.exports.init = function (callback) {
  settings.load(function () {
    callback(express.init());
  });
};

module.exports.start = function () {
  this.init(function (app) {
    app.listen(process.env.PORT);
  });
};
`,
      'lib/express.js': `var express = require('express');
module.exports.init = function () {
  return express();
};
`,
      'lib/settings.js': `module.exports.load = function (done) {
  setTimeout(done, 1);
};
`,
    },
    findings: [{ at: 'listen', path: 'lib/app.js' }],
  },
  {
    title: 'express',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node server.js" }, "dependencies": { "express": "^4.0.0" } }\n',
      'server.js': `const express = require('express');
const app = express();

app.get('/', (req, res) => res.send('hello'));

app.listen(process.env.PORT);
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const express = require('express');
const app = express();

app.get('/', (req, res) => res.send('hello'));

const server = app.listen(process.env.PORT);

let isShuttingDown = false;
const shutdown = async () => {
  if (isShuttingDown) return;
  isShuttingDown = true;
  // Idle connections are closed; busy ones take one more request at most.
  server.maxRequestsPerSocket = 1;
  setInterval(() => server.closeIdleConnections(), 250).unref();
  setTimeout(() => {
    console.error('Still busy after 9.5 seconds: closing all connections');
    process.exitCode = 1;
    server.closeAllConnections();
    setTimeout(process.exit, 500).unref();
  }, 9_500).unref();

  // Requests that are on their way are still answered.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await new Promise((resolve) => server.close(resolve));
  process.exit();
};
process.on('SIGTERM', shutdown);
process.on('SIGINT', shutdown);
`,
      },
    },
  },
  {
    title: 'Nest without shutdown hooks',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node dist/main.js" }, "dependencies": { "@nestjs/core": "^10.0.0" } }\n',
      'tsconfig.json': '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" } }\n',
      'src/app.module.ts': 'export class AppModule {}\n',
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(process.env.PORT ?? 3000);
}
void bootstrap();
`,
    },
    findings: [{ at: 'listen', path: 'src/main.ts' }],
    fixed: {
      'graceful-shutdown': {
        'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(process.env.PORT ?? 3000);

  let isShuttingDown = false;
  const shutdown = async () => {
    if (isShuttingDown) return;
    isShuttingDown = true;
    // Idle connections are closed; busy ones take one more request at most.
    app.getHttpServer().maxRequestsPerSocket = 1;
    setInterval(() => app.getHttpServer().closeIdleConnections(), 250).unref();
    setTimeout(() => {
      console.error('Still busy after 9.5 seconds: closing all connections');
      process.exitCode = 1;
      app.getHttpServer().closeAllConnections();
      setTimeout(process.exit, 500).unref();
    }, 9_500).unref();

    // Requests that are on their way are still answered.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await new Promise((resolve) => app.getHttpServer().close(resolve));
    await app.close();
    process.exit();
  };
  process.on('SIGTERM', shutdown);
  process.on('SIGINT', shutdown);
}
void bootstrap();
`,
      },
    },
  },
  {
    title: 'Nest with health checks, which stop nothing',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node src/main.js" }, "dependencies": { "@nestjs/core": "^10.0.0", "@nestjs/terminus": "^10.0.0" } }\n',
      'src/main.js': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
const app = await NestFactory.create(AppModule);
await app.listen(process.env.PORT);
`,
      'src/app.module.js': `import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
export class AppModule {}
Module({ imports: [TerminusModule] })(AppModule);
`,
    },
    findings: [{ at: 'listen', path: 'src/main.js' }],
  },
  {
    title: 'the server is started in a module that the entry point loads; only SIGINT is handled',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node index.js" }, "dependencies": { "fastify": "^4.0.0" } }\n',
      'index.js': `const { start } = require('./server');
process.on('SIGINT', () => process.exit(0));
start();
`,
      'server.js': `const fastify = require('fastify')();
exports.start = async () => {
  await fastify.listen({ port: process.env.PORT, host: '0.0.0.0' });
};
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
  },
  {
    title: 'a handler that only notes the signal, so that nothing ends the process',
    path: 'server.js',
    code: `import { WebSocketServer } from 'ws';
const sockets = new WebSocketServer({ port: Number(process.env.PORT) });
sockets.on('connection', (socket) => socket.send('hello'));
process.on('SIGTERM', () => console.log('SIGTERM'));
`,
    findings: [{ at: 'WebSocketServer', occurrence: 2 }],
  },
  {
    title: 'a consumer that is waited for',
    path: 'worker.js',
    code: `import { Consumer } from 'sqs-consumer';

const consumer = Consumer.create({ queueUrl: process.env.QUEUE_URL, handleMessage: async () => {} });
consumer.start();
`,
    findings: [{ at: 'start' }],
    fixed: {
      'graceful-shutdown': `import { Consumer } from 'sqs-consumer';

const consumer = Consumer.create({ queueUrl: process.env.QUEUE_URL, handleMessage: async () => {} });
consumer.start();

let isShuttingDown = false;
const shutdown = async () => {
  if (isShuttingDown) return;
  isShuttingDown = true;
  setTimeout(() => {
    console.error('Still busy after ten seconds: giving up');
    process.exit(1);
  }, 10_000).unref();

  const consumerStopped = new Promise((resolve) => consumer.once('stopped', resolve));
  consumer.stop();
  await consumerStopped;
  process.exit();
};
process.on('SIGTERM', shutdown);
process.on('SIGINT', shutdown);
`,
    },
  },
  {
    title: 'a bot, started by a class of its own',
    files: {
      'package.json':
        '{ "name": "bot", "private": true, "scripts": { "start": "node index.js" }, "dependencies": { "discord.js": "^14.0.0" } }\n',
      'index.js': `const { Client, GatewayIntentBits } = require('discord.js');
const { Bot } = require('./bot');
new Bot(new Client({ intents: [GatewayIntentBits.Guilds] }));
`,
      'bot.js': `class Bot {
  constructor(client) {
    this.client = client;
    this.client.on('interactionCreate', (interaction) => interaction.reply('pong'));
    this.client.login(process.env.BOT_TOKEN);
  }
}
module.exports = { Bot };
`,
    },
    findings: [
      {
        at: 'login',
        path: 'bot.js',
        message:
          'Nothing handles SIGTERM: a stop cuts answers off; close the connection, finish what runs, then exit.',
      },
    ],
  },
  {
    title: 'a bot, at the top of its module',
    path: 'bot.js',
    code: `import { Client } from 'discord.js';

const client = new Client({ intents: [] });
client.on('messageCreate', (message) => message.reply('pong'));
client.login(process.env.BOT_TOKEN);
`,
    findings: [{ at: 'login' }],
    fixed: {
      'graceful-shutdown': `import { Client } from 'discord.js';

const client = new Client({ intents: [] });
client.on('messageCreate', (message) => message.reply('pong'));
client.login(process.env.BOT_TOKEN);

let isShuttingDown = false;
const shutdown = async () => {
  if (isShuttingDown) return;
  isShuttingDown = true;
  setTimeout(() => {
    console.error('Still busy after ten seconds: giving up');
    process.exit(1);
  }, 10_000).unref();

  await client.destroy();
  process.exit();
};
process.on('SIGTERM', shutdown);
process.on('SIGINT', shutdown);
`,
    },
  },
  {
    title: 'hapi, by a manifest and of old',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node server.js", "start:old": "node old.js" }, "dependencies": { "@hapi/glue": "^9.0.0" } }\n',
      Procfile: 'web: node server.js\nworker: node old.js\n',
      'server.js': `const Glue = require('@hapi/glue');
const Manifest = require('./manifest');
const main = async function () {
  const server = await Glue.compose(Manifest.get('/'), { relativeTo: __dirname });
  await server.start();
};
main();
`,
      'manifest.js': `exports.get = () => ({ server: { port: process.env.PORT } });\n`,
      'old.js': `var Hapi = require('hapi');
var server = Hapi.createServer(process.env.HOST, process.env.PORT, {});
if (process.env.NODE_ENV !== 'test') server.start();
`,
    },
    findings: [
      { at: 'start', path: 'old.js' },
      { at: 'start', path: 'server.js' },
    ],
  },
  {
    title: 'Nest in a chain of promises',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node main.js" }, "dependencies": { "@nestjs/core": "^10.0.0" } }\n',
      'main.js': `const { NestFactory } = require('@nestjs/core');
const { AppModule } = require('./app.module');
NestFactory.create(AppModule).then((app) => app.listen(process.env.PORT));
`,
      'app.module.js': 'exports.AppModule = class {};\n',
    },
    findings: [{ at: 'listen', path: 'main.js' }],
    fixed: {
      'graceful-shutdown': {
        'main.js': `const { NestFactory } = require('@nestjs/core');
const { AppModule } = require('./app.module');
NestFactory.create(AppModule).then((app) => {
  const listening = app.listen(process.env.PORT);

  let isShuttingDown = false;
  const shutdown = async () => {
    if (isShuttingDown) return;
    isShuttingDown = true;
    // Idle connections are closed; busy ones take one more request at most.
    app.getHttpServer().maxRequestsPerSocket = 1;
    setInterval(() => app.getHttpServer().closeIdleConnections(), 250).unref();
    setTimeout(() => {
      console.error('Still busy after 9.5 seconds: closing all connections');
      process.exitCode = 1;
      app.getHttpServer().closeAllConnections();
      setTimeout(process.exit, 500).unref();
    }, 9_500).unref();

    // Requests that are on their way are still answered.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await new Promise((resolve) => app.getHttpServer().close(resolve));
    await app.close();
    process.exit();
  };
  process.on('SIGTERM', shutdown);
  process.on('SIGINT', shutdown);

  return listening;
});
`,
      },
    },
  },
  {
    title: 'only a development script says how it starts',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "dev": "nodemon index.js" }, "dependencies": { "koa": "^2.0.0" } }\n',
      'index.js': `const Koa = require('koa');
const app = new Koa();
app.listen(process.env.PORT);
`,
    },
    findings: [{ at: 'listen', path: 'index.js', severity: 'information' }],
  },

  {
    title: 'a Temporal worker that is told to handle no signals',
    files: {
      'package.json':
        '{ "name": "refunds", "scripts": { "start": "node worker.js" }, "dependencies": { "@temporalio/worker": "^1.0.0" } }\n',
      'worker.js': `const { Runtime, Worker } = require('@temporalio/worker');
Runtime.install({ shutdownSignals: [] });
Worker.create({ taskQueue: 'refunds' }).then((worker) => worker.run());
`,
    },
    findings: [{ at: 'create', path: 'worker.js' }],
  },
  {
    title: 'the first process of a container, which starts the others',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "type": "module", "scripts": { "start": "node server.js" }, "dependencies": {} }\n',
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "run.js"]\n',
      'run.js': `import { fork } from 'node:child_process';
const web = fork('./server.js');
fork('./worker.js');
web.on('exit', (code) => process.exit(code ?? 1));
`,
      'server.js': `import { createServer } from 'node:http';
const server = createServer().listen(process.env.PORT);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`,
    },
    findings: [
      {
        at: 'fork',
        occurrence: 2,
        path: 'run.js',
        message:
          'Nothing hands SIGTERM on to what this starts, which is killed with work at hand; pass it on, then wait for it to end.',
      },
    ],
  },
];
