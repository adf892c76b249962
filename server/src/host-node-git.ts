import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { lookAt, regularFile, type Disk } from './host-node-disk';

/** Does git track a file of a repository? What it tracks is committed, whatever the ignore files say. */
export type Tracked = (path: string) => boolean;

/**
 * Reads what a repository tracks. Undefined where that cannot be told: no index yet, or one of version 4, whose paths are
 * compressed.
 * @param repository the folder that holds `.git`
 */
export async function readTracked(repository: string, disk: Disk): Promise<Tracked | undefined> {
  const index = await regularFile(join(await gitFolder(repository, disk), 'index'), disk);
  if (index?.toString('latin1', 0, 4) !== 'DIRC' || index.readUInt32BE(4) > 3) return undefined;
  return (path) => holdsEntry(index, Buffer.from(path));
}

/** The folder, at or above the given one, that holds `.git`. */
export async function repositoryOf(folder: string, disk: Disk): Promise<string | undefined> {
  for (let at = folder, below = ''; at !== below; below = at, at = dirname(at))
    if (await lookAt(join(at, '.git'), disk)) return at;
  return undefined;
}

/**
 * What git tracks of a folder, asked with paths relative to it.
 * @returns undefined where that cannot be told
 */
export async function trackedIn(folder: string, disk: Disk): Promise<Tracked | undefined> {
  const repository = await repositoryOf(folder, disk);
  const tracked = repository === undefined ? undefined : await readTracked(repository, disk);
  if (repository === undefined || !tracked) return undefined;
  const inside = relative(repository, folder).split(sep).join('/');
  return (path) => tracked(inside === '' ? path : `${inside}/${path}`);
}

/** Of a `.git` that names another folder, bytes. */
const LONGEST_LINK = 4_096;

/** `.git` itself, or the folder that it names, as it does in worktrees and submodules. */
async function gitFolder(repository: string, disk: Disk): Promise<string> {
  const own = join(repository, '.git');
  const line = (await regularFile(own, disk))?.toString('utf8', 0, LONGEST_LINK).split('\n')[0];
  const named = line?.startsWith('gitdir:') ? line.slice('gitdir:'.length).trim() : '';
  if (named === '') return own;
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
