import type * as TypeScript from 'typescript';
import type { BoundSource } from '../../languages/source/bind';
import { ofNode } from '../../languages/source/of-node';
import { ts } from '../../languages/source/ts';

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
  return isBehindLatch(node, bound);
}

/**
 * Does the function around a node run what follows a condition once only, because it sets what the condition asks:
 * `if (this.loaded) return; this.loaded = true; …`, `if (cache.size === 0) for (…) cache.set(…)`?
 */
function isBehindLatch(node: TypeScript.Node, bound: BoundSource): boolean {
  const api = ts();
  const conditions: TypeScript.Expression[] = [];
  let at = node;
  for (; (at.parent as TypeScript.Node | undefined) && !api.isFunctionLike(at); at = at.parent) {
    const { parent } = at;
    if (api.isIfStatement(parent) && at !== parent.expression) conditions.push(parent.expression);
    conditions.push(...leavingBefore(at));
  }
  if (conditions.length === 0 || !api.isFunctionLike(at)) return false;
  const owner = at;
  return conditions
    .flatMap(latchesIn)
    .some((latch) => isSetFor(latch, owner, bound) && keptName(latch, bound) !== undefined);
}

/** What the statements of a block ask, in front of one of them, to leave it: `if (this.loaded) return;`. */
function leavingBefore(statement: TypeScript.Node): readonly TypeScript.Expression[] {
  const api = ts();
  if (!api.isBlock(statement.parent)) return [];
  const conditions: TypeScript.Expression[] = [];
  for (const each of leavingIn(statement.parent)) {
    if (each.pos >= statement.pos) break;
    conditions.push(each.expression);
  }
  return conditions;
}

const leavingIn = ofNode((block: TypeScript.Block): readonly TypeScript.IfStatement[] => {
  const api = ts();
  return block.statements.filter(
    (statement): statement is TypeScript.IfStatement =>
      api.isIfStatement(statement) && leaves(statement.thenStatement),
  );
});

/** What a condition asks as a whole: `x`, `!this.x`, `x.length`, `cache.size === 0`; nothing that is looked up by a key. */
const latchesIn = ofNode((condition: TypeScript.Expression): readonly TypeScript.Expression[] => {
  const api = ts();
  if (api.isParenthesizedExpression(condition)) return latchesIn(condition.expression);
  if (api.isPrefixUnaryExpression(condition)) return latchesIn(condition.operand);
  if (api.isBinaryExpression(condition)) {
    const { kind } = condition.operatorToken;
    if (
      kind === api.SyntaxKind.BarBarToken ||
      kind === api.SyntaxKind.AmpersandAmpersandToken ||
      /^[!=]==?$|^[<>]$/.test(condition.operatorToken.getText())
    )
      return [...latchesIn(condition.left), ...latchesIn(condition.right)];
    return [];
  }
  if (
    api.isPropertyAccessExpression(condition) &&
    (condition.name.text === 'length' || condition.name.text === 'size')
  )
    return latchesIn(condition.expression);
  // `Object.keys(models).length`
  if (api.isCallExpression(condition) && condition.arguments.length === 1)
    return /^Object\.(keys|values|entries)$/.test(condition.expression.getText())
      ? [...condition.arguments].flatMap(latchesIn)
      : [];
  return api.isIdentifier(condition) || api.isPropertyAccessExpression(condition)
    ? [condition]
    : [];
});

/** Does the function set it, or fill it, and nothing of the file set it back? */
function isSetFor(
  latch: TypeScript.Expression,
  owner: TypeScript.Node,
  bound: BoundSource,
): boolean {
  const writes = writesOf(bound).get(latch.getText()) ?? [];
  return (
    writes.some(({ at, does }) => does === 'fills' && at >= owner.pos && at < owner.end) &&
    !writes.some(({ does }) => does === 'resets')
  );
}

interface Write {
  readonly at: number;
  /** `resets`: back to nothing (`false`, `null`, an empty list). */
  readonly does: 'fills' | 'resets';
}

const writesOfFile = new WeakMap<BoundSource, ReadonlyMap<string, readonly Write[]>>();

/** Assignments and calls that fill a collection, by the text of what is written. */
function writesOf(bound: BoundSource): ReadonlyMap<string, readonly Write[]> {
  const known = writesOfFile.get(bound);
  if (known) return known;
  const api = ts();
  const file = bound.syntax.sourceFile;
  const writes = new Map<string, Write[]>();
  const add = (target: TypeScript.Node, does: Write['does']): void => {
    const name = target.getText(file);
    const others = writes.get(name);
    if (others) others.push({ at: target.pos, does });
    else writes.set(name, [{ at: target.pos, does }]);
  };
  for (const node of bound.nodes.get(api.SyntaxKind.BinaryExpression) ?? []) {
    const { left, right, operatorToken } = node as TypeScript.BinaryExpression;
    if (operatorToken.kind === api.SyntaxKind.EqualsToken && !api.isElementAccessExpression(left))
      add(left, NOTHING.test(right.getText(file)) ? 'resets' : 'fills');
  }
  for (const node of bound.nodes.get(api.SyntaxKind.CallExpression) ?? []) {
    const { expression } = node as TypeScript.CallExpression;
    if (
      api.isPropertyAccessExpression(expression) &&
      /^(push|set|add|unshift)$/.test(expression.name.text)
    )
      add(expression.expression, 'fills');
  }
  writesOfFile.set(bound, writes);
  return writes;
}

const NOTHING = /^(false|null|undefined|0|''|""|\[\]|\{\}|new (Map|Set)\(\))$/;

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
    if (leavingBefore(at).some(decides)) return true;
  }
  return false;
}

