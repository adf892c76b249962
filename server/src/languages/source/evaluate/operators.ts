import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import type { EitherValue, Value } from '../../../base/value';
import { ts } from '../ts';
import type { Evaluation } from './evaluation';
import { sumValue } from './templates';

/** The value of `a ?? b`, `a + b`, `a === b` and their like; an assignment has the value of its right side. */
export function binaryValue(
  evaluator: Evaluation,
  node: TypeScript.BinaryExpression,
  span: Span,
  depth: number,
): Value {
  const { SyntaxKind } = ts();
  switch (node.operatorToken.kind) {
    case SyntaxKind.QuestionQuestionToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
      return eitherValue(evaluator, node, '??', span, depth);
    case SyntaxKind.BarBarToken:
    case SyntaxKind.BarBarEqualsToken:
      return eitherValue(evaluator, node, '||', span, depth);
    case SyntaxKind.AmpersandAmpersandToken:
      return eitherValue(evaluator, node, '&&', span, depth);
    case SyntaxKind.CommaToken:
    case SyntaxKind.EqualsToken:
      return evaluator.evaluate(node.right, depth + 1);
    case SyntaxKind.PlusToken: {
      const left = evaluator.evaluate(node.left, depth + 1);
      return sumValue(left, evaluator.evaluate(node.right, depth + 1), span);
    }
    case SyntaxKind.AsteriskToken:
    case SyntaxKind.MinusToken:
    case SyntaxKind.SlashToken:
      return arithmeticValue(evaluator, node, span, depth);
    case SyntaxKind.EqualsEqualsToken:
    case SyntaxKind.EqualsEqualsEqualsToken:
    case SyntaxKind.ExclamationEqualsToken:
    case SyntaxKind.ExclamationEqualsEqualsToken: {
      // Kept as a call of the operator, so that conditions on the environment stay visible to rules.
      const name = node.operatorToken.getText(evaluator.bound.syntax.sourceFile);
      const left = evaluator.evaluate(node.left, depth + 1);
      return operation(name, [left, evaluator.evaluate(node.right, depth + 1)], span);
    }
  }
  return evaluator.unknown(node);
}

/** The value of `condition ? a : b`. */
export function conditionalValue(
  evaluator: Evaluation,
  node: TypeScript.ConditionalExpression,
  span: Span,
  depth: number,
): Value {
  return {
    kind: 'either',
    operator: '?:',
    condition: evaluator.evaluate(node.condition, depth + 1),
    options: [
      evaluator.evaluate(node.whenTrue, depth + 1),
      evaluator.evaluate(node.whenFalse, depth + 1),
    ],
    span,
  };
}

/** The value of `+a`, `-a` or `!a`. */
export function prefixValue(
  evaluator: Evaluation,
  node: TypeScript.PrefixUnaryExpression,
  span: Span,
  depth: number,
): Value {
  const { SyntaxKind } = ts();
  const operand = evaluator.evaluate(node.operand, depth + 1);
  if (node.operator === SyntaxKind.PlusToken) return operation('Number', [operand], span);
  if (
    node.operator === SyntaxKind.MinusToken &&
    operand.kind === 'literal' &&
    typeof operand.value === 'number'
  )
    return { kind: 'literal', value: -operand.value, direct: true, span };
  // As with comparisons: conditions stay visible.
  if (node.operator === SyntaxKind.ExclamationToken) return operation('!', [operand], span);
  return evaluator.unknown(node);
}

function eitherValue(
  evaluator: Evaluation,
  node: TypeScript.BinaryExpression,
  operator: EitherValue['operator'],
  span: Span,
  depth: number,
): Value {
  const left = evaluator.evaluate(node.left, depth + 1);
  return {
    kind: 'either',
    operator,
    options: [left, evaluator.evaluate(node.right, depth + 1)],
    span,
  };
}

/** A product, difference or quotient of two known numbers. */
function arithmeticValue(
  evaluator: Evaluation,
  node: TypeScript.BinaryExpression,
  span: Span,
  depth: number,
): Value {
  const { SyntaxKind } = ts();
  const a = evaluator.evaluate(node.left, depth + 1);
  const b = evaluator.evaluate(node.right, depth + 1);
  if (a.kind !== 'literal' || b.kind !== 'literal') return evaluator.unknown(node);
  if (typeof a.value !== 'number' || typeof b.value !== 'number') return evaluator.unknown(node);
  const operator = node.operatorToken.kind;
  const value =
    operator === SyntaxKind.AsteriskToken
      ? a.value * b.value
      : operator === SyntaxKind.MinusToken
        ? a.value - b.value
        : a.value / b.value;
  return { kind: 'literal', value, direct: false, span };
}

function operation(name: string, args: readonly Value[], span: Span): Value {
  return { kind: 'call', callee: { kind: 'global', name, span }, args, isNew: false, span };
}
