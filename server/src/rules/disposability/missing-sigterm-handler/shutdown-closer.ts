import type * as TypeScript from 'typescript';
import { canonicalNames, canonicalOf, closerFor, type Closer } from '../../../fixes/closers';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import type { PackageInfo, ProjectModel } from '../../../project/model';
import { receiverOf } from './served-call';

/**
 * How what the call starts is closed.
 * @param name the expression that names it
 * @param framework as the library table names it
 */
export function ownCloser(
  name: string,
  framework: string,
  syntax: SourceSyntax,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  model: ProjectModel,
  path: string,
): Closer | undefined {
  const base = { name, order: 'server', closesServer: false } as const;
  const waiting = (method: string): Closer => ({
    ...base,
    lines: [`await new Promise((resolve) => ${name}.${method}(resolve))`],
  });
  switch (framework) {
    case 'express':
    case 'http':
    case 'https':
    case 'http2':
    case 'spdy':
    case 'koa':
    case 'connect':
    case 'hono':
    case 'restify':
    case 'net':
      return waiting('close');
    case 'grpc':
      return waiting('tryShutdown');
    case 'ws':
      return closerFor(name, 'ws.WebSocketServer', model.packageOf(path));
    case 'socket.io':
      return waiting('close');
    case 'fastify':
      return { ...base, lines: [`await ${name}.close()`] };
    case 'hapi':
      return { ...base, lines: [`await ${name}.stop({ timeout: ${String(DEADLINE - 1000)} })`] };
    case 'bun':
      return { ...base, lines: [`await ${name}.stop()`] };
    case 'deno':
      return { ...base, lines: [`await ${name}.shutdown()`] };
    default:
      return consumerCloser(name, framework, syntax, call, model.packageOf(path));
  }
}

/** How a consumer is closed: by what opened it, else by what its library calls it. */
function consumerCloser(
  name: string,
  library: string,
  syntax: SourceSyntax,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  owner: PackageInfo | undefined,
): Closer | undefined {
  const isNew = ts().isNewExpression(call);
  const opened = canonicalNames(syntax, call).get(name)?.canonical;
  const made = receiverOf(syntax, call) === undefined ? canonicalOf(syntax, call) : undefined;
  for (const canonical of [made, opened, isNew ? undefined : CONSUMERS[library]]) {
    const closer = canonical === undefined ? undefined : closerFor(name, canonical, owner);
    if (closer) return closer;
  }
  return undefined;
}

/** What opens a consumer whose variable is not traced, by the first package of its group in the library table. */
const CONSUMERS: Readonly<Record<string, string>> = {
  bull: 'bull',
  agenda: 'agenda',
  amqplib: 'amqplib.connect.createChannel',
  kafkajs: 'kafkajs.Kafka.consumer',
  'sqs-consumer': 'sqs-consumer.Consumer.create',
};

/** Milliseconds after which the process exits although something is still open. */
const DEADLINE = 10_000;
