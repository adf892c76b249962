import type { Span } from '../base/span';

/** Moves spans of an old text to where they are in a new text; spans that touch the edit are lost. */
export type Shift = (span: Span) => Span | undefined;

/**
 * Compares two texts by their common start and end: enough for typing, where one place changes.
 * @returns a function from old spans to new ones
 */
export function shiftBetween(before: string, after: string): Shift {
  const limit = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < limit && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  while (
    suffix < limit - prefix &&
    before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)
  )
    suffix++;
  const delta = after.length - before.length;
  const editEnd = before.length - suffix;
  return (span) => {
    if (span.end <= prefix) return span;
    if (span.start >= editEnd) return { start: span.start + delta, end: span.end + delta };
    // An edit strictly inside a longer span (typing within a call) keeps the span around it.
    if (span.start < prefix && span.end > editEnd)
      return { start: span.start, end: span.end + delta };
    return undefined;
  };
}
