import type * as TypeScript from 'typescript';
import type { FileKind } from '../../base/file-kinds';
import { lineEndOf } from '../../base/line-ends';
import type { Span } from '../../base/span';
import { commentStyle } from '../../languages/comments';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { directivesOf } from './directives';
import { insertion } from '../edits/edits';
import type { TextEdit } from '../finding';
import { linesOf } from '../lines';

/** The file that a comment is put into. */
export interface CommentedFile {
  readonly path: string;
  readonly kind: FileKind | undefined;
  readonly text: string;
  /** The tree of a source file, to tell JSX children and template literals from code. */
  readonly syntax: SourceSyntax | undefined;
}

/** What a comment is to say. */
export interface Suppression {
  readonly ruleId: string;
  /** Where the finding is. */
  readonly span: Span;
  /** `line`: a comment above the line; `file`: one at the top. */
  readonly scope: 'line' | 'file';
  /** As somebody typed it; empty or absent for none. */
  readonly reason?: string | undefined;
}

/**
 * The edit that suppresses a rule at a place, in the file's own comment style.
 * @returns undefined where the language has no comments, or none can stand there
 */
export function suppressionEdit(
  { path, kind, text, syntax }: CommentedFile,
  { ruleId, span, scope, reason = '' }: Suppression,
): TextEdit | undefined {
  const style = commentStyle(path, kind);
  if (style === 'none') return undefined;
  const wrap = (body: string): string => (style === 'slashes' ? `// ${body}` : `# ${body}`);
  const lineEnd = lineEndOf(text);
  const lines = linesOf(text);
  const why = inComment(reason);
  const naming = why === '' ? ruleId : `${ruleId} -- ${why}`;
  if (scope === 'file')
    return insertion(
      fileCommentPlace(text),
      `${wrap(`twelve-factor-disable-file ${naming}`)}${lineEnd}`,
    );
  const line = lines.lineOf(span.start);
  const start = lines.span(line).start;
  // A comment of the same kind above takes the rule into its list, unless there are reasons: each is that of its own rules alone.
  const above = directivesOf(path, kind, text).find(
    ({ kind: each, comment }) =>
      each === 'disable-next-line' && lines.lineOf(comment.span.end) === line - 1,
  );
  if (above && above.reason === '' && why === '')
    return insertion(above.list.end, above.names.length > 0 ? `, ${ruleId}` : '');
  const place = syntax ? placeIn(syntax, start) : 'code';
  if (place === 'text') return undefined;
  const body = `twelve-factor-disable-next-line ${naming}`;
  const comment = place === 'jsx' ? `{/* ${body} */}` : wrap(body);
  return insertion(start, `${lines.indent(line)}${comment}${lineEnd}`);
}

/** A reason on one line, which ends no comment. */
function inComment(reason: string): string {
  return reason.replace(/\s+/g, ' ').trim().replaceAll('*/', '* /');
}

/** Behind a shebang, a byte order mark, a parser directive of a Dockerfile, the front matter of a script. */
function fileCommentPlace(text: string): number {
  const head =
    /^\uFEFF?(#![^\n]*\n)?(#\s*(syntax|escape|check)\s*=[^\n]*\n)*(<script\b[^>]*>\r?\n)?/i.exec(
      text,
    );
  return head?.[0].length ?? 0;
}

/** What a line begins inside of: code, JSX children, or a template literal or JSX text where a comment would be text. */
function placeIn({ sourceFile }: SourceSyntax, offset: number): 'code' | 'jsx' | 'text' {
  const api = ts();
  let place: 'code' | 'jsx' | 'text' = 'code';
  const visit = (node: TypeScript.Node): void => {
    if (offset <= node.getStart(sourceFile) || offset >= node.end) return;
    if (api.isTemplateLiteralToken(node) || api.isNoSubstitutionTemplateLiteral(node))
      place = 'text';
    else if (api.isJsxElement(node) || api.isJsxFragment(node)) {
      const opening = api.isJsxElement(node) ? node.openingElement : node.openingFragment;
      const closing = api.isJsxElement(node) ? node.closingElement : node.closingFragment;
      place = offset >= opening.end && offset <= closing.pos ? 'jsx' : 'code';
    } else if (api.isJsxExpression(node) || api.isJsxAttributes(node)) place = 'code';
    api.forEachChild(node, visit);
  };
  visit(sourceFile);
  return place;
}
