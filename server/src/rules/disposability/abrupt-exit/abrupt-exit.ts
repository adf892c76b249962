import { isInside } from '../../../base/paths';
import { defineRule } from '../../../engine/rule';
import { filesOfKind } from '../../../project/files/file-index';
import type { CallMeaning, ModuleInfo, ProjectModel } from '../../../project/model';
import { servesOrWorks } from '../../../project/processes/deployment';
import { handlesSigterm } from '../../../project/processes/signals';
import { isDevelopmentPath } from '../../../project/start/purpose';
import { bothSignalsFix } from './both-signals';
import { closeFirstFix } from './close-first';
import { abruptExits, stopSignals } from '../../../project/processes/signal-exits';

const manifest = (dependencies: object): string =>
  JSON.stringify({ name: 'shop', scripts: { start: 'node server.js' }, dependencies }, null, 2) +
  '\n';

export default defineRule({
  id: 'abrupt-exit',
  factor: 'disposability',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The handler of a stop signal exits without waiting for open work.',
  why: 'A process that is told to stop should stop listening, finish the requests and jobs it has, give back what it holds, and only then exit. A handler that exits at once does worse than none, since it looks as if somebody had thought of it: answers are cut off, jobs are lost, locks and connections are left to time out. Calling `close()` is only the beginning: it returns before anything is closed, so an exit right behind it changes nothing. And a handler for SIGINT alone works on the keyboard of a developer, but platforms and containers send SIGTERM.',
  whenNotToUse: 'When nothing is ever in flight: no requests, no jobs, no buffered writes.',
  fix: 'suggest',
  scope: { modules: 'server', deployment: 'graded', roles: ['web', 'worker'] },
  messages: {
    atOnce: 'The {signal} handler exits at once and cuts off open work; close first, then exit.',
    unawaited: '`{call}` is not waited for before the process exits; exit when it is done.',
    onlyInterrupt:
      'Only SIGINT is handled, but containers are stopped with SIGTERM; handle that as well.',
  },
  meaning(found, context) {
    const { module, model } = context;
    const signals = stopSignals(found);
    if (signals.length === 0 || found.call.context.includes('development')) return;
    if (!signals.includes('SIGTERM')) {
      if (!handlesElsewhere(module, model)) {
        if (runsInContainer(module, model))
          return context.report({
            at: found.call.nameSpan,
            message: 'onlyInterrupt',
            fixes: [bothSignalsFix(model, context.path, found.call.span)],
          });
      } else if (isGracefulElsewhere(module, model)) return;
    }
    for (const { path, call, closing, written } of abruptExits(found, model)) {
      const at = { path, span: call.span };
      const text = closing && model.files.text(path)?.slice(closing.span.start, closing.span.end);
      const fixes = written ? [closeFirstFix({ model, path, exit: call.span })] : [];
      if (text === undefined)
        context.report({
          at: call === found.call ? found.call.nameSpan : at,
          message: 'atOnce',
          data: { signal: signals.join(' and ') },
          fixes,
        });
      else context.report({ at, message: 'unawaited', data: { call: text }, fixes });
    }
  },
  examples: {
    bad: [
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
    ],
    good: [
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
    ],
  },
});

function processModules(module: ModuleInfo, model: ProjectModel): readonly string[] {
  const entries = module.entryPoints.filter(servesOrWorks);
  return [...new Set([module.path, ...entries.flatMap((entry) => [...model.reachable(entry)])])];
}

function handlesElsewhere(module: ModuleInfo, model: ProjectModel): boolean {
  return processModules(module, model).some((path) => handlesSigterm(path, model));
}

/** SIGTERM is handled with care, so that a short way out by keyboard does no harm. */
function isGracefulElsewhere(module: ModuleInfo, model: ProjectModel): boolean {
  const handlers: CallMeaning[] = processModules(module, model).flatMap((path) =>
    model.meanings(path).filter((found) => stopSignals(found).includes('SIGTERM')),
  );
  return handlers.every((found) => abruptExits(found, model).length === 0);
}

function runsInContainer(module: ModuleInfo, model: ProjectModel): boolean {
  const isFirst = module.entryPoints.some(
    ({ declaredAt }) => declaredAt && model.files.kind(declaredAt.path) === 'dockerfile',
  );
  if (isFirst) return true;
  const dir = module.package?.dir ?? '';
  return filesOfKind(model.files, 'dockerfile').some(
    (path) => isInside(path, dir) && !isDevelopmentPath(path),
  );
}
