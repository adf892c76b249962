import { folderOf, isInside } from '../../server/src/base/paths';
import type { FileChange, Finding } from '../../server/src/engine/finding';
import { isExampleEnvPath } from '../../server/src/project/manifests/environment';

/** What a batch of fixes did to a repository. */
export interface Batch {
  /** What was said before it. */
  readonly before: readonly Finding[];
  readonly changes: readonly FileChange[];
  /** The text of a file before it; undefined where there was none. */
  textBefore(path: string): string | undefined;
  /** The text of a file after it. */
  textAfter(path: string): string | undefined;
}

/**
 * Is a finding after a batch of fixes no defect of theirs, but what comes next? Each fix does its own part: it documents its own
 * variables only, or those that an app cannot do without, so that an example file which it had to create, or that lacks many, is said to
 * lack the others; and it keeps what the app does, so that an address on this machine becomes the default of a variable, to be required or not at a go of its own.
 */
export function isFollowUp({ ruleId, path, span, message }: Finding, batch: Batch): boolean {
  switch (ruleId) {
    case 'undocumented-variable':
      return batch.changes.some(
        (change) =>
          isExampleEnvPath(change.path) &&
          (change.kind === 'create'
            ? isInside(path, folderOf(change.path))
            : change.path === path && !batch.before.some((one) => one.message === message)),
      );
    case 'local-default': {
      const line = lineAt(batch.textAfter(path) ?? '', span.start);
      return !(batch.textBefore(path) ?? '').split(/\r?\n/).some((one) => one.trim() === line);
    }
    default:
      return false;
  }
}

/** The trimmed line that an offset stands on. */
function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, end === -1 ? undefined : end);
  return line.trim();
}
