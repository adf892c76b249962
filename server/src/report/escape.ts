// What names, code and messages are turned into so that they are text and nothing else in the language of an output. Nobody else
// escapes anything.

/** Control characters, those that turn the direction of a text, ends of lines and halves of pairs; a tab is text. */
const UNSEEN = /(?!\t)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]/gu;

const CONTROL_PICTURES = 0x2400;
const DELETE = 0x7f;

/**
 * A text without what a terminal would obey: each such character is shown as one other, so that columns stay.
 * @param text may hold several lines; they become one
 */
export function visible(text: string): string {
  return (
    text
      .replace(UNSEEN, (char) => {
        const code = char.charCodeAt(0);
        if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
        return code === DELETE ? '\u2421' : '\uFFFD';
      })
      // GitHub obeys `##[command]` wherever it stands in a line of a log.
      .replaceAll('##[', '#♯[')
  );
}

/** A message, which may have been written on several lines, as one line of text. */
export function oneLine(text: string): string {
  return visible(
    text
      .split(/[\r\n]/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join(' '),
  );
}

/** A path where it begins a line: GitHub obeys lines that begin with `::`. */
export function visiblePath(path: string): string {
  return visible(path.startsWith('::') ? `./${path}` : path);
}

/** Lines as they stand, for logs. */
export function visibleLines(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line).replace(/^\s*::/, (start) => `${start.slice(0, -1)} :`))
    .join('\n');
}

/** The message of a workflow command of GitHub. */
export function githubMessage(text: string): string {
  return visible(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

/** A property of a workflow command of GitHub. */
export function githubProperty(text: string): string {
  return githubMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** JSON, indented, that ends with a line break; a terminal obeys nothing in it, and a log of GitHub finds no command. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2)
    .replaceAll('##[', '#\\u0023[')
    // It writes the others so by itself; those between its lines are its own.
    .replace(
      /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
      (char) => `\\u${codeOf(char).toString(16).padStart(4, '0')}`,
    );
  return `${text}\n`;
}

/** A message of SARIF, where brackets would be links. */
export function sarifText(text: string): string {
  return /\]\(/.test(text) ? text.replace(/[\\[\]]/g, '\\$&') : text;
}

/** A message as Markdown, table cells included: its inline code stays code, whatever that holds, and all else is text. */
export function markdownMessage(message: string): string {
  // Every other part stood between backticks.
  const parts = oneLine(message).split('`');
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return markdownText(part);
      return index < parts.length - 1 ? markdownCode(part) : markdownText(`\`${part}`);
    })
    .join('');
}

function markdownText(text: string): string {
  return (
    text
      .replace(/[&<>\\]/g, entity)
      .replace(/[|`*_[\]~$!#]/g, '\\$&')
      // Nobody is mentioned.
      .replaceAll('@', '@\u2060')
  );
}

/** A name or a piece of code as inline code of Markdown, table cells included. */
export function markdownCode(code: string): string {
  const text = visible(code);
  // Within backticks, a bar would end the cell of a table, and no escape holds before every backslash.
  if (text.includes('|')) return `<code>${text.replace(/[^\w\s./-]/gu, entity)}</code>`;
  const fence = '`'.repeat(longestRun(text) + 1);
  return fence === '`' && text.trim() !== '' ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}

/** Lines as a block of code of Markdown, which none of them ends. */
export function markdownBlock(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  const lines = text.split('\n').map(visible);
  return [fence + language, ...lines, fence].join('\n');
}

/** A text within HTML, or within an attribute in double quotes. */
export function htmlText(text: string): string {
  return visible(text).replace(/[&<>"']/g, entity);
}

/** A text within XML, or within an attribute in double quotes: without the characters that XML cannot hold. */
export function xmlText(text: string): string {
  return htmlText(text).replace(/[\uFFFE\uFFFF]/g, '\uFFFD');
}

/** A label of Mermaid, with its quotes; what may be markup there, or a directive, is given by its number. */
export function mermaidLabel(text: string): string {
  return `"${oneLine(text).replace(/[^\p{L}\p{N} _./:,()=+-]/gu, (char) => (char === '"' ? '#quot;' : `#${codeOf(char)};`))}"`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
}

function entity(char: string): string {
  return `&#${codeOf(char)};`;
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0;
}
