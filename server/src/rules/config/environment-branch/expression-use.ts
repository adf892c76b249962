import type * as TypeScript from 'typescript';
import { ts } from '../../../languages/source/ts';

/** How an expression is used, up to the statement around it. */
export interface Use {
  readonly kind: 'named' | 'argument' | 'override' | 'markup' | 'spread' | 'other';
  readonly name?: string;
  readonly callees: readonly string[];
}

/** Casts and joins: the value goes on through them. */
const TRANSPARENT_CALL =
  /^(Number|String|Boolean|parseInt|parseFloat|URL|(path\.)?(join|resolve|normalize)|Object\.(freeze|assign)|\w*\.(concat|trim|toString))$/;

/** Follows an expression outwards to what its value goes to. */
// eslint-disable-next-line complexity -- one branch for each kind of node around
export function useOf(node: TypeScript.Expression, text: string): Use {
  const api = ts();
  const { SyntaxKind } = api;
  const callees: string[] = [];
  const named = (name: string | undefined): Use => ({
    kind: 'named',
    callees,
    ...(name === undefined ? {} : { name }),
  });
  let child: TypeScript.Node = node;
  for (let at = node.parent as TypeScript.Node | undefined; at; child = at, at = at.parent) {
    if (api.isPropertyAssignment(at) || api.isPropertyDeclaration(at))
      return named(propertyName(at.name));
    if (api.isVariableDeclaration(at) || api.isParameter(at) || api.isBindingElement(at))
      return named(api.isIdentifier(at.name) ? at.name.text : undefined);
    if (api.isReturnStatement(at)) return named(functionNameAround(at));
    if (api.isArrowFunction(at)) return named(nameOfFunction(at));
    if (api.isSpreadAssignment(at) || api.isSpreadElement(at)) return { kind: 'spread', callees };
    if (api.isJsxExpression(at)) return { kind: 'markup', callees };
    if (api.isCallExpression(at) || api.isNewExpression(at)) {
      if (child === at.expression) return { kind: 'other', callees };
      const callee = textOf(at.expression, text).slice(0, 80);
      callees.push(callee);
      if (TRANSPARENT_CALL.test(callee)) continue;
      return { kind: 'argument', callees, ...argumentName(at, child, text) };
    }
    if (api.isBinaryExpression(at)) {
      const operator = at.operatorToken.kind;
      if (operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment)
        return named(lastWord(textOf(at.left, text)));
      const isFallback =
        operator === SyntaxKind.QuestionQuestionToken || operator === SyntaxKind.BarBarToken;
      // Only the default of a variable of its own.
      if (isFallback && child === at.right && /\benv\b|config/i.test(textOf(at.left, text)))
        return { kind: 'override', callees };
      if (
        isFallback ||
        operator === SyntaxKind.PlusToken ||
        operator === SyntaxKind.AsteriskToken ||
        operator === SyntaxKind.AmpersandAmpersandToken
      )
        continue;
      return { kind: 'other', callees };
    }
    if (api.isConditionalExpression(at)) {
      if (child === at.condition) return { kind: 'other', callees };
      // `process.env.X ? process.env.X : …`
      if (/^\(?\s*process\.env\.\w+\s*\)?$/.test(textOf(at.condition, text).trim()))
        return { kind: 'override', callees };
      continue;
    }
    if (
      api.isParenthesizedExpression(at) ||
      api.isAsExpression(at) ||
      api.isSatisfiesExpression(at) ||
      api.isNonNullExpression(at) ||
      api.isTemplateSpan(at) ||
      api.isTemplateExpression(at) ||
      api.isArrayLiteralExpression(at) ||
      api.isAwaitExpression(at)
    )
      continue;
    break;
  }
  return { kind: 'other', callees };
}

/** `app.set('trust proxy', …)`, `router.get(…)`: what the call itself says it sets. */
function argumentName(
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  child: TypeScript.Node,
  text: string,
): { readonly name?: string } {
  const first = call.arguments?.[0];
  if (first && first !== child && ts().isStringLiteralLike(first))
    return { name: first.text.replace(/\W+/g, '_') };
  return { name: lastWord(textOf(call.expression, text)) };
}

/** The name of the function around a node. */
export function functionNameAround(node: TypeScript.Node): string | undefined {
  const api = ts();
  for (let at = node.parent as TypeScript.Node | undefined; at; at = at.parent)
    if (api.isFunctionLike(at)) return nameOfFunction(at);
  return undefined;
}

function nameOfFunction(node: TypeScript.SignatureDeclaration): string | undefined {
  const api = ts();
  if (node.name && !api.isComputedPropertyName(node.name)) return propertyName(node.name);
  const { parent } = node;
  if (api.isVariableDeclaration(parent) && api.isIdentifier(parent.name)) return parent.name.text;
  return api.isPropertyAssignment(parent) ? propertyName(parent.name) : undefined;
}

/** A name as text; undefined for a computed one and for a pattern. */
export function propertyName(
  name: TypeScript.PropertyName | TypeScript.BindingName,
): string | undefined {
  const api = ts();
  return api.isIdentifier(name) || api.isStringLiteralLike(name) || api.isPrivateIdentifier(name)
    ? name.text
    : undefined;
}

/** The last name in the text of an expression: `c` of `a.b.c` and of `a.b['c']`. */
export function lastWord(text: string): string {
  const key = /\[\s*['"`]([^'"`]+)['"`]\s*\]$/.exec(text)?.[1];
  if (key !== undefined) return key;
  return /(?<![\w$])([\w$]+)[^\w$]*$/.exec(text)?.[1] ?? text;
}

/** The text of a node, without what stands in front of it. */
export function textOf(node: TypeScript.Node, text: string): string {
  return text.slice(node.getStart(), node.end);
}
