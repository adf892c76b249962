import type { Value } from '../../base/value';
import { jsonItems, jsonProperties, jsonSpan, type JsonNode } from '../../languages/json';

/** A JSON document as the value that code would get of it, so that data and code are judged alike. */
export function jsonValue(node: JsonNode): Value {
  const span = jsonSpan(node);
  switch (node.type) {
    case 'object':
      return {
        kind: 'object',
        span,
        properties: jsonProperties(node).map(({ key, keySpan, value }) => ({
          key,
          keySpan,
          value: jsonValue(value),
        })),
        spreads: [],
      };
    case 'array':
      return { kind: 'array', span, items: jsonItems(node).map(jsonValue) };
    default:
      return {
        kind: 'literal',
        span,
        value: node.value as string | number | boolean | null,
        direct: true,
      };
  }
}
