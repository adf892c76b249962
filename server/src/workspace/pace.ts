import type { Pace } from '../engine/analyzer';
import type { Host } from '../host';

/** How long work may hold the thread, in milliseconds. */
const SLICE_MS = 10;

export interface PaceOptions {
  isCancelled?(): boolean;
  progress?(done: number, total: number, path: string): void;
  /** Paths to do first. */
  readonly first?: readonly string[];
}

/** A pace that lets the event loop run about every 10 ms. */
export function createPace(
  host: Pick<Host, 'now' | 'yield'>,
  { isCancelled, progress, first = [] }: PaceOptions = {},
): Pace {
  let sliceStart = host.now();
  return {
    first,
    isCancelled: () => isCancelled?.() ?? false,
    progress: (done, total, path) => progress?.(done, total, path),
    async breathe() {
      if (host.now() - sliceStart < SLICE_MS) return;
      await host.yield();
      sliceStart = host.now();
    },
  };
}
