import type * as TypeScript from 'typescript';
import type { Value } from '../../base/value';
import type { BoundSource, Declaration, NodesByKind } from '../../languages/source/bind';
import type { Evaluator } from '../../languages/source/evaluate';
import { ts } from '../../languages/source/ts';
import type { WriteFact } from './facts';
import { buildsOn, isGuarded, isLazy, mentionsField, mentionsVariable } from './lazy';

/** Methods that change their array, map, set or cache. */
const MUTATORS = new Set(
  'push pop shift unshift splice set add delete clear sort reverse fill'.split(' '),
);

/**
 * Writes made inside functions to something that outlives the call: a variable of the module or of a function around, a member
 * of it, of an import, of `this`, of a parameter or a global.
 * @param among the nodes that are looked at
 */
export function collectWrites(
  bound: BoundSource,
  evaluator: Evaluator,
  among: NodesByKind,
): WriteFact[] {
  const api = ts();
  const facts: WriteFact[] = [];
  const add = (
    target: TypeScript.Expression,
    how: WriteFact['how'],
    at: TypeScript.Expression,
    extra: Pick<WriteFact, 'method' | 'value' | 'key'> = {},
  ): void => {
    const fn = bound.enclosingFunction(at);
    if (fn === 0) return;
    const isReplaced = how !== 'mutate' && api.isIdentifier(target);
    const entry = isReplaced || how === 'delete' ? undefined : entryOf(target, bound);
    const root = writeRoot(entry?.container ?? target, bound);
    if (!root) return;
    const { declaration, classId, field } = root;
    if (declaration && !outlives(declaration, fn, bound)) return;
    const key = extra.key ?? computedKey(entry?.taken ?? target, evaluator);
    const name = classId === undefined ? declaration?.name : field;
    facts.push({
      target: targetValue(target, entry ? undefined : declaration, evaluator),
      ...(name !== undefined && (classId !== undefined || declaration?.kind !== 'parameter')
        ? { variable: name }
        : {}),
      ...(classId === undefined ? {} : { classId }),
      ...(declaration && declaration.kind !== 'parameter' && classId === undefined
        ? { declaration: evaluator.span(nameNode(declaration)) }
        : {}),
      how,
      depth:
        depthOf(target) +
        (entry ? depthOf(entry.container) + 1 : 0) -
        (classId === undefined ? 0 : 1),
      span: evaluator.span(at),
      fn,
      ...extra,
      ...(key ? { key } : {}),
      ...(mentionsItself(
        at,
        name ?? (api.isPropertyAccessExpression(target) ? target.name.text : undefined),
      )
        ? { self: true }
        : {}),
      ...(entry ? { ofEntry: true } : {}),
      ...(isInConstructor(at) ? { inConstructor: true } : {}),
      ...(isInFinally(at) ? { inFinally: true } : {}),
      ...(isUsed(at) ? { used: true } : {}),
      ...(isLazy(at) || guardNames(target, name).some((each) => isGuarded(at, each))
        ? { guarded: true }
        : {}),
    });
  };
  for (const node of among.get(api.SyntaxKind.BinaryExpression) ?? []) {
    const binary = node as TypeScript.BinaryExpression;
    const operator = binary.operatorToken.kind;
    if (operator < api.SyntaxKind.FirstAssignment || operator > api.SyntaxKind.LastAssignment)
      continue;
    const { left } = binary;
    const value = evaluator.evaluate(binary.right);
    const isPlain =
      operator === api.SyntaxKind.EqualsToken ||
      operator === api.SyntaxKind.QuestionQuestionEqualsToken ||
      operator === api.SyntaxKind.BarBarEqualsToken;
    if (api.isIdentifier(left)) add(left, isPlain ? 'assign' : 'update', binary, { value });
    else if (api.isPropertyAccessExpression(left) || api.isElementAccessExpression(left))
      add(left, isPlain ? 'member' : 'update', binary, { value });
  }
  for (const kind of [
    api.SyntaxKind.PrefixUnaryExpression,
    api.SyntaxKind.PostfixUnaryExpression,
  ]) {
    for (const node of among.get(kind) ?? []) {
      const unary = node as TypeScript.PrefixUnaryExpression | TypeScript.PostfixUnaryExpression;
      if (
        unary.operator !== api.SyntaxKind.PlusPlusToken &&
        unary.operator !== api.SyntaxKind.MinusMinusToken
      )
        continue;
      add(unary.operand, 'update', unary);
    }
  }
  for (const node of among.get(api.SyntaxKind.DeleteExpression) ?? []) {
    const deletion = node as TypeScript.DeleteExpression;
    add(deletion.expression, 'delete', deletion);
  }
  for (const node of among.get(api.SyntaxKind.CallExpression) ?? []) {
    const call = node as TypeScript.CallExpression;
    const { expression, arguments: args } = call;
    if (!api.isPropertyAccessExpression(expression)) continue;
    if (
      expression.name.text === 'assign' &&
      api.isIdentifier(expression.expression) &&
      expression.expression.text === 'Object'
    ) {
      const [into, from] = args;
      if (into && from && (api.isIdentifier(into) || api.isPropertyAccessExpression(into)))
        add(into, 'mutate', call, { method: 'assign', value: evaluator.evaluate(from) });
      continue;
    }
    if (!MUTATORS.has(expression.name.text)) continue;
    const method = expression.name.text;
    const stored = args[args.length - 1];
    const [first] = args;
    add(expression.expression, 'mutate', call, {
      method,
      ...(first && (method === 'set' || method === 'delete')
        ? { key: evaluator.evaluate(first) }
        : {}),
      ...(stored && !api.isSpreadElement(stored) ? { value: evaluator.evaluate(stored) } : {}),
    });
  }
  return facts;
}

