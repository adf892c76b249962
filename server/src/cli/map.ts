import type { Rule } from '../engine/rule';
import { projectMap } from '../project/map/project-map';
import { formatMapJson, maskedMap } from '../report/map-json';
import { formatMapMermaid } from '../report/map-mermaid';
import { formatMapText } from '../report/map-text';
import { analyseFolder } from './analyse';
import { deliver } from './output/deliver';
import { existingFolder } from './folder';
import { createProgress } from './progress';
import { colorOf, type Terminal } from './terminal';

export const MAP_FORMATS = ['text', 'json', 'mermaid'] as const;

export interface MapOptions {
  readonly format: (typeof MAP_FORMATS)[number];
  /** Path of the configuration file, when not `twelve-factor.json` of the folder. */
  readonly config?: string;
  /** Where the map goes instead of standard output. */
  readonly output?: string;
  readonly color?: boolean;
}

/**
 * Prints what the packages of a folder are to a deploy, and the processes of its apps.
 * @throws UsageError for what the caller got wrong
 */
export async function mapFolder(
  dir: string,
  options: MapOptions,
  rules: readonly Rule[],
  terminal: Terminal,
): Promise<void> {
  const folder = await existingFolder(dir, terminal.cwd);
  // What rules look for decides which modules are read in full, and so what is known of processes.
  const { model, text } = await analyseFolder(
    folder,
    { rules, config: options.config, baseline: 'none' },
    terminal,
    createProgress(terminal),
  );
  const map = maskedMap(model ? projectMap(model) : { packages: [] });
  const report =
    options.format === 'json'
      ? formatMapJson(map, text)
      : options.format === 'mermaid'
        ? formatMapMermaid(map)
        : formatMapText(
            map,
            text,
            options.output === undefined ? colorOf(terminal, options) : 'never',
          );
  await deliver(report, options, terminal);
}
