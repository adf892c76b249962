import type { FileKind } from '../../base/file-kinds';
import { directivesOf } from './directives';
import type { Finding } from '../finding';
import type { AnalysisSettings } from '../settings';
import { Complaints, type KnownRule } from './suppression-complaints';
import { regionsOf, type Region } from './suppression-regions';

export {
  isAboutSuppressions,
  SUPPRESSION_REASON,
  UNUSED_SUPPRESSION,
} from './suppression-complaints';

export interface Suppressed {
  /** Those that no comment suppresses. */
  readonly findings: readonly Finding[];
  /** What is wrong with the comments: unused, naming unknown rules, without a reason; as the settings want it. */
  readonly unused: readonly Finding[];
}

/**
 * Applies the suppression comments of a file.
 * @param findings of this file
 * @param rules every rule, to tell unknown names and rules that are off
 * @throws Error for source files before the TypeScript parser is loaded
 */
export function applySuppressions(
  path: string,
  kind: FileKind | undefined,
  text: string,
  findings: readonly Finding[],
  settings: AnalysisSettings,
  rules: readonly KnownRule[],
): Suppressed {
  const directives = directivesOf(path, kind, text);
  if (directives.length === 0) return { findings, unused: [] };
  const { regions, idleEnables, partners } = regionsOf(text, directives);
  const left = findings.filter((finding) => !isSuppressed(finding, regions));
  const complaints = new Complaints(path, text, settings, rules);
  for (const directive of directives) {
    const own = regions.filter((region) => region.directive === directive);
    const partner = partners.get(directive);
    if (directive.kind === 'enable') {
      if (idleEnables.has(directive)) complaints.idleEnable(directive);
    } else {
      complaints.unknownNames(directive);
      complaints.unused(directive, own, partner ? [partner] : []);
      complaints.missingReason(directive);
    }
  }
  return { findings: left, unused: complaints.findings };
}

function isSuppressed(finding: Finding, regions: readonly Region[]): boolean {
  let suppressed = false;
  for (const region of regions) {
    const { start } = finding.span;
    if (start < region.start || start >= region.end) continue;
    if (region.rule !== undefined && region.rule !== finding.ruleId) continue;
    const exception = region.except.get(finding.ruleId);
    if (exception !== undefined && start >= exception) continue;
    region.used = true;
    suppressed = true;
  }
  return suppressed;
}
