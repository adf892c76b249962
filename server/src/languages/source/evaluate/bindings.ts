import type * as TypeScript from 'typescript';
import type { Value } from '../../../base/value';
import { ts } from '../ts';
import type { Evaluation } from './evaluation';
import { memberValue } from './members';
import { propertyNameOf } from './objects';
import { oneOf, parameterValue, withDefault } from './parameters';

/** What a destructured name holds: `port` in `const { port = 3000 } = config` or `({ port }) => …`. */
export function bindingElementValue(
  evaluator: Evaluation,
  node: TypeScript.BindingElement,
  depth: number,
): Value | undefined {
  const api = ts();
  const pattern = node.parent;
  const owner = pattern.parent;
  let source: Value | undefined;
  if (api.isBindingElement(owner)) source = bindingElementValue(evaluator, owner, depth + 1);
  else if (api.isVariableDeclaration(owner))
    source = owner.initializer
      ? evaluator.evaluate(owner.initializer, depth + 1)
      : entryOfLoop(evaluator, node, owner, depth);
  else source = parameterValue(evaluator, owner, depth);
  if (!source) return undefined;
  const span = evaluator.span(node);
  let value: Value;
  if (node.dotDotDotToken) value = source;
  else if (api.isArrayBindingPattern(pattern))
    value = memberValue(evaluator, source, String(pattern.elements.indexOf(node)), span, 0);
  else {
    const key = node.propertyName ?? (api.isIdentifier(node.name) ? node.name : undefined);
    const name = key && propertyNameOf(evaluator, key, depth);
    value = memberValue(evaluator, source, name, span, 0);
  }
  return withDefault(evaluator, value, node.initializer, span, depth);
}

/** The second of `for (const [name, load] of Object.entries(services))`, as a pair of which the first is not known. */
function entryOfLoop(
  evaluator: Evaluation,
  node: TypeScript.BindingElement,
  owner: TypeScript.VariableDeclaration,
  depth: number,
): Value | undefined {
  const api = ts();
  const loop = owner.parent.parent;
  if (!api.isForOfStatement(loop)) return undefined;
  const { expression } = loop;
  const [table] = api.isCallExpression(expression) ? expression.arguments : [];
  if (!api.isCallExpression(expression) || !table) return undefined;
  if (expression.expression.getText() !== 'Object.entries') return undefined;
  const span = evaluator.span(node);
  const value = oneOf(evaluator.evaluate(table, depth + 1), span);
  return value && { kind: 'array', items: [{ kind: 'unknown', span }, value], span };
}
