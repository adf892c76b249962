import type { Analyzer, FileReport, Pace } from '../engine/analyzer';
import {
  CONFIG_FILE,
  mergeSettings,
  readConfigFile,
  type ConfigProblem,
} from '../engine/config-file';
import type { AnalysisSettings } from '../engine/settings';
import type { Host } from '../host';
import { RootFiles } from './root-files';

export interface ScanOptions {
  /** Every rule, so that misspelt ones in the configuration file are noticed. */
  readonly ruleIds: readonly string[];
  /** Takes the place of the root's own `twelve-factor.json`. */
  readonly config?: { readonly path: string; readonly text: string };
}

/** A configuration file that was used, and what is wrong with it. */
export interface UsedConfig {
  readonly path: string;
  readonly text: string;
  readonly problems: readonly ConfigProblem[];
  /** False when the text is no JSON, so that nothing of it counts. */
  readonly isReadable: boolean;
}

export interface RootScan {
  /** All reports with findings or not-analysed entries, sorted by path. */
  readonly reports: readonly FileReport[];
  /** How many files were read. */
  readonly fileCount: number;
  /** The given settings merged with the configuration file's. */
  readonly settings: AnalysisSettings;
  /** Undefined when there is none. */
  readonly config: UsedConfig | undefined;
}

/**
 * Analyses a root from nothing: reads its configuration file, lists and reads its files, and updates the analyzer.
 * @param root URI of the folder
 * @param settings what is in force where the configuration file says nothing
 * @param analyzer a fresh one; answers for texts, reports and the model afterwards
 * @param pace see {@link createPace}
 * @throws AnalysisCancelled when the pace says so
 */
export async function scanRoot(
  host: Host,
  root: string,
  settings: AnalysisSettings,
  analyzer: Analyzer,
  pace: Pace,
  { ruleIds, config }: ScanOptions,
): Promise<RootScan> {
  const used = config ?? (await ownConfig(host, root));
  const file = used && readConfigFile(used.text, ruleIds);
  const merged = mergeSettings(settings, file?.settings ?? {});
  const files = new RootFiles(host, root);
  await files.refresh(merged.exclude);
  await analyzer.update(files.input(merged), pace);
  return {
    reports: analyzer.reports(),
    fileCount: files.count,
    settings: merged,
    config: used && {
      ...used,
      problems: readConfigFile(used.text, ruleIds, packageFolders(analyzer)).problems,
      isReadable: file?.settings !== undefined,
    },
  };
}

/** The folders of the packages that an analyzer knows. */
function packageFolders({ model }: Analyzer): readonly string[] | undefined {
  return model?.packages.map(({ dir }) => dir);
}

async function ownConfig(
  host: Host,
  root: string,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  const read = await host.read(root, CONFIG_FILE);
  return read.kind === 'text' ? { path: CONFIG_FILE, text: read.text } : undefined;
}
