import type { SourceFacts } from '../facts/facts';
import { isAdminPath, isBuildPath, isTestPath } from '../files/paths';
import type { CallMeaning, EntryPoint, PackageInfo, Role } from '../model';
import {
  isForBrowsers,
  isRoutePath,
  isServerRoute,
  looksLikeBrowser,
} from '../modules/browser-code';
import { opensPort } from './deployment';
import { supervising } from './supervisors';

/** What the role decision needs of the project. */
export interface RoleInput {
  readonly facts: ReadonlyMap<string, SourceFacts>;
  readonly entryPoints: readonly EntryPoint[];
  reachable(entry: EntryPoint): ReadonlySet<string>;
  /** Modules that any of these reaches, themselves included. */
  reachableFrom(paths: readonly string[]): ReadonlySet<string>;
  meanings(path: string): readonly CallMeaning[];
  packageOf(path: string): PackageInfo | undefined;
}

export interface RoleResult {
  readonly roles: ReadonlyMap<string, ReadonlySet<Role>>;
  /** Entry points that reach each module. */
  readonly entryPoints: ReadonlyMap<string, readonly EntryPoint[]>;
  /** Modules of apps, and what those load; tests and build tooling left out. */
  readonly loadedByApps: ReadonlySet<string>;
}

/**
 * Gives every module its roles: from what the entry points that reach it do, and only where none reaches it from its path and
 * its package. Deterministic.
 */
export function assignRoles(input: RoleInput): RoleResult {
  const roles = new Map<string, Set<Role>>();
  const reached = new Map<string, EntryPoint[]>();
  for (const path of input.facts.keys()) {
    roles.set(path, new Set());
    reached.set(path, []);
  }
  const loadedByApp = new Set<string>();
  const startedBy = moduleStarts(input);
  const tests = new Set([...input.facts.keys()].filter(isTestPath));
  for (const entry of input.entryPoints) {
    const modules = input.reachable(entry);
    const own = rolesOfEntry(entry, modules, input, startedBy);
    const isTooling = own.includes('test') || own.includes('build');
    for (const path of modules) {
      if (tests.has(path) && entry.path !== path) continue;
      reached.get(path)?.push(entry);
      if (!isTooling) loadedByApp.add(path);
      const set = roles.get(path);
      for (const role of own) set?.add(role);
    }
  }
  // Frameworks load the files of their routes by themselves, and run them on the server.
  const routes = [...input.facts.keys()].filter((path) => isRoutePath(path, input.packageOf(path)));
  for (const path of input.reachableFrom(routes)) {
    loadedByApp.add(path);
    const facts = input.facts.get(path);
    const info = input.packageOf(path);
    if (!facts || tests.has(path)) continue;
    if (isServerRoute(path, info) || !looksLikeBrowser(path, facts, info))
      roles.get(path)?.add('serverless');
  }
  const served = new Set(routes);
  const started = new Set(
    input.entryPoints
      .filter(({ production, intent }) => production && intent === 'start')
      .map((entry) => entry.package),
  );
  for (const [path, facts] of input.facts) {
    const set = roles.get(path);
    if (!set) continue;
    // What the app itself loads stays the app's, though a test runner or a build script loads it, too.
    if (!isBuildPath(path) && loadedByApp.has(path)) {
      set.delete('test');
      set.delete('build');
    }
    if (tests.has(path)) {
      set.clear();
      set.add('test');
    } else if (isBuildPath(path) && !hasServerRole(set)) {
      set.clear();
      set.add('build');
    } else if (isForBrowsers(facts)) {
      set.clear();
      set.add('browser');
    } else if (
      !served.has(path) &&
      isOnlyForDevelopment(reached.get(path) ?? [], started) &&
      !looksLikeBrowser(path, facts, input.packageOf(path))
    ) {
      set.clear();
      set.add('development');
    } else if (set.size === 0) {
      for (const role of rolesByEvidence(path, facts, input)) set.add(role);
    }
  }
  return { roles, entryPoints: reached, loadedByApps: loadedByApps(input) };
}

/**
 * Do only commands for development (`dev`, `start:dev`) reach a module, where production starts something else of their packages?
 * Then it is part of a process that is never deployed.
 */
