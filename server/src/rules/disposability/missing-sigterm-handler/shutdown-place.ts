import type * as TypeScript from 'typescript';
import type { TextEdit } from '../../../engine/finding';
import { enclosingStatement, freeName, staticName } from '../../../fixes/code/nodes';
import type { SourceStyle } from '../../../fixes/code/style';
import { canonicalNames } from '../../../fixes/visible-names';
import { ancestor } from '../../../languages/source/nodes';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import { STOPPINGS } from '../../../project/libraries/servers/stopping';
import { chainTop, receiverOf } from './served-call';
import { slotBehind, slotOf, type Slot } from './spellings';

/** Where the running thing is kept, and how the handler gets into the text behind it. */
export interface Holder {
  /** Expression that names it inside the handler. */
  readonly name: string;
  /** The handler sees what is visible here. */
  readonly place: TypeScript.Node;
  /** Where its name can be seen. */
  readonly scope: TypeScript.Node;
  /** Gives it its name. */
  readonly bind: readonly TextEdit[];
  /** Lines that the handler needs before it, with `\n` at their end. */
  readonly prelude: string;
  /**
   * Puts the handler behind it, or other lines.
   * @param gap what comes before them, an empty line by default
   */
  put(handler: string, gap?: string): TextEdit[];
}

/**
 * Where the call's running thing is kept.
 * @param framework as the library table names it
 * @param taken names that others get in the same edit
 * @returns undefined where a handler cannot get at it
 */
export function holderOf(
  syntax: SourceSyntax,
  style: SourceStyle,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  framework: string,
  taken: readonly string[] = [],
): Holder | undefined {
  const api = ts();
  const receiver = api.isCallExpression(call) ? receiverOf(syntax, call) : undefined;
  const closed = STOPPINGS.get(framework)?.closed;
  // Of a consumer what it is called on: `consumer.run()`, `channel.consume()`; `new Worker()` is one itself.
  const isClosedItself = closed !== 'result';
  if (receiver !== undefined && (isClosedItself || isHttpServer(syntax, call, receiver))) {
    const holder = behind(syntax, style, call, receiver);
    return holder && style.language === 'ts' ? surelySet(syntax, style, holder, call) : holder;
  }
  if (closed === 'receiver') return undefined;
  const wanted =
    NAMES[framework] ?? (closed === undefined ? ['worker', 'queueWorker'] : SERVER_NAMES);
  return boundResult(syntax, style, call, wanted, taken);
}

/** Of a member that may be unset for TypeScript the handler takes a constant: `private channel?: Channel`. */
function surelySet(
  syntax: SourceSyntax,
  style: SourceStyle,
  holder: Holder,
  call: TypeScript.Node,
): Holder {
  const api = ts();
  const member = /^this\.([\w$]+)$/.exec(holder.name)?.[1];
  const owner = member === undefined ? undefined : ancestor(call, api.isClassLike);
  const declared = owner?.members.find(
    (one): one is TypeScript.PropertyDeclaration =>
      api.isPropertyDeclaration(one) && one.name.getText() === member,
  );
  const mayBeUnset =
    declared?.questionToken !== undefined ||
    /\b(undefined|null)\b/.test(declared?.type?.getText() ?? '');
  if (member === undefined || !mayBeUnset) return holder;
  const name = freeName(syntax, member, `own${member[0]?.toUpperCase() ?? ''}${member.slice(1)}`);
  const prelude = `${style.constant} ${name} = ${holder.name}${style.semicolon}\n`;
  return { ...holder, name, prelude };
}

const SERVER_NAMES = ['server', 'httpServer', 'listeningServer'];

/** What else a server is called, by its framework. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'socket.io': ['io', 'socketServer'],
  ws: ['socketServer', 'webSockets'],
  'express-ws': ['webSockets', 'socketServer'],
  polka: ['app', 'polkaApp'],
};

/** The result of the call gets a name, or has one. */
function boundResult(
  syntax: SourceSyntax,
  style: SourceStyle,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  wanted: readonly string[],
  taken: readonly string[],
): Holder | undefined {
  const api = ts();
  const expression = chainTop(call);
  const { parent } = expression;
  if (api.isVariableDeclaration(parent) && parent.initializer === expression) {
    const name = staticName(parent.name);
    if (name !== undefined) return behind(syntax, style, expression, name);
  }
  const name = ownName(syntax, call, wanted, taken);
  if (
    api.isBinaryExpression(parent) &&
    parent.right === expression &&
    parent.operatorToken.kind === api.SyntaxKind.EqualsToken &&
    api.isExpressionStatement(parent.parent) &&
    isName(parent.left)
  ) {
    const assigned = parent.left.getText();
    const known = canonicalNames(syntax, expression).get(assigned);
    if (known?.isAlwaysSet === true || (style.language === 'js' && api.isIdentifier(parent.left)))
      return behind(syntax, style, expression, assigned);
    // A constant of its own, right behind: anywhere else the type of the assigned one may include undefined again.
    const slot = slotBehind(syntax, style, lastAbout(parent.parent, assigned));
    const prelude = `${style.constant} ${name} = ${assigned}${style.semicolon}\n`;
    return slot && { ...held(slot, name), prelude };
  }
  const slot = slotOf(syntax, style, expression);
  return slot && held(slot, name);
}

