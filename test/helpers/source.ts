import type * as TypeScript from 'typescript';
import type { Value } from '../../server/src/base/value';
import { bindSource } from '../../server/src/languages/source/bind';
import { Evaluator } from '../../server/src/languages/source/evaluate';
import { parseSource } from '../../server/src/languages/source/parse';
import { loadTypeScript, ts } from '../../server/src/languages/source/ts';

/**
 * Evaluates the argument of the call `probe(…)` in a text.
 * @param text source with exactly one `probe(…)` call
 * @param path decides the dialect
 */
export async function probe(text: string, path = 'a.ts'): Promise<Value> {
  await loadTypeScript();
  const api = ts();
  const kinds = new Set([api.SyntaxKind.CallExpression, api.SyntaxKind.BinaryExpression]);
  const bound = bindSource(parseSource(path, text), kinds);
  const evaluator = new Evaluator(bound);
  const call = (bound.nodes.get(api.SyntaxKind.CallExpression) as TypeScript.CallExpression[]).find(
    (node) => api.isIdentifier(node.expression) && node.expression.text === 'probe',
  );
  const argument = call?.arguments[0];
  if (!argument) throw new Error('no probe(…) call in the text');
  return evaluator.evaluate(argument);
}
