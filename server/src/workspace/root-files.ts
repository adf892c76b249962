import { fileKind } from '../base/file-names';
import { baseName, folderOf } from '../base/paths';
import type { ProjectInput } from '../engine/analyzer';
import { isConfigPath } from '../engine/config/folder-config';
import type { NotAnalysed } from '../engine/finding';
import type { AnalysisSettings } from '../engine/settings';
import type { Host, ListedFile } from '../host';
import { BINARY_REASON, isReadable } from './readable';
import { isNeverEntered } from './walk';

/** What happened to a file on disk. */
export type FileEvent = 'created' | 'changed' | 'deleted';

/** How many files are read at the same time. */
const PARALLEL_READS = 24;

/** Texts that take the place of what is on disk: open documents. */
export type Overlay = ReadonlyMap<string, string>;

const NO_OVERLAY: Overlay = new Map();

/**
 * The files of one root as they are on disk: the listing, and the texts that were read. Reads again only what was said to have
 * changed.
 */
export class RootFiles {
  private listed: ReadonlyMap<string, ListedFile> = new Map();
  private unlistable: readonly NotAnalysed[] = [];
  private readonly texts = new Map<string, string>();
  private readonly unreadable = new Map<string, NotAnalysed>();
  /** Those that links lead to other folders: nothing is known of them, and nothing is to be changed. */
  private readonly outside = new Set<string>();
  private readonly stale = new Set<string>();
  private excluded: string | undefined;
  /** Those that listed files lie in, once somebody asked. */
  private folders: ReadonlySet<string> | undefined;
  /** Open documents that are not listed: not saved yet, or left out on purpose (ignored, excluded). */
  private readonly unlisted = new Map<string, 'unsaved' | 'left out'>();

  constructor(
    private readonly host: Host,
    readonly root: string,
  ) {}

  /** A file was created or deleted, or an ignore file changed: the next refresh lists again. */
  markListingStale(): void {
    this.excluded = undefined;
  }

  /** A file changed on disk: the next refresh reads it again. */
  markStale(path: string): void {
    this.stale.add(path);
  }

  /** Nothing that was read before counts any more. */
  markAllStale(): void {
    this.markListingStale();
    for (const path of [...this.texts.keys(), ...this.unreadable.keys()]) this.stale.add(path);
  }

  /**
   * Can what happened to a file or folder matter? The client tells of everything below the root, also of logs and of what builds
   * write: whatever does not matter ends here, before anything is read.
   */
  concerns(path: string, event: FileEvent): boolean {
    const listed = this.listed.get(path);
    switch (event) {
      case 'changed':
        // Of what is not listed (ignored, excluded), only what decides how the rest is seen is read all the same.
        return listed
          ? isReadable(path, listed.size)
          : isConfigPath(path) || fileKind(path) === 'ignore';
      case 'deleted':
        this.folders ??= foldersOf(this.listed.keys());
        return listed !== undefined || this.folders.has(path);
      case 'created': {
        // Created folders come as one event; by their names they could be files without extension.
        const isFolder = !/.\.\w+$/.test(baseName(path));
        return isReadable(path, 0) || listed !== undefined || isFolder;
      }
    }
  }

  /** How many files have been read. */
  get count(): number {
    return this.texts.size;
  }

  /**
   * Lists and reads what is not known, or not known any more.
   * @param exclude globs of files that are left out; other ones than last time list again
   * @param open paths of open documents
   */
  async refresh(exclude: readonly string[], open: readonly string[] = []): Promise<void> {
    const key = exclude.join('\n');
    const isKnown = (path: string): boolean => this.listed.has(path) || this.unlisted.has(path);
    const unknown = open.filter((path) => !isKnown(path));
    await inParallel(unknown, (path) => this.classify(path));
    // A file that is there, and that the last listing did not see, may be new.
    const isNew = unknown.some((path) => this.unlisted.get(path) === 'left out');
    if (key !== this.excluded || (isNew && !unknown.every(isNeverEntered))) {
      await this.list(exclude, key);
      await inParallel(
        open.filter((path) => !isKnown(path)),
        (path) => this.classify(path),
      );
    }
    const wanted = [...this.listed.values()].filter(
      ({ path, size }) => isReadable(path, size) && !this.isKnown(path),
    );
    await inParallel(wanted, ({ path }) => this.read(path));
  }

  /**
   * What an analysis depends on, as of now.
   * @param open documents by path; those that are not saved yet are added
   */
  input(settings: AnalysisSettings, open: Overlay = NO_OVERLAY): ProjectInput {
    const isIgnored = (path: string): boolean => this.listed.get(path)?.ignored === true;
    const counting = [...open].filter(
      ([path]) => this.unlisted.get(path) !== 'left out' && !this.outside.has(path),
    );
    const paths = new Set([...this.listed.keys(), ...counting.map(([path]) => path)]);
    const texts = new Map([...this.texts, ...counting]);
    const sorted = [...paths].sort();
    return {
      paths: sorted.filter((path) => !isIgnored(path)),
      ignoredPaths: sorted.filter(isIgnored),
      trackedPaths: sorted.filter((path) => this.listed.get(path)?.tracked === true),
      text: (path) => texts.get(path),
      unreadable: [
        ...this.unlistable,
        ...[...this.unreadable.values()].filter(
          ({ path }) => !open.has(path) || this.outside.has(path),
        ),
      ],
      settings,
    };
  }

  /** The text of a listed file as it is on disk, whatever is open. */
  saved(path: string): string | undefined {
    return this.texts.get(path);
  }

  private isKnown(path: string): boolean {
    return (this.texts.has(path) || this.unreadable.has(path)) && !this.stale.has(path);
  }

  private async list(exclude: readonly string[], key: string): Promise<void> {
    // Set first: what is marked stale while listing must not be forgotten.
    this.excluded = key;
    const listing = await this.host.list(this.root, exclude);
    this.listed = new Map(listing.files.map((file) => [file.path, file]));
    this.folders = undefined;
    this.unlistable = listing.unreadable;
    this.unlisted.clear();
    for (const known of [this.texts, this.unreadable]) {
      for (const path of known.keys()) if (!this.listed.has(path)) known.delete(path);
    }
  }

  /** What is on disk and yet not listed is ignored or excluded; what is not there is new. */
  private async classify(path: string): Promise<void> {
    const isThere =
      isNeverEntered(path) || (await this.host.read(this.root, path)).kind !== 'missing';
    this.unlisted.set(path, isThere ? 'left out' : 'unsaved');
  }

  private async read(path: string): Promise<void> {
    this.stale.delete(path);
    const result = await this.host.read(this.root, path);
    this.texts.delete(path);
    this.unreadable.delete(path);
    this.outside.delete(path);
    if (result.kind === 'text') this.texts.set(path, result.text);
    else if (result.kind === 'unreadable') {
      this.keepUnreadable(path, result.reason);
      if (result.isOutside) this.outside.add(path);
    }
  }

  private keepUnreadable(path: string, reason: string): void {
    // A binary lockfile (bun.lockb) says all it has to say by being there.
    if (fileKind(path) === 'lockfile' && reason === BINARY_REASON) this.texts.set(path, '');
    else this.unreadable.set(path, { path, reason });
  }
}

function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths)
    for (let at = folderOf(path); at !== '' && !folders.has(at); at = folderOf(at)) folders.add(at);
  return folders;
}

async function inParallel<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await run(item);
  };
  await Promise.all(Array.from({ length: PARALLEL_READS }, worker));
}
