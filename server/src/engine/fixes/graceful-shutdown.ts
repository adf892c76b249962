import type * as TypeScript from 'typescript';
import { ts } from '../../languages/source/ts';
import type { SourceSyntax } from '../../languages/source/syntax';
import type { PackageInfo, ProjectModel } from '../../project/model';
import { fileEdit, insertion, replacement } from '../edits';
import type { Fix, Span, TextEdit } from '../finding';
import { canonicalNames, canonicalOf, closerFor, openedAround, type Closer } from './closers';
import { importBindings } from './imports';
import { ancestor, enclosingStatement, freeName, nodeAt, staticName, unwrap } from './nodes';
import { sourceStyle, quoted, type SourceStyle } from './style';
import { indentLines, indentOf, lineEnd, lineStart, withLineEnd } from './text';

/** An entry point that serves or consumes and does not handle SIGTERM. */
export interface ShutdownFixRequest {
  readonly model: ProjectModel;
  readonly path: string;
  /** The call that starts serving or consuming: `app.listen(3000)`, `new Worker('mail', send)`, `consumer.run(…)`. */
  readonly call: Span;
  /** The framework or library, as the library table names it: `express`, `fastify`, `bullmq` … */
  readonly framework: string;
}

/**
 * The fix `graceful-shutdown`: on SIGTERM and SIGINT stop accepting, let open work finish, close what the module opened, exit;
 * with a deadline that does not keep the process alive.
 */
export function shutdownFix(request: ShutdownFixRequest): Fix {
  return {
    id: 'graceful-shutdown',
    kind: 'suggest',
    title:
      request.framework === 'nest'
        ? "Enable Nest's shutdown hooks"
        : 'Shut down gracefully on SIGTERM',
    build: () => {
      const edits = shutdownEdits(request);
      return edits && [fileEdit(request.path, edits)];
    },
  };
}

/** @returns undefined where the server cannot be reached from a statement of its own */
export function shutdownEdits(request: ShutdownFixRequest): TextEdit[] | undefined {
  const { model, path, framework } = request;
  const syntax = model.files.source(path);
  const call = syntax && nodeAt(syntax, request.call, isCallOrNew);
  if (!syntax || !call || syntax.embedded) return undefined;
  const style = sourceStyle(syntax, model.packageOf(path));
  if (framework === 'nest') return nestEdits(syntax, style, call);
  const target = holderOf(syntax, style, call, framework);
  if (!target) return undefined;
  const own = ownCloser(target.name, framework, syntax, call, model, path);
  if (!own) return undefined;
  const others = openedAround(syntax, target.place, model.packageOf(path)).filter(
    ({ name }) => name !== own.name,
  );
  return target.edits(handlerText(syntax, style, own, others));
}

/** Where the running thing is kept, and how the handler gets into the text behind it. */
interface Holder {
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

function holderOf(
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
          holder.edits(`const ${alias} = ${parent.left.getText()}${style.semicolon}\n${handler}`),
      }
    );
  }
  const name = freeName(syntax, wanted, 'httpServer');
  const start = expression.getStart();
  if (api.isExpressionStatement(parent) && enclosingStatement(parent.expression) === parent) {
    const holder = behind(syntax, style, expression, name);
    return (
      holder && {
        ...holder,
        edits: (handler) => [insertion(start, `const ${name} = `), ...holder.edits(handler)],
      }
    );
  }
  if (api.isReturnStatement(parent) && enclosingStatement(expression) === parent) {
    const indent = indentOf(text, parent.getStart());
    return {
      name,
      place: parent,
      edits: (handler) => [
        replacement({ start: parent.getStart(), end: start }, `const ${name} = `),
        insertion(
          parent.end,
          laidOut(`\n\n${handler}\n\nreturn ${name}${style.semicolon}`, indent, style),
        ),
      ],
    };
  }
  if (api.isArrowFunction(parent) && parent.body === expression) {
    const outer = indentOf(text, lineOfArrow(parent));
    const indent = outer + style.indent;
    const body = (handler: string): string =>
      laidOut(`\n\n${handler}\n\nreturn ${name}${style.semicolon}`, indent, style);
    return {
      name,
      place: parent,
      edits: (handler) => [
        insertion(start, `{${style.lineEnd}${indent}const ${name} = `),
        insertion(expression.end, `${style.semicolon}${body(handler)}${style.lineEnd}${outer}}`),
      ],
    };
  }
  return undefined;
}

