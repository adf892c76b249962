import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import { fileEdit, insertion, replacement } from '../../../engine/edits/edits';
import type { Fix, TextEdit } from '../../../engine/finding';
import { exitDeadline } from '../../../fixes/code/deadline';
import { nodeAt } from '../../../fixes/code/nodes';
import { styleIn } from '../../../fixes/code/package-style';
import { indentOf } from '../../../fixes/code/text';
import { ancestor, spanOf } from '../../../languages/source/nodes';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import type { ProjectModel } from '../../../project/model';

type Handler =
  TypeScript.ArrowFunction | TypeScript.FunctionExpression | TypeScript.FunctionDeclaration;

/**
 * The fix `exit-in-time`: a timer at the beginning of what stops the process, which ends it when it is still busy after ten seconds.
 * @param closing the call that waits, in the function that is to have the timer
 */
export function exitInTimeFix(model: ProjectModel, path: string, closing: Span): Fix {
  return {
    id: 'exit-in-time',
    kind: 'suggest',
    title: 'Exit when stopping takes longer than ten seconds',
    build: () => {
      const syntax = model.files.source(path);
      const edits = syntax && !syntax.embedded ? edited(model, syntax, closing) : undefined;
      return edits && [fileEdit(path, edits)];
    },
  };
}

function edited(model: ProjectModel, syntax: SourceSyntax, closing: Span): TextEdit[] | undefined {
  const api = ts();
  const call = nodeAt(syntax, closing, api.isCallExpression);
  const handler = call && handlerAround(call);
  if (!handler?.body) return undefined;
  const style = styleIn(model, syntax);
  const lines = exitDeadline(style);
  const { body } = handler;
  const outer = indentOf(syntax.text, handler.getStart());
  const inner = outer + style.indent;
  if (!api.isBlock(body)) {
    if (handler.type) return undefined;
    const text = body.getText() + style.semicolon;
    const block = ['{', ...[...lines, text].map((line) => inner + line), `${outer}}`];
    return [replacement(spanOf(body), block.join(style.lineEnd))];
  }
  const [first] = body.statements;
  if (!first) return undefined;
  const isOneLine = !body.getText().includes('\n');
  if (isOneLine) {
    const statements = body.statements.map((one) => one.getText());
    const block = ['{', ...[...lines, ...statements].map((line) => inner + line), `${outer}}`];
    return [replacement(spanOf(body), block.join(style.lineEnd))];
  }
  const indent = indentOf(syntax.text, first.getStart());
  return [insertion(first.getStart(), lines.map((line) => line + style.lineEnd + indent).join(''))];
}

/** The function that stops the process: around the call, and around the callbacks and promises it waits with. */
function handlerAround(call: TypeScript.Node): Handler | undefined {
  const api = ts();
  const isHandler = (node: TypeScript.Node): node is Handler =>
    api.isArrowFunction(node) || api.isFunctionExpression(node) || api.isFunctionDeclaration(node);
  let handler = ancestor(call, isHandler);
  // `new Promise((resolve) => server.close(resolve))`, `.then(() => server.close())`
  while (handler && isWithin(handler)) {
    const outer = ancestor(handler.parent, isHandler);
    if (!outer) break;
    handler = outer;
  }
  return handler;
}

/** Handed to what is no registration of a handler. */
function isWithin({ parent }: Handler): boolean {
  const api = ts();
  if (api.isNewExpression(parent)) return true;
  return (
    api.isCallExpression(parent) &&
    api.isPropertyAccessExpression(parent.expression) &&
    !/^(on|once|addListener|prependListener)$/.test(parent.expression.name.text)
  );
}
