import type { Value } from '../../base/value';
import { argumentAt, possibleValues } from '../../base/values';
import { parseShellSyntax } from '../../languages/shell';
import type { CallMeaning } from '../model';

/** A simple command that code runs as another process. */
export interface SpawnedCommand {
  /** Words after quote removal; what the code computes is `$ARG`. */
  readonly argv: readonly string[];
  /** How it is joined to the command before. */
  readonly joint: string;
}

/** Stands for what is only known at run time; a shell expansion, so that quoting keeps its meaning. */
const COMPUTED = '$ARG';

/**
 * The commands that a call of a process library runs, as far as they are written in code.
 * @param found a call whose meaning is `spawn`
 * @returns nothing where the program itself is computed
 */
export function spawnedCommands({ meaning, args }: CallMeaning): readonly SpawnedCommand[] {
  if (meaning.kind !== 'spawn') return [];
  const command = argumentAt(args, meaning.command);
  if (!command) return [];
  return possibleValues(command).flatMap((option): readonly SpawnedCommand[] => {
    const text = written(option);
    if (text === undefined || text.startsWith(COMPUTED)) return [];
    if (meaning.how === 'shell' || /\s/.test(text.trim())) return shellCommands(text);
    const list = args[1];
    const words = list?.kind === 'array' ? list.items.map((item) => written(item) ?? COMPUTED) : [];
    const script = /^(ba|da|z|a)?sh$/.test(text) ? words[words.indexOf('-c') + 1] : undefined;
    return script !== undefined && words.includes('-c')
      ? shellCommands(script)
      : [{ argv: [text, ...words], joint: '' }];
  });
}

function shellCommands(text: string): readonly SpawnedCommand[] {
  return parseShellSyntax(text).commands.map(({ words, joint }) => ({
    argv: words.map((word) => word.text),
    joint,
  }));
}

function written(value: Value): string | undefined {
  if (value.kind === 'literal') return value.value === undefined ? undefined : String(value.value);
  if (value.kind === 'template')
    return value.parts.map((part) => written(part) ?? COMPUTED).join('');
  // `['git', 'pull'].join(' ')`
  if (
    value.kind === 'call' &&
    value.callee.kind === 'member' &&
    value.callee.name === 'join' &&
    value.callee.object.kind === 'array'
  )
    return value.callee.object.items.map((item) => written(item) ?? COMPUTED).join(' ');
  return undefined;
}
