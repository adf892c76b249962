import type { Span } from '../base/span';
import { linesOf } from '../engine/lines';

/** A place for people: both numbers start at 1, columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/**
 * Prepares the conversion of offsets of one text.
 * @param text lines end with `\n`, `\r\n` or `\r`
 * @returns a function from a span (UTF-16 offsets, 0-based, clamped to the text) to its range
 */
export function rangesOf(text: string): (span: Span) => Range {
  const lines = linesOf(text);
  const position = (offset: number): Position => {
    const clamped = Math.min(Math.max(offset, 0), text.length);
    const line = lines.lineOf(clamped);
    return { line: line + 1, column: clamped - lines.span(line).start + 1 };
  };
  return (span) => ({ start: position(span.start), end: position(span.end) });
}

/**
 * Prepares the conversion for the files of a report, each text split into lines once.
 * @param text the text of a file; places in unknown files become line 1, column 1
 */
export function rangesByPath(
  text: (path: string) => string | undefined,
): (path: string, span: Span) => Range {
  const converters = new Map<string, (span: Span) => Range>();
  return (path, span) => {
    let convert = converters.get(path);
    if (!convert) converters.set(path, (convert = rangesOf(text(path) ?? '')));
    return convert(span);
  };
}
