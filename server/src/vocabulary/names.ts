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
  const whole = new Set<string>();
  const starts: string[] = [];
  const ends: string[] = [];
  for (const name of all) {
    const fixed = name.replace(/^\*|\*$/, '');
    if (fixed === '' || fixed.includes('*')) throw new Error(`no name: ${name}`);
    if (name === fixed) whole.add(name);
    else (name.endsWith('*') ? starts : ends).push(fixed);
  }
  const twice = all.find((name, index) => all.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`listed twice: ${twice}`);
  const pattern = all
    .map((name) => name.replace(/[$.+/()[\]{}^|?-]/g, '\\$&').replace('*', '\\w*'))
    .join('|');
  return {
    groups,
    pattern,
    has: (name) =>
      whole.has(name) ||
      starts.some((start) => name.startsWith(start)) ||
      ends.some((end) => name.endsWith(end)),
  };
}
