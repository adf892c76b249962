import { defineRule, type FileContext } from '../../../engine/rule';
import { ts } from '../../../languages/source/ts';
import type { CallFact } from '../../../project/facts/facts';
import { onSource } from '../../../project/facts/source-handlers';
import { wayLocations } from '../../../project/requests/request-reach';
import { writtenStates } from '../../../project/state/shared-state';
import { isWaitingLine } from '../../../project/state/state-kinds';
import { doesWork, emitsWork } from './deferred-work';

/** Calls that put something off, by their last name. */
const DEFERRING =
  /^(push|unshift|add|addAll|pushAsync|setTimeout|setImmediate|nextTick|emit|emitAsync)$/;

export default defineRule({
  id: 'in-memory-queue',
  factor: 'disposability',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Accepted work waits in the memory of the process.',
  why: 'A process can be stopped at any moment: by a deploy, by the platform, by a crash. Whoever was told that a job is accepted has to be able to rely on it, so the job must not be known to that process alone. A list, a timer or an emitter forgets it silently. A queue outside of the process keeps it, and hands it to another worker when the first one does not finish.',
  whenNotToUse:
    'For work that may be lost without anybody noticing, or that is found again from the database at the next start.',
  fix: 'none',
  scope: { modules: 'server', deployment: 'hint-where-unlikely' },
  messages: {
    queue:
      'This work waits in the memory of this process and is lost with it; hand it to a queue that outlives the process.',
    timer:
      'The work put off here is lost when the process stops before it; use a queue that outlives the process.',
    event:
      'Listeners do this work in this process after the request was answered, and it is lost with it; use a queue.',
  },
  hints: [
    /\bset(?:Timeout|Immediate)\(/,
    /\bEventEmitter\b/,
    /@OnEvent\(/,
    /\.(?:on|once|addListener)\(\s*['"`\w.]+,\s*async\b/,
  ],
  source: [
    // Only calls whose result nobody waits for.
    onSource(['CallExpression'], (node, context) => {
      const api = ts();
      const { parent, expression } = node;
      const name = api.isPropertyAccessExpression(expression)
        ? expression.name.text
        : api.isIdentifier(expression)
          ? expression.text
          : '';
      const isAlone = api.isExpressionStatement(parent) || api.isVoidExpression(parent);
      if (isAlone && DEFERRING.test(name)) context.mark(node);
    }),
  ],
  meaning(found, context) {
    if (found.meaning.kind === 'memory-queue') report(found.call, 'queue', context);
  },
  call(call, context) {
    const { model, path } = context;
    const [first] = call.args;
    if (isTimer(call)) {
      const deferred = first && model.resolve(first, path);
      if (deferred?.kind === 'function' && doesWork(model, deferred.path ?? path, deferred.id))
        report(call, 'timer', context);
    } else if (emitsWork(model, path, call)) report(call, 'event', context);
  },
  file(context) {
    const { model, path } = context;
    for (const shared of writtenStates(model, path)) {
      const [first] = shared.writes.filter(({ write }) =>
        /^(push|unshift)$/.test(write.method ?? ''),
      );
      if (!first || !isWaitingLine(shared)) continue;
      context.report({
        at: { path: first.path, span: first.write.span },
        message: 'queue',
        related: wayLocations(first.way),
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'an answer, then a timer',
        path: 'server.js',
        code: `const app = require('express')();
const { Order } = require('./models');
app.post('/orders', (req, res) => {
  res.status(202).json({ ok: true });
  setTimeout(async () => {
    await Order.create(req.body);
  }, 1000);
  setImmediate(() => {
    Order.archive(req.body.id).catch(console.error);
  });
});
app.listen(process.env.PORT);
`,
        findings: [{ at: 'setTimeout' }, { at: 'setImmediate' }],
      },
      {
        title: 'queues of libraries that live in the process',
        path: 'server.js',
        code: `const app = require('express')();
const async = require('async');
const fastq = require('fastq');
const { default: PQueue } = require('p-queue');
const mails = async.queue((mail, done) => send(mail).then(() => done(), done), 2);
const images = fastq.promise(convert, 1);
const jobs = new PQueue({ concurrency: 2 });
app.post('/a', (req, res) => {
  mails.push(req.body);
  images.push(req.body.image);
  jobs.add(() => send(req.body));
  res.status(202).end();
});
async function send(mail) {}
async function convert(image) {}
app.listen(process.env.PORT);
`,
        findings: [{ at: 'push' }, { at: 'push', occurrence: 2 }, { at: 'add' }],
      },
      {
        title: 'a list that a timer takes from',
        path: 'server.js',
        code: `const app = require('express')();
const jobQueue = [];
app.post('/jobs', (req, res) => {
  jobQueue.push(req.body);
  res.status(202).end();
});
setInterval(async () => {
  const job = jobQueue.shift();
  if (job) await run(job);
}, 1000);
async function run(job) {}
app.listen(process.env.PORT);
`,
        findings: [{ at: 'jobQueue.push(req.body)' }],
      },
      {
        title: 'an emitter whose listener does the work',
        files: {
          'src/server.js': `const app = require('express')();
const { bus } = require('./bus');
require('./listeners');
app.post('/signup', (req, res) => {
  bus.emit('signup', req.body);
  res.status(201).end();
});
app.listen(process.env.PORT);
`,
          'src/bus.js': `const EventEmitter = require('events');
exports.bus = new EventEmitter();
`,
          'src/listeners.js': `const { bus } = require('./bus');
const mailer = require('./mailer');
bus.on('signup', async (user) => {
  await mailer.welcome(user);
});
`,
        },
        findings: [{ at: 'emit', path: 'src/server.js', severity: 'information' }],
      },
    ],
    good: [
      {
        title: 'waited for before the answer',
        path: 'server.js',
        code: `const app = require('express')();
const { default: PQueue } = require('p-queue');
const limit = new PQueue({ concurrency: 2 });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
app.get('/', async (req, res) => {
  await sleep(100);
  const result = await limit.add(() => fetch(process.env.API));
  await Promise.all([1, 2].map((id) => limit.add(() => fetch(process.env.API + id))));
  res.json(await result.json());
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'an answer that comes later, and deadlines',
        path: 'server.js',
        code: `const app = require('express')();
const codes = new Map();
app.get('/slow', (req, res) => {
  setTimeout(async () => {
    res.json(await load());
  }, 500);
});
app.get('/code', (req, res) => {
  setTimeout(() => codes.delete(req.query.id), 60000);
  const deadline = setTimeout(() => res.status(504).end(), 1000);
  load().then((value) => { clearTimeout(deadline); res.json(value); });
});
async function load() { return (await fetch(process.env.API)).json(); }
app.listen(process.env.PORT);
`,
      },
      {
        title: 'a queue outside of the process',
        path: 'server.js',
        code: `const app = require('express')();
const Queue = require('bull');
const mails = new Queue('mails', process.env.REDIS_URL);
app.post('/', (req, res) => {
  mails.add(req.body);
  res.status(202).end();
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'events that are only noted, and messages to clients',
        path: 'server.js',
        code: `const http = require('http');
const EventEmitter = require('events');
const { Server } = require('socket.io');
const bus = new EventEmitter();
bus.on('created', (user) => console.log('created', user.id));
const app = require('express')();
const server = http.createServer(app);
const io = new Server(server);
app.post('/', (req, res) => {
  bus.emit('created', req.body);
  io.emit('created', req.body);
  res.end();
});
server.listen(process.env.PORT);
`,
      },
      {
        title: 'work at start, by a worker and in a test',
        files: {
          'server.js': `const app = require('express')();
const results = [];
setTimeout(async () => { await warmUp(); }, 1000);
async function warmUp() { results.push(1); }
app.get('/', (req, res) => {
  const rows = [];
  rows.push(req.query.id);
  res.json(rows);
});
app.listen(process.env.PORT);
`,
          'test/server.test.js': `const app = require('express')();
app.post('/', (req, res) => { setTimeout(async () => { await req.save(); }, 10); res.end(); });
`,
        },
      },
      {
        title: 'a list of what happened last',
        path: 'server.js',
        code: `const app = require('express')();
const seen = new Set();
app.post('/', (req, res) => {
  seen.add(req.body.id);
  res.json([...seen]);
});
app.listen(process.env.PORT);
`,
      },
      {
        title: 'a connection that is made again, and a pause that the caller waits for',
        files: {
          'src/broker.ts': `export class Broker {
  private isReconnecting = false;
  async connect() {
    await fetch(String(process.env.BROKER));
  }
  again() {
    if (this.isReconnecting) return;
    this.isReconnecting = true;
    setTimeout(async () => {
      try {
        await this.connect();
        this.isReconnecting = false;
      } catch {
        this.again();
      }
    }, 5000);
  }
  async say(text: string) {
    await new Promise<void>((resolve) => {
      setTimeout(async () => {
        await fetch(String(process.env.BROKER), { method: 'POST', body: text });
        resolve();
      }, 300);
    });
  }
}
`,
          'src/server.ts': `import express from 'express';
import { Broker } from './broker';
const broker = new Broker();
const app = express();
app.post('/', async (req, res) => {
  await broker.say(req.body).catch(() => broker.again());
  res.end();
});
app.listen(process.env.PORT);
`,
        },
      },
    ],
  },
});

function isTimer({ callee }: CallFact): boolean {
  return (
    (callee.kind === 'global' && /^(setTimeout|setImmediate)$/.test(callee.name)) ||
    (callee.kind === 'member' &&
      callee.name === 'nextTick' &&
      callee.object.kind === 'global' &&
      callee.object.name === 'process')
  );
}

type Messages = { readonly queue: string; readonly timer: string; readonly event: string };

/** Reports a call that requests reach and whose result nobody waits for. */
function report(call: CallFact, message: keyof Messages, context: FileContext<Messages>): void {
  const { facts, model, path } = context;
  const isAlone = (facts.marks['in-memory-queue'] ?? []).some(
    ({ span }) => span.start === call.span.start && span.end === call.span.end,
  );
  const way = model.requestReach.way(path, call.fn);
  if (!isAlone || !way || call.context.includes('development')) return;
  context.report({
    at: call.nameSpan,
    message,
    ...(message === 'event' ? { severity: 'information' } : {}),
    related: wayLocations(way),
  });
}
