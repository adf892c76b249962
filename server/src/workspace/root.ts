import { AnalysisCancelled, type Analyzer, type FileReport } from '../engine/analyzer';
import {
  CONFIG_FILE,
  mergeSettings,
  readConfigFile,
  type ConfigProblem,
  type FileSettings,
} from '../engine/config-file';
import type { Host } from '../host';
import type { EditorSettings } from './editor-settings';
import { createPace } from './pace';
import { RootFiles } from './root-files';

/** What a root needs of the workspace around it. */
export interface RootEnvironment {
  readonly host: Host;
  readonly ruleIds: readonly string[];
  /** Texts of open documents of the root, by path. */
  openTexts(): ReadonlyMap<string, string>;
  settings(): Promise<EditorSettings>;
  progress(done: number, total: number): void;
  /** Something a client sees may have changed. */
  changed(): void;
  failed(error: unknown): void;
}

/**
 * One workspace folder: its files, its settings, its analysis, and the background work that keeps them in step. Updates never
 * overlap; what changes while one runs is taken up by the next.
 */
export class WorkspaceRoot {
  private readonly files: RootFiles;
  private running: Promise<void> | undefined;
  private isDirty = true;
  private isDisposed = false;
  private fileSettings: FileSettings = {};
  private enabled = true;
  configProblems: readonly ConfigProblem[] = [];
  settingProblems: readonly string[] = [];

  constructor(
    readonly uri: string,
    readonly analyzer: Analyzer,
    private readonly environment: RootEnvironment,
  ) {
    this.files = new RootFiles(environment.host, uri);
  }

  get fileCount(): number {
    return this.enabled ? this.files.count : 0;
  }

  /** A watched file changed on disk. */
  fileChanged(path: string, kind: 'changed' | 'listed'): void {
    this.files.markStale(path);
    if (kind === 'listed' || /(^|\/)\.gitignore$/.test(path)) this.files.markListingStale();
  }

  /** The client's watcher may have missed something: read everything again. */
  forgetFiles(): void {
    this.files.markAllStale();
  }

  /** Starts bringing the analysis up to date, unless that is under way; then it is done once more. */
  schedule(): Promise<void> {
    this.isDirty = true;
    this.running ??= this.run().finally(() => (this.running = undefined));
    return this.running;
  }

  /** Resolves when nothing is left to do. */
  async settled(): Promise<void> {
    while (this.running) await this.running;
  }

  /** Resolves when there is a first result; starts the work that leads to it. */
  async ready(): Promise<void> {
    if (this.analyzer.model || this.isDisposed) return;
    await this.schedule();
  }

  /** The report of an open document at exactly this text; undefined when the file is not analysed. */
  open(path: string, text: string): FileReport | undefined {
    return this.enabled ? this.analyzer.updateFile(path, text) : undefined;
  }

  report(path: string): FileReport | undefined {
    return this.enabled ? this.analyzer.report(path) : undefined;
  }

  reports(): readonly FileReport[] {
    return this.enabled ? this.analyzer.reports() : [];
  }

  dispose(): void {
    this.isDisposed = true;
  }

  private async run(): Promise<void> {
    while (this.isDirty && !this.isDisposed) {
      this.isDirty = false;
      try {
        await this.update();
      } catch (error) {
        if (!(error instanceof AnalysisCancelled)) this.environment.failed(error);
      }
      this.environment.changed();
    }
  }

  private async update(): Promise<void> {
    const { environment } = this;
    const editor = await environment.settings();
    this.enabled = editor.enable;
    this.settingProblems = editor.problems;
    if (!editor.enable) return;
    await this.readConfig();
    const settings = mergeSettings(editor.analysis, this.fileSettings);
    await this.files.refresh(settings.exclude);
    const open = environment.openTexts();
    const pace = createPace(environment.host, {
      isCancelled: () => this.isDisposed,
      progress: (done, total) => environment.progress(done, total),
      first: [...open.keys()],
    });
    await this.analyzer.update(this.files.input(settings, open), pace);
  }

  /** The open document wins over the file; a text that is no JSON leaves the settings before it in force. */
  private async readConfig(): Promise<void> {
    const { environment } = this;
    let text = environment.openTexts().get(CONFIG_FILE);
    if (text === undefined) {
      const read = await environment.host.read(this.uri, CONFIG_FILE);
      text = read.kind === 'text' ? read.text : '';
    }
    const { settings, problems } = readConfigFile(text, environment.ruleIds);
    this.configProblems = problems;
    if (settings) this.fileSettings = settings;
  }
}
