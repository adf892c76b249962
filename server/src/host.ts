/**
 * The only door to the outside world. Everything below the server and the command line is pure and gets its input from a
 * Host: files of a root folder by path. Paths are relative to the root and use `/` on every platform.
 */

/** A file that listing a root found. */
export interface ListedFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /**
   * True when git ignores the file. Ignored files are listed only where they matter although they are ignored (env files, key
   * files); they are never analysed as source.
   */
  readonly ignored: boolean;
  /** A pattern ignores the file, but git tracks it: it is committed all the same, and so not `ignored`. */
  readonly tracked?: true;
}

/** A path that could not be listed or read, with a reason for people. */
export interface UnreadablePath {
  readonly path: string;
  readonly reason: string;
}

/** What listing a root found, sorted by path. */
export interface Listing {
  readonly files: readonly ListedFile[];
  readonly unreadable: readonly UnreadablePath[];
}

export type ReadResult =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'unreadable';
      readonly reason: string;
      /** A symbolic link leads out of the root: an editor's document of it does not count either, nothing is to be changed there. */
      readonly isOutside?: true;
    }
  | { readonly kind: 'missing' };

/** Access to the files of root folders. Roots are URIs as strings (`file:///…`, `vscode-vfs://…`). */
export interface Host {
  /**
   * Lists a root: no `.git`, `node_modules` or git-ignored content (but see {@link ListedFile.ignored}); symbolic links to
   * folders are not followed, and said where they lead out of the root. Sorted by path, the same on every machine.
   * @param exclude picomatch globs relative to the root
   */
  list(root: string, exclude: readonly string[]): Promise<Listing>;
  /**
   * Reads a file as UTF-8. Binary files (a NUL byte in the first 8 KiB), over-large ones, pipes and devices, and what symbolic links
   * outside of the root name are `unreadable`.
   */
  read(root: string, path: string): Promise<ReadResult>;
  /** Milliseconds, monotonic; only for yielding and timing, never for results. */
  now(): number;
  /** Lets the event loop run. */
  yield(): Promise<void>;
}

/** Deferred work, for debouncing; not part of {@link Host}, as an analysis knows no time. */
export interface Timers {
  /** Runs something once, later, unless disposed before. */
  after(milliseconds: number, run: () => void): { dispose(): void };
}
