import type { GoodExample } from '../../../engine/rule';
import { manifest } from './example-parts';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'a cache and gauges of this process',
    path: 'server.js',
    code: `const express = require('express');
const axios = require('axios');
const client = require('prom-client');
const rates = new Map();
const lag = new client.Gauge({ name: 'lag', help: 'lag' });
async function refreshRates() {
  const { data } = await axios.get(process.env.RATES_URL);
  for (const { name, value } of data) rates.set(name, value);
}
setInterval(refreshRates, 60_000);
setInterval(() => lag.set(performance.now()), 5_000).unref();
const hits = new Map();
setInterval(() => {
  for (const [key, { until }] of hits) if (until < Date.now()) hits.delete(key);
}, 10_000);
express().listen(process.env.PORT);
`,
  },
  {
    title: 'waiting for the last work before the end',
    path: 'server.js',
    code: `const express = require('express');
const { Note } = require('./models');
const server = express().listen(process.env.PORT);
process.on('SIGTERM', () => {
  server.close();
  setInterval(() => {
    Note.updateMany({ dirty: true }, { dirty: false }).then((left) => {
      if (left === 0) process.exit(0);
    });
  }, 100);
});
`,
  },
  {
    title: 'heartbeats and keepalives',
    path: 'server.ts',
    code: `import { WebSocketServer, WebSocket } from 'ws';
import { Pool } from 'pg';
const pool = new Pool();
const wss = new WebSocketServer({ port: Number(process.env.PORT) });
setInterval(() => {
  for (const socket of wss.clients) if (socket.readyState === WebSocket.OPEN) socket.ping();
}, 30_000);
setInterval(() => pool.query('SELECT 1'), 60_000);
async function heartbeat() {
  await pool.query("UPDATE instances SET seen = now() WHERE id = $1", [process.env.HOSTNAME]);
}
setInterval(heartbeat, 10_000);
`,
  },
  {
    title: 'agenda, which locks each job in its database',
    path: 'server.js',
    code: `const express = require('express');
const Agenda = require('agenda');
const agenda = new Agenda({ db: { address: process.env.MONGO_URL } });
agenda.define('cleanup', async () => {});
agenda.start().then(() => agenda.every('1 day', 'cleanup'));
express().listen(process.env.PORT);
`,
  },
  {
    title: 'a clock process of its own',
    files: {
      'package.json': manifest(
        { start: 'node server.js' },
        { express: '4', 'node-cron': '3', mongoose: '8' },
      ),
      Procfile: 'web: node server.js\nclock: node clock.js\n',
      'server.js': `const express = require('express');
const { Session } = require('./sessions');
const app = express();
app.get('/sessions', async (req, res) => res.json(await Session.countDocuments()));
app.listen(process.env.PORT);
`,
      'clock.js': `const { scheduleCleanup } = require('./sessions');
scheduleCleanup();
`,
      'sessions.js': `const cron = require('node-cron');
const mongoose = require('mongoose');
const Session = mongoose.model('Session', new mongoose.Schema({ until: Date }));
exports.Session = Session;
exports.scheduleCleanup = () =>
  cron.schedule('0 * * * *', () => Session.deleteMany({ until: { $lt: new Date() } }));
`,
    },
  },
  {
    title: 'a shared lock decides which process does it',
    path: 'server.js',
    code: `const express = require('express');
const cron = require('node-cron');
const { default: Redlock } = require('redlock');
const Redis = require('ioredis');
const redlock = new Redlock([new Redis(process.env.REDIS_URL)]);
cron.schedule('0 3 * * *', async () => {
  const lock = await redlock.acquire(['nightly'], 60_000);
  await lock.release();
});
express().listen(process.env.PORT);
`,
  },
  {
    title: 'timers of a request, of a connection, and of an attempt',
    path: 'server.js',
    code: `const express = require('express');
const mongoose = require('mongoose');
const Order = mongoose.model('Order', new mongoose.Schema({}));
const app = express();
app.post('/orders', async (req, res) => {
  const poll = setInterval(async () => {
    await Order.updateOne({ _id: req.body.id }, { polled: true });
    clearInterval(poll);
  }, 1000);
  res.end();
});
function connectWithRetry() {
  mongoose.connect(process.env.MONGO_URL).catch(() => setTimeout(connectWithRetry, 5000));
}
connectWithRetry();
app.listen(process.env.PORT);
`,
  },

  {
    title:
      'what Next starts with only measures; a route does the work when the platform’s scheduler asks',
    files: {
      'package.json': manifest(
        { build: 'next build', start: 'next start' },
        { next: '15', pg: '8' },
      ),
      'instrumentation.ts': `let memory = 0;
export function register() {
  setInterval(() => {
    memory = process.memoryUsage().rss;
  }, 60_000).unref();
}
export const rss = () => memory;
`,
      'app/api/cron/close/route.ts': `import pg from 'pg';
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
export async function POST() {
  await pool.query('update auction set closed = true where ends_at < now()');
  return Response.json({ ok: true });
}
`,
    },
  },
  {
    title: 'retries and waits by helpers, loops that end, and every item of a list',
    files: {
      'package.json': manifest({ start: 'node dist/server.js' }, { express: '5', pg: '8' }),
      'tsconfig.json': '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" } }\n',
      'src/helpers.ts': `export async function retry(task: () => Promise<unknown>) {
  const attempt = async () => {
    try {
      await task();
    } catch {
      setTimeout(attempt, 1000);
    }
  };
  await attempt();
}
export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
`,
      'src/server.ts': `import express from 'express';
import { Pool } from 'pg';
import { retry, sleep } from './helpers';
const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const prepare = () => pool.query('insert into nodes default values');
void retry(prepare);
let tries = 0;
while (tries < 5) {
  await prepare();
  await sleep(100);
  tries += 1;
}
const fill = { isAborted: false, cursor: '' };
while (!fill.isAborted) {
  const { rows } = await pool.query('select id from nodes where id > $1 limit 100', [fill.cursor]);
  if (rows.length === 0) break;
  await pool.query('update nodes set filled = true where id = any($1)', [rows.map(({ id }) => id)]);
  fill.cursor = rows[rows.length - 1].id;
  await sleep(5_000);
}
console.log([1, 2].every(Number.isFinite, null));
express().listen(process.env.PORT);
`,
    },
  },
  {
    title: 'tasks of Nitro that a platform schedules, and none at all',
    files: {
      'a/package.json': manifest({ build: 'nuxt build' }, { nuxt: '4' }),
      'a/nuxt.config.ts':
        "export default defineNuxtConfig({ nitro: { preset: 'cloudflare_module', scheduledTasks: { '0 3 * * *': 'db:clean' } } });\n",
      'b/package.json': manifest({ start: 'node .output/server/index.mjs' }, { nitropack: '2' }),
      'b/nitro.config.ts': 'export default defineNitroConfig({ scheduledTasks: {} });\n',
    },
  },
  {
    title: 'a timer of the app’s own that keeps a copy fresh, and one that waits once',
    files: {
      'package.json': manifest({ start: 'node server.js' }, { express: '4', pg: '8' }),
      'server.js': `const express = require('express');
const { every, later } = require('./timers');
const rates = require('./rates');
every(60_000, rates.refreshCache);
later(5_000, () => rates.pool.query('delete from drafts'));
express().listen(process.env.PORT);
`,
      'timers.js': `exports.every = (ms, job) => setInterval(job, ms).unref();
exports.later = (ms, job) => setTimeout(job, ms);
`,
      'rates.js': `const { Pool } = require('pg');
const pool = new Pool();
let cached = [];
exports.pool = pool;
exports.refreshCache = async () => {
  cached = (await pool.query('select * from rates')).rows;
};
exports.all = () => cached;
`,
    },
  },
  {
    title: 'a table of imports from which the server takes what schedules nothing',
    files: {
      'package.json': manifest(
        { start: 'node server.js', clock: 'node clock.js' },
        { express: '4', 'node-cron': '3', pg: '8' },
      ),
      Procfile: 'web: node server.js\nclock: node clock.js\n',
      'server.js': `const express = require('express');
const formats = { csv: () => import('./csv.js'), json: () => import('./json.js') };
const app = express();
app.get('/export/:format', async (req, res) => {
  const { write } = await formats[req.params.format]();
  write(res);
});
app.listen(process.env.PORT);
`,
      'csv.js': "exports.write = (res) => res.send('a,b');\n",
      'json.js': 'exports.write = (res) => res.json({});\n',
      'clock.js': `const jobs = { clean: () => import('./jobs/clean.js') };
(async () => {
  (await jobs[process.env.JOB]()).start();
})();
`,
      'jobs/clean.js': `const cron = require('node-cron');
const { Pool } = require('pg');
exports.start = () => cron.schedule('0 3 * * *', () => new Pool().query('delete from sessions'));
`,
    },
  },
  {
    title: 'jobs that nobody starts, run by hand',
    path: 'src/server.ts',
    code: `import express from 'express';
import cron from 'node-cron';
import { Cron } from 'croner';
const run = () => fetch(process.env.DIGEST_URL!, { method: 'POST' });
const task = cron.schedule('0 * * * *', run, { scheduled: false });
export const paused = new Cron('0 * * * *', { paused: true }, run);
const app = express();
app.post('/digest', (_, response) => {
  task.now();
  response.end();
});
app.listen(process.env.PORT);
`,
  },
];
