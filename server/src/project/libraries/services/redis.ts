import { awaited } from '../closing';
import { type Places, lazy, localBelow } from '../connect';
import { defineLibrary, each, type Library } from '../library';

const redis: Places = {
  url: '0|0.url',
  host: '0.host|0.socket.host|1.host|1',
  port: '0.port|0.socket.port',
  user: '0.username',
  password: '0.password|0.auth_pass|1.password|1.auth_pass|2.password|2.auth_pass',
};

/** Redis: its clients and the stores that stand on it. */
export const redisLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'redis',
      'ioredis',
      '@redis/client',
      'node-redis',
      'handy-redis',
      '@upstash/redis',
      'connect-redis',
      '@fastify/redis',
      'fastify-redis',
      'redis-om',
      'cache-manager-redis-store',
      'cache-manager-ioredis',
      '@nestjs/microservices',
      'nestjs-redis',
      '@liaoliaots/nestjs-redis',
      'socket.io-redis',
      '@socket.io/redis-adapter',
      'async-redis',
      'rsmq',
      'keyv',
      '@keyv/redis',
      '@nestjs-modules/ioredis',
      '@nestjs/cache-manager',
    ],
    objects: {
      client: ['redis.createClient()', '@redis/client.createClient()', '<redis.RedisClientType>'],
    },
    calls: {
      ...each(
        [
          'redis.createClient',
          '@redis/client.createClient',
          'redis.createCluster',
          'async-redis.createClient',
          'new redis.RedisClient',
        ],
        localBelow(0, lazy('redis', redis)),
      ),
      // Keeps trying by itself, with growing delays.
      'client.connect': lazy('redis', {}),
      ...each(
        [
          'new ioredis',
          'new ioredis.Redis',
          'new ioredis.default',
          'ioredis',
          'ioredis.createClient',
        ],
        localBelow(0, lazy('redis', redis)),
      ),
      'new ioredis.Cluster': lazy('redis', {
        host: '0.*.host',
        password: '1.redisOptions.password',
      }),
      'new @upstash/redis.Redis': lazy('redis', { url: '0.url', password: '0.token' }),
      'socket.io-redis': lazy('redis', { host: '0.host', url: '0' }),
      'new connect-redis()': lazy('redis', { host: '0.host', url: '0.url', password: '0.pass' }),
      'new @keyv/redis': lazy('redis', { url: '0' }),
      'new keyv': lazy('redis', { url: '0' }),
      'new rsmq': lazy('redis', { host: '0.host' }),
      '@nestjs-modules/ioredis.RedisModule.forRoot': lazy('redis', {
        url: '0.url|0.options.url',
        host: '0.options.host',
      }),
      '@nestjs-modules/ioredis.RedisModule.forRootAsync': lazy('redis', {
        url: '0.useFactory().url',
      }),
      ...each(
        ['@liaoliaots/nestjs-redis.RedisModule.forRoot', 'nestjs-redis.RedisModule.register'],
        lazy('redis', { url: '0.config.url|0.url', host: '0.config.host|0.host' }),
      ),
      ...each(
        ['@nestjs/cache-manager.CacheModule.register', '@nestjs/common.CacheModule.register'],
        lazy('redis', { url: '0.url', host: '0.host', password: '0.password' }),
      ),
      '@nestjs/microservices.ClientsModule.register': lazy('queue', {
        url: '0.*.options.url|0.*.options.urls.*|0.*.options.servers.*|0.*.options.client.brokers.*',
        host: '0.*.options.host',
        password: '0.*.options.password',
      }),
      '@nestjs/core.NestFactory.createMicroservice': lazy('queue', {
        url: '1.options.urls.*|1.options.servers.*|1.options.client.brokers.*',
      }),
    },
    plugins: each(
      ['@fastify/redis', 'fastify-redis'],
      lazy('redis', { host: '1.host', url: '1.url', password: '1.password' }),
    ),
    closing: {
      // `quit` is `close` since version 5.
      'redis.createClient': { ...awaited('quit'), since: { major: 5, method: 'close' } },
      'redis.createCluster': { ...awaited('quit'), since: { major: 5, method: 'close' } },
      ioredis: awaited('quit'),
      'ioredis.Redis': awaited('quit'),
    },
  }),
];
