import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'in the callback of close, or after it was awaited',
    path: 'server.js',
    code: `const express = require('express');
const server = express().listen(process.env.PORT);
process.on('SIGINT', () => {
  console.log('stopping');
  server.close(() => {
    console.log('closed');
    process.exit(0);
  });
});
process.on('SIGTERM', async () => {
  await require('util').promisify(server.close.bind(server))();
  process.exit(0);
});
`,
  },
  {
    title: 'promises that are waited for one by one',
    path: 'server.js',
    code: `const express = require('express');
const { Pool } = require('pg');
const { closeServer } = require('./closing');
const pool = new Pool();
const server = express().listen(process.env.PORT);

process.on('SIGTERM', async () => {
  const closings = [closeServer(server), pool.end()];
  for (const closing of closings) {
    try {
      await closing;
    } catch (error) {
      console.error(error);
    }
  }
  process.exit(0);
});
`,
  },
  {
    title: 'a deadline, and nothing to close yet',
    path: 'server.js',
    code: `const http = require('http');
let server;
function shutdown(signal) {
  console.log(signal);
  if (!server) process.exit(0);
  server.close((error) => process.exit(error ? 1 : 0));
  setTimeout(() => process.exit(1), 10000).unref();
}
process.on('SIGTERM', shutdown);
process.on('SIGINT', shutdown);
server = http.createServer().listen(process.env.PORT);
`,
  },
  {
    title: 'a second signal ends it at once',
    path: 'server.js',
    code: `const express = require('express');
const server = express().listen(process.env.PORT);
let stopping = false;
const stop = () => {
  if (stopping) process.exit(1);
  stopping = true;
  server.close();
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
`,
  },
  {
    title: 'crash handlers',
    path: 'server.js',
    code: `const express = require('express');
const server = express().listen(process.env.PORT);
process.on('uncaughtException', (error) => {
  console.error(error);
  process.exit(1);
});
process.once('SIGTERM', () => server.close());
server.on('error', () => process.exit(1));
`,
  },
  {
    title: 'promises',
    path: 'src/server.ts',
    code: `import Fastify from 'fastify';
import { closeDatabase } from './database';
const app = Fastify();
await app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });
process.on('SIGTERM', () => {
  app
    .close()
    .then(() => closeDatabase())
    .then(() => process.exit(0))
    .catch(() => process.exit(1));
});
process.on('SIGINT', () => void Promise.all([app.close(), closeDatabase()]).finally(() => process.exit()));
`,
  },
  {
    title: 'the keyboard of a developer, where SIGTERM is handled with care',
    path: 'server.js',
    code: `const express = require('express');
const server = express().listen(process.env.PORT);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
process.on('SIGINT', () => process.exit(130));
`,
  },
  {
    title: 'a command line tool',
    files: {
      'package.json': '{ "name": "tool", "bin": { "tool": "bin.js" } }',
      'bin.js': `#!/usr/bin/env node
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
require('readline').createInterface(process.stdin).on('line', console.log);
`,
    },
  },
];
