import { SEVERITIES } from '../base/severity';
import type { Finding } from './finding';
import type { Rule } from './rule';

/**
 * Of two rules that say the same of one text (`yieldsTo`), leaves the graver finding; of equal ones, that of the rule which the other
 * yields to. Only what is really said counts, so this comes after severities and suppressions.
 * @param findings of one file
 */
export function withoutYielding(
  findings: readonly Finding[],
  rules: readonly Pick<Rule, 'id' | 'yieldsTo'>[],
): readonly Finding[] {
  const pairs = new Map(rules.flatMap(({ id, yieldsTo }) => (yieldsTo ? [[id, yieldsTo]] : [])));
  const yields = (one: Finding, other: Finding): boolean =>
    pairs.get(one.ruleId)?.includes(other.ruleId) === true;
  if (!findings.some(({ ruleId }) => pairs.has(ruleId))) return findings;
  return findings.filter(
    (one) =>
      !findings.some((other) => {
        const isPair = yields(one, other) || yields(other, one);
        if (!isPair || !overlap(one.span, other.span)) return false;
        const lead = gravity(one) - gravity(other);
        return lead > 0 || (lead === 0 && yields(one, other));
      }),
  );
}

function gravity({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}

function overlap(a: Finding['span'], b: Finding['span']): boolean {
  return a.start < b.end && b.start < a.end;
}