interface Entry {
  /** `hits` of `hits.get(ip)`. */
  readonly container: TypeScript.Expression;
  /** What the variable was given: `hits.get(ip)`. */
  readonly taken: TypeScript.Expression;
}

/** What a target is rooted in where that is a variable of the function which was given an entry of something that may outlive it. */
function entryOf(target: TypeScript.Expression, bound: BoundSource): Entry | undefined {
  const api = ts();
  const root = accessChain(target).at(-1);
  const declaration = root && api.isIdentifier(root) ? bound.lookup(root.text, root) : undefined;
  if (!declaration || declaration.scope.kind === 'module') return undefined;
  const { node } = declaration;
  return api.isVariableDeclaration(node) && node.initializer
    ? entryIn(node.initializer)
    : undefined;
}

/** `hits.get(ip)`, `hits[ip] ?? { count: 0 }`, `users.find(…)!`. */
function entryIn(value: TypeScript.Expression): Entry | undefined {
  const api = ts();
  const [taken] = accessChain(value);
  if (!taken) return undefined;
  if (api.isBinaryExpression(taken)) {
    const { kind } = taken.operatorToken;
    const isDefault =
      kind === api.SyntaxKind.QuestionQuestionToken || kind === api.SyntaxKind.BarBarToken;
    return isDefault ? entryIn(taken.left) : undefined;
  }
  if (api.isElementAccessExpression(taken)) return { container: taken.expression, taken };
  if (!api.isCallExpression(taken) || !api.isPropertyAccessExpression(taken.expression))
    return undefined;
  const { name, expression } = taken.expression;
  return /^(get|find|at)$/.test(name.text) ? { container: expression, taken } : undefined;
}

/** Names by which a condition may ask for what is written: `if (!global.client) global.client = …`. */
function guardNames(target: TypeScript.Expression, name: string | undefined): readonly string[] {
  const member = ts().isPropertyAccessExpression(target) ? target.name.text : undefined;
  return [name, member].filter((each) => each !== undefined);
}

interface WriteRoot {
  /** The variable or parameter at the root; undefined for globals and `this`. */
  readonly declaration?: Declaration;
  /** `this.field`, `Class.field`. */
  readonly classId?: number;
  readonly field?: string;
}

/** What a written expression is rooted in; undefined for results of calls and other temporaries. */
export function writeRoot(
  target: TypeScript.Expression,
  bound: BoundSource,
): WriteRoot | undefined {
  const api = ts();
  const chain = accessChain(target);
  const root = chain[chain.length - 1] ?? target;
  const outermost = chain.length > 1 ? chain[chain.length - 2] : undefined;
  const field =
    outermost && api.isPropertyAccessExpression(outermost) ? outermost.name.text : undefined;
  if (root.kind === api.SyntaxKind.ThisKeyword) {
    const owner = thisOwner(root);
    if (!owner || field === undefined) return undefined;
    if (api.isClassLike(owner)) return { classId: bound.classId(owner), field };
    // `this` in a method of a module's own object literal is that object.
    const { parent } = owner;
    const declaration =
      api.isVariableDeclaration(parent) && api.isIdentifier(parent.name)
        ? bound.lookup(parent.name.text, parent)
        : undefined;
    return declaration && { declaration };
  }
  if (!api.isIdentifier(root)) return undefined;
  const declaration = bound.lookup(root.text, root);
  if (declaration?.kind === 'class' && field !== undefined)
    return { classId: bound.classId(declaration.node as TypeScript.ClassDeclaration), field };
  return declaration ? { declaration } : {};
}

/** The class or object literal whose method `this` stands in. */
function thisOwner(
  node: TypeScript.Node,
): TypeScript.ClassLikeDeclaration | TypeScript.ObjectLiteralExpression | undefined {
  const api = ts();
  for (let at = node.parent as TypeScript.Node | undefined; at; at = at.parent) {
    if (api.isClassLike(at) || api.isObjectLiteralExpression(at)) return at;
    if (api.isFunctionDeclaration(at)) return undefined;
    if (api.isFunctionExpression(at) && !api.isPropertyAssignment(at.parent)) return undefined;
  }
  return undefined;
}

