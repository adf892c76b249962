import { getNodeValue } from 'jsonc-parser';
import { folderOf, isInside, joinPath } from '../../base/paths';
import { parseJsonSyntax } from '../../languages/json';
import { existsPath } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import type { PackageInfo } from '../model';
import { isBuiltin, packageNameOf } from './builtins';
import { frameworkAlias } from './framework-aliases';

/** Where a specifier leads from a module. */
export interface Resolution {
  readonly path: string | undefined;
  readonly packageName: string | undefined;
  readonly builtin: boolean;
  /** Led through tsconfig paths, baseUrl or an alias table: no npm package even when no file was found. */
  readonly aliased: boolean;
}

/** Resolves imports within a project: relative, tsconfig `paths`/`baseUrl`, package `imports`, aliases, workspace packages. */
export class ModuleResolver {
  private readonly cache = new Map<string, Resolution>();
  private readonly configs = new Map<string, PathsConfig | undefined>();
  private readonly byName = new Map<string, PackageInfo>();
  private readonly byFolder = new Map<string, PackageInfo>();
  /** Packages whose entry is being looked for. */
  private readonly entering = new Set<PackageInfo>();
  /** Many packages extend the same few. */
  private readonly statements = new Map<string, ConfigStatement | undefined>();

  constructor(
    private readonly files: ProjectFiles,
    packages: readonly PackageInfo[],
    private readonly packageOf: (path: string) => PackageInfo | undefined,
  ) {
    for (const info of packages) {
      if (info.name !== undefined && !this.byName.has(info.name)) this.byName.set(info.name, info);
      if (info.dir !== '' && !this.byFolder.has(info.dir)) this.byFolder.set(info.dir, info);
    }
  }

  /** Resolves `specifier` as written in the module `from`. */
  resolve(from: string, specifier: string): Resolution {
    const folder = folderOf(from);
    const key = `${folder}\0${specifier}`;
    const known = this.cache.get(key);
    if (known) return known;
    const found = this.compute(folder, specifier, from);
    this.cache.set(key, found);
    return found;
  }

