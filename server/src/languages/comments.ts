import { createScanner } from 'jsonc-parser';
import { Lexer } from 'yaml';
import type { CommentStyle, FileKind } from '../base/file-kinds';
import { fileRow, scriptRow } from '../base/file-names';
import type { Span } from '../base/span';
import { sourceComments } from './source/comments';

/** A comment of any language the product reads. */
export interface Comment {
  /** With its delimiters, and with the braces of a comment among JSX children. */
  readonly span: Span;
  /** Between the delimiters. */
  readonly content: Span;
}

/** How a comment is written in a file: by its name, or by its kind where only its first line tells that. */
export function commentStyle(path: string, kind: FileKind | undefined): CommentStyle {
  return (fileRow(path) ?? scriptRow(kind))?.comments ?? 'none';
}

/**
 * Finds the comments that contain a marker; strings that look like comments do not count.
 * @param marker looked for as it is; a text without it costs one search
 * @throws Error for source files before the TypeScript parser is loaded
 */
export function commentsWith(
  path: string,
  kind: FileKind | undefined,
  text: string,
  marker: string,
): Comment[] {
  if (!text.includes(marker)) return [];
  const all =
    kind === 'source' ? commentsAround(path, text, marker) : plainComments(path, kind, text);
  return all.filter(({ content }) => text.slice(content.start, content.end).includes(marker));
}

function plainComments(path: string, kind: FileKind | undefined, text: string): Comment[] {
  if (kind === 'yaml') return yamlComments(text);
  if (kind === 'json') return jsonComments(text);
  switch (commentStyle(path, kind)) {
    case 'slashes':
      return lineComments(text, '//', /[ \t]/);
    case 'hash':
      return lineComments(text, '#', /[ \t;]/);
    case 'hash-lines':
      return lineComments(text, '#', undefined);
    case 'none':
      return [];
  }
}

function commentsAround(path: string, text: string, marker: string): Comment[] {
  const comments = sourceComments(path, text);
  const found = new Map<number, Comment>();
  for (let at = text.indexOf(marker); at !== -1; at = text.indexOf(marker, at + 1)) {
    const comment = comments.at(at);
    if (!comment) continue;
    const { span, jsx } = comment;
    found.set(span.start, { span: jsx ?? span, content: withoutDelimiters(text, span) });
  }
  return [...found.values()];
}

/** Of jsonc-parser's `SyntaxKind`, an ambient const enum that cannot be imported as a value. */
const JSON_LINE_COMMENT = 12;
const JSON_BLOCK_COMMENT = 13;
const JSON_END = 17;

function jsonComments(text: string): Comment[] {
  const scanner = createScanner(text, false);
  const comments: Comment[] = [];
  for (let token: number = scanner.scan(); token !== JSON_END; token = scanner.scan()) {
    if (token !== JSON_LINE_COMMENT && token !== JSON_BLOCK_COMMENT) continue;
    const start = scanner.getTokenOffset();
    const span = { start, end: start + scanner.getTokenLength() };
    comments.push({ span, content: withoutDelimiters(text, span) });
  }
  return comments;
}

/** Marks of the lexer that stand for no text: document start, flow end, scalar. */
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);
const SCALAR = '\u001f';

function yamlComments(text: string): Comment[] {
  const comments: Comment[] = [];
  let at = 0;
  let previous = '';
  for (const lexeme of new Lexer().lex(text)) {
    if (!MARKS.has(lexeme)) {
      const span = { start: at, end: at + lexeme.length };
      if (lexeme.startsWith('#') && previous !== SCALAR) {
        comments.push({ span, content: { start: span.start + 1, end: span.end } });
      }
      at = span.end;
    }
    previous = lexeme;
  }
  return comments;
}

/**
 * Comments that end with their line.
 * @param before what may stand before a comment that does not start its line; undefined when nothing may
 */
function lineComments(text: string, opener: string, before: RegExp | undefined): Comment[] {
  const comments: Comment[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const column = commentColumn(line, opener, before);
    if (column === undefined) continue;
    const span = { start: index + column, end: index + line.length };
    comments.push({ span, content: { start: span.start + opener.length, end: span.end } });
  }
  return comments;
}

function commentColumn(line: string, opener: string, before?: RegExp): number | undefined {
  const indent = /^[ \t\uFEFF]*/.exec(line)?.[0].length ?? 0;
  if (line.startsWith(opener, indent)) return indent;
  if (!before) return undefined;
  let quote = '';
  for (let at = indent; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === '\\') at += 1;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'" || char === '`') quote = char;
    else if (line.startsWith(opener, at) && before.test(line.charAt(at - 1))) return at;
  }
  return undefined;
}

function withoutDelimiters(text: string, { start, end }: Span): Span {
  const isClosed = text.startsWith('/*', start) && text.slice(start + 2, end).endsWith('*/');
  return { start: start + 2, end: isClosed ? end - 2 : end };
}
