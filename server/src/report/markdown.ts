import { FACTOR_INFOS } from '../base/factors';
import { SEVERITIES } from '../base/severity';
import type { Finding } from '../engine/finding';
import { markdownCode, markdownMessage } from './escape';
import { groupByPackage, packagePath } from './packages';
import { rangesByPath } from './positions';
import { alsoAt, countBySeverity, counted, severityCount, type ReportInput } from './report';

/**
 * The report as Markdown, for job summaries and pull request comments: one table by factor, one of the findings.
 * @returns text that ends with a line break
 */
export function formatMarkdown(input: ReportInput): string {
  const { findings, notAnalysed } = input;
  const sections = ['## Twelve-Factor', summaryLine(input)];
  if (findings.length > 0)
    sections.push(factorTable(findings), ...packageTable(input), findingTable(input));
  if (notAnalysed.length > 0) {
    const lines = notAnalysed.map(
      ({ path, reason }) => `- ${markdownCode(path)}: ${markdownMessage(reason)}`,
    );
    sections.push('### Not analysed', lines.join('\n'));
  }
  return `${sections.join('\n\n')}\n`;
}

function summaryLine({ findings, fileCount, baseline }: ReportInput): string {
  const files = `${counted(fileCount, 'file')} analysed`;
  const kind = baseline ? 'new finding' : 'finding';
  const gone = baseline?.gone.length ?? 0;
  const end = gone > 0 ? ` ${counted(gone, 'accepted finding')} gone.` : '';
  return findings.length === 0
    ? `No ${kind}s; ${files}.${end}`
    : `${counted(findings.length, kind)}; ${files}.${end}`;
}

function factorTable(findings: readonly Finding[]): string {
  const rows = FACTOR_INFOS.flatMap(({ factor, numeral, title, url }) => {
    const cell = severityList(findings.filter((finding) => finding.factor === factor));
    return cell === '' ? [] : [`| [${numeral}. ${title}](${url}) | ${cell} |`];
  });
  return ['| Factor | Findings |', '| --- | --- |', ...rows].join('\n');
}

/** Where there are several packages. */
function packageTable({ findings, packages }: ReportInput): string[] {
  if (packages.length < 2) return [];
  const rows = groupByPackage(findings, packages).map(
    ({ at, findings: own }) => `| ${markdownCode(packagePath(at))} | ${severityList(own)} |`,
  );
  return [['| Package | Findings |', '| --- | --- |', ...rows].join('\n')];
}

function severityList(findings: readonly Finding[]): string {
  const counts = countBySeverity(findings);
  return SEVERITIES.filter((severity) => counts[severity] > 0)
    .map((severity) => severityCount(counts[severity], severity))
    .join(', ');
}

function findingTable(input: ReportInput): string {
  const range = rangesByPath((path) => input.text(path));
  const rows = input.findings.map((finding) => {
    const { line } = range(finding.path, finding.span).start;
    const place = markdownCode(`${finding.path}:${line}`);
    const also = alsoAt(finding, (path, span) => range(path, span).start.line, markdownCode);
    const message = markdownMessage(finding.message) + (also === '' ? '' : ` (${also})`);
    return `| ${place} | ${finding.severity} | ${message} | ${markdownCode(finding.ruleId)} |`;
  });
  return ['| Place | Severity | Finding | Rule |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
