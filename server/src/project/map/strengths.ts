import type { Factor } from '../../base/factors';
import { isInside } from '../../base/paths';
import type { Location } from '../../base/span';
import { argumentAt, environmentReads } from '../../base/values';
import { exampleFilesFor } from '../environment/example-files';
import { runtimeVersions } from '../manifests/runtime-versions';
import type { CallMeaning, PackageInfo, ProjectModel } from '../model';
import { nameSpan } from '../packages/name-span';
import { mayBeSigterm, SIGTERM } from '../processes/signals';
import { processesOf, type AppProcess } from './processes';

/** Something in the project that speaks for a factor. */
export interface Strength extends Location {
  readonly factor: Factor;
  /** For people, in a few words. */
  readonly says: string;
}

/** One variable of an app, as people look it up. */
export interface AppVariable {
  readonly name: string;
  /** Where code reads it, the first places. */
  readonly reads: readonly Location[];
  /** Somewhere code goes on without it. */
  readonly hasDefault: boolean;
  /** The kinds of artefacts that give it a value, with a place each. */
  readonly supplies: readonly (Location & { readonly kind: string })[];
  readonly isDocumented: boolean;
}

/** An app in the light of the twelve factors. */
export interface AppProfile {
  /** Relative to the root; empty for the root itself. */
  readonly path: string;
  readonly name: string | undefined;
  readonly manifestPath: string;
  readonly processes: readonly AppProcess[];
  readonly strengths: readonly Strength[];
  /** Factors that say nothing to this app, and why. */
  readonly notApplicable: ReadonlyMap<Factor, string>;
  readonly variables: readonly AppVariable[];
}

/** Places that say the same are named up to this number. */
const MOST_PLACES = 3;

