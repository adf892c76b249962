import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes a minute and more. Begun last, each would run alone while the other workers have nothing left to do. */
const LONGEST = ['server/sequences/push', 'server/sequences/pull', 'engine/adversarial', 'fuzz/'];

/** Begins with the longest files, on a machine that has never run any. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = LONGEST.findIndex((part) => moduleId.includes(part));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
