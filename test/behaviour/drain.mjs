// A stop while a request is at hand: before the fix it is cut, afterwards it is answered, and the process ends by itself soon after.
import http from 'node:http';
import { expect, failureOf, fixedApp, freePort, get, start } from './harness.mjs';

/** How long after the last answer a process may still be there. */
const SLACK = 1500;

const slow = 'setTimeout(() => done("slow"), 700)';
const listening = '() => console.log("listening")';
const asked = 'console.log("asked");';

/** The apps: each answers `/` at once and `/slow` after a while, and says when it has been asked. */
const APPS = [
  {
    library: 'node',
    what: 'http, connections kept alive for a minute',
    code: `const http = require('http');
const server = http.createServer((request, response) => {
  const done = (text) => response.end(text);
  if (request.url === '/slow') { ${asked} ${slow}; } else done('fast');
});
server.keepAliveTimeout = 65000;
server.listen(process.env.PORT, ${listening});
`,
  },
  {
    library: 'express',
    code: `const express = require('express');
const app = express();
app.get('/slow', (request, response) => { const done = (text) => response.send(text); ${asked} ${slow}; });
app.get('/', (request, response) => response.send('fast'));
app.listen(process.env.PORT, ${listening});
`,
  },
  {
    library: 'express',
    what: 'an event stream that stays open',
    stream: '/events',
    code: `const express = require('express');
const app = express();
app.get('/events', (request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('data: hello\\n\\n');
});
app.get('/slow', (request, response) => { const done = (text) => response.send(text); ${asked} ${slow}; });
app.get('/', (request, response) => response.send('fast'));
app.listen(process.env.PORT, ${listening});
`,
  },
  {
    library: 'koa',
    code: `const Koa = require('koa');
const app = new Koa();
app.use(async (ctx) => {
  if (ctx.path !== '/slow') { ctx.body = 'fast'; return; }
  ${asked}
  ctx.body = await new Promise((done) => ${slow});
});
app.listen(process.env.PORT, ${listening});
`,
  },
  {
    library: 'fastify',
    code: `const fastify = require('fastify')();
fastify.get('/', async () => 'fast');
fastify.get('/slow', async () => { ${asked} return new Promise((done) => ${slow}); });
fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' }).then(${listening});
`,
  },
  {
    library: '@hapi/hapi',
    code: `const Hapi = require('@hapi/hapi');
async function main() {
  const server = Hapi.server({ port: process.env.PORT });
  server.route({ method: 'GET', path: '/', handler: () => 'fast' });
  server.route({ method: 'GET', path: '/slow', handler: () => { ${asked} return new Promise((done) => ${slow}); } });
  await server.start();
  console.log('listening');
}
main();
`,
  },
  {
    library: 'hono',
    what: 'on @hono/node-server',
    code: `const { Hono } = require('hono');
const { serve } = require('@hono/node-server');
const app = new Hono();
app.get('/', (c) => c.text('fast'));
app.get('/slow', async (c) => { ${asked} return c.text(await new Promise((done) => ${slow})); });
serve({ fetch: app.fetch, port: Number(process.env.PORT) }, ${listening});
`,
  },
  {
    library: 'ws',
    what: 'an open socket beside http',
    socket: true,
    code: `const http = require('http');
const { WebSocketServer } = require('ws');
const server = http.createServer((request, response) => {
  const done = (text) => response.end(text);
  if (request.url === '/slow') { ${asked} ${slow}; } else done('fast');
});
const sockets = new WebSocketServer({ server });
sockets.on('connection', (socket) => socket.send('hello'));
server.listen(process.env.PORT, ${listening});
`,
  },
  {
    library: 'ws',
    what: 'opened by a class in another module',
    socket: true,
    code: `const http = require('http');
const express = require('express');
const { Gateway } = require('./gateway');
class Server {
  constructor() {
    this.app = express();
    this.server = http.createServer(this.app);
    this.app.get('/slow', (request, response) => { const done = (text) => response.send(text); ${asked} ${slow}; });
    this.app.get('/', (request, response) => response.send('fast'));
    new Gateway(this.server);
  }
  start() {
    this.server.listen(process.env.PORT, ${listening});
  }
}
new Server().start();
`,
    files: {
      'gateway.js': `const { WebSocketServer } = require('ws');
exports.Gateway = class {
  constructor(server) {
    this.sockets = new WebSocketServer({ server });
    this.sockets.on('connection', (socket) => socket.send('hello'));
  }
};
`,
    },
  },
  {
    library: 'fastify',
    what: 'started by a function that answers the promise',
    code: `const Fastify = require('fastify');
async function start() {
  const app = Fastify();
  app.get('/', async () => 'fast');
  app.get('/slow', async () => { ${asked} return new Promise((done) => ${slow}); });
  return app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
}
start().then(${listening});
`,
  },
  {
    library: 'node',
    what: 'http, by a promisified method',
    code: `const http = require('http');
const { promisify } = require('util');
const server = http.createServer((request, response) => {
  const done = (text) => response.end(text);
  if (request.url === '/slow') { ${asked} ${slow}; } else done('fast');
});
const listen = promisify(server.listen.bind(server));
listen(process.env.PORT).then(${listening});
`,
  },
  {
    library: 'node',
    what: 'a cluster of two workers',
    code: `const cluster = require('cluster');
const http = require('http');
if (cluster.isPrimary) {
  cluster.fork();
  cluster.fork();
  cluster.on('exit', () => cluster.fork());
} else {
  http.createServer((request, response) => {
    const done = (text) => response.end(text);
    if (request.url === '/slow') { ${asked} ${slow}; } else done('fast');
  }).listen(process.env.PORT, ${listening});
}
`,
  },
];

