import type { Position, Range } from 'vscode-languageserver';
import type { Span } from '../base/span';
import { rangesOf } from '../report/positions';

/** Converts offsets of one text to protocol ranges (lines and characters 0-based, UTF-16). */
export type ToRange = (span: Span) => Range;

/** Prepares the conversion for a text; out-of-range offsets are clamped. */
export function rangeConverter(text: string): ToRange {
  const convert = rangesOf(text);
  return (span) => {
    const { start, end } = convert(span);
    return {
      start: { line: start.line - 1, character: start.column - 1 },
      end: { line: end.line - 1, character: end.column - 1 },
    };
  };
}

/** Do two ranges touch? An empty range (a caret) touches what it stands in or beside. */
export function rangesTouch(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
