import type * as TypeScript from 'typescript';
import type { ObjectValue, Value } from '../../../base/value';
import { propertyOf } from '../../../base/values';
import type { BoundSource } from '../bind';
import { ts } from '../ts';

/** `name.a.b = value`, with the members on the way. */
export interface MemberAssignment {
  readonly keys: readonly string[];
  readonly node: TypeScript.BinaryExpression;
}

/** The plain assignments to members of variables in a file, by the variable's name; at most three members deep. */
export function memberAssignments(bound: BoundSource): Map<string, MemberAssignment[]> {
  const api = ts();
  const found = new Map<string, MemberAssignment[]>();
  for (const candidate of bound.nodes.get(api.SyntaxKind.BinaryExpression) ?? []) {
    const node = candidate as TypeScript.BinaryExpression;
    if (node.operatorToken.kind !== api.SyntaxKind.EqualsToken) continue;
    const keys: string[] = [];
    let at: TypeScript.Expression = node.left;
    while (keys.length < 3) {
      if (api.isPropertyAccessExpression(at)) keys.unshift(at.name.text);
      else if (api.isElementAccessExpression(at) && api.isStringLiteralLike(at.argumentExpression))
        keys.unshift(at.argumentExpression.text);
      else break;
      at = at.expression;
    }
    if (keys.length === 0 || !api.isIdentifier(at)) continue;
    const list = found.get(at.text);
    if (list) list.push({ keys, node });
    else found.set(at.text, [{ keys, node }]);
  }
  return found;
}

/** An object with one more member, the last of its name; objects on the way are made where there are none. */
export function withMember(
  object: ObjectValue,
  keys: readonly string[],
  value: Value,
): ObjectValue {
  const [key, ...rest] = keys;
  if (key === undefined) return object;
  const known = propertyOf(object, key);
  if (rest.length > 0 && known && known.kind !== 'object') return object;
  const held =
    rest.length === 0
      ? value
      : withMember(
          known?.kind === 'object'
            ? known
            : { kind: 'object', properties: [], spreads: [], span: value.span },
          rest,
          value,
        );
  return {
    ...object,
    properties: [...object.properties, { key, keySpan: value.span, value: held }],
  };
}
