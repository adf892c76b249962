import { afterEach, describe, expect, it, vi } from 'vitest';
import { FactStore } from '../../../server/src/engine/reading/fact-store';
import { RootFiles } from '../../../server/src/workspace/root-files';
import { runSequence, type Difference, type Sabotage } from './sequence';

afterEach(() => vi.restoreAllMocks());

/** Enough to meet any defect of those below several times. */
const MOST = 60;
const LIMIT_MS = 180_000;

async function firstDifference(sabotage: Sabotage = {}): Promise<Difference | undefined> {
  for (let seed = 1; seed <= MOST; seed += 1) {
    const difference = await runSequence(seed, 'pull', sabotage);
    if (difference) return difference;
  }
  return undefined;
}

describe('sequences notice', () => {
  it(
    'a watch event that is lost',
    async () => {
      const lost = await firstDifference({ watched: (changes) => changes.slice(1) });
      expect(lost).toBeDefined();
    },
    LIMIT_MS,
  );

  it(
    'a fact that is stale',
    async () => {
      const see = FactStore.prototype.see;
      const seen = new WeakSet<FactStore>();
      vi.spyOn(FactStore.prototype, 'see').mockImplementation(function (
        this: FactStore,
        path,
        text,
      ) {
        // The first text of the file is the last that is read.
        if (path === 'src/config.js' && seen.has(this)) return;
        if (path === 'src/config.js') seen.add(this);
        see.call(this, path, text);
      });
      expect(await firstDifference()).toBeDefined();
    },
    LIMIT_MS,
  );

  it(
    'an exception that is swallowed',
    async () => {
      const refresh = RootFiles.prototype.refresh;
      let calls = 0;
      vi.spyOn(RootFiles.prototype, 'refresh').mockImplementation(async function (
        this: RootFiles,
        ...given
      ) {
        calls += 1;
        try {
          if (calls % 4 === 0) throw new Error('the disk is away');
          await refresh.apply(this, given);
        } catch {
          // Nobody hears of it.
        }
      });
      expect(await firstDifference()).toBeDefined();
    },
    LIMIT_MS,
  );
});
