import type { Host, ReadResult, Timers } from '../../server/src/host';
import { walk, type FolderEntry } from '../../server/src/workspace/walk';

/** Files by URI, held in memory; lists them the way a real host does, with ignore files. */
export class MemoryHost implements Host, Timers {
  readonly files = new Map<string, string>();
  /** URIs of files or folders that cannot be read, with the reason. */
  readonly unreadable = new Map<string, string>();
  /** URIs of files that are links to files elsewhere. */
  readonly outside = new Set<string>();
  /** How often files were read. */
  reads = 0;
  /** Counts whatever the server asks for: while it goes up, something is being worked on. */
  activity = 0;
  /** When set, listing and reading wait for it. */
  gate: Promise<void> | undefined;

  /** @param files text by path, relative to the root */
  constructor(root: string, files: Readonly<Record<string, string>>) {
    this.add(root, files);
  }

  add(root: string, files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) this.files.set(`${root}/${path}`, text);
  }

  async list(root: string, exclude: readonly string[]): ReturnType<Host['list']> {
    await this.gate;
    this.activity += 1;
    return walk(
      {
        entries: (folder) =>
          Promise.resolve(this.entries(folder === '' ? root : `${root}/${folder}`)),
        text: (path) => Promise.resolve(this.files.get(`${root}/${path}`)),
      },
      exclude,
    );
  }

  async read(root: string, path: string): Promise<ReadResult> {
    await this.gate;
    this.reads += 1;
    this.activity += 1;
    const uri = `${root}/${path}`;
    if (this.outside.has(uri)) return { kind: 'unreadable', reason: 'a link', isOutside: true };
    const reason = this.unreadable.get(uri);
    if (reason !== undefined) return { kind: 'unreadable', reason };
    const text = this.files.get(uri);
    return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
  }

  now(): number {
    return performance.now();
  }

  yield(): Promise<void> {
    this.activity += 1;
    return new Promise((resolve) => void setImmediate(resolve));
  }

  /** Counts turns of the event loop in place of milliseconds: no test waits for a clock. */
  after(_milliseconds: number, run: () => void): { dispose(): void } {
    this.activity += 1;
    let turns = 25;
    let handle = setImmediate(function tick() {
      turns -= 1;
      if (turns === 0) run();
      else handle = setImmediate(tick);
    });
    return { dispose: () => clearImmediate(handle) };
  }

  private entries(folder: string): FolderEntry[] | { readonly unreadable: string } {
    const reason = this.unreadable.get(folder);
    if (reason !== undefined) return { unreadable: reason };
    const entries = new Map<string, FolderEntry>();
    for (const [uri, text] of this.files) {
      if (!uri.startsWith(`${folder}/`)) continue;
      const [name = '', deeper] = uri.slice(folder.length + 1).split('/');
      const kind = deeper === undefined ? 'file' : 'directory';
      entries.set(name, { name, kind, size: kind === 'file' ? text.length : 0 });
    }
    return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
