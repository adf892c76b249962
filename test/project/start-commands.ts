import { buildFrame } from '../../server/src/project/build-model';
import type { CommandStep, StartCommand } from '../../server/src/project/model';
import { filesOf } from './memory-files';

/** Paths and contents of a project in memory; objects are written as JSON. */
export type Contents = Record<string, string | object>;

/** The origin of the start command of `package.json`'s `start` script. */
export const START = 'package.json scripts.start';

/** All start commands of a project. */
export function commandsOf(contents: Contents): StartCommand[] {
  return [...buildFrame(filesOf(contents)).commands];
}

/** The start command with this origin. */
export function command(contents: Contents, origin: string): StartCommand {
  const all = commandsOf(contents);
  const found = all.find((one) => one.origin === origin);
  if (!found) throw new Error(`no ${origin} among ${all.map((one) => one.origin).join(', ')}`);
  return found;
}

/** `joint argv [>redirect] {wrappers} (via)`, one line a step. */
export function lines({ steps }: StartCommand): string[] {
  return steps.map((step) => line(step));
}

function line(step: CommandStep): string {
  const assigned = Object.entries(step.assignments)
    .map(([name, value]) => `${name}=${value} `)
    .join('');
  const redirects = step.redirects
    .map(({ operator, target }) => ` [${operator}${target}]`)
    .join('');
  return `${step.joint === '' ? '' : `${step.joint} `}${assigned}${step.argv.join(' ')}${redirects}`;
}

/** A project of one package with these scripts. */
export function script(scripts: Record<string, string>, more: Contents = {}): Contents {
  return { 'package.json': { scripts }, ...more };
}
