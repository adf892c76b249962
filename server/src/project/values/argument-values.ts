import type { FunctionValue, ObjectValue, Value } from '../../base/value';
import { propertyOf, withPath } from '../../base/values';
import type { ArgumentPath } from '../libraries/meaning';
import type { ProjectModel } from '../model';

/**
 * Finds what a path of a library table names among resolved arguments, through alternatives, spreads and factories.
 * - `0.auth.pass`: a property; spread objects are looked into
 * - `0.users.*`: every property or item
 * - `0.useFactory().secret`: what the function there returns; Nest's `useClass` and `useExisting` stand for it, too
 * - `0|0.url`: the first alternative that finds anything; an object is never a plain argument's value
 * @param from the module of the call
 */
export function argumentValues(
  args: readonly Value[],
  path: ArgumentPath,
  model: ProjectModel,
  from: string,
): readonly Value[] {
  const alternatives = path.split('|');
  for (const alternative of alternatives) {
    const [index = '', ...keys] = alternative
      .split('.')
      .flatMap((key) => (key.endsWith('()') ? [key.slice(0, -2), '()'] : [key]));
    const argument = args[Number(index)];
    if (!argument) continue;
    const found = valuesAt(argument, keys, model, from, 0);
    if (found.length === 0) continue;
    if (
      keys.length === 0 &&
      alternatives.length > 1 &&
      found.every(({ kind }) => kind === 'object')
    )
      continue;
    return found;
  }
  return [];
}

function valuesAt(
  value: Value,
  keys: readonly string[],
  model: ProjectModel,
  from: string,
  depth: number,
): readonly Value[] {
  const [key, ...rest] = keys;
  if (key === undefined || depth > 12) return [value];
  const again = (inner: Value): readonly Value[] => valuesAt(inner, rest, model, from, depth + 1);
  switch (value.kind) {
    case 'either':
      return value.options.flatMap((option) => valuesAt(option, keys, model, from, depth + 1));
    case 'object': {
      if (key === '*')
        return [...value.properties.map((property) => property.value), ...value.spreads].flatMap(
          again,
        );
      const own =
        propertyOf(value, key) ??
        (key === 'useFactory' ? factoryOf(value, model, from) : undefined);
      if (own) return again(own);
      return value.spreads.flatMap((spread) =>
        spread.kind === 'object' || spread.kind === 'either'
          ? valuesAt(spread, keys, model, from, depth + 1)
          : [],
      );
    }
    case 'array':
      if (key === '*') return value.items.flatMap(again);
      return /^\d+$/.test(key)
        ? [value.items[Number(key)]].flatMap((item) => (item ? again(item) : []))
        : [];
    case 'function':
      return key === '()' ? returnsOf(value, model, from).flatMap(again) : [];
    default:
      return [];
  }
}

/** `useClass: TypeOrmConfigService`: the method of the class that Nest calls for the options. */
function factoryOf(options: ObjectValue, model: ProjectModel, from: string): Value | undefined {
  const made = propertyOf(options, 'useClass') ?? propertyOf(options, 'useExisting');
  if (made?.kind !== 'function' || !made.isClass) return undefined;
  const path = made.path ?? from;
  const method = model.facts
    .get(path)
    ?.classes[made.id]?.members.find(
      ({ name, value, isStatic }) =>
        !isStatic && value.kind === 'function' && /^create\w*(Options|Configuration)$/.test(name),
    );
  return method && withPath(method.value, path);
}

/** What a function of the project returns, resolved; none when that is not known. */
export function returnsOf(
  value: FunctionValue,
  model: ProjectModel,
  from: string,
): readonly Value[] {
  if (value.isClass) return [];
  const path = value.path ?? from;
  const returns = model.facts.get(path)?.functions[value.id]?.returns;
  return returns ? [model.resolve(withPath(returns, path), path)] : [];
}
