import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
  {
    title: 'Express, with a callback',
    path: 'src/server.ts',
    code: `import express from 'express';

const app = express();
const server = app.listen(process.env.PORT);

process.on('SIGTERM', () => {
  console.log('stopping');
  server.close(() => process.exit(0));
});
`,
    findings: [
      {
        at: 'close',
        message:
          'This stop waits for open connections as long as they last; end what is left after some seconds.',
      },
    ],
    fixed: {
      'exit-in-time': `import express from 'express';

const app = express();
const server = app.listen(process.env.PORT);

process.on('SIGTERM', () => {
  // Whatever is still open after ten seconds is given up.
  setTimeout(() => process.exit(1), 10_000).unref();
  console.log('stopping');
  server.close(() => process.exit(0));
});
`,
    },
  },
  {
    title: 'a promise, in a function for both signals',
    path: 'server.mjs',
    code: `import { createServer } from 'node:http';
import { pool } from './db.mjs';

const server = createServer((request, response) => response.end('ok'));
const health = createServer((request, response) => response.end('ok'));
server.listen(process.env.PORT);
health.listen(process.env.HEALTH_PORT);

async function shutdown(signal) {
  await new Promise((resolve) => server.close(resolve));
  await new Promise((resolve) => health.close(resolve));
  await pool.end();
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, shutdown);
`,
    findings: [{ at: 'close' }],
    fixed: {
      'exit-in-time': `import { createServer } from 'node:http';
import { pool } from './db.mjs';

const server = createServer((request, response) => response.end('ok'));
const health = createServer((request, response) => response.end('ok'));
server.listen(process.env.PORT);
health.listen(process.env.HEALTH_PORT);

async function shutdown(signal) {
  // Whatever is still open after ten seconds is given up.
  setTimeout(() => process.exit(1), 10_000).unref();
  await new Promise((resolve) => server.close(resolve));
  await new Promise((resolve) => health.close(resolve));
  await pool.end();
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, shutdown);
`,
    },
  },
  {
    title: 'Fastify, on one line',
    path: 'src/server.ts',
    code: `import Fastify from 'fastify';

const app = Fastify({ logger: true });
await app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });
process.on('SIGTERM', () => app.close().then(() => process.exit(0)));
`,
    findings: [{ at: 'close' }],
    fixed: {
      'exit-in-time': `import Fastify from 'fastify';

const app = Fastify({ logger: true });
await app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });
process.on('SIGTERM', () => {
  // Whatever is still open after ten seconds is given up.
  setTimeout(() => process.exit(1), 10_000).unref();
  app.close().then(() => process.exit(0));
});
`,
    },
  },
  {
    title: 'event streams',
    path: 'server.js',
    code: `const Koa = require('koa');
const app = new Koa();
app.use((ctx) => {
  ctx.set('Content-Type', 'text/event-stream');
  ctx.body = events();
});
const server = app.listen(process.env.PORT);
const stop = () => server.close((error) => process.exit(error ? 1 : 0));
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
`,
    findings: [
      {
        at: 'close',
        severity: 'warning',
        message:
          'Event streams and web sockets do not end by themselves: this stop waits until it is killed; set a deadline.',
      },
    ],
  },
  {
    title: 'web sockets, and a class that stops in another module',
    files: {
      'package.json':
        '{ "name": "chat", "private": true, "type": "module", "scripts": { "start": "node dist/main.js" }, "dependencies": { "ws": "^8.0.0" } }',
      'src/main.ts': `import { ChatServer } from './chat-server';

const chat = new ChatServer();
chat.start();
process.on('SIGTERM', async () => {
  await chat.stop();
  process.exit(0);
});
`,
      'src/chat-server.ts': `import { createServer, type Server } from 'node:http';
import { WebSocketServer } from 'ws';

export class ChatServer {
  private readonly server: Server = createServer();
  private readonly sockets = new WebSocketServer({ server: this.server });

  start(): void {
    this.server.listen(process.env.PORT);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }
}
`,
    },
    findings: [{ at: 'close', path: 'src/chat-server.ts', severity: 'warning' }],
  },
  {
    title: 'Nest closes its servers itself, but streams stay open',
    files: {
      'package.json':
        '{ "name": "api", "private": true, "scripts": { "start": "node dist/main.js" }, "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "rxjs": "^7.0.0" } }',
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.enableShutdownHooks();
  await app.listen(process.env.PORT ?? 3000);
}
void bootstrap();
`,
      'src/app.module.ts': `import { Module } from '@nestjs/common';
import { EventsController } from './events.controller';
@Module({ controllers: [EventsController] })
export class AppModule {}
`,
      'src/events.controller.ts': `import { Controller, Sse } from '@nestjs/common';
import { interval, map } from 'rxjs';
@Controller('events')
export class EventsController {
  @Sse()
  events() {
    return interval(1000).pipe(map((data) => ({ data })));
  }
}
`,
    },
    findings: [{ at: 'enableShutdownHooks', path: 'src/main.ts', severity: 'warning' }],
  },
  {
    title: 'a method that is made to answer a promise',
    path: 'server.js',
    code: `const { promisify } = require('util');
const http = require('http');
class App {
  start() {
    this.http = http.createServer().listen(process.env.PORT);
    process.once('SIGTERM', this.stop.bind(this));
  }
  async stop() {
    await promisify(this.http.close.bind(this.http))();
    process.exit();
  }
}
new App().start();
`,
    findings: [{ at: 'promisify(this.http.close.bind(this.http))' }],
  },
  {
    title: 'a delay before closing is no deadline',
    path: 'server.js',
    code: `const http = require('http');
const server = http.createServer().listen(process.env.PORT);
process.on('SIGTERM', async () => {
  await new Promise((resolve) => setTimeout(resolve, 5000));
  server.close(() => {
    process.exit(0);
  });
});
`,
    findings: [{ at: 'close' }],
  },
  {
    title: 'a worker that finishes its job, before the database is closed',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "type": "module", "scripts": { "start": "node worker.js" }, "dependencies": { "bullmq": "^5.0.0", "pg": "^8.0.0" } }',
      'worker.js': `import { Worker } from 'bullmq';
import pg from 'pg';
const db = new pg.Pool();
const worker = new Worker('mails', async () => {}, { connection: { url: process.env.REDIS_URL } });
process.on('SIGTERM', async () => {
  await worker.close();
  await db.end();
  process.exit(0);
});
`,
    },
    findings: [
      {
        at: 'close',
        path: 'worker.js',
        message:
          'This stop waits for the job at hand, however long it takes; end what is left after some seconds.',
      },
    ],
  },
  {
    title: 'closing as a promise, bound to its server afterwards',
    path: 'server.js',
    code: `import http from 'node:http';
import { promisify } from 'node:util';
import pg from 'pg';
const db = new pg.Pool();
const server = http.createServer((req, res) => res.end()).listen(process.env.PORT);
const stop = promisify(server.close).bind(server);
process.on('SIGTERM', async () => {
  await stop();
  await db.end();
  process.exit(0);
});
`,
    findings: [{ at: 'stop', occurrence: 2 }],
  },
];
