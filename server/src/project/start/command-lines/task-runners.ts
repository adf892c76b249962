import { baseName } from '../../../base/paths';
import type { RunnerCall } from './runners';

type ScriptCall = Extract<RunnerCall, { kind: 'script' }>;

/**
 * Reads task runners of monorepos that run a script of workspace packages: `turbo run start --filter=api`,
 * `lerna run start --scope api`, `nx run api:start`, `nx start api`, `nx run-many -t start -p a,b`.
 * @param words after quote removal
 * @returns undefined for other commands and for tasks that name none
 */
export function readTaskRunner(words: readonly string[]): RunnerCall | undefined {
  switch (baseName(words[0] ?? '')) {
    case 'turbo':
      return readTurbo(words, words[1] === 'run' ? 2 : 1);
    case 'lerna':
      return words[1] === 'run' ? readTurbo(words, 2) : undefined;
    case 'nx':
      return readNx(words);
    default:
      return undefined;
  }
}

function readTurbo(words: readonly string[], at: number): RunnerCall | undefined {
  const task = words[at];
  if (task === undefined || task.startsWith('-')) return undefined;
  const names = optionValues(words, ['--filter', '-F', '--scope']);
  return call(
    words,
    task,
    at,
    names.length > 0 ? { kind: 'workspace', names } : { kind: 'every-workspace' },
  );
}

function readNx(words: readonly string[]): RunnerCall | undefined {
  const [, first = '', second = ''] = words;
  if (first === 'run') {
    const [project, task] = second.split(':');
    return project && task
      ? call(words, second.slice(project.length + 1), 2, { kind: 'workspace', names: [project] })
      : undefined;
  }
  if (first === 'run-many') {
    const [task] = optionValues(words, ['-t', '--target', '--targets']);
    const names = optionValues(words, ['-p', '--projects']).flatMap((value) => value.split(','));
    if (task === undefined) return undefined;
    return call(
      words,
      task,
      1,
      names.length > 0 ? { kind: 'workspace', names } : { kind: 'every-workspace' },
    );
  }
  const isTask =
    /^[a-z][\w:-]*$/.test(first) &&
    !/^(affected|graph|migrate|format|list|report|reset|g|generate|connect|release|repair|show|exec|import|init|add|watch|sync)/.test(
      first,
    );
  return isTask && second && !second.startsWith('-')
    ? call(words, first, 1, { kind: 'workspace', names: [second] })
    : undefined;
}

function call(
  words: readonly string[],
  name: string,
  nameIndex: number,
  target: ScriptCall['target'],
): ScriptCall {
  return {
    kind: 'script',
    runner: 'npm',
    name,
    nameIndex,
    argsStart: words.length,
    target,
    orProgram: false,
  };
}

function optionValues(words: readonly string[], names: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    const equals = word.indexOf('=');
    const option = equals < 0 ? word : word.slice(0, equals);
    if (!names.includes(option)) return [];
    const value = equals < 0 ? words[index + 1] : word.slice(equals + 1);
    return value === undefined ? [] : [value];
  });
}
