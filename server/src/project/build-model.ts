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
import { publishedSpecifier } from './packages/package-managers';
import { completePackages, findPackages } from './packages/packages';
import { startCommands, statedCommands } from './processes/commands';
import { opensPort } from './processes/deployment';
import { EntryFinder, findEntryPoints, strongestOfEach } from './processes/entry-points';
import { spawnedEntries } from './processes/spawned-entries';
import { assignRoles } from './processes/roles';
import { requestReach, type RequestReach } from './requests/request-reach';
import { isConfigFile } from './secrets/config-files';
import { jsonValue } from './services/json-value';
import { callSiteIndex } from './values/call-sites';
import { containedValues } from './values/containers';
import { callMeanings } from './values/meanings';
import { ValueMemo, ValueResolver } from './values/resolve-value';

/** The parts of a model that depend on manifests and the file list only, not on source facts. */
export interface ProjectFrame {
  readonly files: ProjectFiles;
  readonly packages: readonly PackageInfo[];
  readonly commands: readonly StartCommand[];
  readonly entryPoints: readonly EntryPoint[];
  readonly resolver: ModuleResolver;
  started(command: StartCommand): Started;
  /** The source file that the first of several possible places leads to, compiled ones included. */
  sourceAt(locations: readonly string[]): string | undefined;
  packageOf(path: string): PackageInfo | undefined;
}

/** Work that can be left for a while after each step. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Reads the manifests: packages, start commands, entry points. */
export function* frameSteps(
  files: ProjectFiles,
  given: (dir: string) => PackageKind | undefined = () => undefined,
): Steps<ProjectFrame> {
  const packages = findPackages(files);
  yield;
  const stated = statedCommands(files, packages);
  yield;
  const finder = new EntryFinder(files, packages);
  const mapped = mapPackages({
    files,
    packages,
    stated,
    started: (command) => finder.started(command),
    given,
  });
  yield;
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
  yield;
  const entryPoints = findEntryPoints(files, packages, commands, finder);
  yield;
  return {
    files,
    packages,
    commands,
    entryPoints,
    resolver: new ModuleResolver(files, packages, packageOf),
    started: (command) => finder.started(command),
    sourceAt: (locations) => finder.resolve(locations),
    packageOf,
  };
}

