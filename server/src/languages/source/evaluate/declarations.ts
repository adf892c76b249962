import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import type { ObjectValue, Value } from '../../../base/value';
import type { ClassNode, Declaration, FunctionNode } from '../bind';
import { ts } from '../ts';
import { bindingElementValue } from './bindings';
import type { Evaluation } from './evaluation';
import { importBindingValue } from './imports';
import { MAX_ASSIGNMENTS, MAX_DEPTH, MAX_MEMBER_ASSIGNMENTS } from './limits';
import { withMember } from './member-assignments';
import { withMerged } from './merges';
import { enumValue } from './objects';
import { oneOf, parameterValue } from './parameters';
import { typedValue } from './types';

/** The value of a name where it is used. */
export function identifierValue(
  evaluator: Evaluation,
  node: TypeScript.Identifier,
  span: Span,
  depth: number,
): Value {
  if (node.text === 'undefined') return { kind: 'literal', value: undefined, direct: true, span };
  const declaration = evaluator.bound.lookup(node.text, node);
  if (!declaration) return { kind: 'global', name: node.text, span };
  return declaredValue(evaluator, declaration, span, depth);
}

/** The value of a declared name; `span` is where it is used, for values that have no defining expression. */
export function declaredValue(
  evaluator: Evaluation,
  declaration: Declaration,
  span: Span,
  depth: number,
): Value {
  const api = ts();
  const { node } = declaration;
  switch (declaration.kind) {
    case 'import':
      return importBindingValue(evaluator, node, span);
    case 'class': {
      const id = evaluator.bound.classId(node as ClassNode);
      return { kind: 'function', id, isClass: true, span };
    }
    case 'function':
      return evaluator.functionOf(node as FunctionNode);
    case 'enum':
      return enumValue(evaluator, node as TypeScript.EnumDeclaration, depth);
    case 'parameter':
      if (!api.isBindingElement(node))
        return parameterValue(evaluator, node as TypeScript.ParameterDeclaration, depth);
      return (
        bindingElementValue(evaluator, node, depth) ?? {
          kind: 'unknown',
          name: declaration.name,
          span,
        }
      );
    case 'catch':
    case 'namespace':
      return { kind: 'unknown', name: declaration.name, span };
  }
  const first = mergedWith(
    evaluator,
    variableValue(evaluator, declaration, depth),
    declaration,
    depth,
  );
  if (declaration.assignments.length === 0 || declaration.kind === 'const')
    return first ?? { kind: 'unknown', name: declaration.name, span };
  const later = declaration.assignments
    .slice(0, MAX_ASSIGNMENTS)
    .map((expression) => evaluator.evaluate(expression, depth + 1));
  const options = first && !isEmpty(first) ? [first, ...later] : later;
  const [only] = options;
  if (options.length === 1 && only) return only;
  return {
    kind: 'either',
    operator: 'assigned',
    options,
    span: evaluator.span(api.isBindingElement(node) ? node.name : node),
  };
}

/** What a variable holds where it is declared; undefined when nothing says so. */
function variableValue(
  evaluator: Evaluation,
  declaration: Declaration,
  depth: number,
): Value | undefined {
  const api = ts();
  const { node } = declaration;
  if (api.isBindingElement(node)) return bindingElementValue(evaluator, node, depth);
  if (!api.isVariableDeclaration(node)) return undefined;
  if (node.initializer) {
    const value = evaluator.evaluate(node.initializer, depth + 1);
    return value.kind === 'object' && api.isObjectLiteralExpression(node.initializer)
      ? filledIn(evaluator, value, declaration, depth)
      : value;
  }
  const loop = node.parent.parent;
  if (api.isForOfStatement(loop))
    return oneOf(evaluator.evaluate(loop.expression, depth + 1), evaluator.span(node));
  return node.type && typedValue(evaluator, node.type, evaluator.span(node));
}

/** `let config = require('./default'); merge(config, require('./environment'))`, in one function. */
function mergedWith(
  evaluator: Evaluation,
  value: Value | undefined,
  { name, node }: Declaration,
  depth: number,
): Value | undefined {
  if (!value) return value;
  const { bound } = evaluator;
  const own = evaluator
    .mergedInto(name)
    ?.filter(
      ({ call }) =>
        call.pos > node.pos &&
        bound.enclosingFunction(call) === bound.enclosingFunction(node) &&
        bound.lookup(name, call)?.node === node,
    );
  if (!own || own.length === 0) return value;
  if (depth > MAX_DEPTH - 2) {
    evaluator.cutOff();
    return value;
  }
  return withMerged(evaluator, value, own, depth);
}

/** `const options = {}; options.secret = 'x'`: an object that the function which made it fills in. */
function filledIn(
  evaluator: Evaluation,
  value: ObjectValue,
  { name, node }: Declaration,
  depth: number,
): ObjectValue {
  const { bound } = evaluator;
  const own = evaluator
    .assignedToMembers(name)
    ?.filter(
      (one) =>
        one.node.pos > node.pos &&
        bound.enclosingFunction(one.node) === bound.enclosingFunction(node) &&
        bound.lookup(name, one.node)?.node === node,
    );
  if (!own || own.length === 0) return value;
  if (depth > MAX_DEPTH - 2) {
    evaluator.cutOff();
    return value;
  }
  return own
    .slice(0, MAX_MEMBER_ASSIGNMENTS)
    .reduce<ObjectValue>(
      (object, { keys, node: assignment }) =>
        withMember(object, keys, evaluator.evaluate(assignment.right, depth + 1)),
      value,
    );
}

function isEmpty(value: Value): boolean {
  return value.kind === 'literal' && (value.value === undefined || value.value === null);
}
