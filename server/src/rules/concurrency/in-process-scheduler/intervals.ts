import type { Value } from '../../../base/value';
import type { CallFact, SourceFacts } from '../../../project/facts/facts';

/** `setInterval(…)`, `globalThis.setInterval(…)`. */
export function isInterval({ callee }: Pick<CallFact, 'callee'>): boolean {
  return globalName(callee) === 'setInterval';
}

/** The name of a global function that is called, with or without what holds all globals in front. */
export function globalName(callee: Value): string | undefined {
  if (callee.kind === 'global') return callee.name;
  const isGlobal =
    callee.kind === 'member' &&
    callee.object.kind === 'global' &&
    /^(globalThis|global)$/.test(callee.object.name);
  return isGlobal ? callee.name : undefined;
}

/** One more try after a failure, or a wait for something, rather than work that is done again and again. */
export function isOneMoreTry(call: CallFact, facts: SourceFacts): boolean {
  if (call.context.includes('catch')) return true;
  for (let fn = call.fn; fn > 0; fn = facts.functions[fn]?.parent ?? 0)
    if (TRIES.test(facts.functions[fn]?.name ?? '')) return true;
  return false;
}

const TRIES = /retry|reconnect|^connect|attempt|backoff|^wait|until/i;
