import type {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
} from 'vscode-languageserver';
import { ruleUrl } from '../base/rule-url';
import type { Severity } from '../base/severity';
import type { Span } from '../base/span';
import type { FileReport } from '../engine/analyzer';
import type { Finding } from '../engine/finding';
import { NOT_ANALYSED } from '../engine/notices';
import { UNUSED_SUPPRESSION } from '../engine/suppressions/suppressions';
import { oneLine } from '../report/escape';
import type { ToRange } from './ranges';

/** What editors show in front of the rule id; other tools key on it. */
export const DIAGNOSTIC_SOURCE = 'twelve-factor';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: 1,
  warning: 2,
  information: 3,
  hint: 4,
};
const UNNECESSARY: DiagnosticTag = 1;

/** Where places in other files are, and what is told of rules. */
export interface Places {
  /** Addresses of pages, with `{page}` in place of a name; undefined where codes lead nowhere. */
  readonly rulePages: string | undefined;
  uri(path: string): string;
  /** The range of a span in another file; line 1 when its text is not known. */
  range(path: string, span: Span): ReturnType<ToRange>;
}

/**
 * A file's report as diagnostics, in the report's order.
 * @param toRange of the text the report was made from
 */
export function toDiagnostics(report: FileReport, toRange: ToRange, places: Places): Diagnostic[] {
  const findings = report.findings.map((finding) => toDiagnostic(finding, toRange, places));
  // Visible, never "clean": what was not looked at stands at the top of the file.
  return [
    ...findings,
    ...report.notAnalysed.map(({ reason }) => notAnalysed(reason, places.rulePages)),
  ];
}

/** Says at the top of a file why it, or a rule on it, was not analysed. */
export function notAnalysed(reason: string, pages: string | undefined): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: SEVERITIES.information,
    source: DIAGNOSTIC_SOURCE,
    ...codeOf(NOT_ANALYSED, pages),
    message: `Not analysed: ${oneLine(reason)}.`,
  };
}

/** The code of a diagnostic, which leads to its page if pages have addresses. */
export function codeOf(
  code: string,
  pages: string | undefined,
): Pick<Diagnostic, 'code' | 'codeDescription'> {
  return {
    code,
    ...(pages === undefined ? {} : { codeDescription: { href: ruleUrl(code, pages) } }),
  };
}

/** One finding as a diagnostic. */
export function toDiagnostic(finding: Finding, toRange: ToRange, places: Places): Diagnostic {
  const related = finding.related.map(({ path, span, message }): DiagnosticRelatedInformation => ({
    location: {
      uri: places.uri(path),
      range: path === finding.path ? toRange(span) : places.range(path, span),
    },
    message: oneLine(message),
  }));
  return {
    range: toRange(finding.span),
    severity: SEVERITIES[finding.severity],
    source: DIAGNOSTIC_SOURCE,
    ...codeOf(finding.ruleId, places.rulePages),
    ...(finding.ruleId === UNUSED_SUPPRESSION ? { tags: [UNNECESSARY] } : {}),
    message: oneLine(finding.message),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
  };
}
