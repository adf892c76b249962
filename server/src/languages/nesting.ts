/** How many brackets may stand in each other: people write a dozen, generators a few more, and parsers recurse. */
const MOST_LEVELS = 200;

/** What is said of a text that nests deeper than any parser has to follow. */
export const TOO_DEEP = `nested more than ${MOST_LEVELS} levels deep`;

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
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
