import type { EitherValue, Value } from '../../base/value';
import { mapChildren } from '../../base/value-visitor';

/** Steps through values and modules that are followed at most. */
export const MAX_DEPTH = 14;

/** Puts arguments in the place of a function's parameters; computed environment names become known. */
export function substitute(
  value: Value,
  functionId: number,
  path: string,
  args: readonly Value[],
  depth: number,
): Value {
  if (depth > MAX_DEPTH) return value;
  const again = (inner: Value): Value => substitute(inner, functionId, path, args, depth + 1);
  switch (value.kind) {
    case 'parameter':
      return value.functionId === functionId && (value.path ?? path) === path
        ? (args[value.index] ?? {
            kind: 'literal',
            value: undefined,
            direct: false,
            span: value.span,
            path,
          })
        : value;
    case 'env': {
      const key = value.key && again(value.key);
      if (!key) return value;
      const name = key.kind === 'literal' && typeof key.value === 'string' ? key.value : undefined;
      return name === undefined ? { ...value, key } : { kind: 'env', name, span: value.span, path };
    }
    case 'either':
      return amongGiven(value, value.options.map(again));
    default:
      return mapChildren(value, again);
  }
}

/** A value of these alternatives: a default that was not needed, or an argument that was not given, is none of them. */
function amongGiven(value: EitherValue, options: readonly Value[]): Value {
  const given = options.filter(
    (option) => !(option.kind === 'literal' && option.value === undefined),
  );
  const [first] = given;
  if (!first) return { ...value, options };
  const isNotNeeded =
    value.operator === 'default' && options[0] === first && first.kind === 'literal';
  return isNotNeeded || given.length === 1 ? first : { ...value, options: given };
}
