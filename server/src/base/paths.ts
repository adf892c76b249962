/** Path arithmetic on `/`-separated relative paths. Pure, the same on every platform. */

/** Joins and normalises; `..` above the root yields undefined. */
export function joinPath(...parts: readonly string[]): string | undefined {
  const result: string[] = [];
  for (const part of parts.join('/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (result.pop() === undefined) return undefined;
    } else result.push(part);
  }
  return result.join('/');
}

/** The folder of a path, `` for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** True when `path` is `folder` or inside it; `` contains everything. */
export function isInside(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** The path of `to` as seen from the folder of the file `from`, with a leading `./` or `../`. */
export function relativePath(from: string, to: string): string {
  const source = folderOf(from).split('/').filter(Boolean);
  const target = to.split('/');
  let common = 0;
  while (common < source.length && common < target.length - 1 && source[common] === target[common])
    common++;
  const up = source.slice(common).map(() => '..');
  const rest = target.slice(common);
  return up.length === 0 ? `./${rest.join('/')}` : [...up, ...rest].join('/');
}
