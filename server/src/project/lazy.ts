import type * as TypeScript from 'typescript';
import type { BoundSource } from '../languages/source/bind';
import { ts } from '../languages/source/ts';

/**
 * Does a call run once at most, because what it makes is kept beyond the function: `client ??= connect()`,
 * `if (!instance) instance = new Server()`?
 * @param node has its parents
 */
export function runsOnce(node: TypeScript.Node, bound: BoundSource): boolean {
  const api = ts();
  for (
    let at = node;
    (at.parent as TypeScript.Node | undefined) && !api.isFunctionLike(at);
    at = at.parent
  ) {
    const { parent } = at;
    if (!api.isBinaryExpression(parent) || parent.right !== at) continue;
    const isAssignment = parent.operatorToken.kind === api.SyntaxKind.EqualsToken;
    if (!(isAssignment || isLazy(parent))) continue;
    const name = keptName(parent.left, bound);
    if (name !== undefined && (!isAssignment || isGuarded(parent, name))) return true;
  }
  return false;
}

/** The last name of a variable or member that is still there when the function around has returned. */
function keptName(target: TypeScript.Expression, bound: BoundSource): string | undefined {
  const api = ts();
  const root = api.isPropertyAccessExpression(target) ? target.expression : target;
  if (api.isIdentifier(root)) {
    const declaration = bound.lookup(root.text, root);
    if (!declaration || declaration.kind === 'parameter') return undefined;
    const owner = bound.enclosingFunction(declaration.node);
    if (owner !== 0 && owner === bound.enclosingFunction(target)) return undefined;
  } else if (root.kind !== api.SyntaxKind.ThisKeyword) return undefined;
  if (api.isIdentifier(target)) return target.text;
  return api.isPropertyAccessExpression(target) ? target.name.text : undefined;
}

/** Is an assignment one that fills in what is missing: `x ??= make()`, `x ||= make()`? */
export function isLazy(node: TypeScript.Expression): boolean {
  const api = ts();
  if (!api.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return (
    kind === api.SyntaxKind.QuestionQuestionEqualsToken || kind === api.SyntaxKind.BarBarEqualsToken
  );
}

/**
 * Does a condition on the variable itself decide whether it is written: `if (!client) client = …`, `if (client) return client`,
 * or one on what was taken out of it: `const known = cache.get(key); if (known) return known`?
 */
export function isGuarded(node: TypeScript.Node, name: string): boolean {
  const api = ts();
  const names = [name, ...takenFrom(node, name)];
  const decides = (condition: TypeScript.Node): boolean =>
    names.some((each) => mentionsName(condition, each));
  for (
    let at: TypeScript.Node = node;
    (at.parent as TypeScript.Node | undefined) && !api.isFunctionLike(at);
    at = at.parent
  ) {
    const { parent } = at;
    if (api.isIfStatement(parent) && at !== parent.expression && decides(parent.expression))
      return true;
    if (api.isConditionalExpression(parent) && at !== parent.condition && decides(parent.condition))
      return true;
    if (api.isBinaryExpression(parent) && at === parent.right && decides(parent.left)) return true;
    if (!api.isBlock(parent)) continue;
    for (const statement of parent.statements) {
      if (statement === at) break;
      if (
        api.isIfStatement(statement) &&
        decides(statement.expression) &&
        leaves(statement.thenStatement)
      )
        return true;
    }
  }
  return false;
}

/** The variables of the function around a node that are initialised with something of another. */
function takenFrom(node: TypeScript.Node, variable: string): readonly string[] {
  const api = ts();
  let owner = node.parent as TypeScript.Node | undefined;
  while (owner && !api.isFunctionLike(owner)) owner = owner.parent;
  const names: string[] = [];
  const visit = (at: TypeScript.Node): void => {
    if (
      api.isVariableDeclaration(at) &&
      api.isIdentifier(at.name) &&
      at.initializer &&
      mentionsName(at.initializer, variable)
    )
      names.push(at.name.text);
    if (!api.isFunctionLike(at)) api.forEachChild(at, visit);
  };
  if (owner) api.forEachChild(owner, visit);
  return names;
}

function leaves(statement: TypeScript.Statement): boolean {
  const api = ts();
  const last = api.isBlock(statement)
    ? statement.statements[statement.statements.length - 1]
    : statement;
  return last !== undefined && (api.isReturnStatement(last) || api.isThrowStatement(last));
}

/** Does an expression mention a name, outside the functions in it? */
export function mentionsName(node: TypeScript.Node, name: string): boolean {
  const api = ts();
  if ((api.isIdentifier(node) || api.isPrivateIdentifier(node)) && node.text === name) return true;
  if (api.isFunctionLike(node)) return false;
  return api.forEachChild(node, (child) => mentionsName(child, name) || undefined) ?? false;
}
