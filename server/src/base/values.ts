import type { EnvironmentValue, LiteralValue, ObjectValue, Value } from './value';
import { childrenOf, heldBy, mapChildren } from './value-visitor';

/** Small pure helpers over symbolic values; they know nothing of trees or files. */

/** Looks through what does not change a value: `Number(x)`, `String(x)`, `parseInt(x, 10)`, `x.trim()`, `new URL(x)`. */
export function unwrapCasts(value: Value): Value {
  if (value.kind !== 'call') return value;
  const { callee, args } = value;
  const first = args[0];
  if (callee.kind === 'global' && first && CASTS.has(callee.name)) return unwrapCasts(first);
  if (callee.kind === 'member' && callee.name && STRING_METHODS.has(callee.name))
    return unwrapCasts(callee.object);
  if (callee.kind === 'member' && callee.object.kind === 'global' && first) {
    const name = `${callee.object.name}.${callee.name ?? ''}`;
    if (name === 'Number.parseInt' || name === 'Number.parseFloat' || name === 'Object.freeze')
      return unwrapCasts(first);
  }
  return value;
}
const CASTS = new Set(['Number', 'String', 'Boolean', 'parseInt', 'parseFloat', 'BigInt', 'URL']);
const STRING_METHODS = new Set(['trim', 'toString', 'toLowerCase', 'toUpperCase', 'valueOf']);

/** All the values an expression may take: alternatives flattened, casts looked through. */
export function possibleValues(value: Value): readonly Value[] {
  const inner = unwrapCasts(value);
  return inner.kind === 'either' ? inner.options.flatMap(possibleValues) : [inner];
}

/** True when the environment decides the value, wholly or in part. */
export function readsEnvironment(value: Value): boolean {
  return environmentReads(value).length > 0;
}

/** Every environment read inside a value, in source order. */
export function environmentReads(value: Value): readonly EnvironmentValue[] {
  switch (value.kind) {
    case 'env':
      return [value];
    case 'member': {
      const reads = environmentReads(value.object);
      const { name } = value;
      // `schema.validate(process.env).value.DB_HOST`: one variable of all those that went in.
      return name !== undefined && /^[A-Z][A-Z0-9_]*$/.test(name)
        ? reads.map((read) => (read.name === '*' ? { ...read, name } : read))
        : reads;
    }
    default:
      return childrenOf(value).flatMap(environmentReads);
  }
}

/** The literal a value certainly is, looking through casts; undefined when it may be anything else. */
export function literalOf(value: Value): LiteralValue | undefined {
  const inner = unwrapCasts(value);
  return inner.kind === 'literal' ? inner : undefined;
}

/** The string a value certainly is. */
export function stringOf(value: Value | undefined): string | undefined {
  const literal = value && literalOf(value);
  return typeof literal?.value === 'string' ? literal.value : undefined;
}

/** The property of an object value; undefined when absent or hidden behind a spread. */
export function propertyOf(value: ObjectValue, key: string): Value | undefined {
  for (let index = value.properties.length - 1; index >= 0; index--) {
    const property = value.properties[index];
    if (property?.key === key) return property.value;
  }
  return undefined;
}

/** Is a property a literal that something spread after it may replace? */
export function isReplaceableLiteral(value: ObjectValue, key: string): boolean {
  const property = value.properties.findLast((each) => each.key === key);
  return property?.replaceable === true && property.value.kind === 'literal';
}

/**
 * Follows a property path into a value, through alternatives.
 * @returns undefined when some step is certainly absent or unknown
 */
export function memberAt(value: Value, path: readonly string[]): Value | undefined {
  let at: Value | undefined = value;
  for (const key of path) {
    if (!at) return undefined;
    if (at.kind === 'object') at = propertyOf(at, key);
    else if (at.kind === 'array' && /^\d+$/.test(key)) at = at.items[Number(key)];
    else if (at.kind === 'either') {
      const options: Value[] = at.options.flatMap((option) => memberAt(option, [key]) ?? []);
      at =
        options.length === 0 ? undefined : options.length === 1 ? options[0] : { ...at, options };
    } else return undefined;
  }
  return at;
}

/**
 * Finds the argument that a path of a library table names.
 * @param args a call's arguments
 * @param path e.g. `0`, `0.port`, or alternatives `0|0.port`: the first that is there
 */
export function argumentAt(args: readonly Value[], path: string): Value | undefined {
  for (const alternative of path.split('|')) {
    const [index, ...keys] = alternative.split('.');
    const argument = index === undefined ? undefined : args[Number(index)];
    const found = argument && memberAt(argument, keys);
    // `listen(options)` and `listen(port)` share a place; an object is never the port itself.
    if (found && !(keys.length === 0 && found.kind === 'object' && path.includes('|')))
      return found;
  }
  return undefined;
}

/**
 * Finds every value that a path of a library table names.
 * @param args a call's arguments
 * @param path e.g. `0.streams.*`: `*` stands for every item of a list or member of an object
 */
export function argumentsAt(args: readonly Value[], path: string): readonly Value[] {
  const [index, ...keys] = path.split('.');
  const argument = index === undefined ? undefined : args[Number(index)];
  return argument ? valuesAt(argument, keys) : [];
}

function valuesAt(value: Value, keys: readonly string[]): readonly Value[] {
  if (value.kind === 'either') return value.options.flatMap((option) => valuesAt(option, keys));
  const [key, ...rest] = keys;
  if (key === undefined) return [value];
  if (key !== '*') {
    const found = memberAt(value, [key]);
    return found ? valuesAt(found, rest) : [];
  }
  return heldBy(value).flatMap((held) => valuesAt(held, rest));
}

/** The text of a string-like value with `${…}` for what is not known; undefined for values that are no strings. */
export function textWithHoles(value: Value): string | undefined {
  if (value.kind === 'literal')
    return value.value === null || value.value === undefined ? undefined : String(value.value);
  if (value.kind === 'template')
    return value.parts.map((part) => textWithHoles(part) ?? '${…}').join('');
  return undefined;
}

/**
 * The constant from elsewhere that says what stands at an offset of a folded text (`${BASE}/users`): what is written at the text
 * itself is none.
 */
export function constantAt(
  { parts = [], span }: LiteralValue,
  offset: number,
): LiteralValue | undefined {
  let from = 0;
  for (const part of parts) {
    if (part.kind !== 'literal') return undefined;
    const start = from;
    from += String(part.value).length;
    if (offset >= from) continue;
    if (part.parts) return constantAt(part, offset - start);
    const isHere = span.start <= part.span.start && part.span.end <= span.end;
    return part.direct && !isHere ? part : undefined;
  }
  return undefined;
}

/** The same value marked as living in another module; nested values too. */
export function withPath(value: Value, path: string): Value {
  if (value.path !== undefined) return value;
  if (value.kind === 'literal') return { ...value, path };
  const known = marked.get(value);
  if (known?.path === path) return known;
  const result = { ...mapChildren(value, (child) => withPath(child, path)), path };
  marked.set(value, result);
  return result;
}

/** Values never change, and following one through modules marks it again and again: so each is copied once. */
const marked = new WeakMap<Value, Value>();
