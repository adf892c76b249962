import type { GoodExample } from '../../../engine/rule';

const express = `const express = require('express');
const server = express().listen(process.env.PORT);
`;

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'a timer that exits',
    path: 'server.js',
    code: `${express}
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  setTimeout(() => {
    console.error('could not close in time');
    process.exit(1);
  }, 10_000).unref();
});
`,
  },
  {
    title: 'a timer that calls a function which exits',
    path: 'server.js',
    code: `${express}
const giveUp = () => process.exit(1);
const stop = () => {
  setTimeout(giveUp, 5000).unref();
  server.close(() => process.exit(0));
};
process.on('SIGTERM', stop);
`,
  },
  {
    title: 'a timer around the handler, in a helper of the project',
    files: {
      'package.json':
        '{ "name": "api", "private": true, "type": "module", "scripts": { "start": "node src/server.js" }, "dependencies": { "fastify": "^5.0.0" } }',
      'src/server.js': `import Fastify from 'fastify';
import { withDeadline } from './deadline.js';
const app = Fastify();
await app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });
process.on('SIGTERM', () => withDeadline(() => app.close()));
`,
      'src/deadline.js': `export async function withDeadline(work) {
  const timer = setTimeout(() => process.exit(1), 8000);
  await work();
  clearTimeout(timer);
  process.exit(0);
}
`,
    },
  },
  {
    title: 'a race',
    path: 'src/server.ts',
    code: `import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
const server = createServer().listen(process.env.PORT);
process.on('SIGTERM', async () => {
  await Promise.race([new Promise((resolve) => server.close(resolve)), sleep(9000)]);
  process.exit(0);
});
`,
  },
  {
    title: 'connections are cut, at once or after a while',
    path: 'server.js',
    code: `${express}
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 5000);
});
process.on('SIGINT', () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
`,
  },
  {
    title: 'sockets are noted, and destroyed',
    path: 'server.js',
    code: `${express}
const sockets = new Set();
server.on('connection', (s) => sockets.add(s));
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  for (const s of sockets) s.destroy();
});
`,
  },
  {
    title: 'a package that limits it',
    path: 'src/server.ts',
    code: `import express from 'express';
import { createHttpTerminator } from 'http-terminator';
const server = express().listen(process.env.PORT);
const terminator = createHttpTerminator({ server });
process.on('SIGTERM', async () => {
  await terminator.terminate();
  server.close();
});
`,
  },
  {
    title: 'Fastify and Nest cut connections by an option',
    path: 'src/server.ts',
    code: `import Fastify from 'fastify';
const app = Fastify({ forceCloseConnections: true });
await app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });
process.on('SIGTERM', () => app.close());
`,
  },
  {
    title: 'Hapi gives up after five seconds',
    path: 'src/server.ts',
    code: `import { server as createServer } from '@hapi/hapi';
const server = createServer({ port: process.env.PORT });
await server.start();
process.on('SIGTERM', () => server.stop());
`,
  },
  {
    title: 'Nest’s hooks, where requests end by themselves',
    path: 'src/main.ts',
    code: `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
const app = await NestFactory.create(AppModule);
app.enableShutdownHooks();
await app.listen(process.env.PORT ?? 3000);
`,
  },
  {
    title: 'Nest ends the sockets of its gateways',
    files: {
      'package.json':
        '{ "name": "chat", "private": true, "scripts": { "start": "node dist/main.js" }, "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/websockets": "^11.0.0" } }',
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
import { ChatGateway } from './chat.gateway';
@Module({ providers: [ChatGateway] })
export class AppModule {}
`,
      'src/chat.gateway.ts': `import { WebSocketGateway } from '@nestjs/websockets';
@WebSocketGateway()
export class ChatGateway {}
`,
    },
  },
  {
    title: 'exits without waiting, which is another matter',
    path: 'server.js',
    code: `${express}
process.on('SIGTERM', () => {
  server.close();
  process.exit(0);
});
`,
  },
  {
    title: 'nothing comes after closing',
    path: 'server.js',
    code: `${express}
process.on('SIGTERM', () => server.close());
`,
  },
  {
    title: 'the keyboard of a developer',
    path: 'server.js',
    code: `${express}
process.on('SIGINT', () => server.close(() => process.exit(0)));
`,
  },
  {
    title: 'a worker that has a deadline, and a queue that only adds jobs',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "type": "module", "scripts": { "start": "node server.js", "worker": "node worker.js" }, "dependencies": { "bullmq": "^5.0.0" } }',
      'worker.js': `import { Worker } from 'bullmq';
const worker = new Worker('mails', async () => {}, { connection: { url: process.env.REDIS_URL } });
process.on('SIGTERM', async () => {
  setTimeout(() => process.exit(1), 8000).unref();
  await worker.close();
  process.exit(0);
});
`,
      'server.js': `import http from 'node:http';
import { Queue } from 'bullmq';
const queue = new Queue('mails', { connection: { url: process.env.REDIS_URL } });
http.createServer((req, res) => res.end()).listen(process.env.PORT);
process.on('SIGTERM', async () => {
  await queue.close();
  process.exit(0);
});
`,
    },
  },
];
