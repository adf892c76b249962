import { loadTypeScript } from '../languages/source/ts';
import {
  frameSteps,
  modelSteps,
  type BuiltModel,
  type ProjectFrame,
  type Steps,
} from '../project/build-model';
import type { ProjectFiles } from '../project/files/files';
import { createProjectFiles, createSyntaxCache } from '../project/files/project-files';
import { LIBRARIES } from '../project/libraries';
import { unreadableReason } from '../project/manifests/unreadable-manifest';
import { givenKinds } from '../project/map/overrides';
import { TextReads } from '../project/files/text-reads';
import type { ProjectModel } from '../project/model';
import {
  AnalysisCancelled,
  type AnalysisLog,
  type Analyzer,
  type CreateAnalyzer,
  type FileReport,
  type Pace,
  type ProjectInput,
} from './analyzer';
import { AcceptedFindings, asWanted } from './baseline/accepted-findings';
import type { BaselineEntry } from './baseline/baseline-file';
import { fingerprintsOf } from './baseline/fingerprints';
import { JudgedFindings } from './judged';
import { FactIndex } from './reading/fact-index';
import {
  excludeMatcher,
  FactStore,
  type FactChange,
  type SourceChanges,
} from './reading/fact-store';
import type { Finding, NotAnalysed, SuppressedFinding } from './finding';
import { withFreshFixes, type Judging } from './edits/fresh-fixes';
import { judgeManifest, judgeProject, judgeSource, type Judgement, type Project } from './judge';
import { buildReport, settle, withSeverities, type Settled, type SettledFile } from './report-file';
import type { Rule } from './rule';
import { RuleFailures } from './rule-failures';
import { DEFAULT_SETTINGS, type AnalysisSettings } from './settings';
import { shiftBetween } from '../base/text-change';
import { inSteps } from './reading/steps';
import { textsOf } from './reading/texts';

const NOTHING: Settled = { findings: [], complaints: [], suppressed: [] };

/** Creates the analysis of one root; see {@link Analyzer}. */
export const createAnalyzer: CreateAnalyzer = (rules, log) => new RootAnalyzer(rules, log);

class RootAnalyzer implements Analyzer {
  private readonly store: FactStore;
  private readonly syntaxCache = createSyntaxCache();
  private readonly ruleFailures: RuleFailures;
  private texts = new Map<string, string>();
  private settings: AnalysisSettings = DEFAULT_SETTINGS;
  private settingsKey = '';
  /** What git ignores or tracks all the same: that may change while no text does. */
  private listing = '';
  private frame: ProjectFrame | undefined;
  private files: ProjectFiles | undefined;
  private built: BuiltModel | undefined;
  private readonly judged = new JudgedFindings();
  private readonly reads = new TextReads();
  private projectFailures: readonly NotAnalysed[] = [];
  private unreadable = new Map<string, NotAnalysed>();
  /** What each file has to say, with the severities that the user sees; and what is left of it when suppressions have been applied. */
  private readonly wanted = new Map<string, readonly Finding[]>();
  private readonly settled = new Map<string, Settled>();
  /** Which files state the same. */
  private readonly facts = new FactIndex();
  private acceptance: AcceptedFindings;
  private readonly fileReports = new Map<string, FileReport>();
  /** Source files that were typed into since the model that is being made was begun. */
  private readonly typed = new Set<string>();
  private stale = false;
  /** A manifest was re-read by `updateFile`: the frame is older than the texts. */
  private frameStale = false;

  constructor(
    private readonly rules: readonly Rule[],
    private readonly log: AnalysisLog,
  ) {
    this.store = new FactStore(rules, LIBRARIES, this.timed);
    this.acceptance = new AcceptedFindings(undefined, rules);
    this.ruleFailures = new RuleFailures(log);
  }

  private readonly timed: NonNullable<AnalysisLog['timed']> = (work, run) =>
    this.log.timed ? this.log.timed(work, run) : run();

  get needsUpdate(): boolean {
    return this.stale;
  }

  get model(): ProjectModel | undefined {
    return this.built?.model;
  }

  text(path: string): string | undefined {
    return this.texts.get(path);
  }

  report(path: string): FileReport | undefined {
    return this.fileReports.get(path);
  }

