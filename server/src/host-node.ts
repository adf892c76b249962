import {
  lstatSync,
  readdirSync,
  readFile,
  readFileSync,
  statSync,
  type Dirent,
  type Stats,
} from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { URI } from 'vscode-uri';
import type { Host, Listing, ReadResult, Timers } from './host';
import { readTracked, type Tracked } from './host-node-git';
import {
  BINARY_PROBE_BYTES,
  BINARY_REASON,
  mattersThoughIgnored,
  maxBytes,
  tooLargeReason,
  UTF_16_REASON,
} from './workspace/readable';
import { walk, type FolderEntry, type FolderReader, type OuterIgnore } from './workspace/walk';

/** How the disk is asked; any of these may throw. */
export interface Disk {
  entries(folder: string): Promise<readonly Dirent[]> | readonly Dirent[];
  stat(path: string): Promise<Stats> | Stats;
  bytes(file: string): Promise<Buffer> | Buffer;
  /** Throws where there is nothing of this name; a link counts, wherever it leads. */
  look(path: string): Promise<Stats> | Stats;
}

/** Leaves the thread free meanwhile, for whoever else has to be answered. */
export const IN_BACKGROUND: Disk = {
  entries: (folder) => readdir(folder, { withFileTypes: true }),
  stat,
  // `node:fs/promises` needs three round trips to the thread pool for what this does in one call.
  bytes: promisify(readFile),
  look: lstat,
};

/** A third of the work, as nothing goes through the thread pool; for processes that have nobody else to answer. */
export const AT_ONCE: Disk = {
  entries: (folder) => readdirSync(folder, { withFileTypes: true }),
  stat: (path) => statSync(path),
  bytes: (file) => readFileSync(file),
  look: (path) => lstatSync(path),
};

/** Files on disk, for Node.js. Roots are `file:` URIs. */
export function createNodeHost(disk: Disk = IN_BACKGROUND): Host & Timers {
  return {
    list: (root, exclude) => listFolder(URI.parse(root).fsPath, exclude, disk),
    read: (root, path) => readText(join(URI.parse(root).fsPath, path), path, disk),
    now: () => performance.now(),
    yield: () => new Promise((resolve) => void setImmediate(resolve)),
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return { dispose: () => clearTimeout(timer) };
    },
  };
}

async function listFolder(
  folder: string,
  exclude: readonly string[],
  disk: Disk,
): Promise<Listing> {
  const repository = await repositoryOf(folder, disk);
  const inside = repository === undefined ? '' : slashed(relative(repository, folder));
  // Only where something is ignored is it worth a look at what is tracked.
  let tracked: Promise<Tracked | undefined> | undefined;
  const reader: FolderReader = {
    entries: (path) => readFolder(join(folder, path), disk),
    text: (path) => plainText(join(folder, path), disk),
    async isTracked(path) {
      tracked ??= repository === undefined ? Promise.resolve(undefined) : readTracked(repository);
      return (await tracked)?.(inside === '' ? path : `${inside}/${path}`) === true;
    },
  };
  return walk(reader, exclude, await outerIgnores(folder, repository, disk));
}

async function readFolder(
  folder: string,
  disk: Disk,
): Promise<readonly FolderEntry[] | { readonly unreadable: string }> {
  let entries: readonly Dirent[];
  try {
    entries = await disk.entries(folder);
  } catch (error) {
    return { unreadable: reasonOf(error) };
  }
  const found = await Promise.all(entries.map((entry) => describeEntry(folder, entry, disk)));
  return found.filter((entry) => entry !== undefined);
}

/** Undefined for what is neither file nor folder, for broken links, and for what went away meanwhile. */
async function describeEntry(
  folder: string,
  entry: Dirent,
  disk: Disk,
): Promise<FolderEntry | undefined> {
  const { name } = entry;
  if (entry.isDirectory()) return { name, kind: 'directory', size: 0 };
  if (!entry.isFile() && !entry.isSymbolicLink()) return undefined;
  try {
    const stats = await disk.stat(join(folder, name));
    const isLink = entry.isSymbolicLink();
    if (stats.isDirectory() || (isLink && mattersThoughIgnored(name)))
      return { name, kind: 'link', size: 0 };
    return stats.isFile() ? { name, kind: 'file', size: stats.size } : undefined;
  } catch (error) {
    // A file that may not be looked at is listed, so that reading it says why.
    return entry.isFile() && codeOf(error) === 'EACCES'
      ? { name, kind: 'file', size: 0 }
      : undefined;
  }
}

async function readText(file: string, path: string, disk: Disk): Promise<ReadResult> {
  try {
    const stats = await disk.stat(file);
    if (!stats.isFile()) return { kind: 'unreadable', reason: 'not a file' };
    if (stats.size > maxBytes(path)) return { kind: 'unreadable', reason: tooLargeReason(path) };
    return decode(await disk.bytes(file));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    return { kind: 'unreadable', reason: reasonOf(error) };
  }
}

/** UTF-8 without its byte order mark, as editors see it. */
function decode(bytes: Buffer): ReadResult {
  const [first, second, third] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { kind: 'unreadable', reason: UTF_16_REASON };
  }
  if (bytes.subarray(0, BINARY_PROBE_BYTES).includes(0)) {
    return { kind: 'unreadable', reason: BINARY_REASON };
  }
  const marked = first === 0xef && second === 0xbb && third === 0xbf;
  return { kind: 'text', text: bytes.toString('utf8', marked ? 3 : 0) };
}

/** The folder, at or above the given one, that holds `.git`. */
async function repositoryOf(folder: string, disk: Disk): Promise<string | undefined> {
  for (let at = folder, below = ''; at !== below; below = at, at = dirname(at))
    if (await exists(join(at, '.git'), disk)) return at;
  return undefined;
}

/** The .gitignore files between the root of the repository and the folder; without a repository files above mean nothing. */
async function outerIgnores(
  folder: string,
  repository: string | undefined,
  disk: Disk,
): Promise<readonly OuterIgnore[]> {
  const found: OuterIgnore[] = [];
  if (repository === undefined) return found;
  for (let above = folder; above !== repository;) {
    above = dirname(above);
    const text = await plainText(join(above, '.gitignore'), disk);
    if (text !== undefined) found.unshift({ text, root: slashed(relative(above, folder)) });
  }
  return found;
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}

async function exists(path: string, disk: Disk): Promise<boolean> {
  try {
    await disk.look(path);
    return true;
  } catch {
    return false;
  }
}

/** The text of an ignore file; undefined when it cannot be read. */
async function plainText(file: string, disk: Disk): Promise<string | undefined> {
  try {
    return (await disk.bytes(file)).toString('utf8');
  } catch {
    return undefined;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such file or folder',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
};

function reasonOf(error: unknown): string {
  return REASONS[codeOf(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
