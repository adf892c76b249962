import type {
  CancellationToken,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  WorkspaceDiagnosticParams,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import type { Timers } from '../host';
import type { Workspace } from '../workspace/workspace';
import type { DiagnosticsOutput } from './diagnostics-output';
import { NOTHING, type DiagnosticsSource } from './file-diagnostics';
import type { OpenDocuments } from './open-documents';

/** How long results are gathered before the client is told to pull its open documents again. */
const REFRESH_DELAY_MS = 200;

/** No id of a result: whatever there is to say of the file is news. */
const UNKNOWN = 'unknown';

/** Answers the client's pulls. The pull of the workspace is held until there is something new. */
export class PullDiagnostics implements DiagnosticsOutput {
  /** What the client was told of open documents, by URI. */
  private readonly told = new Map<string, string>();
  /** What held pulls believe the client to have, by URI. */
  private readonly held = new Set<Map<string, string>>();
  /**
   * Documents that the client shows something of which its pulls of the workspace do not mention: it forgets what it was told of
   * a file when it is no longer shown, but not the diagnostics.
   */
  private readonly unmentioned = new Set<string>();
  /**
   * Documents that were closed since a pull of the workspace told of them. While they were open, clients took note of such answers
   * without showing them: what they say they have, they do not show.
   */
  private readonly closed = new Set<string>();
  private timer: { dispose(): void } | undefined;

  /** @param refresh asks the client to pull again */
  constructor(
    private readonly source: DiagnosticsSource,
    private readonly workspace: Workspace,
    private readonly open: OpenDocuments,
    private readonly timers: Timers,
    private readonly refresh: () => void,
  ) {}

  async document(
    { textDocument: { uri }, previousResultId }: DocumentDiagnosticParams,
    token: CancellationToken,
  ): Promise<DocumentDiagnosticReport> {
    const open = await this.open.report(uri, 'early');
    // The client has asked anew, and hears nothing of this.
    if (token.isCancellationRequested) return { kind: 'full', items: [] };
    if (!open) {
      // A folder may be opened around it.
      this.told.set(uri, NOTHING);
      return { kind: 'full', items: [] };
    }
    const file = this.source.of(open, uri, open.document.getText(), open.report);
    // Another answer may have been on its way when the client asked: then it no longer has what it names.
    const isKnown = file.id === previousResultId && file.id === this.told.get(uri);
    this.told.set(uri, file.id);
    this.unmentioned.add(uri);
    for (const known of this.held) if (known.get(uri) !== file.id) known.set(uri, UNKNOWN);
    return isKnown
      ? { kind: 'unchanged', resultId: file.id }
      : { kind: 'full', resultId: file.id, items: file.items() };
  }

  /** Resolves when the client has to know something, or when it does not want to wait any longer. */
  async everything(
    { previousResultIds }: WorkspaceDiagnosticParams,
    token: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport> {
    const known = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    for (const uri of this.unmentioned) if (!known.has(uri)) known.set(uri, UNKNOWN);
    for (const uri of this.closed) known.set(uri, UNKNOWN);
    const isOver = (): boolean => token.isCancellationRequested || this.workspace.isDisposed;
    this.held.add(known);
    try {
      for (;;) {
        const { revision } = this.workspace;
        await Promise.all(this.workspace.roots.map((root) => root.ready()));
        if (isOver()) return { items: [] };
        const items = this.news(known);
        for (const { uri } of items) {
          this.unmentioned.delete(uri);
          this.closed.delete(uri);
        }
        if (items.length > 0) return { items };
        await this.workspace.changedSince(revision, (wake) => token.onCancellationRequested(wake));
        if (isOver()) return { items: [] };
      }
    } finally {
      this.held.delete(known);
    }
  }

  documentChanged(): void {
    // The client pulls after what it changes.
  }

  documentClosed(uri: string): void {
    this.told.delete(uri);
    // What the client shows is the document's last state; whatever it was told of the file before is no longer what it has.
    this.unmentioned.add(uri);
    this.closed.add(uri);
    for (const known of this.held) known.set(uri, UNKNOWN);
  }

  analysisChanged(): void {
    this.timer?.dispose();
    this.timer = this.timers.after(REFRESH_DELAY_MS, () => {
      if (this.isOutdated()) this.refresh();
    });
  }

  dispose(): void {
    this.timer?.dispose();
  }

  private news(known: ReadonlyMap<string, string>): WorkspaceDiagnosticReport['items'] {
    const items: WorkspaceDiagnosticReport['items'] = [];
    const present = new Set<string>();
    for (const file of this.source.all()) {
      const { uri, id } = file;
      present.add(uri);
      if (known.get(uri) === id) continue;
      const version = this.workspace.openVersion(uri) ?? null;
      items.push({ kind: 'full', uri, version, resultId: id, items: file.items() });
    }
    // A file that is gone or clean now is reported as empty once, or its squiggles would stay.
    for (const [uri, id] of known)
      if (!present.has(uri) && id !== NOTHING)
        items.push({ kind: 'full', uri, version: null, resultId: NOTHING, items: [] });
    return items;
  }

  /** Does an open document show something else than is known now? */
  private isOutdated(): boolean {
    return [...this.told].some(([uri, id]) => {
      const located = this.workspace.locate(uri);
      if (!located) return id !== NOTHING;
      const { root, path } = located;
      const text = root.analyzer.text(path) ?? '';
      return this.source.of(located, uri, text, root.report(path)).id !== id;
    });
  }
}
