/** Lockfiles: which manager wrote them, and which version of a package they lock. Parsed by need, never as a whole tree. */

export type LockfileManager = 'npm' | 'yarn' | 'yarn-berry' | 'pnpm' | 'bun';

const MANAGERS: Readonly<Record<string, LockfileManager>> = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'yarn.lock': 'yarn',
  'pnpm-lock.yaml': 'pnpm',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
};

/** The names of lockfiles, the most telling first where several lie side by side. */
export const LOCKFILE_NAMES: readonly string[] = [
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
];

/**
 * Which manager a lockfile belongs to.
 * @param path any path; its last part decides
 * @param text the file's text, where known: tells the two generations of Yarn apart
 */
export function lockfileManager(path: string, text?: string): LockfileManager | undefined {
  const manager = MANAGERS[path.slice(path.lastIndexOf('/') + 1)];
  return manager === 'yarn' && text !== undefined && /^__metadata:/m.test(text)
    ? 'yarn-berry'
    : manager;
}

/**
 * The version of a package that a lockfile locks for the project itself (not for its dependencies' own needs).
 * @param path the lockfile's path
 * @param text its text
 * @param name the package
 * @param range the range the manifest asks for, needed by Yarn
 * @returns undefined when it is not locked or the format is binary
 */
export function lockedVersion(
  path: string,
  text: string,
  name: string,
  range = '',
): string | undefined {
  switch (lockfileManager(path, text)) {
    case 'npm':
      return fromNpm(text, name);
    case 'yarn':
    case 'yarn-berry':
      return fromYarn(text, name, range);
    case 'pnpm':
      return fromPnpm(text, name);
    case 'bun':
      return match(
        text,
        new RegExp(`^[ \\t]*"${escape(name)}":\\s*\\["${escape(name)}@([^"]+)"`, 'm'),
      );
    default:
      return undefined;
  }
}

/**
 * The commit of a repository that a lockfile locks for a package installed from git.
 * @returns undefined when there is none
 */
export function lockedCommit(path: string, text: string, name: string): string | undefined {
  const key = escape(name);
  const headers: Readonly<Record<LockfileManager, RegExp>> = {
    npm: new RegExp(`"(?:node_modules/)?${key}":\\s*\\{\\s*"version"[^}]*`),
    yarn: new RegExp(`^"?${key}@[^\\n]*:\\n(?:[ \\t]+[^\\n]*\\n)*`, 'm'),
    'yarn-berry': new RegExp(`^"?${key}@[^\\n]*:\\n(?:[ \\t]+[^\\n]*\\n)*`, 'm'),
    pnpm: new RegExp(
      `^[ \\t]+'?${key}'?:[ \\t\\r]*\\n[ \\t]+specifier:[^\\n]*\\n[ \\t]+version:[^\\n]*`,
      'm',
    ),
    bun: new RegExp(`^[ \\t]*"${key}":\\s*\\[[^\\n]*`, 'm'),
  };
  const manager = lockfileManager(path, text);
  const entry = manager && headers[manager].exec(text)?.[0];
  return entry === undefined ? undefined : /[#/=]([0-9a-f]{40})\b/.exec(entry)?.[1];
}

function fromNpm(text: string, name: string): string | undefined {
  const key = escape(name);
  const modern = match(
    text,
    new RegExp(
      `"node_modules/${key}":\\s*\\{\\s*(?:"name":\\s*"[^"]*",\\s*)?"version":\\s*"([^"]+)"`,
    ),
  );
  // Version 1 nests what dependencies need deeper than four spaces.
  return (
    modern ??
    match(text, new RegExp(`^(?: {4}|\\t\\t)"${key}":\\s*\\{\\s*"version":\\s*"([^"]+)"`, 'm'))
  );
}

function fromYarn(text: string, name: string, range: string): string | undefined {
  const key = escape(name);
  const wanted = escape(range);
  const header = (spec: string): RegExp =>
    new RegExp(
      `^(?=[^\\s#])(?:[^\\n]*[\\s,"])?"?${key}@(?:npm:)?${spec}"?(?:[,"][^\\n]*)?:\\s*\\n\\s+"?version"?:?\\s+"?([^"\\s]+)`,
      'm',
    );
  if (range) return match(text, header(wanted));
  return match(text, header('[^\\n:]*'));
}

function fromPnpm(text: string, name: string): string | undefined {
  const key = escape(name);
  const modern = match(
    text,
    new RegExp(
      `^[ \\t]+'?${key}'?:[ \\t\\r]*\\n[ \\t]+specifier:[^\\n]*\\n[ \\t]+version:\\s*'?([^\\s('"]+)`,
      'm',
    ),
  );
  return modern ?? match(text, new RegExp(`^[ \\t]{2,4}'?${key}'?:\\s+'?(\\d[^\\s('"_]*)`, 'm'));
}

function match(text: string, pattern: RegExp): string | undefined {
  return pattern.exec(text)?.[1];
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
