import { groupByPath } from '../engine/finding';
import { codeFrameColumns } from '@babel/code-frame';
import pc from 'picocolors';
import { FACTOR_INFOS } from '../base/factors';
import { ruleUrl } from '../base/rule-url';
import { SEVERITIES, type Severity } from '../base/severity';
import type { Span } from '../base/span';
import type { Finding } from '../engine/finding';
import { SAME_FACT } from '../engine/fold';
import { maskedText } from '../engine/masked';
import { isAboutSuppressions } from '../engine/suppressions/suppressions';
import { oneLine, visible, visiblePath } from './escape';
import { groupByPackage, packagePath } from './packages';
import { rangesByPath, type Range } from './positions';
import {
  countBySeverity,
  counted,
  marksIn,
  relatedPlaces,
  severityCount,
  type RenderOptions,
  type ReportInput,
} from './report';

export type Colors = ReturnType<typeof pc.createColors>;

/** What of {@link RenderOptions} makes a difference here. */
export type TextOptions = Omit<RenderOptions, 'prefix'>;

/** Longer lines are cut in code frames; minified code would flood the terminal. */
const LONGEST_LINE = 200;

/**
 * The report for people: findings by file with code frames, then what was not analysed, then a summary by factor.
 * @returns lines that end with `\n`; the empty string when there is nothing to say
 */
export function formatText(input: ReportInput, options: TextOptions): string {
  const colors = pc.createColors(options.color === 'always');
  const range = rangesByPath((path) => input.text(path));
  const blocks: string[] = [];
  for (const [path, findings] of groupByPath(input.findings)) {
    const text = input.text(path) ?? '';
    const shown =
      options.secrets === 'shown'
        ? text
        : maskedText(path, text, marksIn(input, path), input.rules);
    const lines = shown.split(/\r\n|\r|\n/).map(visible);
    const page = options.link ? rulePage : (ruleId: string) => ruleId;
    const entries = findings.map((finding) => formatFinding(finding, range, lines, colors, page));
    const name = colors.underline(colors.bold(visiblePath(path)));
    const head = options.link ? linked(name, options.link(path)) : name;
    blocks.push(`${head}\n\n${entries.join('\n')}`);
  }
  if (input.notAnalysed.length > 0) blocks.push(formatNotAnalysed(input, colors));
  if (options.parts === 'all') blocks.push(formatSummary(input, options.hidden, colors));
  return blocks.join('\n');
}

function formatFinding(
  finding: Finding,
  rangeIn: (path: string, span: Span) => Range,
  lines: readonly string[],
  colors: Colors,
  page: (ruleId: string) => string,
): string {
  const range = rangeIn(finding.path, finding.span);
  const place = colors.dim(`${range.start.line}:${range.start.column}`);
  const severity = severityColor(finding.severity, colors)(finding.severity);
  const head = `  ${place}  ${severity}  ${oneLine(finding.message)}  ${colors.dim(page(finding.ruleId))}`;
  const frame = codeFrame(lines, range, colors);
  const fixes = finding.fixes.map((fix) => `    ${colors.green('fix')}  ${oneLine(fix.title)}`);
  const related = formatRelated(finding, (path, span) => rangeIn(path, span).start.line, colors);
  return [head, ...(frame ? [frame] : []), ...related, ...fixes].join('\n') + '\n';
}

/** A hyperlink as terminals know them (OSC 8). */
function linked(text: string, address: string): string {
  return `\u001B]8;;${address}\u0007${text}\u001B]8;;\u0007`;
}

function rulePage(ruleId: string): string {
  return isAboutSuppressions(ruleId) ? ruleId : linked(ruleId, ruleUrl(ruleId));
}

/** The first related places, each with what it has to do with the finding unless it is the same. */
function formatRelated(
  finding: Finding,
  line: (path: string, span: Span) => number,
  colors: Colors,
): string[] {
  const { shown, more } = relatedPlaces(finding, line);
  const places = shown.map(({ at, message }) => {
    const what = message === SAME_FACT ? '' : colors.dim(`  ${oneLine(message)}`);
    return `    also at ${visible(at)}${what}`;
  });
  return more > 0 ? [...places, `    and ${more} more`] : places;
}

