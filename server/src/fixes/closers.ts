import type * as TypeScript from 'typescript';
import { unwrap } from '../languages/source/nodes';
import type { SourceSyntax } from '../languages/source/syntax';
import { ts } from '../languages/source/ts';
import type { PackageInfo } from '../project/model';
import { importBindings } from './code/import-bindings';
import { staticName } from './code/nodes';

/** Something that was opened and has to be closed: the statement that does it, without semicolon. */
export interface Closer {
  /** The variable that holds it, or the module (`mongoose`). */
  readonly name: string;
  /** `server` stops accepting, `consumer` finishes its jobs, `client` goes last. */
  readonly order: 'server' | 'consumer' | 'client';
  /** Lines, awaiting where there is something to wait for. */
  readonly lines: readonly string[];
  /** Closes the HTTP server it is attached to as well. */
  readonly closesServer: boolean;
}

/** How a thing is closed: its method awaited, with a callback, or until an event says that it is. */
interface Closing {
  readonly method: string;
  readonly how: 'promise' | 'callback' | 'event';
  /** For `event`: what says that it is closed. */
  readonly event?: string;
  readonly order: Closer['order'];
  readonly closesServer?: true;
}

const promise = (method: string, order: Closer['order'] = 'client'): Closing => ({
  method,
  how: 'promise',
  order,
});
const callback = (method: string, order: Closer['order'] = 'client'): Closing => ({
  method,
  how: 'callback',
  order,
});

/** By canonical name of the call that opens it; from each library's documentation. */
const CLOSINGS: Readonly<Record<string, Closing>> = {
  'pg.Pool': promise('end'),
  'pg.Client': promise('end'),
  postgres: promise('end'),
  'mysql2/promise.createPool': promise('end'),
  'mysql2/promise.createConnection': promise('end'),
  'mysql2.createPool': callback('end'),
  'mysql2.createConnection': callback('end'),
  'mysql.createPool': callback('end'),
  'mysql.createConnection': callback('end'),
  'mongodb.MongoClient': promise('close'),
  'mongodb.MongoClient.connect': promise('close'),
  'redis.createClient': promise('quit'),
  'redis.createCluster': promise('quit'),
  ioredis: promise('quit'),
  'ioredis.Redis': promise('quit'),
  '@prisma/client.PrismaClient': promise('$disconnect'),
  sequelize: promise('close'),
  'sequelize.Sequelize': promise('close'),
  'sequelize-typescript.Sequelize': promise('close'),
  knex: promise('destroy'),
  'knex.knex': promise('destroy'),
  'typeorm.DataSource': promise('destroy'),
  'typeorm.createConnection': promise('close'),
  'bullmq.Worker': promise('close', 'consumer'),
  'bullmq.WorkerPro': promise('close', 'consumer'),
  'bullmq.Queue': promise('close'),
  'bullmq.QueueEvents': promise('close'),
  'bullmq.FlowProducer': promise('close'),
  bull: promise('close', 'consumer'),
  'bee-queue': promise('close', 'consumer'),
  'kafkajs.Kafka.consumer': promise('disconnect', 'consumer'),
  'kafkajs.Kafka.producer': promise('disconnect'),
  'kafkajs.Kafka.admin': promise('disconnect'),
  'amqplib.connect': promise('close'),
  'amqplib.connect.createChannel': promise('close', 'consumer'),
  'amqplib.connect.createConfirmChannel': promise('close', 'consumer'),
  'amqp-connection-manager.connect': promise('close'),
  'amqp-connection-manager.connect.createChannel': promise('close', 'consumer'),
  agenda: promise('stop', 'consumer'),
  'agenda.Agenda': promise('stop', 'consumer'),
  'pg-boss': promise('stop', 'consumer'),
  'pg-boss.PgBoss': promise('stop', 'consumer'),
  'graphile-worker.run': promise('stop', 'consumer'),
  'node-resque.Worker': promise('end', 'consumer'),
  'node-resque.MultiWorker': promise('stop', 'consumer'),
  '@google-cloud/pubsub.PubSub.subscription': promise('close', 'consumer'),
  '@azure/service-bus.ServiceBusClient': promise('close'),
  '@azure/service-bus.ServiceBusClient.createReceiver': promise('close', 'consumer'),
  'nats.connect': promise('drain', 'consumer'),
  'sqs-consumer.Consumer.create': {
    method: 'stop',
    how: 'event',
    event: 'stopped',
    order: 'consumer',
  },
  'discord.js.Client': promise('destroy', 'consumer'),
  'grammy.Bot': promise('stop', 'consumer'),
  '@elastic/elasticsearch.Client': promise('close'),
  'mqtt.connect': callback('end', 'consumer'),
  'http.createServer': callback('close', 'server'),
  'https.createServer': callback('close', 'server'),
  'http2.createServer': callback('close', 'server'),
  'http2.createSecureServer': callback('close', 'server'),
  'express.listen': callback('close', 'server'),
  'koa.listen': callback('close', 'server'),
  'connect.listen': callback('close', 'server'),
  'http.createServer.listen': callback('close', 'server'),
  'https.createServer.listen': callback('close', 'server'),
  'restify.createServer': callback('close', 'server'),
  fastify: promise('close', 'server'),
  'fastify.fastify': promise('close', 'server'),
  '@hapi/hapi.server': promise('stop', 'server'),
  '@hapi/hapi.Server': promise('stop', 'server'),
  'ws.WebSocketServer': callback('close', 'server'),
  'ws.Server': callback('close', 'server'),
  ws: callback('close', 'server'),
  'socket.io.Server': { ...callback('close', 'server'), closesServer: true },
  'socket.io': { ...callback('close', 'server'), closesServer: true },
};

