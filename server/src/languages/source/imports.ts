import type * as TypeScript from 'typescript';
import type { BoundSource } from './bind';
import { ts } from './ts';

/** `node:fs` and `fs` are one module; everything else stays as written. */
export function normaliseSpecifier(specifier: string): string {
  return specifier.startsWith('node:') ? specifier.slice('node:'.length) : specifier;
}

/**
 * The specifier that a call imports: `require('x')`, `import('x')`, `createRequire(…)('x')` bound to `require`.
 * @returns undefined for other calls, computed specifiers and a local function that happens to be called `require`
 */
export function importedBy(
  node: TypeScript.CallExpression,
  bound: BoundSource,
): string | undefined {
  const api = ts();
  const [argument] = node.arguments;
  if (!argument || !api.isStringLiteralLike(argument)) return undefined;
  if (node.expression.kind === api.SyntaxKind.ImportKeyword) return argument.text;
  if (!api.isIdentifier(node.expression) || node.expression.text !== 'require') return undefined;
  const declaration = bound.lookup('require', node);
  if (!declaration) return argument.text;
  const { node: owner } = declaration;
  const created =
    api.isVariableDeclaration(owner) &&
    owner.initializer &&
    api.isCallExpression(owner.initializer) &&
    /\bcreateRequire$/.test(owner.initializer.expression.getText(bound.syntax.sourceFile));
  return created ? argument.text : undefined;
}
