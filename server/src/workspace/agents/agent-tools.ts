import { version } from '../../../../package.json';
import { hash64 } from '../../base/hash';
import { isInside } from '../../base/paths';
import { isWeaker, type Severity } from '../../base/severity';
import { withFingerprints } from '../../engine/baseline/fingerprints';
import { mergeFixes } from '../../engine/edits/edits';
import type { FileChange, Finding, Fix } from '../../engine/finding';
import { maskedFindings } from '../../engine/masked';
import { NOTICES } from '../../engine/notices';
import type { Rule } from '../../engine/rule';
import { projectMap } from '../../project/map/project-map';
import { jsonReport, type JsonFinding } from '../../report/json';
import { jsonMap, maskedMap } from '../../report/map-json';
import { maskedDiff } from '../../report/masked-diff';
import type { ReportInput } from '../../report/report';
import type { WorkspaceRoot } from '../root';
import { packagesOf } from '../packages';
import type { Workspace } from '../workspace';
import { DEFAULT_LIMIT, TOOLS, type ToolName } from './descriptions';
import { checkInput, meant, ToolProblem } from './input';

/** What the tools work on: the folders of an editor, or the one of a server that agents have started. */
export interface AgentProject {
  readonly workspace: Workspace;
  readonly rules: readonly Rule[];
  /** Brings what is known of the folders up to date. What it says holds as long as nothing is awaited. */
  refresh(): Promise<void>;
  /** The Markdown page of a rule; undefined where it did not come along. */
  page(name: string): Promise<string | undefined>;
  /**
   * Makes changes; all, or none of them where that can be told before.
   * @throws Error with what is in the way, for people
   */
  apply(root: WorkspaceRoot, changes: readonly FileChange[]): Promise<void>;
}

/** What a tool gives: JSON, or one sentence about what is wrong with the call. */
export type ToolAnswer = { readonly result: object } | { readonly problem: string };

/** What a person is asked before files are written. */
export interface ToolQuestion {
  readonly title: string;
  /** What would change. */
  readonly diff: string;
}

interface FixChoice {
  readonly id: string;
  readonly title: string;
  readonly kind: Fix['kind'];
}

/** A folder with all that was found in it and is not accepted; credentials are masked. */
interface Folder extends ReportInput {
  readonly root: WorkspaceRoot;
}

/** A fix and what it would do. */
interface PreparedFix {
  readonly folder: Folder;
  readonly finding: Finding;
  readonly fix: FixChoice;
  readonly changes: readonly FileChange[];
  readonly diff: string;
  /** Another where anything of the changes, or of the texts that they are for, is another. */
  readonly preview: string;
}

interface FixInput {
  readonly finding: string;
  readonly fix?: string;
  readonly preview?: string;
  readonly folder?: string;
}

/** What agents may ask and do, the same in an editor and over the Model Context Protocol. */
export class AgentTools {
  constructor(private readonly project: AgentProject) {}