  private compute(folder: string, specifier: string, from: string): Resolution {
    const to = (path: string | undefined, aliased: 'aliased' | 'plain' = 'plain'): Resolution => ({
      path,
      packageName: undefined,
      builtin: false,
      aliased: aliased === 'aliased',
    });
    // `./x?raw` and `!!loader!./x` are bundler forms of the same file.
    const bare = specifier.replace(/^.*!/, '').replace(/\?.*/, '');
    if (/^\.{1,2}(\/|$)/.test(bare)) {
      const path = joinPath(folder, bare);
      return to(path === undefined ? undefined : this.probe(path));
    }
    if (isBuiltin(specifier))
      return { path: undefined, packageName: undefined, builtin: true, aliased: false };
    const info = this.packageOf(from);
    if (bare.startsWith('#') && info) {
      const mapped = mappedTarget(info.manifest['imports'], bare);
      if (mapped !== undefined) {
        const path = joinPath(info.dir, mapped);
        return to(path === undefined ? undefined : this.probeOutput(path, info), 'aliased');
      }
    }
    const aliased = this.throughConfig(folder, bare) ?? this.throughAliases(info, bare);
    if (aliased) return aliased;
    const packageName = packageNameOf(bare);
    const workspace = packageName === undefined ? undefined : this.byName.get(packageName);
    if (workspace && packageName !== undefined) {
      const rest = bare.slice(packageName.length).replace(/^\//, '');
      return {
        path: this.packageEntry(workspace, rest),
        packageName,
        builtin: false,
        aliased: false,
      };
    }
    const own =
      info && packageName !== undefined ? this.throughRoot(info, bare, packageName) : undefined;
    if (own !== undefined) return to(own, 'aliased');
    const isOwn = !info?.dependencies.has(packageName ?? '') && this.isInOwnFolder(folder, bare);
    if (isOwn) return to(undefined, 'aliased');
    return { path: undefined, packageName, builtin: false, aliased: false };
  }

  /** `generated/client` below `baseUrl`, where `generated` is a folder, or will be: what git ignores may be made by a build. */
  private isInOwnFolder(folder: string, specifier: string): boolean {
    const base = this.configFor(folder)?.baseUrl;
    const [first = '', ...rest] = specifier.split('/');
    const path = base === undefined || rest.length === 0 ? undefined : joinPath(base, first);
    return (
      path !== undefined && (existsPath(this.files, path) || this.files.wouldIgnore(`${path}/x`))
    );
  }

  /** `require('src/config')` with `NODE_PATH=.`: a path below the package that no dependency can be meant by. */
  private throughRoot(
    info: PackageInfo,
    specifier: string,
    packageName: string,
  ): string | undefined {
    const isDeclared =
      info.dependencies.has(packageName) ||
      info.workspaceRoot?.dependencies.has(packageName) === true;
    if (isDeclared || specifier.startsWith('@')) return undefined;
    // A single word may well be a package that another one brought along, unless there is a folder of the name.
    const isPath = specifier.includes('/');
    const bases = isPath ? ['', 'src', 'app', 'server'] : ['', 'src'];
    // `NODE_PATH=./` of the repository, whose packages share folders that are none.
    const roots = [...bases.map((base) => joinPath(info.dir, base)), ...(isPath ? [''] : [])];
    for (const root of roots) {
      const path = root === undefined ? undefined : joinPath(root, specifier);
      const found = path === undefined ? undefined : this.probe(path);
      const isFolder = path !== undefined && found?.startsWith(`${path}/index.`) === true;
      if (found !== undefined && (isPath || isFolder || addsRoot(info))) return found;
    }
    return undefined;
  }

  /** Finds the source file for an extensionless or compiled path: file, `.ts` for `.js`, folder index. */
  probe(path: string): string | undefined {
    const { files } = this;
    if (path !== '' && files.has(path) && files.kind(path) !== undefined) return path;
    const compiled = /\.([mc]?)jsx?$/.exec(path);
    if (compiled) {
      const stem = path.slice(0, compiled.index);
      for (const extension of [`.${compiled[1] ?? ''}ts`, '.tsx'])
        if (files.has(stem + extension)) return stem + extension;
    }
    for (const extension of EXTENSIONS) if (files.has(path + extension)) return path + extension;
    for (const extension of EXTENSIONS) {
      const index = path === '' ? `index${extension}` : `${path}/index${extension}`;
      if (files.has(index)) return index;
    }
    const main = this.byFolder.get(path);
    return main ? this.packageEntry(main, '') : undefined;
  }

  /** Like {@link probe}, with compiled output mapped back to its source. */
  probeOutput(path: string, info: PackageInfo | undefined): string | undefined {
    const direct = this.probe(path);
    if (direct !== undefined) return direct;
    for (const { out, source } of info?.outputs ?? []) {
      if (!isInside(path, out)) continue;
      const moved = joinPath(source, path.slice(out.length).replace(/^\//, ''));
      const found = moved === undefined ? undefined : this.probe(moved);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private packageEntry(info: PackageInfo, rest: string): string | undefined {
    // `"main": "."`, or packages that name each other's folders: what is looked for is looked for already.
    if (this.entering.has(info)) return undefined;
    this.entering.add(info);
    const found = this.firstEntry(info, rest);
    this.entering.delete(info);
    return found;
  }

  private firstEntry(info: PackageInfo, rest: string): string | undefined {
    const exported = mappedTarget(info.manifest['exports'], rest === '' ? '.' : `./${rest}`);
    const { manifest } = info;
    const candidates =
      rest === ''
        ? [
            exported,
            manifest['source'],
            manifest['module'],
            manifest['main'],
            manifest['types'],
            'src/index',
            'index',
            'lib/index',
          ]
        : [exported, rest, `src/${rest}`];
    for (const candidate of candidates) {
      if (typeof candidate !== 'string') continue;
      const path = joinPath(info.dir, candidate);
      const found = path === undefined ? undefined : this.probeOutput(path, info);
      if (found !== undefined && !found.endsWith('.d.ts')) return found;
    }
    return undefined;
  }

  private throughConfig(folder: string, specifier: string): Resolution | undefined {
    const config = this.configFor(folder);
    if (!config) return undefined;
    for (const [pattern, targets] of config.paths) {
      const star = matchStar(pattern, specifier);
      if (star === undefined) continue;
      for (const target of targets) {
        const path = joinPath(config.base, target.replace('*', star));
        const found = path === undefined ? undefined : this.probe(path);
        if (found !== undefined || this.isDeclaredAt(path))
          return { path: found, packageName: undefined, builtin: false, aliased: true };
      }
      // A catch-all maps packages too; only a specific pattern proves that no package is meant.
      if (pattern !== '*')
        return { path: undefined, packageName: undefined, builtin: false, aliased: true };
    }
    const below = this.belowExact(config, specifier);
    if (below) return below;
    if (config.baseUrl === undefined) return undefined;
    const path = joinPath(config.baseUrl, specifier);
    const found = path === undefined ? undefined : this.probe(path);
    return found === undefined && !this.isDeclaredAt(path)
      ? undefined
      : { path: found, packageName: undefined, builtin: false, aliased: true };
  }

  /** Types only: `types.d.ts`, `types/index.d.ts`. */
  private isDeclaredAt(path: string | undefined): boolean {
    return (
      path !== undefined && (this.files.has(`${path}.d.ts`) || this.files.has(`${path}/index.d.ts`))
    );
  }

  /** `"@root": ["./"]` for `@root/server`: a bundler's alias, told to the editor without a star. */
  private belowExact(config: PathsConfig, specifier: string): Resolution | undefined {
    for (const [pattern, targets] of config.paths) {
      if (pattern.includes('*') || !specifier.startsWith(`${pattern}/`)) continue;
      const [found] = targets.flatMap((target) => {
        const path = joinPath(config.base, target, specifier.slice(pattern.length + 1));
        return (path === undefined ? undefined : this.probe(path)) ?? [];
      });
      if (found !== undefined || pattern.startsWith('@'))
        return { path: found, packageName: undefined, builtin: false, aliased: true };
    }
    return undefined;
  }

  /** `_moduleAliases` of the package module-alias, and jest-style `moduleNameMapper`-free bundler defaults `~/`, `@/`. */
  private throughAliases(info: PackageInfo | undefined, specifier: string): Resolution | undefined {
    if (!info) return undefined;
    const meant = frameworkAlias(this.files, info, specifier);
    if (meant !== undefined)
      return { path: this.probe(meant), packageName: undefined, builtin: false, aliased: true };
    const table = info.manifest['_moduleAliases'];
    const entries =
      typeof table === 'object' && table !== null
        ? Object.entries(table as Record<string, unknown>)
        : [];
    for (const [alias, target] of entries) {
      if (typeof target !== 'string' || !(specifier === alias || specifier.startsWith(`${alias}/`)))
        continue;
      const path = joinPath(info.dir, target, specifier.slice(alias.length));
      return {
        path: path === undefined ? undefined : this.probeOutput(path, info),
        packageName: undefined,
        builtin: false,
        aliased: true,
      };
    }
    const [, sign, rest] = /^(@|~|@@|~~|\$lib)\/(.*)$/.exec(specifier) ?? [];
    if (sign === undefined) return undefined;
    for (const base of sign === '$lib' ? ['src/lib'] : ['src', 'app', '']) {
      const path = joinPath(info.dir, base, rest ?? '');
      const found = path === undefined ? undefined : this.probe(path);
      if (found !== undefined)
        return { path: found, packageName: undefined, builtin: false, aliased: true };
    }
    return { path: undefined, packageName: undefined, builtin: false, aliased: true };
  }

  private configFor(folder: string): PathsConfig | undefined {
    if (this.configs.has(folder)) return this.configs.get(folder);
    let found: PathsConfig | undefined;
    for (const name of [
      'tsconfig.json',
      'jsconfig.json',
      'tsconfig.base.json',
      'tsconfig.app.json',
      'tsconfig.server.json',
    ]) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (!this.files.has(path)) continue;
      found = merge(found, this.readConfig(path, 0));
      if (found?.paths.length) break;
    }
    if (!found && folder !== '') found = this.configFor(folderOf(folder));
    this.configs.set(folder, found);
    return found;
  }

  private readConfig(path: string, depth: number): PathsConfig | undefined {
    if (depth > 5) return undefined;
    if (!this.statements.has(path)) this.statements.set(path, this.statement(path));
    const stated = this.statements.get(path);
    if (!stated) return undefined;
    let result: PathsConfig | undefined = stated.own;
    for (const parent of stated.parents) result = merge(result, this.readConfig(parent, depth + 1));
    return result;
  }

  private statement(path: string): ConfigStatement | undefined {
    const text = this.files.text(path);
    if (text === undefined) return undefined;
    const { root } = parseJsonSyntax(text);
    const data: unknown = root ? getNodeValue(root) : undefined;
    if (!isRecord(data)) return undefined;
    const folder = folderOf(path);
    const options = isRecord(data['compilerOptions']) ? data['compilerOptions'] : {};
    const baseUrl =
      typeof options['baseUrl'] === 'string' ? joinPath(folder, options['baseUrl']) : undefined;
    const paths: [string, string[]][] = [];
    if (isRecord(options['paths']))
      for (const [pattern, targets] of Object.entries(options['paths']))
        if (Array.isArray(targets))
          paths.push([
            pattern,
            targets.filter((target): target is string => typeof target === 'string'),
          ]);
    paths.sort(([a], [b]) => b.length - a.length);
    const extended = data['extends'];
    const bases: readonly unknown[] = Array.isArray(extended) ? extended : [extended];
    const references: readonly unknown[] = Array.isArray(data['references'])
      ? data['references'].map((entry) => (isRecord(entry) ? entry['path'] : undefined))
      : [];
    const parents: string[] = [];
    for (const parent of [...bases, ...(paths.length === 0 ? references : [])]) {
      if (typeof parent !== 'string' || !/^\.{0,2}\/|^\.\.?$|^\w+\.json$|^tsconfig/.test(parent))
        continue;
      const target = joinPath(folder, parent);
      if (target === undefined) continue;
      const file = [target, `${target}.json`, `${target}/tsconfig.json`].find(
        (candidate) => this.files.has(candidate) && candidate.endsWith('.json'),
      );
      if (file !== undefined && file !== path) parents.push(file);
    }
    return { own: { base: baseUrl ?? folder, baseUrl, paths }, parents };
  }
}

/** What one tsconfig says, and the files it takes the rest from. */
interface ConfigStatement {
  readonly own: PathsConfig;
  readonly parents: readonly string[];
}

interface PathsConfig {
  /** Folder that `paths` targets are relative to. */
  readonly base: string;
  readonly baseUrl: string | undefined;
  readonly paths: readonly (readonly [string, readonly string[]])[];
}

function merge(
  own: PathsConfig | undefined,
  inherited: PathsConfig | undefined,
): PathsConfig | undefined {
  if (!own || !inherited) return own ?? inherited;
  return own.paths.length > 0
    ? { ...own, baseUrl: own.baseUrl ?? inherited.baseUrl }
    : { base: inherited.base, baseUrl: own.baseUrl ?? inherited.baseUrl, paths: inherited.paths };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function matchStar(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === specifier ? '' : undefined;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  if (
    !specifier.startsWith(before) ||
    !specifier.endsWith(after) ||
    specifier.length < pattern.length - 1
  )
    return undefined;
  return specifier.slice(before.length, specifier.length - after.length);
}

/** Resolves package.json `exports`/`imports` maps: conditions in the order Node code would take them, one `*`. */
function mappedTarget(map: unknown, key: string): string | undefined {
  const target = (value: unknown): string | undefined => {
    if (typeof value === 'string') return value;
    if (Array.isArray(value)) return value.map(target).find((found) => found !== undefined);
    if (!isRecord(value)) return undefined;
    for (const condition of [
      'source',
      'development',
      'import',
      'node',
      'require',
      'default',
      'types',
    ])
      if (condition in value) {
        const found = target(value[condition]);
        if (found !== undefined) return found;
      }
    return undefined;
  };
  if (
    key === '.' &&
    (typeof map === 'string' ||
      (isRecord(map) && !Object.keys(map).some((name) => name.startsWith('.'))))
  )
    return target(map);
  if (!isRecord(map)) return undefined;
  if (key in map) return target(map[key]);
  for (const [pattern, value] of Object.entries(map)) {
    const star = pattern.includes('*') ? matchStar(pattern, key) : undefined;
    if (star !== undefined) return target(value)?.replaceAll('*', star);
  }
  return undefined;
}

const EXTENSIONS = [
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.vue',
  '.svelte',
  '.json',
];

/** Does Node look below the package for what is no path: `require('rootpath')()`, `NODE_PATH=. node server.js`? */
function addsRoot({ dependencies, scripts }: PackageInfo): boolean {
  return (
    ['rootpath', 'app-module-path'].some((tool) => dependencies.has(tool)) ||
    [...scripts.values()].some(({ command }) => /\bNODE_PATH=/.test(command))
  );
}
