import type * as TypeScript from 'typescript';
import { insertion } from '../../../engine/edits/edits';
import type { TextEdit } from '../../../engine/finding';
import { declaredMajor } from '../../../fixes/files/package-versions';
import { ancestor } from '../../../languages/source/nodes';
import { ts } from '../../../languages/source/ts';
import type { ProjectModel } from '../../../project/model';

/**
 * What makes the function around a call one that can await: nothing where it is async; `async` in front of a handler that is given
 * to a router or is a controller's, which waits for it and hears of its failure.
 * @returns undefined where callers would not wait
 */
export function asyncFunction(
  node: TypeScript.Node,
  model: ProjectModel,
  path: string,
): readonly TextEdit[] | undefined {
  const api = ts();
  const fn = ancestor(node, api.isFunctionLike);
  if (!fn) return undefined;
  const modifiers = api.canHaveModifiers(fn) ? (api.getModifiers(fn) ?? []) : [];
  if (modifiers.some(({ kind }) => kind === api.SyntaxKind.AsyncKeyword)) return [];
  if (api.isArrowFunction(fn) || (api.isFunctionExpression(fn) && !fn.asteriskToken)) {
    const isHandler = api.isCallExpression(fn.parent) && isRoute(fn.parent, fn) && !fn.type;
    return isHandler && isHeard(node, fn, model, path)
      ? [insertion(fn.getStart(), 'async ')]
      : undefined;
  }
  if (!api.isMethodDeclaration(fn) || fn.asteriskToken) return undefined;
  const isRouted = api.getDecorators(fn)?.some((one) => ROUTE_DECORATOR.test(one.getText()));
  const isCalled = new RegExp(`\\bthis\\.${fn.name.getText()}\\(`).test(fn.parent.getText());
  if (isRouted !== true || isCalled) return undefined;
  const promise = fn.type
    ? [insertion(fn.type.getStart(), 'Promise<'), insertion(fn.type.end, '>')]
    : [];
  return [insertion(fn.name.getStart(), 'async '), ...promise];
}

const ROUTE_DECORATOR = /^@(?:Get|Post|Put|Patch|Delete|All|Head|Options|Query|Mutation)\b/;

/** `app.get('/x', (req, res) => …)`, `router.use(…)`. */
function isRoute(call: TypeScript.CallExpression, fn: TypeScript.Expression): boolean {
  const api = ts();
  const { expression: callee } = call;
  return (
    api.isPropertyAccessExpression(callee) &&
    /^(?:get|post|put|patch|delete|all|use|head|options)$/.test(callee.name.text) &&
    call.arguments.includes(fn) &&
    call.arguments[0] !== fn
  );
}

/** Would a failure that is awaited be heard? Express 4 hears of what is thrown only. */
function isHeard(
  node: TypeScript.Node,
  fn: TypeScript.Node,
  model: ProjectModel,
  path: string,
): boolean {
  const owner = model.packageOf(path);
  if (owner?.dependencies.has('express') !== true || (declaredMajor(owner, 'express') ?? 4) >= 5)
    return true;
  const attempt = ancestor(node, ts().isTryStatement);
  return (
    attempt?.catchClause !== undefined &&
    fn.pos <= attempt.pos &&
    node.pos < attempt.tryBlock.end &&
    attempt.tryBlock.pos <= node.pos
  );
}
