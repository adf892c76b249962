import { isInside } from '../base/paths';
import type { Value } from '../base/value';
import { SCRIPT_PLACES } from '../vocabulary/paths';
import { environmentContract } from './environment/environment';
import type { SourceFacts } from './facts/facts';
import type { ProjectFiles } from './files/files';
import { isTestPath, isDocumentPath } from './files/paths';
import type { LibraryTable } from './libraries/library';
import { kindOfFile } from './map/kind-of-file';
import type { PackageKind } from './map/kinds';
import { mapPackages } from './map/package-map';
import type {
  CallMeaning,
  EntryPoint,
  ModuleInfo,
  PackageInfo,
  ProjectModel,
  ResolvedImport,
  StartCommand,
  Started,
} from './model';
import { folderLoads } from './modules/folder-loads';
import { ModuleResolver } from './modules/module-resolution';
import { completePackages, findPackages } from './packages/packages';
import { startCommands, statedCommands } from './processes/commands';
import { opensPort } from './processes/deployment';
import { EntryFinder, findEntryPoints } from './processes/entry-points';
import { assignRoles } from './processes/roles';
import { requestReach, type RequestReach } from './requests/request-reach';
import { isConfigFile } from './secrets/config-files';
import { jsonValue } from './services/json-value';
import { callSiteIndex } from './values/call-sites';
import { callMeanings } from './values/meanings';
import { ValueResolver } from './values/resolve-value';

/** The parts of a model that depend on manifests and the file list only, not on source facts. */
export interface ProjectFrame {
  readonly files: ProjectFiles;
  readonly packages: readonly PackageInfo[];
  readonly commands: readonly StartCommand[];
  readonly entryPoints: readonly EntryPoint[];
  readonly resolver: ModuleResolver;
  started(command: StartCommand): Started;
  packageOf(path: string): PackageInfo | undefined;
}

/** Reads the manifests: packages, start commands, entry points. */
export function buildFrame(
  files: ProjectFiles,
  given: (dir: string) => PackageKind | undefined = () => undefined,
): ProjectFrame {
  const packages = findPackages(files);
  const stated = statedCommands(files, packages);
  const finder = new EntryFinder(files, packages);
  const mapped = mapPackages({
    files,
    packages,
    stated,
    started: (command) => finder.started(command),
    given,
  });
  completePackages(mapped);
  const byDepth = [...packages].sort((a, b) => b.dir.length - a.dir.length);
  const nearest = new Map<string, PackageInfo | undefined>();
  const packageOf = (path: string): PackageInfo | undefined => {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (!nearest.has(folder))
      nearest.set(
        folder,
        byDepth.find((info) => isInside(folder, info.dir)),
      );
    return nearest.get(folder);
  };
  const commands = startCommands(files, packages, stated);
  return {
    files,
    packages,
    commands,
    entryPoints: findEntryPoints(files, packages, commands, finder),
    resolver: new ModuleResolver(files, packages, packageOf),
    started: (command) => finder.started(command),
    packageOf,
  };
}

/**
 * Builds the model of a project from its frame and the facts of all its source files. Cheap: most of it is computed when a rule
 * asks for it.
 */
export function buildModel(
  frame: ProjectFrame,
  facts: ReadonlyMap<string, SourceFacts>,
  table: LibraryTable,
): ProjectModel {
  const { resolver } = frame;
  const space = {
    facts: (path: string) => facts.get(path),
    modulePath: (from: string, specifier: string) => resolver.resolve(from, specifier).path,
    settings: settingsOf(frame.files),
  };
  // The index is built by a resolver of its own, which knows no parameters yet: what it remembers must not stay.
  const callSites = callSiteIndex(
    facts,
    () => new ValueResolver({ ...space, callSites: () => [] }),
    space.modulePath,
  );
  const values = new ValueResolver({ ...space, callSites });
  const meaningCache = new Map<string, readonly CallMeaning[]>();
  const meanings = (path: string): readonly CallMeaning[] => {
    let found = meaningCache.get(path);
    if (!found) {
      const own = facts.get(path);
      found = own ? callMeanings(own, table, values, declaredFor(path, frame.packageOf)) : [];
      meaningCache.set(path, found);
    }
    return found;
  };
  const importsOf = (path: string): readonly ResolvedImport[] =>
    (facts.get(path)?.imports ?? []).map((fact) => {
      const { path: target, packageName, builtin } = resolver.resolve(path, fact.specifier);
      return {
        specifier: fact.specifier,
        span: fact.span,
        path: target,
        packageName,
        builtin,
        typeOnly: fact.typeOnly,
      };
    });
  const importCache = new Map<string, readonly ResolvedImport[]>();
  const imports = (path: string): readonly ResolvedImport[] => {
    const known = importCache.get(path);
    if (known) return known;
    const found = importsOf(path);
    importCache.set(path, found);
    return found;
  };
  const reachableFrom = (paths: readonly string[]): ReadonlySet<string> => {
    const seen = new Set<string>();
    const queue = [...paths];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (seen.has(path) || !facts.has(path)) continue;
      seen.add(path);
      for (const link of imports(path))
        if (link.path !== undefined && !link.typeOnly) queue.push(link.path);
      for (const target of loadedByFolder(facts.get(path), frame)) queue.push(target);
    }
    return seen;
  };
  const reach = new Map<string, ReadonlySet<string>>();
  const reachable = (entry: EntryPoint): ReadonlySet<string> => {
    const known = reach.get(entry.path);
    if (known) return known;
    const found = reachableFrom([entry.path]);
    reach.set(entry.path, found);
    return found;
  };
  const entryPoints = withEvidence(frame, facts, meanings, reachable);
  const assigned = assignRoles({
    facts,
    entryPoints,
    reachable,
    reachableFrom,
    meanings,
    packageOf: frame.packageOf,
  });
  const modules = new Map<string, ModuleInfo>();
  for (const path of facts.keys()) {
    modules.set(path, {
      path,
      package: frame.packageOf(path),
      roles: assigned.roles.get(path) ?? new Set(),
      isLoadedByApp: assigned.loadedByApps.has(path),
      entryPoints: assigned.entryPoints.get(path) ?? [],
      get imports() {
        return imports(path);
      },
    });
  }
  let environment: ProjectModel['environment'] | undefined;
  let reached: RequestReach | undefined;
  const model: ProjectModel = {
    files: frame.files,
    packages: frame.packages,
    entryPoints,
    commands: frame.commands,
    modules,
    facts,
    get environment() {
      return (environment ??= environmentContract(model));
    },
    started: frame.started,
    kindOf: kindOfFiles(frame),
    packageOf: frame.packageOf,
    resolveImport(from, specifier) {
      const { path, packageName, builtin } = resolver.resolve(from, specifier);
      return { specifier, span: { start: 0, end: 0 }, path, packageName, builtin, typeOnly: false };
    },
    resolve: (value: Value, from: string) => values.resolve(value, from),
    reachable,
    meanings,
    callSites,
    get requestReach() {
      return (reached ??= requestReach(model));
    },
  };
  return model;
}

