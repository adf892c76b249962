import type { FileKind } from '../base/file-kinds';
import { fnv1a } from '../base/hash';
import type { ProjectModel } from '../project/model';
import type { FileReport } from './analyzer';
import { settingsAt } from './config/folder-config';
import type { Finding, NotAnalysed, SuppressedFinding } from './finding';
import { changedFinding } from './edits/lazy-fixes';
import type { Rule } from './rule';
import type { AnalysisSettings } from './settings';
import { effectiveSeverity } from './severity';
import { withoutOverlap } from './overlap/overlaps';
import { applySuppressions } from './suppressions/suppressions';
import { withoutYielding } from './yielding';

/** A file whose findings are to be settled. */
export interface SettledFile {
  readonly path: string;
  readonly kind: FileKind | undefined;
  readonly text: string;
}

/** The findings and complaints of a file, before facts that it shares with other files are folded. */
export interface Settled {
  /** Neither suppressed nor said by another rule. */
  readonly findings: readonly Finding[];
  /** What is wrong with the suppression comments. */
  readonly complaints: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
}

/**
 * Sets the severities that the user sees, and leaves out what is off.
 * @param model where it may be said what other tools report as well
 */
export function withSeverities(
  findings: readonly Finding[],
  settings: AnalysisSettings,
  rules: readonly Rule[],
  model?: ProjectModel,
): readonly Finding[] {
  return findings.flatMap((finding) => {
    const own = rules.find((rule) => rule.id === finding.ruleId)?.severity ?? finding.severity;
    const here = settingsAt(settings, finding.path);
    const severity = effectiveSeverity(finding, here, own);
    if (severity === 'off') return [];
    const said = severity === finding.severity ? finding : changedFinding(finding, { severity });
    return [here.overlap === 'hint' ? withoutOverlap(said, model) : said];
  });
}

/**
 * Applies suppressions, and then lets rules yield to others: one that is off or suppressed says nothing in their place.
 * @param findings of the file, with the severities that the user sees; those that are left are the same objects
 */
export function settle(
  { path, kind, text }: SettledFile,
  findings: readonly Finding[],
  settings: AnalysisSettings,
  rules: readonly Rule[],
): Settled {
  const here = settingsAt(settings, path);
  const left = applySuppressions(path, kind, text, findings, here, rules);
  const { unused: complaints, suppressed } = left;
  return { findings: withoutYielding(left.findings, rules), complaints, suppressed };
}

/** Turns what is left to say of a file into what users see: sorted and keyed. */
export function buildReport(
  { path, text }: SettledFile,
  findings: readonly Finding[],
  notAnalysed: readonly NotAnalysed[],
): FileReport {
  const all = [...findings].sort(
    (a, b) =>
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0),
  );
  let key: string | undefined;
  return {
    path,
    findings: all,
    notAnalysed,
    // A scan compares with nothing.
    get key() {
      return (key ??= reportKey(text, all, notAnalysed));
    },
  };
}

/** Everything a client is sent of the report, as one short string; it asks for fixes one by one. */
function reportKey(
  text: string,
  findings: readonly Finding[],
  notAnalysed: readonly NotAnalysed[],
): string {
  let hash = fnv1a(text);
  for (const finding of findings) {
    const related = finding.related
      .map(({ path, span, message }) => `${path}:${span.start}-${span.end}:${message}`)
      .join();
    hash = fnv1a(
      `${finding.ruleId}|${finding.severity}|${finding.span.start}|${finding.span.end}|${finding.message}|${related}\n`,
      hash,
    );
  }
  for (const { reason } of notAnalysed) hash = fnv1a(`!${reason}\n`, hash);
  return `${text.length.toString(36)}-${findings.length}-${(hash >>> 0).toString(36)}`;
}
