import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import type { Evaluation } from './evaluation';

/** The value of a template with substitutions. */
export function templateValue(
  evaluator: Evaluation,
  node: TypeScript.TemplateExpression,
  span: Span,
  depth: number,
): Value {
  const parts: Value[] = [];
  pushPiece(evaluator, parts, node.head);
  for (const part of node.templateSpans) {
    parts.push(evaluator.evaluate(part.expression, depth + 1));
    pushPiece(evaluator, parts, part.literal);
  }
  return folded(parts, span);
}

function pushPiece(
  evaluator: Evaluation,
  parts: Value[],
  piece: TypeScript.TemplateHead | TypeScript.TemplateMiddle | TypeScript.TemplateTail,
): void {
  if (piece.text)
    parts.push({ kind: 'literal', value: piece.text, direct: false, span: evaluator.span(piece) });
}

/** The value of `a + b`: a sum of two known numbers, else a text. */
export function sumValue(a: Value, b: Value, span: Span): Value {
  if (
    a.kind === 'literal' &&
    b.kind === 'literal' &&
    typeof a.value === 'number' &&
    typeof b.value === 'number'
  )
    return { kind: 'literal', value: a.value + b.value, direct: false, span };
  if (!isText(a) && !isText(b)) return { kind: 'template', parts: [a, b], span };
  return folded([...partsOf(a), ...partsOf(b)], span);
}

function partsOf(value: Value): readonly Value[] {
  return value.kind === 'template' ? value.parts : [value];
}

function isText(value: Value): boolean {
  return value.kind === 'template' || (value.kind === 'literal' && typeof value.value === 'string');
}

/** Joins the parts of a template: one literal when everything is known. */
function folded(parts: readonly Value[], span: Span): Value {
  if (parts.every((part) => part.kind === 'literal')) {
    return {
      kind: 'literal',
      value: parts.map((part) => String(part.value)).join(''),
      direct: false,
      span,
      parts,
    };
  }
  return { kind: 'template', parts, span };
}
