import { globMatcher } from '../../base/globs';
import { SourceTrees } from '../../languages/source/trees';
import { collectFacts } from '../../project/facts/collect';
import type { HandlerFailure, RuleHandlers } from '../../project/facts/source-handlers';
import { scanActions, scanDirectives, scanImports } from '../../project/facts/collect-modules';
import type { SourceFacts } from '../../project/facts/facts';
import {
  isGeneratedPath,
  isTestPath,
  isVendoredPath,
  looksGenerated,
  looksMinified,
} from '../../project/files/paths';
import type { LibraryTable } from '../../project/libraries/library';
import { sameMeaning } from '../../project/same-meaning';
import type { AnalysisLog, Pace } from '../analyzer';
import type { NotAnalysed } from '../finding';
import { LISTENS, readHints, type Hints, type ReadFor } from './hints';
import { spreadReading, type ReadingFrame, type ReadingPlan } from './reading';
import type { Rule } from '../rule';

const NO_HANDLERS: readonly RuleHandlers[] = [];

const MINIFIED = 'minified or bundled code';

/** How many trees are kept: open files and those whose fixes are being looked at. */
const KEPT_TREES = 30;

/**
 * What a re-read of one file changed: nothing, only where things stand, what rules say of the file itself, or what others may see of it.
 */
export type FactChange = 'same' | 'positions' | 'own' | 'meaning';

/** What reading the sources changed. */
export interface SourceChanges {
  /** Is there something that other files or the project may see? */
  meaning: boolean;
  /** Files whose facts are others than before. */
  readonly paths: Set<string>;
}

/**
 * The facts of a root's source files, kept by content: a file whose text did not change is not read again. A file is parsed where a
 * hint matches its text, and a rule may report it or values lead to it; of others, a scan knows what they import.
 */
export class FactStore {
  /** What is known of each file: the parsed facts, where the last {@link settle} wanted them, else those of the scan. */
  readonly facts = new Map<string, SourceFacts>();
  readonly trees = new SourceTrees(KEPT_TREES);
  private readonly texts = new Map<string, string>();
  private readonly scanned = new Map<string, SourceFacts>();
  private readonly parsed = new Map<string, SourceFacts>();
  private readonly skipped = new Map<string, string>();
  /** Files that say that a generator wrote them. */
  private readonly generated = new Set<string>();
  private readonly failures = new Map<string, readonly HandlerFailure[]>();
  /** Texts that came since the last {@link settle} began: it may have looked at those before. */
  private readonly typed = new Set<string>();
  private readonly hints: Hints;
  private readonly handlers: readonly RuleHandlers[];
  /** Files whose facts were in part taken from before an edit. */
  private readonly partly = new Set<string>();
  /** Files that somebody is typing into: a fix will want the tree that is parsed now. */
  private readonly edited = new Set<string>();
  private plan: ReadingPlan = {
    parses: () => false,
    readFor: () => 'app',
    demands: () => false,
  };

  /** @param timed does the work of reading a file */
  constructor(
    rules: readonly Rule[],
    table: LibraryTable,
    private readonly timed: NonNullable<AnalysisLog['timed']>,
  ) {
    this.hints = readHints(rules, table);
    this.handlers = rules.flatMap((rule) =>
      rule.source ? [{ ruleId: rule.id, handlers: rule.source }] : [],
    );
  }

  /** Why a source file has no facts. */
  skipReason(path: string): NotAnalysed | undefined {
    const reason = this.skipped.get(path);
    return reason === undefined ? undefined : { path, reason };
  }

  /** Rules whose source handlers threw on the file. */
  failuresOf(path: string): readonly HandlerFailure[] {
    return this.failures.get(path) ?? [];
  }

  /** Takes in a text, to be read by the next {@link settle}. */
  see(path: string, text: string): void {
    if (this.texts.get(path) === text) return;
    this.texts.set(path, text);
    this.parsed.delete(path);
    this.skipped.delete(path);
    this.failures.delete(path);
    this.scanned.delete(path);
    if (looksMinified(text)) this.skipped.set(path, MINIFIED);
    if (looksGenerated(text)) this.generated.add(path);
    else this.generated.delete(path);
  }

  /**
   * Reads one file again if its text changed, as far as it was read before.
   * @returns what changed for others
   */
  read(path: string, text: string): FactChange {
    if (this.texts.get(path) === text) return 'same';
    this.see(path, text);
    this.typed.add(path);
    this.edited.add(path);
    return this.show(path, this.wanted(path) ? this.full(path) : this.scan(path));
  }

  /**
   * Reads what has to be read of the texts that were seen, and nothing else.
   * @param sources all source files, those to be read first in front
   * @throws AnalysisCancelled when the pace says so; what was read is kept
   */
  async settle(
    sources: readonly string[],
    frame: ReadingFrame,
    pace: Pace,
  ): Promise<SourceChanges> {
    this.typed.clear();
    this.forgetParts();
    const plan = await spreadReading(
      sources,
      frame,
      {
        scanned: (path) => this.scan(path),
        full: (path) => this.full(path),
        matters: (path, readFor) => this.matters(path, readFor),
        listens: (path) => LISTENS.test(this.texts.get(path) ?? ''),
      },
      pace,
    );
    this.plan = plan;
    const changes: SourceChanges = { meaning: false, paths: new Set() };
    for (const path of sources) {
      const isWanted = this.typed.has(path) ? this.wanted(path) : plan.parses(path);
      const change = this.show(path, isWanted ? this.full(path) : this.scan(path));
      if (!isWanted) this.parsed.delete(path);
      if (change !== 'same') changes.paths.add(path);
      if (change === 'meaning') changes.meaning = true;
    }
    this.sortFacts();
    return changes;
  }

