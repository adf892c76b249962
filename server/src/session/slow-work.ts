import type { Work } from '../engine/analyzer';
import { visible } from '../report/escape';

/** From here on a person notices, whatever else is going on. */
const SLOW_MS = 1_000;

/** Says which file or rule takes long: once each, as it will be the same the next time. */
export class SlowWork {
  private readonly told = new Set<string>();

  /** @param now milliseconds, monotonic */
  constructor(
    private readonly now: () => number,
    private readonly warn: (message: string) => void,
  ) {}

  readonly timed = <T>(work: Work, run: () => T): T => {
    const start = this.now();
    try {
      return run();
    } finally {
      const took = this.now() - start;
      if (took >= SLOW_MS) this.tell(work, took);
    }
  };

  private tell({ path, ruleId }: Work, took: number): void {
    const key = `${ruleId ?? ''} ${path}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    const seconds = `${(took / 1000).toFixed(1)} s`;
    const file = path === '' ? 'the project as a whole' : visible(path);
    this.warn(
      ruleId === undefined
        ? `Slow: reading ${file} took ${seconds}. Leave it out with \`exclude\` if nobody maintains it.`
        : // What several rules need is worked out for the first that asks.
          `Slow: ${ruleId} took ${seconds} for ${file}, with what it was the first to ask of the project.`,
    );
  }
}
