import type { Span } from '../../base/span';
import { changeBetween, shiftBy } from '../../base/text-change';
import { isAnswering } from '../query';
import type { ProjectFiles } from './files';

/** Who asks, while something is worked out that is kept until what it was made from changes. */
export interface Reader {
  /** The file that is judged; undefined for the project as a whole, and while the model is built. */
  readonly path?: string;
  readonly ruleId?: string;
}

/** What a rule has read of a text: all of it, or pieces. */
type Read = 'all' | readonly Span[];

/**
 * Who has read the texts of source files themselves, beside their facts: that an edit leaves the facts as they are says nothing to
 * those. What is asked for outside of any work that is kept (fixes, which are made on demand) is not noted.
 */
export class TextReads {
  private reader: Reader | undefined;
  private readonly shared = new Set<string>();
  /** By file, then by rule. */
  private readonly byOwnRules = new Map<string, Map<string, Read>>();
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
        this.note(path, 'all');
        return files.text(path);
      },
      piece: (path, span) => {
        this.note(path, [span]);
        return files.piece(path, span);
      },
      source: (path) => {
        this.note(path, 'all');
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

  /**
   * Moves what a file's own rules have read of it to where that is after an edit.
   * @returns the rules that have looked at what the edit changed
   */
  rulesOf(path: string, before: string, after: string): ReadonlySet<string> {
    const change = changeBetween(before, after);
    const shift = shiftBy(change);
    const rules = new Set<string>();
    const reads = this.byOwnRules.get(path) ?? new Map<string, Read>();
    for (const [ruleId, read] of reads) {
      const isTouched = (piece: Span): boolean =>
        piece.start <= change.endBefore && piece.end >= change.start;
      if (read === 'all' || read.some(isTouched)) rules.add(ruleId);
      else
        reads.set(
          ruleId,
          read.flatMap((piece) => shift(piece) ?? []),
        );
    }
    return rules;
  }

  /** Forgets what rules have read of their file, as they are asked again. */
  forget(path: string, rules: ReadonlySet<string> | undefined): void {
    if (!rules) this.byOwnRules.delete(path);
    else for (const ruleId of rules) this.byOwnRules.get(path)?.delete(ruleId);
  }

  private note(path: string, read: Read): void {
    const { reader } = this;
    if (reader === undefined) return;
    // The answer to a query is kept for whoever asks next.
    if (reader.path !== path || reader.ruleId === undefined || isAnswering()) {
      this.shared.add(path);
      return;
    }
    const reads = this.byOwnRules.get(path) ?? new Map<string, Read>();
    const known = reads.get(reader.ruleId) ?? [];
    reads.set(reader.ruleId, known === 'all' || read === 'all' ? 'all' : [...known, ...read]);
    this.byOwnRules.set(path, reads);
  }
}
