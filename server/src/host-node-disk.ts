import {
  lstatSync,
  readdirSync,
  readFile,
  readFileSync,
  realpath,
  realpathSync,
  statSync,
  type Dirent,
  type Stats,
} from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { promisify } from 'node:util';

/** How the disk is asked; any of these may throw. */
export interface Disk {
  entries(folder: string): Promise<readonly Dirent[]> | readonly Dirent[];
  stat(path: string): Promise<Stats> | Stats;
  bytes(file: string): Promise<Buffer> | Buffer;
  /** Throws where there is nothing of this name; a link counts, wherever it leads. */
  look(path: string): Promise<Stats> | Stats;
  /** Where a path leads when every link in it has been followed. */
  real(path: string): Promise<string> | string;
}

/** Leaves the thread free meanwhile, for whoever else has to be answered. */
export const IN_BACKGROUND: Disk = {
  entries: (folder) => readdir(folder, { withFileTypes: true }),
  stat,
  // `node:fs/promises` needs three round trips to the thread pool for what this does in one call.
  bytes: promisify(readFile),
  look: lstat,
  real: promisify(realpath.native),
};

/** A third of the work, as nothing goes through the thread pool; for processes that have nobody else to answer. */
export const AT_ONCE: Disk = {
  entries: (folder) => readdirSync(folder, { withFileTypes: true }),
  stat: (path) => statSync(path),
  bytes: (file) => readFileSync(file),
  look: (path) => lstatSync(path),
  real: (path) => realpathSync.native(path),
};

/** What is there of this name; a link counts, wherever it leads. */
export async function lookAt(path: string, disk: Disk): Promise<Stats | undefined> {
  try {
    return await disk.look(path);
  } catch {
    return undefined;
  }
}

/**
 * Does a path lie in a folder when all symbolic links have been followed? Of a path that is not there yet, what is there of it counts.
 * @param folder absolute, as `path` is
 */
export async function staysWithin(folder: string, path: string, disk: Disk): Promise<boolean> {
  const [from, to] = [await disk.real(folder), await realPlace(path, disk)];
  const way = relative(from, to);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

async function realPlace(path: string, disk: Disk): Promise<string> {
  try {
    return await disk.real(path);
  } catch (error) {
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === path) throw error;
    return realPlace(above, disk);
  }
}

/** The content of a file; undefined where there is none, or something that is no file: reading a pipe would never end. */
export async function regularFile(file: string, disk: Disk): Promise<Buffer | undefined> {
  try {
    return (await disk.stat(file)).isFile() ? await disk.bytes(file) : undefined;
  } catch {
    return undefined;
  }
}
