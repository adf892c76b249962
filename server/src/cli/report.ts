import { maskedFindings, maskedText } from '../engine/masked';
import type { Rule } from '../engine/rule';
import { appProfiles } from '../project/map/strengths';
import { scorecardHtml } from '../report/scorecard/html';
import { scorecardMarkdown } from '../report/scorecard/markdown';
import { scorecard } from '../report/scorecard/scorecard';
import { analyseFolder } from './analyse';
import { deliver } from './output/deliver';
import { makeAppFolders, perApp } from './output/per-app';
import { existingFolder } from './folder';
import { createProgress } from './progress';
import type { Terminal } from './terminal';

export const REPORT_COMMAND_FORMATS = ['html', 'markdown'] as const;

export interface ReportOptions {
  readonly format: (typeof REPORT_COMMAND_FORMATS)[number];
  /** Path of the configuration file, when not `twelve-factor.json` of the folder. */
  readonly config?: string;
  /** Where the page goes instead of standard output. */
  readonly output?: string;
}

/**
 * Writes the scorecard of a folder's apps.
 * @throws UsageError for what the caller got wrong
 */
export async function reportFolder(
  dir: string,
  options: ReportOptions,
  rules: readonly Rule[],
  terminal: Terminal,
): Promise<void> {
  const folder = await existingFolder(dir, terminal.cwd);
  const analysed = await analyseFolder(
    folder,
    { rules, config: options.config },
    terminal,
    createProgress(terminal),
  );
  const { findings, text, model } = analysed;
  const profiles = model ? appProfiles(model) : [];
  // Commands may be given credentials as words.
  const apps = profiles.map((app) => ({
    ...app,
    processes: app.processes.map((process) =>
      process.command === undefined
        ? process
        : { ...process, command: maskedText('', process.command, [], []) },
    ),
  }));
  const said = { ...analysed, findings: maskedFindings(findings, rules, text) };
  const page = options.format === 'html' ? scorecardHtml : scorecardMarkdown;
  const pages = perApp(options.output, said);
  await makeAppFolders(
    options.output,
    pages.map(({ file }) => file),
    terminal,
  );
  for (const { file, analysed: own } of pages) {
    const isOwn = (path: string): boolean => own.packages.some(({ dir }) => dir === path);
    await deliver(
      page(
        scorecard(
          apps.filter(({ path }) => isOwn(path)),
          own,
        ),
      ),
      { output: file },
      terminal,
    );
  }
}
