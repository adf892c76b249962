import type { Value } from '../../base/value';
import { calledName, lastName } from '../../base/value-names';
import { childrenOf, someValue } from '../../base/value-visitor';
import { canonicalName } from '../facts/canonical';
import type { StateFact, WriteFact } from '../facts/facts';
import type { SharedState } from './shared-state';
import { isSwitch, isUnderWay, keepsFirst } from './switches';

/**
 * What shared state is for.
 * - `data`: requests depend on it: records, counts, settings, who is here
 * - `cache`: could be worked out again, at the cost of time
 * - `handle`: live objects of this process: sockets, streams, timers, callbacks
 * - `sequence`: numbers that tell things apart
 * - `queue`: work that was accepted and is done later
 * - `none`: nothing that processes have to share: lazy initialisation, memos of what never changes, metrics
 */
export type StateKind = 'data' | 'cache' | 'handle' | 'sequence' | 'queue' | 'none';

const METRICS =
  /metric|stats?$|statistic|telemetry|latenc|histogram|gauge|uptime|throughput|(request|error|response|hit|miss|call|invocation)(s|_?count(er)?s?|_?total|_?duration)$|^(hits|misses)$/i;
/** What could not be found is remembered to spare the search. */
const CACHES = /cache|memo(i[sz]ed?)?([A-Z_]|$)|^lookup|^(unknown|not_?found|missing)_?[a-z]{3}/i;
const ONCE = /warned|warn\w*_?at$|logged|reported|notified|deprecat|^debug_?count/i;
const IN_FLIGHT =
  /in_?flight|promise|pending(Fetch|Request|Load|Call)|debounce|timers?$|timeouts?$|intervals?$/i;
/** How a client's connection is, which each process has for itself. */
const OF_CONNECTION = /^(is|was|has)?_?connect(ed|ing)$|reconnect/i;
const SEQUENCES = /ids?(_?count(er)?)?$|seq|serial|index|idx|^next/i;
/** How the servers behind this process are, which each process finds out for itself. */
const HEALTH =
  /(un)?health(y|_?until|_?since|_?status)?$|unhealthy|circuit_?breakers?$|^(down|dead)_?(hosts|nodes|servers)/i;
/** Counters of what is named after them. */
const NAMING = /(te?mp|unique|names?|files?|uid|suffix|instance|anonymous)_?count(er)?$/i;
const REGISTRIES =
  /handlers?$|listeners?$|callbacks?$|hooks?$|plugins?$|registry$|middlewares?$|subscribers?$/i;
/** Parameters and variables that hold what only this process can have. */
const HANDLES = /^(socket|sock|ws|conn|connection|client|res|reply|response|stream|peer|session)$/;
const CONNECTING =
  /(^|\.)(connect|create[A-Z]\w*|init\w*|open\w*|launch|getInstance|build\w*|load\w*)(\(\))?$/;
const ARRAY_METHODS = /^(push|pop|shift|unshift|splice|sort|reverse|fill)$/;
const KEYED_METHODS = /^(set|add|delete|clear)$/;

/** Says what state is for, from its name, what it holds and how it is written. */
export function stateKind(shared: SharedState): StateKind {
  const { state, writes } = shared;
  const { name } = state;
  const container = containerOf(state.initial);
  if (container === 'weak' || ONCE.test(name) || isOfOneCall(state)) return 'none';
  if (container === 'unset' && OF_CONNECTION.test(name)) return 'none';
  if (HEALTH.test(name)) return 'none';
  if (isWaitingLine(shared)) return 'queue';
  if (isRegistry(shared) || writes.some(({ write }) => isGivenBack(write))) return 'none';
  if (isUnderWay(shared)) return 'none';
  const kinds = writes.map((each) => {
    const { write } = each;
    if (isForCaller(write, shared) || keepsFirst(each)) return 'data';
    return isNextNumber(write, shared) ? 'sequence' : writeKind(write, container);
  });
  const isOnly = (kind: StateKind): boolean =>
    kinds.every((each) => each === kind || each === 'none');
  // How often a connection is used says when to close it.
  const holdsHandles = writes.some(
    ({ write }) => write.method === 'set' && holdsHandle(write.value),
  );
  const isCounted = !holdsHandles && writes.some(({ write }) => countsByKey(write, state));
  if (isCounted || isSwitch(shared)) return 'data';
  if (isOnly('none') || isLatch(writes.map(({ write }) => write))) return 'none';
  if (METRICS.test(name) && writes.every(({ write }) => isCounting(write, name))) return 'none';
  if (
    isOnly('sequence') &&
    isSequence(
      name,
      writes.map(({ write }) => write),
    )
  )
    return 'sequence';
  if (isOnly('handle') || IN_FLIGHT.test(name) || REGISTRIES.test(name)) return 'handle';
  const isOfCache = CACHES.test(name) || /Cache$/.test(shared.holder ?? '');
  const isReplaced = writes.every(({ write }) => write.how === 'assign' && write.self !== true);
  if (isOnly('cache') || (isOfCache && (container !== 'array' || isReplaced))) return 'cache';
  return 'data';
}

