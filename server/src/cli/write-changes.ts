import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { applyEdits } from '../engine/edits/edits';
import type { FileChange, TextEdit } from '../engine/finding';
import { IN_BACKGROUND, staysWithin } from '../host-node-disk';
import { UsageError } from './usage-error';

/**
 * Makes changes on a disk, within a folder.
 * @param folder absolute path
 * @param textOf the texts that the edits were made for, by path
 * @returns the paths that were written; of several names of one file the first, as its text is another then: the next pass sees it
 * @throws UsageError for what the analysis did not know of, and where a link leads out of the folder
 */
export async function writeChanges(
  folder: string,
  changes: readonly FileChange[],
  textOf: (path: string) => string | undefined,
): Promise<readonly string[]> {
  const written = new Map<string, string>();
  for (const change of changes) {
    const { path } = change;
    const file = join(folder, path);
    if (!(await staysWithin(folder, file, IN_BACKGROUND)))
      throw new UsageError(`${path} lies outside of the folder, by a symbolic link`);
    if (change.kind === 'create') await create(file, path, change.text);
    else {
      const place = await realpath(file);
      if (written.has(place)) continue;
      await rewrite(file, textOf(path) ?? '', change.edits);
    }
    written.set(await realpath(file), path);
  }
  return [...written.values()];
}

async function create(file: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // `wx` overwrites nothing, and follows no link.
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(`${path} is in the way: it could not be read`);
  });
}

/**
 * Edits a file that still is what was analysed; a byte order mark stays.
 * @throws UsageError when the file changed in the meantime
 */
async function rewrite(file: string, text: string, edits: readonly TextEdit[]): Promise<void> {
  const present = await readFile(file, 'utf8');
  const mark = present.startsWith('\uFEFF') && !text.startsWith('\uFEFF') ? '\uFEFF' : '';
  if (present !== mark + text) throw new UsageError(`${file} changed meanwhile; run it again`);
  await writeFile(file, mark + applyEdits(text, edits));
}
