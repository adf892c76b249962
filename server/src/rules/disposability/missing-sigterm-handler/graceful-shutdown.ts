import type { Span } from '../../../base/span';
import { combineChanges, fileEdit } from '../../../engine/edits/edits';
import type { FileChange, Fix, TextEdit } from '../../../engine/finding';
import { openedAround, type Closer } from '../../../fixes/closers';
import { importBindings } from '../../../fixes/code/import-bindings';
import { nodeAt } from '../../../fixes/code/nodes';
import { styleIn } from '../../../fixes/code/package-style';
import type { SourceStyle } from '../../../fixes/code/style';
import { declaredMajor } from '../../../fixes/files/package-versions';
import type { SourceSyntax } from '../../../languages/source/syntax';
import type { PackageInfo, ProjectModel } from '../../../project/model';
import { apolloChanges } from './apollo-server';
import { primaryOf } from './cluster-primary';
import { helperOf } from './helpers';
import { knownServers } from './http-servers';
import { messagesAtHand } from './messages-at-hand';
import { nestEdits } from './nest-shutdown';
import { socketChanges } from './open-sockets';
import { openedElsewhere } from './process-closers';
import { isCallOrNew } from './served-call';
import { ownCloser } from './shutdown-closer';
import { handlerText, httpOf, SERVERS } from './shutdown-handler';
import { holderOf } from './shutdown-place';
import { togetherOf, type Started } from './together';
import { bothTracked, sessionTracking, streamTracking } from './tracking';

/** A call that starts serving or consuming: `app.listen(3000)`, `new Worker('mail', send)`, `consumer.run(…)`. */
export interface StartingCall {
  readonly call: Span;
  /** The framework or library, as the library table names it: `express`, `fastify`, `bullmq` … */
  readonly framework: string;
}

/** An entry point that serves or consumes and does not handle SIGTERM. */
export interface ShutdownFixRequest extends StartingCall {
  readonly model: ProjectModel;
  readonly path: string;
  /** What else the same module starts in the process. */
  readonly others?: readonly StartingCall[];
  /** All modules of the process. */
  readonly modules?: readonly string[];
  /** The module of another process that starts this one. */
  readonly starter?: string;
}

/**
 * The fix `graceful-shutdown`: on SIGTERM and SIGINT stop accepting, let open work finish, close what the process opened, exit;
 * with a deadline that does not keep the process alive.
 */
export function shutdownFix(request: ShutdownFixRequest): Fix {
  return {
    id: 'graceful-shutdown',
    kind: 'suggest',
    title:
      request.framework === 'nest-microservice'
        ? "Enable Nest's shutdown hooks"
        : 'Shut down gracefully on SIGTERM',
    build: () => shutdownChanges(request),
  };
}

/** All changes of the fix: those of the module that starts to serve, of the one that forks it, of those that hold sockets. */
export function shutdownChanges(request: ShutdownFixRequest): FileChange[] | undefined {
  const { model, path, modules = [path], starter } = request;
  const primary = primaryOf(model, starter === undefined ? modules : [...modules, starter]);
  const stopped = shutdownEdits(request);
  if (!stopped) return undefined;
  const { edits, closers } = stopped;
  return combineChanges(
    [fileEdit(path, edits)],
    primary ? [fileEdit(primary.path, primary.edits)] : [],
    socketChanges(model, modules, path, closers),
    apolloChanges(model, modules),
  );
}

interface Stopped {
  readonly edits: TextEdit[];
  /** What is closed. */
  readonly closers: readonly Closer[];
}

/**
 * The edits of the module that starts to serve.
 * @returns undefined where the server cannot be reached from a statement of its own
 */
