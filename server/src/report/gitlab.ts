import type { Severity } from '../base/severity';
import { jsonText, oneLine } from './escape';
import { rangesByPath } from './positions';
import { alsoAt, type ReportInput } from './report';

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: 'critical',
  warning: 'major',
  information: 'minor',
  hint: 'info',
};

/**
 * The report as GitLab takes it for Code Quality.
 * @param prefix what to put before paths so that they are relative to the repository, `` or ending with `/`
 */
export function formatGitlab(input: ReportInput, prefix: string): string {
  const range = rangesByPath((path) => input.text(path));
  const issues = input.findings.map((finding) => {
    const { path, span, message, ruleId, severity, fingerprint = '' } = finding;
    const { start, end } = range(path, span);
    const also = alsoAt(
      finding,
      (at, place) => range(at, place).start.line,
      (place) => prefix + place,
    );
    return {
      type: 'issue',
      description: oneLine(also === '' ? message : `${message} (${also})`),
      check_name: ruleId,
      fingerprint,
      severity: SEVERITIES[severity],
      location: { path: prefix + path, lines: { begin: start.line, end: end.line } },
    };
  });
  return jsonText(issues);
}
