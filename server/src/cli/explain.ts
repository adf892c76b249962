import { FACTOR_INFOS } from '../base/factors';
import type { Rule } from '../engine/rule';
import { rulePage } from '../report/rule-page';
import { unknownRule } from './option-values';
import { UsageError } from './usage-error';

/** The rules by factor, one a line. */
export function listRules(rules: readonly Rule[]): string {
  const width = Math.max(0, ...rules.map(({ id }) => id.length));
  const blocks = FACTOR_INFOS.flatMap(({ factor, numeral, title }) => {
    const own = rules.filter((rule) => rule.factor === factor);
    if (own.length === 0) return [];
    const lines = own.map(({ id, summary }) => `  ${id.padEnd(width)}  ${summary}\n`);
    return [`${numeral}. ${title}\n${lines.join('')}`];
  });
  return blocks.join('\n');
}

/**
 * A rule's documentation page.
 * @throws UsageError when there is no such rule
 */
export function explainRule(id: string, rules: readonly Rule[]): string {
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) throw new UsageError(unknownRule([id], rules) ?? id);
  return rulePage(rule);
}
