import type { Value } from '../../base/value';
import { argumentAt, environmentReads, possibleValues } from '../../base/values';
import type { ServiceKind } from '../../vocabulary/services';
import { moduleEnvironment } from '../environment/environment';
import { isAdminPath } from '../files/paths';
import type {
  CommandStep,
  EntryPoint,
  PackageInfo,
  ProjectModel,
  Role,
  StartCommand,
} from '../model';
import { frameworkFiles } from '../modules/framework-files';
import { processReach } from '../processes/process-reach';
import { listenersOf } from '../processes/served-process';
import { handlesSigterm, SIGTERM } from '../processes/signals';
import { serviceOfName } from '../services/service-names';
import { stepTool } from '../start/command-lines/tools';
import { runsProject } from '../start/entry-files';
import { isAdminScript } from '../start/intent';
import { storedSetting } from '../values/settings';

/** A port that a process opens: fixed, or told by a variable, or by a variable with a default. */
export interface ProcessPort {
  readonly variable?: string;
  readonly value?: number;
}

/** One process of an app: what a deploy runs of it. */
export interface AppProcess {
  /** How manifests call it, else the app. */
  readonly name: string;
  readonly role: Extract<Role, 'web' | 'worker' | 'clock' | 'admin' | 'serverless'>;
  /** The source module that it starts with; undefined where a framework or a tool finds the code by itself. */
  readonly entry: string | undefined;
  /** The command as it is really run; undefined where the platform starts the entry. */
  readonly command: string | undefined;
  readonly ports: readonly ProcessPort[];
  /** Signals that it handles itself. */
  readonly signals: readonly string[];
  /** Backing services that it connects to. */
  readonly services: readonly ServiceKind[];
  /** Names of the environment variables that its code reads. */
  readonly variables: readonly string[];
}

/** The processes of an app, those that serve first. Empty for packages that are deployed as files only, and for other kinds. */
export function processesOf(info: PackageInfo, model: ProjectModel): readonly AppProcess[] {
  if (info.kind !== 'app') return [];
  const found = new Map<string, AppProcess>();
  const isKnown = (code: string): boolean =>
    [...found.keys()].some((one) => one.startsWith(`${code}#`));
  for (const command of byRank(model.commands)) {
    if (!command.production) continue;
    const { packages, entries } = model.started(command);
    if (!packages.includes(info)) continue;
    const own = entries.filter((entry) => entry.package === info && isLasting(entry));
    const starts = own.length > 0 ? own : [undefined];
    for (const entry of starts) {
      // Scripts that start the same in other ways are for people, once a manifest says what is deployed.
      const isOther = command.form === 'script' && found.size > 0;
      if (!entry && (isOther || !serves(command))) continue;
      const code = codeOf(command, entry);
      // One code base may serve and work in processes of its own; a script is but another way to start one of them.
      const isUnspecific = command.form === 'script' || command.process === 'other';
      if (isUnspecific && isKnown(code)) continue;
      const key = `${code}#${command.process}`;
      if (!found.has(key)) found.set(key, describe(info, command, entry, model));
    }
  }
  for (const entry of model.entryPoints) {
    if (entry.package !== info || !isLasting(entry) || isKnown(entry.path)) continue;
    found.set(`${entry.path}#`, describe(info, undefined, entry, model));
  }
  return [...found.values()].sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
}

const ORDER: readonly AppProcess['role'][] = ['web', 'serverless', 'worker', 'clock', 'admin'];

/** What a command starts: a module of the project, else the program and its first argument. */
function codeOf(command: StartCommand, entry: EntryPoint | undefined): string {
  return entry?.path ?? lastStep(command)?.argv.slice(0, 2).join(' ') ?? '';
}

/** What other manifests state tells more than a script that they may run. */
function byRank(commands: readonly StartCommand[]): readonly StartCommand[] {
  return [
    ...commands.filter(({ form }) => form !== 'script'),
    ...commands.filter(({ form }) => form === 'script'),
  ];
}

