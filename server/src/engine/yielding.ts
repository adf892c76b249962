import { SEVERITIES } from '../base/severity';
import type { Finding } from './finding';
import type { Rule } from './rule';

/**
 * Of two rules that say the same of one text, leaves the one that the other yields to (`yieldsTo`). Only what is really said counts,
 * so this comes after severities and suppressions.
 * @param findings of one file
 */
export function withoutYielding(
  findings: readonly Finding[],
  rules: readonly Pick<Rule, 'id' | 'yieldsTo'>[],
): readonly Finding[] {
  const pairs = new Map(rules.flatMap(({ id, yieldsTo }) => (yieldsTo ? [[id, yieldsTo]] : [])));
  if (findings.length < 2 || !findings.some(({ ruleId }) => pairs.has(ruleId))) return findings;
  const yields = (one: Finding, other: Finding): boolean => {
    const way = pairs.get(one.ruleId)?.[other.ruleId];
    if (way !== undefined) return way === 'always' || gravity(one) >= gravity(other);
    return (
      pairs.get(other.ruleId)?.[one.ruleId] === 'unless graver' && gravity(other) < gravity(one)
    );
  };
  return findings.filter(
    (one) => !findings.some((other) => overlap(one.span, other.span) && yields(one, other)),
  );
}

/** The lower, the graver. */
function gravity({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}

function overlap(a: Finding['span'], b: Finding['span']): boolean {
  return a.start < b.end && b.start < a.end;
}
