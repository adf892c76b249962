import type { Severity } from '../../base/severity';
import { defineRule } from '../../engine/rule';
import { logToStdoutFix } from '../../fixes/logs/log-to-stdout';
import { logPlaces } from '../../project/disk/log-places';

export default defineRule({
  id: 'file-transport',
  factor: 'logs',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A logger writes to files.',
  why: 'A twelve-factor app never concerns itself with where its output goes. It writes its event stream, unbuffered, to stdout; the execution environment collects it from all processes, keeps it and routes it. Log files inside a container vanish with it, fill its disk when nothing rotates them, are out of sight of whoever watches the platform’s logs, and mix when two processes write to one name.',
  whenNotToUse: 'On a host that you run yourself, with a log shipper that follows these files.',
  fix: 'suggest',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  messages: {
    file: '{library} writes the log to files; write to stdout and leave collecting and keeping to the platform.',
  },
  meaning(found, context) {
    for (const { kind, name, at, fromEnvironment } of logPlaces(found, context.model)) {
      if (kind !== 'file') continue;
      const severity: Severity | undefined = found.call.context.includes('development')
        ? 'hint'
        : fromEnvironment
          ? 'information'
          : undefined;
      context.report({
        at,
        message: 'file',
        data: { library: name },
        ...(severity ? { severity } : {}),
        fixes: [
          logToStdoutFix({ model: context.model, path: at.path, span: at.span, library: name }),
        ],
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'winston',
        path: 'src/logger.ts',
        code: `import winston from 'winston';

export const logger = winston.createLogger({
  level: 'info',
  transports: [
    new winston.transports.Console(),
    new winston.transports.File({ filename: 'error.log', level: 'error' }),
  ],
});
`,
        findings: [
          {
            at: 'File',
            message:
              'winston writes the log to files; write to stdout and leave collecting and keeping to the platform.',
          },
        ],
        fixed: {
          'log-to-stdout': `import winston from 'winston';

export const logger = winston.createLogger({
  level: 'info',
  transports: [
    new winston.transports.Console(),
  ],
});
`,
        },
      },
      {
        title: 'winston as its documentation begins: a console for development alone',
        path: 'logger.js',
        code: `const winston = require('winston');

const logger = winston.createLogger({
  level: 'info',
  format: winston.format.json(),
  transports: [
    //
    // - Write all logs with importance level of \`error\` or higher to \`error.log\`
    // - Write all logs with importance level of \`info\` or higher to \`combined.log\`
    //
    new winston.transports.File({ filename: 'error.log', level: 'error' }),
    new winston.transports.File({ filename: 'combined.log' }),
  ],
});

//
// If we're not in production then log to the \`console\`
//
if (process.env.NODE_ENV !== 'production') {
  logger.add(new winston.transports.Console({
    format: winston.format.simple(),
  }));
}

module.exports = logger;
`,
        findings: [{ at: 'File' }, { at: 'File', occurrence: 2 }],
        fixed: {
          'log-to-stdout': `const winston = require('winston');

const logger = winston.createLogger({
  level: 'info',
  format: winston.format.json(),
});

//
// If we're not in production then log to the \`console\`
//
if (process.env.NODE_ENV !== 'production') {
  logger.add(new winston.transports.Console({
    format: winston.format.simple(),
  }));
} else {
  logger.add(new winston.transports.Console());
}

module.exports = logger;
`,
        },
      },
      {
        title: 'winston: a file that keeps the process alive after a crash',
        files: {
          'package.json':
            '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "winston": "^3.0.0" } }\n',
          'server.js': `const winston = require('winston');

const logger = winston.createLogger({
  transports: [
    new winston.transports.File({ filename: 'error.log', level: 'error', handleExceptions: true }),
    new winston.transports.File({ filename: 'all.log' }),
  ],
});
if (process.env.NODE_ENV !== 'production') logger.debug('starting');
logger.info('started');
`,
        },
        findings: [
          { at: 'File', path: 'server.js' },
          { at: 'File', occurrence: 2, path: 'server.js' },
        ],
        fixed: {
          'log-to-stdout': {
            'server.js': `const winston = require('winston');

const logger = winston.createLogger({
  transports: [
    new winston.transports.Console({ handleExceptions: true }),
  ],
});
if (process.env.NODE_ENV !== 'production') logger.debug('starting');
logger.info('started');
`,
          },
        },
      },
      {
        title: 'daily files, beside the console',
        path: 'logger.js',
        code: `const { createLogger, transports } = require('winston');
require('winston-daily-rotate-file');
const logger = createLogger({
  transports: [
    new transports.Console(),
    new transports.DailyRotateFile({ filename: 'logs/app-%DATE%.log', datePattern: 'YYYY-MM-DD' }),
  ],
});
module.exports = logger;
`,
        findings: [{ at: 'DailyRotateFile' }],
      },
      {
        title: 'pino: a destination, and a worker transport',
        path: 'src/logger.ts',
        code: `import pino from 'pino';
export const audit = pino(pino.destination('./audit.log'));
export const logger = pino({
  transport: {
    targets: [
      { target: 'pino-pretty', options: { colorize: true } },
      { target: 'pino/file', options: { destination: '/var/log/app.log' } },
    ],
  },
});
`,
        findings: [{ at: 'destination' }, { at: `'/var/log/app.log'` }],
        fixed: {
          'log-to-stdout': `import pino from 'pino';
export const audit = pino();
export const logger = pino({
  transport: {
    targets: [
      { target: 'pino-pretty', options: { colorize: true } },
    ],
  },
});
`,
        },
      },
      {
        title: 'morgan on a stream',
        path: 'app.js',
        code: `const express = require('express');
const fs = require('fs');
const path = require('path');
const morgan = require('morgan');
const app = express();
const accessLogStream = fs.createWriteStream(path.join(__dirname, 'access.log'), { flags: 'a' });
app.use(morgan('combined', { stream: accessLogStream }));
`,
        findings: [
          {
            at: 'createWriteStream',
            message:
              'morgan writes the log to files; write to stdout and leave collecting and keeping to the platform.',
          },
        ],
        fixed: {
          'log-to-stdout': `const express = require('express');
const morgan = require('morgan');
const app = express();
app.use(morgan('combined'));
`,
        },
      },
      {
        title: 'log4js and bunyan',
        path: 'logger.js',
        code: `const log4js = require('log4js');
const bunyan = require('bunyan');
log4js.configure({
  appenders: { out: { type: 'stdout' }, app: { type: 'dateFile', filename: 'logs/app.log' } },
  categories: { default: { appenders: ['out', 'app'], level: 'info' } },
});
exports.log = bunyan.createLogger({ name: 'shop', streams: [{ stream: process.stdout }, { type: 'rotating-file', path: '/var/log/shop.log', period: '1d' }] });
`,
        findings: [{ at: `'logs/app.log'` }, { at: `'/var/log/shop.log'` }],
        fixed: {
          'log-to-stdout': `const log4js = require('log4js');
const bunyan = require('bunyan');
log4js.configure({
  appenders: { out: { type: 'stdout' } },
  categories: { default: { appenders: ['out'], level: 'info' } },
});
exports.log = bunyan.createLogger({ name: 'shop', streams: [{ stream: process.stdout }] });
`,
        },
      },
      {
        title: 'rotating files; a file that the environment names',
        path: 'logger.js',
        code: `const rfs = require('rotating-file-stream');
const winston = require('winston');
exports.stream = rfs.createStream('access.log', { interval: '1d' });
exports.logger = winston.createLogger({ transports: [new winston.transports.File({ filename: process.env.LOG_FILE })] });
`,
        findings: [{ at: 'createStream' }, { at: 'File', severity: 'information' }],
        fixed: {
          'log-to-stdout': `const winston = require('winston');
exports.stream = process.stdout;
exports.logger = winston.createLogger({ transports: [new winston.transports.Console()] });
`,
        },
      },
      {
        title: 'winston before version 3',
        path: 'logger.js',
        code: `const winston = require('winston');
const logger = new (winston.Logger)({ transports: [new (winston.transports.Console)()] });
logger.add(winston.transports.File, { filename: 'app.log' });
winston.add(winston.transports.Console, { colorize: true });
module.exports = logger;
`,
        findings: [{ at: 'add' }],
      },
      {
        title: 'tslog, by a transport of its own',
        path: 'src/logger.ts',
        code: `import { appendFileSync } from 'node:fs';
import { Logger } from 'tslog';

export const logger = new Logger({ name: 'api' });
logger.attachTransport((entry) => {
  appendFileSync('output.txt', JSON.stringify(entry) + '\\n');
});
`,
        findings: [{ at: 'appendFileSync', occurrence: 2 }],
      },
    ],
    good: [
      {
        title: 'the console transport',
        path: 'src/logger.ts',
        code: `import { createLogger, format, transports } from 'winston';
export const logger = createLogger({ format: format.json(), transports: [new transports.Console()] });
`,
      },
      {
        title: 'pino as it comes, and to the standard streams',
        path: 'src/logger.ts',
        code: `import pino from 'pino';
export const logger = pino({ level: 'info', transport: { target: 'pino-pretty', options: { translateTime: 'HH:MM:ss' } } });
export const fast = pino(pino.destination({ sync: false }));
export const errors = pino(pino.destination(2));
export const device = pino({ transport: { target: 'pino/file', options: { destination: 1 } } });
`,
      },
      {
        title: 'morgan into the logger',
        path: 'app.js',
        code: `const morgan = require('morgan');
const logger = require('./logger');
const stream = { write: (message) => logger.http(message.trim()) };
module.exports = morgan('combined', { stream });
`,
      },
      {
        title: 'the file of a standard stream',
        path: 'logger.js',
        code: `const winston = require('winston');
module.exports = winston.createLogger({ transports: [new winston.transports.File({ filename: '/dev/stdout' })] });
`,
      },
      {
        title: 'a class of one’s own called File',
        path: 'src/files.ts',
        code: `import { transports } from './transports';
export const file = new transports.File({ filename: 'invoice.pdf' });
`,
      },
      {
        title: 'a logger of the tests',
        path: 'test/logger.js',
        code: `const winston = require('winston');
module.exports = winston.createLogger({ transports: [new winston.transports.File({ filename: 'test.log' })] });
`,
      },
      {
        title: 'an export that streams to the response',
        path: 'src/export.ts',
        code: `import fs from 'node:fs';
export const save = (rows: NodeJS.ReadableStream) => rows.pipe(fs.createWriteStream('/tmp/export.csv'));
`,
      },
    ],
  },
});
