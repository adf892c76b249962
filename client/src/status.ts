import {
  Disposable,
  languages,
  LanguageStatusSeverity,
  MarkdownString,
  StatusBarAlignment,
  ThemeColor,
  window,
  workspace,
  type LanguageStatusItem,
  type StatusBarItem,
} from 'vscode';
import type { StatusParams } from '../../server/src/protocol';
import { documentSelector } from './documents';
import { countFindings } from './findings';
import type { Session } from './session';
import { count } from './words';

const PROBLEMS = { command: 'workbench.actions.view.problems', title: 'Show Problems' };
/** The command that VS Code makes for the view of findings. */
export const FINDINGS_VIEW = 'twelveFactor.findings.focus';
const OUTPUT = { command: 'twelveFactor.showOutput', title: 'Show Output' };

/** Shows what the server is doing: an entry of the `{}` menu for the file at hand, and a count for the workspace. */
export function registerStatus(session: Session): Disposable {
  const item = languages.createLanguageStatusItem('twelveFactor.status', documentSelector());
  item.name = 'Twelve-Factor';
  const bar = window.createStatusBarItem('twelveFactor.count', StatusBarAlignment.Left);
  bar.name = 'Twelve-Factor';
  const update = (): void => {
    showFile(item, session.status);
    showWorkspace(bar, session.status);
  };
  update();
  bar.show();
  return Disposable.from(
    item,
    bar,
    session.onDidChangeStatus(update),
    workspace.onDidChangeWorkspaceFolders(() => (item.selector = documentSelector())),
    window.onDidChangeActiveTextEditor(update),
    languages.onDidChangeDiagnostics(({ uris }) => {
      const active = window.activeTextEditor?.document.uri.toString();
      if (uris.some((uri) => uri.toString() === active)) update();
    }),
  );
}

function showFile(item: LanguageStatusItem, status: StatusParams): void {
  item.busy = status.state === 'starting' || status.state === 'scanning';
  item.severity =
    status.state === 'error' ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  item.command = status.state === 'error' ? OUTPUT : PROBLEMS;
  item.detail = describe(status);
  const uri = window.activeTextEditor?.document.uri;
  const findings = uri === undefined ? 0 : countFindings(uri);
  const none = item.busy ? 'Analysing' : 'No findings';
  item.text = findings === 0 ? none : `${count(findings, 'finding')} in this file`;
}

function showWorkspace(bar: StatusBarItem, status: StatusParams): void {
  const isError = status.state === 'error';
  const isBusy = status.state === 'starting' || status.state === 'scanning';
  const icon = isError ? '$(error)' : isBusy ? '$(loading~spin)' : '$(checklist)';
  bar.text = [icon, '12F', isError ? undefined : (status.findings ?? progress(status))]
    .filter((part) => part !== undefined)
    .join(' ');
  bar.command = isError ? OUTPUT.command : FINDINGS_VIEW;
  bar.backgroundColor = isError ? new ThemeColor('statusBarItem.errorBackground') : undefined;
  bar.accessibilityInformation = { label: `Twelve-Factor: ${describe(status)}` };
  bar.tooltip = tooltip(status);
}

/** How far the first analysis has come; undefined while nobody knows how much there is. */
function progress({ analysed, total }: StatusParams): string | undefined {
  return total > 0 ? `${Math.floor((100 * analysed) / total)} %` : undefined;
}

function tooltip(status: StatusParams): MarkdownString {
  const lines = [
    `**Twelve-Factor**: ${describe(status)}`,
    ...((status.notAnalysed ?? 0) > 0
      ? [`$(warning) ${count(status.notAnalysed ?? 0, 'file')} could not be analysed.`]
      : []),
    `[Show Findings](command:${FINDINGS_VIEW}) · ` +
      '[Analyse Workspace](command:twelveFactor.analyzeWorkspace) · ' +
      '[Show Output](command:twelveFactor.showOutput) · ' +
      '[Restart Server](command:twelveFactor.restartServer)',
  ];
  const markdown = new MarkdownString(lines.join('\n\n'), true);
  markdown.isTrusted = {
    enabledCommands: [
      FINDINGS_VIEW,
      'twelveFactor.analyzeWorkspace',
      'twelveFactor.showOutput',
      'twelveFactor.restartServer',
    ],
  };
  return markdown;
}

function describe(status: StatusParams): string {
  switch (status.state) {
    case 'starting':
      return 'starting';
    case 'scanning':
      return status.total > 0
        ? `analysing, ${status.analysed} of ${count(status.total, 'file')}`
        : 'analysing';
    case 'ready':
      return `${count(status.findings ?? 0, 'finding')} in ${count(status.analysed, 'file')}`;
    case 'error':
      return status.message ?? 'not running';
  }
}
