/**
 * How many lines a file may have of which each is followed to what it starts, builds on or calls. People write hundreds, generators a
 * thousand; what more lines lead to could take minutes.
 */
const MOST_LINES = 2_000;

/** Scripts that install things are longer, and most of their lines lead nowhere. */
const MOST_SHELL_LINES = 6_000;

/** How many parts of one kind a manifest may have that lead to each other: stages of an image, scripts of a package. */
export const MOST_PARTS = 500;

/** What is said of a file that is not read, because it is longer than anybody writes. */
export const TOO_LONG = `longer than ${MOST_LINES.toLocaleString('en')} lines`;

export const SHELL_TOO_LONG = `longer than ${MOST_SHELL_LINES.toLocaleString('en')} lines`;

/** Has a manifest more lines than are followed? */
export function isTooLong(text: string): boolean {
  return hasMoreLines(text, MOST_LINES);
}

/** Has a script more lines than are followed? */
export function isShellTooLong(text: string): boolean {
  return hasMoreLines(text, MOST_SHELL_LINES);
}

function hasMoreLines(text: string, most: number): boolean {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines += 1;
    if (lines > most) return true;
  }
  return false;
}