function lineOfArrow(arrow: TypeScript.ArrowFunction): number {
  return arrow.getStart();
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
  if (!statement) return undefined;
  const { text } = syntax;
  const at = lineEnd(text, statement.end);
  const indent = indentOf(text, statement.getStart());
  const place = statement;
  return {
    name,
    place,
    edits: (handler) => [insertion(at, laidOut(`\n\n${handler}`, indent, style))],
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

function ownCloser(
  name: string,
  framework: string,
  syntax: SourceSyntax,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  model: ProjectModel,
  path: string,
): Closer | undefined {
  const base = { name, order: 'server', closesServer: false } as const;
  const waiting = (method: string): Closer => ({
    ...base,
    lines: [`await new Promise((resolve) => ${name}.${method}(resolve))`],
  });
  switch (framework) {
    case 'express':
    case 'http':
    case 'https':
    case 'http2':
    case 'spdy':
    case 'koa':
    case 'connect':
    case 'hono':
    case 'restify':
    case 'net':
      return waiting('close');
    case 'grpc':
      return waiting('tryShutdown');
    case 'ws':
      return closerFor(name, 'ws.WebSocketServer', model.packageOf(path));
    case 'socket.io':
      return waiting('close');
    case 'fastify':
      return { ...base, lines: [`await ${name}.close()`] };
    case 'hapi':
      return { ...base, lines: [`await ${name}.stop({ timeout: ${String(DEADLINE - 1000)} })`] };
    case 'bun':
      return { ...base, lines: [`await ${name}.stop()`] };
    case 'deno':
      return { ...base, lines: [`await ${name}.shutdown()`] };
    default:
      return consumerCloser(name, framework, syntax, call, model.packageOf(path));
  }
}

/** How a consumer is closed: by what opened it, else by what its library calls it. */
function consumerCloser(
  name: string,
  library: string,
  syntax: SourceSyntax,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  owner: PackageInfo | undefined,
): Closer | undefined {
  const isNew = ts().isNewExpression(call);
  const opened = canonicalNames(syntax, call).get(name)?.canonical;
  const made = receiverOf(syntax, call) === undefined ? canonicalOf(syntax, call) : undefined;
  for (const canonical of [made, opened, isNew ? undefined : CONSUMERS[library]]) {
    const closer = canonical === undefined ? undefined : closerFor(name, canonical, owner);
    if (closer) return closer;
  }
  return undefined;
}

/** What opens a consumer whose variable is not traced, by the first package of its group in the library table. */
const CONSUMERS: Readonly<Record<string, string>> = {
  bull: 'bull',
  agenda: 'agenda',
  amqplib: 'amqplib.connect.createChannel',
  kafkajs: 'kafkajs.Kafka.consumer',
  'sqs-consumer': 'sqs-consumer.Consumer.create',
};

/** Milliseconds after which the process exits although something is still open. */
const DEADLINE = 10_000;

/** The handler and its registration, with `\n` and no indentation. */
function handlerText(
  syntax: SourceSyntax,
  style: SourceStyle,
  own: Closer,
  others: readonly Closer[],
): string {
  const { indent, semicolon } = style;
  const name = freeName(syntax, 'shutdown', 'shutDownGracefully');
  // WebSockets first: an HTTP server waits for the connections they hold.
  const closers = [...others, own].sort((a, b) => rank(a) - rank(b));
  const isClosedByOther = own.order === 'server' && others.some((one) => one.closesServer);
  const lines = closers
    .filter((one) => one !== own || !isClosedByOther)
    .flatMap((one) => one.lines);
  const body = [
    `// Whatever is still open after ten seconds is given up.`,
    `setTimeout(() => process.exit(1), ${style.language === 'ts' || /\bconst\b/.test(syntax.text) ? '10_000' : String(DEADLINE)}).unref()${semicolon}`,
    ...lines.map((line) => line + semicolon),
    `process.exit(0)${semicolon}`,
  ];
  return [
    `const ${name} = async () => {`,
    ...body.map((line) => indent + line),
    `}${semicolon}`,
    ...['SIGTERM', 'SIGINT'].map(
      (signal) => `process.once(${quoted(signal, style)}, ${name})${semicolon}`,
    ),
  ].join('\n');
}

function rank({ order }: Closer): number {
  return order === 'server' ? 0 : order === 'consumer' ? 1 : 2;
}

/** Nest handles the signals itself once it is told to: before it listens. */
function nestEdits(
  syntax: SourceSyntax,
  style: SourceStyle,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
): TextEdit[] | undefined {
  const receiver = ts().isCallExpression(call) ? receiverOf(syntax, call) : undefined;
  const statement = enclosingStatement(call);
  if (receiver === undefined || !statement) return undefined;
  const indent = indentOf(syntax.text, statement.getStart());
  // `.then((app) => app.listen(3000))`: the app is known inside only.
  const arrow = ancestor(call, ts().isArrowFunction);
  if (arrow && arrow.body === chainTop(call) && !ts().isBlock(arrow.body)) {
    const inner = indentOf(syntax.text, arrow.getStart()) + style.indent;
    const enable = `${receiver}.enableShutdownHooks()${style.semicolon}`;
    const outer = indentOf(syntax.text, arrow.getStart());
    return [
      insertion(
        arrow.body.getStart(),
        `{${style.lineEnd}${inner}${enable}${style.lineEnd}${inner}return `,
      ),
      insertion(arrow.body.end, `${style.semicolon}${style.lineEnd}${outer}}`),
    ];
  }
  const at = lineStart(syntax.text, statement.getStart());
  return [
    insertion(at, `${indent}${receiver}.enableShutdownHooks()${style.semicolon}${style.lineEnd}`),
  ];
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

/** The object a method is called on, when it can be named again: a variable, `this.x`, `a.b`; not a module. */
function receiverOf(
  syntax: SourceSyntax,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
): string | undefined {
  const api = ts();
  const callee = unwrap(call.expression);
  if (!api.isCallExpression(call) || !api.isPropertyAccessExpression(callee)) return undefined;
  const object = unwrap(callee.expression);
  const isName = (node: TypeScript.Expression): boolean =>
    api.isIdentifier(node) ||
    node.kind === api.SyntaxKind.ThisKeyword ||
    (api.isPropertyAccessExpression(node) && isName(node.expression));
  if (!isName(object) || object.kind === api.SyntaxKind.ThisKeyword) return undefined;
  const isModule = importBindings(syntax).some(
    (one) => one.local === object.getText() && /^[^./]/.test(one.specifier),
  );
  return isModule ? undefined : object.getText();
}

/** `await app.listen(1).on('error', f)`: the whole chain, whose `on` answers the server again. */
function chainTop(call: TypeScript.Expression): TypeScript.Expression {
  const api = ts();
  const { parent } = call;
  if (api.isAwaitExpression(parent)) return chainTop(parent);
  if (
    !api.isPropertyAccessExpression(parent) ||
    !/^(on|once|setTimeout|ref|unref)$/.test(parent.name.text)
  )
    return call;
  return api.isCallExpression(parent.parent) && parent.parent.expression === parent
    ? chainTop(parent.parent)
    : call;
}

function serverName(syntax: SourceSyntax, framework: string): string {
  if (framework === 'socket.io') return freeName(syntax, 'io', 'socketServer');
  return freeName(syntax, 'server', 'httpServer', 'listeningServer');
}

function isCallOrNew(
  node: TypeScript.Node,
): node is TypeScript.CallExpression | TypeScript.NewExpression {
  return ts().isCallExpression(node) || ts().isNewExpression(node);
}

/** Indents all lines but the first, and gives them the file's line ends. */
function laidOut(text: string, indent: string, style: SourceStyle): string {
  const [first = '', ...rest] = text.split('\n');
  return withLineEnd(
    [first, ...rest.map((line) => indentLines(line, indent))].join('\n'),
    style.lineEnd,
  );
}
