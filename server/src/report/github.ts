import type { Severity } from '../base/severity';
import type { Finding } from '../engine/finding';
import { githubMessage, githubProperty } from './escape';
import { rangesByPath } from './positions';
import { alsoAt, type ReportInput } from './report';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/**
 * The report as GitHub Actions workflow commands, one a line, which GitHub shows as annotations in a pull request.
 * @param prefix what to put before paths so that they are relative to the repository, `` or ending with `/`
 */
export function formatGithub(input: ReportInput, prefix: string): string {
  const range = rangesByPath((path) => input.text(path));
  const line = (finding: Finding): string => {
    const { start, end } = range(finding.path, finding.span);
    // GitHub refuses columns when the annotation covers several lines.
    const columns =
      start.line === end.line ? { col: start.column, endColumn: end.column } : undefined;
    const also = alsoAt(
      finding,
      (path, span) => range(path, span).start.line,
      (place) => prefix + place,
    );
    const message = also === '' ? finding.message : `${finding.message} (${also})`;
    return command(COMMANDS[finding.severity], message, {
      file: prefix + finding.path,
      line: start.line,
      endLine: end.line,
      ...columns,
      title: finding.ruleId,
    });
  };
  const lines = [
    ...input.findings.map(line),
    ...input.notAnalysed.map(({ path, reason }) =>
      command('warning', reason, { file: prefix + path, title: 'Not analysed' }),
    ),
  ];
  return lines.map((text) => `${text}\n`).join('');
}

function command(
  name: string,
  message: string,
  properties: Readonly<Record<string, string | number>>,
): string {
  const list = Object.entries(properties)
    .map(([key, value]) => `${key}=${githubProperty(String(value))}`)
    .join(',');
  return `::${name} ${list}::${githubMessage(message)}`;
}
