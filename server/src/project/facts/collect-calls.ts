import type * as TypeScript from 'typescript';
import type { Value } from '../../base/value';
import type { BoundSource, NodesByKind } from '../../languages/source/bind';
import type { Evaluator } from '../../languages/source/evaluate';
import { importedBy } from '../../languages/source/imports';
import { ts } from '../../languages/source/ts';
import { callContext } from './call-context';
import type { CallContext, CallFact } from './facts';
import { runsOnce } from './lazy';

/** Array and string methods that mean nothing to any rule: their calls are not worth a fact. */
const PLAIN_METHODS = new Set(
  'map filter reduce some every find findIndex includes indexOf join split slice concat trim replace replaceAll startsWith endsWith toString toLowerCase toUpperCase match test flat flatMap sort reverse keys values entries hasOwnProperty charAt substring substr padStart padEnd localeCompare toFixed'.split(
    ' ',
  ),
);

/**
 * Every call or `new` that might mean something to a rule or the library table.
 * @param among the nodes that are looked at
 */
export function collectCalls(
  bound: BoundSource,
  evaluator: Evaluator,
  among: NodesByKind,
): CallFact[] {
  const api = ts();
  const nodes = [
    ...(among.get(api.SyntaxKind.CallExpression) ?? []),
    ...(among.get(api.SyntaxKind.NewExpression) ?? []),
  ] as (TypeScript.CallExpression | TypeScript.NewExpression)[];
  const facts: CallFact[] = [];
  for (const node of nodes) {
    const found = callFact(bound, evaluator, node);
    if (found) facts.push(found);
  }
  for (const node of among.get(api.SyntaxKind.TaggedTemplateExpression) ?? []) {
    const tagged = node as TypeScript.TaggedTemplateExpression;
    const callee = evaluator.evaluate(tagged.tag);
    if (callee.kind === 'import')
      facts.push(
        fact(bound, evaluator, tagged, callee, [evaluator.evaluate(tagged.template)], tagged.tag),
      );
  }
  return facts;
}

/** `list.every(isValid)`, not `scheduler.every(60_000, job)`. */
function isPlain(
  name: string,
  node: TypeScript.CallExpression | TypeScript.NewExpression,
): boolean {
  const isOfTimer = name === 'every' && (node.arguments?.length ?? 0) > 1;
  return PLAIN_METHODS.has(name) && !isOfTimer;
}

function callFact(
  bound: BoundSource,
  evaluator: Evaluator,
  node: TypeScript.CallExpression | TypeScript.NewExpression,
): CallFact | undefined {
  const api = ts();
  const { expression } = node;
  if (api.isCallExpression(node) && importedBy(node, bound) !== undefined) return undefined;
  if (api.isPropertyAccessExpression(expression) && isPlain(expression.name.text, node))
    return undefined;
  const callee: Value =
    expression.kind === api.SyntaxKind.ImportKeyword
      ? { kind: 'global', name: 'import', span: evaluator.span(expression) }
      : expression.kind === api.SyntaxKind.SuperKeyword
        ? baseClass(node, evaluator)
        : evaluator.evaluate(expression);
  if (callee.kind === 'literal') return undefined;
  const args = (node.arguments ?? []).map((argument) =>
    evaluator.evaluate(api.isSpreadElement(argument) ? argument.expression : argument),
  );
  return fact(bound, evaluator, node, callee, args, expression);
}

/** What `super(…)` constructs: the expression behind `extends`. */
function baseClass(node: TypeScript.Node, evaluator: Evaluator): Value {
  const api = ts();
  let at: TypeScript.Node = node;
  while (!api.isClassLike(at) && !api.isSourceFile(at)) at = at.parent;
  const heritage = api.isClassLike(at)
    ? at.heritageClauses?.find((clause) => clause.token === api.SyntaxKind.ExtendsKeyword)?.types[0]
    : undefined;
  return heritage
    ? evaluator.evaluate(heritage.expression)
    : { kind: 'unknown', span: evaluator.span(node) };
}

function fact(
  bound: BoundSource,
  evaluator: Evaluator,
  node: TypeScript.Expression,
  callee: Value,
  args: readonly Value[],
  expression: TypeScript.Expression,
): CallFact {
  const api = ts();
  const name = api.isPropertyAccessExpression(expression) ? expression.name : expression;
  const boundTo = boundName(node);
  return {
    callee,
    args,
    isNew: api.isNewExpression(node) || expression.kind === api.SyntaxKind.SuperKeyword,
    span: evaluator.span(node),
    nameSpan: evaluator.span(name),
    fn: bound.enclosingFunction(node),
    awaited: isAwaited(node),
    ...(boundTo === undefined ? {} : { boundTo }),
    context: contextOf(node, name, bound),
  };
}

function contextOf(
  node: TypeScript.Expression,
  name: TypeScript.Node,
  bound: BoundSource,
): CallContext[] {
  const context = callContext(node);
  if (/sync$/i.test(name.getText()) && runsOnce(node, bound)) context.push('once');
  return context;
}

function isAwaited(node: TypeScript.Expression): boolean {
  const api = ts();
  const { parent } = node;
  return (
    api.isAwaitExpression(parent) ||
    api.isReturnStatement(parent) ||
    (api.isArrowFunction(parent) && parent.body === node)
  );
}

function boundName(node: TypeScript.Expression): string | undefined {
  const api = ts();
  let at: TypeScript.Node = node;
  while (
    api.isAwaitExpression(at.parent) ||
    api.isParenthesizedExpression(at.parent) ||
    api.isAsExpression(at.parent)
  )
    at = at.parent;
  const { parent } = at;
  if (
    api.isVariableDeclaration(parent) ||
    api.isPropertyDeclaration(parent) ||
    api.isPropertyAssignment(parent)
  )
    return api.isIdentifier(parent.name) ? parent.name.text : undefined;
  if (
    api.isBinaryExpression(parent) &&
    parent.right === at &&
    parent.operatorToken.kind === api.SyntaxKind.EqualsToken
  ) {
    if (api.isIdentifier(parent.left)) return parent.left.text;
    if (api.isPropertyAccessExpression(parent.left)) return parent.left.name.text;
  }
  return undefined;
}
