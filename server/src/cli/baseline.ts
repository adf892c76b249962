import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { version } from '../../../package.json';
import { baselineText, readBaseline, renewBaseline } from '../engine/baseline/baseline-file';
import type { Rule } from '../engine/rule';
import { IN_BACKGROUND, staysWithin } from '../host-node-disk';
import { visiblePath } from '../report/escape';
import { counted } from '../report/report';
import { analyseFolder } from './analyse';
import { existingFolder } from './folder';
import { createProgress } from './progress';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

export interface BaselineOptions {
  readonly config?: string;
  /** Where it goes, when not where the configuration file says. */
  readonly output?: string;
  /** What is new is accepted, too. */
  readonly acceptNew?: boolean;
}

/**
 * Writes the baseline of a folder: everything there is where there is none yet, else what it lists and is still there.
 * @throws UsageError for what the caller got wrong, and where the file there is no baseline
 */
export async function writeBaseline(
  dir: string,
  options: BaselineOptions,
  rules: readonly Rule[],
  terminal: Terminal,
): Promise<void> {
  const folder = await existingFolder(dir, terminal.cwd);
  const analysed = await analyseFolder(
    folder,
    { rules, config: options.config, baseline: 'none' },
    terminal,
    createProgress(terminal),
  );
  const file =
    options.output === undefined
      ? join(folder, analysed.settings.baselineFile)
      : resolve(terminal.cwd, options.output);
  const name = visiblePath(relative(terminal.cwd, file) || file);
  if (options.output === undefined && !(await staysWithin(folder, file, IN_BACKGROUND)))
    throw new UsageError(`${name} lies outside of the folder, by a symbolic link`);
  const before = await textOf(file);
  const known = before === undefined ? undefined : readBaseline(before);
  if (known && 'problem' in known) throw new UsageError(`${name}: ${known.problem}`);
  const { baseline, gone, fresh } = renewBaseline(
    known?.baseline,
    analysed.acceptable(),
    options.acceptNew ? 'accepted' : 'left out',
    version,
    analysed.notAnalysed,
  );
  const text = baselineText(baseline);
  if (text !== before)
    await writeFile(file, text).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UsageError(`The baseline cannot be written: ${reason}`);
    });
  const paths = new Set(baseline.entries.map(({ path }) => path));
  const places = `${counted(baseline.entries.length, 'place')} in ${counted(paths.size, 'file')}`;
  const isLeftOut = known !== undefined && !options.acceptNew;
  const lines = [
    `${name} accepts ${places}. Review it and commit it.`,
    ...(gone.length > 0 ? [`${counted(gone.length, 'entry', 'entries')} gone, taken out.`] : []),
    ...(fresh.length > 0 && isLeftOut
      ? [
          `${counted(fresh.length, 'new place')} not accepted; \`--accept-new\` accepts what is new.`,
        ]
      : []),
  ];
  terminal.out.write(lines.map((line) => `${line}\n`).join(''));
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`The baseline cannot be read: ${reason}`);
  });
}
