import { exitAfterLoggingFix } from '../../engine/fixes/exit-after-logging';
import type { Fix, Severity, Span } from '../../engine/finding';
import type { Value } from '../../languages/source/value';
import { defineRule, onSource, type FileContext } from '../../engine/rule';
import { argumentAt, memberAt, possibleValues } from '../../languages/source/values';
import { canonicalName } from '../../project/canonical';
import { isStartup, startsIn, swallows } from '../../project/crash-handling';
import { deploymentOf, isServerModule, quieterFor, servesOrWorks } from '../../project/deployment';
import type { CallFact } from '../../project/facts';
import type { CallMeaning } from '../../project/model';
import { mayEndProcess } from '../../project/process-end';

export default defineRule({
  id: 'swallowed-crash',
  factor: 'disposability',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A crash or a failed start is only logged, and the process runs on.',
  why: 'A disposable process is robust against sudden death because something starts it again. That takes a process that does die: after an uncaught exception nobody knows which request was left half done, which lock is held, which connection leaks; and a server that failed to start but stays up, or ends with status 0, looks healthy to whatever watches it. Log the error, exit with a status other than 0, and let the platform start a fresh process.',
  whenNotToUse:
    'When the process supervises others and must outlive any failure, or cannot be restarted by anything.',
  fix: 'suggest',
  messages: {
    handler: 'After `{event}` the process runs on in an unknown state; log it, then exit non-zero.',
    startup:
      'A failed start is only logged, so nothing restarts the process; exit non-zero after logging.',
    winston: 'winston swallows uncaught exceptions with `exitOnError: false`; let it exit.',
    flag: '`{flag}` lets the process run on after a rejection nobody handled; let it exit.',
  },
  hints: [
    /\b(uncaughtException|unhandledRejection)\b/,
    /^(?:void\s+|await\s+)?[\w.]*(?:main|bootstrap|start|init|run|boot|serve|listen|launch|app|setup)\w*\(|^;?\((?:async\b|\(\) *=>)/im,
  ],
  source: [
    onSource(['TryStatement'], (node, context) => {
      const { catchClause } = node;
      if (!catchClause) return;
      const span = (at: { getStart(): number; end: number }): Span => ({
        start: at.getStart(),
        end: at.end,
      });
      const start = catchClause.getStart();
      context.mark(
        { start, end: start + 'catch'.length },
        {
          attempt: span(node.tryBlock),
          handler: span(catchClause.block),
          fn: context.functionOf(node),
        },
      );
    }),
  ],
  meaning(found, context) {
    const { meaning, args, call } = found;
    if (meaning.kind !== 'signal' || !isConcerned(call, context)) return;
    const name = argumentAt(args, meaning.signal);
    const event = name && possibleValues(name).flatMap(crashEvent)[0];
    const handler = argumentAt(call.args, meaning.handler);
    if (event === undefined || !handler || !swallows(handler, context.path, context.model)) return;
    if (isRemoved(event, context) || exitsElsewhere(event, found, context)) return;
    context.report({
      at: call.nameSpan,
      message: 'handler',
      data: { event },
      ...rest(call, handler, context),
    });
  },
  call(call, context) {
    const { callee, args } = call;
    if (!isConcerned(call, context)) return;
    const { model, path } = context;
    const [handler] = args;
    if (callee.kind === 'member' && callee.name === 'catch') {
      if (!handler || model.requestReach.way(path, call.fn)) return;
      if (swallows(handler, path, model) && isStartup(call, path, model))
        context.report({
          at: call.nameSpan,
          message: 'startup',
          ...rest(call, handler, context),
        });
      return;
    }
    const option = handler && memberAt(handler, ['exitOnError']);
    if (option?.kind === 'literal' && option.value === false && catchesCrashes(call, context))
      context.report({
        at: option.span,
        message: 'winston',
        ...quieterFor(deploymentOf(context.module, model)),
      });
  },
  judge(mark, context) {
    const { model, path } = context;
    const { attempt, handler, fn } = mark.data as Readonly<{
      attempt: Span;
      handler: Span;
      fn: number;
    }>;
    if (!isServerModule(context.module) || model.requestReach.way(path, fn)) return;
    if (!startsIn(attempt, path, model) || mayEndProcess({ path, span: handler }, model)) return;
    const text = model.files.text(path)?.slice(handler.start, handler.end) ?? '';
    // Tried again, or passed on to whoever asked.
    if (/\b(setTimeout|sleep|delay|retry|retries|reject|callback|cb|next|done|return)\b/.test(text))
      return;
    context.report({
      at: mark.span,
      message: 'startup',
      fixes: [exitAfterLoggingFix({ model, path, handler })],
      ...quieterFor(deploymentOf(context.module, model)),
    });
  },
  command(command, context) {
    if (!command.production) return;
    for (const step of command.steps) {
      const flag = step.argv.find((word) => /^--unhandled-rejections=(warn|none)$/.test(word));
      if (flag !== undefined)
        context.report({
          at: { path: step.path, span: step.span },
          message: 'flag',
          data: { flag },
        });
    }
  },
  examples: {
    bad: [
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
      },
    ],
    good: [
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
    ],
  },
});

type Where = Pick<FileContext<Record<string, string>>, 'path' | 'facts' | 'module' | 'model'>;

function isConcerned(call: CallFact, { module }: Where): boolean {
  return isServerModule(module) && !call.context.includes('development');
}

/** Severity and fix; what stands elsewhere may serve others too and is left alone. */
function rest(
  call: CallFact,
  handler: Value,
  { path, module, model }: Where,
): { readonly severity?: Severity; readonly fixes: readonly Fix[] } {
  const isHere =
    handler.path === undefined &&
    handler.span.start > call.span.start &&
    handler.span.end <= call.span.end;
  return {
    ...quieterFor(deploymentOf(module, model)),
    fixes: isHere ? [exitAfterLoggingFix({ model, path, handler: handler.span })] : [],
  };
}

function crashEvent(value: Value): readonly string[] {
  return value.kind === 'literal' &&
    (value.value === 'uncaughtException' || value.value === 'unhandledRejection')
    ? [value.value]
    : [];
}

/** A handler that is there for a while. */
function isRemoved(event: string, { facts }: Where): boolean {
  return facts.calls.some(
    ({ callee, args: [name] }) =>
      callee.kind === 'member' &&
      callee.object.kind === 'global' &&
      callee.object.name === 'process' &&
      /^(off|removeListener|removeAllListeners)$/.test(callee.name ?? '') &&
      (name === undefined || (name.kind === 'literal' && name.value === event)),
  );
}

/** Another handler of the same process ends it. */
function exitsElsewhere(event: string, found: CallMeaning, { module, model }: Where): boolean {
  const paths = new Set([
    module.path,
    ...module.entryPoints.filter(servesOrWorks).flatMap((entry) => [...model.reachable(entry)]),
  ]);
  return [...paths].some((path) =>
    model.meanings(path).some(({ meaning, call, args }) => {
      if (meaning.kind !== 'signal' || call === found.call) return false;
      const name = argumentAt(args, meaning.signal);
      const handler = argumentAt(call.args, meaning.handler);
      return (
        name !== undefined &&
        handler !== undefined &&
        possibleValues(name).flatMap(crashEvent).includes(event) &&
        !swallows(handler, path, model)
      );
    }),
  );
}

/** A logger that is told to handle exceptions at all. */
function catchesCrashes({ callee }: CallFact, { path, model }: Where): boolean {
  return (
    /^winston\.(createLogger|configure|Logger)$/.test(
      canonicalName(model.resolve(callee, path)) ?? '',
    ) &&
    /\bhandle(Exceptions|Rejections)\s*:\s*true|\b(exception|rejection)Handlers\s*:|\.exceptions\.handle\(/.test(
      model.files.text(path) ?? '',
    )
  );
}
