import { BESIDE_THE_APP } from '../../../vocabulary/processes';
import type { CommandStep, PackageInfo, StartCommand } from '../../model';
import { isDevelopmentSection } from '../../services/environment-sections';
import { isCompilingRunner, isFrontEndServer, isWatcher, stepTool } from '../command-lines/tools';
import { expandScript } from '../expand';
import { folderPlace } from '../place';
import { isDevelopmentName, isProductionName, processByName } from '../purpose';
import { rootScope, type Project } from '../scope';

/** Every package script as a command; hooks come with the script they belong to. */
export function commandsFromScripts(project: Project): StartCommand[] {
  return project.packages.flatMap((info) =>
    [...info.scripts].flatMap(([name, script]): StartCommand[] => {
      const hooked = /^(?:pre|post)(.+)$/.exec(name)?.[1];
      if (hooked !== undefined && info.scripts.has(hooked)) return [];
      const place = folderPlace(project.packages, info.dir);
      const steps = expandScript(
        project,
        info,
        name,
        [],
        rootScope(info.manifestPath, place),
        info.manager,
      );
      const starts = isStartScript(name);
      return [
        {
          path: info.manifestPath,
          span: script.span,
          origin: `package.json scripts.${name}`,
          process: processByName(name, starts ? 'web' : 'other'),
          production: starts && info.kind === 'app' && !isMadeForDevelopment(info, name, steps),
          form: 'script',
          package: info,
          steps,
        },
      ];
    }),
  );
}

/** Is a script of this name one that starts the app where it is deployed? */
export function isStartScript(name: string): boolean {
  if (isDevelopmentName(name)) return false;
  // `start:db`, `start-infra`, `start:client`: what developers start beside the app.
  if (BESIDE_THE_APP.isIn(name)) return false;
  return (
    /^(start|prod|production|serve|server|web|worker|clock|scheduler)([:._-].+)?$/i.test(name) ||
    /^start[A-Z]/.test(name) ||
    /[:._-](start|serve)$/.test(name)
  );
}

const ASIDE =
  /^(docker|docker-compose|podman|kubectl|vagrant|minikube|supabase|ngrok|open|echo|mocha|jest|vitest|ava|tap|cypress|playwright|storybook|start-storybook)$/;
/** Tools that only make files; run alone they start nothing. */
const COMPILERS =
  /^(tsc|tsc-watch|rollup|webpack|webpack-cli|tsup|tsdown|babel|swc|sass|microbundle|tsdx|father|ng-packagr|esbuild|unbuild|vue-tsc|svelte-package|cd|rimraf|rm|cp|mkdir|echo)$/;

function isMadeForDevelopment(
  info: PackageInfo,
  name: string,
  steps: readonly CommandStep[],
): boolean {
  const own = steps.filter((step) => !step.hook);
  if (own.some(isFrontEndServer)) return true;
  // `start: cross-env NODE_ENV=development …`: the author says so.
  if (own.some(({ assignments }) => isDevelopmentSection(assignments['NODE_ENV'] ?? '')))
    return true;
  if (
    own.length > 0 &&
    own.every((step) => ASIDE.test(stepTool(step)) || COMPILERS.test(stepTool(step)))
  )
    return true;
  // So does `start: npm run start:dev`.
  if (own.some((step) => step.via.some(isDevelopmentName))) return true;
  // At the root of a workspace `start:api` and the like are for whoever has the whole tree.
  const plain = name === 'start' || isProductionName(name);
  if (!plain && info.workspaceRoot === undefined && isWorkspaceRoot(info)) return true;
  // A plain `start` that watches is what is deployed, unless something else is (see `demoteDevelopmentStarts`).
  return !plain && own.some(isWatcher);
}

function isWorkspaceRoot({ manifest, dependencies }: PackageInfo): boolean {
  return (
    manifest['workspaces'] !== undefined ||
    ['nx', 'turbo', 'lerna'].some((tool) => dependencies.has(tool))
  );
}

/**
 * A `start` script (or `nest:start`) that watches or compiles on the fly is for developers where the package has another
 * production start: a
 * `start:prod` script, or a manifest that starts something else.
 */
