import { baseName } from './paths';
import type { Value } from './value';

/** What a value is called where it is used: a variable, the last of its members, of what is imported; undefined for what has no name. */
export function lastName(value: Value): string | undefined {
  switch (value.kind) {
    case 'member':
    case 'global':
    case 'parameter':
    case 'unknown':
      return value.name;
    case 'import':
      return value.members.at(-1);
    default:
      return undefined;
  }
}

/** As {@link lastName}, but what a call gives is called like the function, and a module as a whole like its file; `` for no name. */
export function calledName(value: Value): string {
  if (value.kind === 'call') return calledName(value.callee);
  const name = lastName(value);
  if (name !== undefined) return name;
  return value.kind === 'import' ? baseName(value.specifier).replace(/\.\w+$/, '') : '';
}

/** Where a chain of members and calls begins: `app` of `app.listen(3000).on`. */
export function rootOf(value: Value): Value {
  let at = value;
  while (at.kind === 'member' || at.kind === 'call')
    at = at.kind === 'member' ? at.object : at.callee;
  return at;
}
