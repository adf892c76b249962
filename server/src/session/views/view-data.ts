import { FACTOR_INFOS, factorInfo, FACTORS } from '../../base/factors';
import type { SeveritySetting } from '../../base/severity';
import { NOTICES } from '../../engine/notices';
import type { Rule } from '../../engine/rule';
import type { AnalysisSettings } from '../../engine/settings';
import { isAboutSuppressions } from '../../engine/suppressions/suppressions';
import { commentStyle } from '../../languages/comments';
import { rangeConverter } from '../../lsp/ranges';
import { projectMap } from '../../project/map/project-map';
import type { ProjectModel } from '../../project/model';
import type {
  FindingsResult,
  FolderFindings,
  FolderMap,
  ListedFinding,
  ListedGap,
  ListedRule,
  MapResult,
  RulesParams,
  RulesResult,
} from '../../protocol';
import { oneLine } from '../../report/escape';
import { jsonMap } from '../../report/map-json';
import { rangesOf } from '../../report/positions';
import type { WorkspaceRoot } from '../../workspace/root';
import type { LocatedReport, Workspace } from '../../workspace/workspace';
import type { OpenDocuments } from '../open-documents';

/** Answers what views ask for: findings, the process map, rules. */
export class ViewData {
  private readonly rules: ReadonlyMap<string, Rule>;

  constructor(
    private readonly workspace: Workspace,
    private readonly open: Pick<OpenDocuments, 'sync'>,
    rules: readonly Rule[],
  ) {
    this.rules = new Map(rules.map((rule) => [rule.id, rule]));
  }

  findings(): FindingsResult {
    // What was typed counts, whoever has asked for it so far.
    this.open.sync();
    const reports = this.workspace.reports();
    return {
      folders: this.workspace.roots.map((root) =>
        this.folderFindings(
          root,
          reports.filter((each) => each.root === root),
        ),
      ),
      factors: FACTOR_INFOS.map(({ factor, numeral, title }) => ({
        factor,
        title: `${numeral}. ${title}`,
      })),
    };
  }

  map(): MapResult {
    return {
      folders: this.workspace.roots.flatMap((root): FolderMap[] => {
        const { analyzer, uri } = root;
        const { model } = analyzer;
        if (!root.isKnown || !root.isEnabled || !model) return [];
        const text = (path: string): string | undefined => analyzer.text(path);
        const { packages } = jsonMap(projectMap(model), text);
        const names = packages.flatMap(({ processes }) =>
          processes.flatMap(({ variables }) => variables),
        );
        return [{ uri, packages, variables: variablePlaces(names, model, text) }];
      }),
    };
  }

  ruleList({ uri }: RulesParams): RulesResult {
    const root = uri === undefined ? undefined : this.workspace.rootOf(uri);
    const counts = new Map<string, number>();
    for (const report of root ? this.workspace.reports() : [])
      if (report.root === root)
        for (const { ruleId } of report.report?.findings ?? [])
          counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
    const rules = [...this.rules.values()].map((rule): ListedRule => {
      const { id, factor, summary, severity, fix } = rule;
      const { numeral, title } = factorInfo(factor);
      return {
        id,
        factor,
        factorTitle: `${numeral}. ${title}`,
        summary,
        severity,
        here: root ? severityHere(rule, root.settings) : severity,
        fix,
        findings: counts.get(id) ?? 0,
      };
    });
    const place = ({ factor }: ListedRule): number => FACTORS.indexOf(factor);
    return {
      ...(root ? { folder: root.uri } : {}),
      rules: rules.sort((a, b) => place(a) - place(b)),
      notices: Object.entries(NOTICES).map(([id, summary]) => ({ id, summary })),
    };
  }

  private folderFindings(root: WorkspaceRoot, reports: readonly LocatedReport[]): FolderFindings {
    const { isEnabled, isKnown, settings, failure, uri } = root;
    const isFailed = failure !== undefined && root.analyzer.model === undefined;
    const processes = processesByEntry(root.analyzer.model);
    return {
      uri,
      state: !isEnabled ? 'off' : isFailed ? 'failed' : isKnown ? 'known' : 'unknown',
      files: root.fileCount,
      needsReasons: settings.requireSuppressionReason !== 'off',
      findings: reports.flatMap((report) => this.listed(report, processes)),
      notAnalysed: reports.flatMap(gaps),
    };
  }

  private listed(
    { root, path, uri, text, report }: LocatedReport,
    processes: ReadonlyMap<string, readonly string[]>,
  ): ListedFinding[] {
    if (!report || report.findings.length === 0) return [];
    const { model } = root.analyzer;
    const toRange = rangeConverter(text);
    const entries = model?.modules.get(path)?.entryPoints ?? [];
    const running = [...new Set(entries.flatMap((entry) => processes.get(entry.path) ?? []))];
    const info = model?.packageOf(path);
    const app = info && oneLine(info.name ?? (info.dir === '' ? '.' : info.dir));
    const hasComments = commentStyle(path, model?.files.kind(path)) !== 'none';
    return report.findings.map(({ ruleId, factor, severity, message, span }) => ({
      uri,
      path,
      ruleId,
      factor,
      severity,
      message: oneLine(message),
      range: toRange(span),
      ...(app === undefined ? {} : { app }),
      processes: running,
      isFixable: this.rules.get(ruleId)?.fix !== 'none',
      canSuppress: hasComments && !isAboutSuppressions(ruleId),
    }));
  }
}

function gaps({ uri, path, report }: LocatedReport): ListedGap[] {
  return (report?.notAnalysed ?? []).map(({ reason }) => ({ uri, path, reason: oneLine(reason) }));
}

/** The names of processes that begin with a module, by its path. */
function processesByEntry(model: ProjectModel | undefined): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { processes } of model ? projectMap(model).packages : [])
    for (const { entry, role, name } of processes)
      if (entry !== undefined)
        names.set(entry, [...(names.get(entry) ?? []), oneLine(`${role} ${name}`)]);
  return names;
}

function variablePlaces(
  names: readonly string[],
  model: ProjectModel,
  text: (path: string) => string | undefined,
): FolderMap['variables'] {
  const places = [...new Set(names)].sort().flatMap((name) => {
    const { reads = [], supplies = [] } = model.environment.get(name) ?? {};
    const [read] = reads;
    const place = read ? { path: read.path, span: read.fact.span } : supplies[0];
    if (!place) return [];
    const line = rangesOf(text(place.path) ?? '')(place.span).start.line;
    return [[name, { path: place.path, line }] as const];
  });
  return Object.fromEntries(places);
}

function severityHere(
  { id, factor, severity }: Rule,
  { rules, factors }: AnalysisSettings,
): SeveritySetting {
  return rules[id] ?? factors[factor] ?? severity;
}
