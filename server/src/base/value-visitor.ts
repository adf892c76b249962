import type { PropertyValue, Value } from './value';

/** The one place that knows what values are made of: whoever follows only some of it says which. */

const NONE: readonly Value[] = [];

/**
 * The values that a value is made of, in source order: alternatives, parts, items, members and spreads, what is called and with what,
 * the object of a member. What only decides which (a condition, the key of a computed name) is no part of it.
 */
export function childrenOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'template':
      return value.parts;
    case 'either':
      return value.options;
    case 'object':
      return [...value.properties.map((property) => property.value), ...value.spreads];
    case 'array':
      return value.items;
    case 'call':
      return [value.callee, ...value.args];
    case 'member':
      return [value.object];
    case 'typed':
      return [value.type];
    case 'function':
      return value.wraps ?? NONE;
    default:
      return NONE;
  }
}

/** What a list or an object holds, by position or name: items and members, but nothing that is spread into an object. */
export function heldBy(value: Value): readonly Value[] {
  if (value.kind === 'array') return value.items;
  return value.kind === 'object' ? value.properties.map((property) => property.value) : NONE;
}

/**
 * The same value of other parts; what only decides which is changed, too.
 * @returns the value itself where nothing changed
 */
// eslint-disable-next-line complexity -- one case for each kind of value
export function mapChildren(value: Value, change: (child: Value) => Value): Value {
  switch (value.kind) {
    case 'template': {
      const parts = mapSame(value.parts, change);
      return parts === value.parts ? value : { ...value, parts };
    }
    case 'either': {
      const options = mapSame(value.options, change);
      const condition = value.condition && change(value.condition);
      if (options === value.options && condition === value.condition) return value;
      return { ...value, options, ...(condition ? { condition } : {}) };
    }
    case 'object': {
      const properties = mapSame(value.properties, (property) => held(property, change));
      const spreads = mapSame(value.spreads, change);
      const isSame = properties === value.properties && spreads === value.spreads;
      return isSame ? value : { ...value, properties, spreads };
    }
    case 'array': {
      const items = mapSame(value.items, change);
      return items === value.items ? value : { ...value, items };
    }
    case 'call': {
      const callee = change(value.callee);
      const args = mapSame(value.args, change);
      return callee === value.callee && args === value.args ? value : { ...value, callee, args };
    }
    case 'member': {
      const object = change(value.object);
      return object === value.object ? value : { ...value, object };
    }
    case 'typed': {
      const type = change(value.type);
      const given = value.given && change(value.given);
      if (type === value.type && given === value.given) return value;
      return { ...value, type, ...(given ? { given } : {}) };
    }
    case 'env': {
      const key = value.key && change(value.key);
      return key === undefined || key === value.key ? value : { ...value, key };
    }
    case 'function': {
      const wraps = value.wraps && mapSame(value.wraps, change);
      return wraps === undefined || wraps === value.wraps ? value : { ...value, wraps };
    }
    default:
      return value;
  }
}

/** Does a test hold for the value or for anything that it is made of, however deep? */
export function someValue(value: Value, test: (inner: Value) => boolean): boolean {
  return test(value) || childrenOf(value).some((child) => someValue(child, test));
}

function held(property: PropertyValue, change: (child: Value) => Value): PropertyValue {
  const value = change(property.value);
  return value === property.value ? property : { ...property, value };
}

/** As `map`, but the list itself where no item changed. */
function mapSame<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  let changed: T[] | undefined;
  items.forEach((item, index) => {
    const now = change(item);
    if (now === item) return;
    changed ??= [...items];
    changed[index] = now;
  });
  return changed ?? items;
}
