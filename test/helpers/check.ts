import type { AnalysisLog, Pace, ProjectInput } from '../../server/src/engine/analyzer';
import { createAnalyzer } from '../../server/src/engine/create-analyzer';
import { applyEdits, mergeFixes } from '../../server/src/engine/edits/edits';
import type { Finding, NotAnalysed } from '../../server/src/engine/finding';
import type { Rule } from '../../server/src/engine/rule';
import { DEFAULT_SETTINGS, type AnalysisSettings } from '../../server/src/engine/settings';
import type { ProjectModel } from '../../server/src/project/model';
import { rules as allRules } from '../../server/src/rules';

/** Texts by path, relative to the root of an imagined project. */
export type Files = Readonly<Record<string, string>>;

export interface CheckOptions {
  /** The rules that run; all of them by default. */
  readonly rules?: readonly Rule[];
  readonly settings?: Partial<AnalysisSettings>;
  /** Paths of `files` that git ignores. */
  readonly ignored?: readonly string[];
}

export interface CheckResult {
  /** Sorted by path, then as reported. */
  readonly findings: readonly Finding[];
  readonly notAnalysed: readonly NotAnalysed[];
  /** What rules that threw said. */
  readonly errors: readonly string[];
  readonly model: ProjectModel;
  /** The text that a finding marks. */
  marked(finding: Finding): string;
  /**
   * Applies, in one batch, the fixes with this id of all findings.
   * @returns all files afterwards
   * @throws Error when fixes collide, so that fix-all would drop one
   */
  apply(fixId: string): Files;
}

/** What an analysis of in-memory files is given, with everything else as it is by default. */
export function inputOf(files: Files, given: Partial<ProjectInput> = {}): ProjectInput {
  return {
    paths: Object.keys(files).sort(),
    ignoredPaths: [],
    text: (path) => files[path],
    unreadable: [],
    settings: DEFAULT_SETTINGS,
    ...given,
  };
}

/**
 * Runs the real analyzer over in-memory files: the one door of engine and rule tests.
 * @param files every file of the project
 */
export async function check(files: Files, options: CheckOptions = {}): Promise<CheckResult> {
  const ignored = new Set(options.ignored);
  const errors: string[] = [];
  const log: AnalysisLog = { error: (message) => errors.push(message) };
  const analyzer = createAnalyzer(options.rules ?? allRules, log);
  const paths = Object.keys(files).sort();
  await analyzer.update(
    inputOf(files, {
      paths: paths.filter((path) => !ignored.has(path)),
      ignoredPaths: paths.filter((path) => ignored.has(path)),
      settings: { ...DEFAULT_SETTINGS, ...options.settings },
    }),
    unhurried,
  );
  const { model } = analyzer;
  if (!model) throw new Error('the analyzer has no model after an update');
  const reports = analyzer.reports();
  const findings = reports.flatMap((report) => report.findings);
  return {
    findings,
    notAnalysed: reports.flatMap((report) => report.notAnalysed),
    errors,
    model,
    marked: ({ path, span }) => (files[path] ?? '').slice(span.start, span.end),
    apply: (fixId) => applyFixes(files, findings, fixId),
  };
}

const unhurried: Pace = { breathe: () => Promise.resolve(), isCancelled: () => false };

function applyFixes(files: Files, findings: readonly Finding[], fixId: string): Files {
  const fixes = findings.flatMap((finding) => finding.fixes.filter(({ id }) => id === fixId));
  const { changes, dropped } = mergeFixes(fixes);
  if (dropped.length > 0) {
    const titles = dropped.map((index) => fixes[index]?.title ?? '?');
    throw new Error(`fix-all of ${fixId} drops, as colliding or void: ${titles.join('; ')}`);
  }
  const result: Record<string, string> = { ...files };
  for (const change of changes) {
    const { path } = change;
    if (change.kind === 'create') {
      if (files[path] !== undefined) throw new Error(`${fixId} creates ${path}, which exists`);
      result[path] = change.text;
    } else {
      const text = files[path];
      if (text === undefined) throw new Error(`${fixId} edits ${path}, which does not exist`);
      result[path] = applyEdits(text, change.edits);
    }
  }
  return result;
}
