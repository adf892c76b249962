import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import type { Timers } from '../host';
import type { Workspace } from '../workspace/workspace';
import type { DiagnosticsOutput } from './diagnostics-output';
import type { DiagnosticsSource } from './file-diagnostics';
import type { OpenDocuments } from './open-documents';

/** How long a burst of changes is gathered: only its last state is analysed and sent. */
const PUSH_DELAY_MS = 100;

/** Sends diagnostics to clients that cannot pull, whenever a file's have changed. */
export class PushDiagnostics implements DiagnosticsOutput {
  /** What the client has, by URI; files it was told nothing of are absent. */
  private readonly sent = new Map<string, string>();
  private readonly changed = new Set<string>();
  private timer: { dispose(): void } | undefined;

  constructor(
    private readonly source: DiagnosticsSource,
    private readonly workspace: Workspace,
    private readonly open: OpenDocuments,
    private readonly timers: Timers,
    private readonly send: (params: PublishDiagnosticsParams) => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  documentChanged(uri: string): void {
    this.changed.add(uri);
    this.pushSoon();
  }

  documentClosed(): void {
    this.pushSoon();
  }

  analysisChanged(): void {
    this.pushSoon();
  }

  dispose(): void {
    this.timer?.dispose();
  }

  private pushSoon(): void {
    this.timer?.dispose();
    this.timer = this.timers.after(PUSH_DELAY_MS, () => {
      this.push().catch(this.failed);
    });
  }

  private async push(): Promise<void> {
    const uris = [...this.changed];
    this.changed.clear();
    for (const uri of uris) await this.open.report(uri, 'early');
    const present = new Set<string>();
    for (const file of this.source.all()) {
      const { uri, id } = file;
      present.add(uri);
      if (this.sent.get(uri) === id) continue;
      this.sent.set(uri, id);
      this.publish(uri, file.items());
    }
    for (const uri of [...this.sent.keys()]) {
      if (present.has(uri)) continue;
      this.sent.delete(uri);
      this.publish(uri, []);
    }
  }

  private publish(uri: string, diagnostics: PublishDiagnosticsParams['diagnostics']): void {
    const version = this.workspace.openVersion(uri);
    this.send({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  }
}
