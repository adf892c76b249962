import { AnalysisCancelled, type Analyzer, type FileReport } from '../engine/analyzer';
import { CONFIG_FILE, mergeSettings, readConfigFile } from '../engine/config/config-file';
import { folderConfigs, withFolderConfigs } from '../engine/config/folder-config';
import { BASELINE_FILE, type Baseline } from '../engine/baseline/baseline-file';
import type { ConfigurableRule } from '../engine/options';
import type { Host } from '../host';
import { DEFAULT_SETTINGS, type AnalysisSettings, type FileSettings } from '../engine/settings';
import { baselineIn } from './baseline';
import { EarlyReports } from './early-reports';
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
  createAnalyzer(failures: 'logged' | 'left to the next'): Analyzer;
  /** Resolves when documents that were open from the start have been asked for. */
  opening(): Promise<void>;
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
  private variables = true;
  /** The path of the baseline, which need not be there, and what it says. */
  baselineFile = BASELINE_FILE;
  baseline: Baseline | undefined;
  private inForce = DEFAULT_SETTINGS;
  /** Open documents that the last update knew. */
  private considered: ReadonlySet<string> = new Set();
  /** Of all files. */
  private readonly whole: Analyzer;
  /** Of open documents and what lies around them, until there is a first result of all files. */
  private readonly early: EarlyReports;
  /** Why the last update failed. */
  failure: string | undefined;

  constructor(
    readonly uri: string,
    private readonly environment: RootEnvironment,
  ) {
    this.files = new RootFiles(environment.host, uri);
    this.whole = environment.createAnalyzer('logged');
    this.early = new EarlyReports(uri, environment, () => this.readSettings());
  }

  /** What is known: of all files, or of open documents alone while all are being read for the first time. */
  get analyzer(): Analyzer {
    return this.hasRun ? this.whole : this.early.analyzer;
  }

  /** Has all been analysed once, or was it tried? */
  get isKnown(): boolean {
    return this.hasRun;
  }

  get fileCount(): number {
    return this.enabled ? this.files.count : 0;
  }

  /** False when the settings switch the analysis off. */
  get isEnabled(): boolean {
    return this.enabled;
  }

  /** False when the settings want nothing said of variables of the environment beside findings. */
  get explainsVariables(): boolean {
    return this.enabled && this.variables;
  }

  /** What the last update went by, of the editor and the configuration file together. */
  get settings(): AnalysisSettings {
    return this.inForce;
  }

  /**
   * A file or folder changed on disk.
   * @returns false when that cannot matter
   */
  fileChanged(path: string, event: FileEvent): boolean {
    if (isNeverEntered(path) || !this.files.concerns(path, event)) return false;
    this.files.markStale(path);
    if (event !== 'changed' || /(^|\/)\.gitignore$/.test(path)) this.files.markListingStale();
    return true;
  }

  /** Is an open document unknown to the last update, so that it takes one to say anything of it? */
  isNew(path: string): boolean {
    return this.enabled && !this.considered.has(path) && this.analyzer.text(path) === undefined;
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

  /** Resolves when something can be said of an open document, before all is known. */
  async readyFor(path: string): Promise<void> {
    if (this.hasRun || this.isDisposed) return;
    if (!(await this.early.prepare(path))) await this.ready();
  }

  /** The report of an open document at exactly this text; undefined when the file is not analysed. */
  open(path: string, text: string): FileReport | undefined {
    if (!this.enabled) return undefined;
    if (!this.hasRun) return this.early.open(path, text);
    // What an update left out (ignored, excluded, elsewhere) is not analysed because it is open.
    if (this.considered.has(path) && this.whole.text(path) === undefined)
      return this.whole.report(path);
    return this.whole.updateFile(path, text);
  }

  report(path: string): FileReport | undefined {
    if (!this.enabled) return undefined;
    return this.hasRun ? this.whole.report(path) : this.early.report(path);
  }

  reports(): readonly FileReport[] {
    if (!this.enabled) return [];
    return this.hasRun ? this.whole.reports() : this.early.reports();
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
      this.early.end();
      this.environment.changed();
    }
  }

  private async update(): Promise<void> {
    const { environment } = this;
    if (!this.hasRun) await environment.opening();
    const settings = await this.readSettings();
    if (!settings) return;
    // What people look at comes first.
    await this.early.idle();
    await this.files.refresh(settings.exclude, [...environment.openTexts().keys()]);
    const open = environment.openTexts();
    this.considered = new Set(open.keys());
    const pace = createPace(environment.host, {
      isCancelled: () => this.isDisposed,
      progress: (done, total) => environment.progress(done, total),
      first: [...open.keys()],
    });
    const input = this.files.input(settings, open);
    const folders = folderConfigs(input, environment.rules, (path) => this.files.saved(path));
    this.inForce = withFolderConfigs(settings, folders);
    await this.whole.update({ ...input, settings: this.inForce }, pace);
  }

  /** What is in force now; undefined where the editor's settings switch the analysis off. */
  private async readSettings(): Promise<AnalysisSettings | undefined> {
    const editor = await this.environment.settings();
    this.enabled = editor.enable;
    this.variables = editor.environment;
    if (!editor.enable) return undefined;
    await this.readConfig();
    const { environment } = this;
    const settings = mergeSettings(editor.analysis, this.fileSettings);
    this.baselineFile = settings.baselineFile;
    // One that does not count accepts nothing; the file says why.
    const own = await baselineIn(environment.host, this.uri, settings, environment.openTexts());
    this.baseline = own.baseline;
    return (this.inForce = { ...settings, baseline: own.baseline });
  }

  /**
   * The open document wins over the file. While it is no JSON, as it is for moments while somebody types, what is saved counts: what
   * happened before does not, or two editors on the same files would see different things.
   */
  private async readConfig(): Promise<void> {
    const { environment } = this;
    const open = environment.openTexts().get(CONFIG_FILE);
    const typed = open === undefined ? undefined : readConfigFile(open, environment.rules);
    this.fileSettings = typed?.settings ?? (await this.savedSettings());
  }

  private async savedSettings(): Promise<FileSettings> {
    const { host, rules } = this.environment;
    const read = await host.read(this.uri, CONFIG_FILE);
    return read.kind === 'text' ? (readConfigFile(read.text, rules).settings ?? {}) : {};
  }
}
