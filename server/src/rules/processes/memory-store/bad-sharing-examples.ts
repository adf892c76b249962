import type { BadExample } from '../../../engine/rule';

/** Rooms, subscriptions and data. */
export const badSharingExamples: readonly BadExample[] = [
  {
    title: 'rooms of socket.io',
    files: {
      'server.js': `const http = require('http');
const { Server } = require('socket.io');

const server = http.createServer();
const io = new Server(server, { cors: { origin: true } });
io.on('connection', (socket) => {
  socket.on('message', ({ room, text }) => {
    socket.to(room).emit('message', text);
  });
});
server.listen(process.env.PORT);
`,
    },
    findings: [{ at: 'Server', occurrence: 3, path: 'server.js' }],
    fixed: {
      'shared-store': {
        'package.json': `{
  "name": "app",
  "private": true,
  "scripts": {
    "start": "node server.js"
  },
  "dependencies": {
    "@socket.io/redis-adapter": "^8.3.0",
    "redis": "^5.0.0",
    "socket.io": "^1.0.0"
  }
}
`,
        '.env.example': 'REDIS_URL=redis://localhost:6379\n',
        'server.js': `const http = require('http');
const { Server } = require('socket.io');
const { createClient } = require('redis');
const { createAdapter } = require('@socket.io/redis-adapter');

if (!process.env.REDIS_URL) {
  throw new Error('REDIS_URL must be set');
}
const redisClient = createClient({ url: process.env.REDIS_URL });
redisClient.on('error', console.error);
redisClient.connect().catch(console.error);
const redisSubscriber = redisClient.duplicate();
redisSubscriber.on('error', console.error);
redisSubscriber.connect().catch(console.error);

const server = http.createServer();
const io = new Server(server, { cors: { origin: true }, adapter: createAdapter(redisClient, redisSubscriber) });
io.on('connection', (socket) => {
  socket.on('message', ({ room, text }) => {
    socket.to(room).emit('message', text);
  });
});
server.listen(process.env.PORT);
`,
      },
    },
  },
  {
    title: 'subscriptions of GraphQL',
    path: 'src/pubsub.ts',
    code: `import { PubSub } from 'graphql-subscriptions';

export const pubsub = new PubSub();
`,
    findings: [{ at: 'PubSub', occurrence: 2 }],
    fixed: {
      'shared-store': {
        'package.json': `{
  "name": "app",
  "private": true,
  "scripts": {
    "start": "node dist/pubsub.js"
  },
  "dependencies": {
    "graphql-redis-subscriptions": "^2.7.0",
    "graphql-subscriptions": "^1.0.0",
    "ioredis": "^5.9.0"
  }
}
`,
        '.env.example': 'REDIS_URL=redis://localhost:6379\n',
        'src/pubsub.ts': `import { RedisPubSub } from 'graphql-redis-subscriptions';

if (!process.env.REDIS_URL) {
  throw new Error('REDIS_URL must be set');
}

export const pubsub = new RedisPubSub({ connection: process.env.REDIS_URL });
`,
      },
    },
  },
  {
    title: 'codes that only this process knows; a plain cache is only worth knowing',
    path: 'server.js',
    code: `const NodeCache = require('node-cache');
const app = require('express')();
const otpCache = new NodeCache({ stdTTL: 300 });
const pages = new NodeCache();
app.post('/otp', (req, res) => {
  otpCache.set(req.body.phone, String(Math.random()).slice(2, 8));
  res.end();
});
app.get('/page', (req, res) => res.send(pages.get(req.url)));
app.listen(process.env.PORT);
`,
    findings: [
      { at: 'NodeCache', occurrence: 2 },
      { at: 'NodeCache', occurrence: 3, severity: 'hint' },
    ],
  },
  {
    title: 'socket.io in the statement that requires everything',
    path: 'app.js',
    code: `'use strict';

// Chat
var express = require('express'),
    app = express(),
    server = require('http').Server(app),
    io = require('socket.io')(server);

io.on('connection', function (socket) {
    socket.on('message', function (message) {
        io.emit('message', message);
    });
});
server.listen(process.env.PORT);
`,
    findings: [{ at: "require('socket.io')" }],
    fixed: {
      'shared-store': `'use strict';

var { createClient } = require('redis');
var { createAdapter } = require('@socket.io/redis-adapter');

if (!process.env.REDIS_URL) {
    throw new Error('REDIS_URL must be set');
}
var redisClient = createClient({ url: process.env.REDIS_URL });
redisClient.on('error', console.error);
redisClient.connect().catch(console.error);
var redisSubscriber = redisClient.duplicate();
redisSubscriber.on('error', console.error);
redisSubscriber.connect().catch(console.error);

// Chat
var express = require('express'),
    app = express(),
    server = require('http').Server(app),
    io = require('socket.io')(server, { adapter: createAdapter(redisClient, redisSubscriber) });

io.on('connection', function (socket) {
    socket.on('message', function (message) {
        io.emit('message', message);
    });
});
server.listen(process.env.PORT);
`,
    },
  },

  {
    title: 'one-time codes in the cache that Nest hands out',
    files: {
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
void NestFactory.create(AppModule).then((app) => app.listen(process.env.PORT ?? 3000));
`,
      'src/app.module.ts': `import { CacheModule } from '@nestjs/cache-manager';
import { Module } from '@nestjs/common';
import { OtpService } from './otp.service';
@Module({ imports: [CacheModule.register()], providers: [OtpService] })
export class AppModule {}
`,
      'src/otp.service.ts': `import { CACHE_MANAGER } from '@nestjs/cache-manager';
import { Inject, Injectable } from '@nestjs/common';
import type { Cache } from 'cache-manager';
@Injectable()
export class OtpService {
  constructor(@Inject(CACHE_MANAGER) private readonly cache: Cache) {}
  send(phone: string, code: number) {
    return this.cache.set(\`otp:\${phone}\`, code, 300_000);
  }
}
`,
    },
    findings: [{ at: 'register', path: 'src/app.module.ts' }],
  },
  {
    title:
      'codes in a storage of Nitro that no configuration puts elsewhere, and in a cache of one’s own',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node .output/server/index.mjs" }, "dependencies": { "nuxt": "4", "node-cache": "5" } }',
      'nuxt.config.ts':
        "export default defineNuxtConfig({ nitro: { storage: { carts: { driver: 'redis' } } } });\n",
      'server/api/login.post.ts': `export default defineEventHandler(async (event) => {
  const { email } = await readBody(event);
  await useStorage('carts').setItem(email, []);
  await useStorage().setItem('otp:' + email, String(Math.random()));
});
`,
      'server/api/strike.post.ts': `import NodeCache from 'node-cache';
const cache = new NodeCache({ stdTTL: 60 });
export default defineEventHandler(async (event) => {
  const { email } = await readBody(event);
  cache.set('login-attempts:' + email, 1);
  return cache.get('login-attempts:' + email);
});
`,
    },
    findings: [
      { at: 'setItem', occurrence: 2, path: 'server/api/login.post.ts' },
      { at: 'NodeCache', occurrence: 2, path: 'server/api/strike.post.ts' },
    ],
  },
  {
    title: 'a gateway of Nest that speaks to rooms, beside one that answers who asked',
    files: {
      'package.json':
        '{ "name": "chat", "private": true, "scripts": { "start": "node dist/main.js" }, "dependencies": { "@nestjs/core": "10", "@nestjs/websockets": "10", "@nestjs/platform-socket.io": "10" } }',
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { ChatGateway } from './chat.gateway';
import { TimeGateway } from './time.gateway';
const app = await NestFactory.create({ module: class {}, providers: [ChatGateway, TimeGateway] });
app.useWebSocketAdapter(new IoAdapter(app));
await app.listen(process.env.PORT!);
`,
      'src/chat.gateway.ts': `import { SubscribeMessage, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
@WebSocketGateway({ cors: true })
export class ChatGateway {
  @WebSocketServer() server!: import('socket.io').Server;
  @SubscribeMessage('say')
  say(_: unknown, { room, text }: { room: string; text: string }) {
    this.server.to(room).emit('said', text);
  }
}
`,
      'src/time.gateway.ts': `import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
@WebSocketGateway()
export class TimeGateway {
  @SubscribeMessage('time')
  time() {
    return { event: 'time', data: Date.now() };
  }
}
`,
    },
    findings: [
      { at: 'WebSocketGateway', occurrence: 2, path: 'src/chat.gateway.ts' },
      { at: 'WebSocketGateway', occurrence: 2, path: 'src/time.gateway.ts', severity: 'hint' },
    ],
  },
  {
    title: 'what is random or counted, in caches whatever they are called',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node dist/server.js" }, "dependencies": { "express": "5", "node-cache": "5", "lru-cache": "11" } }',
      'src/server.ts': `import { randomBytes } from 'node:crypto';
import express from 'express';
import NodeCache from 'node-cache';
import { memory } from './memory';
import { Logins } from './logins';
const failures = new NodeCache({ stdTTL: 900 });
const copies = new NodeCache({ stdTTL: 60 });
const logins = new Logins();
const app = express();
app.get('/login', (request, response) => {
  const count = failures.get<number>(request.ip!) ?? 0;
  failures.set(request.ip!, count + 1);
  response.redirect(logins.begin());
});
app.post('/reset', (request, response) => {
  memory.set('reset-code:' + request.body.email, randomBytes(4).toString('hex'));
  response.end();
});
app.get('/users/:id', async (request, response) => {
  const known = copies.get(request.params.id) ?? (await fetch(process.env.API! + request.params.id));
  copies.set(request.params.id, known);
  response.json(known);
});
app.listen(process.env.PORT);
`,
      'src/memory.ts': `import NodeCache from 'node-cache';
export const memory = new NodeCache({ stdTTL: 600 });
`,
      'src/logins.ts': `import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
export class Logins {
  private readonly store = new LRUCache<string, string>({ max: 5000, ttl: 60_000 });
  begin(): string {
    const state = randomUUID();
    this.store.set(\`oauth:\${state}\`, '/');
    return \`\${process.env.PROVIDER}?state=\${state}\`;
  }
  end(state: string): string | undefined {
    return this.store.get(\`oauth:\${state}\`);
  }
}
`,
    },
    findings: [
      { at: 'LRUCache', occurrence: 2, path: 'src/logins.ts' },
      { at: 'NodeCache', occurrence: 2, path: 'src/memory.ts' },
      {
        at: 'NodeCache',
        occurrence: 2,
        path: 'src/server.ts',
        message:
          '`failures` is known to this process only and lost with it; keep it in a store that processes share.',
      },
      { at: 'NodeCache', occurrence: 3, path: 'src/server.ts', severity: 'hint' },
    ],
  },
];
