import type { Value } from '../../../base/value';
import { calledName } from '../../../base/value-names';
import { memberAt } from '../../../base/values';
import { canonicalName } from '../../../project/facts/canonical';
import type { CallFact } from '../../../project/facts/facts';
import { LIBRARIES } from '../../../project/libraries';
import type { ProjectModel } from '../../../project/model';
import { calledFunctions, type FunctionPlace } from '../../../project/requests/called-functions';
import {
  DATA_METHODS,
  LOCKING,
  MAYBE_DATA_METHODS,
  NO_MODELS,
  HTTP_CLIENTS,
  SENDING,
  SQL_METHODS,
} from '../../../vocabulary/work-words';

export type Effect = 'data' | 'message' | 'request' | 'program' | 'file' | 'cleanup';

/** What functions do to the world outside their process. */
export interface BackgroundWork {
  /** Changes of shared data, messages sent, requests that change something, programs run, files written. */
  readonly does: ReadonlySet<Effect>;
  /** Something shared decides which process does it. */
  readonly locked: boolean;
  /** Keeps what it gets in this process: a cache, a gauge. */
  readonly keeps: boolean;
  /** Names of the functions it starts with; where they have none, of what they call. */
  readonly names: readonly string[];
}

/** What calls do by what they mean. */
const EFFECTS: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['producer', 'message'],
  ['spawn', 'program'],
  ['file-write', 'file'],
  ['file-delete', 'cleanup'],
]);

const MAX_FUNCTIONS = 300;

/** Looks at functions and all that they call. */
export function backgroundWork(
  roots: readonly FunctionPlace[],
  model: ProjectModel,
): BackgroundWork {
  const does = new Set<Effect>();
  let locked = false;
  let keeps = false;
  const seen = new Set(roots.map(({ path, fn }) => `${path}#${fn}`));
  const queue = [...roots];
  // What a library of the app remembers on the way is not what the work is for.
  const isOwn = (path: string): boolean => roots.some((root) => root.path === path);
  for (let at = queue.shift(); at && seen.size < MAX_FUNCTIONS; at = queue.shift()) {
    const { path, fn } = at;
    const facts = model.facts.get(path);
    const fact = facts?.functions[fn];
    if (!facts || !fact) continue;
    for (const { meaning, call } of model.meanings(path)) {
      if (call.fn !== fn) continue;
      const effect = EFFECTS.get(meaning.kind);
      if (effect) does.add(effect);
    }
    for (const call of facts.calls) {
      if (call.fn !== fn) continue;
      if (isLock(call)) locked = true;
      const kind = effectOf(call, path, model);
      if (kind) does.add(kind);
    }
    if (fact.decorators.some(({ callee }) => isLocking(calledName(callee)))) locked = true;
    keeps ||= isOwn(path) && facts.writes.some((write) => write.fn === fn);
    for (const callee of fact.callees)
      for (const target of calledFunctions(callee, path, model)) {
        const key = `${target.path}#${target.fn}`;
        if (seen.has(key)) continue;
        seen.add(key);
        queue.push(target);
      }
  }
  return { does, locked, keeps, names: namesOf(roots, model) };
}

function namesOf(roots: readonly FunctionPlace[], model: ProjectModel): readonly string[] {
  return roots.flatMap(({ path, fn }) => {
    const facts = model.facts.get(path);
    const own = facts?.functions[fn]?.name;
    if (own !== undefined) return [own];
    return (facts?.calls ?? []).flatMap((call) =>
      call.fn === fn ? [calledName(call.callee)] : [],
    );
  });
}

const SQL_WRITE = /^\s*(insert|update|delete|merge|truncate|call|refresh materialized)\b/i;
const DATA_PACKAGES = LIBRARIES.withTrait('data');
const DATA_OBJECT =
  /(repo|repository|model|models|dao|prisma|knex|db|orm|em|entityManager|database)$/i;
