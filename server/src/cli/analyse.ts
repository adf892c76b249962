import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Span } from '../base/span';
import { createAnalyzer } from '../engine/create-analyzer';
import type { Rule } from '../engine/rule';
import { DEFAULT_SETTINGS } from '../engine/settings';
import { createNodeHost } from '../host-node';
import { AT_ONCE } from '../host-node-disk';
import type { ProjectModel } from '../project/model';
import { oneLine, visibleLines } from '../report/escape';
import { rangesOf } from '../report/positions';
import type { ReportInput } from '../report/report';
import { createPace } from '../workspace/pace';
import type { ResultStore } from '../workspace/result-store';
import { scanRoot, type UsedConfig } from '../workspace/scan-root';
import type { Progress } from './progress';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

export interface AnalyseOptions {
  readonly rules: readonly Rule[];
  /** Path of a configuration file that takes the place of the folder's own. */
  readonly config: string | undefined;
  /** Where results are kept, and may be taken from: for who needs no model and applies no fix. */
  readonly results?: ResultStore | undefined;
}

export interface Analysed extends Omit<ReportInput, 'version'> {
  readonly model: ProjectModel | undefined;
}

/**
 * Analyses a folder from nothing. What is odd about the configuration file, and rules that throw, are told on standard error.
 * @param folder absolute path
 * @throws UsageError when the configuration file cannot be read
 */
export async function analyseFolder(
  folder: string,
  { rules, config, results }: AnalyseOptions,
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
  const pace = createPace(host, { progress: (done, total) => progress.update(done, total) });
  const given = config === undefined ? {} : { config: await readConfig(config, terminal.cwd) };
  try {
    const scan = await scanRoot(
      host,
      pathToFileURL(folder).href,
      DEFAULT_SETTINGS,
      analyzer,
      pace,
      { rules, ...given, ...(kept ? { results: kept } : {}) },
    );
    if (scan.config) tellProblems(scan.config, terminal);
    return {
      findings: scan.findings,
      notAnalysed: scan.notAnalysed,
      fileCount: scan.fileCount,
      text: (path) => scan.text(path),
      rules,
      model: analyzer.model,
    };
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
