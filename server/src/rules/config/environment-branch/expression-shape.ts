import type * as TypeScript from 'typescript';
import { unwrap } from '../../../languages/source/nodes';
import { ts } from '../../../languages/source/ts';
import { isEnvironmentWord } from '../../../project/environment/environment-name';
import { VARIANTS } from '../../../vocabulary/environments';

/** What kind of value an expression writes down; `word`: the name of an environment. */
export type Shape =
  'text' | 'number' | 'switch' | 'empty' | 'object' | 'function' | 'word' | 'other';

/** What a `c ? a : b` chooses between, and those in it. */
export function alternatives(
  node: TypeScript.ConditionalExpression,
): readonly TypeScript.Expression[] {
  return [node.whenTrue, node.whenFalse].flatMap((branch) => {
    const inner = unwrap(branch);
    return ts().isConditionalExpression(inner) ? alternatives(inner) : [inner];
  });
}

/** Tells the kind of value by the form of the expression alone. */
// eslint-disable-next-line complexity -- one line for each kind of expression
export function shapeOf(expression: TypeScript.Expression): Shape {
  const api = ts();
  const node = unwrap(expression);
  if (api.isStringLiteralLike(node))
    return node.text === '' ? 'empty' : isEnvironmentWord(node.text) ? 'word' : 'text';
  if (api.isTemplateExpression(node)) return 'text';
  if (api.isNumericLiteral(node)) return 'number';
  if (api.isArrowFunction(node) || api.isFunctionExpression(node)) return 'function';
  switch (node.kind) {
    case api.SyntaxKind.TrueKeyword:
    case api.SyntaxKind.FalseKeyword:
      return 'switch';
    case api.SyntaxKind.NullKeyword:
    case api.SyntaxKind.VoidExpression:
      return 'empty';
  }
  if (api.isIdentifier(node) && node.text === 'undefined') return 'empty';
  // `return prodConfig`, `return Object.assign({}, base, prod)`
  if (api.isIdentifier(node) && SETTINGS_NAME.test(node.text)) return 'object';
  if (api.isCallExpression(node) && MERGE.test(node.expression.getText())) return 'object';
  if (api.isObjectLiteralExpression(node)) return node.properties.length === 0 ? 'empty' : 'object';
  if (api.isArrayLiteralExpression(node)) return node.elements.length === 0 ? 'empty' : 'object';
  // `60 * 60 * 24`
  if (api.isBinaryExpression(node)) {
    const sides = [shapeOf(node.left), shapeOf(node.right)];
    if (sides.every((side) => side === 'number')) return 'number';
    if (sides.includes('text') && node.operatorToken.kind === api.SyntaxKind.PlusToken)
      return 'text';
  }
  if (/^process\.env\b/.test(node.getText())) return 'text';
  return 'other';
}

/** Whole groups of settings, by what they are called and how they are put together. */
const SETTINGS_NAME = new RegExp(
  `(${VARIANTS.pattern})_?(conf|config|configs|settings|options)$|^(conf|config|settings)_?(${VARIANTS.pattern})$`,
  'i',
);

const MERGE =
  /^(Object\.assign|(_|lodash)\.(assign|merge|extend|defaults)|deepmerge|merge|extend)$/;
