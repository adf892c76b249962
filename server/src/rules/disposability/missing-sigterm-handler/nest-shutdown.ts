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

/** A microservice of Nest handles the signals itself once it is told to, before it listens. */
export function nestEdits(
  syntax: SourceSyntax,
  style: SourceStyle,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
): TextEdit[] | undefined {
  const receiver = ts().isCallExpression(call) ? receiverOf(syntax, call) : undefined;
  const statement = enclosingStatement(call);
  if (receiver === undefined || !statement) return undefined;
  const enable = `${receiver}.enableShutdownHooks()${style.semicolon}${style.lineEnd}`;
  // `.then((app) => app.listen())`: the app is known inside only.
  const arrow = ancestor(call, ts().isArrowFunction);
  if (arrow && arrow.body === chainTop(call) && !ts().isBlock(arrow.body)) {
    const outer = indentOf(syntax.text, arrow.getStart());
    const inner = outer + style.indent;
    return [
      insertion(arrow.body.getStart(), `{${style.lineEnd}${inner}${enable}${inner}return `),
      insertion(arrow.body.end, `${style.semicolon}${style.lineEnd}${outer}}`),
    ];
  }
  const start = statement.getStart();
  const at = lineStart(syntax.text, start);
  const indent = indentOf(syntax.text, start);
  // On a line with other code the name may not be known in front of it.
  const isAlone = syntax.text.slice(at, start).trim() === '';
  const inner = indent + style.indent;
  return isAlone
    ? [insertion(at, indent + enable)]
    : [insertion(start, style.lineEnd + inner + enable + inner)];
}
