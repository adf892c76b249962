/** First and last line, from 0, both included. */
export type LineRange = readonly [first: number, last: number];

/**
 * The lines that a unified diff of one file adds or changes. What stands in a hunk is counted: it may look like a header.
 * @param diff as git prints it, with any number of lines around
 */
export function addedLines(diff: string): readonly LineRange[] {
  const ranges: [number, number][] = [];
  let at = 0;
  let left = { old: 0, new: 0 };
  for (const line of diff.split('\n')) {
    if (left.old <= 0 && left.new <= 0) {
      const [, old = '1', first, count = '1'] =
        /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
      if (first === undefined) continue;
      at = Number(first) - 1;
      left = { old: Number(old), new: Number(count) };
      continue;
    }
    if (line.startsWith('\\')) continue;
    if (line.startsWith('-')) left.old -= 1;
    else {
      const last = ranges.at(-1);
      if (line.startsWith('+')) {
        if (last && last[1] === at - 1) last[1] = at;
        else ranges.push([at, at]);
      } else left.old -= 1;
      left.new -= 1;
      at += 1;
    }
  }
  return ranges;
}
