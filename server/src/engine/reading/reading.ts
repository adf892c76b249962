import { isInside } from '../../base/paths';
import type { SourceFacts } from '../../project/facts/facts';
import { isBuildPath, isTestPath } from '../../project/files/paths';
import type { PackageKind } from '../../project/map/kinds';
import type { EntryPoint, PackageInfo } from '../../project/model';
import { isBrowserOnly } from '../../project/modules/browser-code';
import { folderLoads } from '../../project/modules/folder-loads';
import { frameworkFiles } from '../../project/modules/framework-files';
import type { ModuleResolver } from '../../project/modules/module-resolution';
import { AnalysisCancelled, type Pace } from '../analyzer';
import type { ReadFor } from './hints';

/** What the manifests say of the source files, before any is parsed. */
export interface ReadingFrame {
  readonly resolver: ModuleResolver;
  readonly entryPoints: readonly EntryPoint[];
  packageOf(path: string): PackageInfo | undefined;
}

/** The texts, as far as somebody wants to know them. */
export interface ReadingTexts {
  /** What a cheap look at the imports tells; undefined for what is not analysed at all. */
  scanned(path: string): SourceFacts | undefined;
  /** What a parse tells, made when it is asked for. */
  full(path: string): SourceFacts | undefined;
  /** Does a hint match that counts in a file which is read for this? */
  matters(path: string, readFor: ReadFor): boolean;
  /** May a server begin to listen in it? */
  listens(path: string): boolean;
}

/** Which files are parsed. */
export interface ReadingPlan {
  /** Is it parsed, as its text is? */
  parses(path: string): boolean;
  /** It is parsed where a hint matches that counts in files which are read for this. */
  readFor(path: string): ReadFor;
  /** Values of parsed modules lead to it, so that it is parsed whatever is in it. */
  demands(path: string): boolean;
}

/**
 * Finds out which files have to be parsed, and parses them: where a hint matches in code of apps and what they load, fewer hints
 * count elsewhere and in code for browsers, and what the values of parsed modules lead to. Depends on the texts and the frame alone:
 * a file that an import or a manifest brings into reach is read as if it had always been there.
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
    pace.progress?.(++done, sources.length, path);
    if (pace.isCancelled()) throw new AnalysisCancelled();
    await pace.breathe();
  }
  return {
    parses: (path) => spread.parsed.has(path),
    readFor: (path) => spread.readFor(path),
    demands: (path) => spread.demanded.has(path),
  };
}

class Spread {
  readonly demanded = new Set<string>();
  readonly parsed = new Set<string>();
  /** What entry points and modules that listen reach: it may run on a server whatever it looks like. */
  private readonly served = new Set<string>();
  /** What was looked at as code that browsers alone run. */
  private readonly browsers = new Set<string>();
  /** Where the processes of deploys begin. */
  private readonly started: ReadonlySet<string>;
  private readonly reached = new Set<string>();
  private readonly followed = new Set<string>();
  private readonly queue: {
    readonly path: string;
    readonly as: 'loaded' | 'demanded' | 'served';
  }[] = [];

  constructor(
    private readonly sources: readonly string[],
    private readonly frame: ReadingFrame,
    private readonly texts: ReadingTexts,
  ) {
    const entries = frame.entryPoints.filter(
      ({ intent }) => intent !== 'test' && intent !== 'build',
    );
    this.started = new Set(entries.filter(({ production }) => production).map(({ path }) => path));
    // `history.listen(…)` of a page opens no port.
    const listening = sources.filter((path) => texts.listens(path) && !this.isForBrowsers(path));
    this.serve([...entries.map(({ path }) => path), ...listening]);
  }

  readFor(path: string): ReadFor {
    const kind = this.kindOf(path);
    if (kind !== 'app' && kind !== 'template' && !this.reached.has(path)) return kind;
    return this.isForBrowsers(path) ? 'browser' : 'app';
  }

  private isForBrowsers(path: string): boolean {
    const scanned = this.texts.scanned(path);
    return (
      scanned !== undefined &&
      isBrowserOnly(path, scanned, this.frame.packageOf(path), (each) => this.served.has(each))
    );
  }

  /** Takes a file for itself. */
  begin(path: string): void {
    const kind = this.kindOf(path);
    if (kind === 'app' && !isTestPath(path) && !isBuildPath(path)) {
      this.queue.push({ path, as: 'loaded' });
      if (this.isStart(path)) this.queue.push({ path, as: 'demanded' });
    } else this.look(path);
  }

  /** What a process begins with leads to all that runs beside requests, though it may say no more than `new Consumer().start()`. */
  private isStart(path: string): boolean {
    return (
      this.started.has(path) ||
      frameworkFiles(path, this.frame.packageOf(path)).some(({ runs }) => runs === 'start')
    );
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
    } else if (as === 'served') this.look(path);
    else if (!this.reached.has(path)) {
      const scanned = this.texts.scanned(path);
      if (!scanned) return true;
      this.reached.add(path);
      this.load(scanned);
      this.look(path);
    }
    return true;
  }

  /** Parses a file where it matters to what it is read for. */
  private look(path: string): void {
    const readFor = this.readFor(path);
    if (readFor === 'browser') this.browsers.add(path);
    if (!this.parsed.has(path) && !this.texts.matters(path, readFor)) return;
    if (readFor === 'app') this.follow(path);
    // What rules report in code for browsers, or in code that no app loads, follows from that code alone: its values need not be followed.
    else this.parse(path);
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
    if (this.served.has(path)) this.serve(inFolders);
    for (const each of inFolders) this.queue.push({ path: each, as: 'loaded' });
  }

  /** What a starter takes from the packages beside it are packages of a registry to those who copy it. */
  private isDemandedBy(from: string, path: string): boolean {
    return this.kindOf(from) !== 'template' || this.kindOf(path) === 'template';
  }

  private load(facts: SourceFacts): void {
    const loaded = this.loadedBy(facts);
    // A parse sees imports that a scan misses.
    if (facts.detail === 'full' && this.served.has(facts.path)) this.serve(loaded);
    for (const each of loaded) this.queue.push({ path: each, as: 'loaded' });
  }

  private loadedBy({ path, imports }: SourceFacts): readonly string[] {
    return this.resolved(
      path,
      imports.flatMap(({ specifier, typeOnly }) => (typeOnly ? [] : specifier)),
    );
  }

  /** Marks modules and what they load as such that may run on a server; what was taken for code of browsers is looked at again. */
  private serve(paths: readonly string[]): void {
    const queue = [...paths];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      const scanned = this.texts.scanned(path);
      if (!scanned || this.served.has(path)) continue;
      this.served.add(path);
      queue.push(...this.loadedBy(scanned));
      if (this.browsers.delete(path)) this.queue.push({ path, as: 'served' });
    }
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
