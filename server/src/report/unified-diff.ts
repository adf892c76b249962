import { sortEdits } from '../engine/edits/edits';
import type { FileChange, TextEdit } from '../engine/finding';

const CONTEXT = 3;

/** Old lines `[start, end)` become new lines; line numbers are 0-based. */
interface LineChange {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/**
 * One file's change as a unified diff. The edits are known, so nothing has to be compared.
 * @param before the file's text; the empty string for a created file
 * @returns lines that end with `\n`
 */
export function unifiedDiff(change: FileChange, before: string): string {
  const { path } = change;
  const changes =
    change.kind === 'create'
      ? [{ start: 0, end: 0, lines: splitLines(change.text) }]
      : lineChanges(before, change.edits);
  const header = [change.kind === 'create' ? '--- /dev/null' : `--- a/${path}`, `+++ b/${path}`];
  const old = splitLines(before);
  let shift = 0;
  const hunks = groupNear(changes).flatMap((group) => {
    const text = hunk(old, group, shift);
    for (const { start, end, lines } of group) shift += lines.length - (end - start);
    return text;
  });
  return [...header, ...hunks].map((line) => `${line}\n`).join('');
}

/** Lines with their ends cut off; the last one has none when the text ends with a line break. */
function splitLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Edits widened to whole lines; edits that touch the same lines become one change. */
function lineChanges(text: string, edits: readonly TextEdit[]): readonly LineChange[] {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const lineOf = (offset: number): number => starts.findLastIndex((start) => start <= offset);
  const startOf = (line: number): number => starts[line] ?? text.length;
  const changes: { start: number; end: number; edits: TextEdit[] }[] = [];
  for (const edit of sortEdits(edits)) {
    const start = lineOf(edit.span.start);
    const end = lineOf(edit.span.end) + 1;
    const last = changes.at(-1);
    if (last && start < last.end) {
      last.end = Math.max(last.end, end);
      last.edits.push(edit);
    } else {
      changes.push({ start, end, edits: [edit] });
    }
  }
  const lineCount = splitLines(text).length;
  return changes.map(({ start, end, edits: own }) => {
    const from = startOf(start);
    let after = '';
    let at = from;
    for (const { span, newText } of own) {
      after += text.slice(at, span.start) + newText;
      at = span.end;
    }
    after += text.slice(at, startOf(end));
    const change = { start, end: Math.min(end, lineCount), lines: splitLines(after) };
    return withoutEqualLines(change, splitLines(text.slice(from, startOf(end))));
  });
}

/** Takes the lines that stay off both ends of a change. */
function withoutEqualLines(change: LineChange, old: readonly string[]): LineChange {
  const { start, end, lines } = change;
  const shorter = Math.min(old.length, lines.length);
  let head = 0;
  while (head < shorter && old[head] === lines[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === lines.at(-1 - tail)) tail += 1;
  return { start: start + head, end: end - tail, lines: lines.slice(head, lines.length - tail) };
}

function groupNear(changes: readonly LineChange[]): readonly (readonly LineChange[])[] {
  const groups: LineChange[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    const previous = last?.at(-1);
    if (last && previous && change.start - previous.end <= 2 * CONTEXT) last.push(change);
    else groups.push([change]);
  }
  return groups;
}

function hunk(old: readonly string[], group: readonly LineChange[], shift: number): string[] {
  const from = Math.max(0, (group[0]?.start ?? 0) - CONTEXT);
  const to = Math.min(old.length, (group.at(-1)?.end ?? 0) + CONTEXT);
  const body: string[] = [];
  let at = from;
  for (const { start, end, lines } of group) {
    body.push(...old.slice(at, start).map((line) => ` ${line}`));
    body.push(...old.slice(start, end).map((line) => `-${line}`));
    body.push(...lines.map((line) => `+${line}`));
    at = end;
  }
  body.push(...old.slice(at, to).map((line) => ` ${line}`));
  const oldCount = body.filter((line) => !line.startsWith('+')).length;
  const newCount = body.filter((line) => !line.startsWith('-')).length;
  const place = (line: number, count: number): string =>
    `${count === 0 ? line : line + 1},${count}`;
  return [`@@ -${place(from, oldCount)} +${place(from + shift, newCount)} @@`, ...body];
}
