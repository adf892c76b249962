import type { Usage } from './time-report';

/** One run of a whole process. */
export interface Sample {
  /** From before its start until after its end, milliseconds. */
  readonly ms: number;
  /** Undefined where the system has no program that tells. */
  readonly usage: Usage | undefined;
}

/** What became of a contestant in all rounds. */
export interface Outcome {
  readonly samples: readonly Sample[];
  /** Why there are none. */
  readonly failure?: string;
}

/** Runs once, or throws an error that says why it did not. */
export type Runner = () => Sample;

/**
 * Lets contestants take turns, so that whatever else the machine does hits all of them. A round that does not count comes first: it
 * brings files and programs into the memory of the system, fills caches, and shows who cannot run at all. Each round starts with
 * another contestant, so that nobody always comes after the same one.
 * @returns in the order of the contestants
 */
export function takeTurns(runners: readonly Runner[], rounds: number): readonly Outcome[] {
  const samples = runners.map((): Sample[] => []);
  const failures = new Map<number, string>();
  const run = (index: number): Sample | undefined => {
    try {
      return failures.has(index) ? undefined : runners[index]?.();
    } catch (error) {
      failures.set(index, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  runners.forEach((_, index) => run(index));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < runners.length; turn += 1) {
      const index = (round + turn) % runners.length;
      const sample = run(index);
      if (sample) samples[index]?.push(sample);
    }
  }
  return samples.map((each, index) => {
    const failure = failures.get(index);
    return failure === undefined ? { samples: each } : { samples: [], failure };
  });
}