/** How a named thing is closed, when it is known. */
export function closerFor(
  name: string,
  canonical: string,
  owner: PackageInfo | undefined,
): Closer | undefined {
  const closing = CLOSINGS[canonical];
  return (
    closing && {
      name,
      order: closing.order,
      lines: closeLines(name, canonical, closing, owner),
      closesServer: closing.closesServer === true,
    }
  );
}

function closeLines(
  name: string,
  canonical: string,
  closing: Closing,
  owner: PackageInfo | undefined,
): string[] {
  // redis 5 replaced `quit` by `close`.
  const isNewRedis =
    /^redis\./.test(canonical) &&
    Number(/\d+/.exec(owner?.dependencies.get('redis')?.range ?? '')?.[0] ?? 4) >= 5;
  const method = isNewRedis ? 'close' : closing.method;
  switch (closing.how) {
    case 'promise':
      return [`await ${name}.${method}()`];
    case 'event':
      return [
        `const stopped = new Promise((resolve) => ${name}.once('${closing.event ?? 'close'}', resolve))`,
        `${name}.${method}()`,
        'await stopped',
      ];
    case 'callback': {
      const close = `await new Promise((resolve) => ${name}.${method}(${canonical === 'mqtt.connect' ? 'false, {}, ' : ''}resolve))`;
      // A WebSocket server waits for its clients, which have no reason to leave.
      return /^ws(\.|$)/.test(canonical)
        ? [`for (const client of ${name}.clients) client.close(1001)`, close]
        : [close];
    }
  }
}

/**
 * What the code around a place has opened: variables that are visible there and hold a known client, server or consumer, and
 * mongoose's own connection.
 */
export function openedAround(
  syntax: SourceSyntax,
  place: TypeScript.Node,
  owner: PackageInfo | undefined,
): Closer[] {
  const api = ts();
  const found: Closer[] = [];
  const names = canonicalNames(syntax, place);
  for (const [name, { canonical, declaration }] of names) {
    const closer = closerFor(name, canonical, owner);
    if (!closer) continue;
    const isServer = /^https?\.createServer$|^http2\.|^restify\.|^fastify|^@hapi\//.test(canonical);
    if (isServer && !new RegExp(`\\b${name}\\.(listen|start)\\(`).test(syntax.text)) continue;
    // A closure sees a reassigned variable as possibly not set yet.
    if ((declaration.parent.flags & api.NodeFlags.Const) === 0 && /\.tsx?$/.test(syntax.path))
      continue;
    found.push(closer);
  }
  const mongoose = importBindings(syntax).find(
    (one) => one.specifier === 'mongoose' && /^(\*|default)$/.test(one.imported),
  );
  if (mongoose && new RegExp(`\\b${mongoose.local}\\s*\\.connect\\(`).test(syntax.text)) {
    found.unshift({
      name: mongoose.local,
      order: 'client',
      lines: [`await ${mongoose.local}.disconnect()`],
      closesServer: false,
    });
  }
  const rank = { server: 0, consumer: 1, client: 2 } as const;
  // Within one rank, what was opened last goes first: a channel before its connection.
  return found.reverse().sort((a, b) => rank[a.order] - rank[b.order]);
}

