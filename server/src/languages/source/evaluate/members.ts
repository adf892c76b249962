import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import type { EitherValue, Value } from '../../../base/value';
import { isReplaceableLiteral, propertyOf } from '../../../base/values';
import type { Evaluation } from './evaluation';
import { MAX_DEPTH } from './limits';

/** Alternatives that a member access is followed into. */
const SELECTABLE: ReadonlySet<Value['kind']> = new Set([
  'object',
  'env',
  'import',
  'call',
  'typed',
]);

/** The value of `object.name`. */
export function propertyAccessValue(
  evaluator: Evaluation,
  node: TypeScript.PropertyAccessExpression,
  span: Span,
  depth: number,
): Value {
  const object = evaluator.evaluate(node.expression, depth + 1);
  const own =
    object.kind === 'unknown' && object.name === 'this'
      ? evaluator.assignedToOwn(node.expression)?.get(node.name.text)
      : undefined;
  if (own && depth <= MAX_DEPTH) return evaluator.evaluate(own, depth + 1);
  if (own) evaluator.cutOff();
  return memberValue(evaluator, object, node.name.text, span, depth);
}

/** The value of `object[key]`; an environment variable of a computed name keeps what its name is computed from. */
export function elementAccessValue(
  evaluator: Evaluation,
  node: TypeScript.ElementAccessExpression,
  span: Span,
  depth: number,
): Value {
  const key = evaluator.evaluate(node.argumentExpression, depth + 1);
  const name =
    key.kind === 'literal' && key.value !== null && key.value !== undefined
      ? String(key.value)
      : undefined;
  const object = evaluator.evaluate(node.expression, depth + 1);
  const value = memberValue(evaluator, object, name, span, depth);
  return value.kind === 'env' && name === undefined ? { ...value, key } : value;
}

/** `{ host = 'localhost' } = {}`: an object that calls may give, and an empty one where they do not. */
function isParameterOrNothing({ operator, options: [given, fallback] }: EitherValue): boolean {
  return (
    operator === 'default' &&
    given?.kind === 'parameter' &&
    fallback?.kind === 'object' &&
    fallback.properties.length + fallback.spreads.length === 0
  );
}

/**
 * A member of a value, as far as it is known; else the access itself.
 * @param name undefined when it is not known
 */
// eslint-disable-next-line complexity -- one case for each kind of value
export function memberValue(
  evaluator: Evaluation,
  object: Value,
  name: string | undefined,
  span: Span,
  depth: number,
): Value {
  const symbolic: Value = { kind: 'member', object, name, span };
  switch (object.kind) {
    case 'env':
      return object.name === '*' ? { kind: 'env', name, span } : symbolic;
    case 'global':
      if (
        (object.name === 'process' || object.name === 'import.meta' || object.name === 'Bun') &&
        name === 'env'
      )
        return { kind: 'env', name: '*', span };
      // `globalThis.process.env`
      return object.name === 'globalThis' && name ? { kind: 'global', name, span } : symbolic;
    case 'import':
      if (name === undefined) return symbolic;
      if (name === 'default' && object.members.length === 0) return { ...object, span };
      return { ...object, members: [...object.members, name], span };
    case 'object': {
      if (name === undefined) return symbolic;
      const found = propertyOf(object, name);
      // What else it may be shows once the modules are known.
      if (found) return isReplaceableLiteral(object, name) ? symbolic : found;
      return object.spreads.length === 0 ? { kind: 'unknown', name, span } : symbolic;
    }
    case 'array': {
      const item =
        name !== undefined && /^\d+$/.test(name) ? object.items[Number(name)] : undefined;
      return item ?? symbolic;
    }
    case 'either': {
      if (isParameterOrNothing(object)) return symbolic;
      // Calls and typed values may have the member too; literals, parameters and unknowns say nothing.
      const options = object.options.filter((option) => SELECTABLE.has(option.kind));
      if (options.length === 0 || object.operator === '&&') return symbolic;
      const [only] = options;
      if (options.length === 1 && only) return memberValue(evaluator, only, name, span, depth);
      return {
        ...object,
        options: options.map((option) => memberValue(evaluator, option, name, span, depth)),
        span,
      };
    }
    case 'function':
      return (
        (object.isClass && name !== undefined && evaluator.ofClass(object.id, name, depth)) ||
        symbolic
      );
    default:
      return symbolic;
  }
}