function isOnlyForDevelopment(
  entries: readonly EntryPoint[],
  started: ReadonlySet<PackageInfo>,
): boolean {
  return (
    entries.some(({ intent }) => intent === 'development') &&
    entries.every(
      ({ intent, package: info }) =>
        (intent === 'development' && started.has(info)) || intent === 'test' || intent === 'build',
    )
  );
}

function loadedByApps({ facts, packageOf, reachableFrom }: RoleInput): ReadonlySet<string> {
  const own = [...facts.keys()].filter(
    (path) => (packageOf(path)?.kind ?? 'app') === 'app' && !isTestPath(path) && !isBuildPath(path),
  );
  return reachableFrom(own);
}

function hasServerRole(set: ReadonlySet<Role>): boolean {
  return set.has('web') || set.has('worker') || set.has('clock') || set.has('serverless');
}

/** What the calls of a module make a process that loads it, once for all entry points that do. */
function moduleStarts({ meanings }: RoleInput): (path: string) => readonly Role[] {
  const known = new Map<string, readonly Role[]>();
  return (path) => {
    let found = known.get(path);
    if (!found) known.set(path, (found = isTestPath(path) ? [] : startsOf(meanings(path))));
    return found;
  };
}

function startsOf(meanings: readonly CallMeaning[]): readonly Role[] {
  const roles = new Set<Role>();
  for (const found of meanings) {
    const { meaning } = found;
    if (opensPort(found)) roles.add('web');
    else if (meaning.kind === 'consumer') roles.add('worker');
    else if (meaning.kind === 'scheduler') roles.add('clock');
  }
  return [...roles];
}

/** The roles an entry point gives to everything it reaches. */
function rolesOfEntry(
  entry: EntryPoint,
  modules: ReadonlySet<string>,
  input: RoleInput,
  startedBy: (path: string) => readonly Role[],
): readonly Role[] {
  switch (entry.intent) {
    case 'test':
    case 'build':
      return [entry.intent];
    case 'serverless':
      return ['serverless'];
    case 'admin':
    case 'release':
      return ['admin'];
  }
  if (isBundlerServer(entry, input.facts)) return ['build'];
  const roles = new Set<Role>();
  for (const path of modules) for (const role of startedBy(path)) roles.add(role);
  if (roles.size > 0 && entry.intent === 'bin' && !entry.production) roles.add('cli');
  if (roles.size > 0) return [...roles];
  if (entry.intent === 'bin') return ['cli'];
  if (entry.intent === 'library') return ['library'];
  if (entry.intent === 'development') return [];
  // What it starts serves, and lives no longer than it does.
  const own = input.facts.get(entry.path);
  if (entry.production && own && supervising(own)) return ['web'];
  // Started in production but neither listening nor consuming as far as can be seen.
  return entry.package.kind === 'tool' ? ['cli'] : [];
}

/**
 * A development server of one's own around a bundler (`build/dev-server.js`). An app's server may load the same middleware, behind a
 * condition or not: the place among the build tooling decides.
 */
function isBundlerServer({ path }: EntryPoint, facts: RoleInput['facts']): boolean {
  return (
    (isBuildPath(path) || /(^|\/)build\/|dev-?server[\w.-]*\.[cm]?[jt]s$/i.test(path)) &&
    (facts
      .get(path)
      ?.imports.some(
        ({ specifier, typeOnly }) =>
          !typeOnly && /^webpack-(dev|hot)-(middleware|server)$/.test(specifier),
      ) ??
      false)
  );
}

/** For modules that no entry point reaches. */
function rolesByEvidence(path: string, facts: SourceFacts, input: RoleInput): readonly Role[] {
  const info = input.packageOf(path);
  const roles: Role[] = [];
  if (isServerRoute(path, info)) roles.push('serverless');
  for (const found of input.meanings(path)) {
    if (opensPort(found) && found.call.fn === 0) roles.push('web');
  }
  if (roles.length > 0) return roles;
  if (isAdminPath(path)) return ['admin'];
  if (looksLikeBrowser(path, facts, info)) return ['browser'];
  if (facts.hasShebang) return ['cli'];
  if (info?.kind === 'library') return ['library'];
  return [];
}
