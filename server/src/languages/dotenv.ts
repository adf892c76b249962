import type { Span } from '../base/span';

/** One `NAME=value` line of an env file. */
export interface DotenvEntry {
  readonly name: string;
  readonly nameSpan: Span;
  /** Unquoted value; `` when empty. */
  readonly value: string;
  /** The value with its quotes. */
  readonly valueSpan: Span;
  /** The whole line without its line end. */
  readonly lineSpan: Span;
  /** Commented out (`# NAME=value`): documents the variable without setting it. */
  readonly commented: boolean;
  /** The quote around the value, `` when there is none. */
  readonly quote: '' | '"' | "'" | '`';
  /** Written with `export` in front (the file is also a shell script). */
  readonly exported: boolean;
}

export interface DotenvSyntax {
  readonly text: string;
  readonly entries: readonly DotenvEntry[];
}

const ASSIGNMENT = /^([ \t]*)(export[ \t]+)?([\w.-]+)([ \t]*(?:=[ \t]*|:[ \t]+))/;
const COMMENTED = /^([ \t]*#+[ \t]*)(export[ \t]+)?([A-Za-z_]\w*)(=[ \t]*)/;

/**
 * Parses an env file the way dotenv reads it: `export`, comments, three kinds of quotes, quoted values over several lines.
 * Expansions (`${NAME}`) stay as written. Never throws; lines that are no assignment are skipped.
 * @param text the file's text
 */
export function parseDotenvSyntax(text: string): DotenvSyntax {
  const entries: DotenvEntry[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const lineEnd = endOfLine(text, at);
    const line = text.slice(at, lineEnd);
    const commented = COMMENTED.exec(line);
    const match = commented ?? ASSIGNMENT.exec(line);
    let entryEnd = lineEnd;
    if (match) {
      const [whole, before = '', exported, name = ''] = match;
      const nameStart = at + before.length + (exported?.length ?? 0);
      const value = readValue(text, at + whole.length, commented ? lineEnd : text.length);
      entryEnd = Math.max(lineEnd, endOfLine(text, value.span.end));
      entries.push({
        name,
        nameSpan: { start: nameStart, end: nameStart + name.length },
        value: value.value,
        valueSpan: value.span,
        lineSpan: { start: at, end: entryEnd },
        commented: commented !== null,
        quote: value.quote,
        exported: exported !== undefined,
      });
    }
    at = nextLine(text, entryEnd);
  }
  return { text, entries };
}

function readValue(
  text: string,
  start: number,
  limit: number,
): { value: string; span: Span; quote: DotenvEntry['quote'] } {
  const quote = text[start];
  if (quote === '"' || quote === "'" || quote === '`') {
    let end = start + 1;
    while (end < limit && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
    // An opening quote that nothing closes is part of the value.
    if (end < limit && restIsComment(text, end + 1)) {
      const raw = text.slice(start + 1, end);
      const value =
        quote === '"' ? raw.replace(/\\n/g, '\n').replace(/\\r/g, '\r').replace(/\\"/g, '"') : raw;
      return { value, span: { start, end: end + 1 }, quote };
    }
  }
  const line = text.slice(start, endOfLine(text, start));
  const comment = /(^|[ \t])#/.exec(line);
  const value = (comment ? line.slice(0, comment.index) : line).trimEnd();
  return { value, span: { start, end: start + value.length }, quote: '' };
}

function restIsComment(text: string, at: number): boolean {
  return /^[ \t]*(#.*)?$/.test(text.slice(at, endOfLine(text, at)));
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

function nextLine(text: string, lineEnd: number): number {
  if (text[lineEnd] === '\r' && text[lineEnd + 1] === '\n') return lineEnd + 2;
  return lineEnd + 1;
}
