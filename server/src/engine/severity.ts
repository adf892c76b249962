import { isWeaker, type Severity, type SeveritySetting } from '../base/severity';
import { type Finding } from './finding';
import type { AnalysisSettings } from './settings';

/**
 * The severity that the user sees: what is set for the rule, else for its factor, else the finding's own.
 *
 * A setting takes the place of the rule's own severity. Where a rule reports less than that by choice, because it is less
 * sure, the finding stays at most as severe as the rule made it: setting a rule to `error` does not make errors of its hints.
 * Where it reports more, the setting counts.
 * @param own the rule's own severity
 * @returns `off` for findings to drop
 */
export function effectiveSeverity(
  finding: Finding,
  settings: AnalysisSettings,
  own: Severity,
): SeveritySetting {
  const set = settings.rules[finding.ruleId] ?? settings.factors[finding.factor];
  if (set === undefined || set === 'off') return set ?? finding.severity;
  return isWeaker(finding.severity, own) && isWeaker(finding.severity, set)
    ? finding.severity
    : set;
}
