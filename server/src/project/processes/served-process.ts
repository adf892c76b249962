import { query } from '../query';
import { baseName } from '../../base/paths';
import { contains, type RelatedLocation } from '../../base/span';
import { CLOCK, WORKER } from '../../vocabulary/processes';
import type { CallFact } from '../facts/facts';
import { isDocumentPath, isGeneratedPath, isTestPath, isVendoredPath } from '../files/paths';
import type { CallMeaning, EntryPoint, ProjectModel } from '../model';
import { frameworkFiles } from '../modules/framework-files';
import { deploymentOfEntry, opensPort, servesOrWorks, type Deployment } from './deployment';
import { processReach } from './process-reach';

/** Metrics, health and debugging consoles stand on ports of their own, known to whoever scrapes them. */
export function isConsole({ call, path }: CallMeaning, model: ProjectModel): boolean {
  const callee = model.files.text(path)?.slice(call.span.start, call.nameSpan.end) ?? '';
  return CONSOLE.test(`${callee} ${call.boundTo ?? ''} ${baseName(path)}`);
}

const CONSOLE =
  /metric|prom(etheus)?|health|liveness|readiness|debug|inspect|admin|monitor|arena|bull-?board/i;
const CONSOLE_ROUTE =
  /^\/?(_*(health|healthz|healthcheck|health-check|live|livez|liveness|ready|readyz|readiness|ping|status|metrics)|.*\/?(queues?|bull|bull-?board|arena|agendash|jobs\/ui))(\/.*)?$/i;
/**
 * What a process serves its users with: the calls by which an entry point opens ports. Empty for workers, also for those that
 * answer health probes or show a console.
 */
export function listenersOf(entry: EntryPoint, model: ProjectModel): readonly CallMeaning[] {
  // Following a process function by function is dear; most entry points load nothing that opens a port.
  const loaded = model.reachable(entry);
  if (!portOpeners(model).some((path) => loaded.has(path)) || isWorkerEntry(entry, model))
    return [];
  const reach = processReach(entry, model);
  const listeners: CallMeaning[] = [];
  const routes: string[] = [];
  for (const path of reach.modules) {
    for (const found of model.meanings(path)) {
      const { meaning, call, args } = found;
      if (meaning.kind === 'route' && meaning.path !== undefined) {
        const [first] = args;
        if (first?.kind === 'literal' && typeof first.value === 'string') routes.push(first.value);
      }
      if (!opensPort(found) || !isPartOf(found, entry) || !reach.runs(path, call.fn)) continue;
      if (!isConsole(found, model)) listeners.push(found);
    }
  }
  const isProbed = routes.length > 0 && routes.every((route) => CONSOLE_ROUTE.test(route));
  return isProbed ? [] : listeners;
}

/** Modules with a call that opens a port: a few of many. */
const portOpeners = query('model', (model): readonly string[] =>
  [...model.facts.keys()].filter((path) => model.meanings(path).some(opensPort)),
);

/** Does a call belong to a process: not to development, nor to a module's life as an entry point of its own? */
export function isPartOf(
  { call, path }: { readonly path: string; readonly call: CallFact },
  entry: EntryPoint,
): boolean {
  return (
    !call.context.includes('development') &&
    (path === entry.path || !call.context.includes('main-guard'))
  );
}

function isWorkerEntry(entry: EntryPoint, model: ProjectModel): boolean {
  // Works rather than serves, whatever port it opens beside that.
  if (WORKER.isIn(baseName(entry.path)) || CLOCK.isIn(baseName(entry.path))) return true;
  const declared = entry.declaredAt;
  const commands = model.commands.filter(
    (command) =>
      declared !== undefined &&
      command.path === declared.path &&
      contains(command.span, declared.span),
  );
  return (
    commands.length > 0 &&
    commands.every(({ process }) => process === 'worker' || process === 'clock')
  );
}

/**
 * Variables by which one code base is told what to run in a process: `RUN_WORKERS`, `PROCESS_TYPE`, `ENABLE_CRON`. Where a process
 * reads one, what it starts besides serving can be switched off there.
 */
function readsRole(entry: EntryPoint, model: ProjectModel): boolean {
  return processReach(entry, model).modules.some((path) =>
    model.facts
      .get(path)
      ?.environment.some((fact) => !fact.write && fact.name !== undefined && namesRole(fact.name)),
  );
}

/** Does a variable say by its name what a process is to run? */
function namesRole(name: string): boolean {
  return ROLES.some((form) => form.test(name));
}

