import type { Value } from '../../../base/value';
import type { CallFact } from '../../../project/facts/facts';

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
