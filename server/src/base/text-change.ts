import type { Span } from './span';

/** The one place where two texts differ. Offsets are UTF-16, 0-based. */
export interface TextChange {
  readonly start: number;
  /** Where it ends in the text before, and in the one after. */
  readonly endBefore: number;
  readonly endAfter: number;
}

/** How much is compared at once, before characters are: comparing long pieces is a single step of the machine's. */
const PIECE = 512;

/** From the first difference of two texts to the last one: enough for typing, where one place changes. */
export function changeBetween(before: string, after: string): TextChange {
  const limit = Math.min(before.length, after.length);
  let start = 0;
  while (
    start + PIECE <= limit &&
    before.slice(start, start + PIECE) === after.slice(start, start + PIECE)
  )
    start += PIECE;
  while (start < limit && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let endBefore = before.length;
  let endAfter = after.length;
  while (
    Math.min(endBefore, endAfter) - PIECE >= start &&
    before.slice(endBefore - PIECE, endBefore) === after.slice(endAfter - PIECE, endAfter)
  ) {
    endBefore -= PIECE;
    endAfter -= PIECE;
  }
  while (
    Math.min(endBefore, endAfter) > start &&
    before.charCodeAt(endBefore - 1) === after.charCodeAt(endAfter - 1)
  ) {
    endBefore -= 1;
    endAfter -= 1;
  }
  return { start, endBefore, endAfter };
}

/** Moves spans of an old text to where they are in a new text; spans that touch the edit are lost. */
export type Shift = (span: Span) => Span | undefined;

/** @returns a function from spans of the one text to those of the other */
export function shiftBetween(before: string, after: string): Shift {
  return shiftBy(changeBetween(before, after));
}

/** @returns a function from spans of the text before a change to those of the text after it */
export function shiftBy({ start, endBefore, endAfter }: TextChange): Shift {
  const delta = endAfter - endBefore;
  return (span) => {
    if (span.end <= start) return span;
    if (span.start >= endBefore) return { start: span.start + delta, end: span.end + delta };
    // An edit strictly inside a longer span (typing within a call) keeps the span around it.
    if (span.start < start && span.end > endBefore)
      return { start: span.start, end: span.end + delta };
    return undefined;
  };
}
