import { defineLibrary, type Library } from '../library';
import type { Meaning } from '../meaning';

const memory = (store: string, secret: string): Meaning => ({
  kind: 'session',
  withoutStore: 'memory',
  store,
  secret,
});
const cookie = (store?: string, secret?: string): Meaning => ({
  kind: 'session',
  withoutStore: 'cookie',
  ...(store === undefined ? {} : { store }),
  ...(secret === undefined ? {} : { secret }),
});
/** What a chat bot knows of each person it talks to. */
const bot = (store: string): Meaning => ({ kind: 'session', withoutStore: 'memory', store });
const memoryStore: Meaning = { kind: 'memory-session-store' };
const fileStore: Meaning = { kind: 'memory-session-store', where: 'files' };

/** Keeps each session in a file below `dir`. */
const files: Meaning = { kind: 'session', withoutStore: 'files' };

/** Session middleware, and the stores that keep sessions to one process. Stores that are shared need no entry. */
export const sessionLibraries: readonly Library[] = [
  defineLibrary({
    packages: ['express-session'],
    calls: {
      'express-session': memory('0.store', '0.secret'),
      'express-session.session': memory('0.store', '0.secret'),
      'new express-session.MemoryStore': memoryStore,
      'express-session.MemoryStore': memoryStore,
    },
  }),
  defineLibrary({
    packages: ['nestjs-session', 'hono-sessions'],
    calls: {
      'nestjs-session.SessionModule.forRoot': memory('0.session.store', '0.session.secret'),
      'nestjs-session.NestSessionModule.forRoot': memory('0.session.store', '0.session.secret'),
      'new hono-sessions.MemoryStore': memoryStore,
      'hono-sessions.sessionMiddleware': memory('0.store', '0.encryptionKey'),
    },
  }),
  defineLibrary({
    packages: ['@remix-run/node', '@remix-run/cloudflare', '@react-router/node', 'react-router'],
    calls: Object.fromEntries(
      ['@remix-run/node', '@remix-run/cloudflare', '@react-router/node', 'react-router'].flatMap(
        (name) => [
          [`${name}.createMemorySessionStorage`, memory('0.store', '0.cookie.secrets.*')],
          [`${name}.createCookieSessionStorage`, cookie(undefined, '0.cookie.secrets.*')],
          [`${name}.createFileSessionStorage`, files],
        ],
      ),
    ),
  }),
  defineLibrary({
    packages: ['telegraf', 'grammy'],
    calls: {
      'telegraf.session': bot('0.store'),
      'grammy.session': bot('0.storage'),
    },
  }),
  defineLibrary({
    packages: ['memorystore', 'session-memory-store', 'express-session-memorystore'],
    calls: {
      'new memorystore()': memoryStore,
      'memorystore()': memoryStore,
      'new session-memory-store()': memoryStore,
      'session-memory-store()': memoryStore,
    },
  }),
  defineLibrary({
    packages: ['session-file-store', 'koa-session-local', 'koa-session-file-store'],
    calls: { 'new session-file-store()': fileStore, 'session-file-store()': fileStore },
  }),
  defineLibrary({
    packages: [
      '@fastify/session',
      'fastify-session',
      '@mgcrea/fastify-session',
      '@fastify/secure-session',
      'fastify-secure-session',
    ],
    plugins: {
      '@fastify/session': memory('1.store', '1.secret'),
      '@fastify/session.fastifySession': memory('1.store', '1.secret'),
      'fastify-session': memory('1.store', '1.secret'),
      '@mgcrea/fastify-session': memory('1.store', '1.secret|1.key'),
      '@mgcrea/fastify-session.fastifySession': memory('1.store', '1.secret|1.key'),
      '@fastify/secure-session': cookie(undefined, '1.secret|1.key'),
      'fastify-secure-session': cookie(undefined, '1.secret|1.key'),
    },
    calls: {
      'new @fastify/session.MemoryStore': memoryStore,
      'new @fastify/session.fastifySession.MemoryStore': memoryStore,
      'new fastify-session.MemoryStore': memoryStore,
      'new @mgcrea/fastify-session.MemoryStore': memoryStore,
    },
  }),
  defineLibrary({
    packages: [
      'koa-session',
      'koa-generic-session',
      'koa-session-minimal',
      'koa-session2',
      'koa-session-getter',
    ],
    calls: {
      'koa-session': cookie('0.store|1.store', '0.keys'),
      'koa-session.createSession': cookie('0.store|1.store', '0.keys'),
      'koa-generic-session': memory('0.store', '0.keys'),
      'koa-session-minimal': memory('0.store', '0.keys'),
      'koa-session2': memory('0.store', '0.keys'),
      'new koa-generic-session.MemoryStore': memoryStore,
      'koa-generic-session.MemoryStore': memoryStore,
      'new koa-session2.Store': memoryStore,
    },
  }),
  defineLibrary({
    packages: [
      'cookie-session',
      'client-sessions',
      'iron-session',
      '@hapi/cookie',
      'iron-session/next',
      'iron-session/express',
    ],
    calls: {
      'cookie-session': cookie(undefined, '0.secret|0.keys'),
      'client-sessions': cookie(undefined, '0.secret'),
      'iron-session.getIronSession': cookie(undefined, '2.password'),
      'iron-session/next.withIronSessionApiRoute': cookie(undefined, '1.password'),
      'iron-session/next.withIronSessionSsr': cookie(undefined, '1.password'),
      'iron-session/express.ironSession': cookie(undefined, '0.password'),
    },
  }),
  defineLibrary({
    packages: ['next-session', 'next-session/lib/compat', 'next-session/lib'],
    calls: {
      'next-session': memory('0.store', '0.secret'),
      'next-session.session': memory('0.store', '0.secret'),
      'new next-session.MemoryStore': memoryStore,
      'new next-session/lib.MemoryStore': memoryStore,
      'new next-session/lib/store/memory': memoryStore,
    },
  }),
];
