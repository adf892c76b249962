import { query } from '../../../project/query';
import type { Value } from '../../../base/value';
import { lastName } from '../../../base/value-names';
import type { CallFact, SourceFacts } from '../../../project/facts/facts';
import { isInFunction } from '../../../project/facts/function-nesting';
import type { ProjectModel } from '../../../project/model';
import { calledFunctions } from '../../../project/requests/called-functions';
import { globalName, isInterval, isOneMoreTry } from './intervals';

/** A function of the project that repeats what it is given: `schedule(job, ms)`. */
interface Repeater {
  /** Which argument is called again and again. */
  readonly index: number;
}

interface Repeaters {
  readonly byPlace: ReadonlyMap<string, Repeater>;
  /** Their names, as a cheap look at other calls. */
  readonly names: ReadonlySet<string>;
}

/** What a call hands to a function that repeats it by a timer; undefined for all other calls. */
export function repeatedArgument(
  call: CallFact,
  path: string,
  model: ProjectModel,
): Value | undefined {
  const { byPlace, names } = repeaters(model);
  if (!names.has(lastName(call.callee) ?? '')) return undefined;
  for (const target of calledFunctions(call.callee, path, model)) {
    const found = byPlace.get(`${target.path}#${target.fn}`);
    if (found) return call.args[found.index];
  }
  return undefined;
}

/** How many functions may hand a job on, one to the next. */
const MAX_LEVELS = 4;

const repeaters = query('modules', (model): Repeaters => {
  const byPlace = new Map<string, Repeater>();
  const names = new Set<string>();
  const add = (path: string, facts: SourceFacts, call: CallFact, handler: Value): boolean => {
    const found = repeaterAround(call, handler, facts);
    const name = found && facts.functions[found.fn]?.name;
    const key = `${path}#${found?.fn}`;
    if (!found || name === undefined || byPlace.has(key)) return false;
    byPlace.set(key, { index: found.index });
    names.add(name);
    return true;
  };
  for (const [path, facts] of model.facts)
    for (const call of facts.calls) {
      const [handler] = call.args;
      if (handler && (isInterval(call) || isSetAgain(call, facts))) add(path, facts, call, handler);
    }
  // `schedule(name, job)` that calls `repeat(() => job(), ms)` repeats its job as well.
  let isGrowing = byPlace.size > 0;
  for (let level = 0; isGrowing && level < MAX_LEVELS; level++) {
    isGrowing = false;
    for (const [path, facts] of model.facts)
      for (const call of facts.calls) {
        if (!names.has(lastName(call.callee) ?? '') && call.callee.kind !== 'function') continue;
        if (!call.args.some((arg) => arg.kind === 'parameter' || arg.kind === 'function')) continue;
        const handler = handedOn(call, path, model, byPlace);
        if (handler && add(path, facts, call, handler)) isGrowing = true;
      }
  }
  return { byPlace, names };
});

function handedOn(
  call: CallFact,
  path: string,
  model: ProjectModel,
  known: ReadonlyMap<string, Repeater>,
): Value | undefined {
  for (const { path: at, fn } of calledFunctions(call.callee, path, model)) {
    const found = known.get(`${at}#${fn}`);
    if (found) return call.args[found.index];
  }
  return undefined;
}

/** `const tick = async () => { await job(); setTimeout(tick, ms); }` */
function isSetAgain(call: CallFact, facts: SourceFacts): boolean {
  const {
    callee,
    args: [handler],
    fn,
  } = call;
  return (
    globalName(callee) === 'setTimeout' &&
    handler?.kind === 'function' &&
    !handler.isClass &&
    isInFunction(fn, handler.id, facts) &&
    !isOneMoreTry(call, facts)
  );
}

/** The innermost function around a timer that has a parameter which the timer calls. */
function repeaterAround(
  call: CallFact,
  handler: Value,
  facts: SourceFacts,
): { readonly fn: number; readonly index: number } | undefined {
  const called = calledIn(handler, facts);
  for (let fn = call.fn; fn > 0; fn = facts.functions[fn]?.parent ?? 0) {
    const { name, parameters = [] } = facts.functions[fn] ?? {};
    const index = parameters.findIndex((each) => each !== '' && called.has(each));
    if (name !== undefined && index >= 0) return { fn, index };
  }
  return undefined;
}

/** The names of the parameters that a handler is, or calls in turn. */
function calledIn(handler: Value, facts: SourceFacts): ReadonlySet<string> {
  if (handler.kind === 'parameter') return new Set([handler.name]);
  if (handler.kind !== 'function' || handler.isClass) return new Set();
  return new Set(
    facts.calls.flatMap(({ callee, fn }) =>
      callee.kind === 'parameter' && isInFunction(fn, handler.id, facts) ? [callee.name] : [],
    ),
  );
}