const WORK = 'WORKERS?|CONSUMERS?|PROCESSORS?|JOBS?|CRONS?|CRONJOBS?|SCHEDULERS?|SCHEDULES?';
const ROLES: readonly RegExp[] = [
  // `RUN_WORKERS`, `APP_DISABLE_MAIL_JOBS_LOCALLY`
  new RegExp(
    `^(.*_)?(ENABLED?|DISABLED?|RUN|START|IS|WITH|NO|SKIP)_(\\w+_)?(${WORK}|QUEUE_PROCESSING)(_\\w+)?$`,
  ),
  // `WORKER_MODE`; a `JOB_MODE` or `SCHEDULE_MODE` is that of one job.
  new RegExp(`(^|_)(?!JOB_|SCHEDULES?_)(${WORK})_(ENABLED?|DISABLED?|MODE|ONLY|ACTIVE)$`),
  // `PROCESS_TYPE`
  /^(\w+_)?(PROCESS|SERVICE|SERVER|CONTAINER|DYNO|INSTANCE|NODE|APP|PROC)_(TYPE|ROLE)$/,
  /^(ROLE|DYNO|IS_LEADER|LEADER)$/,
];

/** Something that a process does besides serving. */
export interface BesideServing<T> {
  readonly found: T;
  /** What says that the same process serves requests: the call that opens its port, or the file that its framework starts with. */
  readonly served: RelatedLocation;
  readonly deployment: Deployment;
  /** A variable may switch it off in this process. */
  readonly switched: boolean;
}

/**
 * What processes that serve requests do besides. Each thing once, for the process that is most surely deployed.
 * @param find what to look for in one module of a process, e.g. its consumers
 * @param when `starts`: only what the process does without being asked by a request
 */
export function besideServing<T extends { readonly path: string; readonly call: CallFact }>(
  model: ProjectModel,
  find: (path: string) => readonly T[],
  when: 'runs' | 'starts',
): readonly BesideServing<T>[] {
  const best = new Map<string, BesideServing<T>>();
  for (const { entry, served } of servingProcesses(model)) {
    const deployment = deploymentOfEntry(entry, model);
    const switched = readsRole(entry, model);
    const reach = processReach(entry, model);
    for (const path of reach.modules) {
      if (isOutside(path)) continue;
      for (const found of find(path)) {
        if (!isPartOf(found, entry) || !reach[when](path, found.call.fn)) continue;
        const key = `${path}#${found.call.nameSpan.start}`;
        const known = best.get(key);
        if (!known || RANKS.indexOf(deployment) < RANKS.indexOf(known.deployment))
          best.set(key, { found, served, deployment, switched });
      }
    }
  }
  return [...best.values()];
}

interface ServingProcess {
  readonly entry: EntryPoint;
  readonly served: RelatedLocation;
}

/** Entry points that listen, and the files with which frameworks start servers of their own. */
function servingProcesses(model: ProjectModel): readonly ServingProcess[] {
  const listening = model.entryPoints.flatMap((entry): ServingProcess[] => {
    const [listener] = servesOrWorks(entry) ? listenersOf(entry, model) : [];
    if (!listener) return [];
    const { path, call } = listener;
    return [
      { entry, served: { path, span: call.nameSpan, message: 'the same process listens here' } },
    ];
  });
  return [...listening, ...frameworkStarts(model)];
}

/** `instrumentation.ts` of Next, plugins of Nitro: no entry point, as no command names them. */
function frameworkStarts(model: ProjectModel): readonly ServingProcess[] {
  return [...model.modules.values()].flatMap(({ path, package: info }): ServingProcess[] => {
    if (!info || !frameworkFiles(path, info).some(({ runs }) => runs === 'start')) return [];
    const isStarted = model.commands.some(
      (command) => command.production && model.started(command).packages.includes(info),
    );
    const entry: EntryPoint = {
      path,
      package: info,
      origin: baseName(path),
      declaredAt: undefined,
      intent: 'start',
      production: isStarted,
    };
    const span = { start: 0, end: 0 };
    return [
      {
        entry,
        served: { path, span, message: 'the server of the framework starts with this file' },
      },
    ];
  });
}

const RANKS: readonly Deployment[] = ['production', 'likely', 'unlikely'];

function isOutside(path: string): boolean {
  return isTestPath(path) || isDocumentPath(path) || isGeneratedPath(path) || isVendoredPath(path);
}