/** `let page = args.page ?? 1` in a function: a value that each call begins with, for whoever called. */
function isOfOneCall({ owner, classId, initial }: StateFact): boolean {
  const container = containerOf(initial);
  return (
    owner !== 0 &&
    classId === undefined &&
    initial !== undefined &&
    (container === 'unset' || container === 'other') &&
    dependsOnCaller(initial)
  );
}

/** What a program is made of, as opposed to what it is told: the same wherever the same code has run. */
const DEFINITIONS =
  /(options|definitions?|configs?|schemas?|settings|metadata|types?|steps?|workflows?|models?|commands?|factor(y|ies)|constructors?|class(es)?)$/i;

/**
 * Definitions that instances leave with their class (`constructor(id, options) { Flow.options[id] = options; }`): a registry of
 * the code, which each process fills by running it.
 */
function isRegistry({ state, writes }: SharedState): boolean {
  return (
    state.isStatic === true &&
    DEFINITIONS.test(state.name) &&
    writes.every(
      ({ write: { how, method, key, depth = 0, inConstructor } }) =>
        inConstructor === true &&
        (how === 'mutate'
          ? method === 'set'
          : how === 'member' && key !== undefined && depth === 1),
    )
  );
}

/** `counter = counter >= MAX ? 1 : counter + 1`, by a name that says what the numbers are for. */
function isNextNumber({ how, self, key, depth = 0 }: WriteFact, { state }: SharedState): boolean {
  return (
    (how === 'assign' || (how === 'member' && key === undefined)) &&
    self === true &&
    depth === 0 &&
    state.initial?.kind === 'literal' &&
    typeof state.initial.value === 'number' &&
    isSequence(state.name, [])
  );
}

/**
 * `client = createClient({ token: options.token })` on the way of each request, for other functions to use: whose credentials a
 * request works with depends on which one came last.
 */
function isForCaller(
  { how, depth = 0, value, guarded, fn }: WriteFact,
  { state }: SharedState,
): boolean {
  return (
    how === 'assign' &&
    depth === 0 &&
    guarded !== true &&
    value?.kind === 'call' &&
    value.args.some((arg) => arg.kind === 'object' && dependsOnCaller(arg)) &&
    CLIENT_MAKER.test(canonicalName(value.callee) ?? calledName(value.callee)) &&
    state.reads.some((read) => read.fn !== fn)
  );
}

const CLIENT_MAKER =
  /(^|\.)(create\w*(Client|Api|Sdk|Instance|Service)|\w*(Client|Api|API|Sdk|SDK))$/;

const QUEUES = /queue|jobs?$|tasks?$|backlog|outbox|pending|work(items?|list)?$|^to[A-Z]\w+$/i;

/** An array that requests add to at one end, by a name that says what for, and that something takes from at the other. */
export function isWaitingLine({ state, writes, others }: SharedState): boolean {
  const isTaken = [...writes.map(({ write }) => write), ...others].some(
    ({ how, method = '', used }) =>
      how === 'mutate' &&
      (/^splice$/.test(method) || (/^(shift|pop)$/.test(method) && used === true)),
  );
  return (
    isTaken &&
    QUEUES.test(state.name) &&
    containerOf(state.initial) === 'array' &&
    writes.some(({ write }) => write.method === 'push' || write.method === 'unshift')
  );
}

/** `finally { running.set(key, count - 1) }`: it says what this process is at, which ends with it. */
function isGivenBack({ inFinally, how, method, self }: WriteFact): boolean {
  return (
    inFinally === true &&
    (how === 'update' || how === 'delete' || method === 'delete' || self === true)
  );
}

/** How often an entry was used says which to drop from a cache; other numbers of an entry decide about who it is for. */
const USES = /^(hits?|uses?|used\w*|access\w*|reads?|miss(es)?|freq\w*|refs?\w*|last\w*)$/i;

/** `entry.count++` of the entry that was found for a caller: limits, strikes, what is left. */
function countsByKey({ ofEntry, how, key, target }: WriteFact, state: StateFact): boolean {
  return (
    ofEntry === true &&
    how === 'update' &&
    key !== undefined &&
    containerOf(state.initial) !== 'weak' &&
    containerOf(state.initial) !== 'unset' &&
    (!METRICS.test(state.name) || isOfCaller(key, state.name)) &&
    !USES.test(lastName(target) ?? '')
  );
}

type Container = 'array' | 'keyed' | 'weak' | 'object' | 'other' | 'unset';