function held(slot: Slot, name: string): Holder {
  return {
    name,
    place: slot.place,
    scope: slot.scope,
    bind: slot.bind(name),
    prelude: '',
    put: (handler, gap) => slot.put(handler, name, gap),
  };
}

function isName(left: TypeScript.Expression): boolean {
  const api = ts();
  return (
    api.isIdentifier(left) ||
    (api.isPropertyAccessExpression(left) && left.expression.kind === api.SyntaxKind.ThisKeyword)
  );
}

/** `server`, or `adminServer` where `admin.listen()` is the second. */
function ownName(
  syntax: SourceSyntax,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  wanted: readonly string[],
  taken: readonly string[],
): string {
  const receiver = ts().isCallExpression(call) ? receiverOf(syntax, call) : undefined;
  const base = (receiver ?? '').replace(/(?<=.)Server$/, 'Http');
  const own = /^[A-Za-z]\w*$/.test(base) ? [`${base}Server`] : [];
  const names = taken.length === 0 ? wanted : [...own, ...wanted];
  const free = names.find((name) => !taken.includes(name) && freeName(syntax, name) === name);
  if (free !== undefined) return free;
  const last = names[names.length - 1] ?? 'server';
  const numbered = freeName(syntax, last);
  return taken.includes(numbered) ? freeName(syntax, `${last}${taken.length + 1}`) : numbered;
}

/** Behind the statement of an expression; behind the whole `try` where the statement is its last and the name is from outside. */
function behind(
  syntax: SourceSyntax,
  style: SourceStyle,
  expression: TypeScript.Expression,
  name: string,
): Holder | undefined {
  const api = ts();
  const root = /^[A-Za-z_$][\w$]*/.exec(name)?.[0] ?? '';
  const arrow = arrowOf(expression, root);
  if (arrow) {
    const slot = slotOf(syntax, style, arrow);
    return slot && { ...held(slot, freeName(syntax, 'listening', 'started')), name };
  }
  let statement: TypeScript.Statement | undefined = enclosingStatement(expression);
  // Inside a nested function the call is only reached by what the function is given to: go out to where the name is declared.
  while (
    statement &&
    !api.isVariableStatement(statement) &&
    root !== 'this' &&
    !isDeclaredIn(statement.parent, root)
  ) {
    const outer: TypeScript.Statement | undefined = enclosingStatement(statement.parent);
    const isReached = ancestor(statement, (node): node is TypeScript.Node =>
      api.isFunctionLike(node),
    );
    const isTry =
      api.isBlock(statement.parent) &&
      api.isTryStatement(statement.parent.parent) &&
      statement.parent.parent.tryBlock === statement.parent;
    const isPromise =
      isReached &&
      api.isNewExpression(isReached.parent) &&
      isReached.parent.expression.getText() === 'Promise';
    if (!outer || (!isTry && !isPromise)) break;
    statement = outer;
  }
  const slot = statement && slotBehind(syntax, style, lastAbout(statement, name));
  const scope = canonicalNames(syntax, expression).get(name)?.scope;
  return slot && held(scope ? { ...slot, scope } : slot, name);
}

/** `.then((app) => app.listen(1))`: the body of the arrow function that alone knows the name. */
function arrowOf(
  expression: TypeScript.Expression,
  root: string,
): TypeScript.Expression | undefined {
  const api = ts();
  const arrow = ancestor(expression, api.isFunctionLike);
  if (!arrow || !api.isArrowFunction(arrow) || api.isBlock(arrow.body)) return undefined;
  return arrow.parameters.some((one) => staticName(one.name) === root) ? arrow.body : undefined;
}

/** The last of the statements right behind one that go on about a thing: `server.on('error', onError)`. */
function lastAbout(statement: TypeScript.Statement, name: string): TypeScript.Statement {
  const api = ts();
  const { parent } = statement;
  if (!api.isBlock(parent) && !api.isSourceFile(parent)) return statement;
  const { statements } = parent;
  let index = statements.indexOf(statement);
  for (;;) {
    const next = statements[index + 1];
    if (!next || !api.isExpressionStatement(next) || !next.getText().startsWith(`${name}.`)) break;
    index += 1;
  }
  return statements[index] ?? statement;
}

function isDeclaredIn(scope: TypeScript.Node, name: string): boolean {
  const api = ts();
  if (!api.isBlock(scope) && !api.isSourceFile(scope) && !api.isModuleBlock(scope)) return true;
  return scope.statements.some(
    (statement) =>
      api.isVariableStatement(statement) &&
      statement.declarationList.declarations.some((one) => staticName(one.name) === name),
  );
}

/** Is the receiver of `listen` an HTTP server itself, whose `close` is the one to call? */
function isHttpServer(syntax: SourceSyntax, call: TypeScript.Node, receiver: string): boolean {
  const canonical = canonicalNames(syntax, call).get(receiver)?.canonical;
  return (
    canonical !== undefined &&
    /^(https?\.(createServer|Server)|http2\.create\w+|spdy\.createServer|net\.createServer)$/.test(
      canonical,
    )
  );
}
