import picomatch from 'picomatch';
import { isInside } from '../base/paths';
import { SourceTrees } from '../languages/source/trees';
import { collectFacts, type HandlerFailure, type RuleHandlers } from '../project/collect';
import { scanImports } from '../project/collect-modules';
import type { SourceFacts } from '../project/facts';
import { folderLoads } from '../project/folder-loads';
import type { LibraryTable } from '../project/libraries/library';
import type { ModuleResolver } from '../project/module-resolution';
import { isGeneratedPath, isTestPath, isVendoredPath, looksMinified } from '../project/paths';
import { sameMeaning } from '../project/same-meaning';
import { type Pace, AnalysisCancelled } from './analyzer';
import type { NotAnalysed } from './finding';
import { hintMatcher } from './hints';
import type { Rule } from './rule';

/** How many trees are kept: open files and those whose fixes are being looked at. */
const KEPT_TREES = 30;

/** What a re-read of one file changed. */
export type FactChange = 'same' | 'positions' | 'meaning';

/**
 * The facts of a root's source files, kept by content: a file whose text did not change is not read again. Files that no hint
 * matches get their imports from a scan until another module's values lead to them.
 */
export class FactStore {
  readonly facts = new Map<string, SourceFacts>();
  readonly trees = new SourceTrees(KEPT_TREES);
  private readonly texts = new Map<string, string>();
  private readonly skipped = new Map<string, string>();
  private readonly failures = new Map<string, readonly HandlerFailure[]>();
  private readonly demanded = new Set<string>();
  private readonly matters: (text: string) => boolean;
  private readonly handlers: readonly RuleHandlers[];

  constructor(rules: readonly Rule[], table: LibraryTable) {
    this.matters = hintMatcher(rules, table);
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

  /** The text the facts were taken from. */
  text(path: string): string | undefined {
    return this.texts.get(path);
  }

  /**
   * Reads one file again if its text changed.
   * @returns what changed for others
   */
  read(path: string, text: string): FactChange {
    const before = this.facts.get(path);
    if (this.texts.get(path) === text && (before || this.skipped.has(path))) return 'same';
    this.texts.set(path, text);
    const after = this.extract(path, text);
    if (!after) {
      this.facts.delete(path);
      return before ? 'meaning' : 'same';
    }
    this.facts.set(path, after);
    return before && sameMeaning(before, after) ? 'positions' : 'meaning';
  }

  /** Forgets files that are gone. @returns true when there were any */
  retain(paths: ReadonlySet<string>): boolean {
    let gone = false;
    for (const path of [...this.texts.keys()]) {
      if (paths.has(path)) continue;
      gone = true;
      for (const map of [this.facts, this.texts, this.skipped, this.failures]) map.delete(path);
      this.demanded.delete(path);
      this.trees.delete(path);
    }
    return gone;
  }

  /**
   * Reads in full the modules that values of fully read modules lead to, until nothing new is found.
   * @returns true when something was read
   */
  async readDemanded(resolver: ModuleResolver, pace: Pace): Promise<boolean> {
    let changed = false;
    const queue = [...this.facts.values()].filter((facts) => facts.detail === 'full');
    for (let facts = queue.pop(); facts; facts = queue.pop()) {
      const folders = folderLoads(facts);
      const inFolders =
        folders.length === 0
          ? []
          : [...this.facts.keys()].filter((path) =>
              folders.some((folder) => isInside(path, folder)),
            );
      for (const path of [
        ...facts.demands.map((specifier) => resolver.resolve(facts.path, specifier).path),
        ...inFolders,
      ]) {
        if (path === undefined || this.facts.get(path)?.detail !== 'imports' || isTestPath(path))
          continue;
        const text = this.texts.get(path);
        if (text === undefined) continue;
        this.demanded.add(path);
        const read = this.extract(path, text);
        if (!read) continue;
        this.facts.set(path, read);
        queue.push(read);
        changed = true;
        if (pace.isCancelled()) throw new AnalysisCancelled();
        await pace.breathe();
      }
    }
    return changed;
  }

  private extract(path: string, text: string): SourceFacts | undefined {
    this.skipped.delete(path);
    this.failures.delete(path);
    if (looksMinified(text)) {
      this.skipped.set(path, 'minified or bundled code');
      return undefined;
    }
    if (
      isTestPath(path) ||
      isGeneratedPath(path) ||
      isVendoredPath(path) ||
      !(this.demanded.has(path) || this.matters(text))
    )
      return importsOnly(path, text);
    try {
      const { facts, failures, syntax } = collectFacts(path, text, this.handlers);
      if (failures.length > 0) this.failures.set(path, failures);
      if (facts.syntaxErrors.length === 0 || text.length < 200_000) this.trees.add(syntax);
      return facts;
    } catch (error) {
      // Nesting that overflows the stack, or a defect of ours: the file is not analysed, the rest is.
      this.skipped.set(
        path,
        `could not be read: ${error instanceof Error ? error.message : String(error)}`,
      );
      return importsOnly(path, text);
    }
  }
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
    directives: [],
    demands: [],
    syntaxErrors: [],
  };
}

/** Makes a test for excluded paths from picomatch globs. */
export function excludeMatcher(globs: readonly string[]): (path: string) => boolean {
  return globs.length === 0 ? () => false : picomatch([...globs], { dot: true });
}