/** Does an entry point start something that is deployed, for long or once per release? */
function isLasting({ intent, origin }: EntryPoint): boolean {
  return (
    intent === 'start' ||
    intent === 'serverless' ||
    intent === 'release' ||
    (intent === 'admin' && isAdminScript(scriptOf(origin) ?? ''))
  );
}

function lastStep({ steps }: StartCommand): StartCommand['steps'][number] | undefined {
  return steps.findLast((step) => !step.hook);
}

/** Servers of files and frameworks that find the code by themselves. */
const SERVERS = /^(http-server|serve|srvx|nginx|caddy|vite|ng|react-scripts)$/;

function serves(command: StartCommand): boolean {
  const step = lastStep(command);
  return step !== undefined && (runsProject(step) || SERVERS.test(stepTool(step)));
}

function describe(
  info: PackageInfo,
  command: StartCommand | undefined,
  entry: EntryPoint | undefined,
  model: ProjectModel,
): AppProcess {
  const step = command && lastStep(command);
  const modules = entry ? processReach(entry, model).modules : frameworkModules(model, info);
  return {
    name: nameOf(info, command, entry),
    role: roleOf(command, entry, model),
    entry: entry?.path,
    command: step?.argv.join(' '),
    ports: entry ? portsOf(entry, modules, model) : step ? statedPort(info, step) : [],
    signals: modules.some((path) => handlesSigterm(path, model)) ? [SIGTERM] : [],
    services: servicesOf(modules, model),
    variables: variablesOf(modules, model),
  };
}

/**
 * What a framework serves that finds the code by itself: its routes, pages and start files with what they load. Empty where the
 * package has none, as a server of files.
 */
function frameworkModules(model: ProjectModel, info: PackageInfo): readonly string[] {
  const found = new Set<string>();
  const next = [...model.modules.values()]
    .filter((module) => module.package === info && frameworkFiles(module.path, info).length > 0)
    .map(({ path }) => path);
  for (let path = next.pop(); path !== undefined; path = next.pop()) {
    const module = model.modules.get(path);
    if (!module || found.has(path) || NOT_SERVED.some((role) => module.roles.has(role))) continue;
    found.add(path);
    next.push(
      ...module.imports.flatMap(({ path: to, typeOnly }) =>
        to === undefined || typeOnly ? [] : to,
      ),
    );
  }
  return [...found].sort();
}

const NOT_SERVED = ['test', 'build', 'browser', 'development'] as const;

