import type { BadExample } from '../../../engine/rule';

/** Processes with more to stop than one server. */
export const stopExamples: readonly BadExample[] = [
  {
    title: 'Fastify, with a pool in another module',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "type": "module", "scripts": { "start": "node src/server.js" }, "dependencies": { "fastify": "^5.0.0", "pg": "^8.0.0" } }\n',
      'src/server.js': `import Fastify from 'fastify';
import { users } from './users.js';

const app = Fastify();
app.get('/', users);
await app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });
`,
      'src/users.js': `import { pool } from './db.js';

export const users = async () => (await pool.query('select * from users')).rows;
`,
      'src/db.js': `import pg from 'pg';

export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
`,
    },
    findings: [{ at: 'listen', path: 'src/server.js' }],
    fixed: {
      'graceful-shutdown': {
        'src/server.js': `import Fastify from 'fastify';
import { users } from './users.js';
import { pool } from './db.js';

const app = Fastify();
app.get('/', users);
await app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });

let isShuttingDown = false;
const shutdown = async () => {
  if (isShuttingDown) return;
  isShuttingDown = true;
  // Idle connections are closed; busy ones take one more request at most.
  app.server.maxRequestsPerSocket = 1;
  setInterval(() => app.server.closeIdleConnections(), 250).unref();
  setTimeout(() => {
    console.error('Still busy after 9.5 seconds: closing all connections');
    process.exitCode = 1;
    app.server.closeAllConnections();
    setTimeout(process.exit, 500).unref();
  }, 9_500).unref();

  // Requests that are on their way are still answered.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await new Promise((resolve) => app.server.close(resolve));
  await app.close();
  await pool.end();
  process.exit();
};
process.on('SIGTERM', shutdown);
process.on('SIGINT', shutdown);
`,
      },
    },
  },
  {
    title: 'two servers, one of them with event streams',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": {} }\n',
      'server.js': `const http = require('node:http');

const server = http.createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  setInterval(() => response.write('data: {}\\n\\n'), 1000);
});
const health = http.createServer((request, response) => response.end('ok'));

server.listen(process.env.PORT);
server.on('error', console.error);
health.listen(process.env.HEALTH_PORT);
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const http = require('node:http');

const server = http.createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  setInterval(() => response.write('data: {}\\n\\n'), 1000);
});
const health = http.createServer((request, response) => response.end('ok'));

server.listen(process.env.PORT);
server.on('error', console.error);
health.listen(process.env.HEALTH_PORT);

// Event streams never end by themselves.
const responses = new Set();
for (const one of [server, health]) {
  one.on('request', (_request, response) => {
    responses.add(response);
    response.once('close', () => responses.delete(response));
  });
}

let isShuttingDown = false;
const shutdown = async () => {
  if (isShuttingDown) return;
  isShuttingDown = true;
  // Idle connections are closed; busy ones take one more request at most.
  server.maxRequestsPerSocket = 1;
  health.maxRequestsPerSocket = 1;
  setInterval(() => {
    for (const response of responses) {
      if (String(response._header).includes('text/event-stream')) response.end();
    }
    server.closeIdleConnections();
    health.closeIdleConnections();
  }, 250).unref();
  setTimeout(() => {
    console.error('Still busy after 9.5 seconds: closing all connections');
    process.exitCode = 1;
    server.closeAllConnections();
    health.closeAllConnections();
    setTimeout(process.exit, 500).unref();
  }, 9_500).unref();

  // Requests that are on their way are still answered.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await Promise.all([
    new Promise((resolve) => server.close(resolve)),
    new Promise((resolve) => health.close(resolve)),
  ]);
  process.exit();
};
process.on('SIGTERM', shutdown);
process.on('SIGINT', shutdown);
`,
      },
    },
  },
  {
    title: 'servers in several functions',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": {} }\n',
      'server.js': `const http = require('node:http');

function serve() {
  http.createServer((request, response) => response.end('hello')).listen(process.env.PORT);
}

function serveHealth() {
  http.createServer((request, response) => response.end('ok')).listen(process.env.HEALTH_PORT);
}

serve();
serveHealth();
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const http = require('node:http');

const servers = [];

function serve() {
  const server = http.createServer((request, response) => response.end('hello')).listen(process.env.PORT);
  servers.push(server);
}

function serveHealth() {
  const httpServer = http.createServer((request, response) => response.end('ok')).listen(process.env.HEALTH_PORT);
  servers.push(httpServer);
}

serve();
serveHealth();

let isShuttingDown = false;
const shutdown = async () => {
  if (isShuttingDown) return;
  isShuttingDown = true;
  // Idle connections are closed; busy ones take one more request at most.
  for (const server of servers) server.maxRequestsPerSocket = 1;
  setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, 250).unref();
  setTimeout(() => {
    console.error('Still busy after 9.5 seconds: closing all connections');
    process.exitCode = 1;
    for (const server of servers) server.closeAllConnections();
    setTimeout(process.exit, 500).unref();
  }, 9_500).unref();

  // Requests that are on their way are still answered.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  process.exit();
};
process.on('SIGTERM', shutdown);
process.on('SIGINT', shutdown);
`,
      },
    },
  },
  {
    title: 'a cluster',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node dist/server.js" }, "dependencies": { "express": "^5.0.0" } }\n',
      'tsconfig.json': '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" } }\n',
      'src/server.ts': `import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import express from 'express';

if (cluster.isPrimary) {
  for (let i = 0; i < availableParallelism(); i += 1) cluster.fork();
  cluster.on('exit', () => cluster.fork());
} else {
  const app = express();
  app.listen(process.env.PORT);
}
`,
    },
    findings: [{ at: 'listen', path: 'src/server.ts' }],
    fixed: {
      'graceful-shutdown': {
        'src/server.ts': `import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import express from 'express';

if (cluster.isPrimary) {
  for (let i = 0; i < availableParallelism(); i += 1) cluster.fork();
  cluster.on('exit', () => cluster.fork());

  // Workers finish by themselves; none is started again.
  const stopWorkers = () => {
    cluster.removeAllListeners('exit');
    let running = Object.keys(cluster.workers ?? {}).length;
    cluster.on('exit', (_worker, code) => {
      if (code !== 0) process.exitCode = 1;
      running -= 1;
      if (running === 0) process.exit();
    });
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM');
    setTimeout(() => process.exit(1), 10_000).unref();
  };
  process.on('SIGTERM', stopWorkers);
  process.on('SIGINT', stopWorkers);
} else {
  const app = express();
  const server = app.listen(process.env.PORT);

  let isShuttingDown = false;
  const shutdown = async () => {
    if (isShuttingDown) return;
    isShuttingDown = true;
    // Idle connections are closed; busy ones take one more request at most.
    server.maxRequestsPerSocket = 1;
    setInterval(() => server.closeIdleConnections(), 250).unref();
    setTimeout(() => {
      console.error('Still busy after 9.5 seconds: closing all connections');
      process.exitCode = 1;
      server.closeAllConnections();
      setTimeout(process.exit, 500).unref();
    }, 9_500).unref();

    // Requests that are on their way are still answered.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await new Promise((resolve) => server.close(resolve));
    process.exit();
  };
  process.on('SIGTERM', shutdown);
  process.on('SIGINT', shutdown);
}
`,
      },
    },
  },
  {
    title: 'HTTP/2, whose clients keep their sessions',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": {} }\n',
      'server.js': `const http2 = require('node:http2');

const server = http2.createServer((request, response) => response.end('hello'));
server.listen(process.env.PORT);
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const http2 = require('node:http2');

const server = http2.createServer((request, response) => response.end('hello'));
server.listen(process.env.PORT);

const sessions = new Set();
server.on('session', (session) => {
  sessions.add(session);
  session.once('close', () => sessions.delete(session));
});

let isShuttingDown = false;
const shutdown = async () => {
  if (isShuttingDown) return;
  isShuttingDown = true;
  setTimeout(() => {
    console.error('Still busy after 9.5 seconds: closing all connections');
    process.exitCode = 1;
    for (const session of sessions) session.destroy();
    setTimeout(process.exit, 500).unref();
  }, 9_500).unref();

  for (const session of sessions) session.close();
  await new Promise((resolve) => server.close(resolve));
  process.exit();
};
process.on('SIGTERM', shutdown);
process.on('SIGINT', shutdown);
`,
      },
    },
  },
  {
    title: 'a library for it is declared, but not used',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0", "@godaddy/terminus": "^4.0.0" } }\n',
      'server.js': `const express = require('express');
const app = express();

app.listen(process.env.PORT);
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const express = require('express');
const { createTerminus } = require('@godaddy/terminus');
const app = express();

const server = app.listen(process.env.PORT);

createTerminus(server, {
  signals: ['SIGTERM', 'SIGINT'],
  timeout: 10_000,
  useExit0: true,
  beforeShutdown: async () => {
    server.maxRequestsPerSocket = 1;
    setTimeout(() => {
      console.error('Still busy after ten seconds: giving up');
      process.exit(1);
    }, 10_000).unref();
    // Requests that are on their way are still answered.
    await new Promise((resolve) => setTimeout(resolve, 100));
  },
});
`,
      },
    },
  },
  {
    title: 'SIGINT alone in a container, where that is handled',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "5" } }',
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "server.js"]\n',
      'server.js': `const server = require('express')().listen(process.env.PORT);
process.on('SIGINT', () => server.close(() => process.exit(0)));
`,
    },
    findings: [{ at: 'on', occurrence: 2, path: 'server.js' }],
  },
  {
    title: 'a server beside a worker that stops nothing but itself',
    files: {
      'package.json':
        '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "5", "@temporalio/worker": "1" } }',
      'server.js': `const express = require('express');
const { startWorker } = require('./worker');
express().listen(process.env.PORT);
startWorker();
`,
      'worker.js': `const { Worker } = require('@temporalio/worker');
exports.startWorker = async () => {
  const worker = await Worker.create({ taskQueue: 'refunds' });
  await worker.run();
};
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
  },
  {
    title: 'a bot that keeps a connection open, and listens to nothing',
    path: 'src/app.ts',
    code: `import { App } from '@slack/bolt';
const app = new App({ token: process.env.TOKEN, socketMode: true, appToken: process.env.APP });
app.message('ping', async ({ say }) => void (await say('pong')));
void app.start(3000);
`,
    findings: [
      {
        at: 'start',
        message:
          'Nothing handles SIGTERM: a stop cuts answers off; close the connection, finish what runs, then exit.',
      },
    ],
  },
];
