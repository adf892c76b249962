import type { AnalysisLog } from './analyzer';

/** Tells of rules that threw: once for each version of a text, however often it is judged. */
export class RuleFailures {
  private readonly told = new Set<string>();

  constructor(private readonly log: AnalysisLog) {}

  /**
   * @param about the file, or what else was judged
   * @param version what was judged: another one is told of again
   */
  tell(ruleId: string, about: string, version: string, error: unknown): void {
    const key = `${ruleId}\0${about}\0${version.length}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.log.error(`${ruleId} failed on ${about}: ${what}`);
  }
}
