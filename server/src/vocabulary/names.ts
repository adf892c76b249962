import type { WordGroup } from './vocabulary';

/** Names that are compared whole, and as they are written: what a tool, a system or a library calls something. */
export interface Names {
  /** The lists it was made of; to make a longer list from several. */
  readonly groups: readonly WordGroup[];
  has(name: string): boolean;
  /** The names as alternatives of a regular expression, where they are part of a longer form: `(^|\.)(get|post)$`. */
  readonly pattern: string;
}

/**
 * Makes a list of names. A `*` at one end of a name stands for anything: `VERCEL_*`, `*Error`.
 * @param groups names between white space, each list with the reason why its names are in
 * @throws Error for a name that stands twice, or with a `*` inside: a table that lies never loads
 */
export function names(...groups: readonly WordGroup[]): Names {
  const all = groups.flatMap(([, list]) => list.split(/\s+/).filter((name) => name !== ''));
  const twice = all.find((name, index) => all.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`listed twice: ${twice}`);
  const wrong = all.find((name) => name.replace(/^\*|\*$/, '').includes('*') || name === '*');
  if (wrong !== undefined) throw new Error(`no name: ${wrong}`);
  const whole = new Set(all);
  const open = all.filter((name) => name.includes('*')).map((name) => formOf(name, '.*'));
  const form = open.length > 0 ? new RegExp(`^(?:${open.join('|')})$`, 's') : undefined;
  return {
    groups,
    pattern: all.map((name) => formOf(name, '\\w*')).join('|'),
    has: form ? (name) => whole.has(name) || form.test(name) : (name) => whole.has(name),
  };
}

/** A name as part of a regular expression. */
function formOf(name: string, anything: string): string {
  return name.replace(/[$.+/()[\]{}^|?-]/g, '\\$&').replace('*', anything);
}
