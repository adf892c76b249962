import type * as TypeScript from 'typescript';
import { withLineEnd } from '../../../base/line-ends';
import { insertion, replacement } from '../../../engine/edits/edits';
import type { TextEdit } from '../../../engine/finding';
import { canonicalNames } from '../../../fixes/closers';
import { enclosingStatement, freeName, staticName } from '../../../fixes/code/nodes';
import type { SourceStyle } from '../../../fixes/code/style';
import { indentLines, indentOf, lineEnd } from '../../../fixes/code/text';
import { ancestor } from '../../../languages/source/nodes';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import { chainTop, receiverOf } from './served-call';

/** Where the running thing is kept, and how the handler gets into the text behind it. */
export interface Holder {
  /** Expression that names it inside the handler. */
  readonly name: string;
  /** The handler sees what is visible here. */
  readonly place: TypeScript.Node;
  edits(handler: string): TextEdit[];
}

/** Servers of which the object that the method is called on is closed; the call's result is something else. */
const CLOSED_BY_RECEIVER: ReadonlySet<string> = new Set(['fastify', 'hapi', 'restify', 'grpc']);

/** Servers whose listen call answers what has to be closed. */
const CLOSED_BY_RESULT: ReadonlySet<string> = new Set([
  'express',
  'http',
  'https',
  'http2',
  'spdy',
  'koa',
  'connect',
  'hono',
  'net',
  'ws',
  'socket.io',
  'bun',
  'deno',
]);

/**
 * Where the call's running thing is kept.
 * @param framework as the library table names it
 * @returns undefined where a handler cannot get at it
 */
export function holderOf(
  syntax: SourceSyntax,
  style: SourceStyle,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  framework: string,
): Holder | undefined {
  const api = ts();
  const receiver = api.isCallExpression(call) ? receiverOf(syntax, call) : undefined;
  const isServer = CLOSED_BY_RESULT.has(framework);
  // Of a consumer what it is called on: `consumer.run()`, `channel.consume()`; `new Worker()` is one itself.
  const isClosedItself = !isServer || /^(https?|http2|spdy|net)$/.test(framework);
  if (receiver !== undefined && (isClosedItself || isHttpServer(syntax, call, receiver))) {
    return behind(syntax, style, call, receiver);
  }
  if (CLOSED_BY_RECEIVER.has(framework)) return undefined;
  const name = isServer ? serverName(syntax, framework) : freeName(syntax, 'worker', 'queueWorker');
  return boundResult(syntax, style, call, name);
}

/** The result of the call gets a name, or has one. */
function boundResult(
  syntax: SourceSyntax,
  style: SourceStyle,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  wanted: string,
): Holder | undefined {
  const api = ts();
  const expression = chainTop(call);
  const { parent } = expression;
  const { text } = syntax;
  if (api.isVariableDeclaration(parent) && parent.initializer === expression) {
    const name = staticName(parent.name);
    return name === undefined ? undefined : behind(syntax, style, expression, name);
  }
  if (
    api.isBinaryExpression(parent) &&
    parent.right === expression &&
    parent.operatorToken.kind === api.SyntaxKind.EqualsToken
  ) {
    const isNamed =
      api.isIdentifier(parent.left) ||
      (api.isPropertyAccessExpression(parent.left) &&
        parent.left.expression.kind === api.SyntaxKind.ThisKeyword);
    if (!isNamed || !api.isExpressionStatement(parent.parent)) return undefined;
    const alias = freeName(syntax, wanted);
    const holder = behind(syntax, style, expression, alias);
    // A constant of its own: inside the handler the type of the assigned one may include undefined again.
    return (
      holder && {
        ...holder,
        edits: (handler) =>
          holder.edits(
            `${style.constant} ${alias} = ${parent.left.getText()}${style.semicolon}\n${handler}`,
          ),
      }
    );
  }
  const name = freeName(syntax, wanted, 'httpServer');
  const start = expression.getStart();
  if (api.isExpressionStatement(parent) && enclosingStatement(parent.expression) === parent) {
    const holder = behindStatement(syntax, style, parent, name);
    return (
      holder && {
        ...holder,
        edits: (handler) => [
          insertion(start, `${style.constant} ${name} = `),
          ...holder.edits(handler),
        ],
      }
    );
  }
  if (api.isReturnStatement(parent) && enclosingStatement(expression) === parent) {
    const indent = indentOf(text, parent.getStart());
    return {
      name,
      place: parent,
      edits: (handler) => [
        replacement({ start: parent.getStart(), end: start }, `${style.constant} ${name} = `),
        insertion(
          parent.end,
          laidOut(`\n\n${handler}\n\nreturn ${name}${style.semicolon}`, indent, style),
        ),
      ],
    };
  }
  if (api.isArrowFunction(parent) && parent.body === expression) {
    const outer = indentOf(text, parent.getStart());
    const indent = outer + style.indent;
    const body = (handler: string): string =>
      laidOut(`\n\n${handler}\n\nreturn ${name}${style.semicolon}`, indent, style);
    return {
      name,
      place: parent,
      edits: (handler) => [
        insertion(start, `{${style.lineEnd}${indent}${style.constant} ${name} = `),
        insertion(expression.end, `${style.semicolon}${body(handler)}${style.lineEnd}${outer}}`),
      ],
    };
  }
  return undefined;
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
  return statement && behindStatement(syntax, style, statement, name);
}

/** Right behind a statement, which makes the name or sees it. */
function behindStatement(
  syntax: SourceSyntax,
  style: SourceStyle,
  statement: TypeScript.Statement,
  name: string,
): Holder | undefined {
  const { text } = syntax;
  const at = lineEnd(text, statement.end);
  // `function start() { app.listen(1); }`: behind the line the server is out of sight.
  if (!/^\s*(?:\/\/.*|\/\*.*\*\/\s*)?$/.test(text.slice(statement.end, at))) return undefined;
  const indent = indentOf(text, statement.getStart());
  // What follows at once is set apart; a closing brace is not.
  const gap = /^\r?\n[ \t]*[^\s})\]]/.test(text.slice(at)) ? '\n' : '';
  return {
    name,
    place: statement,
    edits: (handler) => [insertion(at, laidOut(`\n\n${handler}${gap}`, indent, style))],
  };
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

function serverName(syntax: SourceSyntax, framework: string): string {
  if (framework === 'socket.io') return freeName(syntax, 'io', 'socketServer');
  return freeName(syntax, 'server', 'httpServer', 'listeningServer');
}

/** Indents all lines but the first, and gives them the file's line ends. */
function laidOut(text: string, indent: string, style: SourceStyle): string {
  const [first = '', ...rest] = text.split('\n');
  return withLineEnd(
    [first, ...rest.map((line) => indentLines(line, indent))].join('\n'),
    style.lineEnd,
  );
}
