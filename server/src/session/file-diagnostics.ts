import type { Diagnostic } from 'vscode-languageserver';
import type { FileReport } from '../engine/analyzer';
import { readBaseline } from '../engine/baseline/baseline-file';
import { CONFIG_FILE, type ConfigProblem } from '../engine/config/config-file';
import { isConfigPath, readConfigAt } from '../engine/config/folder-config';
import type { ConfigurableRule } from '../engine/options';
import {
  codeOf,
  DIAGNOSTIC_SOURCE,
  notAnalysed,
  toDiagnostics,
  type Places,
} from '../lsp/diagnostics';
import { CONFIGURATION } from '../engine/notices';
import { rangeConverter, type ToRange } from '../lsp/ranges';
import type { WorkspaceRoot } from '../workspace/root';
import type { Located, LocatedReport, Workspace } from '../workspace/workspace';

/** What a client is told of one file; built only when its id is new to the client. */
export interface FileDiagnostics {
  readonly uri: string;
  /** Equal as long as the diagnostics are. */
  readonly id: string;
  items(): Diagnostic[];
}

/** The id of a file about which there is nothing to say. */
export const NOTHING = 'clean';

/** Turns reports into diagnostics, with mistakes in the configuration file among them. */
export class DiagnosticsSource {
  constructor(
    private readonly workspace: Workspace,
    private readonly rules: readonly ConfigurableRule[],
    private readonly rulePages: () => string | undefined,
  ) {}

  /** Everything there is to show, one entry a file. */
  all(): FileDiagnostics[] {
    const reports = this.workspace.reports();
    const configs = this.workspace.roots.flatMap((root) =>
      [...configPaths(root), root.baselineFile].flatMap((path): LocatedReport[] => {
        const uri = this.workspace.uriOf(root, path);
        const text = root.analyzer.text(path);
        const isListed = reports.some((each) => each.uri === uri);
        const owner = this.workspace.locate(uri)?.root;
        return text === undefined || isListed || owner !== root || !root.isEnabled
          ? []
          : [{ root, path, uri, text, report: undefined }];
      }),
    );
    return [...reports, ...configs]
      .map((report) => this.of(report, report.uri, report.text, report.report))
      .filter(({ id }) => id !== NOTHING);
  }

  /**
   * One file at a text.
   * @param text the one that the report was made from
   */
  of(located: Located, uri: string, text: string, report: FileReport | undefined): FileDiagnostics {
    const isConfig = isConfigPath(located.path) && located.root.isEnabled;
    const { failure, analyzer } = located.root;
    const folders = analyzer.model?.packages.map(({ dir }) => dir);
    const problems = isConfig
      ? readConfigAt(located.path, text, this.rules, folders).problems
      : baselineProblems(located, text);
    // The first analysis of all failed: nothing is known, which is not the same as clean.
    const unknown = analyzer.model ? undefined : failure;
    const isEmpty = (report?.findings.length ?? 0) + (report?.notAnalysed.length ?? 0) === 0;
    return {
      uri,
      id:
        isEmpty && problems.length === 0 && unknown === undefined
          ? NOTHING
          : `${report?.key ?? unknown ?? ''}${problems.map(({ span, message }) => `.${span.start}-${span.end}.${message}`).join('')}`,
      items: () => {
        const toRange = rangeConverter(text);
        const found = report ? toDiagnostics(report, toRange, this.places(located.root)) : [];
        return [
          ...found,
          ...problems.map((problem) => configDiagnostic(problem, toRange, this.rulePages())),
          ...(unknown === undefined ? [] : [notAnalysed(unknown, this.rulePages())]),
        ];
      },
    };
  }

  places(root: WorkspaceRoot): Places {
    return {
      uri: (path) => this.workspace.uriOf(root, path),
      range: (path, span) => rangeConverter(root.analyzer.text(path) ?? '')(span),
      rulePages: this.rulePages(),
    };
  }
}

/** The configuration files of a root and its folders. */
function configPaths({ analyzer }: WorkspaceRoot): ReadonlySet<string> {
  return new Set([CONFIG_FILE, ...(analyzer.model?.files.paths ?? []).filter(isConfigPath)]);
}

/** A baseline that cannot be read accepts nothing, and says so. */
function baselineProblems({ root, path }: Located, text: string): readonly ConfigProblem[] {
  if (path !== root.baselineFile || !root.isEnabled) return [];
  const result = readBaseline(text);
  return 'problem' in result ? [{ span: { start: 0, end: 0 }, message: result.problem }] : [];
}

function configDiagnostic(
  { span, message }: ConfigProblem,
  toRange: ToRange,
  pages: string | undefined,
): Diagnostic {
  return {
    range: toRange(span),
    severity: 2,
    source: DIAGNOSTIC_SOURCE,
    ...codeOf(CONFIGURATION, pages),
    message,
  };
}
