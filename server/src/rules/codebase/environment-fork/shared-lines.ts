/**
 * How much of two texts is the same: lines they share (trimmed, comments and blanks left out) over the lines of the shorter one.
 * @returns 0 to 1; 0 when one has fewer than four telling lines, because anything may share three
 */
export function sharedLines(a: string, b: string): number {
  const left = tellingLines(a);
  const right = tellingLines(b);
  const shorter = Math.min(left.length, right.length);
  if (shorter < 4) return 0;
  const counts = new Map<string, number>();
  for (const line of left) counts.set(line, (counts.get(line) ?? 0) + 1);
  let shared = 0;
  for (const line of right) {
    const count = counts.get(line) ?? 0;
    if (count === 0) continue;
    counts.set(line, count - 1);
    shared++;
  }
  return shared / shorter;
}

function tellingLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(
      (line) => line.length > 2 && !/^(\/\/|\/?\*|#)/.test(line) && !/^[\])};,]+$/.test(line),
    );
}
