import type { Steps } from '../../project/build-model';
import type { Pace } from '../analyzer';

/**
 * Works through steps, and lets others have their turn in between.
 * @param take takes one step: the caller may have something to note while it runs
 */
export async function inSteps<T>(
  steps: Steps<T>,
  pace: Pace,
  take: (step: () => IteratorResult<undefined, T>) => IteratorResult<undefined, T>,
): Promise<T> {
  for (;;) {
    const step = take(() => steps.next());
    if (step.done) return step.value;
    await pace.breathe();
  }
}
