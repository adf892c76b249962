import type { BadExample } from '../../../engine/rule';

const manifest = (dependencies: object): string =>
  JSON.stringify({ name: 'shop', scripts: { start: 'node server.js' }, dependencies }, null, 2) +
  '\n';

export const badExamples: readonly BadExample[] = [
  {
    title: 'exits at once',
    path: 'server.js',
    code: `const express = require('express');
const { Pool } = require('pg');
const pool = new Pool();
const app = express();
const server = app.listen(process.env.PORT);

process.on('SIGTERM', () => process.exit(0));
`,
    findings: [
      {
        at: 'process.exit(0)',
        message:
          'The SIGTERM handler exits at once and cuts off open work; close first, then exit.',
      },
    ],
    fixed: {
      'close-first': `const express = require('express');
const { Pool } = require('pg');
const pool = new Pool();
const app = express();
const server = app.listen(process.env.PORT);

process.on('SIGTERM', async () => {
  // Whatever is still open after ten seconds is given up.
  setTimeout(() => process.exit(1), 10_000).unref();
  await new Promise((resolve) => server.close(resolve));
  await pool.end();
  process.exit(0);
});
`,
    },
  },
  {
    title: 'closes, but does not wait',
    path: 'src/server.ts',
    code: `import http from 'node:http';
import mongoose from 'mongoose';

const server = http.createServer((request, response) => response.end('ok'));
await mongoose.connect(process.env.MONGO_URL ?? '');
server.listen(process.env.PORT);

const shutdown = () => {
  console.log('stopping');
  server.close();
  process.exit(0);
};
process.on('SIGTERM', shutdown);
process.on('SIGINT', shutdown);
`,
    findings: [
      {
        at: 'process.exit(0)',
        message:
          '`server.close()` is not waited for before the process exits; exit when it is done.',
      },
    ],
    fixed: {
      'close-first': `import http from 'node:http';
import mongoose from 'mongoose';

const server = http.createServer((request, response) => response.end('ok'));
await mongoose.connect(process.env.MONGO_URL ?? '');
server.listen(process.env.PORT);

const shutdown = async () => {
  // Whatever is still open after ten seconds is given up.
  setTimeout(() => process.exit(1), 10_000).unref();
  console.log('stopping');
  await new Promise((resolve) => server.close(resolve));
  await mongoose.disconnect();
  process.exit(0);
};
process.on('SIGTERM', shutdown);
process.on('SIGINT', shutdown);
`,
    },
  },
  {
    title: 'fastify and a queue; a function of the module',
    path: 'server.js',
    code: `import Fastify from 'fastify'
import { Worker } from 'bullmq'

const app = Fastify()
const worker = new Worker('mails', async () => {})
await app.listen({ port: process.env.PORT, host: '0.0.0.0' })

function stop() {
  worker.close()
  app.close()
  process.exit()
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
`,
    findings: [{ at: 'process.exit()' }],
    fixed: {
      'close-first': `import Fastify from 'fastify'
import { Worker } from 'bullmq'

const app = Fastify()
const worker = new Worker('mails', async () => {})
await app.listen({ port: process.env.PORT, host: '0.0.0.0' })

async function stop() {
  // Whatever is still open after ten seconds is given up.
  setTimeout(() => process.exit(1), 10_000).unref()
  await worker.close()
  await app.close()
  process.exit()
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
`,
    },
  },
  {
    title: 'a function that other code ends the process with as well',
    files: {
      'package.json': manifest({ express: '4' }),
      'server.js': `const express = require('express');
let server;
exports.start = () => {
  server = express().listen(process.env.PORT);
};
function close(exitCode) {
  if (server) {
    server.close();
  }
  if (exitCode !== undefined) {
    process.exit(exitCode);
  }
}
exports.start();
process.on('SIGINT', () => { close(0); });
process.on('SIGTERM', () => { close(0); });
`,
    },
    findings: [{ at: 'process.exit(exitCode)', path: 'server.js' }],
  },
  {
    title: 'process.exit itself; SIGINT alone in an image',
    files: {
      'package.json': manifest({ express: '4' }),
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "server.js"]\n',
      'server.js': `const express = require('express');
const { watch } = require('./interrupt');
express().listen(process.env.PORT);
watch();
`,
      'interrupt.js': `exports.watch = () => process.on('SIGINT', process.exit);
`,
    },
    findings: [
      {
        at: 'on',
        path: 'interrupt.js',
        message:
          'Only SIGINT is handled, but containers are stopped with SIGTERM; handle that as well.',
      },
    ],
    fixed: {
      'both-signals': {
        'interrupt.js': `exports.watch = () => process.on('SIGINT', process.exit).on('SIGTERM', process.exit);
`,
      },
    },
  },
  {
    title: 'SIGINT alone, with a handler of several lines',
    files: {
      'package.json': manifest({ express: '4' }),
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "server.js"]\n',
      'server.js': `const express = require('express');
const server = express().listen(process.env.PORT);

process.once('SIGINT', () => {
  server.close(() => {
    process.exit(0);
  });
});
`,
    },
    findings: [{ at: 'once', path: 'server.js' }],
    fixed: {
      'both-signals': {
        'server.js': `const express = require('express');
const server = express().listen(process.env.PORT);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => {
      process.exit(0);
    });
  });
}
`,
      },
    },
  },
  {
    title: 'the first process of a container, which hears the keyboard only',
    files: {
      'package.json': manifest({}),
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "run.mjs"]\n',
      'run.mjs': `import { spawn } from 'child_process';
const start = (command, args) => spawn(command, args);
const server = start('node', ['server.js']);
server.on('exit', (code) => process.exit(code));
process.on('SIGINT', () => {
  server.kill('SIGINT');
  process.exit(0);
});
`,
      'server.js': '',
    },
    findings: [{ at: 'on', occurrence: 4, path: 'run.mjs' }],
  },
];
