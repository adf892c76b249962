import { isInside } from '../../base/paths';
import { SERVER_LIBRARIES } from '../../vocabulary/frameworks';
import { filesBelow } from '../files/file-index';
import type { PackageInfo } from '../model';
import { atKey, type Statement, type Subject } from './subject';

/** A dependency, of those needed at run time, that serves or consumes. */
export function serverLibrary(subject: Subject): Statement | undefined {
  const found = [...subject.info.dependencies.values()].find(
    ({ kind, name }) => kind === 'dependencies' && SERVER_LIBRARIES.has(name),
  );
  return (
    found && {
      ...atKey(subject, 'dependencies', found.name),
      says: `depends on ${found.name}`,
    }
  );
}

/** A script that starts more than a compiler. */
export function startScript(subject: Subject, names: readonly string[]): Statement | undefined {
  const name = names.find((script) => startsSomething(subject.info.scripts, script, 0));
  return name === undefined
    ? undefined
    : { ...atKey(subject, 'scripts', name), says: `scripts.${name} starts it` };
}

/** Does a script run more than a compiler (`start: npm run build:watch` starts nothing)? */
function startsSomething(scripts: PackageInfo['scripts'], name: string, depth: number): boolean {
  const command = scripts.get(name)?.command;
  if (command === undefined) return false;
  const alias = /^\s*(?:npm run|npm|yarn run|yarn|pnpm run|pnpm|bun run)\s+([\w:.-]+)\s*$/.exec(
    command,
  )?.[1];
  if (alias !== undefined && depth < 4 && scripts.has(alias))
    return startsSomething(scripts, alias, depth + 1);
  const compiles =
    /(^|[\s/;&])(tsc|tsc-watch|rollup|webpack|tsup|tsdown|babel|swc|microbundle|tsdx|father|ng-packagr|esbuild|storybook|start-storybook|wds|web-dev-server)(\s|$)/.test(
      command,
    );
  return (
    !compiles ||
    /(^|[\s/;&"'])(node|nodemon|ts-node|tsx|next|nest|bun|pm2|pm2-runtime|forever)(\s|$)/.test(
      command,
    )
  );
}

/** A dev server for browsers and a build: what browsers are given is deployed as files. */
export function servesBrowsers(subject: Subject): Statement | undefined {
  const { scripts } = subject.info;
  if (![...scripts.keys()].some((name) => name.startsWith('build'))) return undefined;
  const name = [...scripts].find(([, { command }]) => BROWSER_SERVER.test(command))?.[0];
  return name === undefined
    ? undefined
    : { ...atKey(subject, 'scripts', name), says: `scripts.${name} serves it to browsers` };
}

const BROWSER_SERVER =
  /(^|[\s;&])(vite(\s+(dev|serve|preview))?(\s+-[^&;]*|\s*)$|react-scripts start|craco start|ng serve|vue-cli-service serve|parcel\s|webpack(-dev-server|\s+serve)|rsbuild dev)/;

const LISTENS = /\.listen\s*\(|\b(?:Bun|Deno)\.serve\s*\(/;

/** Code that opens a port; read only where nothing else tells what a package is. */
export function listensSomewhere({ info, files, members }: Subject): Statement | undefined {
  for (const path of filesBelow(files, info.dir)) {
    if (members.some((member) => isInside(path, member.dir))) continue;
    if (files.kind(path) !== 'source' || /(^|\/)(node_modules|tests?|__tests__)\//.test(path))
      continue;
    const found = LISTENS.exec(files.text(path) ?? '');
    if (found)
      return {
        path,
        span: { start: found.index, end: found.index + found[0].length },
        says: 'opens a port',
      };
  }
  return undefined;
}