function shutdownEdits(request: ShutdownFixRequest): Stopped | undefined {
  const { model, path, framework, others = [], modules = [path] } = request;
  const syntax = model.files.source(path);
  const call = syntax && nodeAt(syntax, request.call, isCallOrNew);
  if (!syntax || !call || syntax.embedded) return undefined;
  if (isOfWrappedServer(syntax, model.packageOf(path))) return undefined;
  const style = styleIn(model, syntax);
  if (framework === 'nest-microservice') {
    const edits = nestEdits(syntax, style, call);
    return edits && { edits, closers: [] };
  }
  const texts = modules.map((one) => model.files.text(one) ?? '');
  const started = [request, ...others].reduce<Started[]>((found, one) => {
    const next = startedBy(syntax, style, model, one, found);
    return next ? [...found, next] : found;
  }, []);
  const [main] = started;
  if (!main) return undefined;
  const together = togetherOf(started, syntax, style);
  const { visible, place } = together ?? { visible: [main], place: main.holder };
  const messages = messagesAtHand(
    syntax,
    style,
    [request, ...others]
      .filter((one) => one.framework === 'amqplib')
      .flatMap((one) => nodeAt(syntax, one.call, isCallOrNew) ?? []),
  );
  const elsewhere = openedElsewhere(model, syntax, style, modules);
  const known = knownServers(
    syntax,
    style,
    closedTogether(
      visible.map(({ own }, index) => (index === 0 && messages ? messages.waits(own) : own)),
      [...openedAround(syntax, place.place, model.packageOf(path)), ...elsewhere.closers],
    ),
  );
  const { closers } = known;
  const tracking = bothTracked(
    sessionTracking(syntax, style, closers),
    streamTracking(
      syntax,
      style,
      texts,
      httpOf(closers).filter((http) => http !== SERVERS),
    ),
  );
  const handler = { syntax, style, closers, tracking };
  const helper = helperOf(model, handler);
  const preludes = visible.map(({ holder }) => holder.prelude).join('') + known.prelude;
  const edits = [
    ...elsewhere.imports,
    ...(messages?.edits ?? []),
    ...known.imports,
    ...(helper?.imports ?? tracking.imports),
    ...visible.flatMap(({ holder }) => holder.bind),
    ...place.put(preludes + (helper?.text ?? handlerText(handler))),
  ];
  return { edits, closers };
}

/** Before version 11, tRPC's standalone adapter returned an object around the server, which has neither its methods nor its events. */
function isOfWrappedServer(syntax: SourceSyntax, owner: PackageInfo | undefined): boolean {
  const isStandalone = importBindings(syntax).some(
    ({ specifier }) => specifier === '@trpc/server/adapters/standalone',
  );
  return isStandalone && (declaredMajor(owner, '@trpc/server') ?? 11) < 11;
}

function startedBy(
  syntax: SourceSyntax,
  style: SourceStyle,
  model: ProjectModel,
  { call: span, framework }: StartingCall,
  before: readonly Started[],
): Started | undefined {
  const call = nodeAt(syntax, span, isCallOrNew);
  const taken = before.map(({ own }) => own.name);
  const holder = call && holderOf(syntax, style, call, framework, taken);
  const own = holder && ownCloser(holder.name, framework, syntax, call, model);
  return own && !taken.includes(own.name) ? { holder, own, call } : undefined;
}

/** What is started here, and what is open around it, each once, WebSockets before the servers that carry them. */
function closedTogether(own: readonly Closer[], opened: readonly Closer[]): readonly Closer[] {
  const names = new Set(own.map(({ name }) => name));
  const others = opened.filter(({ name }) => !names.has(name));
  const closing = others.find(({ closesServer }) => closesServer);
  const closers = [...others, ...own].sort((a, b) => RANK[a.order] - RANK[b.order]);
  if (!closing) return closers;
  const [server] = own;
  // What closes the server it is attached to closes the one that is started here.
  return closers.flatMap((one) => {
    if (one === closing && server?.http !== undefined)
      return [{ ...one, http: server.http, cut: server.cut }];
    return one === server && server.order === 'server' ? [] : [one];
  });
}

const RANK: Readonly<Record<Closer['order'], number>> = { server: 0, consumer: 1, client: 2 };
