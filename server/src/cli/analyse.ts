import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAnalyzer } from '../engine/create-analyzer';
import type { Rule } from '../engine/rule';
import { DEFAULT_SETTINGS } from '../engine/settings';
import { fileKind } from '../languages/file-kind';
import { gitMatcher, type IgnoreMatcher } from '../languages/ignore-file';
import type { ReportInput } from '../report/report';
import type { Progress } from './progress';
import type { Terminal } from './terminal';

export interface AnalyseOptions {
  readonly rules: readonly Rule[];
  readonly config: string | undefined;
}

export type Analysed = Omit<ReportInput, 'version'>;

/** Interim: reads the folder by itself until the workspace scan is there. */
export async function analyseFolder(
  folder: string,
  options: AnalyseOptions,
  terminal: Terminal,
  progress: Progress,
): Promise<Analysed> {
  const paths: string[] = [];
  const ignoredPaths: string[] = [];
  await walk(folder, '', [], paths, ignoredPaths);
  const texts = new Map<string, string>();
  for (const path of [...paths, ...ignoredPaths]) {
    if (!fileKind(path) && !/(^|\/)[A-Za-z0-9_-]+$/.test(path)) continue;
    const text = await readFile(join(folder, path), 'utf8').catch(() => undefined);
    if (text !== undefined && !text.slice(0, 8192).includes('\0')) texts.set(path, text);
  }
  const analyzer = createAnalyzer(options.rules, {
    error: (message) => terminal.err.write(`${message}\n`),
  });
  await analyzer.update(
    {
      paths: paths.sort(),
      ignoredPaths: ignoredPaths.sort(),
      text: (path) => texts.get(path),
      unreadable: [],
      settings: DEFAULT_SETTINGS,
    },
    {
      breathe: () => Promise.resolve(),
      isCancelled: () => false,
      progress: (done, total) => progress.update(done, total),
    },
  );
  progress.stop();
  const reports = analyzer.reports();
  return {
    findings: reports.flatMap((report) => report.findings),
    notAnalysed: reports.flatMap((report) => report.notAnalysed),
    fileCount: texts.size,
    text: (path) => analyzer.text(path),
    rules: options.rules,
  };
}

async function walk(
  folder: string,
  dir: string,
  matchers: readonly { readonly dir: string; readonly matcher: IgnoreMatcher }[],
  paths: string[],
  ignoredPaths: string[],
): Promise<void> {
  const entries = await readdir(join(folder, dir), { withFileTypes: true });
  const text = await readFile(join(folder, dir, '.gitignore'), 'utf8').catch(() => undefined);
  const own = text === undefined ? matchers : [...matchers, { dir, matcher: gitMatcher(text) }];
  for (const entry of entries) {
    if (entry.name === '.git' || entry.name === 'node_modules') continue;
    const path = dir === '' ? entry.name : `${dir}/${entry.name}`;
    const asked = entry.isDirectory() ? `${path}/` : path;
    let ignored = false;
    for (const { dir: base, matcher } of own) {
      ignored = matcher.decide(base === '' ? asked : asked.slice(base.length + 1)) ?? ignored;
    }
    if (entry.isDirectory() && !ignored) await walk(folder, path, own, paths, ignoredPaths);
    else if (entry.isFile() && !ignored) paths.push(path);
    else if (entry.isFile() && fileKind(path) === 'dotenv') ignoredPaths.push(path);
  }
}