function containerOf(initial: Value | undefined): Container {
  if (!initial) return 'unset';
  // `global.sessions ??= new Map()`, `options.store || {}`: what is made where nothing is there yet.
  if (initial.kind === 'either' && initial.operator !== '?:')
    return containerOf(initial.options.at(-1));
  if (initial.kind === 'array') return 'array';
  if (initial.kind === 'object') return 'object';
  if (initial.kind === 'literal') return 'unset';
  // Records that come with the code: `require('./users.json')`.
  if (initial.kind === 'import' && initial.specifier.endsWith('.json')) return 'array';
  if (initial.kind !== 'call') return 'other';
  const name = canonicalName(initial.callee) ?? '';
  if (/^Weak(Map|Set|Ref)$/.test(name)) return 'weak';
  if (/^(Map|Set)$/.test(name)) return 'keyed';
  if (name === 'Object.create') return 'object';
  return /^(Array|Array\.from|Object\.\w+|JSON\.parse)$/.test(name) ? 'array' : 'other';
}

function writeKind(write: WriteFact, container: Container): StateKind {
  const { how, method = '', depth = 0 } = write;
  if (write.ofEntry === true) return changedEntry(write, container);
  switch (how) {
    case 'assign':
      return assigned(write, container);
    case 'update':
      return container === 'other' ? 'none' : depth === 0 && isStep(write) ? 'sequence' : 'data';
    case 'delete':
      return 'none';
    case 'member': {
      if (container === 'other') return 'none';
      const isKeyed = write.key !== undefined && write.key.kind !== 'literal';
      if (isKeyed && depth === 1) return stored(write);
      return depth > 1 ? 'data' : assigned(write, container);
    }
    case 'mutate': {
      if (depth > 0)
        return container === 'other' || container === 'unset' ? 'none' : mutated(write);
      const fits =
        (container === 'array' && ARRAY_METHODS.test(method)) ||
        (container === 'keyed' && KEYED_METHODS.test(method)) ||
        (container === 'object' && method === 'assign');
      return fits ? mutated(write) : 'none';
    }
  }
}

/** A change of what is stored under a key, other than a count: see {@link countsByKey}. */
function changedEntry(write: WriteFact, container: Container): StateKind {
  const { how, method = '', value } = write;
  if (container === 'other' || container === 'unset' || how === 'update') return 'none';
  // What else has an `add` or a `set` may be a client or a queue.
  if (how === 'mutate') return ARRAY_METHODS.test(method) ? mutated(write) : 'none';
  if (!value || holdsHandle(value) || isClock(value)) return 'none';
  return value.kind === 'parameter' || value.kind === 'member'
    ? dependsOnCaller(value)
      ? 'data'
      : 'none'
    : 'none';
}

function mutated(write: WriteFact): StateKind {
  const { method = '', value } = write;
  // Taking out alone leaves nothing to share; sorting changes nothing that counts.
  if (/^(delete|clear|pop|shift|sort|reverse)$/.test(method)) return 'none';
  if (method === 'set') return stored(write);
  return holdsHandle(value) ? 'handle' : 'data';
}

/** What is stored under a key: a result that is worked out where it is missing is a cache, a record is data. */
function stored({ value, guarded, self, key }: WriteFact): StateKind {
  if (!value) return 'data';
  if (holdsHandle(value)) return 'handle';
  // What is loaded from the code tree is the same in every process.
  if (value.kind === 'call' && canonicalName(value.callee) === 'require') return 'none';
  // What is made out of what was there goes on with it: recent times, a sum.
  if (guarded !== true || self === true || isRecord(value)) return 'data';
  // When somebody did something last, or may do it again.
  return isClock(value) && key && dependsOnCaller(key) ? 'data' : 'none';
}

/** What the caller brought, or a first state that later writes build on: `{ count: 0 }`, `new Set()`. */
function isRecord(value: Value): boolean {
  if (value.kind === 'literal' || value.kind === 'parameter' || isEmpty(value)) return true;
  if (value.kind !== 'object' && value.kind !== 'array') return false;
  const parts =
    value.kind === 'array' ? value.items : value.properties.map((property) => property.value);
  return (
    parts.some(isBrought) ||
    parts.every((part) => part.kind === 'literal' || isClock(part) || isRecord(part))
  );
}

/** Given by the caller as it is, or in a text: what is worked out from it is none of what the caller brought. */
function isBrought(value: Value): boolean {
  if (value.kind === 'call')
    return value.callee.kind === 'member' && isBrought(value.callee.object);
  if (value.kind === 'member') return isBrought(value.object);
  if (
    value.kind === 'template' ||
    value.kind === 'either' ||
    value.kind === 'array' ||
    value.kind === 'object'
  )
    return childrenOf(value).some(isBrought);
  return dependsOnCaller(value);
}

