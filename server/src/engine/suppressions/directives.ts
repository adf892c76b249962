import type { FileKind } from '../../base/file-kinds';
import type { Span } from '../../base/span';
import { commentsWith, type Comment } from '../../languages/comments';

export type DirectiveKind =
  'disable-next-line' | 'disable-line' | 'disable-file' | 'disable' | 'enable';

/** A suppression comment: `twelve-factor-disable-next-line rule, other -- reason`. */
export interface Directive {
  readonly kind: DirectiveKind;
  readonly comment: Comment;
  /** The rules it names; empty for all of them. */
  readonly names: readonly DirectiveName[];
  /** Where the list of names stands, or would: behind the keyword. */
  readonly list: Span;
  /** Behind `--`; empty when there is none. */
  readonly reason: string;
}

export interface DirectiveName {
  readonly id: string;
  readonly span: Span;
}

/** What every suppression comment contains. */
const DIRECTIVE_PREFIX = 'twelve-factor-';

const DIRECTIVE =
  /^[\s*!]*twelve-factor-(disable-next-line|disable-line|disable-file|disable|enable)(?![\w-])/;

/** How many files' directives are kept: a report is made again far more often than a text with directives changes. */
const KEPT = 256;
const recent = new Map<
  string,
  { readonly text: string; readonly directives: readonly Directive[] }
>();

/**
 * The suppression comments of a file, in the order of the text. Only a comment that begins with the keyword is one.
 * @throws Error for source files before the TypeScript parser is loaded
 */
export function directivesOf(
  path: string,
  kind: FileKind | undefined,
  text: string,
): readonly Directive[] {
  if (!text.includes(DIRECTIVE_PREFIX)) return [];
  const known = recent.get(path);
  if (known?.text === text) return known.directives;
  const directives = commentsWith(path, kind, text, DIRECTIVE_PREFIX).flatMap(
    (comment) => readDirective(text, comment) ?? [],
  );
  recent.delete(path);
  recent.set(path, { text, directives });
  for (const oldest of recent.keys()) {
    if (recent.size <= KEPT) break;
    recent.delete(oldest);
  }
  return directives;
}

function readDirective(text: string, comment: Comment): Directive | undefined {
  const content = text.slice(comment.content.start, comment.content.end);
  const keyword = DIRECTIVE.exec(content);
  if (!keyword) return undefined;
  const listStart = keyword[0].length;
  const rest = content.slice(listStart);
  const dashes = /(?:^|\s)--(?=\s|$)/.exec(rest);
  const list = rest.slice(0, dashes?.index);
  const offset = comment.content.start + listStart;
  const names = [...list.matchAll(/[^\s,*]+/g)].map(({ 0: id, index }) => ({
    id,
    span: { start: offset + index, end: offset + index + id.length },
  }));
  const end = names.at(-1)?.span.end ?? offset;
  return {
    kind: keyword[1] as DirectiveKind,
    comment,
    names,
    list: { start: names[0]?.span.start ?? offset, end },
    reason: dashes ? rest.slice(dashes.index + dashes[0].length).trim() : '',
  };
}
