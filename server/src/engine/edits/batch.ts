import type { Span } from '../../base/span';
import type { FixBatch } from '../finding';

/** The shared state of one quick fix, or of one fix-all. */
export function createFixBatch(): FixBatch {
  return { claimedNames: new Map(), removals: new Map() };
}

/** What a batch held at some moment; see {@link restoreFixBatch}. */
export interface FixBatchSnapshot {
  readonly claimedNames: ReadonlyMap<string, string>;
  readonly removals: ReadonlyMap<string, readonly Span[]>;
}

/** What a batch holds now, for {@link restoreFixBatch}. */
export function snapshotFixBatch(batch: FixBatch): FixBatchSnapshot {
  return { claimedNames: new Map(batch.claimedNames), removals: new Map(batch.removals) };
}

/** Takes back what a fix that was dropped left in the batch. */
export function restoreFixBatch(batch: FixBatch, snapshot: FixBatchSnapshot): void {
  replace(batch.claimedNames, snapshot.claimedNames);
  if (batch.removals) replace(batch.removals, snapshot.removals);
}

/**
 * Records that a fix of this batch takes text away, so that a later fix that takes away the last use of an import sees it.
 * @returns all spans of that file that the batch has taken away so far, the given ones included
 */
export function recordRemovals(
  batch: FixBatch,
  path: string,
  spans: readonly Span[],
): readonly Span[] {
  const all = [...(batch.removals?.get(path) ?? []), ...spans];
  batch.removals?.set(path, all);
  return all;
}

function replace<K, V>(target: Map<K, V>, source: ReadonlyMap<K, V>): void {
  target.clear();
  for (const [key, value] of source) target.set(key, value);
}
