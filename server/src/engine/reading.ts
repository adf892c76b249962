import { isInside } from '../base/paths';
import type { SourceFacts } from '../project/facts';
import { folderLoads } from '../project/folder-loads';
import type { PackageKind } from '../project/map/kinds';
import type { PackageInfo } from '../project/model';
import type { ModuleResolver } from '../project/module-resolution';
import { isBuildPath, isTestPath } from '../project/paths';
import { AnalysisCancelled, type Pace } from './analyzer';

/** What the manifests say of the source files, before any is parsed. */
export interface ReadingFrame {
  readonly resolver: ModuleResolver;
  packageOf(path: string): PackageInfo | undefined;
}

/** The texts, as far as somebody wants to know them. */
export interface ReadingTexts {
  /** What a cheap look at the imports tells; undefined for what is not analysed at all. */
  scanned(path: string): SourceFacts | undefined;
  /** What a parse tells, made when it is asked for. */
  full(path: string): SourceFacts | undefined;
  /** Does a hint match that counts in packages of this kind which no app loads; undefined: any hint? */
  matters(path: string, beside: PackageKind | undefined): boolean;
}

/** Which files are parsed. */
export interface ReadingPlan {
  /** Is it parsed, as its text is? */
  parses(path: string): boolean;
  /** `matching`: where any hint matches; a kind of package: where one does that counts in such packages beside the apps. */
  wants(path: string): 'matching' | PackageKind;
  /** Values of parsed modules lead to it, so that it is parsed whatever is in it. */
  demands(path: string): boolean;
}

/**
 * Finds out which files have to be parsed, and parses them: where a hint matches in code of apps and what they load, fewer hints
 * count elsewhere, and what the values of parsed modules lead to. Depends on the texts and the frame alone: a file that an import or
 * a manifest brings into reach is read as if it had always been there.
 */
export async function spreadReading(
  sources: readonly string[],
  frame: ReadingFrame,
  texts: ReadingTexts,
  pace: Pace,
): Promise<ReadingPlan> {
  const spread = new Spread(sources, frame, texts);
  let done = 0;
  for (const path of sources) {
    spread.begin(path);
    // Depth first: with its progress, a file has told all that it leads to.
    while (spread.step()) {
      if (pace.isCancelled()) throw new AnalysisCancelled();
      await pace.breathe();
    }
    pace.progress?.(++done, sources.length);
    if (pace.isCancelled()) throw new AnalysisCancelled();
    await pace.breathe();
  }
  return {
    parses: (path) => spread.parsed.has(path),
    wants: (path) => spread.wants(path),
    demands: (path) => spread.demanded.has(path),
  };
}

class Spread {
  readonly demanded = new Set<string>();
  readonly parsed = new Set<string>();
  private readonly reached = new Set<string>();
  private readonly followed = new Set<string>();
  private readonly queue: { readonly path: string; readonly as: 'loaded' | 'demanded' }[] = [];

  constructor(
    private readonly sources: readonly string[],
    private readonly frame: ReadingFrame,
    private readonly texts: ReadingTexts,
  ) {}

  wants(path: string): 'matching' | PackageKind {
    const kind = this.kindOf(path);
    return kind === 'app' || kind === 'template' || this.reached.has(path) ? 'matching' : kind;
  }

  /** Takes a file for itself. */
  begin(path: string): void {
    if (this.kindOf(path) === 'app' && !isTestPath(path) && !isBuildPath(path)) {
      this.queue.push({ path, as: 'loaded' });
      return;
    }
    const wants = this.wants(path);
    if (wants !== 'matching') {
      // What is said about code that no app loads stands in that code alone: its values need not be followed.
      if (this.texts.matters(path, wants)) this.parse(path);
    } else if (this.texts.matters(path, undefined)) this.follow(path);
  }

  /** Goes after one link. @returns false when there is none left */
  step(): boolean {
    const next = this.queue.pop();
    if (!next) return false;
    const { path, as } = next;
    if (as === 'demanded') {
      if (!isTestPath(path) && !this.demanded.has(path)) {
        this.demanded.add(path);
        this.follow(path);
      }
    } else if (!this.reached.has(path)) {
      const scanned = this.texts.scanned(path);
      if (!scanned) return true;
      this.reached.add(path);
      this.load(scanned);
      if (this.parsed.has(path) || this.texts.matters(path, undefined)) this.follow(path);
    }
    return true;
  }

  private parse(path: string): SourceFacts | undefined {
    const facts = this.texts.full(path);
    if (facts?.detail !== 'full') return undefined;
    this.parsed.add(path);
    return facts;
  }

  /** Parses a module and goes where its values lead. */
  private follow(path: string): void {
    const facts = this.parse(path);
    if (!facts) return;
    const inFolders = this.loadedByFolder(facts);
    if (!this.followed.has(path)) {
      this.followed.add(path);
      const named = this.resolved(path, facts.demands);
      for (const each of [...named, ...inFolders])
        if (this.isDemandedBy(path, each)) this.queue.push({ path: each, as: 'demanded' });
    }
    if (!this.reached.has(path)) return;
    // A scan is fooled by a comment between the words of an import.
    this.load(facts);
    for (const each of inFolders) this.queue.push({ path: each, as: 'loaded' });
  }

  /** What a starter takes from the packages beside it are packages of a registry to those who copy it. */
  private isDemandedBy(from: string, path: string): boolean {
    return this.kindOf(from) !== 'template' || this.kindOf(path) === 'template';
  }

  private load({ path, imports }: SourceFacts): void {
    const values = imports.flatMap(({ specifier, typeOnly }) => (typeOnly ? [] : specifier));
    for (const each of this.resolved(path, values)) this.queue.push({ path: each, as: 'loaded' });
  }

  private resolved(from: string, specifiers: readonly string[]): readonly string[] {
    return specifiers.flatMap(
      (specifier) => this.frame.resolver.resolve(from, specifier).path ?? [],
    );
  }

  private loadedByFolder(facts: SourceFacts): readonly string[] {
    const folders = folderLoads(facts);
    if (folders.length === 0) return [];
    return this.sources.filter((path) => folders.some((folder) => isInside(path, folder)));
  }

  private kindOf(path: string): PackageKind {
    return this.frame.packageOf(path)?.kind ?? 'app';
  }
}
