import type {
  CodeAction,
  CodeActionContext,
  Command,
  Diagnostic,
  Range,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { SEVERITIES, type SeveritySetting } from '../base/severity';
import type { FileReport } from '../engine/analyzer';
import type { ConfigChange } from '../engine/config/config-edit';
import { CONFIG_FILE } from '../engine/config/config-file';
import { mergeFixes } from '../engine/edits/edits';
import type { FileChange, Finding, TextEdit } from '../engine/finding';
import type { Suppression } from '../engine/suppressions/suppression-edit';
import { isAboutSuppressions } from '../engine/suppressions/suppressions';
import { oneLine } from '../report/escape';
import { toDiagnostic, type Places } from './diagnostics';
import { fixAll, selected, type FixSelection } from './fix-all';
import { rangesTouch, type ToRange } from './ranges';

const QUICK_FIX = 'quickfix';
/** Safe fixes only. An answer to its own name, and where a person asks for source actions; on save the plain `source.fixAll` stays other tools' business. */
export const FIX_ALL_KIND = 'source.fixAll.twelveFactor';
/** Beside `source.fixAll`, never below it: nobody wants a preview at every save. */
export const FIX_WORKSPACE_KIND = 'source.fixWorkspace.twelveFactor';

const INVOKED = 1;

/** Where a suppression comment takes effect. */
export type SuppressionScope = Suppression['scope'];

/** An action, and the edit that is made when somebody wants it. */
export interface PlannedAction {
  /** Names it among those for the same place of the same text. */
  readonly id: string;
  /** Without its edit. */
  readonly action: CodeAction;
  /** Undefined when it turns out that the client cannot take the edit, or that nothing is to be done. Absent beside a command. */
  readonly edit?: () => WorkspaceEdit | undefined | Promise<WorkspaceEdit | undefined>;
}

export interface CodeActionInput {
  readonly report: FileReport;
  readonly range: Range;
  readonly context: CodeActionContext;
  readonly toRange: ToRange;
  readonly places: Places;
  /** Makes a workspace edit of changes; undefined when the client cannot take it. */
  edit(changes: readonly FileChange[]): WorkspaceEdit | undefined;
  /** The command that shows a page, which it gets the name of; undefined where the client can run none. */
  readonly documentation: string | undefined;
  /** The edit that inserts a suppression comment; undefined where the language has no comments. */
  suppress(finding: Finding, scope: SuppressionScope): TextEdit | undefined;
  /** How a comment gets its reason: somebody is asked, by a command; there is none; or there must be one and nobody can be asked. */
  readonly reasons:
    | { readonly kind: 'asked'; command(finding: Finding, scope: SuppressionScope): Command }
    | { readonly kind: 'left out' | 'missing' };
  /** The change of the configuration file; undefined where that cannot be edited, or says so already. */
  configure(change: ConfigChange): FileChange | undefined;
  /** May the file be left out of the analysis? */
  readonly canExclude: boolean;
  /** Fixes all of the workspace, after a preview: by a command of the client, or an edit. Undefined where nobody could look first. */
  readonly fixWorkspace: Command | (() => Promise<WorkspaceEdit | undefined>) | undefined;
}

/**
 * The code actions at a range, in the order people know from other linters: fixes, disable for the line, fix all, disable for the
 * file and everywhere, documentation.
 */
export function planCodeActions(input: CodeActionInput): PlannedAction[] {
  const { report, context } = input;
  const planned: PlannedAction[] = [];
  if (wants(context, QUICK_FIX)) {
    const here = report.findings.filter((finding) =>
      rangesTouch(input.toRange(finding.span), input.range),
    );
    const rules = oncePerRule(here);
    planned.push(
      ...here.flatMap((finding) => fixActions(finding, input)),
      ...rules.flatMap((finding) => suppression(finding, 'line', input)),
      ...rules.flatMap((finding) => fixAllOfRule(finding, input)),
      ...(here.length > 0 ? [...fixFile(QUICK_FIX, input), ...fixWorkspace(QUICK_FIX, input)] : []),
      ...rules.flatMap((finding) => suppression(finding, 'file', input)),
      ...rules.flatMap((finding) => settings(finding, input)),
      ...exclusion(here, input),
      ...rules.flatMap((finding) => documentation(finding, input)),
    );
  }
  if (wantsSource(context, FIX_ALL_KIND)) planned.push(...fixFile(FIX_ALL_KIND, input));
  if (wantsSource(context, FIX_WORKSPACE_KIND))
    planned.push(...fixWorkspace(FIX_WORKSPACE_KIND, input));
  return planned;
}

/** Quick fixes come without asking for a kind, or when the kind or one above it is asked for. */
function wants({ only }: CodeActionContext, kind: string): boolean {
  return !only || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
}

/** When it is named itself, or somebody opens a menu: editors apply every plain `source.fixAll` of every extension on save. */
function wantsSource(context: CodeActionContext, kind: string): boolean {
  const { only = [], triggerKind } = context;
  return (
    only.includes(kind) || (only.length > 0 && triggerKind === INVOKED && wants(context, kind))
  );
}

function fixActions(finding: Finding, input: CodeActionInput): PlannedAction[] {
  const { fixes } = finding;
  const preferred = fixes.find(({ kind }) => kind === 'safe');
  return fixes.map((fix, index) => ({
    id: `fix ${nameOf(finding)} ${index} ${fix.id}`,
    action: {
      title: oneLine(fix.title),
      kind: QUICK_FIX,
      diagnostics: [diagnostic(finding, input)],
      ...(fix === preferred ? { isPreferred: true } : {}),
    },
    edit: () => changed(mergeFixes([fix]).changes, input),
  }));
}

const SUPPRESSION_TITLES: Readonly<Record<SuppressionScope, string>> = {
  line: 'for this line',
  file: 'for the whole file',
};

function suppression(
  finding: Finding,
  scope: SuppressionScope,
  input: CodeActionInput,
): PlannedAction[] {
  const { ruleId, path } = finding;
  const { reasons } = input;
  if (isAboutSuppressions(ruleId) || reasons.kind === 'missing') return [];
  const comment = input.suppress(finding, scope);
  if (!comment) return [];
  const title = `Disable ${ruleId} ${SUPPRESSION_TITLES[scope]}`;
  const common = { kind: QUICK_FIX, diagnostics: [diagnostic(finding, input)] };
  const id = `disable ${scope} ${nameOf(finding)}`;
  if (reasons.kind === 'asked')
    return [
      { id, action: { ...common, title: `${title}…`, command: reasons.command(finding, scope) } },
    ];
  return [
    {
      id,
      action: { ...common, title },
      edit: () => input.edit([{ kind: 'edit', path, edits: [comment] }]),
    },
  ];
}

/** Switches the rule off in the configuration file, or makes it quieter. */
function settings(finding: Finding, input: CodeActionInput): PlannedAction[] {
  const { ruleId, severity } = finding;
  if (isAboutSuppressions(ruleId)) return [];
  const lower = SEVERITIES[SEVERITIES.indexOf(severity) + 1];
  const choices: readonly (SeveritySetting | undefined)[] = [lower, 'off'];
  return choices.flatMap((choice): PlannedAction[] => {
    if (choice === undefined) return [];
    const change = input.configure({ kind: 'severity', ruleId, severity: choice });
    if (!change) return [];
    const title =
      choice === 'off'
        ? `Turn off ${ruleId} in ${CONFIG_FILE}`
        : `Lower ${ruleId} to ${choice} in ${CONFIG_FILE}`;
    return [configuration(`set ${ruleId} ${choice}`, title, change, [finding], input)];
  });
}

function exclusion(here: readonly Finding[], input: CodeActionInput): PlannedAction[] {
  const { path } = input.report;
  const change = here.length > 0 && input.canExclude && input.configure({ kind: 'exclude', path });
  if (!change) return [];
  const title = `Leave ${oneLine(path)} out of the analysis, in ${CONFIG_FILE}`;
  return [configuration('exclude', title, change, here, input)];
}

function configuration(
  id: string,
  title: string,
  change: FileChange,
  findings: readonly Finding[],
  input: CodeActionInput,
): PlannedAction {
  const diagnostics = findings.map((finding) => diagnostic(finding, input));
  return {
    id,
    action: { title, kind: QUICK_FIX, diagnostics },
    edit: () => input.edit([change]),
  };
}

/** One for each sort of fix that two findings of the file take at least; the title names the sort where there are several. */
function fixAllOfRule(finding: Finding, input: CodeActionInput): PlannedAction[] {
  const { ruleId } = finding;
  const same = input.report.findings.filter((each) => each.ruleId === ruleId);
  if (same.length < 2) return [];
  const { fixes } = finding;
  return fixes.flatMap((fix): PlannedAction[] => {
    const selection = { kind: 'rule', ruleId, fixId: fix.id } as const;
    if (same.filter((each) => selected(each, selection)).length < 2) return [];
    const way = fixes.length > 1 ? `: ${oneLine(startingSmall(fix.title))}` : '';
    const title = `Fix all ${ruleId} problems in this file${way}`;
    return [
      {
        id: `all ${ruleId} ${fix.id}`,
        action: { title, kind: QUICK_FIX, diagnostics: [diagnostic(finding, input)] },
        edit: () => changed(fixAll(same, selection), input),
      },
    ];
  });
}

function startingSmall(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}

function documentation(finding: Finding, input: CodeActionInput): PlannedAction[] {
  const { documentation: command } = input;
  if (command === undefined) return [];
  const { ruleId } = finding;
  const title = `Show documentation of ${ruleId}`;
  return [
    {
      id: `page ${ruleId}`,
      action: {
        title,
        kind: QUICK_FIX,
        diagnostics: [diagnostic(finding, input)],
        command: { title, command, arguments: [ruleId] },
      },
    },
  ];
}

function fixFile(kind: string, input: CodeActionInput): PlannedAction[] {
  const { findings } = input.report;
  if (!findings.some((finding) => selected(finding, SAFE))) return [];
  const title = 'Fix all safe Twelve-Factor problems in this file';
  return [
    {
      id: `file ${kind}`,
      action: { title, kind },
      edit: () => changed(fixAll(findings, SAFE), input),
    },
  ];
}

function fixWorkspace(kind: string, { fixWorkspace: way }: CodeActionInput): PlannedAction[] {
  if (way === undefined) return [];
  const action = { title: 'Fix all safe Twelve-Factor problems in the workspace…', kind };
  const id = `workspace ${kind}`;
  if (typeof way === 'function') return [{ id, action, edit: way }];
  return [{ id, action: { ...action, command: way } }];
}

const SAFE: FixSelection = { kind: 'safe' };

function changed(
  changes: readonly FileChange[],
  input: CodeActionInput,
): WorkspaceEdit | undefined {
  return changes.length > 0 ? input.edit(changes) : undefined;
}

/** Names a finding among those of its file. */
function nameOf({ ruleId, span, message }: Finding): string {
  return `${ruleId} ${span.start}-${span.end} ${message}`;
}

/** The diagnostic as the client knows it, so that it shows the action with it. */
function diagnostic(finding: Finding, { context, toRange, places }: CodeActionInput): Diagnostic {
  const own = toDiagnostic(finding, toRange, places);
  return (
    context.diagnostics.find(
      (each) =>
        each.code === own.code && each.message === own.message && sameRange(each.range, own.range),
    ) ?? own
  );
}

function sameRange(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}

function oncePerRule(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(
    (finding, index) => findings.findIndex((other) => other.ruleId === finding.ruleId) === index,
  );
}
