import type * as TypeScript from 'typescript';
import { withLineEnd } from '../../../base/line-ends';
import { insertion } from '../../../engine/edits/edits';
import type { TextEdit } from '../../../engine/finding';
import { enclosingStatement, freeName } from '../../../fixes/code/nodes';
import { quoted, type SourceStyle } from '../../../fixes/code/style';
import { indentLines, indentOf, lineStart } from '../../../fixes/code/text';
import { ancestor } from '../../../languages/source/nodes';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import { chainTop, receiverOf } from './served-call';
import { deadlineLines, drainLines, indented, SIGNALS } from './shutdown-handler';
import { streamTracking } from './tracking';

/**
 * Nest handles the signals itself once it is told to, before it listens; it waits for connections that are kept alive, so those
 * are closed beside it.
 * @param texts of the modules of the process; undefined for a microservice, which has no such connections
 */
export function nestEdits(
  syntax: SourceSyntax,
  style: SourceStyle,
  call: TypeScript.CallExpression | TypeScript.NewExpression,
  texts: readonly string[] | undefined,
): TextEdit[] | undefined {
  const receiver = ts().isCallExpression(call) ? receiverOf(syntax, call) : undefined;
  const statement = enclosingStatement(call);
  if (receiver === undefined || !statement) return undefined;
  const { lines, imports } = hooks(syntax, style, receiver, texts);
  const laidOut = (indent: string): string =>
    withLineEnd(indentLines(`${lines.join('\n')}\n`, indent), style.lineEnd);
  // `.then((app) => app.listen(3000))`: the app is known inside only.
  const arrow = ancestor(call, ts().isArrowFunction);
  if (arrow && arrow.body === chainTop(call) && !ts().isBlock(arrow.body)) {
    const outer = indentOf(syntax.text, arrow.getStart());
    const inner = outer + style.indent;
    return [
      ...imports,
      insertion(arrow.body.getStart(), `{${style.lineEnd}${laidOut(inner)}${inner}return `),
      insertion(arrow.body.end, `${style.semicolon}${style.lineEnd}${outer}}`),
    ];
  }
  const at = lineStart(syntax.text, statement.getStart());
  const indent = indentOf(syntax.text, statement.getStart());
  // On a line with other code the name may not be known in front of it.
  if (syntax.text.slice(at, statement.getStart()).trim() !== '')
    return [
      ...imports,
      insertion(
        statement.getStart(),
        style.lineEnd + laidOut(indent + style.indent) + indent + style.indent,
      ),
    ];
  return [...imports, insertion(at, laidOut(indent))];
}

function hooks(
  syntax: SourceSyntax,
  style: SourceStyle,
  app: string,
  texts: readonly string[] | undefined,
): { readonly lines: readonly string[]; readonly imports: readonly TextEdit[] } {
  const { semicolon, constant } = style;
  const enable = `${app}.enableShutdownHooks()${semicolon}`;
  if (texts === undefined) return { lines: [enable], imports: [] };
  const server = freeName(syntax, 'server', 'httpServer');
  const drain = freeName(syntax, 'drain', 'drainConnections');
  const tracking = streamTracking(syntax, style, texts, [server]);
  return {
    imports: tracking.imports,
    lines: [
      enable,
      '',
      `${constant} ${server} = ${app}.getHttpServer()${semicolon}`,
      ...tracking.lines,
      `${constant} ${drain} = () => {`,
      ...indented(
        [
          ...drainLines([server], tracking, style),
          ...deadlineLines([`${server}.closeAllConnections${style.callSince18}`], style),
        ],
        style,
      ),
      `}${semicolon}`,
      ...SIGNALS.map((signal) => `process.once(${quoted(signal, style)}, ${drain})${semicolon}`),
      '',
    ],
  };
}
