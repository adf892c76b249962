import type { Value } from '../../base/value';
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
    case 'either': {
      const options = value.options.map(again);
      // A default that was not needed, or an argument that was not given, is no alternative.
      const given = options.filter(
        (option) => !(option.kind === 'literal' && option.value === undefined),
      );
      const [only] = given;
      if (
        value.operator === 'default' &&
        given.length > 0 &&
        options[0] === given[0] &&
        options[0]?.kind === 'literal'
      )
        return options[0];
      return given.length === 1 && only
        ? only
        : { ...value, options: given.length > 0 ? given : options };
    }
    default:
      return mapChildren(value, again);
  }
}