/** Looks at each app of a project, by path. */
export function appProfiles(model: ProjectModel): readonly AppProfile[] {
  return model.packages
    .filter(({ kind }) => kind === 'app')
    .map((info) => profile(info, model))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function profile(info: PackageInfo, model: ProjectModel): AppProfile {
  const processes = processesOf(info, model);
  const modules = modulesOf(info, model);
  const found = [
    ...codebase(info, processes, model),
    ...dependencies(info, model),
    ...settings(modules, model),
    ...commands(info, processes, model),
    ...modules.flatMap((path) => model.meanings(path)).flatMap(strengthsOfCall),
    ...output(modules, model),
  ];
  const counts = new Map<string, number>();
  const strengths = found.filter(({ factor, says }) => {
    const key = `${factor}\0${says}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return (counts.get(key) ?? 0) <= MOST_PLACES;
  });
  return {
    ...{ path: info.dir, name: info.name, manifestPath: info.manifestPath, processes, strengths },
    notApplicable: notApplicable(processes),
    variables: variables(modules, model),
  };
}

/** Modules that run in a deploy of the app. */
function modulesOf(info: PackageInfo, model: ProjectModel): readonly string[] {
  const RUNNING = ['web', 'worker', 'clock', 'admin', 'serverless'] as const;
  return [...model.modules.values()]
    .filter(
      ({ package: owner, roles, entryPoints }) =>
        RUNNING.some((role) => roles.has(role)) &&
        (owner === info || entryPoints.some((entry) => entry.package === info)),
    )
    .map(({ path }) => path)
    .sort();
}

function codebase(
  info: PackageInfo,
  processes: readonly AppProcess[],
  model: ProjectModel,
): Strength[] {
  if (processes.length === 0) return [];
  const says = 'one package is what all its processes start from';
  return [{ factor: 'codebase', path: info.manifestPath, span: nameSpan(model, info), says }];
}

function dependencies(info: PackageInfo, model: ProjectModel): Strength[] {
  const versions = runtimeVersions(model).filter(
    ({ folder, source, toolOnly }) =>
      isInside(info.dir, folder) && source !== 'types' && source !== 'ci' && !toolOnly,
  );
  const start = { start: 0, end: 0 };
  return [
    ...(info.lockfile === undefined
      ? []
      : [
          {
            factor: 'dependencies' as const,
            path: info.lockfile,
            span: start,
            says: 'a lockfile says what is installed',
          },
        ]),
    ...versions.map(({ path, span, text }) => ({
      factor: 'dependencies' as const,
      ...{ path, span, says: `it says which Node it needs: ${text}` },
    })),
  ];
}

function settings(modules: readonly string[], model: ProjectModel): Strength[] {
  const own = new Set(modules);
  const reads = [...model.environment.values()].flatMap((variable) =>
    variable.reads.filter(({ path }) => own.has(path)),
  );
  const examples = new Set(modules.flatMap((path) => exampleFilesFor(model, path)));
  return [
    ...reads.map(({ path, fact }) => ({
      factor: 'config' as const,
      ...{ path, span: fact.span, says: 'settings are read from the environment' },
    })),
    ...[...examples].map(({ path }) => ({
      factor: 'config' as const,
      ...{ path, span: { start: 0, end: 0 }, says: 'a file lists the variables' },
    })),
  ];
}

/** What manifests say about how it is started. */
function commands(
  info: PackageInfo,
  processes: readonly AppProcess[],
  model: ProjectModel,
): Strength[] {
  const own = model.commands.filter(
    (command) => command.production && model.started(command).packages.includes(info),
  );
  const stated = own.filter(({ form }) => form !== 'script');
  const release = own.filter(({ process }) => process === 'release');
  const roles = new Set(processes.map(({ role }) => role));
  const place = ({ path, span }: Location): Location => ({ path, span });
  return [
    ...stated.map((command) => ({
      factor: 'build-release-run' as const,
      ...place(command),
      says: `${command.origin} says how a release is started`,
    })),
    ...(roles.size > 1 ? stated : []).map((command) => ({
      factor: 'concurrency' as const,
      ...place(command),
      says: 'kinds of work run in processes of their own',
    })),
    ...release.map((command) => ({
      factor: 'admin-processes' as const,
      ...place(command),
      says: 'a one-off task runs as a process of the release',
    })),
  ];
}

/** What a call of a library says for the app. */
function strengthsOfCall({ meaning, call, args, path }: CallMeaning): Strength[] {
  const at = (factor: Factor, says: string): Strength[] => [
    { factor, path, span: call.nameSpan, says },
  ];
  const variableAt = (place: string | undefined): string | undefined => {
    const value = place === undefined ? undefined : argumentAt(args, place);
    return value && environmentReads(value).find(({ name }) => name !== '*')?.name;
  };
  switch (meaning.kind) {
    case 'listen': {
      const variable = variableAt(meaning.port);
      return [
        ...(variable === undefined ? [] : at('port-binding', `it listens on ${variable}`)),
        ...(meaning.handlesSigterm ? at('disposability', `the framework handles ${SIGTERM}`) : []),
      ];
    }
    case 'connect': {
      const variable = variableAt(meaning.url) ?? variableAt(meaning.host);
      if (variable === undefined) return [];
      return at('backing-services', `${meaning.service} is where ${variable} says`);
    }
    case 'session':
      return meaning.store !== undefined && argumentAt(args, meaning.store) !== undefined
        ? at('processes', 'sessions are kept in a store')
        : [];
    case 'shared-store':
      return at('processes', 'what processes have to agree on is shared');
    case 'shutdown':
      return at('disposability', `a helper handles ${SIGTERM}`);
    case 'signal':
      return mayBeSigterm(argumentAt(args, meaning.signal))
        ? at('disposability', `${SIGTERM} is handled`)
        : [];
    case 'consumer':
      return meaning.handlesSigterm ? at('disposability', `the worker handles ${SIGTERM}`) : [];
    default:
      return [];
  }
}

/** Code that writes its log to standard output. */
function output(modules: readonly string[], model: ProjectModel): Strength[] {
  return modules.flatMap((path) =>
    (model.facts.get(path)?.calls ?? []).flatMap(({ callee, nameSpan: span }): Strength[] => {
      const isConsole =
        callee.kind === 'member' &&
        callee.object.kind === 'global' &&
        callee.object.name === 'console';
      return isConsole
        ? [{ factor: 'logs', path, span, says: 'it writes to standard output' }]
        : [];
    }),
  );
}

function notApplicable(processes: readonly AppProcess[]): ReadonlyMap<Factor, string> {
  if (processes.length === 0) {
    const why = 'it is deployed as files: no process of it is known';
    const factors = ['processes', 'port-binding', 'concurrency', 'disposability', 'logs'] as const;
    return new Map(factors.map((factor) => [factor, why]));
  }
  const found = new Map<Factor, string>();
  if (!processes.some(({ role }) => role === 'web'))
    found.set('port-binding', 'no process of it answers requests on a port');
  if (processes.every(({ services }) => services.length === 0))
    found.set('backing-services', 'it is not known to use a backing service');
  if (processes.every(({ role }) => role === 'serverless')) {
    found.set('concurrency', 'the platform starts as many as it needs');
    found.set('disposability', 'the platform ends it between requests');
  }
  return found;
}

function variables(modules: readonly string[], model: ProjectModel): readonly AppVariable[] {
  const own = new Set(modules);
  return [...model.environment.values()].flatMap(({ name, reads, supplies }) => {
    const mine = reads.filter(({ path }) => own.has(path));
    if (mine.length === 0) return [];
    const kinds = new Map(
      supplies
        .filter(({ kind }) => kind !== 'example')
        .map(({ kind, path, span }) => [kind, { kind, path, span }]),
    );
    const documented = mine.some(({ path }) =>
      exampleFilesFor(model, path).some(({ names }) => names.has(name)),
    );
    return [
      {
        name,
        reads: mine.slice(0, MOST_PLACES).map(({ path, fact }) => ({ path, span: fact.span })),
        hasDefault: mine.some(({ fact }) => fact.fallback !== undefined),
        supplies: [...kinds.values()],
        isDocumented: documented,
      },
    ];
  });
}
