import type { Timers } from '../host';
import type { WorkspaceRoot } from '../workspace/root';
import type { Workspace } from '../workspace/workspace';
import type { Status } from './status';

/** How long typing has to pause before its consequences elsewhere are worked out. */
const TYPING_PAUSE_MS = 300;

/** How long nothing has to be scanned until what scanning needed is given back. */
const REST_MS = 5_000;

/** Does someone watch a scan, so that its progress is shown? */
export type Visibility = 'shown' | 'quiet';

export interface BackgroundOptions {
  readonly workspace: Workspace;
  readonly status: Status;
  readonly timers: Timers;
  /** Shows progress in the client until the scan ends. */
  showProgress(scan: Promise<void>): void;
  /** All roots are up to date. */
  finished(): void;
  /** Called when nothing has been scanned for a while after everything was: what that needed can go. */
  atRest(): void;
}

/** Brings roots up to date behind the scenes, and says when it has. */
export class Background {
  private scans = 0;
  private rest: { dispose(): void } | undefined;
  private readonly pauses = new Map<WorkspaceRoot, { dispose(): void }>();

  constructor(private readonly options: BackgroundOptions) {}

  /** Updates every root. @returns when that is done */
  async scan(visibility: Visibility): Promise<void> {
    const { workspace, status } = this.options;
    this.scans += 1;
    this.rest?.dispose();
    if (visibility === 'shown') status.scanning();
    const scan = Promise.all(workspace.roots.map((root) => root.schedule())).then(() => undefined);
    if (visibility === 'shown') this.options.showProgress(scan);
    await scan;
    this.scans -= 1;
    // While another one runs, nothing is finished.
    if (this.scans > 0) return;
    status.ready();
    this.options.finished();
    if (visibility === 'shown')
      this.rest = this.options.timers.after(REST_MS, () => this.options.atRest());
  }

  /** Somebody typed: updates one root when that pauses. */
  updateAfterTyping(root: WorkspaceRoot): void {
    this.pauses.get(root)?.dispose();
    this.pauses.delete(root);
    this.updateSoon(root);
  }

  /** Updates one root in a moment, if that is not due already: whoever only asks, however often, puts nothing off. */
  updateSoon(root: WorkspaceRoot): void {
    if (this.pauses.has(root)) return;
    this.pauses.set(
      root,
      this.options.timers.after(TYPING_PAUSE_MS, () => {
        this.pauses.delete(root);
        void this.update(root);
      }),
    );
  }

  /** Updates one root. @returns when that is done */
  async update(root: WorkspaceRoot): Promise<void> {
    await root.schedule();
    if (this.scans > 0) return;
    this.options.status.ready();
    this.options.finished();
  }

  dispose(): void {
    this.rest?.dispose();
    for (const pause of this.pauses.values()) pause.dispose();
  }
}
