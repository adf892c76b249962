import type { GoodExample } from '../../../engine/rule';

export const goodExamples: readonly GoodExample[] = [
  {
    title: 'logged, then exited, in whatever form',
    path: 'server.js',
    code: `const express = require('express');
const pino = require('pino');
const logger = pino();
const server = express().listen(process.env.PORT);
const exitHandler = () => {
  if (server) server.close(() => process.exit(1));
  else process.exit(1);
};
const unexpectedErrorHandler = (error) => {
  logger.error(error);
  exitHandler();
};
process.on('uncaughtException', unexpectedErrorHandler);
process.on('unhandledRejection', (reason) => {
  throw reason;
});
process.on('uncaughtException', pino.final(logger, (error, finalLogger) => {
  finalLogger.fatal(error);
  process.exit(1);
}));
`,
  },
  {
    title: 'only what is not to be trusted ends it; a shutdown that cannot be seen',
    path: 'src/server.ts',
    code: `import express from 'express';
import { errors } from 'our-errors';
import { gracefulShutdown } from 'our-server';
express().listen(process.env.PORT);
process.on('uncaughtException', (error: Error) => {
  errors.log(error);
  if (!errors.isOperational(error)) process.exit(1);
});
process.on('unhandledRejection', (error) => {
  console.error(error);
  gracefulShutdown('unhandledRejection');
});
`,
  },
  {
    title: 'a crash reporter beside a handler that exits',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node app.js" }, "dependencies": { "express": "^4.0.0", "@sentry/node": "^8.0.0" } }\n',
      'app.js': `const Sentry = require('@sentry/node');
require('./crash');
Sentry.init({ dsn: process.env.SENTRY_DSN });
process.on('uncaughtException', (error) => Sentry.captureException(error));
require('express')().listen(process.env.PORT);
`,
      'crash.js': `process.on('uncaughtException', (error) => {
  console.error(error);
  setTimeout(() => process.exit(1), 1000).unref();
});
`,
    },
  },
  {
    title: 'a start whose failure ends the process, or is tried again',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node app.js" }, "dependencies": { "express": "^4.0.0" } }\n',
      'app.js': `const express = require('express');
const { connect } = require('./database');
async function start() {
  await connect();
  express().listen(process.env.PORT);
}
async function startAgain() {
  try {
    await start();
  } catch (error) {
    console.error(error);
    setTimeout(startAgain, 5000);
  }
}
startAgain();
start().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
`,
      'database.js': 'exports.connect = async () => {};\n',
    },
  },
  {
    title: 'something beside the start may fail',
    path: 'server.js',
    code: `const express = require('express');
const { warmCache } = require('./cache');
const app = express();
app.get('/', (req, res) => {
  warmCache().catch(console.error);
  res.end();
});
app.listen(process.env.PORT);
warmCache().catch((error) => console.warn('cold cache', error));
`,
  },
  {
    title: 'a handler for the time of one task',
    path: 'server.js',
    code: `const express = require('express');
const note = (error) => console.error(error);
async function migrateOnce(run) {
  process.on('unhandledRejection', note);
  await run();
  process.removeListener('unhandledRejection', note);
}
express().listen(process.env.PORT);
module.exports = { migrateOnce };
`,
  },
  {
    title: 'winston exits by default; a script may log and end',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node server.js", "seed": "node seed.js" }, "dependencies": { "express": "^4.0.0", "winston": "^3.0.0" } }\n',
      'server.js': `const express = require('express');
const winston = require('winston');
winston.configure({
  transports: [new winston.transports.Console({ handleExceptions: true })],
});
express().listen(process.env.PORT);
`,
      'seed.js': `async function main() {}
main().catch(console.error);
`,
    },
  },
];
