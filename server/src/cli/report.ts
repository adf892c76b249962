import { maskedFindings } from '../engine/masked';
import type { Rule } from '../engine/rule';
import { appProfiles } from '../project/map/strengths';
import type { PlaceLinks } from '../report/html/page';
import { scorecardHtml } from '../report/scorecard/html';
import { scorecardMarkdown } from '../report/scorecard/markdown';
import { maskedProfiles, scorecard } from '../report/scorecard/scorecard';
import { analyseFolder } from './analyse';
import { deliver } from './output/deliver';
import { makeAppFolders, perApp } from './output/per-app';
import { existingFolder } from './folder';
import { createProgress } from './progress';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

export const REPORT_COMMAND_FORMATS = ['html', 'markdown'] as const;

export interface ReportOptions {
  readonly format: (typeof REPORT_COMMAND_FORMATS)[number];
  /** Path of the configuration file, when not `twelve-factor.json` of the folder. */
  readonly config?: string;
  /** Where the page goes instead of standard output. */
  readonly output?: string;
  /** The address of a line of a file, with `{path}` and `{line}`. */
  readonly links?: string;
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
  const apps = model ? maskedProfiles(appProfiles(model)) : [];
  const said = { ...analysed, findings: maskedFindings(findings, rules, text) };
  const linkTo = options.links === undefined ? undefined : placeLinks(options.links);
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
        linkTo,
      ),
      { output: file },
      terminal,
    );
  }
}

/**
 * Where places of a report lead.
 * @param address an https address with `{path}`, in which the path from the folder is put, and maybe `{line}`
 * @throws UsageError for another one
 */
function placeLinks(address: string): PlaceLinks {
  if (!/^https?:\/\/[^\s<>"'()]+$/.test(address) || !address.includes('{path}'))
    throw new UsageError('--links takes an http(s) address with {path} in it, and maybe {line}');
  return (path, line) =>
    address
      .replaceAll('{path}', () => path.split('/').map(encoded).join('/'))
      .replaceAll('{line}', String(line));
}

/** A segment of an address, which neither Markdown nor HTML takes for anything else. */
function encoded(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
