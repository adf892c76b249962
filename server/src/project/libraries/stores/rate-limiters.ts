import { defineLibrary, type Library } from '../library';
import type { Meaning } from '../meaning';

type StoreMeaning = Extract<Meaning, { kind: 'memory-store' }>;

const limiter = (library: string, store: string, extra: Partial<StoreMeaning> = {}): Meaning => ({
  kind: 'memory-store',
  what: 'rate-limit',
  library,
  store,
  ...extra,
});
const memoryLimiter = (library: string): Meaning => ({
  kind: 'memory-store',
  what: 'rate-limit',
  library,
});

/** Limits of requests, and where they count: in memory unless they are given a store. */
export const rateLimiterLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'express-rate-limit',
      'express-slow-down',
      'express-brute',
      'rate-limiter-flexible',
      'limiter',
      'express-limiter',
      'brute-force',
    ],
    calls: {
      'express-rate-limit': limiter('express-rate-limit', '0.store'),
      'express-rate-limit.rateLimit': limiter('express-rate-limit', '0.store'),
      'new express-rate-limit': limiter('express-rate-limit', '0.store'),
      'express-slow-down': limiter('express-slow-down', '0.store'),
      'express-slow-down.slowDown': limiter('express-slow-down', '0.store'),
      'new express-rate-limit.MemoryStore': memoryLimiter('express-rate-limit'),
      'new express-brute.MemoryStore': memoryLimiter('express-brute'),
      'express-brute.MemoryStore': memoryLimiter('express-brute'),
      'new rate-limiter-flexible.RateLimiterMemory': memoryLimiter('rate-limiter-flexible'),
    },
  }),
  defineLibrary({
    packages: [
      '@fastify/rate-limit',
      'fastify-rate-limit',
      'koa-ratelimit',
      'koa2-ratelimit',
      'hono-rate-limiter',
      'hapi-rate-limit',
      'hapi-rate-limitor',
      '@nestjs/throttler',
      'nestjs-throttler',
      'graphql-rate-limit',
    ],
    calls: {
      'koa-ratelimit': limiter('koa-ratelimit', '0.db', {
        when: { at: '0.driver', is: ['memory'] },
      }),
      'koa2-ratelimit.RateLimit.middleware': limiter('koa2-ratelimit', '0.store'),
      'hono-rate-limiter.rateLimiter': limiter('hono-rate-limiter', '0.store'),
      '@nestjs/throttler.ThrottlerModule.forRoot': limiter('@nestjs/throttler', '0.storage'),
      '@nestjs/throttler.ThrottlerModule.forRootAsync': limiter(
        '@nestjs/throttler',
        '0.storage|0.useFactory().storage',
      ),
      'graphql-rate-limit.createRateLimitDirective': limiter('graphql-rate-limit', '0.store'),
      'graphql-rate-limit.getGraphQLRateLimiter': limiter('graphql-rate-limit', '0.store'),
    },
    plugins: {
      '@fastify/rate-limit': limiter('@fastify/rate-limit', '1.redis|1.store'),
      'fastify-rate-limit': limiter('fastify-rate-limit', '1.redis|1.store'),
      'hapi-rate-limit': memoryLimiter('hapi-rate-limit'),
    },
  }),
];
