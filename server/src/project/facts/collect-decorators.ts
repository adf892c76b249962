import type { ClassNode, FunctionNode } from '../../languages/source/bind';
import type { Evaluator } from '../../languages/source/evaluate';
import { ts } from '../../languages/source/ts';
import type { DecoratorFact } from './facts';

/** The decorators of a class or method. */
export function collectDecorators(
  node: FunctionNode | ClassNode,
  evaluator: Evaluator,
): DecoratorFact[] {
  const api = ts();
  if (!api.canHaveDecorators(node)) return [];
  return (api.getDecorators(node) ?? []).map((decorator): DecoratorFact => {
    const { expression } = decorator;
    const call = api.isCallExpression(expression) ? expression : undefined;
    return {
      callee: evaluator.evaluate(call?.expression ?? expression),
      args: (call?.arguments ?? []).map((argument) => evaluator.evaluate(argument)),
      span: evaluator.span(decorator),
    };
  });
}