interface Known {
  readonly canonical: string;
  readonly declaration: TypeScript.VariableDeclaration;
}

/** Variables visible at a place, with the canonical name of the call that made them, in source order. */
export function canonicalNames(syntax: SourceSyntax, place: TypeScript.Node): Map<string, Known> {
  const initializers = visibleVariables(place);
  const imported = new Set(importBindings(syntax).map(({ local }) => local));
  const known = new Map<string, Known>();
  for (const [name, declaration] of initializers) {
    if (imported.has(name) || !declaration.initializer) continue;
    const canonical = canonicalOf(syntax, declaration.initializer, initializers);
    if (canonical !== undefined && isOpening(declaration.initializer))
      known.set(name, { canonical, declaration });
  }
  return known;
}

type Variables = ReadonlyMap<string, TypeScript.VariableDeclaration>;

function visibleVariables(place: TypeScript.Node): Map<string, TypeScript.VariableDeclaration> {
  const api = ts();
  const found = new Map<string, TypeScript.VariableDeclaration>();
  const scopes: (TypeScript.SourceFile | TypeScript.Block | TypeScript.ModuleBlock)[] = [];
  for (
    let at: TypeScript.Node | undefined = place;
    at;
    at = at.parent as TypeScript.Node | undefined
  ) {
    if (api.isSourceFile(at) || api.isBlock(at) || api.isModuleBlock(at)) scopes.unshift(at);
  }
  for (const { statements } of scopes) {
    for (const statement of statements) {
      if (!api.isVariableStatement(statement)) continue;
      for (const declaration of statement.declarationList.declarations) {
        const name = staticName(declaration.name);
        if (name !== undefined && declaration.initializer) found.set(name, declaration);
      }
    }
  }
  return found;
}

/**
 * What an expression is, in terms of imports: `new Kafka({}).consumer({})` → `kafkajs.Kafka.consumer`; calls, `new` and `await`
 * leave no trace.
 */
export function canonicalOf(
  syntax: SourceSyntax,
  expression: TypeScript.Expression,
  variables: Variables = visibleVariables(expression),
): string | undefined {
  const api = ts();
  const imports = new Map(importBindings(syntax).map((one) => [one.local, one]));
  const follow = (at: TypeScript.Expression, depth: number): string | undefined => {
    if (depth > 8) return undefined;
    const inner = unwrap(at);
    if (api.isAwaitExpression(inner) || api.isCallExpression(inner) || api.isNewExpression(inner)) {
      return follow(inner.expression, depth + 1);
    }
    if (api.isPropertyAccessExpression(inner)) {
      const object = follow(inner.expression, depth + 1);
      return object === undefined ? undefined : `${object}.${inner.name.text}`;
    }
    if (!api.isIdentifier(inner)) return undefined;
    const binding = imports.get(inner.text);
    if (binding) {
      const specifier = binding.specifier.replace(/^node:/, '');
      return /^(\*|default)$/.test(binding.imported)
        ? specifier
        : `${specifier}.${binding.imported}`;
    }
    const initializer = variables.get(inner.text)?.initializer;
    return initializer && follow(initializer, depth + 1);
  };
  return follow(expression, 0);
}

/** Is the value made by a call, rather than another name for something? */
function isOpening(expression: TypeScript.Expression): boolean {
  const api = ts();
  const inner = unwrap(expression);
  if (api.isAwaitExpression(inner)) return isOpening(inner.expression);
  return api.isCallExpression(inner) || api.isNewExpression(inner);
}
