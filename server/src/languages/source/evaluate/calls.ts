import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { importedBy, requiredFile } from '../imports';
import { ts } from '../ts';
import type { Evaluation } from './evaluation';
import { importedValue } from './imports';
import { mergedObject } from './merges';

/** The value of a call or a `new`: what it imports, if it does; else the call itself, with its arguments. */
export function callValue(
  evaluator: Evaluation,
  node: TypeScript.CallExpression | TypeScript.NewExpression,
  span: Span,
  depth: number,
): Value {
  const api = ts();
  const specifier = api.isCallExpression(node)
    ? (importedBy(node, evaluator.bound) ?? requiredFile(node))
    : undefined;
  if (specifier !== undefined) return importedValue(evaluator, specifier, [], span);
  const merged = api.isCallExpression(node) && mergedObject(evaluator, node, depth);
  if (merged) return merged;
  const callee: Value =
    node.expression.kind === api.SyntaxKind.ImportKeyword
      ? { kind: 'global', name: 'import', span: evaluator.span(node.expression) }
      : evaluator.evaluate(node.expression, depth + 1);
  const args = (node.arguments ?? []).map((argument) =>
    evaluator.evaluate(api.isSpreadElement(argument) ? argument.expression : argument, depth + 1),
  );
  if (args[0] && freezes(callee)) return args[0];
  return { kind: 'call', callee, args, isNew: api.isNewExpression(node), span };
}

/** `Object.freeze(x)`, `deepFreeze(x)`: returns what it is given. */
function freezes(callee: Value): boolean {
  return callee.kind === 'member'
    ? (callee.name === 'freeze' || callee.name === 'seal') &&
        callee.object.kind === 'global' &&
        callee.object.name === 'Object'
    : callee.kind === 'import' && /^deep-freeze(?:-|$)/.test(callee.specifier);
}
