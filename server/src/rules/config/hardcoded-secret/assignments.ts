import type * as TypeScript from 'typescript';
import type { Value } from '../../../base/value';
import { ts } from '../../../languages/source/ts';
import { canonicalName } from '../../../project/facts/canonical';
import { secretKind } from '../../../project/secrets/names';

/** A value that is assigned where a credential goes. Serialisable. */
export interface AssignedSecret {
  readonly value: Value;
  /** For messages: `cookie key`, or the variable's name. */
  readonly what: string;
  readonly issued: boolean;
}

/** `app.keys = [...]` of koa, `process.env.JWT_SECRET = '...'`. */
export function assignedSecret(
  node: TypeScript.BinaryExpression,
  evaluate: (node: TypeScript.Expression) => Value,
): AssignedSecret | undefined {
  const api = ts();
  if (node.operatorToken.kind !== api.SyntaxKind.EqualsToken) return undefined;
  const { left, right } = node;
  if (!api.isPropertyAccessExpression(left) && !api.isElementAccessExpression(left))
    return undefined;
  const name = api.isPropertyAccessExpression(left) ? left.name.text : undefined;
  // The name says it before anything is evaluated; few assignments have such a one.
  if (name !== undefined && name !== 'keys' && secretKind(name) === undefined) return undefined;
  const target = evaluate(left);
  if (target.kind === 'env' && target.name !== undefined) {
    const kind = secretKind(target.name);
    if (kind) return { value: evaluate(right), what: target.name, issued: kind === 'issued' };
  }
  if (name === 'keys' && api.isPropertyAccessExpression(left)) {
    const owner = canonicalName(evaluate(left.expression));
    if (owner === 'new koa()' || owner === '<koa>')
      return { value: evaluate(right), what: 'cookie key', issued: false };
  }
  return undefined;
}
