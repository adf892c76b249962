import { lineEndOf } from '../../base/line-ends';
import { applyEdits, fileEdit, insertion, removal, replacement } from '../../engine/edits/edits';
import type { FileChange, TextEdit } from '../../engine/finding';
import { parseIgnoreSyntax } from '../../languages/ignore-file';
import type { ProjectModel } from '../../project/model';
import { lineEnd, wholeLines } from '../code/text';

/**
 * Adds lines after the last line that is not empty; the end of the file stays as it is (with or without a final newline). Fixes
 * of one batch may each add their own.
 */
export function appendLines(
  text: string,
  lines: readonly string[],
  end = lineEndOf(text),
): TextEdit[] {
  if (lines.length === 0) return [];
  const last = text.trimEnd().length;
  if (last === 0) return [insertion(0, lines.map((line) => line + end).join(''))];
  return [insertion(lineEnd(text, last), lines.map((line) => end + line).join(''))];
}

/**
 * Adds patterns to a `.gitignore` or `.dockerignore` that it does not have yet, in the given order; creates the file. Exceptions for
 * the very same patterns go.
 * @param patterns later ones win over earlier ones, as in the file
 * @returns no change when all of them are there
 */
export function addIgnorePatterns(
  model: ProjectModel,
  path: string,
  patterns: readonly string[],
): FileChange[] {
  const text = model.files.text(path);
  if (text === undefined) {
    return [{ kind: 'create', path, text: patterns.map((line) => `${line}\n`).join('') }];
  }
  const exceptions = exceptionsTo(text, patterns);
  const kept = applyEdits(text, exceptions);
  const present = new Set(kept.split(/\r?\n/).map((line) => normalised(line)));
  const firstNew = patterns.findIndex((pattern) => !present.has(normalised(pattern)));
  // An exception that is there already has to follow what is added now, or it has no say any more.
  const edits = appendLines(
    kept,
    patterns.filter(
      (pattern, index) =>
        !present.has(normalised(pattern)) ||
        (pattern.startsWith('!') && firstNew !== -1 && index > firstNew),
    ),
    lineEndOf(text),
  );
  const [first] = exceptions;
  if (!first) return edits.length > 0 ? [fileEdit(path, edits)] : [];
  // What goes may be the very line that others would follow: one edit for both.
  const { start } = first.span;
  const rest = applyEdits(kept, edits).slice(start);
  return [fileEdit(path, [replacement({ start, end: text.length }, rest)])];
}

/** Takes away the lines that let in, by the same pattern, what is to be kept out. */
function exceptionsTo(text: string, patterns: readonly string[]): TextEdit[] {
  const excluded = new Set(patterns.filter((one) => !one.startsWith('!')).map(normalised));
  return parseIgnoreSyntax(text)
    .patterns.filter(({ pattern, negative }) => negative && excluded.has(normalised(pattern)))
    .map(({ span }) => removal(wholeLines(text, span)));
}

/** `/.env` and `.env` differ only in depth; a trailing slash or space does not matter here. */
function normalised(pattern: string): string {
  return pattern.trim().replace(/^\//, '').replace(/\/$/, '');
}
