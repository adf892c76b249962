import type * as TypeScript from 'typescript';
import type { Value } from '../../base/value';
import type { BoundSource, Declaration } from '../../languages/source/bind';
import type { Evaluator } from '../../languages/source/evaluate';
import { ts } from '../../languages/source/ts';
import type { WriteFact } from './facts';
import { isGuarded, isLazy, mentionsName, mentionsVariable } from './lazy';

/** Methods that change their array, map, set or cache. */
const MUTATORS = new Set(
  'push pop shift unshift splice set add delete clear sort reverse fill'.split(' '),
);

/**
 * Writes made inside functions to something that outlives the call: a variable of the module or of a function around, a member
 * of it, of an import, of `this`, of a parameter or a global.
 */
export function collectWrites(bound: BoundSource, evaluator: Evaluator): WriteFact[] {
  const api = ts();
  const facts: WriteFact[] = [];
  const add: AddWrite = (target, how, at, extra = {}) => {
    const fact = writeFact(target, how, at, extra, bound, evaluator);
    if (fact) facts.push(fact);
  };
  for (const node of bound.nodes.get(api.SyntaxKind.BinaryExpression) ?? []) {
    const binary = node as TypeScript.BinaryExpression;
    const operator = binary.operatorToken.kind;
    if (operator < api.SyntaxKind.FirstAssignment || operator > api.SyntaxKind.LastAssignment)
      continue;
    const { left } = binary;
    const value = evaluator.evaluate(binary.right);
    const isPlain = replacesWhole(operator);
    if (api.isIdentifier(left)) add(left, isPlain ? 'assign' : 'update', binary, { value });
    else if (api.isPropertyAccessExpression(left) || api.isElementAccessExpression(left))
      add(left, isPlain ? 'member' : 'update', binary, { value });
  }
  for (const kind of [
    api.SyntaxKind.PrefixUnaryExpression,
    api.SyntaxKind.PostfixUnaryExpression,
  ]) {
    for (const node of bound.nodes.get(kind) ?? []) {
      const unary = node as TypeScript.PrefixUnaryExpression | TypeScript.PostfixUnaryExpression;
      if (
        unary.operator !== api.SyntaxKind.PlusPlusToken &&
        unary.operator !== api.SyntaxKind.MinusMinusToken
      )
        continue;
      add(unary.operand, 'update', unary);
    }
  }
  for (const node of bound.nodes.get(api.SyntaxKind.DeleteExpression) ?? []) {
    const deletion = node as TypeScript.DeleteExpression;
    add(deletion.expression, 'delete', deletion);
  }
  for (const node of bound.nodes.get(api.SyntaxKind.CallExpression) ?? [])
    mutation(node as TypeScript.CallExpression, evaluator, add);
  return facts.sort((a, b) => a.span.start - b.span.start);
}

/** Does an assignment put a new value in the place of the old one, as opposed to `+=`? */
function replacesWhole(operator: TypeScript.SyntaxKind): boolean {
  const { SyntaxKind } = ts();
  return (
    operator === SyntaxKind.EqualsToken ||
    operator === SyntaxKind.QuestionQuestionEqualsToken ||
    operator === SyntaxKind.BarBarEqualsToken
  );
}

type Extra = Pick<WriteFact, 'method' | 'value' | 'key'>;

type AddWrite = (
  target: TypeScript.Expression,
  how: WriteFact['how'],
  at: TypeScript.Expression,
  extra?: Extra,
) => void;

/** `map.set(key, value)`, `list.push(item)`, `Object.assign(target, source)` */
function mutation(call: TypeScript.CallExpression, evaluator: Evaluator, add: AddWrite): void {
  const api = ts();
  const { expression, arguments: args } = call;
  if (!api.isPropertyAccessExpression(expression)) return;
  const method = expression.name.text;
  if (
    method === 'assign' &&
    api.isIdentifier(expression.expression) &&
    expression.expression.text === 'Object'
  ) {
    const [into, from] = args;
    if (into && from && (api.isIdentifier(into) || api.isPropertyAccessExpression(into)))
      add(into, 'mutate', call, { method: 'assign', value: evaluator.evaluate(from) });
    return;
  }
  if (!MUTATORS.has(method)) return;
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

// eslint-disable-next-line complexity -- a flat list of what is known of a write
function writeFact(
  target: TypeScript.Expression,
  how: WriteFact['how'],
  at: TypeScript.Expression,
  extra: Extra,
  bound: BoundSource,
  evaluator: Evaluator,
): WriteFact | undefined {
  const fn = bound.enclosingFunction(at);
  if (fn === 0) return undefined;
  const root = writeRoot(target, bound);
  if (!root) return undefined;
  const { declaration, classId, field } = root;
  if (declaration && !outlives(declaration, fn, bound)) return undefined;
  const key = extra.key ?? computedKey(target, evaluator);
  const name = classId === undefined ? declaration?.name : field;
  return {
    target: targetValue(target, declaration, evaluator),
    ...(name !== undefined && (classId !== undefined || declaration?.kind !== 'parameter')
      ? { variable: name }
      : {}),
    ...(classId === undefined ? {} : { classId }),
    ...(declaration && declaration.kind !== 'parameter' && classId === undefined
      ? { declaration: evaluator.span(nameNode(declaration)) }
      : {}),
    how,
    depth: depthOf(target) - (classId === undefined ? 0 : 1),
    span: evaluator.span(at),
    fn,
    ...extra,
    ...(key ? { key } : {}),
    ...(mentionsItself(
      at,
      name ?? (ts().isPropertyAccessExpression(target) ? target.name.text : undefined),
    )
      ? { self: true }
      : {}),
    ...(isInConstructor(at) ? { inConstructor: true } : {}),
    ...(isUsed(at) ? { used: true } : {}),
    ...(isLazy(at) || guardNames(target, name).some((each) => isGuarded(at, each))
      ? { guarded: true }
      : {}),
  };
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

/** The key of the outermost computed access in `users[id].name`. */
function computedKey(target: TypeScript.Expression, evaluator: Evaluator): Value | undefined {
  const api = ts();
  const computed = accessChain(target).filter((node) => api.isElementAccessExpression(node));
  const last = computed[computed.length - 1];
  return last && api.isElementAccessExpression(last)
    ? evaluator.evaluate(last.argumentExpression)
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
      : mentionsName(node.right, name);
  return (
    api.isCallExpression(node) && node.arguments.some((argument) => mentionsName(argument, name))
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

function isInConstructor(node: TypeScript.Node): boolean {
  const api = ts();
  let owner = node.parent;
  while (!api.isFunctionLike(owner) && !api.isSourceFile(owner)) owner = owner.parent;
  return api.isConstructorDeclaration(owner);
}
