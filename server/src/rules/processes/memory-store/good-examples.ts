import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'a limiter with a shared store',
    path: 'app.js',
    code: `const rateLimit = require('express-rate-limit');
const { RedisStore } = require('rate-limit-redis');
const client = require('./redis');
const app = require('express')();
app.use(rateLimit({ windowMs: 60000, max: 100, store: new RedisStore({ sendCommand: (...args) => client.sendCommand(args) }) }));
app.listen(process.env.PORT);
`,
  },
  {
    title: 'a store where there is a Redis, options from elsewhere',
    path: 'app.js',
    code: `const rateLimit = require('express-rate-limit');
const RedisStore = require('rate-limit-redis');
const client = require('./redis');
let store;
store = process.env.PREFIX ? new RedisStore({ client, prefix: process.env.PREFIX }) : new RedisStore({ client });
const limit = (options) => rateLimit({ windowMs: 60000, ...options, ...(store && { store }) });
const app = require('express')();
app.use(limit({ max: 5 }));
app.listen(process.env.PORT);
`,
  },
  {
    title: 'memory as the insurance of a shared limiter',
    path: 'limit.js',
    code: `const { RateLimiterRedis, RateLimiterMemory } = require('rate-limiter-flexible');
const storeClient = require('./redis');
const insuranceLimiter = new RateLimiterMemory({ points: 1, duration: 1 });
module.exports = new RateLimiterRedis({ storeClient, points: 10, duration: 1, insuranceLimiter });
`,
  },
  {
    title: 'socket.io given its adapter later',
    files: {
      'server.js': `const { Server } = require('socket.io');
const { attach } = require('./adapter');
const io = new Server();
attach(io);
io.on('connection', (socket) => socket.broadcast.emit('joined', socket.id));
io.listen(process.env.PORT);
`,
      'adapter.js': `const { createAdapter } = require('@socket.io/redis-adapter');
const { pub, sub } = require('./redis');
exports.attach = (io) => io.adapter(createAdapter(pub, sub));
`,
    },
  },
  {
    title: 'the throttler of Nest with Redis',
    path: 'src/app.module.ts',
    code: `import { Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      useFactory: () => ({ throttlers: [{ ttl: 60, limit: 10 }], storage: new ThrottlerStorageRedisService() }),
    }),
  ],
})
export class AppModule {}
`,
  },
  {
    title: 'koa-ratelimit with Redis',
    path: 'app.js',
    code: `const ratelimit = require('koa-ratelimit');
const Koa = require('koa');
const app = new Koa();
app.use(ratelimit({ driver: 'redis', db: require('./redis'), duration: 60000, max: 100 }));
app.listen(process.env.PORT);
`,
  },
  {
    title: 'a limiter in a test, and one of outgoing calls',
    files: {
      'src/server.js': `const Bottleneck = require('bottleneck');
const limiter = new Bottleneck({ maxConcurrent: 1 });
const app = require('express')();
app.get('/', (req, res) => limiter.schedule(() => fetch(process.env.API)).then(() => res.end()));
app.listen(process.env.PORT);
`,
      'test/limit.test.js': `const rateLimit = require('express-rate-limit');
const app = require('express')();
app.use(rateLimit({ max: 1 }));
`,
    },
  },
  {
    title: 'a throttler of Nest whose guard counts by itself, or whose storage is provided',
    files: {
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { Injectable, Module } from '@nestjs/common';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { redis } from './redis';

@Injectable()
export class LimitGuard extends ThrottlerGuard {
  protected async handleRequest(): Promise<boolean> {
    return (await redis.incr('count')) < 100;
  }
}

@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 10 }])], providers: [LimitGuard] })
export class AppModule {}
NestFactory.create(AppModule).then((app) => app.listen(process.env.PORT));
`,
      'src/redis.ts': `import Redis from 'ioredis';
