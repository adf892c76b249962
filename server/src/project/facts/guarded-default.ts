import type * as TypeScript from 'typescript';
import { ts } from '../../languages/source/ts';

/**
 * What is missing where a statement gives something in its place: `if (!url) url = 'x'`, `if (!options.url) return 'x'`.
 * @param at the assignment or `return`
 * @param target what is assigned to; without it, what is missing has to be used further on in the function
 * @returns the text of what is missing, with what it was declared as where it is a variable; undefined where nothing is replaced
 */
export function replacedBy(
  at: TypeScript.Node,
  target: TypeScript.Node | undefined,
  text: string,
): string | undefined {
  const api = ts();
  let branch = at;
  while (api.isExpressionStatement(branch.parent) || api.isBlock(branch.parent))
    branch = branch.parent;
  const guard = branch.parent;
  if (!api.isIfStatement(guard) || guard.thenStatement !== branch) return undefined;
  for (const missing of missingIn(guard.expression)) {
    const own = textOf(missing, text);
    const isUsed =
      target === undefined ? textAfter(guard, text).includes(own) : textOf(target, text) === own;
    if (isUsed) return `${own} ${declaration(missing, text)}`;
  }
  return undefined;
}

/** What a condition says to be missing; of several that all have to hold, each. */
function missingIn(condition: TypeScript.Expression): readonly TypeScript.Expression[] {
  const api = ts();
  const kind = api.SyntaxKind;
  if (api.isParenthesizedExpression(condition)) return missingIn(condition.expression);
  if (api.isPrefixUnaryExpression(condition))
    return condition.operator === kind.ExclamationToken ? [condition.operand] : [];
  if (!api.isBinaryExpression(condition)) return [];
  const { left, right, operatorToken } = condition;
  if (operatorToken.kind === kind.AmpersandAmpersandToken)
    return [...missingIn(left), ...missingIn(right)];
  const isEqual =
    operatorToken.kind === kind.EqualsEqualsEqualsToken ||
    operatorToken.kind === kind.EqualsEqualsToken;
  if (!isEqual) return [];
  const isNothing =
    right.kind === kind.NullKeyword ||
    (api.isIdentifier(right) && right.text === 'undefined') ||
    (api.isStringLiteralLike(right) && right.text === '');
  if (isNothing) return [left];
  return api.isTypeOfExpression(left) &&
    api.isStringLiteralLike(right) &&
    right.text === 'undefined'
    ? [left.expression]
    : [];
}

/** What a variable is declared as, by its text: enough to tell whether it is read from the environment. */
function declaration(name: TypeScript.Expression, text: string): string {
  const api = ts();
  if (!api.isIdentifier(name)) return '';
  for (let scope: TypeScript.Node = name; !api.isSourceFile(scope); scope = scope.parent) {
    if (!api.isBlock(scope.parent) && !api.isSourceFile(scope.parent)) continue;
    for (const statement of scope.parent.statements) {
      if (!api.isVariableStatement(statement)) continue;
      for (const { name: declared, initializer } of statement.declarationList.declarations)
        if (api.isIdentifier(declared) && declared.text === name.text)
          return initializer ? textOf(initializer, text) : '';
    }
  }
  return '';
}

function textAfter(guard: TypeScript.Node, text: string): string {
  const api = ts();
  let owner: TypeScript.Node = guard.parent;
  while (!api.isFunctionLike(owner) && !api.isSourceFile(owner)) owner = owner.parent;
  return text.slice(guard.end, owner.end);
}

function textOf(node: TypeScript.Node, text: string): string {
  return text.slice(node.getStart(), node.end);
}