export function demoteDevelopmentStarts(commands: readonly StartCommand[]): StartCommand[] {
  const others = new Set<PackageInfo>();
  for (const command of commands) {
    const { package: info } = command;
    if (!info || !command.production || command.process === 'release') continue;
    const isStart = command.form === 'script' && command.origin === 'package.json scripts.start';
    const name = command.origin.replace(/^package\.json scripts\./, '');
    const isOther =
      command.form === 'script'
        ? !isStart && isProductionName(name)
        : !command.steps.some((step) => step.via.includes('start'));
    if (isOther) others.add(info);
  }
  const helpers = developmentHelpers(commands);
  const aside = startedForDevelopment(commands);
  return commands.map((command) => {
    const name = command.origin.replace(/^package\.json scripts\./, '');
    if (
      command.production &&
      command.package &&
      (helpers.get(command.package)?.has(name) === true || aside.has(command))
    )
      return { ...command, production: false };
    const demoted =
      command.production &&
      /^package\.json scripts\.(.+[:._-])?start$/.test(command.origin) &&
      command.package !== undefined &&
      others.has(command.package) &&
      command.steps.some((step) => !step.hook && (isWatcher(step) || isCompilingRunner(step)));
    return demoted ? { ...command, production: false } : command;
  });
}

/** Scripts that only those call which say that they are for development (`start: cross-env NODE_ENV=development npm run start:api`). */
function developmentHelpers(
  commands: readonly StartCommand[],
): ReadonlyMap<PackageInfo, ReadonlySet<string>> {
  const called = new Map<PackageInfo, Set<string>>();
  const kept = new Map<PackageInfo, Set<string>>();
  for (const { package: info, steps, form, origin, production } of commands) {
    if (!info) continue;
    const own = origin.replace(/^package\.json scripts\./, '');
    for (const { assignments, via } of steps) {
      const isDevelopment = isDevelopmentSection(assignments['NODE_ENV'] ?? '');
      const lists = isDevelopment ? called : production ? kept : undefined;
      if (!lists) continue;
      const names = lists.get(info) ?? new Set();
      lists.set(info, names);
      for (const name of via)
        if (!isProductionName(name) && (form !== 'script' || name !== own)) names.add(name);
    }
  }
  for (const [info, names] of called)
    for (const name of names) if (kept.get(info)?.has(name) === true) names.delete(name);
  return called;
}

/**
 * `start:shell` and the like that only scripts call which say by their names that they are for development or tests
 * (`start:test: npm run start:shell & npm start`), where the package has another start.
 */
function startedForDevelopment(commands: readonly StartCommand[]): ReadonlySet<StartCommand> {
  const callers = new Map<string, { development: boolean; other: boolean }>();
  const key = (info: PackageInfo, name: string): string => `${info.dir}\0${name}`;
  for (const command of commands) {
    const { package: info, steps } = command;
    if (!info) continue;
    const own = scriptName(command);
    for (const name of new Set(steps.flatMap(({ via }) => via))) {
      if (name === own) continue;
      const known = callers.get(key(info, name)) ?? { development: false, other: false };
      const isDevelopment = own !== undefined && isDevelopmentName(own);
      known.development ||= isDevelopment;
      known.other ||= !isDevelopment;
      callers.set(key(info, name), known);
    }
  }
  const isAside = (command: StartCommand): boolean => {
    const { package: info, production } = command;
    const name = scriptName(command);
    if (!info || !production || name === undefined) return false;
    if (isProductionName(name) || !/[:._-]|^start[A-Z]/.test(name)) return false;
    const called = callers.get(key(info, name));
    return called?.development === true && !called.other;
  };
  const found = commands.filter(isAside);
  return new Set(
    found.filter((command) =>
      commands.some(
        (other) => other.production && other.package === command.package && !found.includes(other),
      ),
    ),
  );
}

/** The name of the package script that a command is, if it is one. */
function scriptName({ form, origin }: StartCommand): string | undefined {
  return form === 'script' ? origin.replace(/^package\.json scripts\./, '') : undefined;
}
