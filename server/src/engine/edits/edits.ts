import { fileKind } from '../../base/file-names';
import type { Span } from '../../base/span';
import { createFixBatch, restoreFixBatch, snapshotFixBatch } from './batch';
import { groupNewVariables, mergeDotenvTexts } from './dotenv-text';
import type { FileChange, Fix, TextEdit } from '../finding';

/** Text in place of nothing. */
export function insertion(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}

/** Puts a text in the place of a span. */
export function replacement(span: Span, newText: string): TextEdit {
  return { span: { start: span.start, end: span.end }, newText };
}

/** Takes a span out. */
export function removal(span: Span): TextEdit {
  return replacement(span, '');
}

/** The change of one existing file. */
export function fileEdit(path: string, edits: readonly TextEdit[]): FileChange {
  return { kind: 'edit', path, edits };
}

/**
 * Edits in the order of the text; insertions come before a replacement that starts where they stand, insertions at one place
 * keep their order.
 */
export function sortEdits(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort(
    (a, b) => a.span.start - b.span.start || Number(!isInsertion(a)) - Number(!isInsertion(b)),
  );
}

/**
 * Do two edits touch the same text? Insertions at one place do not, nor does an insertion at the border of a replacement.
 */
function editsOverlap(a: TextEdit, b: TextEdit): boolean {
  if (isInsertion(a))
    return !isInsertion(b) && b.span.start < a.span.start && a.span.start < b.span.end;
  if (isInsertion(b)) return editsOverlap(b, a);
  return a.span.start < b.span.end && b.span.start < a.span.end;
}

/**
 * The text after the edits.
 * @param text the text that the spans point into
 * @throws RangeError when edits overlap or lie outside the text
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { span, newText } of sortEdits(edits)) {
    if (span.start < at || span.end < span.start || span.end > text.length) {
      throw new RangeError(`edit ${span.start}-${span.end} overlaps another or leaves the text`);
    }
    result += text.slice(at, span.start) + newText;
    at = span.end;
  }
  return result + text.slice(at);
}

/**
 * One list of changes out of several parts of one fix: one entry per file, sorted by path, equal edits only once.
 * @returns undefined when the parts contradict each other
 */
export function combineChanges(
  ...parts: readonly (readonly FileChange[])[]
): FileChange[] | undefined {
  const merger = createMerger();
  return parts.every((part) => merger.add(part)) ? merger.changes() : undefined;
}

export interface MergedFixes {
  /** One entry per file, sorted by path. */
  readonly changes: readonly FileChange[];
  /** Indexes into the given fixes. */
  readonly applied: readonly number[];
  /** Those that do not apply, or whose edits overlap an earlier one; dropped as a whole. */
  readonly dropped: readonly number[];
}

/**
 * Builds fixes of one batch, in the given order, and merges their changes. A fix that overlaps an earlier one leaves no trace,
 * in the batch neither.
 * @param fixes in a stable order, e.g. by path and span of their findings
 */
export function mergeFixes(fixes: readonly Pick<Fix, 'build'>[]): MergedFixes {
  const batch = createFixBatch();
  const merger = createMerger();
  const applied: number[] = [];
  const dropped: number[] = [];
  fixes.forEach((fix, index) => {
    const before = snapshotFixBatch(batch);
    const changes = fix.build(batch);
    if (changes && merger.add(changes)) {
      applied.push(index);
    } else {
      restoreFixBatch(batch, before);
      dropped.push(index);
    }
  });
  return { changes: merger.changes(), applied, dropped };
}

/** Does a fix change anything? One that does not must not be offered. */
export function changesSomething(fix: Pick<Fix, 'build'>): boolean {
  return mergeFixes([fix]).changes.length > 0;
}

interface ChangeMerger {
  /** False, and nothing added, when the changes overlap what is there. */
  add(changes: readonly FileChange[]): boolean;
  changes(): FileChange[];
}

