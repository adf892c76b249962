import type { Analyzer, Pace, ProjectInput } from '../engine/analyzer';
import {
  CONFIG_FILE,
  mergeSettings,
  readConfigFile,
  type ConfigProblem,
} from '../engine/config/config-file';
import { folderConfigs, readConfigAt, withFolderConfigs } from '../engine/config/folder-config';
import type { Finding, NotAnalysed, SuppressedFinding } from '../engine/finding';
import type { ConfigurableRule } from '../engine/options';
import type { AnalysisSettings } from '../engine/settings';
import type { Host } from '../host';
import type { Baseline, BaselineEntry } from '../engine/baseline/baseline-file';
import { baselineIn } from './baseline';
import type { ReportPackage } from '../report/packages';
import { narrowedTo, packagesOf } from './packages';
import { findingOf, storedFinding, type ResultStore, type StoredResult } from './result-store';
import { RootFiles } from './root-files';

export interface ScanOptions {
  /** Every rule, so that misspelt ones in the configuration file are noticed, and options that they do not have. */
  readonly rules: readonly ConfigurableRule[];
  /** Takes the place of the root's own `twelve-factor.json`. */
  readonly config?: { readonly path: string; readonly text: string };
  /** Takes the place of the root's own baseline; `none` where nothing is accepted. */
  readonly baseline?: Baseline | 'none';
  /** Texts that take the place of what is on disk, by path. */
  readonly open?: ReadonlyMap<string, string>;
  /** The name or folder of the one package that is to be analysed, with what it depends on; see {@link narrowedTo}. */
  readonly app?: string | undefined;
  /** Answers where it knows the result; else the analyzer does, and the store may keep it. */
  readonly results?: ResultStore;
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
  /** Sorted by path, then place. */
  readonly findings: readonly Finding[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly suppressed: readonly SuppressedFinding[];
  /** The text of a file that was read. */
  text(path: string): string | undefined;
  /** How many files were read. */
  readonly fileCount: number;
  /** By path. */
  readonly packages: readonly ReportPackage[];
  /** The given settings merged with the configuration file's. */
  readonly settings: AnalysisSettings;
  /** Why the root's baseline does not count, if it does not. */
  readonly baselineProblem: string | undefined;
  /** Entries of the baseline that nothing corresponds to any more. */
  readonly gone: readonly BaselineEntry[];
  /** The root's own first, then those of folders. */
  readonly configs: readonly UsedConfig[];
}

/** Thrown where {@link ScanOptions.app} names none. */
export class NoSuchPackage extends Error {
  override readonly name = 'NoSuchPackage';
  constructor(app = '') {
    super(`There is no package ${app}`);
  }
}

/**
 * Analyses a root from nothing: reads its configuration file, lists and reads its files, and updates the analyzer.
 * @param root URI of the folder
 * @param settings what is in force where the configuration file says nothing
 * @param analyzer a fresh one; afterwards it has the model, unless the result was known
 * @param pace see {@link createPace}
 * @throws AnalysisCancelled when the pace says so
 * @throws NoSuchPackage where there is none to narrow the analysis to
 */
export async function scanRoot(
  host: Host,
  root: string,
  settings: AnalysisSettings,
  analyzer: Analyzer,
  pace: Pace,
  { rules, config, results, baseline, open, app }: ScanOptions,
): Promise<RootScan> {
  const used = config ?? (await ownConfig(host, root));
  const file = used && readConfigFile(used.text, rules);
  const wanted = mergeSettings(settings, file?.settings ?? {});
  const own = baseline ? { baseline: undefined } : await baselineIn(host, root, wanted);
  const accepting = baseline === 'none' ? undefined : (baseline ?? own.baseline);
  const merged = { ...wanted, baseline: accepting };
  const files = new RootFiles(host, root);
  await files.refresh(merged.exclude, [...(open?.keys() ?? [])]);
  const listed = files.input(merged, open);
  const folders = folderConfigs(listed, rules);
  const whole = { ...listed, settings: withFolderConfigs(merged, folders) };
  const input = app === undefined ? whole : narrowedTo(whole, app);
  if (!input) throw new NoSuchPackage(app);
  const said = await resultOf(input, analyzer, pace, results);
  const packageFolders = said.packages.map(({ dir }) => dir);
  return {
    findings: said.findings,
    notAnalysed: said.notAnalysed,
    suppressed: said.suppressed,
    text: (path) => input.text(path),
    fileCount:
      app === undefined
        ? files.count
        : input.paths.filter((path) => input.text(path) !== undefined).length,
    settings: input.settings,
    packages: said.packages,
    baselineProblem: own.problem,
    gone: (accepting?.entries ?? []).filter(({ fingerprint }) => said.gone.has(fingerprint)),
    configs: [
      ...(used ? [{ ...used, ...readConfigFile(used.text, rules, packageFolders) }] : []),
      ...folders.map(({ path, text }) => readConfigAt(path, text, rules, packageFolders)),
    ].map(({ path, text, problems, settings: own }) => ({
      ...{ path, text, problems },
      isReadable: own !== undefined,
    })),
  };
}

interface Result {
  readonly findings: readonly Finding[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly gone: ReadonlySet<string>;
  readonly packages: readonly ReportPackage[];
}

/** What is known of the same input, or what an analysis of it says. */
async function resultOf(
  input: ProjectInput,
  analyzer: Analyzer,
  pace: Pace,
  results: ResultStore | undefined,
): Promise<Result> {
  const known = results?.find(input);
  if (known) return restored(known);
  await analyzer.update(input, pace);
  const reports = analyzer.reports();
  const result = {
    findings: reports.flatMap((report) => report.findings),
    notAnalysed: reports.flatMap((report) => report.notAnalysed),
    suppressed: analyzer.suppressed(),
    gone: goneOf(input, analyzer),
    packages: analyzer.model ? packagesOf(analyzer.model) : [],
  };
  if (!results) return result;
  const stored: StoredResult = {
    ...result,
    gone: [...result.gone],
    findings: result.findings.map((finding) => storedFinding(finding, results.detail)),
    suppressed: result.suppressed.map(({ finding, reason }) => ({
      finding: storedFinding(finding, 'names'),
      reason,
    })),
  };
  results.keep(input, stored);
  return result;
}

function restored(known: StoredResult): Result {
  return {
    ...known,
    findings: known.findings.map(findingOf),
    suppressed: known.suppressed.map((one) => ({ ...one, finding: findingOf(one.finding) })),
    gone: new Set(known.gone),
  };
}

/** The fingerprints of entries of a baseline that nothing corresponds to any more. */
export function goneOf(
  { settings }: Pick<ProjectInput, 'settings'>,
  analyzer: Analyzer,
): ReadonlySet<string> {
  const entries = settings.baseline?.entries ?? [];
  if (entries.length === 0) return new Set();
  const present = new Set(analyzer.acceptable().map(({ fingerprint }) => fingerprint));
  // Of what could not be analysed nobody knows.
  const unknown = new Set(
    analyzer.reports().flatMap(({ notAnalysed }) => notAnalysed.map(({ path }) => path)),
  );
  const gone = entries.filter(
    ({ path, fingerprint }) => !present.has(fingerprint) && !unknown.has(path),
  );
  return new Set(gone.map(({ fingerprint }) => fingerprint));
}

async function ownConfig(
  host: Host,
  root: string,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  const read = await host.read(root, CONFIG_FILE);
  return read.kind === 'text' ? { path: CONFIG_FILE, text: read.text } : undefined;
}
