import type { ProjectModel } from '../project/model';
import type { BaselineEntry } from './baseline/baseline-file';
import type { Finding, NotAnalysed, SuppressedFinding } from './finding';
import type { Rule } from './rule';
import type { AnalysisSettings } from './settings';

/** Everything the analysis of one root depends on, read beforehand. Immutable for the duration of an update. */
export interface ProjectInput {
  /** Listed files that git does not ignore, relative to the root, sorted. */
  readonly paths: readonly string[];
  /** Existing git-ignored files that still matter (`.env`). */
  readonly ignoredPaths: readonly string[];
  /** Those of `paths` that git tracks although a pattern ignores them. */
  readonly trackedPaths?: readonly string[];
  /** The current text of a listed file: the open document's, else the disk's. Undefined when it could not be read. */
  text(path: string): string | undefined;
  /** Files that could not be listed or read. */
  readonly unreadable: readonly NotAnalysed[];
  readonly settings: AnalysisSettings;
}

/** What is known of one file. */
export interface FileReport {
  readonly path: string;
  /** Sorted by span, then rule; suppressed ones are gone, severities are the user's. */
  readonly findings: readonly Finding[];
  /** Why the file, or a rule on it, was not analysed. */
  readonly notAnalysed: readonly NotAnalysed[];
  /** Changes when, and only when, anything a client sees of this report may have changed: the memo key for result ids. */
  readonly key: string;
}

/** How a long update shares the thread. */
export interface Pace {
  /** Called between files; resolves after the event loop ran when enough time has passed. */
  breathe(): Promise<void>;
  /** True to stop early: the update keeps what it has and rejects with {@link AnalysisCancelled}. */
  isCancelled(): boolean;
  /** @param path of the file that was read last */
  progress?(done: number, total: number, path: string): void;
  /** Paths to do first (open documents). */
  readonly first?: readonly string[];
}

/** Thrown by {@link Analyzer.update} when its pace says it is cancelled. */
export class AnalysisCancelled extends Error {
  override readonly name = 'AnalysisCancelled';
}

/**
 * The analysis of one root: keeps facts and findings by content, updates them incrementally. Pure: no I/O, no clock.
 * Create with `createAnalyzer(rules, log)`.
 */
export interface Analyzer {
  /**
   * Brings everything up to date with the input: extracts facts of files whose text changed, rebuilds the model where facts
   * changed, judges what is affected. Loads the TypeScript parser on first use. Updates must not overlap.
   */
  update(input: ProjectInput, pace: Pace): Promise<void>;
  /**
   * The keystroke path, synchronous: re-reads one file against the current model. Sets {@link needsUpdate} when its facts
   * changed in a way that other files or project rules may see.
   * @returns the file's report for exactly this text; undefined before the first `update` has finished
   */
  updateFile(path: string, text: string): FileReport | undefined;
  /** True when an `update` would change results beyond the files given to `updateFile`. */
  readonly needsUpdate: boolean;
  /** The last report of a file; undefined for files that are not analysed at all. */
  report(path: string): FileReport | undefined;
  /** All reports with findings or not-analysed entries, sorted by path. */
  reports(): readonly FileReport[];
  /** What comments of the code accept, places of one fact one by one. */
  suppressed(): readonly SuppressedFinding[];
  /** Everything that a baseline would accept, places of one fact one by one. */
  acceptable(): readonly BaselineEntry[];
  /** What a baseline lists and is still there, also where reports leave it out; places of one fact one by one. */
  accepted(): readonly Finding[];
  /** The text that a report's offsets refer to. */
  text(path: string): string | undefined;
  readonly model: ProjectModel | undefined;
}

/** A part of the work on one file: reading it, or what a rule says about it; the whole project where the path is empty. */
export interface Work {
  readonly path: string;
  /** Absent for reading. */
  readonly ruleId?: string;
}

/** Where caught errors of rules go: once per rule and file version. */
export interface AnalysisLog {
  error(message: string): void;
  /** Does some work, and may look how long it takes: the engine itself knows no clock. */
  timed?<T>(work: Work, run: () => T): T;
}

export type CreateAnalyzer = (rules: readonly Rule[], log: AnalysisLog) => Analyzer;
