import type { Analyzer, FileReport } from '../engine/analyzer';
import type { Host } from '../host';
import type { EditorSettings } from './editor-settings';
import { WorkspaceRoot } from './root';
import { canonicalUri, fileUri, pathWithin } from './root-uri';

/** An open document, at the version and text it has right now. */
export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  getText(): string;
}

export interface WorkspaceOptions {
  readonly host: Host;
  readonly ruleIds: readonly string[];
  createAnalyzer(): Analyzer;
  documents(): readonly OpenDocument[];
  settings(root: string): Promise<EditorSettings>;
  progress(done: number, total: number): void;
  failed(error: unknown): void;
}

/** A file of a root. */
export interface Located {
  readonly root: WorkspaceRoot;
  readonly path: string;
}

/** A report with its file's URI and the text it was made from. */
export interface LocatedReport extends Located {
  readonly uri: string;
  readonly report: FileReport;
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

  constructor(private readonly options: WorkspaceOptions) {}

  get revision(): number {
    return this.currentRevision;
  }

  get roots(): readonly WorkspaceRoot[] {
    return [...this.byUri.values()];
  }

  /** Sets the folders; known ones keep their state. */
  setRoots(uris: readonly string[]): void {
    const wanted = new Set(uris.map((uri) => canonicalUri(uri).replace(/\/+$/, '')));
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

  /** The URI of a file of a root, in the spelling of the client when the document is open. */
  uriOf(root: WorkspaceRoot, path: string): string {
    const uri = fileUri(root.uri, path);
    const canonical = canonicalUri(uri);
    return (
      this.options.documents().find((document) => canonicalUri(document.uri) === canonical)?.uri ??
      uri
    );
  }

  /**
   * Everything there is to show. Of nested roots only the innermost speaks about a file.
   */
  reports(): readonly LocatedReport[] {
    return this.roots.flatMap((root) =>
      root.reports().flatMap((report): LocatedReport[] => {
        const uri = this.uriOf(root, report.path);
        if (this.locate(uri)?.root !== root) return [];
        return [
          { root, path: report.path, uri, report, text: root.analyzer.text(report.path) ?? '' },
        ];
      }),
    );
  }

  /** Analyses every root again from disk. */
  async analyzeAll(): Promise<void> {
    await Promise.all(
      this.roots.map((root) => {
        root.forgetFiles();
        return root.schedule();
      }),
    );
  }

  /** Brings every root up to date in the background. */
  schedule(): void {
    for (const root of this.roots) void root.schedule();
  }

  /** Resolves at the first change after a revision, or when the signal says to stop waiting. */
  changedSince(revision: number, stop: (wake: () => void) => { dispose(): void }): Promise<void> {
    if (this.currentRevision > revision) return Promise.resolve();
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
    for (const root of this.byUri.values()) root.dispose();
    this.bump();
  }

  private createRoot(uri: string): WorkspaceRoot {
    const { options } = this;
    const root: WorkspaceRoot = new WorkspaceRoot(uri, options.createAnalyzer(), {
      host: options.host,
      ruleIds: options.ruleIds,
      openTexts: () => this.openTexts(root),
      settings: () => options.settings(uri),
      progress: (done, total) => options.progress(done, total),
      changed: () => this.bump(),
      failed: (error) => options.failed(error),
    });
    return root;
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