/** The finding's first line with the marked columns, and a line around it. */
function codeFrame(lines: readonly string[], range: Range, colors: Colors): string {
  const { start } = range;
  if ((lines[start.line - 1] ?? '').length > LONGEST_LINE) return '';
  // Long ranges show their first line only: the frame is there to find the place, not to read the file.
  const end = range.end.line === start.line ? range.end : undefined;
  const shown = lines.slice(0, start.line + 1).map((line) => line.slice(0, LONGEST_LINE));
  const frame = codeFrameColumns(shown.join('\n'), end ? { start, end } : { start }, {
    linesAbove: 1,
    linesBelow: 1,
  });
  return frame
    .split('\n')
    .map((line) => `    ${line.startsWith('>') ? line : colors.dim(line)}`)
    .join('\n');
}

function formatNotAnalysed(input: ReportInput, colors: Colors): string {
  const lines = input.notAnalysed.map(
    ({ path, reason }) => `  ${visiblePath(path)}  ${colors.dim(oneLine(reason))}`,
  );
  return `${colors.underline(colors.bold('Not analysed'))}\n\n${lines.join('\n')}\n`;
}

function formatSummary(
  input: ReportInput,
  hidden: RenderOptions['hidden'],
  colors: Colors,
): string {
  const { findings, notAnalysed } = input;
  const files = `${counted(input.fileCount, 'file')} analysed`;
  const missed =
    notAnalysed.length > 0 ? `, ${counted(notAnalysed.length, 'place')} not analysed` : '';
  const unseen = unseenLines(input, hidden);
  const kind = input.baseline ? 'new finding' : 'finding';
  if (findings.length === 0) {
    const none = colors.green(input.baseline ? 'No new findings' : 'No findings');
    return [`${none}; ${files}${missed}.`, ...unseen, ''].join('\n');
  }
  const width = Math.max(...FACTOR_INFOS.map(({ title }) => title.length));
  const rows = FACTOR_INFOS.flatMap(({ factor, numeral, title }) => {
    const own = findings.filter((finding) => finding.factor === factor);
    if (own.length === 0) return [];
    return [`  ${numeral.padStart(4)}  ${title.padEnd(width)}  ${severities(own, colors)}`];
  });
  const fixable = findings.filter(
    ({ severity, fixes }) => severity !== 'hint' && fixes.some(({ kind }) => kind === 'safe'),
  ).length;
  const last = [
    `${counted(findings.length, kind)} (${severities(findings, colors)}); ${files}${missed}.`,
    ...(fixable > 0
      ? [`${counted(fixable, 'finding')} can be fixed safely with \`twelve-factor fix\`.`]
      : []),
    ...unseen,
  ];
  return [rows, packageRows(input, colors), last]
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** How many findings each package has, where there are several packages. */
function packageRows({ findings, packages }: ReportInput, colors: Colors): string[] {
  const own = groupByPackage(findings, packages);
  if (packages.length < 2) return [];
  const names = own.map(({ at }) => visiblePath(packagePath(at)));
  const width = Math.max(...names.map(({ length }) => length));
  return own.map(
    (each, index) =>
      `  ${(names[index] ?? '').padEnd(width)}  ${severities(each.findings, colors)}`,
  );
}

/** What is not shown, and what became of the baseline. */
function unseenLines({ baseline }: ReportInput, hidden: RenderOptions['hidden']): string[] {
  const { hints = 0, accepted = 0 } = hidden ?? {};
  const gone = baseline?.gone.length ?? 0;
  return [
    ...(accepted > 0 && baseline
      ? [`${counted(accepted, 'finding')} accepted by ${visible(baseline.path)} not shown.`]
      : []),
    ...(gone > 0
      ? [`${counted(gone, 'accepted finding')} gone; \`twelve-factor baseline\` takes them out.`]
      : []),
    ...(hints > 0 ? [`${counted(hints, 'hint')} not shown; \`--hints\` shows them.`] : []),
  ];
}

function severities(findings: readonly Finding[], colors: Colors): string {
  const counts = countBySeverity(findings);
  return SEVERITIES.filter((severity) => counts[severity] > 0)
    .map((severity) => severityColor(severity, colors)(severityCount(counts[severity], severity)))
    .join(', ');
}

function severityColor(severity: Severity, colors: Colors): (text: string) => string {
  if (severity === 'error') return colors.red;
  if (severity === 'warning') return colors.yellow;
  return severity === 'information' ? colors.cyan : colors.gray;
}
