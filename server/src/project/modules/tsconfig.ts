import { folderOf, isInside, joinPath } from '../../base/paths';
import { record, strings } from '../../base/plain-data';
import { jsonData } from '../../languages/json';
import { filesBelow } from '../files/file-index';
import type { ProjectFiles } from '../files/files';

/** What of a tsconfig tells where compiled files go. Paths are relative to the root. */
export interface TsconfigOutput {
  readonly path: string;
  readonly outDir: string | undefined;
  readonly rootDir: string | undefined;
  /** Folders that `include` and `files` name; undefined when the configuration takes everything below itself. */
  readonly inputs: readonly string[] | undefined;
  readonly noEmit: boolean;
  readonly allowJs: boolean;
}

/**
 * Reads where a tsconfig compiles to, through `extends` within the project.
 * @param path of the tsconfig, relative to the root
 * @returns undefined when there is no such file or it cannot be read
 */
export function readTsconfig(files: ProjectFiles, path: string): TsconfigOutput | undefined {
  return readInherited(files, path, 0);
}

function readInherited(
  files: ProjectFiles,
  path: string,
  depth: number,
): TsconfigOutput | undefined {
  const data = record(jsonData(files.json(path)));
  if (!data || depth > 5) return undefined;
  const bases = [data['extends']]
    .flat()
    .flatMap((base) =>
      typeof base === 'string' ? (extended(files, folderOf(path), base) ?? []) : [],
    )
    .flatMap((base) => readInherited(files, base, depth + 1) ?? []);
  const inherited = <K extends keyof TsconfigOutput>(key: K): TsconfigOutput[K] | undefined =>
    bases.map((base) => base[key]).findLast((value) => value !== undefined);
  const options = record(data['compilerOptions']) ?? {};
  const folder = folderOf(path);
  const at = (value: unknown): string | undefined =>
    typeof value === 'string' ? joinPath(folder, value.replace('${configDir}', '.')) : undefined;
  const listed = [data['include'], data['files']].some(Array.isArray)
    ? strings([data['include'], data['files']].flat()).flatMap(
        (pattern) => joinPath(folder, staticPrefix(pattern)) ?? [],
      )
    : undefined;
  return {
    path,
    outDir: at(options['outDir']) ?? inherited('outDir'),
    rootDir: at(options['rootDir']) ?? inherited('rootDir'),
    inputs: listed ?? inherited('inputs'),
    noEmit:
      typeof options['noEmit'] === 'boolean' ? options['noEmit'] : (inherited('noEmit') ?? false),
    allowJs:
      typeof options['allowJs'] === 'boolean'
        ? options['allowJs']
        : (inherited('allowJs') ?? false),
  };
}

/**
 * The folder whose structure the output repeats: `rootDir`, else the common folder of the input files, as tsc computes it.
 */
export function compiledFrom(files: ProjectFiles, config: TsconfigOutput): string | undefined {
  if (config.rootDir !== undefined) return config.rootDir;
  const folder = folderOf(config.path);
  const inputs = config.inputs ?? [folder];
  const pattern = config.allowJs ? /\.[cm]?[jt]sx?$/ : /\.[cm]?tsx?$/;
  let common: string[] | undefined;
  for (const path of new Set(inputs.flatMap((input) => withItself(files, input)))) {
    if (!pattern.test(path) || /\.d\.[cm]?ts$/.test(path) || path.includes('node_modules/'))
      continue;
    if (config.outDir && config.outDir !== folder && isInside(path, config.outDir)) continue;
    const parts = folderOf(path).split('/').filter(Boolean);
    common = common ? sharedPrefix(common, parts) : parts;
  }
  return common?.join('/');
}

function withItself(files: ProjectFiles, path: string): readonly string[] {
  return files.has(path) ? [path] : filesBelow(files, path);
}

function extended(files: ProjectFiles, folder: string, base: string): string | undefined {
  if (!base.startsWith('.')) return undefined;
  const path = joinPath(folder, base);
  if (path === undefined) return undefined;
  return [path, `${path}.json`, `${path}/tsconfig.json`].find((candidate) => files.has(candidate));
}

function staticPrefix(pattern: string): string {
  const parts = pattern.split('/');
  const magic = parts.findIndex((part) => /[*?{]/.test(part));
  return (magic < 0 ? parts : parts.slice(0, magic)).join('/') || '.';
}

function sharedPrefix(a: readonly string[], b: readonly string[]): string[] {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