export const drainCases = APPS.map((app, index) => ({
  library: app.library,
  what: app.what,
  fix: 'missing-sigterm-handler',
  proves: 'requests at hand are answered, the process ends by itself with 0',
  run: async () => {
    const { before, after } = await fixedApp(
      `drain-${index}`,
      { 'server.js': app.code, ...app.files },
      'missing-sigterm-handler',
    );
    const cut = await stopped(before, app);
    expect(cut.failed, 'the request was answered before the fix: the case proves nothing');
    const { failed, answer, end } = await stopped(after, app);
    expect(!failed, `the request was cut: ${failed}`);
    expect(
      answer.status === 200 && answer.body === 'slow',
      `answered ${answer.status} ${answer.body}`,
    );
    expect(end.code === 0, `ended with code ${end.code}, signal ${end.signal}`);
    expect(
      end.at - answer.at < SLACK,
      `ended only ${Math.round(end.at - answer.at)} ms after the answer`,
    );
  },
}));

/** Starts an app, opens what it is about, and stops it while a request is at hand. */
async function stopped(folder, { stream, socket }) {
  const port = await freePort();
  const app = start(folder, { PORT: String(port) });
  await app.line(/listening/);
  const agent = new http.Agent({ keepAlive: true });
  // A second connection that stays idle.
  const idle = new http.Agent({ keepAlive: true });
  await get(port, '/', { agent });
  await get(port, '/', { agent: idle });
  const open = stream ? await opened(port, stream) : socket ? await connected(port) : undefined;
  const request = get(port, '/slow', { agent });
  const failure = failureOf(request);
  await app.line(/asked/);
  app.kill('SIGTERM');
  const failed = await failure;
  const end = await app.ended;
  for (const each of [agent, idle]) each.destroy();
  open?.destroy();
  return { failed, end, answer: failed ? undefined : await request };
}

/** A client of ws, once it has been greeted. */
async function connected(port) {
  // Installed by the suite itself, after this file is loaded.
  const { WebSocket } = await import('ws');
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    socket
      .on('error', reject)
      .once('message', () => resolve({ destroy: () => socket.terminate() }));
  });
}

/** A connection that the server keeps open, as soon as its first bytes are there. */
function opened(port, path) {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path, agent: false });
    request.on('error', reject);
    const ignore = (each) => each.on('error', () => undefined);
    request.on('response', (response) =>
      ignore(response)
        .once('data', () => resolve(request))
        .resume(),
    );
  });
}
