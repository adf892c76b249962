import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import type { ArrayValue, ObjectValue, PropertyValue, Value } from '../../../base/value';
import type { FunctionNode } from '../bind';
import { ts } from '../ts';
import type { Evaluation } from './evaluation';
import { MAX_ITEMS, MAX_PROPERTIES } from './limits';

/** The value of an object literal; known objects that are spread into it are part of it. */
export function objectValue(
  evaluator: Evaluation,
  node: TypeScript.ObjectLiteralExpression,
  span: Span,
  depth: number,
): ObjectValue {
  const api = ts();
  const properties: PropertyValue[] = [];
  const spreads: Value[] = [];
  for (const property of node.properties.slice(0, MAX_PROPERTIES)) {
    if (api.isSpreadAssignment(property)) {
      const spread = evaluator.evaluate(property.expression, depth + 1);
      if (spread.kind !== 'object' || spread.spreads.length > 0)
        properties.forEach((before, index) => (properties[index] = replaceable(before)));
      if (spread.kind === 'object') {
        properties.push(...spread.properties);
        spreads.push(...spread.spreads);
      } else spreads.push(spread);
      continue;
    }
    const key = propertyNameOf(evaluator, property.name, depth);
    if (key === undefined) {
      // Under a name that is not known: wrapped, so that it is not taken for an object that is spread.
      const items = api.isPropertyAssignment(property)
        ? [evaluator.evaluate(property.initializer, depth + 1)]
        : [];
      spreads.push({ kind: 'array', items, span: evaluator.span(property) });
      continue;
    }
    const keySpan = evaluator.span(property.name);
    if (api.isPropertyAssignment(property))
      properties.push({ key, keySpan, value: evaluator.evaluate(property.initializer, depth + 1) });
    else if (api.isShorthandPropertyAssignment(property)) {
      const value = evaluator.named(property.name, keySpan, depth + 1);
      properties.push({ key, keySpan, value });
    } else if (api.isGetAccessorDeclaration(property)) {
      const value = returnedValue(evaluator, property, depth) ?? evaluator.functionOf(property);
      properties.push({ key, keySpan, value });
    } else if (api.isMethodDeclaration(property))
      properties.push({ key, keySpan, value: evaluator.functionOf(property) });
  }
  return { kind: 'object', properties, spreads, span };
}

/** A property that something spread after it may replace. */
export function replaceable(property: PropertyValue): PropertyValue {
  return property.replaceable ? property : { ...property, replaceable: true };
}

/** The value of an array literal; what is spread into it stands as one item. */
export function arrayValue(
  evaluator: Evaluation,
  node: TypeScript.ArrayLiteralExpression,
  span: Span,
  depth: number,
): ArrayValue {
  const api = ts();
  const items = node.elements
    .slice(0, MAX_ITEMS)
    .map((element) =>
      evaluator.evaluate(api.isSpreadElement(element) ? element.expression : element, depth + 1),
    );
  return { kind: 'array', items, span };
}

/** An enum as the object it is at run time. */
export function enumValue(
  evaluator: Evaluation,
  node: TypeScript.EnumDeclaration,
  depth: number,
): ObjectValue {
  const properties = node.members.map((member, index) => ({
    key: propertyNameOf(evaluator, member.name, depth) ?? String(index),
    keySpan: evaluator.span(member.name),
    value: member.initializer
      ? evaluator.evaluate(member.initializer, depth + 1)
      : ({ kind: 'literal', value: index, direct: false, span: evaluator.span(member) } as const),
  }));
  return { kind: 'object', properties, spreads: [], span: evaluator.span(node) };
}

/** The value a getter or short function returns, when naming parts of it is all else it does. */
export function returnedValue(
  evaluator: Evaluation,
  node: FunctionNode,
  depth: number,
): Value | undefined {
  const api = ts();
  const { body } = node;
  if (!body) return undefined;
  if (!api.isBlock(body)) return evaluator.evaluate(body, depth + 1);
  const last = body.statements.at(-1);
  const isPlain = body.statements.slice(0, -1).every((one) => api.isVariableStatement(one));
  if (!isPlain || !last || !api.isReturnStatement(last) || !last.expression) return undefined;
  return evaluator.evaluate(last.expression, depth + 1);
}

/** A property's name as text; undefined for one that is computed at run time. */
export function propertyNameOf(
  evaluator: Evaluation,
  name: TypeScript.PropertyName,
  depth: number,
): string | undefined {
  const api = ts();
  if (api.isIdentifier(name) || api.isStringLiteralLike(name) || api.isNumericLiteral(name))
    return name.text;
  if (api.isPrivateIdentifier(name)) return name.text;
  if (!api.isComputedPropertyName(name)) return undefined;
  const key = evaluator.evaluate(name.expression, depth + 1);
  return key.kind === 'literal' && typeof key.value === 'string' ? key.value : undefined;
}
