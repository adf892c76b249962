import type { Value } from '../../../base/value';
import { lastName } from '../../../base/value-names';
import { argumentAt } from '../../../base/values';
import type { RelatedLocation } from '../../../base/span';
import { canonicalName } from '../../../project/facts/canonical';
import { SHUTDOWN_PACKAGE } from '../../../project/libraries/start/process';
import type { CallMeaning, ModuleInfo, ProjectModel } from '../../../project/model';
import { servesOrWorks } from '../../../project/processes/deployment';
import { mayBeSigterm } from '../../../project/processes/signals';
import { callsFrom, endsInTime, type ReachedCall } from './shutdown-reach';

/** The servers that a handler of SIGTERM closes and waits for as long as it takes; the first is what it closes first. */
export function waitingStops(
  found: CallMeaning,
  module: ModuleInfo,
  model: ProjectModel,
): readonly ReachedCall[] {
  const { meaning, args, path } = found;
  if (isNestHook(found)) return hasLimit(module, model) ? [] : [{ path, call: found.call }];
  if (meaning.kind !== 'signal' || !mayBeSigterm(argumentAt(args, meaning.signal))) return [];
  const handler = argumentAt(found.call.args, meaning.handler);
  if (!handler) return [];
  const closing = callsFrom(handler, path, model).filter((one) => closesServer(one, model));
  if (closing.length === 0) return [];
  return hasLimit(module, model) ? [] : closing;
}

/** Nest closes its servers itself once it is told to. */
function isNestHook({ meaning, callee }: CallMeaning): boolean {
  return (
    meaning.kind === 'shutdown' &&
    callee.endsWith('.enableShutdownHooks') &&
    !/microservice/i.test(callee)
  );
}

/** The modules of the processes that a module is a part of. */
export function modulesBeside(module: ModuleInfo, model: ProjectModel): readonly string[] {
  const entries = module.entryPoints.filter(servesOrWorks);
  return [...new Set([module.path, ...entries.flatMap((entry) => [...model.reachable(entry)])])];
}

/** Some stop handler of the process, a helper package, or the framework ends what is still open after a while. */
function hasLimit(module: ModuleInfo, model: ProjectModel): boolean {
  return modulesBeside(module, model).some(
    (path) =>
      model.facts
        .get(path)
        ?.imports.some(({ specifier, typeOnly }) => !typeOnly && isHelper(specifier)) === true ||
      model.facts.get(path)?.calls.some(({ args }) => args.some(cutsConnections)) === true ||
      model
        .meanings(path)
        .some((one) => handlerCalls(one, model).some((call) => endsInTime(call, model))),
  );
}

function isHelper(specifier: string): boolean {
  return (
    SHUTDOWN_PACKAGE.test(specifier) || /^(server-destroy|http-shutdown|killable)$/.test(specifier)
  );
}

/** Fastify’s and Nest’s option. */
function cutsConnections(value: CallMeaning['args'][number]): boolean {
  return (
    value.kind === 'object' &&
    value.properties.some(
      ({ key, value: given }) =>
        key === 'forceCloseConnections' && !(given.kind === 'literal' && given.value !== true),
    )
  );
}

function handlerCalls(
  { meaning, call, path }: CallMeaning,
  model: ProjectModel,
): readonly ReachedCall[] {
  const handler = meaning.kind === 'signal' ? argumentAt(call.args, meaning.handler) : undefined;
  return handler ? callsFrom(handler, path, model) : [];
}

const STOPPING = /^(close|stop|shutdown|tryShutdown|closeServer)$/;
/** Hapi gives up after five seconds. */
const LIMITED = /hapi/;
const SERVERS =
  /^<?(new )?(https?|http2|net|tls|spdy|express|fastify|koa|polka|connect|restify|hono|@hono\/node-server|socket\.io|ws|Bun|Deno|@nestjs\/(core|common|platform-\w+)|@grpc\/grpc-js)\b/;
const SERVER_NAME = /^_?(\w*server|app|fastify|httpd|listener|io|wss)$/i;

/** Consumers of queues: closing one waits for the job at hand. A `Queue` of BullMQ works on none. */
const CONSUMERS = /^<?(new )?(bullmq\.Worker|bull|bee-queue)\b/;

