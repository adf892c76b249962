import { baseName } from '../../../base/paths';

/** What a wrapper command says about the command it starts. */
export interface Unwrapped {
  /** The wrapper's name, for `CommandStep.wrappers`. */
  readonly name: string;
  /** Index of the first word of the command inside. */
  readonly start: number;
  /** Set when that word is a whole command line rather than a program. */
  readonly isText?: boolean;
  readonly assignments: readonly (readonly [string, string])[];
}

interface WrapperRule {
  /** Options that take the next word. */
  readonly options?: readonly string[];
  /** Words that stand before the command besides options. */
  readonly positionals?: number;
  /** The command only comes after `--`. */
  readonly needsDashes?: boolean;
  /** `NAME=value` words set variables. */
  readonly assigns?: boolean;
  /** The command is one quoted text. */
  readonly isText?: boolean;
  /** Made to be the first process of a container: hands signals on, and reaps what is left of others. */
  readonly init?: true;
  /** First word after the name must be this. */
  readonly subcommand?: readonly string[];
}

const WRAPPERS: Readonly<Record<string, WrapperRule>> = {
  exec: { options: ['-a'] },
  command: {},
  builtin: {},
  nohup: {},
  setsid: {},
  time: { options: ['-o', '-f'] },
  nice: { options: ['-n', '--adjustment'] },
  ionice: { options: ['-c', '-n'] },
  stdbuf: { options: ['-i', '-o', '-e'] },
  timeout: { options: ['-s', '--signal', '-k', '--kill-after'], positionals: 1 },
  sudo: { options: ['-u', '--user', '-g', '--group', '-h', '-C'], assigns: true },
  'su-exec': { positionals: 1 },
  gosu: { positionals: 1 },
  setuidgid: { positionals: 1 },
  chpst: { options: ['-u', '-U', '-e', '-d', '-n', '-l', '-L', '-m', '-o', '-p', '-f', '-c'] },
  setpriv: { options: ['--reuid', '--regid', '--groups'] },
  runuser: { options: ['-u', '--user', '-g'] },
  tini: { options: ['-e', '-p'], init: true },
  'tini-static': { options: ['-e', '-p'], init: true },
  'docker-init': { options: ['-e', '-p'], init: true },
  catatonit: { init: true },
  pid1: { init: true },
  sbinit: { init: true },
  my_init: { needsDashes: true, init: true },
  'dumb-init': { options: ['-r', '--rewrite'], init: true },
  env: { options: ['-u', '--unset', '-C', '--chdir'], assigns: true },
  'cross-env': { assigns: true },
  'cross-env-shell': { assigns: true, isText: true },
  dotenv: { options: ['-e', '-v', '-p', '-f', '--env-file'] },
  'dotenv-cli': { options: ['-e', '-v', '-p'] },
  dotenvx: {
    options: [
      '-f',
      '-fv',
      '-e',
      '--env-file',
      '--env-vault-file',
      '--env',
      '--convention',
      '--log-level',
    ],
    subcommand: ['run'],
  },
  'env-cmd': { options: ['-f', '--file', '-e', '--environments', '-r', '--rc-file'] },
  doppler: { needsDashes: true, subcommand: ['run'] },
  infisical: { needsDashes: true, subcommand: ['run'] },
  op: { needsDashes: true, subcommand: ['run'] },
  chamber: { needsDashes: true, subcommand: ['exec'] },
  'aws-vault': { needsDashes: true, subcommand: ['exec'] },
  'with-env': {},
  dockerize: {
    options: [
      '-wait',
      '-timeout',
      '-wait-retry-interval',
      '-template',
      '-stdout',
      '-stderr',
      '-wait-http-header',
      '-env',
    ],
  },
  'wait-for-it': { needsDashes: true },
  'wait-for-it.sh': { needsDashes: true },
  'wait-for': { needsDashes: true },
  'wait-for.sh': { needsDashes: true },
  'xvfb-run': { options: ['-n', '-s', '-f', '-e', '-p', '-w'] },
  'docker-entrypoint.sh': {},
};

