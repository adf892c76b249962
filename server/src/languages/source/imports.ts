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

/**
 * The file that a call requires by a path of its own folder: `require(path.join(__dirname, 'config.js'))`,
 * `require(__dirname + '/config')`.
 * @returns a relative specifier
 */
export function requiredFile(node: TypeScript.CallExpression): string | undefined {
  const api = ts();
  const [argument] = node.arguments;
  if (!argument || !api.isIdentifier(node.expression) || node.expression.text !== 'require')
    return undefined;
  const path = pathInOwnFolder(argument, 0);
  return path === undefined || path === '' ? undefined : `./${path.replace(/^\/+/, '')}`;
}

/** What follows `__dirname` in an expression; `` for `__dirname` itself. */
function pathInOwnFolder(node: TypeScript.Expression, depth: number): string | undefined {
  const api = ts();
  if (depth > 6) return undefined;
  if (api.isIdentifier(node)) return node.text === '__dirname' ? '' : undefined;
  if (api.isBinaryExpression(node) && node.operatorToken.kind === api.SyntaxKind.PlusToken) {
    const left = pathInOwnFolder(node.left, depth + 1);
    return left !== undefined && api.isStringLiteralLike(node.right)
      ? left + node.right.text
      : undefined;
  }
  if (api.isTemplateExpression(node)) {
    const [span] = node.templateSpans;
    const isOwn = node.head.text === '' && node.templateSpans.length === 1 && span;
    return isOwn && pathInOwnFolder(span.expression, depth + 1) === ''
      ? span.literal.text
      : undefined;
  }
  if (!api.isCallExpression(node)) return undefined;
  const { expression } = node;
  const name = api.isPropertyAccessExpression(expression)
    ? expression.name.text
    : api.isIdentifier(expression)
      ? expression.text
      : '';
  const [first, ...rest] = node.arguments;
  if (!/^(?:join|resolve)$/.test(name) || !first) return undefined;
  const start = pathInOwnFolder(first, depth + 1);
  const texts = rest.map((part) => (api.isStringLiteralLike(part) ? part.text : undefined));
  return start === undefined || texts.includes(undefined) ? undefined : [start, ...texts].join('/');
}
