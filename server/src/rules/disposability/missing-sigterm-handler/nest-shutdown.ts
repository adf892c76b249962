import type * as TypeScript from 'typescript';
import { insertion } from '../../../engine/edits/edits';
import type { TextEdit } from '../../../engine/finding';
import { enclosingStatement } from '../../../fixes/code/nodes';
import type { SourceStyle } from '../../../fixes/code/style';
import { indentOf, lineStart } from '../../../fixes/code/text';
import { ancestor } from '../../../languages/source/nodes';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import { chainTop, receiverOf } from './served-call';

/** Nest handles the signals itself once it is told to: before it listens. */
export function nestEdits(
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
  // On a line with other code the name may not be known in front of it.
  if (syntax.text.slice(at, statement.getStart()).trim() !== '')
    return [
      insertion(
        statement.getStart(),
        `${receiver}.enableShutdownHooks()${style.semicolon === '' ? '\n' : '; '}`,
      ),
    ];
  return [
    insertion(at, `${indent}${receiver}.enableShutdownHooks()${style.semicolon}${style.lineEnd}`),
  ];
}
