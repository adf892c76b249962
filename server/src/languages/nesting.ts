/** How many brackets may stand in each other: people write a dozen, generators a few more, and parsers recurse. */
const MOST_LEVELS = 200;

const MOST_SHELL_LEVELS = 50;

/** What is said of a text that nests deeper than any parser has to follow. */
export const TOO_DEEP = `nested more than ${MOST_LEVELS} levels deep`;

/** How deep a tree of code may be, chains of operators and calls included: those who walk it call themselves at each level. */
export const MOST_TREE_LEVELS = 800;

export const TREE_TOO_DEEP = `code nested more than ${MOST_TREE_LEVELS} levels deep`;

/** Said of code that is not walked: it nests too deep. */
export class TooDeep extends Error {}

/** What work on a tree comes to; something else where that nests too deep. */
export function unlessTooDeep<Answer>(work: () => Answer, instead: Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof TooDeep) return instead;
    throw error;
  }
}

/** The parser looks ahead over all modifiers in a row, at each of them again. */
const MANY_MODIFIERS =
  /(?:\b(?:export|default|declare|abstract|async|public|private|protected|static|readonly|const|accessor|override)\s+){200}/;

/**
 * Do brackets of code nest deeper than a parser should follow? Those in quotes and comments do not count, but are looked at only where
 * they would matter.
 */
export function isCodeTooDeep(text: string): boolean {
  const skipNothing = (at: number): number => at;
  if (MANY_MODIFIERS.test(text)) return true;
  return nestsDeep(text, skipNothing) && nestsDeep(text, (at) => behindText(text, at));
}

/** Do brackets of a shell text nest deeper than its parser should follow? It reads what a substitution holds again at each level. */
export function isShellTooDeep(text: string): boolean {
  return nestsDeep(text, (at) => at, MOST_SHELL_LEVELS);
}

/** @param skip where to go on from an offset: there, or behind what begins there */
function nestsDeep(
  text: string,
  skip: (at: number) => number,
  most: number = MOST_LEVELS,
): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case OPENING_BRACKET:
      case OPENING_BRACE:
      case OPENING_PARENTHESIS:
        depth += 1;
        if (depth > most) return true;
        break;
      case CLOSING_BRACKET:
      case CLOSING_BRACE:
      case CLOSING_PARENTHESIS:
        if (depth > 0) depth -= 1;
        break;
      case QUOTE:
      case APOSTROPHE:
      case SLASH:
        at = skip(at);
        break;
    }
  }
  return false;
}

/** The last character of the quoted text or comment that begins at an offset; the offset itself where none does. */
function behindText(text: string, start: number): number {
  const quote = text.charCodeAt(start);
  if (quote === SLASH) {
    const next = text[start + 1];
    if (next !== '/' && next !== '*') return start;
    const end = text.indexOf(next === '/' ? '\n' : '*/', start + 2);
    return end < 0 ? text.length : end;
  }
  let at = start + 1;
  for (; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === quote || char === LINE_FEED) break;
    if (char === BACKSLASH) at += 1;
  }
  return at;
}

/**
 * Do brackets and braces nest deeper than a parser that recurses should follow? Counted, so that it is the same on every machine;
 * quoted texts do not count, comments do.
 * @param text JSON, or YAML in flow style
 */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        isQuoted = !isQuoted;
        break;
      case BACKSLASH:
        if (isQuoted) at += 1;
        break;
      case OPENING_BRACKET:
      case OPENING_BRACE:
        if (!isQuoted) depth += 1;
        if (depth > MOST_LEVELS) return true;
        break;
      case CLOSING_BRACKET:
      case CLOSING_BRACE:
        if (!isQuoted && depth > 0) depth -= 1;
        break;
    }
  }
  return false;
}

const QUOTE = 0x22;
/**
 * Do indented blocks nest deeper than a parser that recurses should follow? Also those that begin in one line: `- - a`.
 * @param text YAML
 */
export function isIndentedTooDeep(text: string): boolean {
  const columns: number[] = [];
  for (const [, blanks = '', markers = ''] of text.matchAll(BLOCK_LINE)) {
    const column = blanks.length;
    while ((columns.at(-1) ?? -1) >= column) columns.pop();
    columns.push(column);
    for (let at = 0; at < markers.length; at += 1)
      if (markers[at] !== ' ') columns.push(column + at + 1);
    if (columns.length > MOST_LEVELS) return true;
  }
  return false;
}

/** A line that is not empty: its blanks, and what begins blocks. */
const BLOCK_LINE = /^( *)((?:[-?:] +)*)\S/gm;

const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;
const OPENING_PARENTHESIS = 0x28;
const CLOSING_PARENTHESIS = 0x29;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
