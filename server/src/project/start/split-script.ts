import { parseShellSyntax } from '../../languages/shell';
import type { CommandStep, PackageInfo } from '../model';
import { readRunner } from './runners';

/** A package script cut after the command that takes a step. */
export interface SplitScript {
  /** The command that takes the step. */
  readonly before: string;
  /** What is left of the script without it. */
  readonly rest: string;
}

/**
 * Takes the command that leads to a step out of a package script.
 * @param step one of the script's expanded steps
 * @returns undefined when it is not joined by plain `&&` or `;`, or nothing would be left
 */
export function splitScript(
  owner: PackageInfo,
  name: string,
  step: CommandStep,
): SplitScript | undefined {
  const text = owner.scripts.get(name)?.command;
  if (text === undefined) return undefined;
  const { commands, errors } = parseShellSyntax(text);
  if (errors.length > 0) return undefined;
  const next = step.via[1];
  const index = commands.findIndex(({ words }) => {
    const argv = words.map((word) => word.text);
    const call = readRunner(argv);
    if (next !== undefined) return call?.kind === 'script' && call.name === next;
    return argv.join(' ').includes(step.argv.join(' '));
  });
  const found = commands[index];
  const after = commands[index + 1];
  if (!found || !after || !['&&', ';'].includes(after.joint) || found.conditional) return undefined;
  const rest = (text.slice(0, found.span.start) + text.slice(after.span.start)).trim();
  return rest === '' ? undefined : { before: text.slice(found.span.start, found.span.end), rest };
}
