import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import { fileEdit, insertion, replacement } from '../../../engine/edits/edits';
import type { Fix, TextEdit } from '../../../engine/finding';
import { nodeAt } from '../../../fixes/code/nodes';
import { styleIn } from '../../../fixes/code/package-style';
import { quoted, type SourceStyle } from '../../../fixes/code/style';
import { indentOf } from '../../../fixes/code/text';
import { spanOf } from '../../../languages/source/nodes';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import type { ProjectModel } from '../../../project/model';

/**
 * The fix `both-signals`: what a process does on SIGINT it does on SIGTERM as well.
 * @param call `process.on('SIGINT', …)`
 */
export function bothSignalsFix(model: ProjectModel, path: string, call: Span): Fix {
  return {
    id: 'both-signals',
    kind: 'suggest',
    title: 'Handle SIGTERM like SIGINT',
    build: () => {
      const syntax = model.files.source(path);
      const node = syntax && nodeAt(syntax, call, ts().isCallExpression);
      const edits = node && edited(syntax, styleIn(model, syntax), node);
      return edits && [fileEdit(path, edits)];
    },
  };
}

function edited(
  syntax: SourceSyntax,
  style: SourceStyle,
  call: TypeScript.CallExpression,
): readonly TextEdit[] | undefined {
  const api = ts();
  const [signal, handler] = call.arguments;
  if (!signal || !handler || !api.isStringLiteralLike(signal) || signal.text !== 'SIGINT')
    return undefined;
  if (!api.isPropertyAccessExpression(call.expression)) return undefined;
  // A function that has a name is given twice; one that is written here stands in a loop.
  if (api.isIdentifier(handler) || api.isPropertyAccessExpression(handler)) {
    const also = `.${call.expression.name.text}(${quoted('SIGTERM', style)}, ${handler.getText()})`;
    return [insertion(call.end, also)];
  }
  const statement = call.parent;
  if (!api.isExpressionStatement(statement) || !isInBlock(statement)) return undefined;
  // Another name of an inner one may be in the way.
  if (/\bsignal\b/.test(call.getText())) return undefined;
  // What a template or comment says must not move.
  if (/`[^`]*\n/.test(statement.getText())) return undefined;
  const own = spanOf(statement);
  const indent = indentOf(syntax.text, own.start);
  const lines =
    syntax.text.slice(own.start, signal.getStart()) +
    'signal' +
    syntax.text.slice(signal.end, own.end);
  const { lineEnd } = style;
  const signals = ['SIGINT', 'SIGTERM'].map((name) => quoted(name, style)).join(', ');
  const body = lines
    .split(lineEnd)
    .map((line) => (line === '' ? line : style.indent + line))
    .join(lineEnd);
  const newText = `for (const signal of [${signals}]) {${lineEnd}${indent}${body}${lineEnd}${indent}}`;
  return [replacement(own, newText)];
}

function isInBlock({ parent }: TypeScript.Statement): boolean {
  return ts().isSourceFile(parent) || ts().isBlock(parent);
}
