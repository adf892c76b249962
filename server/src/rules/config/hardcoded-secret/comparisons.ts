import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { ts } from '../../../languages/source/ts';
import { secretKind } from '../../../project/secrets/names';
import { isPlaceholder } from '../../../project/secrets/placeholders';
import { isSwitch } from '../../../project/secrets/values';

/** What a request brings: `req.headers['x-api-key']`, `request.body.password`, `ctx.query.token`. */
const REQUEST_PARTS = /^(?:headers?|body|query|params|cookies|args|payload|get|header)$/;

/**
 * A credential of a request compared with a literal (`req.headers['x-api-key'] === 'k3y'`): the literal is the credential.
 * @returns the literal, or the one that a constant or a constant's member stands for, where the expression is such a comparison
 */
export function comparedSecret(
  node: TypeScript.BinaryExpression,
  evaluate: (node: TypeScript.Expression) => Value,
): { readonly span: Span; readonly name: string } | undefined {
  const api = ts();
  const { kind } = node.operatorToken;
  const { SyntaxKind } = api;
  if (
    kind !== SyntaxKind.EqualsEqualsEqualsToken &&
    kind !== SyntaxKind.ExclamationEqualsEqualsToken &&
    kind !== SyntaxKind.EqualsEqualsToken &&
    kind !== SyntaxKind.ExclamationEqualsToken
  )
    return undefined;
  for (const [literal, other] of [
    [node.right, node.left],
    [node.left, node.right],
  ] as const) {
    const isNamed = api.isIdentifier(literal) || api.isPropertyAccessExpression(literal);
    if (!api.isStringLiteral(literal) && !isNamed) continue;
    const value = evaluate(literal);
    if (value.kind !== 'literal' || typeof value.value !== 'string' || !value.direct) continue;
    const text = value.value;
    const isNone =
      text.length < 4 ||
      isSwitch(text) ||
      isPlaceholder(text) ||
      /^(?:Bearer|Basic)$/i.test(text.trim());
    const name = isNone ? undefined : requestCredential(evaluate(other));
    if (name !== undefined) return { span: value.span, name };
  }
  return undefined;
}

function requestCredential(value: Value): string | undefined {
  const names: string[] = [];
  let at: Value = value;
  while (at.kind === 'member' || at.kind === 'call') {
    if (at.kind === 'call') {
      const [first] = at.args;
      if (first?.kind === 'literal' && typeof first.value === 'string') names.push(first.value);
      at = at.callee;
    } else {
      names.push(at.name ?? '');
      at = at.object;
    }
  }
  const isRequest = at.kind === 'parameter' || at.kind === 'typed';
  const [name = ''] = names;
  if (!isRequest || !names.slice(1).some((part) => REQUEST_PARTS.test(part))) return undefined;
  const isCredential =
    secretKind(name.replace(/^x-/i, '')) !== undefined || /^authorization$/i.test(name);
  return isCredential ? name : undefined;
}
