import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { version } from '../../../package.json';
import type { Span } from '../base/span';
import { readBaseline, type Baseline, type BaselineEntry } from '../engine/baseline/baseline-file';
import { withFingerprints } from '../engine/baseline/fingerprints';
import type { SuppressedFinding } from '../engine/finding';
import { createAnalyzer } from '../engine/create-analyzer';
import type { Rule } from '../engine/rule';
import { DEFAULT_SETTINGS, type AnalysisSettings } from '../engine/settings';
import { createNodeHost } from '../host-node';
import { AT_ONCE } from '../host-node-disk';
import type { ProjectModel } from '../project/model';
import { oneLine, visibleLines, visiblePath } from '../report/escape';
import { rangesOf } from '../report/positions';
import type { ReportInput, UsedBaseline } from '../report/report';
import { createPace } from '../workspace/pace';
import type { ResultStore } from '../workspace/result-store';
import { NoSuchPackage, scanRoot, type RootScan, type UsedConfig } from '../workspace/scan-root';
import type { Progress } from './progress';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

export interface AnalyseOptions {
  readonly rules: readonly Rule[];
  /** Path of a configuration file that takes the place of the folder's own. */
  readonly config: string | undefined;
  /** Where results are kept, and may be taken from: for who needs no model and applies no fix. */
  readonly results?: ResultStore | undefined;
  /** `own`: the folder's, where it has one; `required`: that must be there; `none`; or the path of a file. */
  readonly baseline?: 'own' | 'required' | 'none' | { readonly path: string };
  /** Name or folder of the one package that is analysed, with what it depends on. */
  readonly app?: string | undefined;
  /** Texts that take the place of what is on disk, by path. */
  readonly open?: ReadonlyMap<string, string> | undefined;
}

export interface Analysed extends Omit<ReportInput, 'version'> {
  readonly suppressed: readonly SuppressedFinding[];
  readonly model: ProjectModel | undefined;
  readonly settings: AnalysisSettings;
  /** How many mistakes the configuration files have. */
  readonly configProblems: number;
  /** Everything that a baseline would accept. */
  acceptable(): readonly BaselineEntry[];
}

/**
 * Analyses a folder from nothing. What is odd about the configuration file, and rules that throw, are told on standard error.
 * @param folder absolute path
 * @throws UsageError when the configuration file or the baseline cannot be read
 */
export async function analyseFolder(
  folder: string,
  { rules, config, results, baseline = 'own', open, app }: AnalyseOptions,
  terminal: Terminal,
  progress: Progress,
): Promise<Analysed> {
  const host = createNodeHost(AT_ONCE);
  let hasFailed = false;
  const analyzer = createAnalyzer(rules, {
    error(message) {
      hasFailed = true;
      terminal.err.write(`twelve-factor: ${visibleLines(message)}\n`);
    },
  });
  // Who runs it again wants to be told again.
  const kept = results && {
    ...results,
    keep: (...[input, result]: Parameters<ResultStore['keep']>) => {
      if (!hasFailed) results.keep(input, result);
    },
  };
  const pace = createPace(host, {
    progress: (done, total, path) => progress.update(done, total, path),
  });
  const given = config === undefined ? {} : { config: await readConfig(config, terminal.cwd) };
  const accepting =
    baseline === 'none'
      ? baseline
      : typeof baseline === 'object'
        ? await readBaselineFile(baseline.path, terminal.cwd)
        : undefined;
  try {
    const scan = await scanRoot(
      host,
      pathToFileURL(folder).href,
      DEFAULT_SETTINGS,
      analyzer,
      pace,
      {
        ...{ rules, app, ...given },
        ...(kept ? { results: kept } : {}),
        ...(accepting ? { baseline: accepting } : {}),
        ...(open ? { open } : {}),
      },
    );
    for (const one of scan.configs) tellProblems(one, terminal);
    const used = usedBaseline(scan, baseline);
    if (used) tellBaseline(used, terminal);
    const text = (path: string): string | undefined => scan.text(path);
    return {
      findings: withFingerprints(scan.findings, text, rules),
      suppressed: scan.suppressed,
      notAnalysed: scan.notAnalysed,
      fileCount: scan.fileCount,
      packages: scan.packages,
      text,
      rules,
      model: analyzer.model,
      settings: scan.settings,
      configProblems: scan.configs.flatMap(({ problems }) => problems).length,
      acceptable: () => analyzer.acceptable(),
      ...(used ? { baseline: used } : {}),
    };
  } catch (error) {
    throw error instanceof NoSuchPackage ? new UsageError(error.message) : error;
  } finally {
    progress.stop();
  }
}

async function readConfig(
  path: string,
  cwd: string,
): Promise<{ readonly path: string; readonly text: string }> {
  try {
    return { path, text: await readFile(resolve(cwd, path), 'utf8') };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`The configuration file cannot be read: ${reason}`);
  }
}

/**
 * The baseline in force, for reports.
 * @throws UsageError when the one that is there does not count, or one that was asked for is not there: nothing accepted by mistake
 */
function usedBaseline(
  { settings, gone, baselineProblem }: RootScan,
  wanted: NonNullable<AnalyseOptions['baseline']>,
): UsedBaseline | undefined {
  const path = typeof wanted === 'object' ? wanted.path : settings.baselineFile;
  if (baselineProblem !== undefined) throw new UsageError(`${path}: ${baselineProblem}`);
  if (settings.baseline) return { path, tool: settings.baseline.tool, gone };
  if (wanted !== 'required') return undefined;
  throw new UsageError(`There is no baseline ${path}; \`twelve-factor baseline\` writes it`);
}

/** What another version no longer says may be a flaw of it as well as the merit of somebody. */
function tellBaseline({ path, tool, gone }: UsedBaseline, { err }: Terminal): void {
  if (tool === version || gone.length === 0) return;
  const found = oneLine(`found by ${tool || 'another version'}, not by ${version}`);
  err.write(
    `twelve-factor: ${gone.length} of the findings that ${visiblePath(path)} lists were ${found}: look at them before you take them out\n`,
  );
}

async function readBaselineFile(path: string, cwd: string): Promise<Baseline> {
  const text = await readFile(resolve(cwd, path), 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`The baseline cannot be read: ${reason}`);
  });
  const result = readBaseline(text);
  if ('problem' in result) throw new UsageError(`${path}: ${result.problem}`);
  return result.baseline;
}

/** @throws UsageError when nothing of the file counts: a check under other settings than intended says nothing. */
function tellProblems({ path, text, problems, isReadable }: UsedConfig, { err }: Terminal): void {
  const range = rangesOf(text);
  const place = (span: Span): string => {
    const { line, column } = range(span).start;
    return `${path}:${line}:${column}`;
  };
  if (!isReadable) {
    const [first = { span: { start: 0, end: 0 } }] = problems;
    throw new UsageError(`${place(first.span)} The configuration file is not valid JSON`);
  }
  for (const { span, message } of problems) {
    err.write(`twelve-factor: ${place(span)} ${oneLine(message)}\n`);
  }
}
