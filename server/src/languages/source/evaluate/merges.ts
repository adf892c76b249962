import type * as TypeScript from 'typescript';
import type { ObjectValue, PropertyValue, Value } from '../../../base/value';
import type { BoundSource } from '../bind';
import { ts } from '../ts';
import type { Evaluation, Merge } from './evaluation';
import { MAX_MERGES } from './limits';
import { replaceable } from './objects';

/** The statements of a file that merge objects into a variable, by the variable's name. */
export function mergesInto(bound: BoundSource): Map<string, Merge[]> {
  const api = ts();
  const found = new Map<string, Merge[]>();
  for (const candidate of bound.nodes.get(api.SyntaxKind.CallExpression) ?? []) {
    const call = candidate as TypeScript.CallExpression;
    const [target] = call.arguments;
    if (!target || !api.isIdentifier(target) || !api.isExpressionStatement(call.parent)) continue;
    // `defaults(config, x)` only fills what is missing.
    if (mergeName(call) === undefined || fillsIn(call)) continue;
    const merge: Merge = { call, sources: call.arguments.slice(1) };
    const list = found.get(target.text);
    if (list) list.push(merge);
    else found.set(target.text, [merge]);
  }
  return found;
}

/**
 * What a variable holds once other objects are merged into it: an object with the members of all, where each of its own may have
 * been overwritten by a source of which the members are not known here; else one of them.
 */
export function withMerged(
  evaluator: Evaluation,
  value: Value,
  merges: readonly Merge[],
  depth: number,
): Value {
  const sources = merges
    .slice(0, MAX_MERGES)
    .flatMap(({ sources: list }) => list.map((source) => evaluator.evaluate(source, depth + 1)))
    .filter((source) => !isNothing(source));
  if (sources.length === 0) return value;
  if (value.kind === 'object') return sources.reduce<ObjectValue>(overlaid, value);
  return { kind: 'either', operator: 'assigned', options: [value, ...sources], span: value.span };
}

/** `Object.assign({}, a, b)`, `merge({}, a, b)`: the new object that a call makes; undefined for other calls. */
export function mergedObject(
  evaluator: Evaluation,
  call: TypeScript.CallExpression,
  depth: number,
): ObjectValue | undefined {
  const api = ts();
  const [target] = call.arguments;
  if (!target || !api.isObjectLiteralExpression(target) || mergeName(call) === undefined)
    return undefined;
  const parts = call.arguments.map((argument) => evaluator.evaluate(argument, depth + 1));
  const properties: PropertyValue[] = [];
  const spreads: Value[] = [];
  for (const part of fillsIn(call) ? parts.reverse() : parts) {
    if (isNothing(part)) continue;
    if (part.kind !== 'object' || part.spreads.length > 0)
      properties.forEach((before, index) => (properties[index] = replaceable(before)));
    if (part.kind === 'object') {
      properties.push(...part.properties);
      spreads.push(...part.spreads);
    } else spreads.push(part);
  }
  return { kind: 'object', properties, spreads, span: evaluator.span(call) };
}

function overlaid(object: ObjectValue, source: Value): ObjectValue {
  if (source.kind === 'object')
    return {
      ...object,
      properties: [
        ...(source.spreads.length > 0 ? object.properties.map(replaceable) : object.properties),
        ...source.properties,
      ],
      spreads: [...object.spreads, ...source.spreads],
    };
  return {
    ...object,
    properties: object.properties.map(replaceable),
    spreads: [...object.spreads, source],
  };
}

/** The function of a call that merges objects: `Object.assign`, lodash’s `merge`, `deepExtend`. */
function mergeName(call: TypeScript.CallExpression): string | undefined {
  const api = ts();
  const { expression } = call;
  if (api.isIdentifier(expression))
    return MERGING.test(expression.text) ? expression.text : undefined;
  if (!api.isPropertyAccessExpression(expression) || !api.isIdentifier(expression.expression))
    return undefined;
  const { text } = expression.name;
  return OWNERS.test(expression.expression.text) && METHODS.test(text) ? text : undefined;
}

function fillsIn(call: TypeScript.CallExpression): boolean {
  return /^defaults/.test(mergeName(call) ?? '');
}

const MERGING =
  /^(?:(?:deep|object)?-?_?(?:merge|extend|assign)(?:Deep|In|Recursive)?|defaults(?:Deep)?)$/i;
const OWNERS = /^(?:Object|_|lodash|\$|jQuery|R|Hoek|utils?)$/i;
const METHODS = /^(?:assign|assignIn|extend|merge|mergeDeepRight|defaults|defaultsDeep)$/;

function isNothing(value: Value): boolean {
  return value.kind === 'literal';
}