/** Does a stop wait for a job, rather than for connections? */
export function isOfConsumer({ path, call }: ReachedCall, model: ProjectModel): boolean {
  const callee = promised(call.callee);
  const object = callee.kind === 'member' ? model.resolve(callee.object, path) : undefined;
  return CONSUMERS.test((object && canonicalName(object)) ?? '');
}

/** `promisify(server.close.bind(server))` is the function itself. */
function promised(callee: Value): Value {
  if (callee.kind !== 'call') return callee;
  const [inner] = callee.args;
  if (lastName(callee.callee) === 'promisify' && inner) return promised(inner);
  return callee.callee.kind === 'member' && callee.callee.name === 'bind'
    ? promised(callee.callee.object)
    : callee;
}

function closesServer({ path, call }: ReachedCall, model: ProjectModel): boolean {
  const callee = promised(call.callee);
  if (callee.kind !== 'member' || !STOPPING.test(callee.name ?? '')) return false;
  const object = model.resolve(callee.object, path);
  const name = canonicalName(object);
  // A class or function of the project is looked into.
  if (name !== undefined)
    return (SERVERS.test(name) || CONSUMERS.test(name)) && !LIMITED.test(name);
  if (object.kind === 'function' || object.kind === 'object') return false;
  return (
    SERVER_NAME.test(lastName(callee.object) ?? '') &&
    !(model.facts.get(path)?.imports ?? []).some(({ specifier }) => LIMITED.test(specifier))
  );
}

/** Does something follow once a server is closed: a callback, what is chained to it, the statements after it? */
export function isWaitedFor({ path, call }: ReachedCall, model: ProjectModel): boolean {
  if (call.args.length > 0 || call.callee.kind === 'call') return true;
  const { start, end } = call.span;
  return (model.facts.get(path)?.calls ?? []).some(
    (other) =>
      other !== call &&
      ((other.fn === call.fn && other.span.start >= end) ||
        (other.span.start <= start &&
          end <= other.span.end &&
          /^(then|finally|all|allSettled)$/.test(lastName(other.callee) ?? ''))),
  );
}

/** A package, or a spelling in code, by which a server holds connections that never end by themselves. */
// Nest ends the sockets of its gateways itself.
const HOLDING_PACKAGE =
  /^(ws|express-ws|@fastify\/websocket|fastify-websocket|graphql-ws(\/.*)?|better-sse|fastify-sse-v2|koa-websocket|@hono\/node-ws|websocket)$/;
const EVENT_STREAM = /content-type['"`]?\s*[,:]\s*['"`]text\/event-stream/i;

/**
 * Where the processes of a module open connections that stay: event streams and web sockets.
 * @param stops what the handler does; who closes the clients of web sockets waits for none
 */
export function heldConnections(
  module: ModuleInfo,
  stops: readonly ReachedCall[],
  model: ProjectModel,
): readonly RelatedLocation[] {
  const texts = new Set(stops.map(({ path }) => path));
  const endsClients = [...texts].some((path) =>
    /\.clients\b|disconnectSockets/.test(model.files.text(path) ?? ''),
  );
  return modulesBeside(module, model).flatMap((path): readonly RelatedLocation[] => {
    const facts = model.facts.get(path);
    const socket = endsClients
      ? undefined
      : facts?.imports.find(
          ({ specifier, typeOnly }) => !typeOnly && HOLDING_PACKAGE.test(specifier),
        );
    const stream = EVENT_STREAM.exec(model.files.text(path) ?? '');
    const called = facts?.calls.find(({ callee }) => SSE.test(canonicalName(callee) ?? ''));
    const decorated = facts?.functions
      .flatMap(({ decorators }) => decorators)
      .find(({ callee }) => SSE.test(canonicalName(callee) ?? ''));
    const span =
      socket?.span ??
      called?.nameSpan ??
      decorated?.span ??
      (stream && { start: stream.index, end: stream.index + stream[0].length });
    return span
      ? [
          {
            path,
            span,
            message: socket ? 'Web sockets are opened here.' : 'Event streams are opened here.',
          },
        ]
      : [];
  });
}

const SSE = /^(hono\/streaming\.streamSSE|@nestjs\/common\.Sse)$/;
