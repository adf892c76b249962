/** The one place where two texts differ. Offsets are UTF-16, 0-based. */
export interface TextChange {
  readonly start: number;
  /** Where it ends in the text before, and in the one after. */
  readonly endBefore: number;
  readonly endAfter: number;
}

/** From the first difference of two texts to the last one: enough for typing, where one place changes. */
export function changeBetween(before: string, after: string): TextChange {
  const limit = Math.min(before.length, after.length);
  let start = 0;
  while (start < limit && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let rest = 0;
  while (
    rest < limit - start &&
    before.charCodeAt(before.length - 1 - rest) === after.charCodeAt(after.length - 1 - rest)
  )
    rest += 1;
  return { start, endBefore: before.length - rest, endAfter: after.length - rest };
}
