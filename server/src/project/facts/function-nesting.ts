import type { SourceFacts } from './facts';

/** Is a function of a file the other one, or somewhere in it? By their indexes in `SourceFacts.functions`; 0 is the module itself. */
export function isInFunction(
  inner: number,
  outer: number,
  facts: SourceFacts | undefined,
): boolean {
  let at = inner;
  while (at > 0 && at !== outer) at = facts?.functions[at]?.parent ?? 0;
  return at === outer;
}
