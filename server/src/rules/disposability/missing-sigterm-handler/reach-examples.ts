import type { BadExample } from '../../../engine/rule';

/** Servers that are hard to get hold of, or that hold others open. */
export const reachExamples: readonly BadExample[] = [
  {
    title: 'what stands behind a return would never run',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": {"fastify": "^5.0.0"} }\n',
      'server.js': `const Fastify = require('fastify');

const start = async () => {
  const app = Fastify();
  app.get('/', async () => 'hello');
  return app.listen({ port: process.env.PORT, host: '0.0.0.0' });
};

start();
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const Fastify = require('fastify');

const start = async () => {
  const app = Fastify();
  app.get('/', async () => 'hello');

  let isShuttingDown = false;
  const shutdown = async () => {
    if (isShuttingDown) return;
    isShuttingDown = true;
    // Idle connections are closed; busy ones take one more request at most.
    app.server.maxRequestsPerSocket = 1;
    setInterval(() => app.server.closeIdleConnections(), 250).unref();
    setTimeout(() => {
      console.error('Still busy after 9.5 seconds: closing all connections');
      process.exitCode = 1;
      app.server.closeAllConnections();
      setTimeout(process.exit, 500).unref();
    }, 9_500).unref();

    // Requests that are on their way are still answered.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await new Promise((resolve) => app.server.close(resolve));
    await app.close();
    process.exit();
  };
  process.on('SIGTERM', shutdown);
  process.on('SIGINT', shutdown);

  return app.listen({ port: process.env.PORT, host: '0.0.0.0' });
};

start();
`,
      },
    },
  },
  {
    title: 'members of a class, and sockets that another module opens',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node dist/server.js" }, "dependencies": {"express": "^5.0.0", "pg": "^8.0.0", "ws": "^8.0.0"} }\n',
      'tsconfig.json': '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" } }\n',
      'src/server.ts': `import express from 'express';
import { createServer } from 'node:http';
import { Pool } from 'pg';
import { Gateway } from './gateway';

class Server {
  private readonly app = express();
  private readonly http = createServer(this.app);
  private readonly pool: Pool;

  constructor() {
    this.pool = new Pool({ connectionString: process.env.DATABASE_URL });
    this.app.get('/', async (_request, response) => response.json((await this.pool.query('select 1')).rows));
    new Gateway(this.http);
  }

  start(): void {
    this.http.listen(process.env.PORT);
  }
}

new Server().start();
`,
      'src/gateway.ts': `import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';

export class Gateway {
  private readonly sockets: WebSocketServer;

  constructor(server: Server) {
    this.sockets = new WebSocketServer({ server });
    this.sockets.on('connection', (socket) => socket.send('hello'));
  }
}
`,
    },
    findings: [{ at: 'listen', path: 'src/server.ts' }],
    fixed: {
      'graceful-shutdown': {
        'src/server.ts': `import express from 'express';
import { createServer } from 'node:http';
import { Pool } from 'pg';
import { Gateway } from './gateway';

class Server {
  private readonly app = express();
  private readonly http = createServer(this.app);
  private readonly pool: Pool;

  constructor() {
    this.pool = new Pool({ connectionString: process.env.DATABASE_URL });
    this.app.get('/', async (_request, response) => response.json((await this.pool.query('select 1')).rows));
    new Gateway(this.http);
  }

  start(): void {
    this.http.listen(process.env.PORT);

    let isShuttingDown = false;
    const shutdown = async () => {
      if (isShuttingDown) return;
      isShuttingDown = true;
      // Idle connections are closed; busy ones take one more request at most.
      this.http.maxRequestsPerSocket = 1;
      setInterval(() => this.http.closeIdleConnections(), 250).unref();
      setTimeout(() => {
        console.error('Still busy after 9.5 seconds: closing all connections');
        process.exitCode = 1;
        this.http.closeAllConnections();
        setTimeout(process.exit, 500).unref();
      }, 9_500).unref();

      // Requests that are on their way are still answered.
      await new Promise((resolve) => setTimeout(resolve, 100));
      await new Promise((resolve) => this.http.close(resolve));
      await this.pool.end();
      process.exit();
    };
    process.on('SIGTERM', shutdown);
    process.on('SIGINT', shutdown);
  }
}

new Server().start();
`,
        'src/gateway.ts': `import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';

export class Gateway {
  private readonly sockets: WebSocketServer;

  constructor(server: Server) {
    this.sockets = new WebSocketServer({ server });
    this.sockets.on('connection', (socket) => socket.send('hello'));

    // The server waits for open sockets.
    const endSockets = () => {
      setInterval(() => {
        for (const client of this.sockets.clients) client.close(1001);
      }, 250).unref();
    };
    process.once('SIGTERM', endSockets);
    process.once('SIGINT', endSockets);
  }
}
`,
      },
    },
  },
  {
    title: 'HTTP/2, for clients of HTTP/1 as well',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node dist/server.js" }, "dependencies": {} }\n',
      'tsconfig.json': '{ "compilerOptions": { "rootDir": "src", "outDir": "dist" } }\n',
      'src/server.ts': `import fs from 'node:fs';
import http2 from 'node:http2';

const options = { key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem'), allowHTTP1: true };
const server = http2.createSecureServer(options, (request, response) => response.end('hello'));
server.listen(process.env.PORT);
`,
    },
    findings: [{ at: 'listen', path: 'src/server.ts' }],
    fixed: {
      'graceful-shutdown': {
        'src/server.ts': `import fs from 'node:fs';
import http2 from 'node:http2';
import type { Server } from 'node:http';

const options = { key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem'), allowHTTP1: true };
const server = http2.createSecureServer(options, (request, response) => response.end('hello'));
server.listen(process.env.PORT);

const httpServer = server as unknown as Server;
const sessions = new Set<http2.ServerHttp2Session>();
server.on('session', (session: http2.ServerHttp2Session) => {
  sessions.add(session);
  session.once('close', () => sessions.delete(session));
});

let isShuttingDown = false;
const shutdown = async () => {
  if (isShuttingDown) return;
  isShuttingDown = true;
  // Idle connections are closed; busy ones take one more request at most.
  httpServer.maxRequestsPerSocket = 1;
  setInterval(() => httpServer.closeIdleConnections(), 250).unref();
  setTimeout(() => {
    console.error('Still busy after 9.5 seconds: closing all connections');
    process.exitCode = 1;
    for (const session of sessions) session.destroy();
    setTimeout(process.exit, 500).unref();
  }, 9_500).unref();

  // Requests that are on their way are still answered.
  await new Promise((resolve) => setTimeout(resolve, 100));
  for (const session of sessions) session.close();
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
    title: 'Apollo behind Express, which would stop by itself at once',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": {"express": "^5.0.0", "@apollo/server": "^5.0.0", "@as-integrations/express5": "^1.0.0"} }\n',
      'server.js': `const { ApolloServer } = require('@apollo/server');
const { expressMiddleware } = require('@as-integrations/express5');
const express = require('express');
const { resolvers, typeDefs } = require('./schema');

async function start() {
  const app = express();
  const server = new ApolloServer({ typeDefs, resolvers });
  await server.start();
  app.use('/graphql', express.json(), expressMiddleware(server));
  app.listen(process.env.PORT);
}

start();
`,
    },
    findings: [{ at: 'listen', path: 'server.js' }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const { ApolloServer } = require('@apollo/server');
const { expressMiddleware } = require('@as-integrations/express5');
const express = require('express');
const { resolvers, typeDefs } = require('./schema');

async function start() {
  const app = express();
  const server = new ApolloServer({ typeDefs, resolvers, stopOnTerminationSignals: false });
  await server.start();
  app.use('/graphql', express.json(), expressMiddleware(server));
  const httpServer = app.listen(process.env.PORT);

  let isShuttingDown = false;
  const shutdown = async () => {
    if (isShuttingDown) return;
    isShuttingDown = true;
    // Idle connections are closed; busy ones take one more request at most.
    httpServer.maxRequestsPerSocket = 1;
    setInterval(() => httpServer.closeIdleConnections(), 250).unref();
    setTimeout(() => {
      console.error('Still busy after 9.5 seconds: closing all connections');
      process.exitCode = 1;
      httpServer.closeAllConnections();
      setTimeout(process.exit, 500).unref();
    }, 9_500).unref();

    // Requests that are on their way are still answered.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await new Promise((resolve) => httpServer.close(resolve));
    await server.stop();
    process.exit();
  };
  process.on('SIGTERM', shutdown);
  process.on('SIGINT', shutdown);
}

start();
`,
      },
    },
  },
  {
    title: 'a method that got a name of its own',
    files: {
      'package.json':
        '{ "name": "shop", "private": true, "scripts": { "start": "node server.js" }, "dependencies": {} }\n',
      'server.js': `const http = require('node:http');
const { promisify } = require('node:util');

const server = http.createServer((request, response) => response.end('hello'));
const listen = promisify(server.listen.bind(server));

listen(process.env.PORT).then(() => console.log('listening'));
`,
    },
    findings: [{ at: 'listen', path: 'server.js', occurrence: 3 }],
    fixed: {
      'graceful-shutdown': {
        'server.js': `const http = require('node:http');
const { promisify } = require('node:util');

const server = http.createServer((request, response) => response.end('hello'));
const listen = promisify(server.listen.bind(server));

listen(process.env.PORT).then(() => console.log('listening'));

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
];
