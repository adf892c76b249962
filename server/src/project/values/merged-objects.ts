import type { CallValue, Value } from '../../base/value';

const MERGES =
  /^(Object\.assign|object-assign|xtend|extend|deepmerge|merge-deep|deep-extend|underscore\.(extend|extendOwn)|lodash[./](fp\/)?(assign|assignIn|extend|merge))$/;

const DEFAULTS = /^(underscore\.defaults|lodash[./](fp\/)?(defaults|defaultsDeep))$/;

/** Does a function, by its canonical name, put the members of objects over those of its first argument? */
export function isMerge(name: string | undefined): boolean {
  return name !== undefined && MERGES.test(name);
}

/** `Object.assign({}, base, own)`: an object of what all of them have, where nothing unknown is among them. */
export function merged(
  { isNew, span, path }: CallValue,
  name: string | undefined,
  args: readonly Value[],
): Value | undefined {
  if (name === undefined || isNew) return undefined;
  const isDefaults = DEFAULTS.test(name);
  if (!isDefaults && !MERGES.test(name)) return undefined;
  const parts = args.filter(({ kind }) => kind !== 'literal');
  if (parts.length < 2 || !parts.every(isKnownObject)) return undefined;
  const spreads = isDefaults ? [...parts].reverse() : parts;
  return { kind: 'object', properties: [], spreads, span, ...(path === undefined ? {} : { path }) };
}

function isKnownObject(value: Value): boolean {
  return value.kind === 'either'
    ? value.operator !== '&&' && value.options.every(isKnownObject)
    : value.kind === 'object';
}
