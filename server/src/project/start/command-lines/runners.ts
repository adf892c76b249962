import { baseName } from '../../../base/paths';

/** What a package manager's command line asks for. */
export type RunnerCall =
  | {
      readonly kind: 'script';
      readonly runner: 'npm' | 'yarn' | 'pnpm' | 'bun' | 'node';
      /** Script names or glob patterns of them. */
      readonly name: string;
      /** Index of the script's word; the words that follow are its arguments from `argsStart`. */
      readonly nameIndex: number;
      readonly argsStart: number;
      readonly target: RunnerTarget;
      /** `yarn x`, `pnpm x`, `bun x`: a script if there is one of this name, else a program. */
      readonly orProgram: boolean;
    }
  | {
      readonly kind: 'program';
      readonly runner: string;
      readonly start: number;
      readonly isText: boolean;
    }
  | { readonly kind: 'other' };

/** Which package the script belongs to. */
export type RunnerTarget =
  | { readonly kind: 'here' }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'workspace'; readonly names: readonly string[] }
  | { readonly kind: 'every-workspace' };

const VALUED = new Set([
  '--prefix',
  '-C',
  '--workspace',
  '-w',
  '--loglevel',
  '--userconfig',
  '--cwd',
  '--filter',
  '-F',
  '--dir',
  '--script-shell',
  '--scope',
  '--env-file',
  '--cache',
  '--registry',
]);

const YARN_BUILTINS = new Set(
  'add audit autoclean bin cache check config constraints create dedupe explain generate-lock-entry global help import info init install licenses link list login logout npm outdated owner pack patch plugin policies prune publish rebuild remove search set stage tag team unlink unplug up upgrade upgrade-interactive version versions why'.split(
    ' ',
  ),
);
const PNPM_BUILTINS = new Set(
  'add i install update up upgrade remove rm uninstall link unlink import rebuild prune fetch patch audit list ls outdated why create init publish pack store root bin setup env config deploy server licenses dedupe self-update'.split(
    ' ',
  ),
);
const BUN_BUILTINS = new Set(
  'install i add a remove rm update outdated link unlink pm build test init create c upgrade repl publish patch audit'.split(
    ' ',
  ),
);
const NPM_SCRIPTS: Readonly<Record<string, string>> = {
  start: 'start',
  test: 'test',
  t: 'test',
  tst: 'test',
  stop: 'stop',
  restart: 'restart',
};

/**
 * Reads a command line of npm, yarn, pnpm, bun, npx and their like.
 * @param words after quote removal
 * @returns undefined when the first word is none of them; `other` for their own commands (install, publish …)
 */
export function readRunner(words: readonly string[]): RunnerCall | undefined {
  switch (baseName(words[0] ?? '').replace(/\.(cmd|exe)$/, '')) {
    case 'npm':
      return readNpm(words);
    case 'yarn':
    case 'yarnpkg':
      return readYarn(words);
    case 'pnpm':
      return readPnpm(words);
    case 'bun':
      return readBun(words);
    case 'npx':
    case 'pnpx':
    case 'bunx':
      return program(words, 1, baseName(words[0] ?? ''));
    case 'node': {
      const at = words.indexOf('--run');
      return at > 0 && words[at + 1] !== undefined
        ? script('node', words, at + 1, { kind: 'here' })
        : undefined;
    }
    case 'deno':
      return words[1] === 'task' && /^[\w:.-]+$/.test(words[2] ?? '') && words[2]?.[0] !== '-'
        ? script('node', words, 2, { kind: 'here' })
        : undefined;
    default:
      return undefined;
  }
}

function readNpm(words: readonly string[]): RunnerCall {
  const { at, target } = skipOptions(words, 1);
  const sub = words[at] ?? '';
  if (['run', 'run-script', 'rum', 'urn'].includes(sub)) {
    const inner = skipOptions(words, at + 1, target);
    return words[inner.at] === undefined
      ? { kind: 'other' }
      : script('npm', words, inner.at, lateTarget(words, inner));
  }
  if (sub === 'exec' || sub === 'x') return program(words, at + 1, 'npm exec');
  if (Object.hasOwn(NPM_SCRIPTS, sub)) {
    const call = script('npm', words, at, lateTarget(words, { at, target }));
    return call.kind === 'script' ? { ...call, name: NPM_SCRIPTS[sub] ?? sub } : call;
  }
  return { kind: 'other' };
}

function readYarn(words: readonly string[]): RunnerCall {
  const { at, target } = skipOptions(words, 1);
  const sub = words[at];
  if (sub === undefined || YARN_BUILTINS.has(sub)) return { kind: 'other' };
  if (sub === 'workspace') {
    const name = words[at + 1];
    const rest = words[at + 2] === 'run' ? at + 3 : at + 2;
    if (name === undefined || words[rest] === undefined || YARN_BUILTINS.has(words[rest]))
      return { kind: 'other' };
    return script('yarn', words, rest, { kind: 'workspace', names: [name] }, 'or-program');
  }
  if (sub === 'workspaces') {
    const run = words.indexOf('run', at);
    return run > 0 && words[run + 1] !== undefined
      ? script('yarn', words, run + 1, { kind: 'every-workspace' })
      : { kind: 'other' };
  }
  if (sub === 'run') {
    const inner = skipOptions(words, at + 1, target);
    return words[inner.at] === undefined
      ? { kind: 'other' }
      : script('yarn', words, inner.at, target, 'or-program');
  }
  if (sub === 'exec' || sub === 'dlx')
    return program(words, at + 1, sub === 'dlx' ? 'yarn dlx' : 'yarn');
  if (sub === 'node') return { kind: 'program', runner: 'yarn', start: at, isText: false };
  return script('yarn', words, at, target, 'or-program');
}

