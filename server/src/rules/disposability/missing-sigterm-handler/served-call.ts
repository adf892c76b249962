import type * as TypeScript from 'typescript';
import { importBindings } from '../../../fixes/code/import-bindings';
import { visibleNames } from '../../../fixes/visible-names';
import { unwrap } from '../../../languages/source/nodes';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';

/** The object a method is called on, when it can be named again: a variable, `this.x`, `a.b`; not a module. */
export function receiverOf(
  syntax: SourceSyntax,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
): string | undefined {
  const api = ts();
  const callee = methodOf(unwrap(call.expression));
  if (!api.isCallExpression(call) || !callee) return undefined;
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

/** `server.listen`, also where that has a name of its own: `const listen = promisify(server.listen.bind(server))`. */
function methodOf(callee: TypeScript.Expression): TypeScript.PropertyAccessExpression | undefined {
  const api = ts();
  if (api.isPropertyAccessExpression(callee)) return callee;
  const made = api.isIdentifier(callee)
    ? visibleNames(callee).get(callee.text)?.initializer
    : undefined;
  const bound = made && unwrap(made);
  const inner =
    bound && api.isCallExpression(bound) && /promisify$/.test(bound.expression.getText())
      ? bound.arguments[0]
      : bound;
  if (!inner || !api.isCallExpression(inner)) return undefined;
  const bind = unwrap(inner.expression);
  if (!api.isPropertyAccessExpression(bind) || bind.name.text !== 'bind') return undefined;
  const method = unwrap(bind.expression);
  return api.isPropertyAccessExpression(method) ? method : undefined;
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
