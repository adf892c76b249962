import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import { fileEdit, insertion, replacement } from '../../../engine/edits/edits';
import type { Fix, TextEdit } from '../../../engine/finding';
import { closerFor, openedAround, type Closer } from '../../../fixes/closers';
import { exitDeadline } from '../../../fixes/code/deadline';
import { enclosingStatement, nodeAt } from '../../../fixes/code/nodes';
import { styleIn } from '../../../fixes/code/package-style';
import { type SourceStyle } from '../../../fixes/code/style';
import { indentOf } from '../../../fixes/code/text';
import { canonicalNames } from '../../../fixes/visible-names';
import { ancestor, spanOf, unwrap } from '../../../languages/source/nodes';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import type { PackageInfo, ProjectModel } from '../../../project/model';

/** An exit of a signal handler that waits for nothing. */
export interface AbruptExitFixRequest {
  readonly model: ProjectModel;
  readonly path: string;
  /** The call that exits. */
  readonly exit: Span;
}

type Handler =
  TypeScript.ArrowFunction | TypeScript.FunctionExpression | TypeScript.FunctionDeclaration;

/**
 * The fix `close-first`: closes what is open around the handler, waits for it, then exits; with a deadline that does not keep the
 * process alive.
 */
export function closeFirstFix({ model, path, exit }: AbruptExitFixRequest): Fix {
  return {
    id: 'close-first',
    kind: 'suggest',
    title: 'Close what is open, then exit',
    build: () => {
      const syntax = model.files.source(path);
      const edits = syntax && !syntax.embedded ? closeFirst(model, syntax, exit) : undefined;
      return edits && [fileEdit(path, edits)];
    },
  };
}

function closeFirst(model: ProjectModel, syntax: SourceSyntax, exit: Span): TextEdit[] | undefined {
  const api = ts();
  const owner = model.packageOf(syntax.path);
  const call = nodeAt(syntax, exit, api.isCallExpression);
  if (!call) return undefined;
  const handler = ancestor(call, isHandler);
  if (!handler?.body || handler.type) return undefined;
  const style = styleIn(model, syntax);
  const opened = openedAround(syntax, handler, owner);
  const isAsync = handler.modifiers?.some(({ kind }) => kind === api.SyntaxKind.AsyncKeyword);
  const edits: TextEdit[] = isAsync ? [] : [insertion(handler.getStart(), 'async ')];
  if (!api.isBlock(handler.body)) {
    if (unwrap(handler.body) !== call || !hasWork(opened)) return undefined;
    const outer = indentOf(syntax.text, handler.getStart());
    const lines = [
      ...deadline(syntax, style),
      ...opened.flatMap(({ lines: closing }) => closing.map((line) => line + style.semicolon)),
      call.getText() + style.semicolon,
    ];
    const block = ['{', ...lines.map((line) => outer + style.indent + line), `${outer}}`];
    return [...edits, replacement(spanOf(handler.body), block.join(style.lineEnd))];
  }
  const statement = enclosingStatement(call);
  if (statement?.parent !== handler.body) return undefined;
  const before = handler.body.statements.filter((one) => one.end <= statement.getStart());
  const closed = before.flatMap((one) => closing(syntax, one, opened, owner));
  const text = handler.body.getText();
  const missing = opened.filter(({ name }) => !new RegExp(`\\b${escape(name)}\\s*\\.`).test(text));
  if (closed.length === 0 && !hasWork(missing)) return undefined;
  const isOneLine = !text.includes('\n');
  const indent = isOneLine ? ' ' : style.lineEnd + indentOf(syntax.text, statement.getStart());
  const inserted = missing.flatMap(({ lines }) =>
    lines.map((line) => line + style.semicolon + indent),
  );
  const start = text.includes('setTimeout') || isOneLine ? [] : deadline(syntax, style);
  const [first] = handler.body.statements;
  return [
    ...edits,
    ...(first && start.length > 0
      ? [insertion(first.getStart(), start.map((line) => line + indent).join(''))]
      : []),
    ...closed.map(({ at, lines }) =>
      replacement(
        spanOf(at),
        lines.map((line) => line + (lineEndsBare(at, syntax) ? '' : ';')).join(indent),
      ),
    ),
    ...(inserted.length > 0 ? [insertion(statement.getStart(), inserted.join(''))] : []),
  ];
}

function isHandler(node: TypeScript.Node): node is Handler {
  const api = ts();
  return (
    api.isArrowFunction(node) || api.isFunctionExpression(node) || api.isFunctionDeclaration(node)
  );
}

/** Closing clients alone would still cut requests and jobs off. */
function hasWork(closers: readonly Closer[]): boolean {
  return closers.some(({ order }) => order !== 'client');
}

const METHOD = /^(close|disconnect|end|quit|stop|drain|destroy|\$disconnect)$/;

/** A statement that closes something without waiting, and how it waits. */
function closing(
  syntax: SourceSyntax,
  statement: TypeScript.Statement,
  opened: readonly Closer[],
  owner: PackageInfo | undefined,
): readonly { readonly at: TypeScript.Statement; readonly lines: readonly string[] }[] {
  const api = ts();
  if (!api.isExpressionStatement(statement)) return [];
  const call = unwrap(statement.expression);
  if (!api.isCallExpression(call) || call.arguments.length > 0) return [];
  const callee = unwrap(call.expression);
  if (!api.isPropertyAccessExpression(callee) || !METHOD.test(callee.name.text)) return [];
  const name = callee.expression.getText();
  const known = canonicalNames(syntax, statement).get(name)?.canonical;
  const closer =
    opened.find((one) => one.name === name) ??
    (known === undefined ? undefined : closerFor(name, known, owner, syntax.text));
  if (closer) return [{ at: statement, lines: closer.lines }];
  const lines =
    /server$/i.test(name) && callee.name.text === 'close'
      ? [`await new Promise((resolve) => ${name}.close(resolve))`]
      : [`await ${call.getText()}`];
  return [{ at: statement, lines }];
}

function deadline(syntax: SourceSyntax, style: SourceStyle): readonly string[] {
  if (!/\bconst\b/.test(syntax.text)) return [];
  return exitDeadline(style);
}

function lineEndsBare(statement: TypeScript.Statement, { text }: SourceSyntax): boolean {
  return text[statement.end - 1] !== ';';
}

function escape(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