/** `Date.now()`, `new Date()`, and what is reckoned from it: `Date.now() + 60_000`. */
function isClock(value: Value): boolean {
  if (value.kind === 'template') return value.parts.some(isClock);
  return value.kind === 'call' && /^Date(\.now)?$/.test(canonicalName(value.callee) ?? '');
}

/** `new Map()`, `new Set()`: an empty record. */
function isEmpty(value: Value): boolean {
  return value.kind === 'call' && /^(keyed|array|object)$/.test(containerOf(value));
}

/** A variable that gets another value: data where a request decides the value, else something that is refreshed. */
function assigned({ value, guarded, self }: WriteFact, container: Container): StateKind {
  if (guarded === true || !value || container === 'other') return 'none';
  if (self === true) return 'data';
  switch (value.kind) {
    case 'literal':
      return value.value === null || value.value === undefined || container === 'object'
        ? 'none'
        : 'data';
    case 'function':
    case 'import':
    case 'global':
    case 'env':
      return 'none';
    case 'array':
    case 'object':
      return isFilled(value) && dependsOnCaller(value) ? 'data' : 'none';
    case 'parameter':
    case 'member':
      return HANDLES.test(calledName(value)) ? 'handle' : dependsOnCaller(value) ? 'data' : 'none';
    case 'call':
      if (value.isNew || CONNECTING.test(canonicalName(value.callee) ?? calledName(value.callee)))
        return 'none';
      if (comesFromClient(value.callee)) return 'none';
      return dependsOnCaller(value) ? 'data' : 'cache';
    default:
      return dependsOnCaller(value) ? 'data' : 'cache';
  }
}

/** `new MongoClient(url).db`: a part of a client that a library makes is a handle like the client itself. */
function comesFromClient(callee: Value): boolean {
  if (callee.kind !== 'member') return false;
  const { object } = callee;
  return (
    (object.kind === 'call' && object.isNew && object.callee.kind === 'import') ||
    comesFromClient(object)
  );
}

function isFilled(value: Value): boolean {
  return value.kind === 'array'
    ? value.items.length > 0
    : value.kind !== 'object' || value.properties.length + value.spreads.length > 0;
}

/** Only ever set to the same literal: something was done, once. */
function isLatch(writes: readonly WriteFact[]): boolean {
  const values = new Set(
    writes.map(({ how, value, depth }) =>
      how === 'assign' && depth === 0 && value?.kind === 'literal'
        ? String(value.value)
        : undefined,
    ),
  );
  return values.size === 1 && !values.has(undefined);
}

/** Numbers by a name that says so, or a counter that is only asked for its next value. */
function isSequence(name: string, writes: readonly WriteFact[]): boolean {
  return (
    SEQUENCES.test(name) ||
    NAMING.test(name) ||
    (/^count(er)?$/i.test(name) && writes.length > 0 && writes.every(({ used }) => used === true))
  );
}

/** One number per client is more than a metric: limits are made of it. */
function isCounting({ how, self, value, key }: WriteFact, name: string): boolean {
  if (key && isOfCaller(key, name)) return false;
  return how === 'update' || self === true || value?.kind === 'literal';
}

function isOfCaller(key: Value, name: string): boolean {
  return dependsOnCaller(key) && /^hits|requests?/i.test(name);
}

/** `n++`, `n += 1`. */
function isStep({ value }: WriteFact): boolean {
  return value === undefined || (value.kind === 'literal' && value.value === 1);
}

function holdsHandle(value: Value | undefined): boolean {
  switch (value?.kind) {
    case 'parameter':
      return HANDLES.test(value.name);
    case 'member':
    case 'unknown':
      return HANDLES.test(calledName(value));
    case 'typed':
      return /(Socket|Response|Stream|Duplex|Connection)$/.test(lastName(value.type) ?? '');
    case 'object':
      return value.properties.some((property) => holdsHandle(property.value));
    case 'call':
      return value.isNew && value.callee.kind === 'import'
        ? /^[^.~#/]/.test(value.callee.specifier)
        : /^(setTimeout|setInterval|AbortController|Promise)$/.test(
            canonicalName(value.callee) ?? '',
          );
    default:
      return false;
  }
}

/** Does a value come, in part, from what the function was called with? */
function dependsOnCaller(value: Value): boolean {
  return someValue(
    value,
    (part) =>
      part.kind === 'parameter' ||
      (part.kind === 'typed' && REQUEST_TYPE.test(lastName(part.type) ?? '')),
  );
}

/** Types of what frameworks call handlers with. */
const REQUEST_TYPE =
  /(Request|Interaction)$|^(Context|APIContext|RequestEvent|H3Event|IncomingMessage|Socket|Message)$/;