  reports(): readonly FileReport[] {
    return [...this.fileReports.values()]
      .filter((report) => report.findings.length > 0 || report.notAnalysed.length > 0)
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  suppressed(): readonly SuppressedFinding[] {
    return [...this.settled.keys()]
      .sort()
      .flatMap((path) => this.settledWithLists(this.settledFile(path)).suppressed);
  }

  acceptable(): readonly BaselineEntry[] {
    return [...this.settled].flatMap(([path, { findings }]) => {
      const file = this.settledFile(path);
      const { complaints } = this.settledWithLists(file);
      const names = new Map([
        ...fingerprintsOf(file, this.wanted.get(path) ?? [], this.rules),
        ...fingerprintsOf(file, complaints, this.rules),
      ]);
      return [...findings, ...complaints].flatMap((finding) => names.get(finding) ?? []);
    });
  }

  accepted(): readonly Finding[] {
    return [...this.settled.values()].flatMap(({ findings }) =>
      findings.filter((finding) => finding.accepted),
    );
  }

  async update(input: ProjectInput, pace: Pace): Promise<void> {
    await loadTypeScript();
    const isExcluded = excludeMatcher(input.settings.exclude);
    const paths = input.paths.filter((path) => !isExcluded(path));
    const texts = textsOf([...paths, ...input.ignoredPaths], input);
    const listed = [...texts.keys()].filter((path) => !input.ignoredPaths.includes(path));
    const listing = JSON.stringify([input.ignoredPaths, input.trackedPaths]);
    const manifestsChanged =
      this.framesDiffer(texts) ||
      listing !== this.listing ||
      JSON.stringify(input.settings.packages) !== JSON.stringify(this.settings.packages);
    const settingsKey = JSON.stringify(input.settings);
    const before = this.texts;
    this.listing = listing;
    // From here on `updateFile` may mark it stale again.
    const wasStale = this.stale;
    this.stale = false;
    this.texts = texts;
    this.unreadable = new Map(
      input.unreadable.filter(({ path }) => !isExcluded(path)).map((entry) => [entry.path, entry]),
    );
    const files = this.reads.watch(
      createProjectFiles(
        {
          paths: listed,
          ignoredPaths: input.ignoredPaths,
          trackedPaths: input.trackedPaths ?? [],
          text: (path) => texts.get(path),
        },
        (path) => this.tree(path),
        this.syntaxCache,
      ),
    );
    // A manifest that is typed into from here on makes it stale again.
    this.frameStale = false;
    const frame: ProjectFrame =
      manifestsChanged || !this.frame
        ? await this.inSteps(frameSteps(files, givenKinds(input.settings.packages)), pace)
        : { ...this.frame, files };
    this.frame = frame;
    const changed = await this.readSources(files, frame, pace);
    this.files = files;
    const hasLost = this.store.retain(new Set(texts.keys()));
    const full =
      manifestsChanged ||
      changed.meaning ||
      hasLost ||
      wasStale ||
      settingsKey !== this.settingsKey ||
      !this.built;
    this.settings = input.settings;
    if (settingsKey !== this.settingsKey)
      this.acceptance = new AcceptedFindings(input.settings.baseline, this.rules);
    this.settingsKey = settingsKey;
    await this.buildModel(frame, pace);
    for (const path of [...changed.paths])
      for (const owner of this.judged.ownersPointingInto(path)) changed.paths.add(owner);
    await this.judgeAll(full ? undefined : changed.paths, before, pace);
  }

  updateFile(path: string, text: string): FileReport | undefined {
    const { built, files } = this;
    if (!built || !files) return undefined;
    const before = this.texts.get(path);
    if (before === text) return this.fileReports.get(path);
    if (before === undefined) {
      // A file the last update did not see: it needs one before anything can be said.
      this.stale = true;
      return undefined;
    }
    this.texts.set(path, text);
    const shift = shiftBetween(before, text);
    let change: FactChange = 'meaning';
    if (files.kind(path) === 'source') {
      change = this.store.read(path, text);
      if (this.reads.isShared(path)) this.stale = this.frameStale = true;
      if (change === 'meaning' || this.reads.differInWords(before, text)) this.stale = true;
      this.typed.add(path);
      this.built = built.replace(this.store.facts, path);
    } else this.stale = this.frameStale = true;
    const moved = this.judged.move(path, shift);
    if (moved.isTorn) this.stale = true;
    // Where only positions changed, rules would say the same at other places, but for those that look at the text itself.
    const again = this.reads.rulesOf(path, before, text);
    if (change === 'positions' && this.judged.moveOwn(path, shift, again))
      this.judgeFile(path, again);
    else this.judgeFile(path);
    const concerned = new Set([...moved.others, path]);
    for (const changed of [...concerned])
      for (const other of this.facts.replace(changed, this.settle(changed))) concerned.add(other);
    for (const other of concerned) if (other !== path) this.publish(other);
    return this.publish(path);
  }

  private inSteps<T>(steps: Steps<T>, pace: Pace): Promise<T> {
    return inSteps(steps, pace, (step) => this.reads.as({}, step));
  }

  private async buildModel(frame: ProjectFrame, pace: Pace): Promise<void> {
    const { facts } = this.store;
    this.typed.clear();
    const built = await this.inSteps(modelSteps(frame, facts, LIBRARIES), pace);
    this.built = [...this.typed].reduce((model, path) => model.replace(facts, path), built);
  }

  private tree(path: string): ReturnType<FactStore['trees']['get']> | undefined {
    const text = this.texts.get(path);
    return text === undefined ? undefined : this.store.trees.get(path, text);
  }

  /** Did any manifest, or the list of files, change? */
  private framesDiffer(texts: ReadonlyMap<string, string>): boolean {
    const { files } = this;
    if (!files || texts.size !== this.texts.size) return true;
    for (const [path, text] of texts) {
      const before = this.texts.get(path);
      if (before === undefined) return true;
      if (before === text) continue;
      if (files.kind(path) !== 'source' || this.reads.isShared(path)) return true;
    }
    return this.frameStale;
  }

  private async readSources(
    files: ProjectFiles,
    frame: ProjectFrame,
    pace: Pace,
  ): Promise<SourceChanges> {
    const sources = files.paths.filter((path) => files.kind(path) === 'source');
    for (const path of sources) this.store.see(path, this.texts.get(path) ?? '');
    const first = new Set(pace.first ?? []);
    try {
      return await this.store.settle(
        [
          ...sources.filter((path) => first.has(path)),
          ...sources.filter((path) => !first.has(path)),
        ],
        frame,
        pace,
      );
    } catch (error) {
      this.stale = true;
      throw error;
    }
  }

  /** Judges everything, or only the given source files when nothing else is affected. */
  private async judgeAll(
    only: ReadonlySet<string> | undefined,
    before: ReadonlyMap<string, string>,
    pace: Pace,
  ): Promise<void> {
    const { files } = this;
    if (!files) return;
    const paths = [...new Set([...files.paths, ...files.ignoredPaths])];
    for (const path of paths) {
      if (only && !only.has(path)) continue;
      this.judgeFile(path);
      if (pace.isCancelled()) {
        // Facts are kept; judging starts over with the next update.
        this.built = undefined;
        this.stale = true;
        throw new AnalysisCancelled();
      }
      await pace.breathe();
    }
    await this.judgeProject(pace);
    const present = new Set([...this.texts.keys(), ...this.unreadable.keys()]);
    for (const path of new Set([...before.keys(), ...this.fileReports.keys()]))
      if (!present.has(path)) {
        this.fileReports.delete(path);
        this.judged.delete(path);
        this.wanted.delete(path);
        this.settled.delete(path);
        this.facts.set(path, []);
      }
    for (const path of present) this.facts.set(path, this.settle(path));
    for (const path of present) this.publish(path);
  }

  /** @param only those of the rules that are asked; what the others have said stays */
  private judgeFile(path: string, only?: ReadonlySet<string>): void {
    const text = this.texts.get(path);
    if (!this.model || text === undefined || only?.size === 0) return;
    this.reads.forget(path, only);
    const asked = only ? this.rules.filter(({ id }) => only.has(id)) : this.rules;
    const judgement = this.judge(path, asked);
    const fresh = this.fresh(judgement, path, text, (rules) => this.judge(path, rules));
    if (only) this.judged.add(path, fresh);
    else this.judged.keep(path, fresh);
    for (const failure of [...judgement.failures, ...this.store.failuresOf(path)])
      this.ruleFailures.tell(failure.ruleId, path, text, failure.error);
  }

  private project(model: ProjectModel): Project {
    return { model, settings: this.settings, reads: this.reads, timed: this.timed };
  }

  /** What some rules say about one file. */
  private judge(path: string, rules: readonly Rule[]): Judgement {
    const current = this.model;
    const text = this.texts.get(path);
    if (!current || text === undefined) return { findings: [], failures: [] };
    const facts = this.store.facts.get(path);
    const module = current.modules.get(path);
    const project = this.project(current);
    return facts && module
      ? judgeSource(rules, facts, module, project)
      : judgeManifest(rules, path, text, project);
  }

  /** A judgement whose fixes follow the texts. */
  private fresh(
    judgement: Judgement,
    about: string,
    version: string,
    again: (rules: readonly Rule[]) => Judgement,
  ): Judgement {
    const said = this.model;
    if (!said) return judgement;
    // A list asks for the fixes of all its places at once.
    const answers = new Map<string, { model?: ProjectModel; findings: readonly Finding[] }>();
    const judging: Judging = {
      model: () => this.model,
      again: (ruleId) => {
        const known = answers.get(ruleId);
        if (known && known.model === this.model) return known.findings;
        const { findings } = again(this.rules.filter(({ id }) => id === ruleId));
        answers.set(ruleId, { ...(this.model ? { model: this.model } : {}), findings });
        return findings;
      },
      failed: (ruleId, error) => this.ruleFailures.tell(ruleId, about, version, error),
    };
    return {
      ...judgement,
      findings: judgement.findings.map((finding) => withFreshFixes(finding, said, judging)),
    };
  }

  private async judgeProject(pace: Pace): Promise<void> {
    const version = String(this.texts.size);
    const failed: NotAnalysed[] = [];
    for (const rule of this.rules) {
      const current = this.model;
      if (!current || !(rule.command || rule.project)) continue;
      const { findings, failures } = this.fresh(
        judgeProject([rule], this.project(current)),
        'project',
        version,
        (rules) => judgeProject(rules, this.project(this.model ?? current)),
      );
      this.judged.keepProject(rule.id, findings);
      failed.push(...failures.map(({ reason }) => ({ path: 'package.json', reason })));
      for (const { ruleId, error } of failures)
        this.ruleFailures.tell(ruleId, 'project', version, error);
      await pace.breathe();
    }
    this.projectFailures = failed;
  }

  /** Works out what the file has to say by itself. */
  private settle(path: string): readonly Finding[] {
    const findings = this.judged.about(path);
    const file = this.settledFile(path);
    const said = withSeverities(findings, this.settings, this.rules, this.model);
    const wanted = this.acceptance.marked(file, said);
    const settled = settle(file, wanted, this.settings, this.rules);
    this.wanted.set(path, wanted);
    this.settled.set(path, settled);
    return settled.findings;
  }

  /** Makes the file's report from what is known; keeps the old object when nothing changed. */
  private publish(path: string): FileReport | undefined {
    const notAnalysed = this.notAnalysed(path);
    if (!this.texts.has(path) && notAnalysed.length === 0) return undefined;
    const file = this.settledFile(path);
    const { findings, complaints } = this.settledWithLists(file);
    const said = [...this.facts.shown(findings), ...this.acceptance.marked(file, complaints)];
    const report = buildReport(file, asWanted(said, this.settings), notAnalysed);
    const known = this.fileReports.get(path);
    if (known && known.key === report.key) return known;
    this.fileReports.set(path, report);
    return report;
  }

  private settledFile(path: string): SettledFile {
    return { path, kind: this.files?.kind(path), text: this.texts.get(path) ?? '' };
  }

  /** The file's own findings and those about the file as a whole; its comments suppress both. */
  private settledWithLists(file: SettledFile): Settled {
    const lists = this.facts.lists(file.path, file.text);
    const alone = this.settled.get(file.path) ?? NOTHING;
    if (lists.length === 0) return alone;
    const { settings, rules } = this;
    const wanted = this.wanted.get(file.path) ?? [];
    return settle(file, [...wanted, ...withSeverities(lists, settings, rules)], settings, rules);
  }

  private notAnalysed(path: string): NotAnalysed[] {
    const manifest = this.files && unreadableReason(this.files, path);
    const ofSource = this.store.failuresOf(path).map(({ ruleId }) => `rule ${ruleId} failed`);
    const ofFile = this.judged.failuresOf(path).map(({ reason }) => reason);
    return [
      ...[this.unreadable.get(path), this.store.skipReason(path)].filter(
        (one) => one !== undefined,
      ),
      ...[manifest ?? [], ofSource, ofFile].flat().map((reason) => ({ path, reason })),
      ...(path === 'package.json' ? this.projectFailures : []),
    ];
  }
}
