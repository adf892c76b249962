import type { Span } from '../../base/span';
import type { CallValue, FunctionValue, Value } from '../../base/value';
import { lastName } from '../../base/value-names';
import { heldBy } from '../../base/value-visitor';
import { argumentAt } from '../../base/values';
import { canonicalName } from '../facts/canonical';
import type { DecoratorFact, FunctionFact, SourceFacts } from '../facts/facts';
import { LIBRARIES } from '../libraries';
import type { Meaning } from '../libraries/meaning';
import type { CallMeaning, ModuleInfo, ProjectModel } from '../model';
import { frameworkFiles } from '../modules/framework-files';
import { query } from '../query';

/** A function of the project that runs for a request. */
export interface RequestHandler {
  readonly path: string;
  readonly fn: number;
  /** Where it is registered, or declared. */
  readonly at: { readonly path: string; readonly span: Span };
}

type Add = (value: FunctionValue, path: string) => void;

/** The functions of one module, and those that it registers, that requests start with. */
export function requestHandlers(model: ProjectModel, path: string): readonly RequestHandler[] {
  const facts = model.facts.get(path);
  const module = model.modules.get(path);
  if (!facts || facts.detail !== 'full' || !module) return [];
  const handlers: RequestHandler[] = [];
  const developed = developmentHandlers(facts);
  const registered =
    (span: Span): Add =>
    (value, from) => {
      const at = value.path ?? from;
      if (at !== path || !developed.has(value.id))
        handlers.push({ path: at, fn: value.id, at: { path, span } });
    };
  for (const meaning of model.meanings(path)) {
    if (meaning.meaning.kind === 'route' || meaning.meaning.kind === 'hook')
      fromCall(meaning, meaning.meaning.handlers, model, registered(meaning.call.nameSpan));
  }
  for (const call of facts.calls) {
    if (!PROCEDURES.test(lastName(call.callee) ?? '')) continue;
    const name = canonicalName(model.resolve(call.callee, path));
    if (name?.startsWith('@trpc/server.'))
      for (const arg of call.args) functionsOf(arg, path, model, registered(call.nameSpan));
  }
  for (const call of facts.calls)
    if (call.fn > 0 && COLLECTORS.test(lastName(call.callee) ?? ''))
      handlers.push({ path, fn: call.fn, at: { path, span: call.nameSpan } });
  const subject = SUBJECTS.find(({ packages }) =>
    packages.some((name) => module.package?.dependencies.has(name)),
  );
  for (const fact of facts.functions) {
    if (fact.id === 0 || developed.has(fact.id)) continue;
    if (
      fact.serves === true ||
      hasHandlerShape(fact) ||
      subject?.parameter.test(fact.parameters[0] ?? '') === true ||
      (fact.ofModel && isModelModule(facts)) ||
      isDecorated(fact.decorators, path, model) ||
      isComponentMethod(fact, facts, path, model)
    )
      handlers.push({ path, fn: fact.id, at: { path, span: fact.span } });
  }
  const names = fileRouteExports(module, facts);
  const declared = exportsOfHandlers(model).get(path);
  for (const { name, value, span } of facts.exports) {
    if (names.some((each) => each.test(name)) || declared?.has(name) || isServed(name, value))
      functionsOf(value, path, model, registered(span));
  }
  return handlers;
}

/** What handlers of a framework call all that they get, so that a function is known by its first parameter. */
const SUBJECTS: readonly { readonly packages: readonly string[]; readonly parameter: RegExp }[] = [
  { packages: ['koa', 'telegraf', 'grammy'], parameter: /^_*ctx$/ },
  { packages: ['discord.js'], parameter: /^_*interaction$/ },
];

/** A bot waits for what people answer: whoever waits does so for a request of theirs. */
const COLLECTORS =
  /^(create(Message|Reaction|Interaction|MessageComponent)Collector|await(Messages|Reactions|MessageComponent|ModalSubmit))$/;

/** Functions that are handed over where they stand, in development or tests only: `if (isDev) app.post('/_reset', …)`. */
function developmentHandlers({ calls }: SourceFacts): ReadonlySet<number> {
  return new Set(
    calls.flatMap(({ context, args }) =>
      context.includes('development')
        ? args.flatMap((arg) => (arg.kind === 'function' && !arg.isClass ? [arg.id] : []))
        : [],
    ),
  );
}

