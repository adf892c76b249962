import { shutdownFix } from '../../engine/fixes/graceful-shutdown';
import type { Severity } from '../../engine/finding';
import { defineRule } from '../../engine/rule';
import { deploymentOfEntry, opensPort, servesOrWorks } from '../../project/deployment';
import type { CallMeaning, EntryPoint, ProjectModel } from '../../project/model';
import { isTestPath } from '../../project/paths';
import { processReach } from '../../project/process-reach';
import { handlesSigterm } from '../../project/signals';

export default defineRule({
  id: 'missing-sigterm-handler',
  factor: 'disposability',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A server or worker does not handle SIGTERM.',
  why: 'Processes are disposable: they are started and stopped at a moment’s notice, with every deploy, scale-down and move to another host. The platform says so with SIGTERM. A process that does not listen for it is ended at once, with requests cut off, jobs half done and connections left to time out at the other side; as the first process of a container it ignores the signal and is killed after the grace period. A handler stops accepting, lets open work finish, closes what was opened and exits.',
  whenNotToUse:
    'When something around the process drains it before it is stopped and nothing in it needs to be closed.',
  fix: 'suggest',
  messages: {
    server:
      'Nothing handles SIGTERM: a stop cuts requests off; stop accepting, finish open requests, then exit.',
    bot: 'Nothing handles SIGTERM: a stop cuts answers off; close the connection, finish what runs, then exit.',
    consumer:
      'Nothing handles SIGTERM: a stop loses work at hand; stop consuming, finish it, then exit.',
  },
  project({ model, report }) {
    for (const entry of model.entryPoints) {
      if (!servesOrWorks(entry)) continue;
      const found = startedBy(entry, model);
      if (!found) continue;
      const severity = severityOf(entry, model);
      const { meaning, call, path } = found;
      report({
        at: { path, span: call.nameSpan },
        message:
          meaning.kind !== 'consumer' ? 'server' : meaning.how === 'gateway' ? 'bot' : 'consumer',
        ...(severity ? { severity } : {}),
        fixes: [
          shutdownFix({
            model,
            path,
            call: call.span,
            framework: frameworkOf(found),
          }),
        ],
      });
    }
  },
  examples: {
    bad: [
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

const shutdown = async () => {
  // Whatever is still open after ten seconds is given up.
  setTimeout(() => process.exit(1), 10_000).unref();
  await new Promise((resolve) => server.close(resolve));
  process.exit(0);
};
process.once('SIGTERM', shutdown);
process.once('SIGINT', shutdown);
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
  app.enableShutdownHooks();
  await app.listen(process.env.PORT ?? 3000);
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
        title:
          'the server is started in a module that the entry point loads; only SIGINT is handled',
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

const shutdown = async () => {
  // Whatever is still open after ten seconds is given up.
  setTimeout(() => process.exit(1), 10_000).unref();
  const stopped = new Promise((resolve) => consumer.once('stopped', resolve));
  consumer.stop();
  await stopped;
  process.exit(0);
};
process.once('SIGTERM', shutdown);
process.once('SIGINT', shutdown);
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

const shutdown = async () => {
  // Whatever is still open after ten seconds is given up.
  setTimeout(() => process.exit(1), 10_000).unref();
  await client.destroy();
  process.exit(0);
};
process.once('SIGTERM', shutdown);
process.once('SIGINT', shutdown);
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
  app.enableShutdownHooks();
  return app.listen(process.env.PORT);
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
    ],
    good: [
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
    ],
  },
});

function frameworkOf({ meaning, library }: CallMeaning): string {
  if (meaning.kind === 'listen') return meaning.framework;
  return meaning.kind === 'consumer' && meaning.how === 'microservice' ? 'nest' : library;
}

/** What an entry point starts that has to be stopped with care; undefined when there is none, or SIGTERM is handled. */
function startedBy(entry: EntryPoint, model: ProjectModel): CallMeaning | undefined {
  const started: CallMeaning[] = [];
  for (const path of model.reachable(entry)) {
    if (isTestPath(path)) continue;
    if (handlesSigterm(path, model)) return undefined;
    for (const found of model.meanings(path)) {
      const { meaning, call } = found;
      const isStart = meaning.kind === 'consumer' || opensPort(found);
      if (!isStart || call.context.includes('development')) continue;
      // A module may hold the consumers of another process beside what this one needs of it.
      if (meaning.kind === 'consumer' && !processReach(entry, model).runs(path, call.fn)) continue;
      // `if (require.main === module) listen()`: not when another module loads it.
      if (path !== entry.path && call.context.includes('main-guard')) continue;
      started.push(found);
    }
  }
  return started.sort((a, b) => rank(a, entry) - rank(b, entry))[0];
}

/** The server before the consumers beside it; the entry point's own module before others; real servers before raw sockets. */
function rank({ meaning, path }: CallMeaning, entry: EntryPoint): number {
  const isRaw =
    meaning.kind === 'listen' && (meaning.framework === 'net' || meaning.attaches === true);
  return (meaning.kind === 'consumer' ? 4 : 0) + (isRaw ? 2 : 0) + (path === entry.path ? 0 : 1);
}

/** Quieter where no manifest says that production starts it. */
function severityOf(entry: EntryPoint, model: ProjectModel): Severity | undefined {
  switch (deploymentOfEntry(entry, model)) {
    case 'production':
      return undefined;
    case 'likely':
      return 'information';
    case 'unlikely':
      return 'hint';
  }
}