function createMerger(): ChangeMerger {
  const edits = new Map<string, readonly TextEdit[]>();
  const created = new Map<string, string>();
  return {
    add(changes) {
      const newEdits = new Map<string, readonly TextEdit[]>();
      const newCreated = new Map<string, string>();
      for (const change of changes) {
        const { path } = change;
        if (change.kind === 'edit') {
          if (created.has(path) || newCreated.has(path)) return false;
          const merged = mergeEdits(newEdits.get(path) ?? edits.get(path) ?? [], change.edits);
          if (!merged) return false;
          newEdits.set(path, merged);
        } else {
          if (edits.has(path) || newEdits.has(path)) return false;
          const merged = mergeCreated(path, newCreated.get(path) ?? created.get(path), change.text);
          if (merged === undefined) return false;
          newCreated.set(path, merged);
        }
      }
      for (const [path, list] of newEdits) edits.set(path, list);
      for (const [path, text] of newCreated) created.set(path, text);
      return true;
    },
    changes() {
      const all: FileChange[] = [
        ...[...edits].map(([path, list]) =>
          fileEdit(
            path,
            joinLines(sortEdits(fileKind(path) === 'dotenv' ? groupNewVariables(list) : list)),
          ),
        ),
        ...[...created].map(([path, text]): FileChange => ({ kind: 'create', path, text })),
      ];
      return all
        .filter((change) => change.kind === 'create' || change.edits.length > 0)
        .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    },
  };
}

function mergeEdits(
  present: readonly TextEdit[],
  added: readonly TextEdit[],
): TextEdit[] | undefined {
  const result = [...present];
  for (const edit of added) {
    if (result.some((other) => isSameEdit(other, edit))) continue;
    if (result.some((other) => editsOverlap(other, edit))) return undefined;
    result.push(edit);
  }
  return result;
}

/**
 * Whole lines that several fixes put behind one line: single ones (imports) first, then what blank lines set apart, with one
 * blank line between.
 * @param edits sorted
 */
function joinLines(edits: readonly TextEdit[]): TextEdit[] {
  const result: TextEdit[] = [];
  for (let index = 0; index < edits.length;) {
    const first = edits[index];
    if (!first) break;
    let end = index + 1;
    if (isInsertion(first)) while (end < edits.length && isSamePlace(edits[end], first)) end += 1;
    const run = edits.slice(index, end);
    const isLines = run.length > 1 && run.every(({ newText }) => /^(\r?\n)+\S/.test(newText));
    result.push(...(isLines ? joined(run) : run));
    index = end;
  }
  return result;
}

function joined(run: readonly TextEdit[]): TextEdit[] {
  const blocks = run.filter(({ newText }) => APART.test(newText));
  const lines = run.filter(({ newText }) => !APART.test(newText));
  return [
    ...lines,
    ...blocks.map((edit, index) =>
      index < blocks.length - 1
        ? { ...edit, newText: edit.newText.replace(/(?<![\r\n])[\r\n]+$/, '') }
        : edit,
    ),
  ];
}

const APART = /^(\r?\n){2}/;

function isSamePlace(edit: TextEdit | undefined, first: TextEdit): boolean {
  return edit !== undefined && isInsertion(edit) && edit.span.start === first.span.start;
}

/** Two fixes may create the same list of lines (`.env.example`, `.gitignore`): the second adds what the first lacks. */
function mergeCreated(
  path: string,
  present: string | undefined,
  added: string,
): string | undefined {
  if (present === undefined || present === added) return added;
  const kind = fileKind(path);
  if (kind === 'dotenv') return mergeDotenvTexts(present, added);
  if (kind !== 'ignore') return undefined;
  const lines = new Set(present.split(/\r?\n/));
  const missing = added.split(/\r?\n/).filter((line) => line !== '' && !lines.has(line));
  return present.replace(/\n?$/, '\n') + missing.map((line) => `${line}\n`).join('');
}

function isInsertion(edit: TextEdit): boolean {
  return edit.span.start === edit.span.end;
}

function isSameEdit(a: TextEdit, b: TextEdit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;
}
