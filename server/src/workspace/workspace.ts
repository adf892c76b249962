import type { Analyzer, FileReport } from '../engine/analyzer';
import type { ConfigurableRule } from '../engine/options';
import type { Host } from '../host';
import type { EditorSettings } from './editor-settings';
import { WorkspaceRoot } from './root';
import type { FileEvent } from './root-files';
import { canonicalUri, fileUri, pathWithin } from './root-uri';

/** An open document, at the version and text it has right now. */
export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  getText(): string;
}

export interface WorkspaceOptions {
  readonly host: Host;
  readonly rules: readonly ConfigurableRule[];
  /** @param failures of rules: those of an analysis that another one follows are told by that */
  createAnalyzer(failures: 'logged' | 'left to the next'): Analyzer;
  /** Resolves when documents that were open from the start have been asked for. */
  opening(): Promise<void>;
  documents(): readonly OpenDocument[];
  settings(root: string): Promise<EditorSettings>;
  progress(root: string, done: number, total: number): void;
  /** An update of a root ended; with what went wrong, if anything did. */
  settled(root: string, error?: unknown): void;
  /** A mistake in the settings, once for as long as it is there. */
  warn(message: string): void;
}

/** A file of a root. */
export interface Located {
  readonly root: WorkspaceRoot;
  readonly path: string;
}

/** A report with its file's URI and the text it was made from. */
export interface LocatedReport extends Located {
  readonly uri: string;
  readonly report: FileReport | undefined;
  readonly text: string;
}

/**
 * All workspace folders: the input state, the only mutable part of the server. Every change bumps the revision and wakes those
 * who wait for one.
 */
export class Workspace {
  private readonly byUri = new Map<string, WorkspaceRoot>();
  private readonly waiting = new Set<() => void>();
  private currentRevision = 0;
  private readonly warned = new Set<string>();
  isDisposed = false;

  constructor(private readonly options: WorkspaceOptions) {}

  get revision(): number {
    return this.currentRevision;
  }

  get roots(): readonly WorkspaceRoot[] {
    return [...this.byUri.values()];
  }

  /** Sets the folders; known ones keep their state. */
  setRoots(uris: readonly string[]): void {
    const wanted = new Set(uris.map((uri) => canonicalUri(uri).replace(/(?<!\/)\/+$/, '')));
    for (const [uri, root] of this.byUri) {
      if (wanted.has(uri)) continue;
      root.dispose();
      this.byUri.delete(uri);
    }
    for (const uri of wanted) if (!this.byUri.has(uri)) this.byUri.set(uri, this.createRoot(uri));
    this.bump();
  }

  /** The innermost root that a file lies in. */
  locate(uri: string): Located | undefined {
    let best: Located | undefined;
    for (const root of this.byUri.values()) {
      const path = pathWithin(root.uri, uri);
      if (path !== undefined && (!best || root.uri.length > best.root.uri.length))
        best = { root, path };
    }
    return best;
  }

  /** The root that a file lies in, or that a folder is. */
  rootOf(uri: string): WorkspaceRoot | undefined {
    const own = canonicalUri(uri).replace(/(?<!\/)\/+$/, '');
    return this.byUri.get(own) ?? this.locate(uri)?.root;
  }

  /** The URI of a file of a root, in the spelling of the client when the document is open. */
  uriOf(root: WorkspaceRoot, path: string): string {
    const uri = fileUri(root.uri, path);
    return this.openUris().get(canonicalUri(uri)) ?? uri;
  }

  /** The version of an open document; undefined for closed files. */
  openVersion(uri: string): number | undefined {
    return this.options.documents().find((document) => document.uri === uri)?.version;
  }

  /**
   * Everything there is to show. Of nested roots only the innermost speaks about a file.
   */
  reports(): readonly LocatedReport[] {
    const open = this.openUris();
    const isNested = this.byUri.size > 1;
    return this.roots.flatMap((root) =>
      root.reports().flatMap((report): LocatedReport[] => {
        const own = fileUri(root.uri, report.path);
        const uri = open.get(canonicalUri(own)) ?? own;
        if (isNested && this.locate(uri)?.root !== root) return [];
        const text = root.analyzer.text(report.path) ?? '';
        return [{ root, path: report.path, uri, report, text }];
      }),
    );
  }

  /** Has every folder been analysed? */
  get isKnown(): boolean {
    return this.roots.every(({ isKnown }) => isKnown);
  }

  /** How much there is to show: findings without hints, and files that were not analysed. */
  counts(): { readonly findings: number; readonly notAnalysed: number } {
    let findings = 0;
    let notAnalysed = 0;
    for (const { report } of this.reports()) {
      findings += report?.findings.filter(({ severity }) => severity !== 'hint').length ?? 0;
      if (report && report.notAnalysed.length > 0) notAnalysed += 1;
    }
    return { findings, notAnalysed };
  }

  /**
   * A file or folder changed on disk.
   * @returns false when that cannot matter
   */
  fileChanged(uri: string, event: FileEvent): boolean {
    // Roots may be nested: the outer one analyses the files of the inner one too.
    return [...this.byUri.values()]
      .map((root) => {
        const path = pathWithin(root.uri, uri);
        return path !== undefined && root.fileChanged(path, event);
      })
      .includes(true);
  }

  /** Resolves at the first change after a revision, or when the signal says to stop waiting. */
  changedSince(revision: number, stop: (wake: () => void) => { dispose(): void }): Promise<void> {
    if (this.currentRevision > revision || this.isDisposed) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        registration.dispose();
        resolve();
      };
      const registration = stop(() => wake());
      this.waiting.add(wake);
    });
  }

  /** Wakes everybody who waits for a change. */
  bump(): void {
    this.currentRevision++;
    for (const wake of [...this.waiting]) wake();
  }

  dispose(): void {
    this.isDisposed = true;
    for (const root of this.byUri.values()) root.dispose();
    this.bump();
  }

  private createRoot(uri: string): WorkspaceRoot {
    const { options } = this;
    const root: WorkspaceRoot = new WorkspaceRoot(uri, {
      createAnalyzer: (failures) => options.createAnalyzer(failures),
      opening: () => options.opening(),
      host: options.host,
      rules: options.rules,
      openTexts: () => this.openTexts(root),
      settings: () => this.settings(uri),
      progress: (done, total) => options.progress(uri, done, total),
      changed: () => this.bump(),
      settled: (error) => options.settled(uri, error),
    });
    return root;
  }

  private async settings(root: string): Promise<EditorSettings> {
    const settings = await this.options.settings(root);
    for (const problem of settings.problems) {
      if (!this.warned.has(problem)) this.options.warn(problem);
      this.warned.add(problem);
    }
    return settings;
  }

  /** URIs of open documents by their canonical form. */
  private openUris(): ReadonlyMap<string, string> {
    return new Map(this.options.documents().map(({ uri }) => [canonicalUri(uri), uri]));
  }

  private openTexts(root: WorkspaceRoot): ReadonlyMap<string, string> {
    const texts = new Map<string, string>();
    for (const document of this.options.documents()) {
      const located = this.locate(document.uri);
      if (located?.root === root) texts.set(located.path, document.getText());
    }
    return texts;
  }
}
