import type { BadExample } from '../../../engine/rule';

export const badExamples: readonly BadExample[] = [
  {
    title: 'handlers that only log',
    path: 'server.js',
    code: `const express = require('express');
const logger = require('pino')();

process.on('uncaughtException', (error) => {
  logger.error(error, 'uncaught');
});
process.on('unhandledRejection', (reason) => logger.error(reason));
process.on('unhandledRejection', console.error);

express().listen(process.env.PORT);
`,
    findings: [
      {
        at: 'on',
        occurrence: 3,
        message:
          'After \`uncaughtException\` the process runs on in an unknown state; log it, then exit non-zero.',
      },
      { at: 'on', occurrence: 5 },
      { at: 'on', occurrence: 9 },
    ],
    fixed: {
      'exit-non-zero': `const express = require('express');
const logger = require('pino')();

process.on('uncaughtException', (error) => {
  logger.error(error, 'uncaught');
  process.exit(1);
});
process.on('unhandledRejection', (reason) => {
  logger.error(reason);
  process.exit(1);
});
process.on('unhandledRejection', (error) => {
  console.error(error);
  process.exit(1);
});

express().listen(process.env.PORT);
`,
    },
  },
  {
    title: 'the rejection of the start',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node src/main.js" }, "dependencies": { "express": "^4.0.0" } }\n',
      'src/main.js': `const { createServer } = require('./server');

async function bootstrap() {
  const server = await createServer();
  server.start();
}
bootstrap()
  .then(() => console.log('up'))
  .catch((error) => console.error('failed to start', error));
`,
      'src/server.js': `const express = require('express');
class Server {
  start() {
    express().listen(process.env.PORT);
  }
}
exports.createServer = async () => new Server();
`,
    },
    findings: [
      {
        at: 'catch',
        path: 'src/main.js',
        message:
          'A failed start is only logged, so nothing restarts the process; exit non-zero after logging.',
      },
    ],
    fixed: {
      'exit-non-zero': {
        'src/main.js': `const { createServer } = require('./server');

async function bootstrap() {
  const server = await createServer();
  server.start();
}
bootstrap()
  .then(() => console.log('up'))
  .catch((error) => {
    console.error('failed to start', error);
    process.exit(1);
  });
`,
      },
    },
  },
  {
    title: 'a server that waits for its database',
    path: 'app.js',
    code: `const express = require("express")
const mongoose = require("mongoose")
const app = express()

mongoose
  .connect(process.env.MONGO_URL)
  .then(() => {
    app.listen(process.env.PORT, () => console.log("listening"))
  })
  .catch(err => console.log(err))
`,
    findings: [{ at: 'catch' }],
    fixed: {
      'exit-non-zero': `const express = require("express")
const mongoose = require("mongoose")
const app = express()

mongoose
  .connect(process.env.MONGO_URL)
  .then(() => {
    app.listen(process.env.PORT, () => console.log("listening"))
  })
  .catch(err => {
    console.log(err)
    process.exit(1)
  })
`,
    },
  },
  {
    title: 'a catch block around the start',
    path: 'src/server.ts',
    code: `import Fastify from 'fastify';

const app = Fastify({ logger: true });

const start = async () => {
  try {
    await app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });
  } catch (error) {
    app.log.error(error);
  }
};
void start();
`,
    findings: [{ at: 'catch' }],
    fixed: {
      'exit-non-zero': `import Fastify from 'fastify';

const app = Fastify({ logger: true });

const start = async () => {
  try {
    await app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });
  } catch (error) {
    app.log.error(error);
    process.exit(1);
  }
};
void start();
`,
    },
  },
  {
    title: 'a framework that runs the loaders; a crash reporter that is only told',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node app.js" }, "dependencies": { "express": "^4.0.0", "@sentry/node": "^8.0.0", "microframework-w3tec": "^0.6.3" } }\n',
      'app.js': `import * as Sentry from '@sentry/node';
import { bootstrapMicroframework } from 'microframework-w3tec';
import { expressLoader } from './express-loader.js';
import { log } from './log.js';
process.on('uncaughtException', Sentry.captureException);
bootstrapMicroframework({ loaders: [expressLoader] }).catch((error) => log.error('crashed: ' + error));
`,
      'express-loader.js': `import express from 'express';
export const expressLoader = (settings) => {
  settings.setData('app', express().listen(process.env.PORT));
};
`,
      'log.js': `export const log = { error: (text) => console.error(text) };
`,
    },
    findings: [
      { at: 'on', occurrence: 1, path: 'app.js' },
      { at: 'catch', path: 'app.js' },
    ],
  },
  {
    title: 'winston told to carry on; a flag for node',
    files: {
      'package.json':
        '{ "name": "shop", "scripts": { "start": "node --unhandled-rejections=warn server.js" }, "dependencies": { "express": "^4.0.0", "winston": "^3.0.0" } }\n',
      'server.js': `const express = require('express');
const winston = require('winston');
const logger = winston.createLogger({
  transports: [new winston.transports.Console({ handleExceptions: true })],
  exitOnError: false,
});
express().listen(process.env.PORT, () => logger.info('up'));
`,
    },
    findings: [
      { at: 'node --unhandled-rejections=warn server.js', path: 'package.json' },
      { at: 'false', path: 'server.js' },
    ],
    fixed: {
      'let-exit': {
        'package.json':
          '{ "name": "shop", "scripts": { "start": "node server.js" }, "dependencies": { "express": "^4.0.0", "winston": "^3.0.0" } }\n',
        'server.js': `const express = require('express');
const winston = require('winston');
const logger = winston.createLogger({
  transports: [new winston.transports.Console({ handleExceptions: true })],
});
express().listen(process.env.PORT, () => logger.info('up'));
`,
      },
    },
  },
];
