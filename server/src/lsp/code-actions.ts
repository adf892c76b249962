import type {
  CodeAction,
  CodeActionContext,
  Diagnostic,
  Range,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { FileReport } from '../engine/analyzer';
import { mergeFixes } from '../engine/edits/edits';
import type { FileChange, Finding, Fix, TextEdit } from '../engine/finding';
import { isAboutSuppressions } from '../engine/suppressions/suppressions';
import { oneLine } from '../report/escape';
import { toDiagnostic, type Places } from './diagnostics';
import { fixAll, selected } from './fix-all';
import { rangesTouch, type ToRange } from './ranges';

const QUICK_FIX = 'quickfix';
/** Safe fixes only. Never an answer to another kind; the plain `source.fixAll` stays other tools' business. */
export const FIX_ALL_KIND = 'source.fixAll.twelveFactor';

/** Where a suppression comment takes effect. */
export type SuppressionScope = 'line' | 'file';

export interface CodeActionInput {
  readonly report: FileReport;
  readonly range: Range;
  readonly context: CodeActionContext;
  readonly toRange: ToRange;
  readonly places: Places;
  /** Makes a workspace edit of changes; undefined when the client cannot take it. */
  edit(changes: readonly FileChange[]): WorkspaceEdit | undefined;
  /** The command that shows the page of the rule that it gets; undefined where the client can run none. */
  readonly documentation: string | undefined;
  /** The edit that inserts a suppression comment; undefined where the language has no comments. */
  suppress(finding: Finding, scope: SuppressionScope): TextEdit | undefined;
}

/**
 * The code actions at a range, in the order people know from other linters: fixes, disable for the line, fix all of the rule,
 * disable for the file, documentation, fix all.
 */
export function toCodeActions(input: CodeActionInput): CodeAction[] {
  const { report, context } = input;
  const actions: CodeAction[] = [];
  if (wants(context, QUICK_FIX)) {
    const here = report.findings.filter((finding) =>
      rangesTouch(input.toRange(finding.span), input.range),
    );
    const rules = oncePerRule(here);
    actions.push(...here.flatMap((finding) => fixActions(finding, input)));
    actions.push(...rules.flatMap((finding) => suppression(finding, 'line', input)));
    actions.push(...rules.flatMap((finding) => fixAllOfRule(finding, input)));
    actions.push(...rules.flatMap((finding) => suppression(finding, 'file', input)));
    actions.push(...rules.flatMap((finding) => documentation(finding, input)));
  }
  if (asksForFixAll(context)) actions.push(...fixAllActions(input));
  return actions;
}

/** Quick fixes come without asking for a kind, or when the kind or one above it is asked for. */
function wants({ only }: CodeActionContext, kind: string): boolean {
  return !only || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
}

/** Only when it is named itself: editors apply every plain `source.fixAll` of every extension on save. */
function asksForFixAll({ only }: CodeActionContext): boolean {
  return only?.includes(FIX_ALL_KIND) ?? false;
}

function fixActions(finding: Finding, input: CodeActionInput): CodeAction[] {
  let preferred = false;
  return finding.fixes.flatMap((fix): CodeAction[] => {
    const { changes } = mergeFixes([fix]);
    const edit = changes.length > 0 ? input.edit(changes) : undefined;
    if (!edit) return [];
    const isPreferred = fix.kind === 'safe' && !preferred;
    preferred ||= isPreferred;
    return [
      {
        title: oneLine(fix.title),
        kind: QUICK_FIX,
        diagnostics: [diagnostic(finding, input)],
        edit,
        ...(isPreferred ? { isPreferred: true } : {}),
      },
    ];
  });
}

const SUPPRESSION_TITLES: Readonly<Record<SuppressionScope, string>> = {
  line: 'for this line',
  file: 'for the whole file',
};

function suppression(
  finding: Finding,
  scope: SuppressionScope,
  input: CodeActionInput,
): CodeAction[] {
  const { ruleId, path } = finding;
  if (isAboutSuppressions(ruleId)) return [];
  const comment = input.suppress(finding, scope);
  const edit = comment && input.edit([{ kind: 'edit', path, edits: [comment] }]);
  if (!edit) return [];
  const title = `Disable ${ruleId} ${SUPPRESSION_TITLES[scope]}`;
  return [{ title, kind: QUICK_FIX, diagnostics: [diagnostic(finding, input)], edit }];
}

/** One for each sort of fix that two findings of the file take at least; the title names the sort where there are several. */
function fixAllOfRule(finding: Finding, input: CodeActionInput): CodeAction[] {
  const { ruleId } = finding;
  const sorts = finding.fixes.flatMap((fix) => {
    const changes = fixAllOfSort(ruleId, fix, input.report.findings);
    return changes ? [{ fix, changes }] : [];
  });
  return sorts.flatMap(({ fix, changes }): CodeAction[] => {
    const edit = input.edit(changes);
    if (!edit) return [];
    const way = finding.fixes.length > 1 ? `: ${oneLine(startingSmall(fix.title))}` : '';
    const title = `Fix all ${ruleId} problems in this file${way}`;
    return [{ title, kind: QUICK_FIX, diagnostics: [diagnostic(finding, input)], edit }];
  });
}

/** What one sort of fix makes of the file; undefined where fewer than two findings take it. */
function fixAllOfSort(
  ruleId: string,
  { id: fixId }: Fix,
  findings: readonly Finding[],
): readonly FileChange[] | undefined {
  const selection = { kind: 'rule', ruleId, fixId } as const;
  const fixes = findings.flatMap((each) => selected(each, selection) ?? []);
  if (fixes.length < 2) return undefined;
  const { changes, applied } = mergeFixes(fixes);
  return applied.length > 1 ? changes : undefined;
}

function startingSmall(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}

function documentation(finding: Finding, input: CodeActionInput): CodeAction[] {
  const { documentation: command } = input;
  if (isAboutSuppressions(finding.ruleId) || command === undefined) return [];
  const title = `Show documentation of ${finding.ruleId}`;
  return [
    {
      title,
      kind: QUICK_FIX,
      diagnostics: [diagnostic(finding, input)],
      command: { title, command, arguments: [finding.ruleId] },
    },
  ];
}

function fixAllActions(input: CodeActionInput): CodeAction[] {
  const changes = fixAll(input.report.findings, { kind: 'safe' });
  const edit = changes.length > 0 ? input.edit(changes) : undefined;
  return edit
    ? [{ title: 'Fix all safe Twelve-Factor problems in this file', kind: FIX_ALL_KIND, edit }]
    : [];
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
