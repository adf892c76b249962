import type * as TypeScript from 'typescript';
import type { Value } from '../../base/value';
import { heldBy } from '../../base/value-visitor';
import type { BoundSource, FunctionNode, NodesByKind } from '../../languages/source/bind';
import type { Evaluator } from '../../languages/source/evaluate';
import { givenParameters } from '../../languages/source/evaluate/parameters';
import { importedBy } from '../../languages/source/imports';
import { ts } from '../../languages/source/ts';
import { collectDecorators } from './collect-decorators';
import type { FunctionFact } from './facts';
import { runsOnce } from './lazy';

/**
 * Every function of the file, with what it calls and returns; the first stands for the module itself.
 * @param among the nodes that are looked at, beside the calls that the module itself makes
 * @param known what is known of a function already
 */
export function collectFunctions(
  bound: BoundSource,
  evaluator: Evaluator,
  among: NodesByKind,
  known: (id: number) => FunctionFact | undefined,
): FunctionFact[] {
  const api = ts();
  const returned = returnedBy(bound, evaluator, among);
  const callees = new Map<number, Value[]>();
  for (const kind of [api.SyntaxKind.CallExpression, api.SyntaxKind.NewExpression]) {
    for (const node of bound.nodes.get(kind) ?? []) {
      const call = node as TypeScript.CallExpression | TypeScript.NewExpression;
      const fn = bound.enclosingFunction(node);
      if (fn !== 0 && known(fn)) continue;
      if (api.isCallExpression(call) && importedBy(call, bound) !== undefined) continue;
      if (runsOnce(call, bound)) continue;
      const targets = [evaluator.evaluate(call.expression)];
      // Functions handed to other functions run on behalf of the caller (callbacks, promise chains).
      for (const argument of call.arguments ?? []) {
        const value = evaluator.evaluate(
          api.isSpreadElement(argument) ? argument.expression : argument,
        );
        targets.push(...functionsIn(value, 0));
      }
      for (const target of targets) {
        if (!isProjectFunction(target)) continue;
        const list = callees.get(fn);
        if (list) list.push(withoutArguments(target));
        else callees.set(fn, [withoutArguments(target)]);
      }
    }
  }
  return bound.functions.map((node, id): FunctionFact => {
    if (!node) {
      const span = { start: 0, end: bound.syntax.text.length };
      return {
        id,
        name: undefined,
        span,
        parent: -1,
        async: false,
        parameters: [],
        callees: callees.get(0) ?? [],
        decorators: [],
      };
    }
    const before = known(id);
    if (before) return before;
    const owner = node.parent;
    const modifiers = api.canHaveModifiers(node) ? api.getModifiers(node) : undefined;
    return {
      id,
      name: functionName(node),
      span: evaluator.span(node),
      parent: bound.enclosingFunction(node),
      async: modifiers?.some((modifier) => modifier.kind === api.SyntaxKind.AsyncKeyword) ?? false,
      parameters: givenParameters(node).map((parameter) =>
        api.isIdentifier(parameter.name) ? parameter.name.text : '',
      ),
      ...(api.isClassLike(owner) ? { classId: bound.classId(owner) } : {}),
      ...(isOfModel(node) ? { ofModel: true as const } : {}),
      ...(isServerAction(node) ? { serves: true as const } : {}),
      callees: callees.get(id) ?? [],
      decorators: collectDecorators(node, evaluator),
      ...returned(node, id),
    };
  });
}

