import type { Severity } from '../base/severity';
import type { Location } from '../base/span';
import type { SourceFacts } from '../project/facts/facts';
import type { TextReads } from '../project/files/text-reads';
import type { ModuleInfo, ProjectModel } from '../project/model';
import type { AnalysisLog } from './analyzer';
import type { Fact, Finding, NotAnalysed } from './finding';
import { lazyFinding } from './edits/lazy-fixes';
import type { FileContext, ManifestContext, Report, Rule, RuleContext } from './rule';
import { isExempt, type OptionsOf } from './options';
import { settingsAt } from './config/folder-config';
import type { AnalysisSettings } from './settings';
import { isInScope, isManifestInScope, severityInScope } from './scope';

type AnyReport = Report<Record<string, string>>;

/** What judging yields: findings before suppression and severity settings, and rules that threw. */
export interface Judgement {
  readonly findings: Finding[];
  readonly failures: (NotAnalysed & { readonly ruleId: string; readonly error: unknown })[];
}

/** What rules look at, and what users listed for their options. */
export interface Project {
  readonly model: ProjectModel;
  readonly settings: AnalysisSettings;
  /** Notes which texts rules read of their own. */
  readonly reads: TextReads;
  /** Does the work of a rule. */
  readonly timed: NonNullable<AnalysisLog['timed']>;
}

/** Runs everything that rules say about one source file. A rule that throws loses only its own findings. */
export function judgeSource(
  rules: readonly Rule[],
  facts: SourceFacts,
  module: ModuleInfo,
  project: Project,
): Judgement {
  const { model } = project;
  const judgement: Judgement = { findings: [], failures: [] };
  for (const rule of rules) {
    if (facts.detail !== 'full' && rule.scope?.detail !== 'any') continue;
    if (!isInScope(rule, module)) continue;
    const marks = facts.marks[rule.id] ?? [];
    const isConcerned =
      rule.file !== undefined ||
      (rule.judge !== undefined && marks.length > 0) ||
      (rule.call !== undefined && facts.calls.length > 0) ||
      (rule.meaning !== undefined && model.meanings(facts.path).length > 0);
    if (!isConcerned) continue;
    guarded(rule, { ...project, path: facts.path, module }, judgement, (report, options) => {
      const context: FileContext<Record<string, string>> = {
        model,
        options,
        path: facts.path,
        facts,
        module,
        package: module.package,
        resolve: (value) => model.resolve(value, facts.path),
        report,
      };
      rule.file?.(context);
      if (rule.judge) for (const mark of marks) rule.judge(mark, context);
      if (rule.meaning)
        for (const meaning of model.meanings(facts.path)) rule.meaning(meaning, context);
      if (rule.call) for (const call of facts.calls) rule.call(call, context);
    });
  }
  return judgement;
}

/** Runs the manifest handlers of rules on one manifest. */
export function judgeManifest(
  rules: readonly Rule[],
  path: string,
  text: string,
  project: Project,
): Judgement {
  const { model } = project;
  const judgement: Judgement = { findings: [], failures: [] };
  const kind = model.files.kind(path);
  if (kind === undefined) return judgement;
  for (const rule of rules) {
    const { manifest } = rule;
    if (!manifest?.kinds.includes(kind) || !isManifestInScope(rule, path)) continue;
    guarded(rule, { ...project, path }, judgement, (report, options) => {
      const context: ManifestContext<Record<string, string>> = {
        model,
        options,
        path,
        text,
        package: model.packageOf(path),
        report,
      };
      manifest.check(context);
    });
  }
  return judgement;
}

/** Runs what rules say about start commands and the project as a whole. */
export function judgeProject(rules: readonly Rule[], project: Project): Judgement {
  const { model } = project;
  const judgement: Judgement = { findings: [], failures: [] };
  for (const rule of rules) {
    if (!rule.command && !rule.project) continue;
    guarded(rule, { ...project, path: '' }, judgement, (report, options) => {
      const context: RuleContext<Record<string, string>> = { model, options, report };
      if (rule.command) for (const command of model.commands) rule.command(command, context);
      rule.project?.(context);
    });
  }
  return judgement;
}

/** What the handlers of a rule are run on. */
interface Subject extends Project {
  /** Empty for the project. */
  readonly path: string;
  readonly module?: ModuleInfo;
}

function guarded(
  rule: Rule,
  { path, module, model, settings, reads, timed }: Subject,
  judgement: Judgement,
  run: (report: (report: AnyReport) => void, options: OptionsOf) => void,
): void {
  const own: Finding[] = [];
  const seen = new Set<string>();
  const take = (report: AnyReport): void => {
    const data = report.data as Readonly<Record<string, string | number>> | undefined;
    const at: Location = 'path' in report.at ? report.at : { path, span: report.at };
    if (isExempt(rule, { ...data, subject: report.subject }, settingsAt(settings, at.path).options))
      return;
    const { kinds, deployment, severity: said = rule.severity } = report;
    const about = { path: at.path, span: at.span, module, kinds, deployment };
    const inScope = (severity: Severity): Severity | undefined =>
      severityInScope(rule, severity, about, model);
    const severity = inScope(said);
    if (severity === undefined) return;
    const finding = toFinding(rule, at, { ...report, severity }, factOf(rule, report, inScope));
    // Two start commands may share a step, two imports a line: the same finding is reported once.
    const key = `${finding.path}\0${finding.span.start}\0${finding.span.end}\0${finding.message}`;
    if (seen.has(key)) return;
    seen.add(key);
    own.push(finding);
  };
  const reader = { ruleId: rule.id, ...(path === '' ? {} : { path }) };
  try {
    const option: OptionsOf = (name) => settingsAt(settings, path).options[rule.id]?.[name] ?? [];
    timed({ path, ruleId: rule.id }, () => reads.as(reader, () => run(take, option)));
    judgement.findings.push(...own);
  } catch (error) {
    const reason = `rule ${rule.id} failed: ${error instanceof Error ? error.message : String(error)}`;
    judgement.failures.push({ path, reason, ruleId: rule.id, error });
  }
}

function toFinding(
  rule: Rule,
  at: Location,
  report: AnyReport & { readonly severity: Severity },
  fact: Fact | undefined,
): Finding {
  const data = report.data as Readonly<Record<string, string | number>> | undefined;
  const { fixes = [], severity } = report;
  return lazyFinding(
    {
      ruleId: rule.id,
      factor: rule.factor,
      severity,
      path: at.path,
      span: at.span,
      message: filled(rule, report.message, data),
      related: report.related ?? [],
      ...(fact ? { fact } : {}),
    },
    () => (typeof fixes === 'function' ? fixes() : fixes),
  );
}

/**
 * What a report states together with others, its messages filled in as far as one place can.
 * @param inScope how severe the rule may be there
 */
function factOf(
  rule: Rule,
  { fact }: AnyReport,
  inScope: (severity: Severity) => Severity | undefined,
): Fact | undefined {
  if (!fact?.whole) return fact && { key: fact.key };
  const { message, data, severity, ...whole } = fact.whole;
  return {
    key: fact.key,
    whole: {
      ...whole,
      severity: inScope(severity) ?? severity,
      message: filled(rule, message, data),
    },
  };
}

function filled(
  rule: Rule,
  message: string,
  data: Readonly<Record<string, string | number>> | undefined,
): string {
  return (rule.messages[message] ?? message).replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    data && name in data ? inOneLine(String(data[name])) : placeholder,
  );
}

/** Messages stay one line. Only what nobody reads to its end is cut: data in a URL, a script in one command. */
function inOneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
}

const MOST_CHARACTERS = 200;
