// What several processes have to agree on: sessions and limits, before the fix in the memory of each, afterwards in Redis.
import { expect, fixedApp, freePort, get, start } from './harness.mjs';

const listening = '() => console.log("listening")';

const SESSIONS = [
  {
    library: 'express-session',
    what: 'the client of redis',
    code: `const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: 'for the test', resave: false, saveUninitialized: true }));
app.get('/', (request, response) => {
  request.session.visits = (request.session.visits ?? 0) + 1;
  response.send(String(request.session.visits));
});
app.listen(process.env.PORT, ${listening});
`,
  },
  {
    library: 'express-session',
    what: 'a client of ioredis that is there',
    aliases: { 'connect-redis': 'connect-redis-8' },
    code: `const express = require('express');
const session = require('express-session');
const Redis = require('ioredis');
const cache = new Redis(process.env.REDIS_URL);
const app = express();
app.use(session({ secret: 'for the test', resave: false, saveUninitialized: true }));
app.get('/', async (request, response) => {
  await cache.ping();
  request.session.visits = (request.session.visits ?? 0) + 1;
  response.send(String(request.session.visits));
});
app.listen(process.env.PORT, ${listening});
`,
  },
  {
    library: '@fastify/session',
    what: 'the client of redis',
    code: `const fastify = require('fastify')();
const cookie = require('@fastify/cookie');
const session = require('@fastify/session');
fastify.register(cookie);
fastify.register(session, { secret: 'a secret of more than thirty-two characters', cookie: { secure: false } });
fastify.get('/', async (request) => {
  request.session.visits = (request.session.visits ?? 0) + 1;
  return String(request.session.visits);
});
fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' }).then(${listening});
`,
  },
];

const LIMITS = [
  {
    library: 'express-rate-limit',
    code: `const express = require('express');
const { rateLimit } = require('express-rate-limit');
const app = express();
app.use(rateLimit({ windowMs: 60_000, limit: 3 }));
app.get('/', (request, response) => response.send('ok'));
app.listen(process.env.PORT, ${listening});
`,
  },
  {
    library: '@fastify/rate-limit',
    code: `const Fastify = require('fastify');
const rateLimit = require('@fastify/rate-limit');
async function main() {
  const app = Fastify();
  await app.register(rateLimit, { max: 3, timeWindow: '1 minute' });
  app.get('/', async () => 'ok');
  await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
  console.log('listening');
}
main();
`,
  },
];

export const sharedCases = [
  ...SESSIONS.map((app, index) => ({
    ...app,
    fix: 'in-memory-session',
    needs: 'redis',
    proves:
      'a second process and a restart keep sessions; without the address the process does not start',
    run: async ({ redis }) => {
      const { before, after } = await fixedApp(
        `session-${index}`,
        { 'server.js': app.code },
        'in-memory-session',
        app.aliases,
      );
      const env = { REDIS_URL: redis };
      expect(
        (await visits(before, env)).join() === '1,2,1',
        'sessions were shared before the fix: the case proves nothing',
      );
      const counted = (await visits(after, env)).join();
      expect(counted === '1,2,3', `the visits of one session were ${counted}`);
      if (!app.code.includes('REDIS_URL')) await refuses(after);
    },
  })),
  ...LIMITS.map((app, index) => ({
    ...app,
    fix: 'memory-store',
    needs: 'redis',
    proves:
      'two processes count one limit together; without the address the process does not start',
    run: async ({ redis }) => {
      const { before, after } = await fixedApp(
        `limit-${index}`,
        { 'server.js': app.code },
        'memory-store',
      );
      const env = { REDIS_URL: redis };
      expect(
        (await answers(before, env)).join() === '200,200,200,200',
        'the limit was shared before the fix: the case proves nothing',
      );
      const got = (await answers(after, env)).join();
      expect(
        got === '200,200,200,429',
        `two requests to each of two processes were answered ${got}`,
      );
      await refuses(after);
    },
  })),
];

async function running(folder, env) {
  const port = await freePort();
  const app = start(folder, { ...env, PORT: String(port) });
  await app.line(/listening/);
  return { port, app };
}

/** One session: twice in one process, then in another one that started after the first had ended. */
async function visits(folder, env) {
  const one = await running(folder, env);
  const first = await get(one.port, '/');
  const cookie = (first.headers['set-cookie'] ?? []).map((each) => each.split(';')[0]).join('; ');
  const second = await get(one.port, '/', { headers: { cookie } });
  await one.app.stop();
  const two = await running(folder, env);
  const third = await get(two.port, '/', { headers: { cookie } });
  await two.app.stop();
  return [first.body, second.body, third.body];
}

/** Two requests to each of two processes. */
async function answers(folder, env) {
  const apps = [await running(folder, env), await running(folder, env)];
  const statuses = [];
  for (const { port } of [...apps, ...apps]) statuses.push((await get(port, '/')).status);
  for (const { app } of apps) await app.stop();
  return statuses;
}

/** Without the address the process says so and ends. */
async function refuses(folder) {
  const app = start(folder, { PORT: String(await freePort()) });
  const { code } = await app.ended;
  expect(
    code !== 0 && /REDIS_URL must be set/.test(app.err),
    `without REDIS_URL it ended with ${code}: ${app.err}`,
  );
}