  /** Which modules values lead to decides what is read: that has to follow from the texts alone. */
  private forgetParts(): void {
    for (const path of this.partly) {
      this.parsed.delete(path);
      this.trees.delete(path);
    }
    this.partly.clear();
  }

  /** Whoever goes through all files does so in one order, whichever was opened or made first. */
  private sortFacts(): void {
    let last = '';
    let isSorted = true;
    for (const path of this.facts.keys()) {
      if (path < last) isSorted = false;
      last = path;
    }
    if (isSorted) return;
    const entries = [...this.facts].sort(([a], [b]) => (a < b ? -1 : 1));
    this.facts.clear();
    for (const [path, facts] of entries) this.facts.set(path, facts);
  }

  /** Forgets files that are gone. @returns true when there were any */
  retain(paths: ReadonlySet<string>): boolean {
    let gone = false;
    for (const path of [...this.texts.keys()]) {
      if (paths.has(path)) continue;
      gone = true;
      for (const map of [
        this.facts,
        this.texts,
        this.scanned,
        this.parsed,
        this.skipped,
        this.failures,
      ])
        map.delete(path);
      this.generated.delete(path);
      this.edited.delete(path);
      this.partly.delete(path);
      this.trees.delete(path);
    }
    return gone;
  }

  private show(path: string, after: SourceFacts | undefined): FactChange {
    const before = this.facts.get(path);
    if (before === after) return 'same';
    if (!after) {
      this.facts.delete(path);
      return 'meaning';
    }
    this.facts.set(path, after);
    if (!before || !meansTheSame(before, after)) return 'meaning';
    return saysTheSame(before, after) ? 'positions' : 'own';
  }

  private wanted(path: string): boolean {
    return this.plan.demands(path) || this.matters(path, this.plan.readFor(path));
  }

  private matters(path: string, readFor: ReadFor): boolean {
    const text = this.texts.get(path);
    return text !== undefined && !this.isReadForImports(path) && this.hints.matter(text, readFor);
  }

  /** Nothing is ever said about the code of such files. */
  private isReadForImports(path: string): boolean {
    return (
      this.generated.has(path) || isTestPath(path) || isGeneratedPath(path) || isVendoredPath(path)
    );
  }

  /** What a cheap look at the imports tells, once somebody wants to know. */
  private scan(path: string): SourceFacts | undefined {
    const text = this.texts.get(path);
    if (text === undefined || this.skipped.get(path) === MINIFIED) return undefined;
    let facts = this.scanned.get(path);
    if (!facts) this.scanned.set(path, (facts = importsOnly(path, text)));
    return facts;
  }

  /** The facts of a parse; those of a scan where the file is not to be parsed, or cannot be. */
  private full(path: string): SourceFacts | undefined {
    const text = this.texts.get(path);
    if (text === undefined || this.skipped.get(path) === MINIFIED) return undefined;
    if (this.isReadForImports(path)) return this.scan(path);
    const facts = this.parsed.get(path) ?? this.parse(path, text) ?? this.scan(path);
    if (facts) this.parsed.set(path, facts);
    return facts;
  }

  private parse(path: string, text: string): SourceFacts | undefined {
    try {
      // Where no hint matches, a file is parsed for its values alone.
      const handlers = this.hints.matter(text, 'app') ? this.handlers : NO_HANDLERS;
      const before = this.trees.take(path);
      const { facts, failures, syntax, isPart } = this.timed({ path }, () =>
        collectFacts(path, text, handlers, before),
      );
      if (failures.length > 0) this.failures.set(path, failures);
      if (this.edited.has(path)) this.trees.add(syntax);
      if (isPart) this.partly.add(path);
      else this.partly.delete(path);
      return facts;
    } catch (error) {
      // Nesting that overflows the stack, or a defect of ours: the file is not analysed, the rest is.
      this.skipped.set(
        path,
        `could not be read: ${error instanceof Error ? error.message : String(error)}`,
      );
      return undefined;
    }
  }
}

/** Is there nothing new to see for other files? Of marks they may ask whether there are any. */
function meansTheSame(before: SourceFacts, after: SourceFacts): boolean {
  const [one, other] = [before, after].map(({ marks }) => Object.keys(marks).sort().join());
  return one === other && sameMeaning(before, after);
}

/** Do rules say the same of the file itself, at most at other places? For facts that mean the same to other files. */
function saysTheSame(before: SourceFacts, after: SourceFacts): boolean {
  return sameMeaning(before.marks, after.marks);
}

function importsOnly(path: string, text: string): SourceFacts {
  return {
    path,
    detail: 'imports',
    imports: scanImports(text),
    exports: [],
    calls: [],
    environment: [],
    functions: [],
    classes: [],
    writes: [],
    state: [],
    marks: {},
    hasShebang: text.startsWith('#!'),
    directives: scanDirectives(text),
    ...scanActions(text),
    demands: [],
  };
}

/** Makes a test for excluded paths from picomatch globs. */
export function excludeMatcher(globs: readonly string[]): (path: string) => boolean {
  return globMatcher(globs, { dot: true });
}
