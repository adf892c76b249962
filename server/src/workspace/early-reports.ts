import { fileKind } from '../base/file-names';
import type { Analyzer, FileReport } from '../engine/analyzer';
import { folderConfigs, withFolderConfigs } from '../engine/config/folder-config';
import type { ConfigurableRule } from '../engine/options';
import type { AnalysisSettings } from '../engine/settings';
import type { Host } from '../host';
import { readNeighbourhood } from './neighbourhood';
import { createPace } from './pace';

/** What early reports need of the root. */
export interface EarlyEnvironment {
  readonly host: Host;
  /** Rules that say that something is nowhere: only all files together tell. */
  readonly rules: readonly (ConfigurableRule & { readonly speaksOfAbsence?: true })[];
  /** Texts of open documents of the root, by path. */
  openTexts(): ReadonlyMap<string, string>;
  createAnalyzer(failures: 'left to the next'): Analyzer;
}

/**
 * Reports of open source files from what lies around them, while the whole folder is still being listed and read. They say less than
 * the analysis of all files, and nothing that it would take back.
 */
export class EarlyReports {
  private own: Analyzer | undefined;
  private readonly unsure: ReadonlySet<string>;
  private running: Promise<void> | undefined;
  private isOver = false;
  /** Documents that have been looked at. */
  private considered: ReadonlySet<string> = new Set();
  private readonly known = new WeakMap<FileReport, FileReport>();

  /** @param settings undefined where the analysis is switched off */
  constructor(
    private readonly root: string,
    private readonly environment: EarlyEnvironment,
    private readonly settings: () => Promise<AnalysisSettings | undefined>,
  ) {
    this.unsure = new Set(
      environment.rules.flatMap(({ id, speaksOfAbsence }) => (speaksOfAbsence ? id : [])),
    );
  }

  get analyzer(): Analyzer {
    return (this.own ??= this.environment.createAnalyzer('left to the next'));
  }

  /** @returns false where only the analysis of all files has something to say of the document */
  async prepare(path: string): Promise<boolean> {
    if (fileKind(path) !== 'source') return false;
    while (!this.isOver && !this.considered.has(path)) {
      this.running ??= this.update().finally(() => (this.running = undefined));
      try {
        await this.running;
      } catch {
        // The analysis of all files says what is wrong.
        return false;
      }
      if (!this.environment.openTexts().has(path)) break;
    }
    return !this.isOver && this.analyzer.text(path) !== undefined;
  }

  /** Resolves when no report is being made. */
  async idle(): Promise<void> {
    await this.running?.catch(() => undefined);
  }

  /** All files are known: from now on they tell. */
  end(): void {
    this.isOver = true;
    this.own = undefined;
  }

  open(path: string, text: string): FileReport | undefined {
    if (!this.considered.has(path)) return undefined;
    const report = this.analyzer.updateFile(path, text);
    return report && this.sure(report);
  }

  report(path: string): FileReport | undefined {
    const report = this.considered.has(path) ? this.analyzer.report(path) : undefined;
    return report && this.sure(report);
  }

  reports(): readonly FileReport[] {
    return [...this.considered].sort().flatMap((path) => this.report(path) ?? []);
  }

  private async update(): Promise<void> {
    const { environment } = this;
    const settings = await this.settings();
    const open = new Map(
      [...environment.openTexts()].filter(([path]) => fileKind(path) === 'source'),
    );
    if (settings) {
      const input = await readNeighbourhood(environment.host, this.root, open, settings);
      const own = withFolderConfigs(settings, folderConfigs(input, environment.rules));
      await this.analyzer.update({ ...input, settings: own }, createPace(environment.host));
    }
    this.considered = new Set(open.keys());
  }

  /** What will still hold when all is known. */
  private sure(report: FileReport): FileReport {
    const known = this.known.get(report);
    if (known) return known;
    const findings = report.findings.filter(({ ruleId }) => !this.unsure.has(ruleId));
    const early = { ...report, key: `early-${report.key}`, findings };
    this.known.set(report, early);
    return early;
  }
}
