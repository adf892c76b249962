import type * as TypeScript from 'typescript';
import type { BoundSource, Declaration } from '../languages/source/bind';
import type { Evaluator } from '../languages/source/evaluate';
import { ts } from '../languages/source/ts';
import type { Value } from '../languages/source/value';
import type { WriteFact } from './facts';

/** Methods that change their array, map, set or cache. */
const MUTATORS = new Set('push pop shift unshift splice set add delete clear sort reverse fill'.split(' '));

/**
 * Writes made inside functions to something that outlives the call: a variable of the module, a member of it, of an import, of
 * `this`, of a parameter or a global.
 */
export function collectWrites(bound: BoundSource, evaluator: Evaluator): WriteFact[] {
  const api = ts();
  const facts: WriteFact[] = [];
  const add = (target: TypeScript.Expression, how: WriteFact['how'], at: TypeScript.Node, extra: Pick<WriteFact, 'method' | 'value'> = {}): void => {
    const fn = bound.enclosingFunction(at);
    if (fn === 0) return;
    const root = rootOf(target);
    const declaration = api.isIdentifier(root) ? bound.lookup(root.text, root) : undefined;
    if (declaration && !outlives(declaration)) return;
    if (!declaration && root === target && !api.isIdentifier(root)) return;
    facts.push({
      target: targetValue(target, declaration, evaluator),
      ...(declaration && declaration.scope.kind === 'module'
        ? { variable: declaration.name, declaration: evaluator.span(nameNode(declaration)) }
        : {}),
      how,
      span: evaluator.span(at),
      fn,
      ...extra,
    });
  };
  for (const node of bound.nodes.get(api.SyntaxKind.BinaryExpression) ?? []) {
    const binary = node as TypeScript.BinaryExpression;
    const operator = binary.operatorToken.kind;
    if (operator < api.SyntaxKind.FirstAssignment || operator > api.SyntaxKind.LastAssignment) continue;
    const { left } = binary;
    const value = evaluator.evaluate(binary.right);
    if (api.isIdentifier(left)) add(left, operator === api.SyntaxKind.EqualsToken ? 'assign' : 'update', binary, { value });
    else if (api.isPropertyAccessExpression(left) || api.isElementAccessExpression(left)) add(left, 'member', binary, { value });
  }
  for (const kind of [api.SyntaxKind.PrefixUnaryExpression, api.SyntaxKind.PostfixUnaryExpression]) {
    for (const node of bound.nodes.get(kind) ?? []) {
      const unary = node as TypeScript.PrefixUnaryExpression | TypeScript.PostfixUnaryExpression;
      if (unary.operator !== api.SyntaxKind.PlusPlusToken && unary.operator !== api.SyntaxKind.MinusMinusToken) continue;
      add(unary.operand, api.isIdentifier(unary.operand) ? 'update' : 'member', unary);
    }
  }
  for (const node of bound.nodes.get(api.SyntaxKind.DeleteExpression) ?? []) add((node as TypeScript.DeleteExpression).expression, 'delete', node);
  for (const node of bound.nodes.get(api.SyntaxKind.CallExpression) ?? []) {
    const { expression, arguments: args } = node as TypeScript.CallExpression;
    if (!api.isPropertyAccessExpression(expression) || !MUTATORS.has(expression.name.text)) continue;
    const stored = args[args.length - 1];
    add(expression.expression, 'mutate', node, { method: expression.name.text, ...(stored && !api.isSpreadElement(stored) ? { value: evaluator.evaluate(stored) } : {}) });
  }
  return facts.sort((a, b) => a.span.start - b.span.start);
}

/** Module-level names, imports and parameters (an `app` handed in); locals of the function die with it. */
function outlives(declaration: Declaration): boolean {
  return declaration.scope.kind === 'module' || declaration.kind === 'parameter';
}

function rootOf(node: TypeScript.Expression): TypeScript.Expression {
  const api = ts();
  let at = node;
  while (
    api.isPropertyAccessExpression(at) ||
    api.isElementAccessExpression(at) ||
    api.isNonNullExpression(at) ||
    api.isParenthesizedExpression(at) ||
    api.isAsExpression(at)
  )
    at = at.expression;
  return at;
}

/** For a variable itself its declaration says more than its value; members are evaluated. */
function targetValue(target: TypeScript.Expression, declaration: Declaration | undefined, evaluator: Evaluator): Value {
  const api = ts();
  if (api.isIdentifier(target) && declaration) return { kind: 'unknown', name: declaration.name, span: evaluator.span(target) };
  if (api.isPropertyAccessExpression(target)) {
    const object = evaluator.evaluate(target.expression);
    return { kind: 'member', object, name: target.name.text, span: evaluator.span(target) };
  }
  if (api.isElementAccessExpression(target)) {
    const object = evaluator.evaluate(target.expression);
    return { kind: 'member', object, name: undefined, span: evaluator.span(target) };
  }
  return evaluator.evaluate(target);
}

function nameNode(declaration: Declaration): TypeScript.Node {
  const api = ts();
  const { node } = declaration;
  if (api.isVariableDeclaration(node) || api.isBindingElement(node) || api.isParameter(node)) return node.name;
  if (api.isFunctionDeclaration(node) || api.isClassDeclaration(node) || api.isImportClause(node)) return node.name ?? node;
  return node;
}