function readPnpm(words: readonly string[]): RunnerCall {
  const { at, target } = skipOptions(words, 1);
  const sub = words[at];
  if (sub === undefined || PNPM_BUILTINS.has(sub)) return { kind: 'other' };
  if (sub === 'exec' || sub === 'dlx')
    return program(words, at + 1, sub === 'dlx' ? 'pnpm dlx' : 'pnpm');
  if (sub === 'run' || sub === 'run-script') {
    const inner = skipOptions(words, at + 1, target);
    return words[inner.at] === undefined
      ? { kind: 'other' }
      : script('pnpm', words, inner.at, inner.target);
  }
  return script('pnpm', words, at, target, 'or-program');
}

function readBun(words: readonly string[]): RunnerCall | undefined {
  const { at, target } = skipOptions(words, 1);
  const sub = words[at];
  if (sub === undefined || BUN_BUILTINS.has(sub)) return { kind: 'other' };
  if (sub === 'x') return program(words, at + 1, 'bunx');
  const isFile = (word: string): boolean => /[./]/.test(word);
  if (sub === 'run') {
    const inner = skipOptions(words, at + 1, target);
    const name = words[inner.at];
    if (name === undefined) return { kind: 'other' };
    return isFile(name) ? undefined : script('bun', words, inner.at, inner.target);
  }
  return isFile(sub) ? undefined : script('bun', words, at, target, 'or-program');
}

function script(
  runner: Extract<RunnerCall, { kind: 'script' }>['runner'],
  words: readonly string[],
  nameIndex: number,
  target: RunnerTarget,
  otherwise: 'or-program' | 'script-only' = 'script-only',
): RunnerCall {
  const dashes = words.indexOf('--', nameIndex);
  return {
    kind: 'script',
    runner,
    name: words[nameIndex] ?? '',
    nameIndex,
    argsStart: dashes === nameIndex + 1 ? dashes + 1 : nameIndex + 1,
    target,
    orProgram: otherwise === 'or-program',
  };
}

/** `npx [-y] [-p pkg] [--] cmd`, `npx -c 'script'`. */
function program(words: readonly string[], from: number, runner: string): RunnerCall {
  for (let at = from; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '-c' || word === '--call')
      return words[at + 1] === undefined
        ? { kind: 'other' }
        : { kind: 'program', runner, start: at + 1, isText: true };
    if (word === '-p' || word === '--package' || word === '-w' || word === '--workspace') at += 1;
    else if (word === '--')
      return words[at + 1] === undefined
        ? { kind: 'other' }
        : { kind: 'program', runner, start: at + 1, isText: false };
    else if (!word.startsWith('-')) return { kind: 'program', runner, start: at, isText: false };
  }
  return { kind: 'other' };
}

function skipOptions(
  words: readonly string[],
  from: number,
  known: RunnerTarget = { kind: 'here' },
): { at: number; target: RunnerTarget } {
  let target = known;
  let at = from;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '--') break;
    const [option = '', inline] = word.split('=', 2);
    const value = inline ?? (VALUED.has(option) ? words[at + 1] : undefined);
    target = optionTarget(option, value, target) ?? target;
    if (inline === undefined && VALUED.has(option)) at += 1;
  }
  return { at, target };
}

function optionTarget(
  option: string,
  value: string | undefined,
  known: RunnerTarget,
): RunnerTarget | undefined {
  if (['-ws', '--workspaces', '-r', '--recursive'].includes(option)) {
    return known.kind === 'workspace' ? known : { kind: 'every-workspace' };
  }
  if (value === undefined) return undefined;
  if (['--prefix', '-C', '--cwd', '--dir'].includes(option))
    return { kind: 'folder', folder: value };
  if (['--workspace', '-w', '--filter', '-F', '--scope'].includes(option)) {
    const names = known.kind === 'workspace' ? known.names : [];
    return { kind: 'workspace', names: [...names, value] };
  }
  return undefined;
}

/** npm also takes `-w name` after the script's name. */
function lateTarget(
  words: readonly string[],
  found: { at: number; target: RunnerTarget },
): RunnerTarget {
  if (found.target.kind !== 'here') return found.target;
  const dashes = words.indexOf('--');
  const end = dashes < 0 ? words.length : dashes;
  for (let at = found.at + 1; at < end; at += 1) {
    const [option = '', inline] = (words[at] ?? '').split('=', 2);
    if (option !== '-w' && option !== '--workspace' && option !== '--prefix' && option !== '-C')
      continue;
    return optionTarget(option, inline ?? words[at + 1], found.target) ?? found.target;
  }
  return found.target;
}
