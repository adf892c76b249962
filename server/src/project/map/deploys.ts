import { baseName } from '../../base/paths';
import { APP_FOLDERS } from '../../vocabulary/package-names';
import { filesIn } from '../files/file-index';
import { runsProject } from '../start/entry-files';
import { isWorkspaceRoot } from './manifests';
import { isWord } from './places';
import { isImportable, isPublishedLibrary } from './published';
import { servesBrowsers, serverLibrary, startScript } from './signs';
import { atKey, START, type Statement, type Subject } from './subject';

/** What starts and deploys a package. */

export function deployedFromOutside({ deployments, deployJobs }: Subject): readonly Statement[] {
  return [...deployments.filter(({ isOwn }) => !isOwn).map(statement), ...deployJobs];
}

export function deployed(subject: Subject): readonly Statement[] {
  const { info, files, deployJobs } = subject;
  // What stands at the root of a workspace deploys its members, unless the root serves something itself.
  if (isWorkspaceRoot(subject) && !serverLibrary(subject)) return [];
  // An image in the folder of a library may run a tool over what it holds, such as migrations.
  const counting = subject.deployments.filter(
    ({ command }) => !isLoaded(subject) || command.steps.some((step) => runsProject(step)),
  );
  const platforms = filesIn(files, info.dir)
    .filter((path) => PLATFORM_FILES.has(baseName(path).toLowerCase()))
    .map((path) => ({ path, span: START, says: `${baseName(path)} deploys it` }));
  return [...counting.map(statement), ...platforms, ...deployJobs];
}

function isLoaded(subject: Subject): boolean {
  return isImportable(subject) && subject.dependents.length > 0;
}

/** Manifests of platforms that need no command: the platform knows how to start what it finds beside them. */
const PLATFORM_FILES = new Set([
  'app.json',
  'captain-definition',
  'fly.toml',
  'netlify.toml',
  'nixpacks.toml',
  'railway.json',
  'railway.toml',
  'render.yaml',
  'render.yml',
  'serverless.js',
  'serverless.json',
  'serverless.ts',
  'serverless.yaml',
  'serverless.yml',
  'sst.config.ts',
  'vercel.json',
  'wrangler.json',
  'wrangler.jsonc',
  'wrangler.toml',
]);

function statement({ command }: Subject['deployments'][number]): Statement {
  const { path, span, origin } = command;
  return { path, span, says: `${origin} starts it` };
}

/** Scripts that start a server where it is deployed; a published library may have others that only try it out. */
const STARTS = ['start', 'start:prod', 'serve'];

export function startedServer(subject: Subject): readonly (Statement | undefined)[] {
  const start = startScript(subject, isPublishedLibrary(subject) ? ['start'] : STARTS);
  const library = serverLibrary(subject);
  return start && library ? [start, library] : [];
}

/**
 * Private, loaded by nobody, neither built nor started but by scripts for development: the project's own people try out with it
 * what the other packages are.
 */
export function onlyDeveloped(subject: Subject): readonly Statement[] {
  const { info, dependents, folders } = subject;
  const isPart = folders.some((folder) => isWord(APP_FOLDERS, folder));
  if (!info.isPrivate || info.dir === '' || dependents.length > 0 || isPart) return [];
  if (serverLibrary(subject) || [...info.scripts.keys()].some((name) => RELEASED.test(name)))
    return [];
  const script = [...info.scripts].find(
    ([name, { command }]) => /^dev\b/.test(name) && RUNS_CODE.test(command),
  )?.[0];
  return script === undefined
    ? []
    : [{ ...atKey(subject, 'scripts', script), says: `only scripts.${script} starts it` }];
}

const RELEASED = /^(start|serve|build|compile|bundle|preview|deploy|release|prod)/;
const RUNS_CODE = /(^|[\s/;&"'])(node|nodemon|ts-node|ts-node-dev|tsx|bun|deno)(\s|$)/;

/** A script that starts the package, other than around other packages, where it starts those. */
export function started(subject: Subject): readonly (Statement | undefined)[] {
  return subject.members.length > 0 ? [] : [startScript(subject, STARTS), servesBrowsers(subject)];
}
