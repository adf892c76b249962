import picomatch from 'picomatch';
import type { ListedFile, Listing, UnreadablePath } from '../host';
import { gitMatcher, type IgnoreMatcher } from '../languages/ignore-file';
import { isReadable, mattersThoughIgnored } from './readable';

/** One entry of a folder. */
export interface FolderEntry {
  readonly name: string;
  /**
   * `link` is a symbolic link to a folder, or one to an env or key file, of which it counts whether git ignores it where it lies; links
   * to other files are files.
   */
  readonly kind: 'file' | 'directory' | 'link';
  /** Bytes; 0 for anything but a file. */
  readonly size: number;
}

/** What a walk needs of a file system. Paths are relative to the root, with `/`; the root itself is ``. */
export interface FolderReader {
  /** Throws nothing: a folder that cannot be read says why. */
  entries(folder: string): Promise<readonly FolderEntry[] | { readonly unreadable: string }>;
  /** The text of an ignore file; undefined when it cannot be read. */
  text(path: string): Promise<string | undefined>;
  /** Is the file committed although an ignore file names it? Absent where that cannot be told. */
  isTracked?(path: string): Promise<boolean>;
}

/** An ignore file of a folder above the root: what it says about paths below the root. */
export interface OuterIgnore {
  readonly text: string;
  /** The root as seen from that folder, e.g. `packages/api`. */
  readonly root: string;
}

/** Folders that are never entered: version control and other people's code. */
const NEVER_ENTERED = new Set(['.git', '.hg', '.svn', 'node_modules', 'bower_components', '.pnp']);

/** How many folders are read at the same time. */
const PARALLEL_FOLDERS = 16;

/** True for paths inside folders that no walk enters. */
export function isNeverEntered(path: string): boolean {
  return path.split('/').some((part) => NEVER_ENTERED.has(part));
}

interface IgnoreScope {
  readonly matcher: IgnoreMatcher;
  /** Turns a path relative to the root into one relative to the ignore file's folder. */
  relative(path: string): string;
}

interface Pending {
  readonly folder: string;
  /** From the outermost to the innermost. */
  readonly ignores: readonly IgnoreScope[];
}

/**
 * Lists the files below a root with git's rules: nested .gitignore files, the innermost that has a word wins, nothing below an
 * ignored folder; a file that is tracked all the same is not ignored. Links to folders are not followed, so that loops cannot happen.
 * @param exclude picomatch globs; a folder that matches is not entered
 * @param outer ignore files of folders above the root, outermost first
 */
export async function walk(
  reader: FolderReader,
  exclude: readonly string[],
  outer: readonly OuterIgnore[] = [],
): Promise<Listing> {
  const isExcluded = exclude.length === 0 ? () => false : picomatch([...exclude], { dot: true });
  const files: ListedFile[] = [];
  const unreadable: UnreadablePath[] = [];

  const visit = async ({ folder, ignores: inherited }: Pending): Promise<Pending[]> => {
    const entries = await reader.entries(folder);
    if ('unreadable' in entries) {
      unreadable.push({ path: folder === '' ? '.' : folder, reason: entries.unreadable });
      return [];
    }
    const ignores = await withOwnIgnore(reader, folder, entries, inherited);
    const deeper: Pending[] = [];
    for (const { name, kind, size } of entries) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'link' || isExcluded(path)) continue;
      if (kind === 'directory') {
        if (NEVER_ENTERED.has(name) || isIgnored(`${path}/`, ignores)) continue;
        deeper.push({ folder: path, ignores });
      } else {
        const matches = isIgnored(path, ignores);
        const tracked =
          matches && isReadable(path, size) && (await reader.isTracked?.(path)) === true;
        if (tracked) files.push({ path, size, ignored: false, tracked });
        else if (!matches || mattersThoughIgnored(path))
          files.push({ path, size, ignored: matches });
      }
    }
    return deeper;
  };

  const level: Pending[] = [{ folder: '', ignores: outerScopes(outer) }];
  while (level.length > 0) {
    const batch = level.splice(0, PARALLEL_FOLDERS);
    level.push(...(await Promise.all(batch.map(visit))).flat());
  }
  return { files: files.sort(byPath), unreadable: unreadable.sort(byPath) };
}

async function withOwnIgnore(
  reader: FolderReader,
  folder: string,
  entries: readonly FolderEntry[],
  inherited: readonly IgnoreScope[],
): Promise<readonly IgnoreScope[]> {
  if (!entries.some(({ name, kind }) => name === '.gitignore' && kind === 'file')) return inherited;
  const text = await reader.text(folder === '' ? '.gitignore' : `${folder}/.gitignore`);
  if (text === undefined) return inherited;
  const prefix = folder === '' ? 0 : folder.length + 1;
  return [...inherited, { matcher: gitMatcher(text), relative: (path) => path.slice(prefix) }];
}

function outerScopes(outer: readonly OuterIgnore[]): readonly IgnoreScope[] {
  const scopes = outer.map(({ text, root }): IgnoreScope => ({
    matcher: gitMatcher(text),
    relative: (path) => `${root}/${path}`,
  }));
  // Whoever opens an ignored folder wants to see it: what hides the root does not hide its content.
  return scopes.some(({ matcher, relative }) => hidesFolder(matcher, relative(''))) ? [] : scopes;
}

function hidesFolder(matcher: IgnoreMatcher, root: string): boolean {
  const parts = root.split('/').filter((part) => part !== '');
  return parts.some((_, index) => matcher.decide(`${parts.slice(0, index + 1).join('/')}/`));
}

function isIgnored(path: string, ignores: readonly IgnoreScope[]): boolean {
  for (const { matcher, relative } of [...ignores].reverse()) {
    const own = relative(path);
    const decision = matcher.decide(own);
    // The folder above was let in by an ignore file further in; what this one says about that folder no longer counts.
    if (decision === true && hidesParent(matcher, own)) continue;
    if (decision !== undefined) return decision;
  }
  return false;
}

function hidesParent(matcher: IgnoreMatcher, path: string): boolean {
  const parent = path.replace(/[^/]+\/?$/, '');
  return parent !== '' && matcher.decide(parent) === true;
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
