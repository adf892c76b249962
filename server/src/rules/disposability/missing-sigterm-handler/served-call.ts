import type * as TypeScript from 'typescript';
import { importBindings } from '../../../fixes/code/import-bindings';
import { unwrap } from '../../../languages/source/nodes';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';

/** The object a method is called on, when it can be named again: a variable, `this.x`, `a.b`; not a module. */
export function receiverOf(
  syntax: SourceSyntax,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
): string | undefined {
  const api = ts();
  const callee = unwrap(call.expression);
  if (!api.isCallExpression(call) || !api.isPropertyAccessExpression(callee)) return undefined;
  const object = unwrap(callee.expression);
  const isName = (node: TypeScript.Expression): boolean =>
    api.isIdentifier(node) ||
    node.kind === api.SyntaxKind.ThisKeyword ||
    (api.isPropertyAccessExpression(node) && isName(node.expression));
  if (!isName(object) || object.kind === api.SyntaxKind.ThisKeyword) return undefined;
  const isModule = importBindings(syntax).some(
    (one) => one.local === object.getText() && /^[^./]/.test(one.specifier),
  );
  return isModule ? undefined : object.getText();
}

/** `await app.listen(1).on('error', f)`: the whole chain, whose `on` answers the server again. */
export function chainTop(call: TypeScript.Expression): TypeScript.Expression {
  const api = ts();
  const { parent } = call;
  if (api.isAwaitExpression(parent)) return chainTop(parent);
  if (
    !api.isPropertyAccessExpression(parent) ||
    !/^(on|once|setTimeout|ref|unref)$/.test(parent.name.text)
  )
    return call;
  return api.isCallExpression(parent.parent) && parent.parent.expression === parent
    ? chainTop(parent.parent)
    : call;
}

/** What starts serving or consuming: `app.listen(1)`, `new Worker('mail')`. */
export function isCallOrNew(
  node: TypeScript.Node,
): node is TypeScript.CallExpression | TypeScript.NewExpression {
  return ts().isCallExpression(node) || ts().isNewExpression(node);
}
