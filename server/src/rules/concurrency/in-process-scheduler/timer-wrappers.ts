import { query } from '../../../project/query';
import type { Value } from '../../../base/value';
import { lastName } from '../../../base/value-names';
import type { CallFact, SourceFacts } from '../../../project/facts/facts';
import { isInFunction } from '../../../project/facts/function-nesting';
import type { ProjectModel } from '../../../project/model';
import { calledFunctions } from '../../../project/requests/called-functions';
import { isInterval } from './intervals';

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

const repeaters = query('modules', (model): Repeaters => {
  const byPlace = new Map<string, Repeater>();
  const names = new Set<string>();
  for (const [path, facts] of model.facts)
    for (const call of facts.calls) {
      if (!isInterval(call)) continue;
      const found = repeaterAround(call, facts);
      const name = found && facts.functions[found.fn]?.name;
      if (!found || name === undefined) continue;
      byPlace.set(`${path}#${found.fn}`, { index: found.index });
      names.add(name);
    }
  return { byPlace, names };
});

/** The innermost function with a name around a timer, where the timer calls one of its parameters. */
function repeaterAround(
  call: CallFact,
  facts: SourceFacts,
): { readonly fn: number; readonly index: number } | undefined {
  const [handler] = call.args;
  if (!handler) return undefined;
  let fn = call.fn;
  while (fn > 0 && facts.functions[fn]?.name === undefined) fn = facts.functions[fn]?.parent ?? 0;
  const parameters = facts.functions[fn]?.parameters ?? [];
  const called = calledIn(handler, facts);
  const index = parameters.findIndex((name) => name !== '' && called.has(name));
  return fn > 0 && index >= 0 ? { fn, index } : undefined;
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
