import { baseName, folderOf } from '../../base/paths';
import type { ProjectInput } from '../analyzer';
import type { ConfigurableRule, GivenOptions } from '../options';
import type { AnalysisSettings, FileSettings, FolderSettings } from '../settings';
import { globOf } from './config-edit';
import { CONFIG_FILE, mergeSettings, readConfigFile, type ConfigFile } from './config-file';

/** Is this a configuration file: that of the root, or of a folder below it? */
export function isConfigPath(path: string): boolean {
  return baseName(path) === CONFIG_FILE;
}

/** A configuration file below the root, with what it says in the root's words. */
export interface FolderConfig extends ConfigFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads every configuration file of a root, or of a folder in it.
 * @param path relative to the root; patterns in the file are relative to its folder, those of the result to the root
 * @param folders of the packages of the root, once they are known
 */
export function readConfigAt(
  path: string,
  text: string,
  rules: readonly ConfigurableRule[],
  folders?: readonly string[],
): FolderConfig {
  const dir = folderOf(path);
  if (dir === '') return { path, text, ...readConfigFile(text, rules, folders) };
  const own = folders?.flatMap((folder) =>
    folder === dir ? '' : folder.startsWith(`${dir}/`) ? folder.slice(dir.length + 1) : [],
  );
  const config = readConfigFile(text, rules, own, 'folder');
  return {
    ...{ path, text, problems: config.problems },
    settings: config.settings && fromRoot(config.settings, dir, rules),
  };
}

/**
 * The configuration files below the root among the files that are analysed.
 * @param saved answers while what somebody types is no JSON; see `WorkspaceRoot`
 */
export function folderConfigs(
  input: Pick<ProjectInput, 'paths' | 'text'>,
  rules: readonly ConfigurableRule[],
  saved: (path: string) => string | undefined = () => undefined,
): readonly FolderConfig[] {
  return input.paths.flatMap((path) => {
    if (!isConfigPath(path) || path === CONFIG_FILE) return [];
    const config = readConfigAt(path, input.text(path) ?? '', rules);
    const before = config.settings ? undefined : saved(path);
    return before === undefined ? config : readConfigAt(path, before, rules);
  });
}

/**
 * The settings of a root with those of its folders. What is left out of the analysis, and what packages are, is asked for the root as a
 * whole; the rest for each file, by {@link settingsAt}.
 */
export function withFolderConfigs(
  root: AnalysisSettings,
  configs: readonly FolderConfig[],
): AnalysisSettings {
  const folders = configs.flatMap(({ path, settings }): FolderSettings[] =>
    settings ? [{ dir: folderOf(path), settings }] : [],
  );
  if (folders.length === 0) return root;
  const shared = folders.reduce(
    (all, { settings: { exclude, packages } }) =>
      mergeSettings(all, { ...(exclude ? { exclude } : {}), ...(packages ? { packages } : {}) }),
    root,
  );
  return {
    ...shared,
    folders: folders.sort((a, b) => a.dir.length - b.dir.length || (a.dir < b.dir ? -1 : 1)),
  };
}

const merged = new WeakMap<AnalysisSettings, Map<string, AnalysisSettings>>();

/** The settings that hold for a file: of the root, and of each folder that it lies in, the innermost last. */
export function settingsAt(settings: AnalysisSettings, path: string): AnalysisSettings {
  const above = settings.folders.filter(({ dir }) => path.startsWith(`${dir}/`));
  const innermost = above.at(-1)?.dir;
  if (innermost === undefined) return settings;
  let known = merged.get(settings);
  if (!known) merged.set(settings, (known = new Map<string, AnalysisSettings>()));
  let own = known.get(innermost);
  if (!own) {
    own = above.reduce((all, folder) => mergeSettings(all, folder.settings), settings);
    known.set(innermost, own);
  }
  return own;
}

/** The configuration file that has the last word on what a rule says of a file: the root's, where no folder's names the rule. */
export function configFileFor(settings: AnalysisSettings, path: string, ruleId: string): string {
  const last = settings.folders.findLast(
    ({ dir, settings: { rules } }) => path.startsWith(`${dir}/`) && rules?.[ruleId] !== undefined,
  );
  return last ? `${last.dir}/${CONFIG_FILE}` : CONFIG_FILE;
}

/** What a file in a folder says, with its patterns relative to the root. */
function fromRoot(
  settings: FileSettings,
  dir: string,
  rules: readonly ConfigurableRule[],
): FileSettings {
  const { exclude, packages, options } = settings;
  const below = (glob: string): string => `${globOf(dir)}/${glob.replace(/^(?:\.?\/)+/, '')}`;
  const folder = (glob: string): string => (/^\.?\/?$/.test(glob) ? globOf(dir) : below(glob));
  return {
    ...settings,
    ...(exclude ? { exclude: exclude.map(below) } : {}),
    ...(packages
      ? { packages: Object.fromEntries(Object.entries(packages).map(([g, k]) => [folder(g), k])) }
      : {}),
    ...(options ? { options: optionsBelow(options, below, rules) } : {}),
  };
}

/** Paths are said from the root, or as the code says them, which is from where it runs. */
function optionsBelow(
  options: GivenOptions,
  below: (glob: string) => string,
  rules: readonly ConfigurableRule[],
): GivenOptions {
  return Object.fromEntries(
    Object.entries(options).map(([id, lists]) => {
      const known = rules.find((rule) => rule.id === id)?.options ?? {};
      const own = Object.entries(lists).map(([name, list]) => [
        name,
        known[name]?.lists === 'paths' ? list.flatMap((glob) => [glob, below(glob)]) : list,
      ]);
      return [id, Object.fromEntries(own) as Record<string, readonly string[]>];
    }),
  );
}
