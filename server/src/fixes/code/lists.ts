import { withLineEnd, type LineEnd } from '../../base/line-ends';
import type { Span } from '../../base/span';
import { insertion, removal, replacement } from '../../engine/edits/edits';
import type { TextEdit } from '../../engine/finding';
import { indentLines, indentOf, lineEnd, lineStart, nextLine } from './text';

/** A bracketed, comma-separated list in a text: object, array, arguments, import specifiers, JSON. */
export interface ListText {
  readonly text: string;
  /** From the opening bracket to after the closing one. */
  readonly span: Span;
  readonly items: readonly Span[];
}

export interface ListStyle {
  readonly indent: string;
  readonly lineEnd: LineEnd;
  readonly trailingComma: ',' | '';
  /** Inside the brackets of a one-line list: `{ a }` or `[a]`. */
  readonly padding: ' ' | '';
}

/**
 * Adds an item after the last one (or after `items[index - 1]`), on a line of its own where the list has one item a line.
 * Two fixes may append to the same list; their items end up one after the other.
 * @param item without comma; its own further lines are indented relative to its first
 */
export function addToList(
  list: ListText,
  item: string,
  style: ListStyle,
  index: number = list.items.length,
): TextEdit[] {
  const { text, span, items } = list;
  const inner = { start: span.start + 1, end: span.end - 1 };
  const before = items[index - 1];
  const following = items[index];
  if (items.length === 0) return [replacement(span, emptyListWith(list, item, style))];
  if (!before) {
    const first = items[0] ?? inner;
    if (!text.slice(inner.start, first.start).includes('\n'))
      return [insertion(first.start, `${item}, `)];
    const indent = indentOf(text, first.start);
    return [insertion(first.start, laidOut(item, indent, style) + ',' + style.lineEnd + indent)];
  }
  const after = text.slice(before.end, following?.start ?? inner.end);
  const comma = commaAfter(text, before.end, following?.start ?? inner.end);
  const multiLine = isMultiLine(list);
  if (!multiLine) {
    if (comma === undefined) return [insertion(before.end, `, ${item}`)];
    return [insertion(comma + 1, ` ${item},`)];
  }
  const indent = indentOf(text, before.start);
  const line = style.lineEnd + indent + laidOut(item, indent, style);
  if (comma !== undefined) {
    const end = Math.max(comma + 1, lineEnd(text, comma + 1));
    // Something else than a comment may follow on the line: then stay right behind the comma.
    const rest = text.slice(comma + 1, end).trim();
    const at = rest === '' || rest.startsWith('//') || /^\/\*.*\*\/$/.test(rest) ? end : comma + 1;
    return [insertion(at, `${line},`)];
  }
  const comment = /^[ \t]*(\/\/|\/\*)/.test(after);
  if (!comment) return [insertion(before.end, `,${line}`)];
  // A comment follows the last item and has to stay with it; replacing a character keeps a second fix from doing the same.
  const last = { start: before.end - 1, end: before.end };
  return [
    replacement(last, `${text.slice(last.start, last.end)},`),
    insertion(lineEnd(text, before.end), line + style.trailingComma),
  ];
}

/**
 * Takes items out, each with its comma, its line, and the comment at the end of that line. Items that go together have to be
 * given together: neighbours share a comma.
 */
export function removeFromList(list: ListText, ...indexes: readonly number[]): TextEdit[] {
  const { text, span, items } = list;
  const goes = new Set(indexes.filter((index) => index in items));
  if (goes.size === 0) return [];
  const inner = { start: span.start + 1, end: span.end - 1 };
  const lastKept = items.reduce((last, _, index) => (goes.has(index) ? last : index), -1);
  if (lastKept < 0 && isBlank(list)) return [removal(inner)];
  const edits: TextEdit[] = [];
  for (const [index, item] of items.entries()) {
    if (!goes.has(index)) continue;
    const following = items[index + 1];
    const comma = commaAfter(text, item.end, following?.start ?? inner.end);
    const stop = comma === undefined ? item.end : comma + 1;
    const lines = ownLines(text, span, item, stop);
    // Behind the last item that stays, what goes takes the comma before it.
    const inLine =
      lastKept < 0 || index < lastKept
        ? { start: item.start, end: following?.start ?? stop }
        : { start: (items[index - 1] ?? item).end, end: item.end };
    edits.push(removal(lines ?? inLine));
    if (lines && !following && comma === undefined)
      edits.unshift(...withoutCommaOf(list, lastKept));
  }
  return edits;
}

/** Takes away the comma after an item; nothing where there is none. */
function withoutCommaOf({ text, span, items }: ListText, index: number): TextEdit[] {
  const item = items[index];
  const comma = item && commaAfter(text, item.end, items[index + 1]?.start ?? span.end - 1);
  return comma === undefined ? [] : [removal({ start: comma, end: comma + 1 })];
}

/** The whole lines of an item that shares them with nothing but its comma and a comment. */
function ownLines(text: string, list: Span, item: Span, stop: number): Span | undefined {
  const from = lineStart(text, item.start);
  const rest = text.slice(stop, lineEnd(text, stop)).trim();
  const isAlone = from > list.start && text.slice(from, item.start).trim() === '';
  const isOnlyComment = rest === '' || rest.startsWith('//') || /^\/\*[^*]*\*\/$/.test(rest);
  return isAlone && isOnlyComment ? { start: from, end: nextLine(text, stop) } : undefined;
}

/** Is there nothing but items, commas and white space? */
function isBlank({ text, span, items }: ListText): boolean {
  let at = span.start + 1;
  let between = '';
  for (const item of items) {
    between += text.slice(at, item.start);
    at = item.end;
  }
  return /^[\s,]*$/.test(between + text.slice(at, span.end - 1));
}

/** Does the list have its items on lines of their own? */
export function isMultiLine(list: ListText): boolean {
  const first = list.items[0];
  return list.text.slice(list.span.start, first?.start ?? list.span.end).includes('\n');
}

/** Offset of the comma after an item, comments skipped. */
function commaAfter(text: string, from: number, to: number): number | undefined {
  let at = from;
  while (at < to) {
    if (text.startsWith('//', at)) at = nextLine(text, at);
    else if (text.startsWith('/*', at)) at = Math.max(text.indexOf('*/', at) + 2, at + 2);
    else if (text[at] === ',') return at;
    else at += 1;
  }
  return undefined;
}

function emptyListWith(list: ListText, item: string, style: ListStyle): string {
  const { text, span } = list;
  const open = text[span.start] ?? '{';
  const close = text[span.end - 1] ?? '}';
  const content = text.slice(span.start + 1, span.end - 1);
  if (!content.includes('\n')) return open + style.padding + item + style.padding + close;
  const outer = indentOf(text, span.start);
  const kept = content.trim() === '' ? '' : content.trimEnd();
  const indent = outer + style.indent;
  return (
    open +
    kept +
    style.lineEnd +
    indent +
    laidOut(item, indent, style) +
    style.trailingComma +
    style.lineEnd +
    outer +
    close
  );
}

function laidOut(item: string, indent: string, style: ListStyle): string {
  return withLineEnd(indentLines(item, indent).trimStart(), style.lineEnd);
}
