import type { FileKind } from '../../base/file-kinds';
import { directivesOf } from './directives';
import type { Finding, SuppressedFinding } from '../finding';
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
  /** The others, with the reasons that their comments give. */
  readonly suppressed: readonly SuppressedFinding[];
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
  if (directives.length === 0) return { findings, unused: [], suppressed: [] };
  const { regions, idleEnables, partners } = regionsOf(text, directives);
  const left: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const [region] = suppressing(finding, regions);
    if (region) suppressed.push({ finding, reason: region.directive.reason });
    else left.push(finding);
  }
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
  return { findings: left, unused: complaints.findings, suppressed };
}

/** Marks all regions that suppress the finding as used. */
function suppressing(finding: Finding, regions: readonly Region[]): readonly Region[] {
  const { start } = finding.span;
  const found = regions.filter((region) => {
    if (start < region.start || start >= region.end) return false;
    if (region.rule !== undefined && region.rule !== finding.ruleId) return false;
    const exception = region.except.get(finding.ruleId);
    return exception === undefined || start < exception;
  });
  for (const region of found) region.used = true;
  return found;
}
