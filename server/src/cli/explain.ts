import { FACTOR_INFOS } from '../base/factors';
import { ruleUrl } from '../base/rule-url';
import type { Rule } from '../engine/rule';
import { unknownRule } from './option-values';
import type { Terminal } from './terminal';
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
 * @throws UsageError when there is no such rule, or its page did not come with the program
 */
export async function explainRule(
  id: string,
  rules: readonly Rule[],
  { shipped }: Terminal,
): Promise<string> {
  const unknown = unknownRule([id], rules);
  if (unknown !== undefined) throw new UsageError(unknown);
  const page = await shipped(`docs/rules/${id}.md`);
  if (page === undefined) throw new UsageError(`The page of ${id} is missing; see ${ruleUrl(id)}`);
  return page;
}
