import { changeBetween } from '../../base/text-change';
import { isAnswering } from '../query';
import type { ProjectFiles } from './files';

/** Who asks, while something is worked out that is kept until what it was made from changes. */
export interface Reader {
  /** The file that is judged; undefined for the project as a whole, and while the model is built. */
  readonly path?: string;
  readonly ruleId?: string;
}

/**
 * Who has read the texts of source files themselves, beside their facts: that an edit leaves the facts as they are says nothing to
 * those. What is asked for outside of any work that is kept (fixes, which are made on demand) is not noted.
 */
export class TextReads {
  private reader: Reader | undefined;
  private readonly shared = new Set<string>();
  private readonly byOwnRules = new Map<string, Set<string>>();
  private readonly words = new Set<string>();

  /** Runs work in the name of a reader. @returns what it returns */
  as<T>(reader: Reader, work: () => T): T {
    const before = this.reader;
    this.reader = reader;
    try {
      return work();
    } finally {
      this.reader = before;
    }
  }

  /** The same files, with what is read of them noted. */
  watch(files: ProjectFiles): ProjectFiles {
    return {
      ...files,
      text: (path) => {
        this.note(path);
        return files.text(path);
      },
      source: (path) => {
        this.note(path);
        return files.source(path);
      },
      mentions: (path, word) => {
        this.words.add(word);
        return files.mentions(path, word);
      },
    };
  }

  /** Is anything else made from this text than what the file's own rules say of it: what is started, what other files say? */
  isShared(path: string): boolean {
    return this.shared.has(path);
  }

  /** Do two texts of a source file differ in a word that somebody has looked for in all files? */
  differInWords(before: string, after: string): boolean {
    const { start, endBefore, endAfter } = changeBetween(before, after);
    // Only a word that the edit touches can have come or gone: most of a long text need not be looked at.
    return [...this.words].some((word) => {
      const from = Math.max(0, start - word.length);
      const isTouched =
        before.slice(from, endBefore + word.length).includes(word) ||
        after.slice(from, endAfter + word.length).includes(word);
      return isTouched && before.includes(word) !== after.includes(word);
    });
  }

  /** The rules that have looked at the text of the file when they judged it. */
  ownRules(path: string): ReadonlySet<string> {
    return this.byOwnRules.get(path) ?? new Set();
  }

  private note(path: string): void {
    const { reader } = this;
    if (reader === undefined) return;
    // The answer to a query is kept for whoever asks next.
    if (reader.path !== path || reader.ruleId === undefined || isAnswering()) this.shared.add(path);
    else
      this.byOwnRules.set(
        path,
        (this.byOwnRules.get(path) ?? new Set<string>()).add(reader.ruleId),
      );
  }
}
