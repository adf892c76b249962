import type { BadExample } from '../../../engine/rule';

/** Starts at places where a handler needs room first. */
export const startExamples: readonly BadExample[] = [
  {
    title: 'a branch without braces, before another',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0" } }\n',
      'server.js': `const express = require('express');
const app = express();

if (process.env.ROLE === 'web')
  app.listen(process.env.PORT);
else console.log('nothing to serve');

module.exports = app;
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const express = require('express');
const app = express();

if (process.env.ROLE === 'web') {
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
} else console.log('nothing to serve');

module.exports = app;
`,
      },
    },
  },
  {
    title: 'the server is what the module exports',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0" } }\n',
      'server.js': `const express = require('express');
const app = express();

module.exports = app.listen(process.env.PORT);
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const express = require('express');
const app = express();

const server = app.listen(process.env.PORT);
module.exports = server;

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
    title: 'behind &&',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0" } }\n',
      'server.js': `const express = require('express');
const app = express();

require.main === module && app.listen(process.env.PORT);
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const express = require('express');
const app = express();

if (require.main === module) {
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
    title: 'a function on one line',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0" } }\n',
      'server.js': `const express = require('express')
const app = express()

function start() { app.listen(process.env.PORT) }
start()
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const express = require('express')
const app = express()

function start() {
  const server = app.listen(process.env.PORT)

  let isShuttingDown = false
  const shutdown = async () => {
    if (isShuttingDown) return
    isShuttingDown = true
    // Idle connections are closed; busy ones take one more request at most.
    server.maxRequestsPerSocket = 1
    setInterval(() => server.closeIdleConnections(), 250).unref()
    setTimeout(() => {
      console.error('Still busy after 9.5 seconds: closing all connections')
      process.exitCode = 1
      server.closeAllConnections()
      setTimeout(process.exit, 500).unref()
    }, 9_500).unref()

    // Requests that are on their way are still answered.
    await new Promise((resolve) => setTimeout(resolve, 100))
    await new Promise((resolve) => server.close(resolve))
    process.exit()
  }
  process.on('SIGTERM', shutdown)
  process.on('SIGINT', shutdown)
}
start()
`,
      },
    },
  },
  {
    title: 'a handler that is switched off wherever it is made',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "type": "module", "scripts": { "start": "node dist/server.js" }, "dependencies": {} }\n',
      'src/server.ts': `import { createServer } from 'node:http';
import { shutdown } from './shutdown';
shutdown.register(() => console.log('bye'));
createServer().listen(process.env.PORT);
`,
      'src/shutdown.ts': `export class Shutdown {
  private readonly handlers: (() => void)[] = [];
  constructor(private disabled = true) {
    if (disabled) return;
    process.on('SIGTERM', () => this.run());
  }
  register(handler: () => void): void {
    this.handlers.push(handler);
  }
  run(): void {
    for (const handler of this.handlers) handler();
  }
}
export const shutdown = new Shutdown();
`,
      'src/shutdown.test.ts': `import { Shutdown } from './shutdown';
new Shutdown(false).run();
`,
    },
    findings: [{ at: 'listen', path: 'src/server.ts' }],
  },
  {
    title: 'an entry point that does no more than start what it imports',
    files: {
      'package.json':
        '{ "name": "mails", "private": true, "scripts": { "start": "node dist/index.js", "build": "tsc" }, "dependencies": { "amqplib": "^0.10.3" } }\n',
      'src/consumer.ts': `import amqp, { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
export class Consumer {
  private channel?: Channel;
  async start(): Promise<void> {
    const connection = await amqp.connect(process.env.AMQP_URL!);
    this.channel = await connection.createChannel();
    await this.channel.consume('jobs', (message) => this.handle(message));
  }
  private async handle(message: ConsumeMessage | null): Promise<void> { if (message) this.channel?.ack(message); }
}
`,
      'src/index.ts': `import { Consumer } from './consumer';
void new Consumer().start();
`,
    },
    findings: [{ at: 'consume', path: 'src/consumer.ts' }],
    fixed: {
      'graceful-shutdown': {
        'src/consumer.ts': `import amqp, { Channel, ChannelModel, ConsumeMessage } from 'amqplib';

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

export class Consumer {
  private channel?: Channel;
  async start(): Promise<void> {
    const connection = await amqp.connect(process.env.AMQP_URL!);
    this.channel = await connection.createChannel();
    await this.channel.consume('jobs', countedIn((message) => this.handle(message)));

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
  private async handle(message: ConsumeMessage | null): Promise<void> { if (message) this.channel?.ack(message); }
}
`,
      },
    },
  },
];
