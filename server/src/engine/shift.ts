import type { Span } from '../base/span';
import { changeBetween } from '../base/text-change';

/** Moves spans of an old text to where they are in a new text; spans that touch the edit are lost. */
export type Shift = (span: Span) => Span | undefined;

/** @returns a function from spans of the one text to those of the other */
export function shiftBetween(before: string, after: string): Shift {
  const { start, endBefore, endAfter } = changeBetween(before, after);
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
