import { lineEndOf } from '../../base/line-ends';
import type { Span } from '../../base/span';
import { insertion, removal, replacement } from '../../engine/edits/edits';
import type { TextEdit } from '../../engine/finding';
import type { DotenvEntry, DotenvSyntax } from '../../languages/dotenv';
import { wholeLines } from '../code/text';
import { appendLines } from './lines';

/**
 * Sets a variable: its value changes where it is set, else a line is added, next to variables that share its first word.
 * @returns no edit when it has this value
 */
export function setVariable(syntax: DotenvSyntax, name: string, value: string): TextEdit[] {
  const entry = syntax.entries.find((one) => one.name === name && !one.commented);
  if (entry) return entry.value === value ? [] : [replacement(entry.valueSpan, dotenvValue(value))];
  return addVariable(syntax, name, value);
}

/** Adds a line for a variable unless there is one, commented out or not. */
export function documentVariable(syntax: DotenvSyntax, name: string, value: string): TextEdit[] {
  return syntax.entries.some((one) => one.name === name) ? [] : addVariable(syntax, name, value);
}

/** Adds a commented line for a variable that may be left out, unless there is one. */
export function mentionVariable(syntax: DotenvSyntax, name: string, value: string): TextEdit[] {
  return documentVariable(syntax, name, value).map((edit) => ({
    ...edit,
    newText: edit.newText.replace(/^(\s*)(?=(?:export )?\w+=)/, '$1# '),
  }));
}

/** Takes the lines of a variable out, with a paragraph that holds nothing else but comments on it. */
export function removeVariable(syntax: DotenvSyntax, name: string): TextEdit[] {
  const { text, entries } = syntax;
  return entries
    .filter((entry) => entry.name === name)
    .map((entry) => {
      const paragraph = paragraphAround(text, entry.lineSpan);
      const isAlone = entries.every(
        (other) =>
          other === entry ||
          other.lineSpan.start < paragraph.start ||
          paragraph.end <= other.lineSpan.start,
      );
      const gone = isAlone ? paragraph : wholeLines(text, entry.lineSpan);
      // With the line end before, not behind: what is added after the last line stays apart from what goes.
      const before = /(?<![\r\n])(?:\r?\n)+$/.exec(text.slice(0, gone.start))?.[0] ?? '';
      const lead = isAlone ? before : (/\r?\n$/.exec(before)?.[0] ?? '');
      if (lead === '') return removal(gone);
      const own = /\r?\n$/.exec(text.slice(gone.start, gone.end))?.[0] ?? '';
      return removal({ start: gone.start - lead.length, end: gone.end - own.length });
    });
}

/** The lines around a line up to blank ones. */
function paragraphAround(text: string, line: Span): Span {
  // Not `^`, which matches between the two characters of a line end as well.
  const blanks = [...text.matchAll(/(?<![^\n])[ \t]*\r?\n/g)];
  const above = blanks.filter(({ index }) => index < line.start).at(-1);
  const below = blanks.find(({ index }) => index >= line.end);
  return {
    start: above ? above.index + above[0].length : 0,
    end: below ? below.index : text.length,
  };
}

/** A value as it has to be written behind `=`. */
export function dotenvValue(value: string): string {
  if (/^[^\s"'`#$\\]*$/.test(value)) return value;
  // Double quotes know only `\n` and `\r`; a backslash or a quote inside needs single quotes or backticks.
  if (/[\n\r]/.test(value)) return `"${value.replace(/\r/g, '\\r').replace(/\n/g, '\\n')}"`;
  const quote = ['"', "'", '`'].find(
    (one) => !value.includes(one) && !(one === '"' && /[\\$]/.test(value)),
  );
  return quote === undefined ? value : quote + value + quote;
}

function addVariable(syntax: DotenvSyntax, name: string, value: string): TextEdit[] {
  const { text, entries } = syntax;
  const isExported = entries.length > 0 && entries.every((entry) => entry.exported);
  const line = `${isExported ? 'export ' : ''}${name}=${dotenvValue(value)}`;
  const related = lastRelated(entries, name);
  if (!related) return appendLines(text, isInParagraphs(syntax) ? ['', line] : [line]);
  return [insertion(related.lineSpan.end, lineEndOf(text) + line)];
}

/** Are variables set apart in groups, of which the last one is about something else? */
function isInParagraphs({ text, entries }: DotenvSyntax): boolean {
  const [first] = entries;
  const last = entries.at(-1);
  return (
    first !== undefined &&
    last !== undefined &&
    /\n[ \t]*\r?\n/.test(text.slice(first.lineSpan.start, last.lineSpan.end))
  );
}

/** The last variable with the same first word (`STRIPE_…`), or with the same first two where there are several groups. */
function lastRelated(entries: readonly DotenvEntry[], name: string): DotenvEntry | undefined {
  const first = name.split('_')[0] ?? '';
  if (first === name) return undefined;
  const related = entries.filter((entry) => entry.name.startsWith(`${first}_`));
  return related[related.length - 1];
}
