import { AnalysisCancelled, type Analyzer, type FileReport } from '../engine/analyzer';
import {
  CONFIG_FILE,
  mergeSettings,
  readConfigFile,
  type FileSettings,
} from '../engine/config-file';
import type { ConfigurableRule } from '../engine/options';
import type { Host } from '../host';
import type { EditorSettings } from './editor-settings';
import { createPace } from './pace';
import { RootFiles, type FileEvent } from './root-files';
import { isNeverEntered } from './walk';

/** What a root needs of the workspace around it. */
export interface RootEnvironment {
  readonly host: Host;
  readonly rules: readonly ConfigurableRule[];
  /** Texts of open documents of the root, by path. */
  openTexts(): ReadonlyMap<string, string>;
  settings(): Promise<EditorSettings>;
  progress(done: number, total: number): void;
  /** Something a client sees may have changed. */
  changed(): void;
  /** An update ended; with what went wrong, if anything did. */
  settled(error?: unknown): void;
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
  private hasRun = false;
  private fileSettings: FileSettings = {};
  private enabled = true;
  /** Open documents that the last update knew. */
  private considered: ReadonlySet<string> = new Set();
  /** Files that were deleted on disk although editors may keep them open. */
  private readonly gone = new Set<string>();
  /** Why the last update failed. */
  failure: string | undefined;

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

  /** False when the settings switch the analysis off. */
  get isEnabled(): boolean {
    return this.enabled;
  }

  /**
   * A file or folder changed on disk.
   * @returns false when that cannot matter
   */
  fileChanged(path: string, event: FileEvent): boolean {
    if (isNeverEntered(path) || !this.files.concerns(path, event)) return false;
    if (event === 'deleted') this.gone.add(path);
    else this.gone.delete(path);
    this.files.markStale(path);
    if (event !== 'changed' || /(^|\/)\.gitignore$/.test(path)) this.files.markListingStale();
    return true;
  }

  /** A document was opened or typed into: it counts, whatever is on disk. */
  documentChanged(path: string): void {
    this.gone.delete(path);
  }

  /** Was the file deleted, so that a document of it that is still open no longer counts? */
  isGone(path: string): boolean {
    return this.gone.has(path);
  }

  /** Is an open document unknown to the last update, so that it takes one to say anything of it? */
  isNew(path: string): boolean {
    return (
      this.enabled &&
      !this.isGone(path) &&
      !this.considered.has(path) &&
      this.analyzer.text(path) === undefined
    );
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

  /** Resolves when there is a first result, or the first attempt failed; starts the work that leads to it. */
  async ready(): Promise<void> {
    if (this.hasRun || this.isDisposed) return;
    await (this.running ?? this.schedule());
  }

  /** The report of an open document at exactly this text; undefined when the file is not analysed. */
  open(path: string, text: string): FileReport | undefined {
    if (!this.enabled || this.isGone(path)) return undefined;
    // What an update left out (ignored, excluded, elsewhere) is not analysed because it is open.
    if (this.considered.has(path) && this.analyzer.text(path) === undefined)
      return this.analyzer.report(path);
    return this.analyzer.updateFile(path, text);
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
        this.failure = undefined;
        this.environment.settled();
      } catch (error) {
        if (error instanceof AnalysisCancelled) continue;
        this.failure = error instanceof Error ? error.message : String(error);
        this.environment.settled(error);
      }
      this.hasRun = true;
      this.environment.changed();
    }
  }

  private async update(): Promise<void> {
    const { environment } = this;
    const editor = await environment.settings();
    this.enabled = editor.enable;
    if (!editor.enable) return;
    await this.readConfig();
    const settings = mergeSettings(editor.analysis, this.fileSettings);
    await this.files.refresh(settings.exclude, [...environment.openTexts().keys()]);
    const open = environment.openTexts();
    this.considered = new Set(open.keys());
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
    const { settings } = readConfigFile(text, environment.rules);
    if (settings) this.fileSettings = settings;
  }
}
