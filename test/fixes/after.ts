import { expect } from 'vitest';
import type { FileChange } from '../../server/src/engine/finding';
import type { ProjectModel } from '../../server/src/project/model';
import { applyChanges, project, type Files, type ProjectOptions } from './harness';

/** Applies a change to files, checks that applying it again changes nothing, and answers one file. */
export async function after(
  files: Files,
  path: string,
  change: (model: ProjectModel) => readonly FileChange[],
  options: ProjectOptions = {},
): Promise<string | undefined> {
  const fixed = applyChanges(files, change(await project(files, options)));
  const again = applyChanges(fixed, change(await project(fixed, options)));
  expect(again, 'twice').toEqual(fixed);
  return fixed[path];
}
