import { query } from '../query';
import { argumentAt, possibleValues } from '../../base/values';
import { STAND_INS } from '../../vocabulary/processes';
import type { CallMeaning, EntryPoint, ModuleInfo, PackageInfo, ProjectModel } from '../model';

/** Does this call open a port? Servers that attach to another one do so only when they are given a port of their own. */
export function opensPort({ meaning, args }: CallMeaning): boolean {
  if (meaning.kind !== 'listen') return false;
  if (!meaning.attaches) return true;
  const port = meaning.port === undefined ? undefined : argumentAt(args, meaning.port);
  return (
    port !== undefined &&
    possibleValues(port).some(
      ({ kind }) => kind === 'literal' || kind === 'env' || kind === 'template',
    )
  );
}

/**
 * How sure it is that code runs in a deployed process.
 * - `production`: something of the production path starts it;
 * - `likely`: no manifest of its package says what production starts, and it may well be this;
 * - `unlikely`: production starts something else, or the entry point serves development.
 */
export type Deployment = 'production' | 'likely' | 'unlikely';

/** How sure it is that an entry point starts a deployed process. */
export function deploymentOfEntry(entry: EntryPoint, model: ProjectModel): Deployment {
  if (entry.production) return 'production';
  if (isStandInServer(entry.path)) return 'unlikely';
  const isElsewhere = startedInProduction(model).has(entry.package);
  return isElsewhere || entry.package.kind === 'library' ? 'unlikely' : 'likely';
}

/** How sure it is that a module is part of a deployed process: the best of the entry points that reach it. */
export function deploymentOf(module: ModuleInfo, model: ProjectModel): Deployment {
  const found = module.entryPoints
    .filter(servesOrWorks)
    // What an app loads of a library, through its routes for example, is deployed with the app, not as the library is published.
    .filter(({ intent }) => intent !== 'library' || !module.isLoadedByApp)
    .map((entry) => deploymentOfEntry(entry, model));
  if (found.includes('production')) return 'production';
  if (found.includes('likely')) return 'likely';
  if (found.length > 0 || isStandInServer(module.path)) return 'unlikely';
  const info = module.package;
  const isStarted = info !== undefined && startedInProduction(model).has(info);
  // What a framework finds by its place, no import leads to.
  if (module.roles.has('serverless')) return isStarted ? 'production' : 'likely';
  return isStarted ? 'unlikely' : 'likely';
}

/** Packages that something of the production path starts; asked for every entry point of every module. */
const startedInProduction = query('entryPoints', ({ entryPoints }): ReadonlySet<PackageInfo> => {
  const starts = entryPoints.filter((entry) => entry.production && entry.intent === 'start');
  return new Set(starts.map((entry) => entry.package));
});

/** Entry points that may be long-running processes; one-off commands, tests and builds are none. */
export function servesOrWorks(entry: EntryPoint): boolean {
  return (
    entry.intent === 'start' ||
    entry.intent === 'development' ||
    entry.intent === 'library' ||
    (entry.intent === 'bin' && (entry.production || entry.package.kind === 'app'))
  );
}

/** Is the module one of a server, worker or clock, as opposed to a command, a one-off script or a published library? */
export function isServerModule(module: ModuleInfo): boolean {
  const { roles } = module;
  if (roles.has('cli')) return module.entryPoints.some((entry) => entry.production);
  if (roles.has('web') || roles.has('worker') || roles.has('clock') || roles.has('serverless'))
    return true;
  return !roles.has('library') && !roles.has('admin');
}

/** Servers for development by their names: mock APIs, dev servers, stubs. */
function isStandInServer(path: string): boolean {
  return STAND_INS.isIn(path);
}