/**
 * The same model with one module's facts replaced: for the keystroke path. Roles, entry points and other modules' meanings stay
 * as they were until the next full build.
 * @param facts the new facts of all modules
 * @param path the module whose facts changed
 */
export function deriveModel(
  base: ProjectModel,
  facts: ReadonlyMap<string, SourceFacts>,
  path: string,
  table: LibraryTable,
): ProjectModel {
  const values = new ValueResolver({
    facts: (module) => facts.get(module),
    modulePath: (from, specifier) => base.resolveImport(from, specifier).path,
    settings: settingsOf(base.files),
    callSites: base.callSites,
  });
  let own: readonly CallMeaning[] | undefined;
  let reached: RequestReach | undefined;
  const model: ProjectModel = {
    files: base.files,
    packages: base.packages,
    entryPoints: base.entryPoints,
    commands: base.commands,
    modules: base.modules,
    get environment() {
      return base.environment;
    },
    started: base.started,
    kindOf: base.kindOf,
    packageOf: base.packageOf,
    resolveImport: base.resolveImport,
    reachable: base.reachable,
    callSites: base.callSites,
    facts,
    resolve: (value: Value, from: string) => values.resolve(value, from),
    meanings(module) {
      if (module !== path) return base.meanings(module);
      const current = facts.get(path);
      return (own ??= current
        ? callMeanings(current, table, values, declaredFor(path, base.packageOf))
        : []);
    },
    get requestReach() {
      return (reached ??= base.requestReach.withModule(model, path));
    },
  };
  return model;
}

/**
 * Where no manifest names an entry point of a package, modules that listen or consume at module level stand in for it.
 */
function withEvidence(
  frame: ProjectFrame,
  facts: ReadonlyMap<string, SourceFacts>,
  meanings: (path: string) => readonly CallMeaning[],
  reachable: (entry: EntryPoint) => ReadonlySet<string>,
): readonly EntryPoint[] {
  const entries = [...frame.entryPoints];
  const covered = new Set(entries.flatMap((entry) => [...reachable(entry)]));
  for (const path of [...facts.keys()].sort()) {
    if (covered.has(path)) continue;
    const info = frame.packageOf(path);
    if (
      !info ||
      info.kind !== 'app' ||
      frame.entryPoints.some((entry) => entry.package === info && entry.production)
    )
      continue;
    const starts = meanings(path).some(opensPort);
    if (!starts || isTestPath(path) || isDocumentPath(path) || SCRIPT_PLACES.isIn(path)) continue;
    entries.push({
      path,
      package: info,
      origin: 'listens',
      declaredAt: undefined,
      intent: 'start',
      production: false,
    });
  }
  return entries;
}

/**
 * Modules loaded by folder rather than by name: `@fastify/autoload`, `require-all`-like globs, TypeORM/Nest entity globs. Found
 * by string arguments that name a folder or glob of the project.
 */
function loadedByFolder(facts: SourceFacts | undefined, frame: ProjectFrame): readonly string[] {
  if (!facts || facts.detail !== 'full') return [];
  const folders = folderLoads(facts);
  if (folders.length === 0) return [];
  return frame.files.paths.filter(
    (candidate) =>
      frame.files.kind(candidate) === 'source' &&
      folders.some((folder) => isInside(candidate, folder)),
  );
}

function kindOfFiles({ files, packageOf }: ProjectFrame): ProjectModel['kindOf'] {
  const known = new Map<string, PackageKind>();
  return (path) => {
    const found = known.get(path) ?? kindOfFile(path, packageOf(path), files);
    known.set(path, found);
    return found;
  };
}

/** JSON files of settings, as values; data and texts are left alone. */
function settingsOf(files: ProjectFiles): (path: string) => Value | undefined {
  const known = new Map<string, Value | undefined>();
  return (path) => {
    if (known.has(path)) return known.get(path);
    const root =
      files.kind(path) === 'json' && isConfigFile(path) ? files.json(path)?.root : undefined;
    const value = root && jsonValue(root);
    known.set(path, value);
    return value;
  };
}

function declaredFor(
  path: string,
  packageOf: (path: string) => PackageInfo | undefined,
): (packageName: string) => boolean {
  const owner = packageOf(path);
  return (name) => owner?.dependencies.has(name) === true;
}
