import type { Span } from '../../base/span';

/** Offset of the first character of the line that holds an offset. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset after the last character of the line that holds an offset, its line end excluded. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at < 0) return text.length;
  return at > offset && text[at - 1] === '\r' ? at - 1 : at;
}

/** Offset of the next line's first character; the length of the text on the last line. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

/** The white space in front of the line that holds an offset. */
export function indentOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

/** Generated lines, each indented; empty lines stay empty. */
export function indentLines(text: string, indent: string): string {
  return text.replace(/^(?=[^\r\n])/gm, indent);
}

/**
 * The span of whole lines, line end included, when nothing else stands on them; else the span itself.
 * For the last line of a text without final newline the line end before it goes instead.
 */
export function wholeLines(text: string, span: Span): Span {
  const start = lineStart(text, span.start);
  const end = lineEnd(text, span.end);
  if (text.slice(start, span.start).trim() || text.slice(span.end, end).trim()) return span;
  const next = nextLine(text, span.end);
  if (next === text.length && !text.endsWith('\n') && start > 0) {
    return { start: text[start - 2] === '\r' ? start - 2 : start - 1, end: next };
  }
  return { start, end: next };
}

/** Whole lines with one of the blank lines around them, so that taking them out leaves no hole. */
export function withBlankLine(text: string, lines: Span): Span {
  const before = lines.start === 0 || /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, lines.start));
  const opens = /[{[(][ \t]*\r?\n$/.test(text.slice(0, lines.start));
  const after = /^[ \t]*\r?\n/.exec(text.slice(lines.end));
  if ((before || opens) && after) return { start: lines.start, end: lines.end + after[0].length };
  const closes = /^[ \t]*[}\])]/.test(text.slice(lines.end)) || lines.end === text.length;
  if (!before || !closes) return lines;
  const blank = /(?<![ \t])[ \t]*\r?\n$/.exec(text.slice(0, lines.start));
  return { start: lines.start - (blank?.[0].length ?? 0), end: lines.end };
}

/**
 * Where the comment lines begin that stand right above an offset.
 * @param from nothing before it counts
 */
export function commentStart(text: string, at: number, from: number): number {
  let start = at;
  while (start > from) {
    const previous = lineStart(text, start - 1);
    if (previous < from || !/^\s*\/\//.test(text.slice(previous, start))) break;
    start = previous;
  }
  return start;
}