/** What each function returns, for those whose returns say something. */
function returnedBy(
  bound: BoundSource,
  evaluator: Evaluator,
  among: NodesByKind,
): (node: FunctionNode, id: number) => { returns?: Value } {
  const api = ts();
  const byFunction = new Map<number, Value[]>();
  for (const node of among.get(api.SyntaxKind.ReturnStatement) ?? []) {
    const { expression } = node as TypeScript.ReturnStatement;
    const fn = bound.enclosingFunction(node);
    const list = byFunction.get(fn) ?? [];
    if (expression && list.length < 4)
      byFunction.set(fn, [...list, evaluator.evaluate(expression)]);
  }
  return (node, id) => {
    const values =
      node.body && !api.isBlock(node.body)
        ? [evaluator.evaluate(node.body)]
        : (byFunction.get(id) ?? []);
    const telling = values.filter(
      (value) => (value.kind !== 'unknown' && value.kind !== 'literal') || values.length === 1,
    );
    const [only] = telling;
    if (!only) return {};
    const span = evaluator.span(node);
    return {
      returns:
        telling.length === 1
          ? only
          : { kind: 'either', operator: 'assigned', options: telling, span },
    };
  };
}

/** Could this be a function of the project? Locals, methods of own classes and objects, and anything imported from a file of it. */
function isProjectFunction(value: Value): boolean {
  switch (value.kind) {
    case 'function':
    case 'import':
    case 'typed':
    case 'call':
      return true;
    case 'either':
      return value.options.some(isProjectFunction);
    case 'member': {
      const { object, name } = value;
      // `services[name]()` of a table in the file.
      const isTable = name === undefined && (object.kind === 'object' || object.kind === 'array');
      return isTable || object.kind === 'parameter' || isProjectFunction(object);
    }
    default:
      return false;
  }
}

/** Functions handed over directly, or as members of an options object. */
function functionsIn(value: Value, depth: number): readonly Value[] {
  if (value.kind === 'function') return [value];
  if (value.kind === 'member') return value.object.kind === 'function' ? [value] : [];
  return depth < 2 ? heldBy(value).flatMap((held) => functionsIn(held, depth + 1)) : [];
}

/** Instances are known by their class; what their constructors got only makes facts large. */
function withoutArguments(value: Value): Value {
  if (value.kind === 'member') return { ...value, object: withoutArguments(value.object) };
  return value.kind === 'call' && value.isNew ? { ...value, args: [] } : value;
}

/** `async function save(form) { 'use server'; … }` */
function isServerAction({ body }: FunctionNode): boolean {
  const api = ts();
  const first = body && api.isBlock(body) ? body.statements[0] : undefined;
  return (
    first !== undefined &&
    api.isExpressionStatement(first) &&
    api.isStringLiteral(first.expression) &&
    first.expression.text === 'use server'
  );
}

function functionName(node: FunctionNode): string | undefined {
  const api = ts();
  if (api.isConstructorDeclaration(node)) return 'constructor';
  if (
    node.name &&
    (api.isIdentifier(node.name) ||
      api.isStringLiteral(node.name) ||
      api.isPrivateIdentifier(node.name))
  )
    return node.name.text;
  const { parent } = node;
  if (
    api.isVariableDeclaration(parent) ||
    api.isPropertyAssignment(parent) ||
    api.isPropertyDeclaration(parent)
  )
    return api.isIdentifier(parent.name) ? parent.name.text : undefined;
  if (api.isBinaryExpression(parent) && api.isPropertyAccessExpression(parent.left))
    return parent.left.name.text;
  return undefined;
}

/** `schema.methods.verify = function …`, `schema.statics = { find() {} }`, `User.prototype.verify = …`. */
function isOfModel(node: FunctionNode): boolean {
  const api = ts();
  const isMember = api.isMethodDeclaration(node) && api.isObjectLiteralExpression(node.parent);
  const table = isMember
    ? node.parent
    : api.isPropertyAssignment(node.parent)
      ? node.parent.parent
      : undefined;
  const { parent } = table ?? node;
  if (!api.isBinaryExpression(parent) || parent.right !== (table ?? node)) return false;
  const { left } = parent;
  const holder = table ? left : api.isPropertyAccessExpression(left) ? left.expression : undefined;
  return (
    holder !== undefined &&
    api.isPropertyAccessExpression(holder) &&
    /^(methods|statics|prototype)$/.test(holder.name.text)
  );
}
