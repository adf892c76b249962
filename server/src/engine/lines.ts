import type { Span } from '../base/span';

/** The lines of a text; lines are 0-based and end with `\n`, `\r\n` or `\r`. */
export interface Lines {
  readonly count: number;
  /** The line that an offset is on. */
  lineOf(offset: number): number;
  /** From the first character to before the line break; empty beyond the last line. */
  span(line: number): Span;
  /** The offset behind a line's break. */
  next(line: number): number;
  /** The white space that a line begins with. */
  indent(line: number): string;
}

/** Splits a text into lines. */
export function linesOf(text: string): Lines {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  const start = (line: number): number => starts[line] ?? text.length;
  const span = (line: number): Span => {
    const from = start(line);
    const raw = text.slice(from, start(line + 1));
    return { start: from, end: from + raw.replace(/(?<![\r\n])[\r\n]+$/, '').length };
  };
  return {
    count: starts.length,
    lineOf: (offset) => lastAtMost(starts, offset),
    span,
    next: (line) => start(line + 1),
    indent(line) {
      const { start: from, end } = span(line);
      return /^[ \t]*/.exec(text.slice(from, end))?.[0] ?? '';
    },
  };
}

/** Index of the last number that is at most `value`; the list is sorted and its first number is. */
function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
