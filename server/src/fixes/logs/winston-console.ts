import type * as TypeScript from 'typescript';
import { ancestor, unwrap } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { staticName, visit } from '../code/nodes';

/** Whether and when lines of a winston logger reach the console by another transport of the file. */

/** `new transports.Console(…)`, `new Console(…)` */
export function isConsole(text: string): boolean {
  return /\btransports\.Console\b|\bnew\s+Console(Transport)?\(/.test(text);
}

/** Is there a console, of this logger as far as names tell, wherever the transport is? */
export function hasConsoleBeside(syntax: SourceSyntax, transport: TypeScript.Node): boolean {
  const logger = loggerOf(transport);
  return consolesIn(syntax).some((one) => {
    const other = loggerOf(one);
    const isSame = logger === undefined || other === undefined || logger === other;
    return isSame && covers(one, transport);
  });
}

/** A console that is added to a logger. */
export interface AddedConsole {
  readonly console: TypeScript.NewExpression;
  readonly logger: string;
  /** When; undefined for always: `if (process.env.NODE_ENV !== 'production') logger.add(new transports.Console())`. */
  readonly condition: TypeScript.IfStatement | undefined;
}

/** A console that is added to the logger of a list later on, wherever the list is made or under a condition of its own. */
export function consoleAddedTo(
  syntax: SourceSyntax,
  list: TypeScript.ArrayLiteralExpression,
): AddedConsole | undefined {
  const api = ts();
  const logger = loggerOf(list);
  if (logger === undefined) return undefined;
  const added = consolesIn(syntax).filter(
    (one) => api.isCallExpression(one.parent) && loggerOf(one) === logger,
  );
  const always = added.find((one) => covers(one, list));
  if (always) return { console: always, logger, condition: undefined };
  const [only, ...others] = added;
  const condition = only && ancestor(only, api.isIfStatement);
  return condition &&
    others.length === 0 &&
    !condition.elseStatement &&
    api.isBlock(condition.thenStatement) &&
    covers(condition, list)
    ? { console: only, logger, condition }
    : undefined;
}

function consolesIn(syntax: SourceSyntax): readonly TypeScript.NewExpression[] {
  const found: TypeScript.NewExpression[] = [];
  visit(syntax.sourceFile, (node) => {
    if (ts().isNewExpression(node) && isConsole(`new ${node.expression.getText()}(`))
      found.push(node);
  });
  return found;
}

/** What the logger of a transport, or of a list of them, is called: `logger.add(x)`, `const logger = createLogger({ … })`. */
function loggerOf(node: TypeScript.Node): string | undefined {
  const api = ts();
  const { parent } = node;
  if (api.isCallExpression(parent)) {
    const callee = unwrap(parent.expression);
    if (api.isPropertyAccessExpression(callee) && callee.name.text === 'add')
      return callee.expression.getText();
  }
  const made = ancestor(
    node,
    (one): one is TypeScript.CallExpression | TypeScript.NewExpression =>
      (api.isCallExpression(one) || api.isNewExpression(one)) &&
      /\b(createLogger|Logger)\)?$/.test(one.expression.getText()),
  );
  const holder = made?.parent;
  if (holder && api.isVariableDeclaration(holder)) return staticName(holder.name);
  return holder && api.isBinaryExpression(holder) ? holder.left.getText() : undefined;
}

/** Does all that must hold for one node to run hold for the other, too? */
function covers(one: TypeScript.Node, other: TypeScript.Node): boolean {
  return branchesAround(one).every(({ pos, end }) => pos <= other.pos && other.end <= end);
}

/** The branches and functions that a node stands in. */
function branchesAround(node: TypeScript.Node): readonly TypeScript.Node[] {
  const api = ts();
  const branches: TypeScript.Node[] = [];
  for (
    let at = node, up = at.parent as TypeScript.Node | undefined;
    up;
    at = up, up = up.parent as TypeScript.Node | undefined
  ) {
    const isBranch =
      (api.isIfStatement(up) && at !== up.expression) ||
      (api.isConditionalExpression(up) && at !== up.condition) ||
      (api.isBinaryExpression(up) && at === up.right) ||
      api.isCaseOrDefaultClause(up) ||
      api.isFunctionLike(up);
    if (isBranch) branches.push(at);
  }
  return branches;
}