/** The same at once. */
export function buildFrame(
  files: ProjectFiles,
  given?: (dir: string) => PackageKind | undefined,
): ProjectFrame {
  const steps = frameSteps(files, given);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** A model, and what becomes of it while somebody types. */
export interface BuiltModel {
  readonly model: ProjectModel;
  /**
   * The same with one module's facts replaced: for the keystroke path. Roles, entry points and other modules' meanings stay as they
   * were until the next full build.
   * @param facts the new facts of all modules
   * @param path the module whose facts changed
   */
  replace(facts: ReadonlyMap<string, SourceFacts>, path: string): BuiltModel;
}

/** What a model is made of; what is worked out on demand from the model itself, as a function of it. */
type Parts = Omit<ProjectModel, 'environment' | 'requestReach'> & {
  environmentOf(model: ProjectModel): ProjectModel['environment'];
  requestReachOf(model: ProjectModel): RequestReach;
};

function assemble(parts: Parts): ProjectModel {
  const { environmentOf, requestReachOf, ...own } = parts;
  let environment: ProjectModel['environment'] | undefined;
  let reached: RequestReach | undefined;
  const model: ProjectModel = {
    ...own,
    get environment() {
      return (environment ??= environmentOf(model));
    },
    get requestReach() {
      return (reached ??= requestReachOf(model));
    },
  };
  return model;
}

/** What was typed into since the last full build. */
interface Edited {
  /** The modules, with what their calls mean where somebody asked. */
  readonly modules: ReadonlyMap<string, { meanings?: readonly CallMeaning[] }>;
  /** What values come to that follow from other modules alone. */
  readonly others: ValueMemo;
}

/**
 * A model in which some modules are newer than the rest. It refers to the last full build, never to the models in between: those and
 * the facts they were made of can go.
 * @param base the parts of the last full build
 * @param built the model of those
 */
function retouched(
  base: Parts,
  built: ProjectModel,
  edited: Edited,
  model: ProjectModel,
  table: LibraryTable,
): BuiltModel {
  return {
    model,
    replace(facts, path) {
      const now: Edited = {
        modules: new Map([...edited.modules, [path, {}]]),
        others: edited.modules.has(path) ? edited.others : new ValueMemo(),
      };
      const values = new ValueResolver(
        {
          facts: (module) => facts.get(module),
          isEdited: (module) => now.modules.has(module),
          modulePath: (from, specifier) => base.resolveImport(from, specifier).path,
          settings: settingsOf(base.files),
          published: publishedNames(base.packageOf),
          contained: containedValues(facts),
          callSites: base.callSites,
        },
        now.others,
      );
      const next = assemble({
        ...base,
        facts,
        resolve: (value, from) => values.resolve(value, from),
        meanings(module) {
          const own = now.modules.get(module);
          if (!own) return base.meanings(module);
          return (own.meanings ??= meaningsIn(facts.get(module), table, values, base.packageOf));
        },
        environmentOf: () => built.environment,
        requestReachOf: (later) => built.requestReach.withModules(later, now.modules),
      });
      return retouched(base, built, now, next, table);
    },
  };
}

/**
 * Builds the model of a project from its frame and the facts of all its source files. Cheap: most of it is computed when a rule
 * asks for it. Of a module that is typed into between two steps it may know what was there before: {@link BuiltModel.replace} it.
 */
export function* modelSteps(
  frame: ProjectFrame,
  facts: ReadonlyMap<string, SourceFacts>,
  table: LibraryTable,
): Steps<BuiltModel> {
  const { resolver } = frame;
  const space = {
    facts: (path: string) => facts.get(path),
    modulePath: (from: string, specifier: string) => resolver.resolve(from, specifier).path,
    settings: settingsOf(frame.files),
    published: publishedNames(frame.packageOf),
    contained: containedValues(facts),
  };
  // The index is built by a resolver of its own, which knows no parameters yet: what it remembers must not stay.
  const callSites = callSiteIndex(
    facts,
    () => new ValueResolver({ ...space, callSites: () => [], isBlindToCalls: true }),
    space.modulePath,
  );
  const values = new ValueResolver({ ...space, callSites });
  const meaningCache = new Map<string, readonly CallMeaning[]>();
  const meanings = (path: string): readonly CallMeaning[] => {
    let found = meaningCache.get(path);
    if (!found) {
      found = meaningsIn(facts.get(path), table, values, frame.packageOf);
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
  const spawned = frame.entryPoints.flatMap((entry) =>
    spawnedEntries(entry, {
      facts: (path) => facts.get(path),
      resolve: (value, from) => values.resolve(value, from),
      packageOf: frame.packageOf,
      sourceAt: frame.sourceAt,
    }),
  );
  const known =
    spawned.length === 0 ? frame.entryPoints : strongestOfEach([...frame.entryPoints, ...spawned]);
  const entryPoints = withEvidence(
    { ...frame, entryPoints: known },
    facts,
    meanings,
    reachableFrom(known.map(({ path }) => path)),
  );
  yield;
  const assigned = assignRoles({
    facts,
    entryPoints,
    reachable,
    reachableFrom,
    meanings,
    packageOf: frame.packageOf,
  });
  yield;
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
  const parts: Parts = {
    files: frame.files,
    packages: frame.packages,
    entryPoints,
    commands: frame.commands,
    modules,
    facts,
    started: frame.started,
    kindOf: kindOfFiles(frame),
    packageOf: frame.packageOf,
    resolveImport(from, specifier) {
      const { path, packageName, builtin } = resolver.resolve(from, specifier);
      return { specifier, span: { start: 0, end: 0 }, path, packageName, builtin, typeOnly: false };
    },
    resolve: (value, from) => values.resolve(value, from),
    reachable,
    meanings,
    callSites,
    environmentOf: environmentContract,
    requestReachOf: requestReach,
  };
  const model = assemble(parts);
  return retouched(parts, model, { modules: new Map(), others: new ValueMemo() }, model, table);
}

/**
 * Where no manifest names an entry point of a package, modules that listen or consume at module level stand in for it.
 * @param covered modules that entry points reach
 */
function withEvidence(
  frame: ProjectFrame,
  facts: ReadonlyMap<string, SourceFacts>,
  meanings: (path: string) => readonly CallMeaning[],
  covered: ReadonlySet<string>,
): readonly EntryPoint[] {
  const entries = [...frame.entryPoints];
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

/** What modules import under names that their packages chose. */
function publishedNames(
  packageOf: ProjectFrame['packageOf'],
): (from: string, specifier: string) => string | undefined {
  return (from, specifier) => {
    const dependencies = packageOf(from)?.dependencies;
    return dependencies && publishedSpecifier(specifier, dependencies);
  };
}

function meaningsIn(
  facts: SourceFacts | undefined,
  table: LibraryTable,
  values: ValueResolver,
  packageOf: ProjectFrame['packageOf'],
): readonly CallMeaning[] {
  if (!facts) return [];
  const owner = packageOf(facts.path);
  return callMeanings(facts, table, values, (name) => owner?.dependencies.has(name) === true);
}
