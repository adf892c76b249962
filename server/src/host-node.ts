import type { Dirent } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { URI } from 'vscode-uri';
import type { Host, Listing, ReadResult, Timers } from './host';
import { IN_BACKGROUND, lookAt, regularFile, staysWithin, type Disk } from './host-node-disk';
import { readTracked, repositoryOf, type Tracked } from './host-node-git';
import {
  BINARY_PROBE_BYTES,
  BINARY_REASON,
  mattersThoughIgnored,
  maxBytes,
  tooLargeReason,
  UTF_16_REASON,
} from './workspace/readable';
import { walk, type FolderEntry, type FolderReader, type OuterIgnore } from './workspace/walk';

/** Files on disk, for Node.js. Roots are `file:` URIs. */
export function createNodeHost(disk: Disk = IN_BACKGROUND): Host & Timers {
  // Of a file in one of these, only the file itself can be a link.
  const walked = new Set<string>();
  return {
    list: (root, exclude) => listFolder(URI.parse(root).fsPath, exclude, disk, walked),
    read: (root, path) => readText(URI.parse(root).fsPath, path, disk, walked),
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
  walked: Set<string>,
): Promise<Listing> {
  for (const known of walked) if (known.startsWith(folder)) walked.delete(known);
  const repository = await repositoryOf(folder, disk);
  const inside = repository === undefined ? '' : slashed(relative(repository, folder));
  // Only where something is ignored is it worth a look at what is tracked.
  let tracked: Promise<Tracked | undefined> | undefined;
  const reader: FolderReader = {
    entries(path) {
      walked.add(join(folder, path));
      return readFolder(folder, path, disk);
    },
    // As git does, none that is a link.
    async text(path) {
      const file = join(folder, path);
      return (await lookAt(file, disk))?.isFile() ? plainText(file, disk) : undefined;
    },
    async isTracked(path) {
      tracked ??=
        repository === undefined ? Promise.resolve(undefined) : readTracked(repository, disk);
      return (await tracked)?.(inside === '' ? path : `${inside}/${path}`) === true;
    },
  };
  return walk(reader, exclude, await outerIgnores(folder, repository, disk));
}

async function readFolder(
  root: string,
  path: string,
  disk: Disk,
): Promise<readonly FolderEntry[] | { readonly unreadable: string }> {
  const folder = join(root, path);
  let entries: readonly Dirent[];
  try {
    entries = await disk.entries(folder);
  } catch (error) {
    return { unreadable: isGone(error) && isMisspelt(path) ? MISSPELT_REASON : reasonOf(error) };
  }
  const found = await Promise.all(entries.map((entry) => describeEntry(root, folder, entry, disk)));
  return found.filter((entry) => entry !== undefined);
}

/** Undefined for broken links, for links to folders that are walked anyway, and for what went away meanwhile. */
async function describeEntry(
  root: string,
  folder: string,
  entry: Dirent,
  disk: Disk,
): Promise<FolderEntry | undefined> {
  const { name } = entry;
  const path = join(folder, name);
  if (entry.isDirectory()) return { name, kind: 'directory', size: 0 };
  // Pipes, sockets and devices are listed, so that reading one says why where a file was expected.
  if (!entry.isFile() && !entry.isSymbolicLink()) return { name, kind: 'other', size: 0 };
  try {
    const stats = await disk.stat(path);
    const isLink = entry.isSymbolicLink();
    const isInside = !isLink || (await staysWithin(root, path, disk));
    if (stats.isDirectory()) return isInside ? undefined : { name, kind: 'link', size: 0 };
    // Whether git ignores an env or key file is asked where it lies, not where a link to it does.
    if (isLink && isInside && mattersThoughIgnored(name)) return undefined;
    return stats.isFile() && isInside
      ? { name, kind: 'file', size: stats.size }
      : { name, kind: 'other', size: 0 };
  } catch (error) {
    // So are files that may not be looked at, or whose names cannot be said again.
    return entry.isFile() && (codeOf(error) === 'EACCES' || isMisspelt(name))
      ? { name, kind: 'other', size: 0 }
      : undefined;
  }
}

async function readText(
  root: string,
  path: string,
  disk: Disk,
  walked: ReadonlySet<string>,
): Promise<ReadResult> {
  const file = join(root, path);
  try {
    let stats = await disk.look(file);
    if (stats.isSymbolicLink() || !walked.has(dirname(file))) {
      stats = await disk.stat(file);
      if (!(await staysWithin(root, file, disk)))
        return { kind: 'unreadable', reason: OUTSIDE_REASON, isOutside: true };
    }
    if (!stats.isFile()) return { kind: 'unreadable', reason: 'not a file' };
    if (stats.size > maxBytes(path)) return { kind: 'unreadable', reason: tooLargeReason(path) };
    return decode(await disk.bytes(file));
  } catch (error) {
    if (!isGone(error)) return { kind: 'unreadable', reason: reasonOf(error) };
    return isMisspelt(path) ? { kind: 'unreadable', reason: MISSPELT_REASON } : { kind: 'missing' };
  }
}

const OUTSIDE_REASON = 'a symbolic link that leads out of the folder';
const MISSPELT_REASON = 'its name is not UTF-8';

/** Bytes of a name that are not UTF-8 come as this character; by the name that is left nothing is found. */
function isMisspelt(path: string): boolean {
  return path.includes('\uFFFD');
}

function isGone(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
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

/** The text of an ignore file; undefined when it cannot be read. */
async function plainText(file: string, disk: Disk): Promise<string | undefined> {
  return (await regularFile(file, disk))?.toString('utf8');
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
