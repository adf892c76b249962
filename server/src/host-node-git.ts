import { readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';

/** Does git track a file of a repository? What it tracks is committed, whatever the ignore files say. */
export type Tracked = (path: string) => boolean;

/**
 * Reads what a repository tracks. Undefined where that cannot be told: no index yet, or one of version 4, whose paths are
 * compressed.
 * @param repository the folder that holds `.git`
 */
export async function readTracked(repository: string): Promise<Tracked | undefined> {
  const index = await readFile(join(await gitFolder(repository), 'index')).catch(() => undefined);
  if (index?.toString('latin1', 0, 4) !== 'DIRC' || index.readUInt32BE(4) > 3) return undefined;
  return (path) => holdsEntry(index, Buffer.from(path));
}

/** `.git` itself, or the folder that it names, as it does in worktrees and submodules. */
async function gitFolder(repository: string): Promise<string> {
  const own = join(repository, '.git');
  const text = await readFile(own, 'utf8').catch(() => '');
  const named = /^gitdir:\s*(.+?)\s*$/m.exec(text)?.[1];
  if (named === undefined) return own;
  return isAbsolute(named) ? named : resolve(repository, named);
}

/** An entry's path ends with a NUL, and stands behind its own length in the lower 12 bits of 16 (32 in extended entries). */
function holdsEntry(index: Buffer, path: Buffer): boolean {
  const wanted = Buffer.concat([path, Buffer.from([0])]);
  const length = Math.min(path.length, 0xfff);
  for (let at = index.indexOf(wanted); at >= 0; at = index.indexOf(wanted, at + 1)) {
    const isLength = (from: number): boolean =>
      from >= 12 && (index.readUInt16BE(from) & 0xfff) === length;
    if (isLength(at - 2) || (isLength(at - 4) && (index.readUInt16BE(at - 4) & 0x4000) !== 0))
      return true;
  }
  return false;
}