export const redis = new Redis(process.env.REDIS_URL);
`,
    },
  },
  {
    title: 'a throttler whose storage a module provides',
    path: 'src/app.module.ts',
    code: `import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerGuard, ThrottlerModule, ThrottlerStorage } from '@nestjs/throttler';
import { RedisStorage } from './redis-storage';
@Module({
  imports: [ThrottlerModule.forRoot([{ ttl: 60000, limit: 10 }])],
  providers: [
    { provide: APP_GUARD, useClass: ThrottlerGuard },
    { provide: ThrottlerStorage, useClass: RedisStorage },
  ],
})
export class AppModule {}
`,
  },
  {
    title: 'storages of Nitro on a driver, on a platform, or under a name that is worked out',
    files: {
      'a/package.json': '{ "name": "a", "private": true, "dependencies": { "nuxt": "4" } }',
      'a/nuxt.config.ts':
        "export default defineNuxtConfig({ nitro: { storage: { '/': { driver: 'redis' } } } });\n",
      'a/server/api/a.ts': `export default defineEventHandler(async () => {
  await useStorage().setItem('otp:1', 'x');
});
`,
      'b/package.json': '{ "name": "b", "private": true, "dependencies": { "nitropack": "2" } }',
      'b/nitro.config.ts': "export default defineNitroConfig({ preset: 'cloudflare_module' });\n",
      'b/routes/a.ts': `export default defineEventHandler(async () => {
  await useStorage('data').setItem('otp:1', 'x');
});
`,
      'c/package.json': '{ "name": "c", "private": true, "dependencies": { "nuxt": "4" } }',
      'c/nuxt.config.ts': 'export default defineNuxtConfig({});\n',
      'c/server/api/a.ts': `export default defineEventHandler(async () => {
  await useStorage(process.env.STORAGE).setItem('otp:1', 'x');
});
`,
    },
  },
  {
    title: 'codes in a cache of Nest’s that is given a store which processes share',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node dist/main.js" }, "dependencies": { "@nestjs/core": "11", "@nestjs/cache-manager": "3", "@keyv/redis": "4" } }',
      'src/app.module.ts': `import { Module } from '@nestjs/common';
import { CacheModule } from '@nestjs/cache-manager';
import KeyvRedis from '@keyv/redis';
import { CodeService } from './code.service';
@Module({
  imports: [CacheModule.register({ stores: [new KeyvRedis(process.env.REDIS_URL)] })],
  providers: [CodeService],
})
export class AppModule {}
`,
      'src/code.service.ts': `import { Inject, Injectable } from '@nestjs/common';
import { CACHE_MANAGER, type Cache } from '@nestjs/cache-manager';
@Injectable()
export class CodeService {
  constructor(@Inject(CACHE_MANAGER) private readonly cache: Cache) {}
  keep(phone: string, code: string): Promise<unknown> {
    return this.cache.set('otp:' + phone, code);
  }
}
`,
    },
  },
  {
    title: 'gateways of Nest with an adapter of a package, and one that answers only who asked',
    files: {
      'package.json':
        '{ "name": "chat", "private": true, "scripts": { "start": "node dist/main.js" }, "dependencies": { "@nestjs/core": "10", "@nestjs/websockets": "10", "@nestjs/platform-socket.io": "10", "@acme/sockets": "1" } }',
      'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { RedisAdapter } from '@acme/sockets';
import { ChatGateway } from './chat.gateway';
const app = await NestFactory.create({ module: class {}, providers: [ChatGateway] });
app.useWebSocketAdapter(new RedisAdapter(app));
await app.listen(process.env.PORT!);
`,
      'src/chat.gateway.ts': `import { SubscribeMessage, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
@WebSocketGateway()
export class ChatGateway {
  @WebSocketServer() server!: import('socket.io').Server;
  @SubscribeMessage('say')
  say(_: unknown, { room, text }: { room: string; text: string }) {
    this.server.to(room).emit('said', text);
  }
}
`,
    },
  },
];
