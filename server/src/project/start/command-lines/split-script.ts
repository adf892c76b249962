import { parseShellSyntax } from '../../../languages/shell';
import type { CommandStep, PackageInfo } from '../../model';
import { readRunner } from './runners';

/** A command line cut into the command that takes a step, and the others. */
export interface SplitCommand {
  /** The command that takes the step. */
  readonly taken: string;
  /** What is left without it; `` when nothing is. */
  readonly rest: string;
}

/** A split package script. */
export interface SplitScript extends SplitCommand {
  readonly name: string;
}

/**
 * Takes the command that leads to a step out of a command line.
 * @param next the package script that leads to the step, where the line does not name it itself
 * @returns undefined when the commands are not joined by plain `&&` or `;`, or the step is the last one
 */
export function splitCommand(
  text: string,
  step: CommandStep,
  next: string | undefined,
): SplitCommand | undefined {
  const listed = next === undefined ? undefined : withoutListed(text, next);
  if (listed) return listed;
  const { commands, errors } = parseShellSyntax(text);
  if (errors.length > 0) return undefined;
  const index = commands.findIndex(({ words }) => {
    const argv = words.map((word) => word.text);
    const call = readRunner(argv);
    if (next !== undefined) return call?.kind === 'script' && call.name === next;
    return argv.join(' ').includes(step.argv.join(' '));
  });
  const found = commands[index];
  const after = commands[index + 1];
  if (!found || found.conditional || found.background) return undefined;
  const taken = text.slice(found.span.start, found.span.end);
  if (commands.length === 1) return { taken, rest: '' };
  if (
    !after ||
    !['&&', ';'].includes(after.joint) ||
    (index > 0 && !['&&', ';'].includes(found.joint))
  )
    return undefined;
  return { taken, rest: (text.slice(0, found.span.start) + text.slice(after.span.start)).trim() };
}

/** `npm-run-all migrate serve`: a list of scripts, one after another, without one of them. */
function withoutListed(text: string, script: string): SplitCommand | undefined {
  const words = text.split(/\s+/);
  if (!/^(npm-run-all|run-s)$/.test(words[0] ?? '')) return undefined;
  const rest = words.filter((word) => word !== script);
  const isOneOfSeveral = rest.slice(1).some((word) => !word.startsWith('-'));
  return rest.length === words.length - 1 && isOneOfSeveral
    ? { taken: `npm run ${script}`, rest: rest.join(' ') }
    : undefined;
}

/**
 * Takes the command that leads to a step out of the package script that joins it with others: the outermost one on the way.
 * A hook that does nothing else is left with nothing.
 */
export function splitScript(owner: PackageInfo, step: CommandStep): SplitScript | undefined {
  for (const [index, name] of step.via.entries()) {
    const text = owner.scripts.get(name)?.command;
    const next = step.via
      .slice(index + 1)
      .find((one) => owner.scripts.has(one) && !isHookOf(one, name));
    // What a hook of this script takes is not in this script.
    if (text === undefined || step.via.slice(index + 1).some((one) => isHookOf(one, name)))
      continue;
    const split = splitCommand(text, step, next);
    const isHook = /^(pre|post)/.test(name) && step.hook;
    if (split && (split.rest !== '' || isHook)) return { ...split, name };
  }
  return undefined;
}

function isHookOf(hook: string, name: string): boolean {
  return hook === `pre${name}` || hook === `post${name}`;
}