/** Server events that no request causes. */
const SERVER_EVENTS =
  /^(error|listening|close|clientError|wsClientError|onClose|preClose|onReady|onRegister|onRoute|onListen|onPreStart|onPostStart|onPreStop|onPostStop|mount)$|^((Client)?Ready|clientReady|ready|[dD]ebug|[wW]arn|Error|[iI]nvalidated|[sS]hard[A-Z]\w+|polling_error)$/;
const PROCEDURES = /^(query|mutation|subscription)$/;

function fromCall(
  { path, call, args, callee }: CallMeaning,
  handlers: string,
  model: ProjectModel,
  add: Add,
): void {
  const [event] = args;
  const name = event?.kind === 'literal' ? event.value : event && lastName(event);
  if (typeof name === 'string' && SERVER_EVENTS.test(name)) return;
  // `app.get('setting')` reads a setting; a template engine renders, but is no handler.
  if (/\.engine$/.test(callee)) return;
  for (const value of handlerArguments(call.args, handlers)) functionsOf(value, path, model, add);
}

/** The values that a handler path names: all alternatives, and every argument from one on for `1+`. */
function handlerArguments(args: readonly Value[], handlers: string): readonly Value[] {
  return handlers.split('|').flatMap((path) => {
    const from = /^(\d+)\+$/.exec(path)?.[1];
    if (from !== undefined) return args.slice(Number(from));
    const [first] = args;
    // A route table: `server.route([{ handler }, …])`.
    const tables =
      first?.kind === 'array' && path.startsWith('0.')
        ? first.items.map((item) => [item, ...args.slice(1)])
        : [args];
    return tables.flatMap((each) => argumentAt(each, path) ?? []);
  });
}

/**
 * Every function of the project that a value in a handler's place stands for: members of objects, what factories return, what
 * wrappers wrap, methods of classes.
 */
export function functionsOf(
  value: Value,
  path: string,
  model: ProjectModel,
  add: Add,
  depth = 0,
): void {
  if (depth > 6) return;
  const from = value.path ?? path;
  const again = (inner: Value): void => functionsOf(inner, from, model, add, depth + 1);
  switch (value.kind) {
    case 'function':
      if (value.isClass) {
        const members = model.facts.get(from)?.classes[value.id]?.members ?? [];
        for (const member of members)
          if (member.value.kind === 'function' && !member.value.isClass) again(member.value);
      } else add(value, from);
      value.wraps?.forEach(again);
      return;
    case 'either':
      value.options.forEach(again);
      return;
    case 'object':
    case 'array':
      heldBy(value).forEach(again);
      return;
    case 'call': {
      const bound = boundFunction(value);
      if (bound) return again(bound);
      const resolved = model.resolve(value, from);
      if (resolved.kind !== 'call') return again(resolved);
      const boundThere = boundFunction(resolved);
      if (boundThere) return again(boundThere);
      const isOurs = resolved.callee.kind === 'function';
      for (const arg of value.args) {
        if (arg.kind === 'object' ? !isOurs : arg.kind !== 'array')
          handed(arg, from, model, add, depth + 1);
        else if (arg.kind === 'array' && !isOurs) again(arg);
      }
      return;
    }
    case 'import':
    case 'member':
    case 'parameter': {
      const resolved = model.resolve(value, from);
      if (resolved.kind !== value.kind && resolved.kind !== 'import') again(resolved);
      return;
    }
  }
}

/** `handler.bind(this)` */
function boundFunction({ callee }: CallValue): Value | undefined {
  return callee.kind === 'member' && callee.name === 'bind' ? callee.object : undefined;
}

/** An argument of a wrapper: functions count, services that are passed along do not. */
function handed(value: Value, path: string, model: ProjectModel, add: Add, depth: number): void {
  if (value.kind === 'object' || value.kind === 'call')
    return functionsOf(value, path, model, add, depth);
  const resolved = model.resolve(value, path);
  if (resolved.kind === 'function' && !resolved.isClass)
    functionsOf(resolved, path, model, add, depth);
}

const REQUEST = /^_*(req|request|_?req\w?)$/;
const RESPONSE = /^_*(res|response|reply|rep)$/;

