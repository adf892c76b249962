import type * as TypeScript from 'typescript';
import type { BoundSource } from '../bind';
import { isNothing } from '../nodes';
import { ts } from '../ts';

/** What the functions around a `this` share it through: the name of what they construct or are members of, or an object literal. */
type Owner = string | TypeScript.ObjectLiteralExpression;

/** By owner, the right side of the first assignment of something to each `this.x`, by `x`. */
export type OwnAssignments = ReadonlyMap<Owner, ReadonlyMap<string, TypeScript.Expression>>;

/** All assignments to `this.x` in functions that are no class's. */
export function ownAssignments(bound: BoundSource): OwnAssignments {
  const api = ts();
  const found = new Map<Owner, Map<string, TypeScript.Expression>>();
  for (const node of bound.nodes.get(api.SyntaxKind.BinaryExpression) ?? []) {
    const { left, operatorToken, right } = node as TypeScript.BinaryExpression;
    if (
      operatorToken.kind !== api.SyntaxKind.EqualsToken ||
      !api.isPropertyAccessExpression(left) ||
      left.expression.kind !== api.SyntaxKind.ThisKeyword ||
      isNothing(right)
    )
      continue;
    const owner = ownerOf(left);
    if (owner === undefined) continue;
    const members = found.get(owner) ?? new Map<string, TypeScript.Expression>();
    if (!members.has(left.name.text)) members.set(left.name.text, right);
    found.set(owner, members);
  }
  return found;
}

/**
 * `Server` in `function Server() {}`, `Server.prototype.start = function () {}` and `Server.prototype = { start() {} }`; the literal of a
 * method of any other; undefined inside of classes.
 */
export function ownerOf(node: TypeScript.Node): Owner | undefined {
  const api = ts();
  for (let at = node.parent as TypeScript.Node | undefined; at; at = at.parent) {
    if (api.isClassLike(at)) return undefined;
    if (api.isFunctionDeclaration(at)) return at.name?.text;
    if (api.isMethodDeclaration(at) && api.isObjectLiteralExpression(at.parent))
      return ownerOfLiteral(at.parent);
    if (api.isFunctionExpression(at)) return ownerOfFunction(at);
  }
  return undefined;
}

function ownerOfFunction(node: TypeScript.FunctionExpression): Owner | undefined {
  const api = ts();
  const { parent } = node;
  if (api.isPropertyAssignment(parent)) return ownerOfLiteral(parent.parent);
  if (api.isVariableDeclaration(parent) && api.isIdentifier(parent.name)) return parent.name.text;
  if (!api.isBinaryExpression(parent) || !api.isPropertyAccessExpression(parent.left))
    return node.name?.text;
  return prototypeOf(parent.left.expression) ?? node.name?.text;
}

function ownerOfLiteral(node: TypeScript.ObjectLiteralExpression): Owner {
  const api = ts();
  const { parent } = node;
  return (api.isBinaryExpression(parent) ? prototypeOf(parent.left) : undefined) ?? node;
}

/** `Server` of `Server.prototype`. */
function prototypeOf(node: TypeScript.Expression): string | undefined {
  const api = ts();
  return api.isPropertyAccessExpression(node) &&
    node.name.text === 'prototype' &&
    api.isIdentifier(node.expression)
    ? node.expression.text
    : undefined;
}
