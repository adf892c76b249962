import type { FileKind } from '../../base/file-kinds';

/**
 * Where the name of a variable is being typed:
 * - `code`: a member of the environment; `import-meta`: of what a bundler puts in its place; `typed`: of what SvelteKit declares for the
 *   variables that it finds in env files
 * - `line`: the beginning of a line of an env file, or of an `ENV` or `ARG`
 * - `key`, `item`: a key of a mapping, an entry of a list of variables in YAML
 * - `use`: `${NAME}`; `own`: the same where only what the file itself sets is seen
 */
export type Asked = 'code' | 'import-meta' | 'typed' | 'line' | 'key' | 'item' | 'use' | 'own';

export interface Context {
  readonly asked: Asked;
  /** Where the name begins, and what of it stands there already. */
  readonly start: number;
  readonly end: number;
}

/** No context reaches further back. */
const REACH = 400;

interface Pattern {
  readonly asked: Asked;
  /** What stands in front of the name: matched at its end. */
  readonly before: RegExp;
  /** What follows the word. */
  readonly after?: RegExp;
}

const ENVIRONMENT = String.raw`(?:\bprocess|\bBun)\.env`;

/** From the most telling on. Behind a `before` stands nothing but the beginning of a name. */
const IN_CODE: readonly Pattern[] = [
  { asked: 'code', before: new RegExp(`${ENVIRONMENT}[?!]?\\.$`) },
  { asked: 'code', before: new RegExp(`${ENVIRONMENT}(?:\\?\\.)?\\[['"\`]$`) },
  { asked: 'code', before: /\bDeno\.env\.(?:get|has)\(['"`]$/ },
  { asked: 'import-meta', before: /\bimport\.meta\.env(?:\??\.|\[['"`])$/ },
  {
    asked: 'code',
    before: /\{(?:[^{}]*,)?\s*$/,
    after: new RegExp(`^[^{}]*\\}(?:\\s*:[^=;]{0,80})?\\s*=\\s*${ENVIRONMENT}\\b(?!\\.|\\[)`),
  },
  {
    asked: 'import-meta',
    before: /\{(?:[^{}]*,)?\s*$/,
    after: /^[^{}]*\}\s*=\s*import\.meta\.env\b(?!\.|\[)/,
  },
  {
    asked: 'typed',
    before: /\bimport\s*\{(?:[^{}]*,)?\s*$/,
    after: /^[^{}]*\}\s*from\s*['"]\$env\/static\/(?:public|private)['"]/,
  },
];

/** `env.` where `env` is another name of the environment. */
const MEMBER = /(?<![\w.$])([A-Za-z_$][\w$]*)\??\.$/;
const ALIASES: readonly (readonly [Asked, RegExp])[] = [
  ['code', /\b(?:const|let|var)\s+([\w$]+)\s*(?::[^=;\n]{0,80})?=\s*process\.env\s*(?:;|$)/gm],
  ['code', /\bimport\s*\{[^}]{0,200}\b(env)\b[^}]{0,200}\}\s*from\s*['"](?:node:)?process['"]/g],
  ['code', /\{\s*(env)\s*\}\s*=\s*process\b(?!\.)/g],
  ['typed', /\bimport\s*\{\s*(env)\s*\}\s*from\s*['"]\$env\/dynamic\/(?:public|private)['"]/g],
];

const SHELL: Pattern = { asked: 'use', before: /(?<!\$)\$\{?$/ };
const OF_KIND: Readonly<Partial<Record<FileKind, readonly Pattern[]>>> = {
  source: IN_CODE,
  dotenv: [
    { asked: 'line', before: /(?:^|\n)[ \t]*(?:export[ \t]+)?$/ },
    { asked: 'use', before: /(?<!\$)\$\{$/ },
  ],
  dockerfile: [
    { asked: 'line', before: /(?:^|\n)[ \t]*(?:ENV|ARG)[ \t](?:[^\n]*[ \t])?$/i },
    { asked: 'own', before: /(?<!\$)\$\{?$/ },
  ],
  shell: [SHELL],
  procfile: [SHELL],
  yaml: [
    { asked: 'own', before: /\$\{\{[^}\n]*\benv\.$/ },
    { asked: 'use', before: /(?<!\$)\$\{$/ },
  ],
};
/** Keys of YAML below which variables are listed. */
const LISTS =
  /^[ \t]*(?:-[ \t]+)?(?:environment|env|args|variables|env_variables)[ \t]*:[ \t]*(?:#.*)?$/;

/**
 * Is the name of a variable being typed at an offset? Decided by the text around it, which need not parse: a lookup, no more.
 * @param kind of the file
 */
export function contextAt(text: string, offset: number, kind: FileKind): Context | undefined {
  let start = offset;
  while (isOfName(text[start - 1])) start -= 1;
  let end = offset;
  while (isOfName(text[end])) end += 1;
  const before = text.slice(Math.max(0, start - REACH), start);
  const found = (asked: Asked): Context => ({ asked, start, end });
  if (kind === 'source' && isComment(before)) return undefined;
  const after = text.slice(end, end + REACH);
  const pattern = OF_KIND[kind]?.find(
    (each) => each.before.test(before) && (each.after?.test(after) ?? true),
  );
  if (pattern) return found(pattern.asked);
  if (kind === 'source') {
    const object = MEMBER.exec(before)?.[1];
    const alias =
      object === undefined
        ? undefined
        : ALIASES.find(([, declared]) =>
            [...text.matchAll(declared)].some(([, name]) => name === object),
          );
    return alias && found(alias[0]);
  }
  const listed = kind === 'yaml' ? inList(text, start) : undefined;
  return listed && found(listed);
}

function isOfName(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character);
}

function isComment(before: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return /^\s*(?:\/\/|\/?\*)/.test(line) || /(?:^|\s)\/\/ /.test(line);
}

/** Is a key or an entry being typed right below a list of variables? */
function inList(text: string, start: number): Asked | undefined {
  const lines = text.slice(0, start).split('\n');
  const line = lines.pop() ?? '';
  const shape = /^([ \t]*)(-[ \t]+(?:name:[ \t]*)?["']?)?$/.exec(line);
  if (!shape) return undefined;
  const [, indent = '', dash] = shape;
  for (const above of lines.toReversed()) {
    if (/^[ \t]*(?:#|\r?$)/.test(above)) continue;
    const own = /^[ \t]*/.exec(above)?.[0].length ?? 0;
    const isParent =
      dash === undefined ? own < indent.length : own <= indent.length && !/^[ \t]*-/.test(above);
    if (!isParent) continue;
    if (!LISTS.test(above.replace(/\r$/, ''))) return undefined;
    return dash === undefined ? 'key' : 'item';
  }
  return undefined;
}
