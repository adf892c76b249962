import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import type { ParameterValue, Value } from '../../../base/value';
import type { FunctionNode } from '../bind';
import { ts } from '../ts';
import type { Evaluation } from './evaluation';
import { typedValue } from './types';

/** Methods of lists that hand each item to a function, as its first argument. */
const ITERATING: ReadonlySet<string> = new Set(['forEach', 'map', 'every', 'some', 'flatMap']);

/** What is known of a parameter without its calls: the items it stands for, its type, its default. */
export function parameterValue(
  evaluator: Evaluation,
  node: TypeScript.ParameterDeclaration,
  depth: number,
): Value {
  const span = evaluator.span(node);
  const owner = node.parent as FunctionNode;
  const index = givenParameters(owner).indexOf(node);
  const given: ParameterValue = {
    kind: 'parameter',
    functionId: evaluator.bound.functionId(owner),
    index,
    name: ts().isIdentifier(node.name) ? node.name.text : '',
    span,
  };
  const annotated = node.type && typedValue(evaluator, node.type, span);
  const value =
    iteratedValue(evaluator, owner, index, depth) ??
    (annotated ? withGiven(annotated, given) : given);
  return withDefault(evaluator, value, node.initializer, span, depth);
}

/** What an annotation says of a parameter, and what calls give it where the annotation says nothing. */
function withGiven(annotated: Value, given: ParameterValue): Value {
  if (annotated.kind === 'typed') return { ...annotated, given };
  return annotated.kind === 'object' ? { ...annotated, spreads: [given] } : annotated;
}

/** The parameters that calls give values to: TypeScript’s `this` is none. */
export function givenParameters(owner: FunctionNode): readonly TypeScript.ParameterDeclaration[] {
  const [first, ...rest] = owner.parameters;
  return first && ts().isIdentifier(first.name) && first.name.text === 'this'
    ? rest
    : owner.parameters;
}

/** A value that an initialiser stands in for where it is undefined. */
export function withDefault(
  evaluator: Evaluation,
  value: Value,
  initializer: TypeScript.Expression | undefined,
  span: Span,
  depth: number,
): Value {
  if (!initializer) return value;
  return {
    kind: 'either',
    operator: 'default',
    options: [value, evaluator.evaluate(initializer, depth + 1)],
    span,
  };
}

/** `['SIGTERM', 'SIGINT'].forEach((signal) => …)`: the parameter is one of the items. */
function iteratedValue(
  evaluator: Evaluation,
  owner: FunctionNode,
  index: number,
  depth: number,
): Value | undefined {
  const api = ts();
  const call = owner.parent;
  if (
    index !== 0 ||
    !api.isCallExpression(call) ||
    call.arguments[0] !== (owner as TypeScript.Node) ||
    !api.isPropertyAccessExpression(call.expression)
  )
    return undefined;
  const { name, expression } = call.expression;
  // A promise is transparent, so what `then` hands on is what was promised.
  if (name.text === 'then') return evaluator.evaluate(expression, depth + 1);
  if (!ITERATING.has(name.text)) return undefined;
  const list = evaluator.evaluate(expression, depth + 1);
  return list.kind === 'array' || list.kind === 'import'
    ? oneOf(list, evaluator.span(owner))
    : undefined;
}

/** One item of a list or one member of an object, whichever; undefined for other values. */
export function oneOf(list: Value, span: Span): Value | undefined {
  if (list.kind === 'object')
    return {
      kind: 'either',
      operator: 'assigned',
      options: list.properties.map((property) => property.value),
      span,
    };
  // What stands in a list of another module is known when that is looked at.
  if (list.kind === 'import' && list.members.length > 0)
    return { kind: 'member', object: list, name: undefined, span };
  if (list.kind !== 'array') return undefined;
  const [only] = list.items;
  return list.items.length === 1 && only
    ? only
    : { kind: 'either', operator: 'assigned', options: list.items, span };
}
