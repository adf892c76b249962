import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import type { BoundSource, ClassNode } from '../bind';
import { isNothing } from '../nodes';
import { ts } from '../ts';
import type { Evaluation } from './evaluation';
import { MAX_DEPTH } from './limits';
import { propertyNameOf, returnedValue } from './objects';
import { parameterValue } from './parameters';
import { typedValue } from './types';

/** The value of `this`: the class around it, unless a function of its own `this` lies between. */
export function thisValue(evaluator: Evaluation, node: TypeScript.Node, span: Span): Value {
  const api = ts();
  for (let at = node.parent as TypeScript.Node | undefined; at; at = at.parent) {
    if (api.isClassLike(at))
      return { kind: 'function', id: evaluator.bound.classId(at), isClass: true, span };
    if (api.isFunctionDeclaration(at) || api.isFunctionExpression(at)) break;
  }
  return { kind: 'unknown', name: 'this', span };
}

/** What `this.name` holds in a class: an initialised property, a constructor parameter, an assignment, a method. */
export function classMemberValue(
  evaluator: Evaluation,
  classId: number,
  name: string,
  depth: number,
): Value | undefined {
  const api = ts();
  const node = evaluator.bound.classes[classId];
  if (!node) return undefined;
  if (depth > MAX_DEPTH) {
    evaluator.cutOff();
    return undefined;
  }
  let typed: Value | undefined;
  for (const member of node.members) {
    if (api.isConstructorDeclaration(member)) {
      for (const parameter of member.parameters)
        if (
          api.isIdentifier(parameter.name) &&
          parameter.name.text === name &&
          (parameter.modifiers?.length ?? 0) > 0
        )
          return parameterValue(evaluator, parameter, depth + 1);
      continue;
    }
    if (!member.name || propertyNameOf(evaluator, member.name, depth) !== name) continue;
    if (api.isMethodDeclaration(member)) return evaluator.functionOf(member);
    if (api.isGetAccessorDeclaration(member)) return returnedValue(evaluator, member, depth);
    if (api.isPropertyDeclaration(member)) {
      // `client: Client | null = null` is given one later.
      if (member.initializer && !isNothing(member.initializer))
        return evaluator.evaluate(member.initializer, depth + 1);
      if (member.type) typed = typedValue(evaluator, member.type, evaluator.span(member));
    }
  }
  const assigned = evaluator.assignedToThis(node).get(name);
  return assigned ? evaluator.evaluate(assigned, depth + 1) : typed;
}

/** The right side of the first assignment of something to each `this.x` anywhere in a class, by `x`. */
export function assignmentsToThis(
  bound: BoundSource,
  node: ClassNode,
): ReadonlyMap<string, TypeScript.Expression> {
  const api = ts();
  const found = new Map<string, TypeScript.Expression>();
  for (const candidate of bound.nodes.get(api.SyntaxKind.BinaryExpression) ?? []) {
    const binary = candidate as TypeScript.BinaryExpression;
    if (
      binary.operatorToken.kind !== api.SyntaxKind.EqualsToken ||
      binary.pos < node.pos ||
      binary.end > node.end
    )
      continue;
    const { left } = binary;
    if (
      !api.isPropertyAccessExpression(left) ||
      left.expression.kind !== api.SyntaxKind.ThisKeyword
    )
      continue;
    if (!found.has(left.name.text) && !isNothing(binary.right))
      found.set(left.name.text, binary.right);
  }
  return found;
}
