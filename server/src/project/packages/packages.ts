import { globMatcher } from '../../base/globs';
import { folderOf, isInside, joinPath } from '../../base/paths';
import { record, strings } from '../../base/plain-data';
import {
  jsonAt,
  jsonData,
  jsonInnerSpan,
  jsonProperties,
  jsonString,
  type JsonSyntax,
} from '../../languages/json';
import { MOST_PARTS } from '../../languages/length';
import { LOCKFILE_NAMES, lockfileManager } from '../../languages/lockfile';
import { yamlData, yamlDocuments } from '../../languages/yaml';
import { filesOfKind } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import type { MappedKind } from '../map/kinds';
import type { DependencyInfo, DependencyKind, PackageInfo, PackageManager } from '../model';
import { bundlesServer } from '../modules/bundling';
import { findOutputs } from '../modules/outputs';

/** The weakest first: a stronger declaration of the same name replaces it. */
const KINDS: readonly DependencyKind[] = [
  'devDependencies',
  'peerDependencies',
  'optionalDependencies',
  'dependencies',
];

/**
 * Every folder with its own package.json, workspace roots before their members, sorted by depth and path. A package.json that
 * cannot be parsed still is a package, with what of it could be read.
 */
export function findPackages(files: ProjectFiles): PackageInfo[] {
  const paths = filesOfKind(files, 'package-json')
    .filter((path) => !/(^|\/)node_modules\//.test(path))
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  const packages: PackageInfo[] = [];
  const workspaces: Workspace[] = [];
  for (const path of paths) {
    const dir = folderOf(path);
    const root = workspaces.findLast((workspace) => workspace.includes(dir));
    const info = readPackage(files, path, root?.root);
    packages.push(info);
    const globs = workspaceGlobs(files, dir, info.manifest);
    if (globs) workspaces.push(makeWorkspace(info, globs));
  }
  return packages;
}

/**
 * Fills in what packages are to a deploy. The same objects stay: what manifests start has to be read before, and refers to them.
 * @param mapped what the map decided
 */
export function completePackages(mapped: ReadonlyMap<PackageInfo, MappedKind>): void {
  for (const [info, known] of mapped) Object.assign(info, known);
}

/**
 * The nearest package above a path.
 * @param packages as `findPackages` lists them
 */
export function nearestPackage(
  packages: readonly PackageInfo[],
  path: string,
): PackageInfo | undefined {
  let nearest: PackageInfo | undefined;
  for (const info of packages) {
    if (isInside(path, info.dir) && (!nearest || info.dir.length >= nearest.dir.length))
      nearest = info;
  }
  return nearest;
}

interface Workspace {
  readonly root: PackageInfo;
  includes(dir: string): boolean;
}

function makeWorkspace(root: PackageInfo, globs: readonly string[]): Workspace {
  const clean = (glob: string): string =>
    glob
      .replace(/^!/, '')
      .replace(/^\.\//, '')
      .replace(/(?<!\/)\/+$/, '');
  const wanted = globMatcher(globs.filter((glob) => !glob.startsWith('!')).map(clean), {
    dot: true,
  });
  const unwanted = globMatcher(globs.filter((glob) => glob.startsWith('!')).map(clean), {
    dot: true,
  });
  return {
    root,
    includes(dir) {
      if (!isInside(dir, root.dir) || dir === root.dir) return false;
      const inside = root.dir === '' ? dir : dir.slice(root.dir.length + 1);
      return wanted(inside) && !unwanted(inside);
    },
  };
}

/** The globs of a workspace root; undefined when the folder is none. */
function workspaceGlobs(
  files: ProjectFiles,
  dir: string,
  manifest: Readonly<Record<string, unknown>>,
): string[] | undefined {
  const { workspaces } = manifest;
  const globs = Array.isArray(workspaces)
    ? strings(workspaces)
    : strings(record(workspaces)?.['packages']);
  const [pnpm] = yamlDocuments(files.yaml(joinPath(dir, 'pnpm-workspace.yaml') ?? ''));
  if (pnpm) globs.push(...strings(record(yamlData(pnpm))?.['packages']));
  const lerna = record(jsonData(files.json(joinPath(dir, 'lerna.json') ?? '')));
  if (lerna && globs.length === 0)
    globs.push(...(lerna['packages'] ? strings(lerna['packages']) : ['packages/*']));
  return globs.length > 0 ? globs : undefined;
}

function readPackage(
  files: ProjectFiles,
  path: string,
  workspaceRoot: PackageInfo | undefined,
): PackageInfo {
  const syntax = files.json(path);
  const manifest = record(jsonData(syntax)) ?? {};
  const dir = folderOf(path);
  const scripts = readScripts(syntax);
  const dependencies = readDependencies(syntax);
  const commands = new Map([...scripts].map(([name, script]) => [name, script.command]));
  const lockfile = findLockfile(files, dir, manifest, workspaceRoot);
  const base = { dir, manifest, scripts, dependencies };
  return {
    ...base,
    manifestPath: path,
    name: typeof manifest['name'] === 'string' ? manifest['name'] : undefined,
    isModule: manifest['type'] === 'module',
    isPrivate: manifest['private'] === true,
    manager: findManager(files, dir, manifest, lockfile, workspaceRoot),
    lockfile,
    workspaceRoot,
    outputs: findOutputs(files, dir, commands),
    bundled: bundlesServer(files, base),
    kind: 'app',
    evidence: [],
  };
}

function readScripts(syntax: JsonSyntax | undefined): PackageInfo['scripts'] {
  const scripts = new Map<string, { command: string; span: { start: number; end: number } }>();
  const properties = jsonProperties(jsonAt(syntax, ['scripts']));
  if (properties.length > MOST_PARTS) return scripts;
  for (const { key, value } of properties) {
    const command = jsonString(value);
    if (command !== undefined) scripts.set(key, { command, span: jsonInnerSpan(value) });
  }
  return scripts;
}

function readDependencies(syntax: JsonSyntax | undefined): PackageInfo['dependencies'] {
  const dependencies = new Map<string, DependencyInfo>();
  for (const kind of KINDS) {
    for (const { key, keySpan, value } of jsonProperties(jsonAt(syntax, [kind]))) {
      const range = jsonString(value);
      if (range === undefined) continue;
      // A name in both lists is a development dependency that is also needed: the stronger one counts.
      dependencies.set(key, {
        name: key,
        range,
        kind,
        rangeSpan: jsonInnerSpan(value),
        nameSpan: keySpan,
      });
    }
  }
  return dependencies;
}

/** Where Rush keeps the lockfile of a repository. */
const RUSH_LOCKS = ['common/config/rush', 'common/config/subspaces/default'];

/** The lockfiles of a folder that git has; those that Rush keeps elsewhere, too. */
export function lockfilesIn(files: ProjectFiles, folder: string): string[] {
  const isRush = files.has(joinPath(folder, 'rush.json') ?? '');
  return [folder, ...(isRush ? RUSH_LOCKS.map((sub) => joinPath(folder, sub) ?? sub) : [])]
    .flatMap((dir) => LOCKFILE_NAMES.map((name) => joinPath(dir, name) ?? name))
    .filter((path) => files.has(path) && !files.isIgnored(path));
}

/** The nearest folder upwards that has a lockfile; several side by side: the declared manager's, else the most telling. */
function findLockfile(
  files: ProjectFiles,
  dir: string,
  manifest: Readonly<Record<string, unknown>>,
  workspaceRoot: PackageInfo | undefined,
): string | undefined {
  const declared = declaredManager(manifest) ?? declaredManager(workspaceRoot?.manifest ?? {});
  for (
    let folder: string | undefined = dir;
    folder !== undefined;
    folder = folder === '' ? undefined : folderOf(folder)
  ) {
    const here = lockfilesIn(files, folder);
    const own = here.find((path) => lockfileManager(path) === declared?.replace('-berry', ''));
    const [first] = here;
    if (first !== undefined) return own ?? first;
  }
  return undefined;
}

function findManager(
  files: ProjectFiles,
  dir: string,
  manifest: Readonly<Record<string, unknown>>,
  lockfile: string | undefined,
  workspaceRoot: PackageInfo | undefined,
): PackageManager {
  const declared = declaredManager(manifest);
  if (declared) return declared;
  if (workspaceRoot && (!lockfile || folderOf(lockfile) !== dir)) return workspaceRoot.manager;
  const berry = files.has(joinPath(dir, '.yarnrc.yml') ?? '');
  if (lockfile !== undefined) {
    const manager = lockfileManager(lockfile, files.text(lockfile));
    if (manager) return manager === 'yarn' && berry ? 'yarn-berry' : manager;
  }
  if (files.has(joinPath(dir, 'pnpm-workspace.yaml') ?? '')) return 'pnpm';
  if (berry) return 'yarn-berry';
  return 'npm';
}

function declaredManager(manifest: Readonly<Record<string, unknown>>): PackageManager | undefined {
  const declared =
    manifest['packageManager'] ??
    record(record(manifest['devEngines'])?.['packageManager'])?.['name'];
  const match = /^(npm|yarn|pnpm|bun)(?:@(\d+))?/.exec(
    typeof declared === 'string' ? declared : '',
  );
  if (!match) return undefined;
  const [, name, major] = match;
  if (name === 'yarn') return major !== undefined && Number(major) >= 2 ? 'yarn-berry' : 'yarn';
  return name as PackageManager;
}

function depth(path: string): number {
  return path.split('/').length;
}
