/** Lines that were added or changed, by path: first and last, from 1, both included. */
export type ChangedLines = ReadonlyMap<string, readonly (readonly [first: number, last: number])[]>;

/**
 * Reads what `git diff --unified=0` prints. What stands in the lines of a hunk is skipped by their number: it may look like a header.
 * @param diff with paths behind `a/` and `b/`
 */
export function changedLines(diff: string): ChangedLines {
  const changed = new Map<string, (readonly [number, number])[]>();
  const lines = diff.split('\n');
  let ranges: (readonly [number, number])[] | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk) {
      const [, removed = '1', first = '1', added = '1'] = hunk;
      const count = Number(added);
      if (count > 0) ranges?.push([Number(first), Number(first) + count - 1]);
      at += Number(removed) + count;
    } else if (line.startsWith('+++ ')) {
      const path = newPath(line.slice('+++ '.length));
      ranges = path === undefined ? undefined : [];
      if (path !== undefined && ranges) changed.set(path, ranges);
    }
  }
  return changed;
}

/** The path of a header: behind it stands a tab where it has blanks; odd ones are in quotes, as in C. */
function newPath(text: string): string | undefined {
  const name = text.replace(/\r$/, '').replace(/\t$/, '');
  const path = name.startsWith('"') ? unquoted(name.slice(1, -1)) : name;
  return path.startsWith('b/') ? path.slice('b/'.length) : undefined;
}

const ESCAPES: Readonly<Record<string, number>> = {
  ...{ a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 },
};

function unquoted(text: string): string {
  const bytes: number[] = [];
  for (const [part, octal, letter] of text.matchAll(/\\([0-7]{3})|\\(.)|[^\\]+/gsu)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (letter !== undefined) bytes.push(ESCAPES[letter] ?? letter.charCodeAt(0));
    else bytes.push(...Buffer.from(part));
  }
  return Buffer.from(bytes).toString('utf8');
}