  /** Calls a tool. Does not reject: what is wrong, with the call or here, is the answer. */
  async call(name: string, input: unknown): Promise<ToolAnswer> {
    try {
      return { result: await this.answer(checkedName(name, input), input) };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }

  /** What to ask a person before a tool is called; undefined for those that write nothing, and calls that come to nothing. */
  async question(name: string, input: unknown): Promise<ToolQuestion | undefined> {
    try {
      const tool = checkedName(name, input);
      if (TOOLS[tool].writes === 'nothing') return undefined;
      const { fix, diff } = await this.shownFix(input as FixInput);
      return { title: fix.title, diff };
    } catch {
      // The call itself says what is wrong.
      return undefined;
    }
  }

  private answer(name: ToolName, input: unknown): Promise<object> {
    switch (name) {
      case 'twelve_factor_list_findings':
        return this.findings(input as FindingsInput);
      case 'twelve_factor_explain_rule':
        return this.explain(input as { readonly rule: string });
      case 'twelve_factor_show_map':
        return this.map(input as { readonly path?: string; readonly folder?: string });
      case 'twelve_factor_preview_fix':
        return this.preview(input as FixInput);
      case 'twelve_factor_apply_fix':
        return this.apply(input as FixInput);
    }
  }

  private async findings(input: FindingsInput): Promise<object> {
    const { offset = 0, limit = DEFAULT_LIMIT } = input;
    for (const rule of input.rules ?? []) this.checkRule(rule);
    const folder = await this.folder(input.folder);
    const wanted = folder.findings.filter((finding) => isWanted(finding, input));
    const shown = wanted.slice(offset, offset + limit);
    const { notAnalysed } = folder;
    const gaps = notAnalysed.filter(({ path }) => isAt(path, input.path));
    return {
      ...jsonReport({ ...folder, findings: shown, notAnalysed: offset === 0 ? gaps : [] }),
      findings: this.listed(folder, shown),
      total: wanted.length,
      ...(offset + limit < wanted.length ? { next: offset + limit } : {}),
    };
  }

  private async explain({ rule }: { readonly rule: string }): Promise<object> {
    this.checkRule(rule, Object.keys(NOTICES));
    const page = await this.project.page(rule);
    if (page === undefined) throw new ToolProblem(`The page of ${rule} is missing.`);
    return { rule, page };
  }

  private async map(input: { readonly path?: string; readonly folder?: string }): Promise<object> {
    const { root, text } = await this.folder(input.folder);
    const { model } = root.analyzer;
    const map = model ? maskedMap(projectMap(model)) : { packages: [] };
    const packages = map.packages.filter(({ path }) => isAt(path, input.path));
    return jsonMap({ packages }, text);
  }

  private async preview(input: FixInput): Promise<object> {
    const { folder, finding, fix, changes, diff, preview } = await this.prepare(input);
    const [listed] = this.listed(folder, [finding]);
    return { finding: listed, fix, files: filesOf(changes), diff, preview };
  }

  private async apply(input: FixInput): Promise<object> {
    const { folder, fix, changes } = await this.shownFix(input);
    await this.project.apply(folder.root, changes);
    return { applied: true, fix, files: filesOf(changes) };
  }

  /** The fix that was previewed, if it still would do what was shown. */
  private async shownFix(input: FixInput): Promise<PreparedFix> {
    const prepared = await this.prepare(input);
    if (prepared.preview === input.preview) return prepared;
    throw new ToolProblem(
      'This is not what the preview has shown, or a file has changed since. Preview the fix again; nothing was done.',
    );
  }

  private async prepare(input: FixInput): Promise<PreparedFix> {
    const folder = await this.folder(input.folder);
    const finding = folder.findings.find(({ fingerprint }) => fingerprint === input.finding);
    if (!finding)
      throw new ToolProblem(
        `There is no finding ${input.finding} (any more): list the findings again.`,
      );
    const [{ fixes }] = this.listed(folder, [finding]) as [ListedFinding];
    const ids = fixes.map(({ id }) => id);
    const fix = input.fix === undefined ? fixes[0] : fixes.find(({ id }) => id === input.fix);
    const own = finding.fixes.find(({ id }) => id === fix?.id);
    if (!fix || !own)
      throw new ToolProblem(
        ids.length === 0
          ? 'This finding has no fix.'
          : `This finding has no fix ${String(input.fix)}; ${meant(String(input.fix), ids)}`,
      );
    const { changes } = mergeFixes([own]);
    if (changes.length === 0) throw new ToolProblem('This fix cannot be applied here.');
    const before = changes.map(({ path }) => folder.text(path) ?? '');
    return {
      folder,
      finding,
      fix,
      changes,
      diff: maskedDiff(changes, folder),
      preview: hash64(JSON.stringify([changes, before])),
    };
  }

  /** Findings as JSON, each fix with its id. */
  private listed(folder: Folder, findings: readonly Finding[]): ListedFinding[] {
    return jsonReport({ ...folder, findings }).findings.map((finding, index) => ({
      ...finding,
      fixes: (findings[index]?.fixes ?? []).map(({ id, title, kind }) => ({ id, title, kind })),
    }));
  }

  private checkRule(rule: string, others: readonly string[] = []): void {
    const ids = [...this.project.rules.map(({ id }) => id), ...others];
    if (!ids.includes(rule)) throw new ToolProblem(`There is no rule ${rule}; ${meant(rule, ids)}`);
  }

  /** A folder as it is now. */
  private async folder(name: string | undefined): Promise<Folder> {
    const { project } = this;
    const { rules, workspace } = project;
    // A mistake in the name need not wait for an analysis.
    rootOf(workspace, name);
    await project.refresh();
    const root = rootOf(workspace, name);
    if (!root.isEnabled) throw new ToolProblem('The settings switch Twelve-Factor off here.');
    if (root.failure !== undefined) throw new ToolProblem(`The analysis failed: ${root.failure}`);
    const reports = workspace.reports().filter((each) => each.root === root);
    const text = (path: string): string | undefined => root.analyzer.text(path);
    const found = reports.flatMap(({ report }) => report?.findings ?? []);
    const named = withFingerprints(found, text, rules);
    return {
      ...{ root, rules, text, version },
      packages: root.analyzer.model ? packagesOf(root.analyzer.model) : [],
      // What any of them marks as a credential, no other may quote.
      findings: maskedFindings(named, rules, text).filter(({ accepted }) => !accepted),
      notAnalysed: reports.flatMap(({ report }) => report?.notAnalysed ?? []),
      fileCount: root.fileCount,
    };
  }
}

interface FindingsInput {
  readonly path?: string;
  readonly rules?: readonly string[];
  readonly factors?: readonly string[];
  readonly severity?: Severity;
  readonly offset?: number;
  readonly limit?: number;
  readonly folder?: string;
}

interface ListedFinding extends JsonFinding {
  readonly fixes: readonly FixChoice[];
}

function isWanted(
  finding: Finding,
  { path, rules, factors, severity = 'information' }: FindingsInput,
): boolean {
  return (
    isAt(finding.path, path) &&
    (rules?.includes(finding.ruleId) ?? true) &&
    (factors?.includes(finding.factor) ?? true) &&
    !isWeaker(finding.severity, severity)
  );
}

/** Is a path this one, or in it? */
function isAt(path: string, wanted: string | undefined): boolean {
  const place = wanted?.replace(/^\.?\//, '').replace(/\/$/, '') ?? '';
  return place === '.' || isInside(path, place);
}

function filesOf(changes: readonly FileChange[]): object[] {
  return changes.map(({ kind, path }) => ({
    path,
    change: kind === 'create' ? 'created' : 'edited',
  }));
}

/** @throws ToolProblem for tools that there are not, and input of another shape */
function checkedName(name: string, input: unknown): ToolName {
  if (!Object.hasOwn(TOOLS, name))
    throw new ToolProblem(`There is no tool ${name}; ${meant(name, Object.keys(TOOLS))}`);
  checkInput(input, TOOLS[name as ToolName].input);
  return name as ToolName;
}

/** @throws ToolProblem where it is not clear which is meant */
function rootOf({ roots }: Workspace, name: string | undefined): WorkspaceRoot {
  const [first] = roots;
  if (!first) throw new ToolProblem('No folder is open.');
  if (name === undefined && roots.length === 1) return first;
  const names = folderNames(roots);
  const found = roots.find((root, index) => names[index] === name || root.uri === name);
  if (found) return found;
  throw new ToolProblem(
    name === undefined
      ? `Say which \`folder\`: ${names.join(', ')}.`
      : `There is no folder ${name}; ${meant(name, names)}`,
  );
}

/** Folders by their last names; where two are the same, by their addresses. */
function folderNames(roots: readonly WorkspaceRoot[]): string[] {
  const names = roots.map(({ uri }) => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)));
  return names.map((name, index) => {
    const isAlone = names.indexOf(name) === names.lastIndexOf(name);
    return isAlone ? name : (roots[index]?.uri ?? name);
  });
}
