import { baseName } from '../../../base/paths';

/** Several commands started by one: npm-run-all and its like, concurrently. */
export interface CommandGroup {
  readonly name: string;
  readonly parallel: boolean;
  /** Each either script names (with globs) or a command line, by the index of its word. */
  readonly members: readonly {
    readonly index: number;
    readonly script: string | undefined;
    readonly runner: string;
  }[];
}

const CONCURRENTLY_VALUES = new Set(
  '-n --names -c --prefix-colors -p --prefix -l --prefix-length -s --success -m --max-processes --name-separator --restart-tries --restart-after --default-input-target -t --timestamp-format --kill-signal --ks --hide -P'.split(
    ' ',
  ),
);
const RUN_ALL_VALUES = new Set('--max-parallel --node-path --npm-path --config'.split(' '));

/** Reads `npm-run-all`, `run-s`, `run-p`, `concurrently`, `wsrun`-less forms; undefined for any other command. */
export function readGroup(words: readonly string[]): CommandGroup | undefined {
  const name = baseName(words[0] ?? '');
  if (name === 'concurrently' || name === 'conc') return readConcurrently(name, words);
  if (!/^(npm-run-all2?|run-s|run-p)$/.test(name)) return undefined;
  let parallel = name === 'run-p';
  const members: CommandGroup['members'][number][] = [];
  for (let index = 1; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--') break;
    if (['-p', '--parallel'].includes(word)) parallel = true;
    else if (['-s', '--sequential', '--serial'].includes(word)) continue;
    else if (RUN_ALL_VALUES.has(word)) index += 1;
    else if (!word.startsWith('-'))
      members.push({ index, script: word.split(/\s+/)[0] ?? word, runner: 'npm' });
  }
  return { name, parallel, members };
}

function readConcurrently(name: string, words: readonly string[]): CommandGroup {
  const members: CommandGroup['members'][number][] = [];
  for (let index = 1; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--') break;
    if (CONCURRENTLY_VALUES.has(word)) {
      index += 1;
      continue;
    }
    if (word.startsWith('-')) continue;
    const short = /^(npm|yarn|pnpm|bun|node):(.+)$/.exec(word);
    members.push({ index, script: short?.[2]?.split(/\s+/)[0], runner: short?.[1] ?? 'npm' });
  }
  return { name, parallel: true, members };
}

/**
 * The scripts that a pattern of npm-run-all or concurrently names: `build:*` one level, `build:**` all below; the script itself
 * for a plain name.
 */
export function matchScripts(pattern: string, names: Iterable<string>): string[] {
  if (!pattern.includes('*')) return [...names].filter((name) => name === pattern);
  const source = pattern
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*/g, '\0')
    .replace(/\*/g, '[^:]*')
    .replace(/\0/g, '.*');
  const matcher = new RegExp(`^${source}$`);
  return [...names].filter((name) => matcher.test(name));
}
