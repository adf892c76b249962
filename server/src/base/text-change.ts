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
