import type { FileKind } from '../base/file-kinds';
import type { FileReport } from './analyzer';
import type { Finding, NotAnalysed } from './finding';
import { changedFinding } from './lazy-fixes';
import type { Rule } from './rule';
import type { AnalysisSettings } from './settings';
import { effectiveSeverity } from './severity';
import { applySuppressions } from './suppressions';

export interface ReportInput {
  readonly path: string;
  readonly kind: FileKind | undefined;
  readonly text: string;
  /** Before settings and suppressions. */
  readonly findings: readonly Finding[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly settings: AnalysisSettings;
  readonly rules: readonly Rule[];
}

/** Turns what rules said about a file into what users see: severities set, suppressions applied, sorted, keyed. */
export function buildReport(input: ReportInput): FileReport {
  const { path, text, settings, notAnalysed } = input;
  const wanted = input.findings.flatMap((finding) => {
    const own =
      input.rules.find((rule) => rule.id === finding.ruleId)?.severity ?? finding.severity;
    const severity = effectiveSeverity(finding, settings, own);
    return severity === 'off'
      ? []
      : [severity === finding.severity ? finding : changedFinding(finding, { severity })];
  });
  const { findings, unused } = applySuppressions(
    path,
    input.kind,
    text,
    wanted,
    settings,
    input.rules,
  );
  const all = [...findings, ...unused].sort(
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
  let hash = fnv1a(text, 0x811c9dc5);
  for (const finding of findings) {
    const related = finding.related
      .map(({ path, span, message }) => `${path}:${span.start}:${message}`)
      .join();
    hash = fnv1a(
      `${finding.ruleId}|${finding.severity}|${finding.span.start}|${finding.span.end}|${finding.message}|${related}\n`,
      hash,
    );
  }
  for (const { reason } of notAnalysed) hash = fnv1a(`!${reason}\n`, hash);
  return `${text.length.toString(36)}-${findings.length}-${(hash >>> 0).toString(36)}`;
}

function fnv1a(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