/** Module-level names, names of functions around, imports and parameters (an `app` handed in); own locals die with the call. */
function outlives(declaration: Declaration, fn: number, bound: BoundSource): boolean {
  if (declaration.scope.kind === 'module' || declaration.kind === 'parameter') return true;
  return bound.enclosingFunction(declaration.node) !== fn;
}

/** `a.b[c]` → `[a.b[c], a.b, a]`, casts and parentheses left out. */
function accessChain(node: TypeScript.Expression): TypeScript.Expression[] {
  const api = ts();
  const chain: TypeScript.Expression[] = [];
  let at = node;
  for (;;) {
    if (
      api.isNonNullExpression(at) ||
      api.isParenthesizedExpression(at) ||
      api.isAsExpression(at)
    ) {
      at = at.expression;
      continue;
    }
    chain.push(at);
    if (!api.isPropertyAccessExpression(at) && !api.isElementAccessExpression(at)) return chain;
    at = at.expression;
  }
}

function depthOf(node: TypeScript.Expression): number {
  return accessChain(node).length - 1;
}

/** The key of the outermost computed access in `users[id].name`, or of `users.get(id)`. */
function computedKey(target: TypeScript.Expression, evaluator: Evaluator): Value | undefined {
  const api = ts();
  const computed = accessChain(target).filter((node) => api.isElementAccessExpression(node));
  const last = computed[computed.length - 1];
  if (last && api.isElementAccessExpression(last))
    return evaluator.evaluate(last.argumentExpression);
  const [argument] = api.isCallExpression(target) ? target.arguments : [];
  return argument && !api.isSpreadElement(argument) && !api.isFunctionLike(argument)
    ? evaluator.evaluate(argument)
    : undefined;
}

/** For a variable itself its declaration says more than its value; members are evaluated. */
function targetValue(
  target: TypeScript.Expression,
  declaration: Declaration | undefined,
  evaluator: Evaluator,
): Value {
  const api = ts();
  if (api.isIdentifier(target) && declaration) {
    // An import stays what it is, by `import` or `require`: the module it names has the variable.
    const value = evaluator.evaluate(target);
    return value.kind === 'import'
      ? value
      : { kind: 'unknown', name: declaration.name, span: evaluator.span(target) };
  }
  if (api.isPropertyAccessExpression(target)) {
    const object = evaluator.evaluate(target.expression);
    return { kind: 'member', object, name: target.name.text, span: evaluator.span(target) };
  }
  if (api.isElementAccessExpression(target)) {
    const object = evaluator.evaluate(target.expression);
    return { kind: 'member', object, name: undefined, span: evaluator.span(target) };
  }
  return evaluator.evaluate(target);
}

/** The name in a declaration. */
export function nameNode(declaration: Declaration): TypeScript.Node {
  const api = ts();
  const { node } = declaration;
  if (api.isVariableDeclaration(node) || api.isBindingElement(node) || api.isParameter(node))
    return node.name;
  if (api.isFunctionDeclaration(node) || api.isClassDeclaration(node) || api.isImportClause(node))
    return node.name ?? node;
  return node;
}

/** Does what is written mention what it is written to: `total = total + 1`, `hits.set(ip, hits.get(ip) + 1)`? */
function mentionsItself(node: TypeScript.Expression, name: string | undefined): boolean {
  const api = ts();
  if (name === undefined) return false;
  if (api.isBinaryExpression(node))
    return api.isIdentifier(node.left)
      ? mentionsVariable(node.right, name)
      : mentionsField(node.right, name) || buildsOn(node.right, name);
  return (
    api.isCallExpression(node) &&
    node.arguments.some((each) => mentionsField(each, name) || buildsOn(each, name))
  );
}

/** Is the value of an expression made use of? */
function isUsed(node: TypeScript.Node): boolean {
  const api = ts();
  const { parent } = node;
  if (api.isExpressionStatement(parent)) return false;
  if (api.isForStatement(parent)) return parent.incrementor !== node && parent.initializer !== node;
  // `users.set(…), next()` and `() => count++` in a callback that nobody asks for a value.
  return !api.isVoidExpression(parent);
}

function isInFinally(node: TypeScript.Node): boolean {
  const api = ts();
  for (let at = node; !api.isFunctionLike(at) && !api.isSourceFile(at); at = at.parent)
    if (api.isTryStatement(at.parent) && at.parent.finallyBlock === at) return true;
  return false;
}

function isInConstructor(node: TypeScript.Node): boolean {
  const api = ts();
  let owner = node.parent;
  while (!api.isFunctionLike(owner) && !api.isSourceFile(owner)) owner = owner.parent;
  return api.isConstructorDeclaration(owner);
}