/** Is it a wrapper that takes the first place in a container, so that the program behind it gets signals? */
export function isInit(wrapper: string): boolean {
  return WRAPPERS[wrapper]?.init === true;
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;

/**
 * Looks through one wrapper (`exec`, `env`, `cross-env`, `tini --`, `dotenv --`, `gosu user` …).
 * @param words the command's words after quote removal
 * @returns undefined when the first word is no wrapper, or starts nothing
 */
export function unwrap(words: readonly string[]): Unwrapped | undefined {
  const name = baseName(words[0] ?? '');
  const rule = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
  if (!rule) return undefined;
  let at = 1;
  if (rule.subcommand) {
    if (!rule.subcommand.includes(words[at] ?? '')) return undefined;
    at += 1;
  }
  if (rule.needsDashes) {
    const dashes = words.indexOf('--');
    return dashes > 0 && dashes + 1 < words.length
      ? { name, start: dashes + 1, assignments: [] }
      : undefined;
  }
  const own: string[] = [];
  let start = ownWordsEnd(words, at, name, rule, own);
  // Assignments may also follow the dashes: `env -i -- A=b cmd`.
  for (; rule.assigns && ASSIGNMENT.test(words[start] ?? ''); start += 1)
    own.push(words[start] ?? '');
  if (start >= words.length) return undefined;
  const assignments = own.map((word): readonly [string, string] => {
    const [, key = '', value = ''] = ASSIGNMENT.exec(word) ?? [];
    return [key, value];
  });
  return { name, start, assignments, ...(rule.isText ? { isText: true } : {}) };
}

/**
 * Where what a wrapper is told ends, dashes included.
 * @param assignments gets those among them
 */
function ownWordsEnd(
  words: readonly string[],
  from: number,
  name: string,
  rule: WrapperRule,
  assignments: string[],
): number {
  let positionals = rule.positionals ?? 0;
  let at = from;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') return at + 1;
    if (rule.assigns && ASSIGNMENT.test(word)) assignments.push(word);
    else if (rule.options?.includes(word)) at += 1;
    else if (word.startsWith('-') && word.length > 1) continue;
    else if (name === 'env-cmd' && at === 1 && /(^|\/)\.?[\w.-]*env[\w.-]*$/.test(word)) continue;
    else if (positionals > 0) positionals -= 1;
    else break;
  }
  return at;
}

/** A well-known script that waits for a service; it lies in many trees and tells nothing of its own. */
export function isWaitScript(path: string): boolean {
  return /^wait-for(-it)?(\.sh)?$/.test(baseName(path));
}

/**
 * Finds the script of `sh -c 'script'`.
 * @returns the index of the script's word; undefined when the words are no shell with `-c`
 */
export function shellScriptIndex(words: readonly string[]): number | undefined {
  // `. ./prepare.sh`: what the script says, said here.
  if (words[0] === '.' || words[0] === 'source') return words.length > 1 ? 1 : undefined;
  if (!isShell(words[0] ?? '')) return undefined;
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '-o' || word === '-O') at += 1;
    else if (/^-[A-Zabd-z]*c[A-Za-z]*$/.test(word))
      return at + 1 < words.length ? at + 1 : undefined;
    else if (!word.startsWith('-')) return undefined;
  }
  return undefined;
}

/** The index of the file in `sh file`; undefined for `sh -c` and other commands. */
export function shellFileIndex(words: readonly string[]): number | undefined {
  if (!isShell(words[0] ?? '')) return undefined;
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '-o' || word === '-O') at += 1;
    else if (/^-[a-zA-Z]*c/.test(word)) return undefined;
    else if (!word.startsWith('-')) return at;
  }
  return undefined;
}

function isShell(word: string): boolean {
  return /^(ba|da|a|z|k)?sh$/.test(baseName(word));
}

/** `exec` in the script that a step stands in: the shell gives way to it. That of a script in front has only given way to this one. */
export function replacesShell({ wrappers }: { readonly wrappers: readonly string[] }): boolean {
  const inside = wrappers.slice(wrappers.findLastIndex((word) => SHELL.test(word)) + 1);
  return inside.includes('exec');
}

const SHELL = /^(sh|bash|ash|dash)$/;
