import { lineEndOf } from '../../base/line-ends';
import { fileEdit, insertion } from '../../engine/edits/edits';
import type { FileChange, TextEdit } from '../../engine/finding';
import type { ProjectModel } from '../../project/model';
import { lineEnd } from '../code/text';

/**
 * Adds lines after the last line that is not empty; the end of the file stays as it is (with or without a final newline). Fixes
 * of one batch may each add their own.
 */
export function appendLines(text: string, lines: readonly string[]): TextEdit[] {
  if (lines.length === 0) return [];
  const end = lineEndOf(text);
  const last = text.trimEnd().length;
  if (last === 0) return [insertion(0, lines.map((line) => line + end).join(''))];
  return [insertion(lineEnd(text, last), lines.map((line) => end + line).join(''))];
}

/**
 * Adds patterns to a `.gitignore` or `.dockerignore` that it does not have yet, in the given order; creates the file.
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
  const present = new Set(text.split(/\r?\n/).map((line) => normalised(line)));
  const edits = appendLines(
    text,
    patterns.filter((pattern) => !present.has(normalised(pattern))),
  );
  return edits.length > 0 ? [fileEdit(path, edits)] : [];
}

/** `/.env` and `.env` differ only in depth; a trailing slash or space does not matter here. */
function normalised(pattern: string): string {
  return pattern.trim().replace(/^\//, '').replace(/\/$/, '');
}
