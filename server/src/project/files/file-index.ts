import { fileQuery } from '../query';
import type { FileKind } from '../../base/file-kinds';
import { folderOf } from '../../base/paths';
import type { ProjectFiles } from './files';

/** Questions about folders and kinds of a snapshot, answered from indices that are made once per snapshot. */
interface FileIndex {
  /** Files of each folder, without those of its sub-folders. */
  readonly byFolder: ReadonlyMap<string, readonly string[]>;
  readonly byKind: ReadonlyMap<FileKind, readonly string[]>;
}

/** The files that lie directly in a folder, sorted. */
export function filesIn(files: ProjectFiles, folder: string): readonly string[] {
  return indexOf(files).byFolder.get(folder) ?? [];
}

/** The listed files of a kind, sorted. */
export function filesOfKind(files: ProjectFiles, kind: FileKind): readonly string[] {
  return indexOf(files).byKind.get(kind) ?? [];
}

/** The files in a folder and its sub-folders, sorted; all files for the root. */
export function filesBelow(files: ProjectFiles, folder: string): readonly string[] {
  if (folder === '') return files.paths;
  const from = firstNotBefore(files.paths, `${folder}/`);
  // `0` is the character after `/`.
  return files.paths.slice(from, firstNotBefore(files.paths, `${folder}0`));
}

/** Is there a file of this name, or a folder with files? */
export function existsPath(files: ProjectFiles, path: string): boolean {
  if (path === '' || files.has(path)) return files.paths.length > 0;
  const next = files.paths[firstNotBefore(files.paths, `${path}/`)];
  return next?.startsWith(`${path}/`) === true;
}

const indexOf = fileQuery((files): FileIndex => {
  const byFolder = new Map<string, string[]>();
  const byKind = new Map<FileKind, string[]>();
  for (const path of files.paths) {
    push(byFolder, folderOf(path), path);
    const kind = files.kind(path);
    if (kind !== undefined) push(byKind, kind, path);
  }
  const index = { byFolder, byKind };
  return index;
});

function push<K>(lists: Map<K, string[]>, key: K, path: string): void {
  const list = lists.get(key);
  if (list) list.push(path);
  else lists.set(key, [path]);
}

/** Index of the first path that does not sort before `wanted`. */
function firstNotBefore(paths: readonly string[], wanted: string): number {
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((paths[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
