import type { WorkDoneProgressReporter } from 'vscode-languageserver';
import type { StatusParams } from '../protocol';
import type { Workspace } from '../workspace/workspace';

/** How far apart messages about progress are; one for every file would drown the connection. */
const PROGRESS_INTERVAL_MS = 100;

/** Tells the client what the server is doing. */
export class Status {
  private readonly progress = new Map<string, { readonly done: number; readonly total: number }>();
  private readonly failures = new Map<string, string>();
  private lastProgress = -Infinity;
  /** The client's own progress display, while it is shown. */
  reporter: Pick<WorkDoneProgressReporter, 'report'> | undefined;

  constructor(
    private readonly workspace: Workspace,
    private readonly now: () => number,
    private readonly send: (status: StatusParams) => void,
  ) {}

  /** A scan begins. */
  scanning(): void {
    this.progress.clear();
    this.say('scanning', 0, 0);
  }

  /** A root's scan has got so far. */
  progressed(root: string, done: number, total: number): void {
    this.progress.set(root, { done, total });
    if (this.now() - this.lastProgress < PROGRESS_INTERVAL_MS) return;
    this.lastProgress = this.now();
    const all = [...this.progress.values()];
    const sum = { done: 0, total: 0 };
    for (const each of all) {
      sum.done += each.done;
      sum.total += each.total;
    }
    this.say('scanning', sum.done, sum.total);
    this.reporter?.report(
      (100 * sum.done) / Math.max(1, sum.total),
      `${sum.done} of ${sum.total} files`,
    );
  }

  /** A root's analysis failed, or no longer does. */
  settled(root: string, failure: string | undefined): void {
    if (failure === undefined) this.failures.delete(root);
    else this.failures.set(root, failure);
  }

  /** Nothing is left to do. */
  ready(): void {
    const total = this.workspace.roots.reduce((sum, root) => sum + root.fileCount, 0);
    const roots = new Set(this.workspace.roots.map(({ uri }) => uri));
    const [failure] = [...this.failures].filter(([root]) => roots.has(root));
    if (failure) this.say('error', total, total, `The analysis failed: ${failure[1]}`);
    else this.say('ready', total, total);
  }

  private say(
    state: StatusParams['state'],
    analysed: number,
    total: number,
    message?: string,
  ): void {
    this.send({
      state,
      analysed,
      total,
      ...(this.workspace.isKnown ? this.workspace.counts() : {}),
      ...(message === undefined ? {} : { message }),
    });
  }
}
