import type { BadExample } from '../../../engine/rule';

/** What is started several times, thrown away, or held where it is hard to see. */
export const repeatExamples: readonly BadExample[] = [
  {
    title: 'one handler for all that a loop starts',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": {"express": "^5.0.0"} }\n',
      'server.js': `const express = require('express');

const app = express();
app.get('/', (request, response) => response.send('hello'));

for (const port of [process.env.PORT, process.env.ADMIN_PORT]) {
  app.listen(port);
}
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const express = require('express');

const servers = [];

const app = express();
app.get('/', (request, response) => response.send('hello'));

for (const port of [process.env.PORT, process.env.ADMIN_PORT]) {
  const server = app.listen(port);
  servers.push(server);
}

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
    title: 'workers that are made one by one',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node worker.js" }, "dependencies": {"bullmq": "^5.0.0"} }\n',
      'worker.js': `const { Worker } = require('bullmq');
const { handlers } = require('./handlers');

const connection = { url: process.env.REDIS_URL };
Object.keys(handlers).forEach((name) => new Worker(name, handlers[name], { connection }));
`,
      'handlers.js': `exports.handlers = { mail: async (job) => job.data, report: async (job) => job.data };
`,
    },
    findings: [{ at: 'Worker', path: 'worker.js', occurrence: 2 }],
    fixed: {
      'graceful-shutdown': {
        'worker.js': `const { Worker } = require('bullmq');
const { handlers } = require('./handlers');

const workers = [];

const connection = { url: process.env.REDIS_URL };
Object.keys(handlers).forEach((name) => {
  const worker = new Worker(name, handlers[name], { connection });
  workers.push(worker);
  return worker;
});

let isShuttingDown = false;
const shutdown = async () => {
  if (isShuttingDown) return;
  isShuttingDown = true;
  setTimeout(() => {
    console.error('Still busy after ten seconds: giving up');
    process.exit(1);
  }, 10_000).unref();

  await Promise.all(workers.map((worker) => worker.close()));
  process.exit();
};
process.on('SIGTERM', shutdown);
process.on('SIGINT', shutdown);
`,
      },
    },
  },
  {
    title: 'a result that is thrown away',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": {"koa": "^3.0.0"} }\n',
      'server.js': `const Koa = require('koa');

const app = new Koa();
app.use((context) => { context.body = 'hello'; });
void app.listen(process.env.PORT);
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const Koa = require('koa');

const app = new Koa();
app.use((context) => { context.body = 'hello'; });
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
`,
      },
    },
  },
  {
    title: 'a server of a prototype',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node index.js" }, "dependencies": {} }\n',
      'index.js': `var Api = require('./api');

var api = new Api(process.env.PORT);
api.start();
`,
      'api.js': `var http = require('http');

function Api(port) {
  this.port = port;
  this.server = http.createServer(function (request, response) { response.end('hello'); });
}

Api.prototype.start = function () {
  this.server.listen(this.port);
};

module.exports = Api;
`,
    },
    findings: [{ at: 'listen', path: 'api.js' }],
    fixed: {
      'graceful-shutdown': {
        'api.js': `var http = require('http');

function Api(port) {
  this.port = port;
  this.server = http.createServer(function (request, response) { response.end('hello'); });
}

Api.prototype.start = function () {
  this.server.listen(this.port);

  var isShuttingDown = false;
  var shutdown = async () => {
    if (isShuttingDown) return;
    isShuttingDown = true;
    // Idle connections are closed; busy ones take one more request at most.
    this.server.maxRequestsPerSocket = 1;
    setInterval(() => this.server.closeIdleConnections(), 250).unref();
    setTimeout(() => {
      console.error('Still busy after 9.5 seconds: closing all connections');
      process.exitCode = 1;
      this.server.closeAllConnections();
      setTimeout(process.exit, 500).unref();
    }, 9500).unref();

    // Requests that are on their way are still answered.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await new Promise((resolve) => this.server.close(resolve));
    process.exit();
  };
  process.on('SIGTERM', shutdown);
  process.on('SIGINT', shutdown);
};

module.exports = Api;
`,
      },
    },
  },
  {
    title: 'sockets that express-ws opens',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": {"express": "^5.0.0", "express-ws": "^5.0.0"} }\n',
      'server.js': `const express = require('express');

const app = express();
require('express-ws')(app);
app.ws('/events', (socket) => socket.send('hello'));
app.listen(process.env.PORT);
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const express = require('express');

const app = express();
const webSockets = require('express-ws')(app);

// The server waits for open sockets.
const endSockets = () => {
  setInterval(() => {
    for (const client of webSockets.getWss().clients) client.close(1001);
  }, 250).unref();
};
process.once('SIGTERM', endSockets);
process.once('SIGINT', endSockets);

app.ws('/events', (socket) => socket.send('hello'));
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
`,
      },
    },
  },
  {
    title: 'messages at hand',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node dist/index.js" }, "dependencies": {"amqplib": "^0.10.0"} }\n',
      'tsconfig.json': '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" } }\n',
      'src/index.ts': `import { Orders } from './orders';

const orders = new Orders();
if (process.env.ORDERS) void orders.start();
`,
      'src/orders.ts': `import amqp, { type Channel, type ConsumeMessage } from 'amqplib';
import { bill } from './bill';

export class Orders {
  private channel?: Channel;

  async start(): Promise<void> {
    const connection = await amqp.connect(process.env.AMQP_URL ?? '');
    this.channel = await connection.createChannel();
    await this.channel.consume('orders', (message) => this.handle(message));
  }

  private async handle(message: ConsumeMessage | null): Promise<void> {
    if (!message) return;
    await bill(message.content.toString());
    this.channel?.ack(message);
  }
}
`,
      'src/bill.ts': `export const bill = async (order: string): Promise<void> => console.log(order);
`,
    },
    findings: [{ at: 'consume', path: 'src/orders.ts' }],
    fixed: {
      'graceful-shutdown': {
        'src/orders.ts': `import amqp, { type Channel, type ConsumeMessage } from 'amqplib';
import { bill } from './bill';

const messagesAtHand = new Set<unknown>();
let takesMessages = true;

/** Handles messages one by one, and none after the signal to stop: the broker gives those to others. */
function countedIn<T>(handle: (message: T) => unknown) {
  return async (message: T): Promise<void> => {
    if (!takesMessages) return;
    const work = handle(message);
    messagesAtHand.add(work);
    try {
      await work;
    } finally {
      messagesAtHand.delete(work);
    }
  };
}

export class Orders {
  private channel?: Channel;

  async start(): Promise<void> {
    const connection = await amqp.connect(process.env.AMQP_URL ?? '');
    this.channel = await connection.createChannel();
    await this.channel.consume('orders', countedIn((message) => this.handle(message)));

    const channel = this.channel;
    let isShuttingDown = false;
    const shutdown = async () => {
      if (isShuttingDown) return;
      isShuttingDown = true;
      setTimeout(() => {
        console.error('Still busy after ten seconds: giving up');
        process.exit(1);
      }, 10_000).unref();

      takesMessages = false;
      await Promise.allSettled([...messagesAtHand]);
      await channel.close();
      await connection.close();
      process.exit();
    };
    process.on('SIGTERM', shutdown);
    process.on('SIGINT', shutdown);
  }

  private async handle(message: ConsumeMessage | null): Promise<void> {
    if (!message) return;
    await bill(message.content.toString());
    this.channel?.ack(message);
  }
}
`,
      },
    },
  },
];
