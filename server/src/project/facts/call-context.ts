import type * as TypeScript from 'typescript';
import { ofNode } from '../../languages/source/of-node';
import { ts } from '../../languages/source/ts';
import { DEVELOPMENT as DEVELOPMENT_WORDS, SERVED, TESTS } from '../../vocabulary/environments';
import type { CallContext, ImportFact } from './facts';

const ENVIRONMENT_CONDITION =
  /\b(NODE_ENV|APP_ENV|isDev|isDevelopment|__DEV__|DEV|IS_DEV|isProd|isProduction|development)\b/;
const PRODUCTION = new RegExp(`['"](?:${SERVED.pattern})['"]|\\bis_?(?:${SERVED.pattern})\\b`, 'i');
const OWN = `${DEVELOPMENT_WORDS.pattern}|${TESTS.pattern}`;
/** `localhost` is a host. */
const DEVELOPMENT = new RegExp(
  `['"](?:${OWN}|local)['"]|\\bis_?(?:${OWN})\\b|__DEV__|\\bDEV\\b`,
  'i',
);
/** `!==`, `!isTest`, `!config.isDevelopment`, `!['test'].includes(…)`. */
const NEGATED = /!==?|!\s*(?:[\w$]+\??\.)*_*is|!\s*(?:[\w$]+\??\.)*(?:__DEV__|DEV\b|IS_)|!\s*\[/i;
const MAIN_GUARD =
  /require\.main\s*===?\s*module|import\.meta\.(main|url)\b|!module\.parent\b|module\s*===?\s*require\.main/;

/**
 * What stands between a node and its function, outermost first.
 * @param node any node with parents
 */
// eslint-disable-next-line complexity -- one branch for each kind of node around, and runs for every call
export function callContext(node: TypeScript.Node): CallContext[] {
  const api = ts();
  const context: CallContext[] = [];
  let child: TypeScript.Node = node;
  for (let at = node.parent as TypeScript.Node | undefined; at; child = at, at = at.parent) {
    if (api.isFunctionLike(at) && !api.isDecorator(child)) break;
    if (api.isTryStatement(at)) {
      if (child === at.tryBlock && at.catchClause) context.push('try');
    } else if (api.isCatchClause(at)) context.push('catch');
    else if (api.isIterationStatement(at, false))
      context.push(...(isEndless(at) ? ['endless' as const] : []), 'loop');
    else if (api.isIfStatement(at) && child !== at.expression)
      context.push(branchesOf(at.expression)[child === at.thenStatement ? 'then' : 'else']);
    else if (api.isConditionalExpression(at) && child !== at.condition)
      context.push(branchesOf(at.condition)[child === at.whenTrue ? 'then' : 'else']);
    else if (api.isBinaryExpression(at) && child === at.right) {
      if (at.operatorToken.kind === api.SyntaxKind.AmpersandAmpersandToken)
        context.push(branchesOf(at.left).then);
    } else if (api.isCaseOrDefaultClause(at)) context.push('condition');
    else if ((api.isCallExpression(at) || api.isNewExpression(at)) && child !== at.expression)
      context.push('argument');
    else if (api.isDecorator(at)) context.push('decorator');
  }
  return context.reverse();
}

/** `while (true)`, `for (;;)`, `while (!stopping)`, unless something else ends it: there is no more work, say. */
const isEndless = ofNode((loop: TypeScript.IterationStatement): boolean => {
  const api = ts();
  const isLoop = api.isForStatement(loop)
    ? !loop.condition
    : (api.isWhileStatement(loop) || api.isDoStatement(loop)) &&
      ENDLESS.test(loop.expression.getText());
  return isLoop && !mayEnd(loop.statement);
});

/** Does code leave the loop that it is in for another reason than that the process stops? */
function mayEnd(node: TypeScript.Node): boolean {
  const api = ts();
  if (api.isFunctionLike(node) || api.isIterationStatement(node, false)) return false;
  if (api.isBreakStatement(node) || api.isReturnStatement(node)) return true;
  if (api.isIfStatement(node) && STOPPING.test(node.expression.getText())) return false;
  // What leaves a `switch` stays in the loop.
  if (api.isCaseOrDefaultClause(node)) return false;
  return api.forEachChild(node, (child) => mayEnd(child) || undefined) ?? false;
}

const STOPPING = /run|stop|shut|clos|activ|alive|abort|cancel|signal/i;
const ENDLESS = new RegExp(`^\\s*(true|1|!?[\\w.#]*(${STOPPING.source})\\w*)\\s*$`, 'i');

/** How an import is guarded: see {@link ImportFact.guard}. */
export function importGuard(node: TypeScript.Node): ImportFact['guard'] {
  const api = ts();
  // Guards of enclosing functions count too: `if (dev) { app.use(() => require('x')) }`.
  for (let at = node as TypeScript.Node | undefined; at;) {
    const context = callContext(at);
    if (context.includes('development')) return 'development';
    if (context.includes('try')) return 'try';
    if (context.includes('condition')) return 'condition';
    let owner = at.parent as TypeScript.Node | undefined;
    while (owner && !api.isFunctionLike(owner)) owner = owner.parent;
    at = owner;
  }
  return 'none';
}

type Branch = 'then' | 'else';

/** What a condition says of what it lets happen, and of what happens otherwise. */
const branchesOf = ofNode(
  (condition: TypeScript.Expression): Readonly<Record<Branch, CallContext>> => {
    const text = condition.getFullText();
    return { then: conditionContext(text, 'then'), else: conditionContext(text, 'else') };
  },
);

function conditionContext(condition: string, branch: Branch): CallContext {
  if (MAIN_GUARD.test(condition)) return 'main-guard';
  if (!ENVIRONMENT_CONDITION.test(condition) && !DEVELOPMENT.test(condition)) return 'condition';
  const negated = NEGATED.test(condition);
  if (PRODUCTION.test(condition))
    return (branch === 'then') === negated ? 'development' : 'condition';
  if (DEVELOPMENT.test(condition))
    return (branch === 'then') === negated ? 'condition' : 'development';
  return 'condition';
}