/** `web` of `Procfile web`, `api` of `docker-compose.yml api`, `seed` of `package.json scripts.seed`; else the app's own name. */
function nameOf(
  info: PackageInfo,
  command: StartCommand | undefined,
  entry: EntryPoint | undefined,
): string {
  const origin = command?.origin ?? entry?.origin ?? '';
  const [, started, process] =
    /^(?:Procfile\S*|pm2 app|Kubernetes \w+|(?=\S*compose)\S+) (\S+)$|^fly\.toml processes\.(\S+)$/.exec(
      origin,
    ) ?? [];
  const given = started ?? process;
  if (given !== undefined) return given;
  const script = scriptOf(origin);
  const isTask = entry?.intent === 'admin' || entry?.intent === 'release';
  if (script !== undefined && isTask) return script;
  return (info.name ?? info.dir.split('/').at(-1) ?? '').replace(/^@[^/]+\//, '') || 'app';
}

/** The name of the package script that declares something. */
function scriptOf(origin: string): string | undefined {
  return /^package\.json scripts\.(.+)$/.exec(origin)?.[1];
}

function roleOf(
  command: StartCommand | undefined,
  entry: EntryPoint | undefined,
  model: ProjectModel,
): AppProcess['role'] {
  if (entry?.intent === 'serverless') return 'serverless';
  if (entry?.intent === 'release' || entry?.intent === 'admin' || command?.process === 'release')
    return 'admin';
  if (command?.process === 'worker' || command?.process === 'clock') return command.process;
  if (!entry || listenersOf(entry, model).length > 0) return 'web';
  const roles = model.modules.get(entry.path)?.roles;
  const lasting = (['web', 'worker', 'clock'] as const).find((role) => roles?.has(role) === true);
  // An image may run but a task: `deno task migrate`.
  return lasting ?? (isAdminPath(entry.path) ? 'admin' : 'web');
}

/** The port of a server that the project has no code of: by its options, else where its framework listens. */
function statedPort(info: PackageInfo, step: CommandStep): readonly ProcessPort[] {
  const { argv } = step;
  const option = argv.findIndex((word) => /^(-p|-l|--port|--listen)$/.test(word));
  const text = option < 0 ? argv.find((word) => /^--port=/.test(word))?.slice(7) : argv[option + 1];
  const port = Number(text ?? NaN);
  if (Number.isInteger(port) && port > 0) return [{ value: port }];
  if (text === undefined && info.dependencies.has('next'))
    return [{ variable: 'PORT', value: 3000 }];
  return [];
}

function portsOf(
  entry: EntryPoint,
  modules: readonly string[],
  model: ProjectModel,
): readonly ProcessPort[] {
  const ports = new Map<string, ProcessPort>();
  for (const found of listenersOf(entry, model)) {
    const { meaning, args, path } = found;
    if (meaning.kind !== 'listen' || meaning.port === undefined) continue;
    const value = argumentAt(args, meaning.port);
    if (!value) continue;
    const options = possibleValues(value).flatMap((option) =>
      possibleValues(storedSetting(option, path, model) ?? option),
    );
    const variable = options.flatMap(environmentReads).find(({ name }) => name !== '*')?.name;
    const fixed = options.map(numberOf).find((port) => port !== undefined);
    const port =
      fixed ?? (variable === undefined ? undefined : defaultOf(variable, modules, model));
    if (variable === undefined && port === undefined) continue;
    ports.set(`${variable ?? ''}:${port ?? ''}`, {
      ...(variable === undefined ? {} : { variable }),
      ...(port === undefined ? {} : { value: port }),
    });
  }
  return [...ports.values()];
}

/** The port that a process's reads of a variable fall back on. */
function defaultOf(
  variable: string,
  modules: readonly string[],
  model: ProjectModel,
): number | undefined {
  return modules
    .flatMap((path) => moduleEnvironment(path, model))
    .map(({ name, fallback }) => (name === variable && fallback ? numberOf(fallback) : undefined))
    .find((port) => port !== undefined);
}

function numberOf(value: Value): number | undefined {
  const port = value.kind === 'literal' ? Number(value.value ?? NaN) : NaN;
  return Number.isInteger(port) && port > 0 ? port : undefined;
}

function servicesOf(modules: readonly string[], model: ProjectModel): readonly ServiceKind[] {
  const found = new Set<ServiceKind>();
  for (const path of modules)
    for (const { meaning } of model.meanings(path))
      if (meaning.kind === 'connect' || meaning.kind === 'consumer' || meaning.kind === 'producer')
        found.add(meaning.service);
  for (const name of variablesOf(modules, model)) {
    const service = serviceOfName(name);
    if (service !== undefined) found.add(service);
  }
  // A driver says more than that there is some database, and anything may be called over HTTP.
  if (DATABASES.some((one) => found.has(one))) found.delete('sql');
  found.delete('http');
  return [...found].sort();
}

const DATABASES: readonly ServiceKind[] = [
  'postgres',
  'mysql',
  'mariadb',
  'mssql',
  'oracle',
  'sqlite',
  'mongodb',
];

function variablesOf(modules: readonly string[], model: ProjectModel): readonly string[] {
  const names = modules.flatMap((path) =>
    moduleEnvironment(path, model).flatMap(({ name, write }) =>
      name === undefined || name === '*' || write ? [] : [name],
    ),
  );
  return [...new Set(names)].sort();
}
