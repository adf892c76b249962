import { beforeAll, describe, expect, it } from 'vitest';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { shutdownFix } from '../../server/src/rules/disposability/missing-sigterm-handler/graceful-shutdown';
import { project } from './harness';
import { DRAIN, MOMENT, ONCE, parts, shutDown } from './shut-down';

beforeAll(loadTypeScript);

describe('shutdownEdits', () => {
  it('binds the server of an unbound listen', async () => {
    const text =
      "import express from 'express';\n\nconst app = express();\napp.listen(3000); // go\n";
    expect(await shutDown('express', 'app.listen(3000)', text)).toBe(`import express from 'express';

const app = express();
const server = app.listen(3000); // go

${ONCE}${DRAIN}
${MOMENT}  await new Promise((resolve) => server.close(resolve));
  process.exit();
};
process.on('SIGTERM', shutdown);
process.on('SIGINT', shutdown);
`);
  });

  it('sets apart what follows', async () => {
    const text = "import http from 'http';\nhttp.createServer().listen(1);\nconsole.log(2);\n";
    expect(await shutDown('http', 'http.createServer().listen(1)', text)).toContain(
      "process.on('SIGINT', shutdown);\n\nconsole.log(2);\n",
    );
  });

  it('follows the style: tabs, double quotes, no semicolons, CRLF, CommonJS', async () => {
    const text =
      'const Koa = require("koa")\r\nconst app = new Koa()\r\n\r\nfunction start() {\r\n\tapp.listen(80)\r\n}\r\nstart()\r\n';
    expect(await shutDown('koa', 'app.listen(80)', text, 'app.js')).toBe(
      [
        'const Koa = require("koa")',
        'const app = new Koa()',
        '',
        'function start() {',
        '\tconst server = app.listen(80)',
        '',
        ...`${ONCE}${DRAIN}\n${MOMENT}`
          .trimEnd()
          .replace(/^( *)(?=.)/gm, (spaces) => '\t'.repeat(spaces.length / 2 + 1))
          .replace(/;$/gm, '')
          .replace(/'/g, '"')
          .split('\n'),
        '\t\tawait new Promise((resolve) => server.close(resolve))',
        '\t\tprocess.exit()',
        '\t}',
        '\tprocess.on("SIGTERM", shutdown)',
        '\tprocess.on("SIGINT", shutdown)',
        '}',
        'start()',
        '',
      ].join('\r\n'),
    );
  });

  const close = 'await new Promise((resolve) => server.close(resolve));';
  it.each<[string, string, string, string, string, string[]]>([
    [
      'a bound server',
      'express',
      'app.listen(1)',
      'declare const app: any;\nconst web = app.listen(1);',
      'declare const app: any;\nconst web = app.listen(1);',
      [close.replace('server', 'web')],
    ],
    [
      'a chain',
      'express',
      'app.listen(1)',
      "declare const app: any;\napp.listen(1).on('error', () => {});",
      "declare const app: any;\nconst server = app.listen(1).on('error', () => {});",
      [close],
    ],
    [
      'http.createServer().listen',
      'http',
      'http.createServer().listen(1)',
      "import http from 'node:http';\nhttp.createServer().listen(1);",
      "import http from 'node:http';\nconst server = http.createServer().listen(1);",
      [close],
    ],
    [
      'an http server',
      'http',
      'web.listen(1)',
      "import http from 'node:http';\nconst web = http.createServer();\nweb.listen(1);",
      "import http from 'node:http';\nconst web = http.createServer();\nweb.listen(1);",
      [close.replace('server', 'web')],
    ],
    [
      'a promise around listen',
      'http',
      'web.listen(1, r)',
      "import http from 'node:http';\nasync function go() {\n  const web = http.createServer();\n  await new Promise<void>((r) => web.listen(1, r));\n}\ngo();",
      "import http from 'node:http';\nasync function go() {\n  const web = http.createServer();\n  await new Promise<void>((r) => web.listen(1, r));",
      [close.replace('server', 'web')],
    ],
    [
      'fastify in try',
      'fastify',
      'app.listen({ port: 1 })',
      "import Fastify from 'fastify';\nconst app = Fastify();\ntry {\n  await app.listen({ port: 1 });\n} catch {\n  process.exit(1);\n}",
      "import Fastify from 'fastify';\nconst app = Fastify();\ntry {\n  await app.listen({ port: 1 });\n} catch {\n  process.exit(1);\n}",
      ['await new Promise((resolve) => app.server.close(resolve));', 'await app.close();'],
    ],
    [
      'express in try, where the server gets its name',
      'express',
      'app.listen(1)',
      'declare const app: any;\nasync function go() {\n  try {\n    app.listen(1);\n  } catch {\n    process.exit(1);\n  }\n}\ngo();',
      'declare const app: any;\nasync function go() {\n  try {\n    const server = app.listen(1);',
      [close],
    ],
    [
      'hapi',
      'hapi',
      'server.start()',
      "import Hapi from '@hapi/hapi';\nconst server = Hapi.server({ port: 1 });\nawait server.start();",
      "import Hapi from '@hapi/hapi';\nconst server = Hapi.server({ port: 1 });\nawait server.start();",
      [
        'await new Promise((resolve) => server.listener.close(resolve));',
        'await server.stop({ timeout: 10000 });',
      ],
    ],
    [
      'an assignment',
      'express',
      'this.app.listen(1)',
      'export class A {\n  app: any;\n  server: any;\n  run() {\n    this.server = this.app.listen(1);\n  }\n}',
      'export class A {\n  app: any;\n  server: any;\n  run() {\n    this.server = this.app.listen(1);\n\n    const server = this.server;',
      [close],
    ],
    [
      'a bullmq worker',
      'bullmq',
      "new Worker('mail', f)",
      "import { Worker } from 'bullmq';\ndeclare const f: any;\nnew Worker('mail', f);",
      "import { Worker } from 'bullmq';\ndeclare const f: any;\nconst worker = new Worker('mail', f);",
      ['await worker.close();'],
    ],
    [
      'kafkajs',
      'kafkajs',
      'consumer.run({})',
      "import { Kafka } from 'kafkajs';\nconst kafka = new Kafka({});\nconst consumer = kafka.consumer({});\nconst producer = kafka.producer();\nawait consumer.run({});\nproducer.send();",
      "import { Kafka } from 'kafkajs';\nconst kafka = new Kafka({});\nconst consumer = kafka.consumer({});\nconst producer = kafka.producer();\nawait consumer.run({});",
      ['await consumer.disconnect();', 'await producer.disconnect();'],
    ],
    [
      'amqplib',
      'amqplib',
      "channel.consume('q', f)",
      "import amqp from 'amqplib';\ndeclare const f: any;\nconst connection = await amqp.connect('x');\nconst channel = await connection.createChannel();\nawait channel.consume('q', f);",
      `import amqp from 'amqplib';

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

declare const f: any;
const connection = await amqp.connect('x');
const channel = await connection.createChannel();
await channel.consume('q', countedIn(f));`,
      [
        'takesMessages = false;',
        'await Promise.allSettled([...messagesAtHand]);',
        'await channel.close();',
        'await connection.close();',
      ],
    ],
  ])('handles %s', async (_title, framework, call, text, before, closes) => {
    expect(parts(await shutDown(framework, call, `${text}\n`))).toEqual({ before, closes });
  });

  it.each<[string, string, string, string]>([
    [
      'bull',
      'queue.process(f)',
      "import Queue from 'bull';\ndeclare const f: any;\nconst queue = new Queue('mail');\nqueue.process(f);\n",
      'await queue.close();',
    ],
    [
      'bull',
      "new Worker('mail', f)",
      "import { Worker } from 'bullmq';\ndeclare const f: any;\nexport const mail = new Worker('mail', f);\n",
      'await mail.close();',
    ],
    [
      'bull',
      'queue.process(f)',
      'declare const f: any;\nexport function work(queue: any) {\n  queue.process(f);\n}\n',
      'await queue.close();',
    ],
    [
      'graphile-worker',
      'run({})',
      "import { run } from 'graphile-worker';\nawait run({});\n",
      'await worker.stop();',
    ],
    [
      'graphile-worker',
      "boss.work('q', f)",
      "import PgBoss from 'pg-boss';\ndeclare const f: any;\nconst boss = new PgBoss('x');\nawait boss.start();\nawait boss.work('q', f);\n",
      'await boss.stop();',
    ],
    [
      'nats',
      "nc.subscribe('x')",
      "import { connect } from 'nats';\nconst nc = await connect();\nnc.subscribe('x');\n",
      'await nc.drain();',
    ],
  ])('consumers of %s: %s', async (library, call, text, expected) => {
    expect(parts(await shutDown(library, call, text))?.closes).toEqual([expected]);
  });

  it('closes what the module opened, servers first', async () => {
    const text = `import { createServer } from 'node:http';
import express from 'express';
import mongoose from 'mongoose';
import { Pool } from 'pg';
import { createClient } from 'redis';
import { WebSocketServer } from 'ws';

const pool = new Pool();
const redis = createClient({ url: process.env.REDIS_URL });
const app = express();
const server = createServer(app);
const wss = new WebSocketServer({ server });

mongoose.connect('x').then(() => {
  server.listen(3000, () => console.log(pool, redis, wss));
});
`;
    expect(
      parts(
        await shutDown('http', 'server.listen(3000, () => console.log(pool, redis, wss))', text),
      )?.closes,
    ).toEqual([
      'for (const client of wss.clients) client.close(1001);',
      'await Promise.all([',
      'new Promise((resolve) => wss.close(resolve)),',
      'new Promise((resolve) => server.close(resolve)),',
      ']);',
      'await redis.quit();',
      'await pool.end();',
      'await mongoose.disconnect();',
    ]);
  });

  it('closes redis 5 the new way', async () => {
    const text =
      "import { createClient } from 'redis';\ndeclare const app: any;\nconst cache = createClient();\napp.listen(1);\n";
    const manifest = { 'package.json': '{ "dependencies": { "redis": "^5.1.0" } }' };
    expect(
      parts(await shutDown('express', 'app.listen(1)', text, 'src/a.ts', manifest))?.closes,
    ).toEqual([close, 'await cache.close();']);
  });

  it('runs on versions of Node that cannot close idle connections', async () => {
    const manifest = { 'package.json': '{ "engines": { "node": ">=16" } }' };
    const text = 'declare const app: any;\napp.listen(1);\n';
    const fixed = await shutDown('express', 'app.listen(1)', text, 'src/a.ts', manifest);
    expect(fixed).toContain('setInterval(() => server.closeIdleConnections?.(), 250).unref();');
    expect(fixed).toContain('    server.closeAllConnections?.();');
  });

  it('lets socket.io close the server it is attached to', async () => {
    const text =
      "import { createServer } from 'node:http';\nimport { Server } from 'socket.io';\nconst server = createServer();\nconst io = new Server(server);\nserver.listen(1);\n";
    expect(parts(await shutDown('http', 'server.listen(1)', text))?.closes).toEqual([
      'await new Promise((resolve) => io.close(resolve));',
    ]);
    expect(text).toContain('const io');
  });

  it('turns a returned or arrow result into a constant and keeps returning it', async () => {
    const returned =
      'declare const app: any;\nexport function start() {\n  return app.listen(1);\n}\n';
    expect(await shutDown('express', 'app.listen(1)', returned)).toMatch(
      /\{\n {2}const server = app\.listen\(1\);\n\n {2}let isShuttingDown[\s\S]*\n\n {2}return server;\n\}\n$/,
    );
    const arrow =
      'declare const app: any;\ndeclare const db: any;\ndb.connect().then(() => app.listen(1));\n';
    expect(await shutDown('express', 'app.listen(1)', arrow)).toMatch(
      /\.then\(\(\) => \{\n {2}const server = app\.listen\(1\);\n\n {2}let isShuttingDown[\s\S]*\n\n {2}return server;\n\}\);\n$/,
    );
  });

  it('closes the server of Nest before what its requests need, and enables the hooks of a microservice', async () => {
    const text =
      "import { NestFactory } from '@nestjs/core';\n\nasync function bootstrap() {\n  const app = await NestFactory.create({});\n  await app.listen(3000);\n}\nbootstrap();\n";
    const fixed = await shutDown('nest', 'app.listen(3000)', text);
    expect(parts(fixed)?.before).toBe(text.split('\n}')[0]);
    expect(parts(fixed)?.closes).toEqual([
      'await new Promise((resolve) => app.getHttpServer().close(resolve));',
      'await app.close();',
    ]);
    expect(await shutDown('nest-microservice', 'app.listen(3000)', text)).toBe(
      text.replace('  await app.listen', '  app.enableShutdownHooks();\n  await app.listen'),
    );
  });

  it('takes other names when these are taken', async () => {
    const text =
      'declare const app: any;\nexport const server = 1;\nexport const shutdown = 2;\napp.listen(1);\n';
    const fixed = await shutDown('express', 'app.listen(1)', text);
    expect(fixed).toContain('const httpServer = app.listen(1);');
    expect(fixed).toContain("process.on('SIGTERM', shutDownGracefully);");
  });

  it('offers nothing where the server cannot be reached', async () => {
    expect(
      await shutDown(
        'fastify',
        'make().listen(1)',
        'declare const make: any;\nmake().listen(1);\n',
      ),
    ).toBeUndefined();
    for (const text of ['const x = app ? app.listen(1) : 0;', 'while (app) app.listen(1);'])
      expect(
        await shutDown('express', 'app.listen(1)', `declare const app: any;\n${text}\n`),
      ).toBeUndefined();
  });

  it('carries a title', async () => {
    const model = await project({ 'a.js': 'app.listen(1);\n' });
    const fix = shutdownFix({
      model,
      path: 'a.js',
      call: { start: 0, end: 13 },
      framework: 'express',
    });
    expect([fix.id, fix.kind, fix.title]).toEqual([
      'graceful-shutdown',
      'suggest',
      'Shut down gracefully on SIGTERM',
    ]);
  });
});
