import { relative, resolve, sep } from 'node:path';
import { version } from '../../../package.json';
import type { Severity } from '../base/severity';
import { maskedFindings } from '../engine/masked';
import type { Rule } from '../engine/rule';
import { formatGithub } from '../report/github';
import { formatJson } from '../report/json';
import { formatMarkdown } from '../report/markdown';
import type { ReportInput } from '../report/report';
import { formatSarif } from '../report/sarif';
import { formatText } from '../report/text';
import type { ResultStore } from '../workspace/result-store';
import { analyseFolder } from './analyse';
import { deliver } from './deliver';
import { existingFolder } from './folder';
import { atLeast, unknownRule } from './option-values';
import { createProgress, SILENT } from './progress';
import { createResultCache, defaultCacheLocation } from './result-cache';
import { colorOf, type Terminal } from './terminal';
import { UsageError } from './usage-error';

export const FORMATS = ['text', 'json', 'sarif', 'github', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

export interface CheckOptions {
  readonly format: Format;
  /** Path of the configuration file, when not `twelve-factor.json` of the folder. */
  readonly config?: string;
  /** Only these rules' findings. */
  readonly rule?: readonly string[];
  /** The least severity that makes the check fail. */
  readonly severity: Severity;
  /** Where the report goes instead of standard output. */
  readonly output?: string;
  readonly color?: boolean;
  readonly hints?: boolean;
  readonly quiet?: boolean;
  readonly showSecrets?: boolean;
  /** False for `--no-cache`. */
  readonly cache: boolean;
  readonly cacheLocation?: string;
}

/**
 * Analyses a folder and reports.
 * @returns the exit code: 0 when nothing fails the check, 1 otherwise
 * @throws UsageError for what the caller got wrong
 */
export async function checkFolder(
  dir: string,
  options: CheckOptions,
  rules: readonly Rule[],
  terminal: Terminal,
): Promise<0 | 1> {
  const folder = await existingFolder(dir, terminal.cwd);
  const wrong = unknownRule(options.rule ?? [], rules);
  if (wrong !== undefined) throw new UsageError(wrong);
  const progress = options.quiet ? SILENT : createProgress(terminal);
  const analysed = await analyseFolder(
    folder,
    { rules, config: options.config, results: resultsOf(options, rules, terminal) },
    terminal,
    progress,
  );
  const wanted = options.rule && new Set(options.rule);
  const findings = analysed.findings.filter(({ ruleId }) => !wanted || wanted.has(ruleId));
  const said = options.showSecrets ? findings : maskedFindings(findings, rules, analysed.text);
  await deliver(
    format({ ...analysed, findings: said, version }, folder, options, terminal),
    options,
    terminal,
  );
  const failing = atLeast(options.severity);
  return findings.some(({ severity }) => failing.has(severity)) ? 1 : 0;
}

/** @returns undefined where nothing is to be kept, or cannot be */
function resultsOf(
  { cache, cacheLocation }: CheckOptions,
  rules: readonly Rule[],
  { cwd, env, program }: Terminal,
): ResultStore | undefined {
  if (!cache) return undefined;
  const location =
    cacheLocation === undefined
      ? defaultCacheLocation(env, process.platform)
      : resolve(cwd, cacheLocation);
  const code = program();
  if (location === undefined || code === undefined) return undefined;
  return createResultCache(location, [version, code, ...rules.map(({ id }) => id)].join('\n'));
}

function format(
  input: ReportInput,
  folder: string,
  options: CheckOptions,
  terminal: Terminal,
): string {
  // Machines get everything and choose; people get what they asked for.
  if (options.format === 'json') return formatJson(input);
  if (options.format === 'sarif') return formatSarif(input);
  const shown = options.quiet ? atLeast(options.severity) : atLeast('hint');
  const findings = input.findings.filter(
    ({ severity }) => shown.has(severity) && (severity !== 'hint' || options.hints),
  );
  if (options.format === 'github') {
    return formatGithub({ ...input, findings }, prefixOf(folder, terminal));
  }
  if (options.format === 'markdown') return formatMarkdown({ ...input, findings });
  const color = options.output === undefined ? colorOf(terminal, options) : 'never';
  return formatText(
    { ...input, findings },
    {
      color,
      parts: options.quiet ? 'findings' : 'all',
      secrets: options.showSecrets ? 'shown' : 'masked',
      hidden: input.findings.length - findings.length,
    },
  );
}

/** GitHub wants paths from the root of the repository, which is where its jobs start. */
function prefixOf(folder: string, { cwd, env }: Terminal): string {
  const path = relative(env['GITHUB_WORKSPACE'] ?? cwd, folder)
    .split(sep)
    .join('/');
  return path === '' || path.startsWith('..') ? '' : `${path}/`;
}
