import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import { fileEdit, insertion, replacement } from '../../../engine/edits/edits';
import type { Fix, TextEdit } from '../../../engine/finding';
import { nodeAt } from '../../../fixes/code/nodes';
import { styleIn } from '../../../fixes/code/package-style';
import { type SourceStyle } from '../../../fixes/code/style';
import { indentOf } from '../../../fixes/code/text';
import { nodeAround, spanOf } from '../../../languages/source/nodes';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import type { ProjectModel } from '../../../project/model';

/** Where a failure is handled: a function, a reference to one, or the block of a `catch`. */
export interface FailureHandler {
  readonly model: ProjectModel;
  readonly path: string;
  readonly handler: Span;
}

/** The fix `exit-non-zero`: ends the process with status 1 after what the handler does. */
export function exitAfterLoggingFix({ model, path, handler }: FailureHandler): Fix {
  return {
    id: 'exit-non-zero',
    kind: 'suggest',
    title: 'Exit with status 1 after logging',
    build: () => {
      const syntax = model.files.source(path);
      if (!syntax || syntax.embedded) return undefined;
      const edits = exitEdits(syntax, styleIn(model, syntax), handler);
      return edits && [fileEdit(path, edits)];
    },
  };
}

function exitEdits(
  syntax: SourceSyntax,
  style: SourceStyle,
  handler: Span,
): TextEdit[] | undefined {
  const api = ts();
  const isFunction = (
    node: TypeScript.Node,
  ): node is TypeScript.ArrowFunction | TypeScript.FunctionExpression =>
    api.isArrowFunction(node) || api.isFunctionExpression(node);
  const written = nodeAt(syntax, handler, isFunction);
  const exit = `process.exit(1)${style.semicolon}`;
  if (written && api.isBlock(written.body)) return appended(syntax, style, written.body, exit);
  if (written) {
    const { body } = written;
    const inner = api.isParenthesizedExpression(body) ? body.expression : body;
    const block = blockText(syntax, style, written, [
      inner.getText(syntax.sourceFile) + style.semicolon,
      exit,
    ]);
    return [replacement(spanOf(body), block)];
  }
  const block = nodeAt(syntax, handler, api.isBlock);
  if (block) return appended(syntax, style, block, exit);
  const named = nodeAround(syntax, handler);
  if (!named || (!api.isPropertyAccessExpression(named) && !api.isIdentifier(named)))
    return undefined;
  const call = `${named.getText(syntax.sourceFile)}(error)${style.semicolon}`;
  return [
    replacement(spanOf(named), `(error) => ${blockText(syntax, style, named, [call, exit])}`),
  ];
}

/** As the last statement of a block, on a line of its own where the block has lines. */
function appended(
  syntax: SourceSyntax,
  style: SourceStyle,
  block: TypeScript.Block,
  statement: string,
): TextEdit[] {
  const { text } = syntax;
  const last = block.statements.at(-1);
  const isOneLine = !text.slice(block.getStart(), block.end).includes('\n');
  if (isOneLine) {
    const separator = last && !/;\s*$/.test(text.slice(block.getStart(), last.end)) ? '; ' : ' ';
    return last
      ? [insertion(last.end, separator + statement)]
      : [replacement(spanOf(block), `{ ${statement} }`)];
  }
  const indent = last
    ? indentOf(text, last.getStart())
    : indentOf(text, block.getStart()) + style.indent;
  const close = block.end - 1;
  const lineStart = text.lastIndexOf('\n', close) + 1;
  return [insertion(lineStart, indent + statement + style.lineEnd)];
}

function blockText(
  syntax: SourceSyntax,
  style: SourceStyle,
  at: TypeScript.Node,
  statements: readonly string[],
): string {
  const indent = indentOf(syntax.text, at.getStart());
  const lines = statements.map((line) => indent + style.indent + line);
  return ['{', ...lines, `${indent}}`].join(style.lineEnd);
}