const MODEL_OBJECT = /^[A-Z][a-z]\w*$/;
const REQUEST = new RegExp(
  `^((${HTTP_CLIENTS.pattern}|@nestjs/axios\\.HttpService)\\b.*|<@nestjs/axios\\.HttpService>)\\.(post|put|patch|delete)$`,
);
/** By the name of what is called, or of the object it is called on. */
const LOCK = /^(lock|acquire|redlock)[A-Z]/;
const LOCK_OBJECT =
  /^(red)?lock(s|er)?$|^(red)?lock[A-Z]|[Ll]eaderElect|[a-z](Red)?Lock(Service|Manager|er)?$/;

function isLocking(name: string): boolean {
  return LOCKING.has(name) || LOCK.test(name);
}

function effectOf(call: CallFact, path: string, model: ProjectModel): Effect | undefined {
  const name = calledName(call.callee);
  if (DATA_METHODS.has(name)) return 'data';
  if (SENDING.has(name) || /^notify[A-Z]/.test(name)) return 'message';
  if (!isMethod(call.callee)) return changesByFetch(call, path, model) ? 'request' : undefined;
  const isSql = SQL_METHODS.has(name);
  const isMaybe = MAYBE_DATA_METHODS.has(name);
  if (!isSql && !isMaybe && name !== 'post') return undefined;
  const resolved = model.resolve(call.callee, path);
  const canonical = canonicalName(resolved) ?? '';
  if (isSql) return writesBySql(call, path, model) ? 'data' : undefined;
  if (REQUEST.test(canonical)) return 'request';
  if (name === 'post' || name === 'put' || name === 'patch') return undefined;
  if (isOfDatabase(canonical) || isDataObject(call.callee, resolved, path, model)) return 'data';
  return undefined;
}

/** `<pg.Pool>.query`: is it a call of a package that reaches data? */
function isOfDatabase(canonical: string): boolean {
  const [, specifier = ''] = /^(?:new |<)*((?:@[\w.-]+\/)?[\w-]+)/.exec(canonical) ?? [];
  return DATA_PACKAGES.has(specifier);
}

/** `fetch(url, { method: 'POST' })`. */
function changesByFetch({ callee, args }: CallFact, path: string, model: ProjectModel): boolean {
  const method = args[1] && memberAt(args[1], ['method']);
  return (
    method?.kind === 'literal' &&
    /^(post|put|patch|delete)$/i.test(String(method.value)) &&
    /fetch$/.test(canonicalName(model.resolve(callee, path)) ?? '')
  );
}

function writesBySql(call: CallFact, path: string, model: ProjectModel): boolean {
  const [first] = call.args;
  const text = first && model.resolve(first, path);
  const start = text?.kind === 'template' ? text.parts[0] : text;
  return (
    start?.kind === 'literal' && typeof start.value === 'string' && SQL_WRITE.test(start.value)
  );
}

/** By its name, or by the class it is: `User.destroy()`, `this.userRepository.delete()`, `db.Session.update()`. */
function isDataObject(callee: Value, resolved: Value, path: string, model: ProjectModel): boolean {
  const object = resolved.kind === 'member' ? resolved.object : undefined;
  if (object?.kind === 'function' && object.isClass) {
    const base = model.facts.get(object.path ?? path)?.classes[object.id]?.extends;
    return base !== undefined && isOfDatabase(canonicalName(base) ?? '');
  }
  const name = objectName(callee);
  if (DATA_OBJECT.test(name)) return true;
  return MODEL_OBJECT.test(name) && !NO_MODELS.has(name) && object?.kind !== 'global';
}

function isMethod(callee: Value): boolean {
  return callee.kind === 'member' || (callee.kind === 'import' && callee.members.length > 0);
}

function objectName(callee: Value): string {
  if (callee.kind === 'member') return calledName(callee.object);
  return callee.kind === 'import' ? (callee.members.at(-2) ?? '') : '';
}

function isLock({ callee, args }: CallFact): boolean {
  const name = calledName(callee);
  if (isLocking(name)) return true;
  if (LOCK_OBJECT.test(objectName(callee))) return true;
  return args.some((arg) => {
    if (arg.kind === 'literal')
      return (
        typeof arg.value === 'string' &&
        (arg.value === 'NX' || /advisory_lock|skip locked|get_lock\(/i.test(arg.value))
      );
    return arg.kind === 'object' && arg.properties.some(({ key }) => key === 'NX');
  });
}