/** The variables of the function around a node that are initialised with something of another. */
function takenFrom(node: TypeScript.Node, variable: string): readonly string[] {
  return initialised(node, (value) => mentionsName(value, variable));
}

/**
 * Is a value made out of what is already there: `recent` after `const recent = hits.get(ip).filter(…)`, `{ n: seen.n + 1 }` after
 * `const seen = hits.get(ip)`? What only stands in for a missing entry is not, nor an entry that is put back as it is.
 */
export function buildsOn(value: TypeScript.Expression, variable: string): boolean {
  const api = ts();
  if (api.isIdentifier(value)) {
    const changed = initialised(value, (each) => !isEntry(each) && mentionsName(each, variable));
    return changed.includes(value.text);
  }
  if (api.isObjectLiteralExpression(value))
    return value.properties.some(
      (each) => api.isPropertyAssignment(each) && buildsOn(each.initializer, variable),
    );
  if (api.isConditionalExpression(value))
    return buildsOn(value.whenTrue, variable) || buildsOn(value.whenFalse, variable);
  const isAdded =
    api.isBinaryExpression(value) ||
    (api.isArrayLiteralExpression(value) && value.elements.some(api.isSpreadElement));
  return isAdded && takenFrom(value, variable).some((each) => mentionsVariable(value, each));
}

/** `hits.get(ip)`, `users[id]!`, `memo.get(key) ?? make(key)`. */
function isEntry(value: TypeScript.Expression): boolean {
  const api = ts();
  let at = value;
  while (
    api.isAwaitExpression(at) ||
    api.isNonNullExpression(at) ||
    api.isParenthesizedExpression(at) ||
    api.isAsExpression(at)
  )
    at = at.expression;
  if (api.isBinaryExpression(at)) return isEntry(at.left);
  return (
    api.isElementAccessExpression(at) ||
    api.isPropertyAccessExpression(at) ||
    (api.isCallExpression(at) && /\.(get|find|has)$/.test(at.expression.getText()))
  );
}

function initialised(
  node: TypeScript.Node,
  isWanted: (value: TypeScript.Expression) => boolean,
): readonly string[] {
  let owner = node.parent as TypeScript.Node | undefined;
  while (owner && !ts().isFunctionLike(owner)) owner = owner.parent;
  if (!owner) return [];
  return variablesOf(owner).flatMap(({ name, value }) => (isWanted(value) ? name : []));
}

interface Variable {
  readonly name: string;
  readonly value: TypeScript.Expression;
}

/** The variables of a function that are initialised, but for those of functions in it. */
const variablesOf = ofNode((owner: TypeScript.Node): readonly Variable[] => {
  const api = ts();
  const variables: Variable[] = [];
  const visit = (at: TypeScript.Node): void => {
    if (api.isVariableDeclaration(at) && api.isIdentifier(at.name) && at.initializer)
      variables.push({ name: at.name.text, value: at.initializer });
    if (!api.isFunctionLike(at)) api.forEachChild(at, visit);
  };
  api.forEachChild(owner, visit);
  return variables;
});

function leaves(statement: TypeScript.Statement): boolean {
  const api = ts();
  const last = api.isBlock(statement)
    ? statement.statements[statement.statements.length - 1]
    : statement;
  return last !== undefined && (api.isReturnStatement(last) || api.isThrowStatement(last));
}

/** Does an expression mention a name, outside the functions in it? */
export function mentionsName(node: TypeScript.Node, name: string): boolean {
  return namesIn(node).has(name);
}

const namesIn = ofNode((node: TypeScript.Node): ReadonlySet<string> => {
  const api = ts();
  const names = new Set<string>();
  const visit = (at: TypeScript.Node): void => {
    if (api.isIdentifier(at) || api.isPrivateIdentifier(at)) names.add(at.text);
    else if (!api.isFunctionLike(at)) api.forEachChild(at, visit);
  };
  visit(node);
  return names;
});

/** The same for a plain variable: `client.db` and `{ db: 1 }` do not mention `db`. */
export function mentionsVariable(node: TypeScript.Node, name: string): boolean {
  const api = ts();
  if (api.isIdentifier(node) && node.text === name) return !isMemberName(node);
  if (api.isFunctionLike(node)) return false;
  return api.forEachChild(node, (child) => mentionsVariable(child, name) || undefined) ?? false;
}

/** The same for a field: `this.client.producer()` calls something of the client's, which is no mention of `this.producer`. */
export function mentionsField(node: TypeScript.Node, name: string): boolean {
  const api = ts();
  if ((api.isIdentifier(node) || api.isPrivateIdentifier(node)) && node.text === name)
    return !isMethodOfOther(node);
  if (api.isFunctionLike(node)) return false;
  return api.forEachChild(node, (child) => mentionsField(child, name) || undefined) ?? false;
}

function isMethodOfOther(node: TypeScript.Identifier | TypeScript.PrivateIdentifier): boolean {
  const api = ts();
  const { parent } = node;
  return (
    api.isPropertyAccessExpression(parent) &&
    parent.name === node &&
    parent.expression.kind !== api.SyntaxKind.ThisKeyword &&
    api.isCallExpression(parent.parent) &&
    parent.parent.expression === parent
  );
}

function isMemberName(node: TypeScript.Identifier): boolean {
  const api = ts();
  const { parent } = node;
  return (
    (api.isPropertyAccessExpression(parent) || api.isPropertyAssignment(parent)) &&
    parent.name === node
  );
}
