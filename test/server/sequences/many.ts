import { expect, it } from 'vitest';
import type { Delivery } from './editor';
import { runSequence } from './sequence';

/** How many sequences both kinds of clients go through together; more with `TWELVE_FACTOR_SEQUENCES=50000`. */
const COUNT = Number(process.env['TWELVE_FACTOR_SEQUENCES'] ?? 2_000);
/** The first of them; `TWELVE_FACTOR_SEED=…` repeats a run, or tries others. */
const SEED = Number(process.env['TWELVE_FACTOR_SEED'] ?? 1);
/** How many a test goes through. */
const BATCH = 100;
/** For one sequence, on a machine that has a lot else to do. */
const LIMIT_MS = 3_000;

/** Tests that go through sequences of one kind of client. */
export function manySequences(delivery: Delivery): void {
  for (let first = SEED; first < SEED + COUNT / 2; first += BATCH) {
    const last = Math.min(first + BATCH, SEED + COUNT / 2) - 1;
    it(
      `seeds ${first} to ${last}`,
      async () => {
        for (let seed = first; seed <= last; seed += 1)
          expect(await runSequence(seed, delivery)).toBeUndefined();
      },
      BATCH * LIMIT_MS,
    );
  }
}