/** `(req, res)`, `(request, reply)`, `(err, req, res, next)`, `(ctx, next)`: the parameters of a handler in every framework. */
function hasHandlerShape({ parameters }: FunctionFact): boolean {
  const [first = '-', second = '-', third = '-'] = parameters;
  if (REQUEST.test(first) && (RESPONSE.test(second) || /^(h|toolkit|next)$/.test(second)))
    return true;
  if (first === '' && RESPONSE.test(second)) return true;
  if (/^_*(e|err|error|ex|exception)$/.test(first) && REQUEST.test(second) && RESPONSE.test(third))
    return true;
  return /^_*(ctx|context)$/.test(first) && /^_*next$/.test(second) && parameters.length === 2;
}

function isDecorated(
  decorators: readonly DecoratorFact[],
  path: string,
  model: ProjectModel,
): boolean {
  return decorators.some(({ callee }) => {
    const name = canonicalName(model.resolve(callee, path));
    const meanings = name === undefined ? undefined : LIBRARIES.decorators.get(name);
    return (
      meanings?.some(
        ({ meaning }: { readonly meaning: Meaning }) =>
          meaning.kind === 'route' || meaning.kind === 'hook',
      ) ?? false
    );
  });
}

/** Methods of records run when requests touch them, though the records themselves come out of queries that nothing can follow. */
export function isModelModule({ imports }: SourceFacts): boolean {
  return imports.some(({ specifier }) => /^(mongoose|sequelize)$/.test(specifier));
}

/** Methods that a framework calls on classes it manages, per request, or whenever a request touches data. */
const COMPONENTS: readonly { readonly decorator: RegExp; readonly method: RegExp }[] = [
  {
    decorator:
      /^@nestjs\/(common\.(Injectable|Catch)|websockets\.WebSocketGateway|graphql\.Resolver)$|^routing-controllers\.(Middleware|Interceptor)$|^type-graphql\./,
    method:
      /^(canActivate|intercept|transform|use|catch|validate|handleConnection|handleDisconnect|resolve|authenticate)$/,
  },
  {
    decorator: /^(typeorm\.EventSubscriber|@mikro-orm\/(core|decorators\/\w+)\.Subscriber)$/,
    method:
      /^(before|after|on)(Insert|Create|Update|Upsert|Delete|Remove|SoftRemove|Recover|Load|Flush)$/,
  },
];

function isComponentMethod(
  fact: FunctionFact,
  facts: SourceFacts,
  path: string,
  model: ProjectModel,
): boolean {
  const { classId, name } = fact;
  if (classId === undefined || name === undefined) return false;
  const callers = COMPONENTS.filter(({ method }) => method.test(name));
  if (callers.length === 0) return false;
  const decorators = facts.classes[classId]?.decorators ?? [];
  return decorators.some(({ callee }) => {
    const decorator = canonicalName(model.resolve(callee, path)) ?? '';
    return callers.some((each) => each.decorator.test(decorator));
  });
}

/** Exports that manifests of platforms name: `handler: src/auth.login`. */
const exportsOfHandlers = query('entryPoints', ({ entryPoints }) => {
  const byPath = new Map<string, ReadonlySet<string>>();
  for (const { path, exported } of entryPoints) byPath.set(path, new Set(exported));
  return byPath;
});

/** `export default { fetch(request) { … } }`: what Bun, Deno and workers at the edge serve of the module that they run. */
function isServed(name: string, value: Value): boolean {
  return (
    name === 'default' &&
    value.kind === 'object' &&
    value.properties.some(({ key, value: { kind } }) => key === 'fetch' && kind === 'function')
  );
}

/** Exports that a framework or platform calls for requests because of where the file lies. */
function fileRouteExports(module: ModuleInfo, facts: SourceFacts): readonly RegExp[] {
  const { path, package: info, roles } = module;
  if (facts.directives.includes('use server')) return [/./];
  const found = frameworkFiles(path, info).filter(({ runs }) => runs !== 'start');
  if (found.length > 0) return found.map(({ exports }) => exports);
  return roles.has('serverless') ? [HANDLERS] : [];
}

/** What platforms call of a function that they are given as a file. */
const HANDLERS = /^(default|handler|main|GET|POST|PUT|PATCH|DELETE)$/;
