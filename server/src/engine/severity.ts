import type { Finding, SeveritySetting } from './finding';
import type { AnalysisSettings } from './settings';

/** Interim: replaced by the language-server work. */
export function effectiveSeverity(finding: Finding, settings: AnalysisSettings): SeveritySetting {
  return settings.rules[finding.ruleId] ?? settings.factors[finding.factor] ?? finding.severity;
}
