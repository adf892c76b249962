import { groupByPath } from '../../engine/finding';
import { FACTOR_INFOS } from '../../base/factors';
import { ruleUrl } from '../../base/rule-url';
import { SEVERITIES } from '../../base/severity';
import type { Finding } from '../../engine/finding';
import { maskedText } from '../../engine/masked';
import { isAboutSuppressions } from '../../engine/suppressions/suppressions';
import { htmlText } from '../escape';
import { rangesByPath, type Range } from '../positions';
import {
  alsoAt,
  countBySeverity,
  counted,
  marksIn,
  severityCount,
  type RenderOptions,
  type ReportInput,
} from '../report';
import { htmlMessage, htmlPage, htmlPlace, htmlTable } from './page';

/** Longer lines are cut. */
const LONGEST_LINE = 200;

/** The report as a page that stands alone: counts by factor, then findings by file. */
export function formatHtml(
  input: ReportInput,
  options: Pick<RenderOptions, 'secrets' | 'hidden'>,
): string {
  const range = rangesByPath((path) => input.text(path));
  const sections = [...groupByPath(input.findings)].map(([path, findings]) => {
    const text = input.text(path) ?? '';
    const shown =
      options.secrets === 'shown'
        ? text
        : maskedText(path, text, marksIn(input, path), input.rules);
    const lines = shown.split(/\r\n|\r|\n/);
    const items = findings.map((finding) => findingItem(finding, range, lines));
    return `<section>\n<h2><code>${htmlText(path)}</code></h2>\n<ul>\n${items.join('\n')}\n</ul>\n</section>`;
  });
  const missed = input.notAnalysed.map(
    ({ path, reason }) => `<li><code>${htmlText(path)}</code> ${htmlText(reason)}</li>`,
  );
  const parts = [
    `<p>${htmlText(summary(input, options))}</p>`,
    ...(input.findings.length > 0 ? [factorTable(input.findings)] : []),
    ...sections,
    ...(missed.length > 0
      ? [`<section>\n<h2>Not analysed</h2>\n<ul>\n${missed.join('\n')}\n</ul>\n</section>`]
      : []),
  ];
  return htmlPage('Twelve-Factor findings', parts.join('\n'));
}

function summary(
  { findings, fileCount, baseline }: ReportInput,
  { hidden }: Pick<RenderOptions, 'hidden'>,
): string {
  const { hints = 0, accepted = 0 } = hidden ?? {};
  return [
    `${counted(findings.length, baseline ? 'new finding' : 'finding')} in ${counted(fileCount, 'file')}.`,
    ...(accepted > 0 ? [`${counted(accepted, 'accepted finding')} not shown.`] : []),
    ...(baseline && baseline.gone.length > 0
      ? [`${counted(baseline.gone.length, 'accepted finding')} gone.`]
      : []),
    ...(hints > 0 ? [`${counted(hints, 'hint')} not shown.`] : []),
  ].join(' ');
}

function factorTable(findings: readonly Finding[]): string {
  const rows = FACTOR_INFOS.flatMap(({ factor, numeral, title, url }) => {
    const own = findings.filter((finding) => finding.factor === factor);
    if (own.length === 0) return [];
    const counts = countBySeverity(own);
    const said = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
      severityCount(counts[severity], severity),
    );
    return [
      [`<a href="${url}">${htmlText(`${numeral}. ${title}`)}</a>`, htmlText(said.join(', '))],
    ];
  });
  return htmlTable('Findings by factor', ['Factor', 'Findings'], rows);
}

function findingItem(
  finding: Finding,
  rangeIn: (path: string, span: Finding['span']) => Range,
  lines: readonly string[],
): string {
  const { start } = rangeIn(finding.path, finding.span);
  const { ruleId, severity, message } = finding;
  const name = `<code>${htmlText(ruleId)}</code>`;
  const rule = isAboutSuppressions(ruleId) ? name : `<a href="${ruleUrl(ruleId)}">${name}</a>`;
  const line = (lines[start.line - 1] ?? '').slice(0, LONGEST_LINE).trimEnd();
  const also = alsoAt(finding, (path, span) => rangeIn(path, span).start.line);
  const fixes = finding.fixes.map(({ title }) => `<li>Fix: ${htmlMessage(title)}</li>`);
  return [
    `<li><span class="${severity}">${severity}</span> ${htmlMessage(message)} ${rule} ${htmlPlace(finding.path, start.line)}`,
    ...(line.trim() === '' ? [] : [`<pre tabindex="0">${htmlText(line)}</pre>`]),
    ...(also === '' ? [] : [`<p class="dim">${htmlText(also)}</p>`]),
    ...(fixes.length > 0 ? [`<ul>${fixes.join('')}</ul>`] : []),
    '</li>',
  ].join('\n');
}
