import { commands, Disposable, ProgressLocation, window, type ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  AnalyzeWorkspaceRequest,
  FixAllRequest,
  RulesRequest,
  type AnalyzeWorkspaceResult,
  type FixAllParams,
  type FixAllResult,
  type RulesResult,
} from '../../server/src/protocol';
import { acceptFindings } from './accept-findings';
import { createConfigFile } from './config-file';
import { isSelected } from './documents';
import { applyEdit, REFUSALS } from './edits';
import {
  excludeFile,
  fixFinding,
  ruleOf,
  setRuleSeverity,
  suppressFinding,
} from './finding-actions';
import { findingsByRule } from './findings';
import { reportIssue } from './issue-report';
import { browseRules } from './rule-browser';
import { showRuleDocs } from './rule-docs';
import { openSample } from './sample/sample';
import type { Session } from './session';
import { FINDINGS_VIEW } from './status';
import { filterFindings, groupFindings, showNewFindings } from './views/choices';
import type { GitChanges } from './views/git-changes';
import type { ScorecardView } from './views/scorecard-view';
import type { ViewState } from './views/view-state';
import { count, reasonOf } from './words';
import { inform, warn } from './telling';

const SHOW_PROBLEMS = 'Show Problems';
const SHOW_FINDINGS = 'Show Findings';
const SHOW_OUTPUT = 'Show Output';
const RESTART = 'Restart Server';

/** What commands work on, besides the server. */
export interface CommandSurroundings {
  readonly context: ExtensionContext;
  readonly viewState: ViewState;
  readonly changes: GitChanges;
  readonly scorecard: ScorecardView;
}

/** Registers every command of the manifest. */
export function registerCommands(
  session: Session,
  { context, viewState, changes, scorecard }: CommandSurroundings,
): Disposable {
  const { extension, extensionUri, globalStorageUri } = context;
  const table: Readonly<Record<string, (...given: unknown[]) => unknown>> = {
    'twelveFactor.analyzeWorkspace': () => withServer(session, analyzeWorkspace),
    'twelveFactor.fixAllInFile': () => withServer(session, fixAllInFile),
    'twelveFactor.fixAllInWorkspace': () =>
      withServer(session, (client) => fixAll(client, { scope: 'workspace' })),
    'twelveFactor.fixAllOfRule': (rule) =>
      withServer(session, async (client) => {
        const ruleId = ruleOf(rule) ?? (await pickFixable(client));
        if (ruleId !== undefined) await fixAll(client, { scope: 'workspace', ruleId });
      }),
    'twelveFactor.fixFinding': (finding) =>
      withServer(session, (client) => fixFinding(client, finding)),
    'twelveFactor.suppressFinding': (finding, reason) =>
      withServer(session, (client) => suppressFinding(client, finding, reason)),
    'twelveFactor.excludeFile': (file) =>
      withServer(session, (client) => excludeFile(client, file)),
    'twelveFactor.setRuleSeverity': (rule, severity) =>
      withServer(session, (client) => setRuleSeverity(client, rule, severity)),
    'twelveFactor.showRuleDocs': async (rule) => {
      const page = ruleOf(rule);
      if (page !== undefined) return showRuleDocs(page);
      return withServer(session, (client) => browseRules(client, session));
    },
    'twelveFactor.browseRules': (words) =>
      withServer(session, (client) =>
        browseRules(client, session, typeof words === 'string' ? words : ''),
      ),
    'twelveFactor.showScorecard': () => scorecard.show(),
    'twelveFactor.groupFindings': (grouping) => groupFindings(viewState, grouping),
    'twelveFactor.filterFindings': (severities) => filterFindings(viewState, severities),
    'twelveFactor.showHints': () => viewState.showHints('shown'),
    'twelveFactor.hideHints': () => viewState.showHints('hidden'),
    'twelveFactor.showNewFindings': () => showNewFindings(viewState, changes),
    'twelveFactor.showAllFindings': () => viewState.showLines('all'),
    'twelveFactor.openSample': (folder) => openSample(extensionUri, globalStorageUri, folder),
    'twelveFactor.openWalkthrough': () =>
      commands.executeCommand('workbench.action.openWalkthrough', `${extension.id}#start`, false),
    'twelveFactor.reportIssue': () => reportIssue(session, extension),
    'twelveFactor.restartServer': () => restartServer(session),
    'twelveFactor.showOutput': () => session.output.show(),
    'twelveFactor.acceptFindings': (given) =>
      withServer(session, (client) => acceptFindings(client, given)),
    'twelveFactor.createConfigFile': () => createConfigFile(),
  };
  return Disposable.from(
    ...Object.entries(table).map(([id, handler]) =>
      commands.registerCommand(id, (...given: unknown[]) =>
        guarded(session, () => handler(...given)),
      ),
    ),
  );
}

/** Runs what needs the server; says so, and what to do, when it is not running. */
async function withServer(
  session: Session,
  action: (client: BaseLanguageClient) => Promise<void>,
): Promise<void> {
  // A command can be what activates the extension.
  await window.withProgress({ location: ProgressLocation.Window, title: 'Twelve-Factor' }, () =>
    session.settled(),
  );
  const { client } = session;
  if (client === undefined) {
    const starting = session.status.state === 'starting';
    const message = starting ? 'Twelve-Factor is still starting.' : 'Twelve-Factor is not running.';
    offer(session, message, starting ? [SHOW_OUTPUT] : [RESTART, SHOW_OUTPUT]);
    return;
  }
  await action(client);
}

/** Says what is in the way, such as a folder that cannot be written. */
async function guarded(session: Session, action: () => unknown): Promise<unknown> {
  try {
    return await action();
  } catch (error) {
    const reason = reasonOf(error);
    session.output.error(reason);
    offer(session, `Twelve-Factor could not do this: ${reason}`, [SHOW_OUTPUT]);
    return undefined;
  }
}

/** Shows a warning without waiting for an answer: a command has ended when there is nothing more to do. */
function offer(session: Session, message: string, choices: readonly string[]): void {
  void warn(message, ...choices).then((choice) => {
    if (choice === RESTART) return restartServer(session);
    if (choice === SHOW_OUTPUT) session.output.show();
    return undefined;
  });
}

async function analyzeWorkspace(client: BaseLanguageClient): Promise<void> {
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: 'Twelve-Factor', cancellable: true },
    (progress, token) => {
      progress.report({ message: 'analysing the workspace' });
      return client.sendRequest<AnalyzeWorkspaceResult>(AnalyzeWorkspaceRequest, token);
    },
  );
  const { notAnalysed } = result;
  const skipped = notAnalysed === 0 ? '' : ` ${count(notAnalysed, 'file')} could not be analysed.`;
  const message = `${count(result.findings, 'finding')} in ${count(result.files, 'file')}.${skipped}`;
  // The view lists what was not analysed, too, with the reasons.
  const choices = notAnalysed === 0 ? [SHOW_PROBLEMS] : [SHOW_FINDINGS, SHOW_PROBLEMS];
  void inform(message, ...choices).then((choice) => {
    if (choice === SHOW_FINDINGS) return commands.executeCommand(FINDINGS_VIEW);
    return choice && commands.executeCommand('workbench.actions.view.problems');
  });
}

async function fixAllInFile(client: BaseLanguageClient): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document === undefined || !isSelected(document)) {
    void warn('Open a file that Twelve-Factor analyses first.');
    return;
  }
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  await fixAll(client, { scope: 'file', uri });
}

async function fixAll(client: BaseLanguageClient, params: FixAllParams): Promise<void> {
  const edit = await client.sendRequest<FixAllResult>(FixAllRequest, params);
  if (edit === null) {
    void inform('Nothing here that can be fixed automatically.');
    return;
  }
  const outcome = await applyEdit(client, edit);
  if (outcome !== 'applied') void warn(REFUSALS[outcome]);
}

/** Asks for one of the rules that report something here and can have a fix. */
async function pickFixable(client: BaseLanguageClient): Promise<string | undefined> {
  const { rules } = await client.sendRequest<RulesResult>(RulesRequest, {});
  const fixable = new Set(rules.flatMap(({ id, fix }) => (fix === 'none' ? [] : id)));
  const found = [...findingsByRule()].filter(([id]) => fixable.has(id));
  if (found.length === 0) {
    void inform('Nothing here that can be fixed automatically.');
    return undefined;
  }
  const items = found.map(([label, n]) => ({ label, description: count(n, 'finding') }));
  const placeHolder = 'Rule to fix in the whole workspace';
  return (await window.showQuickPick(items, { placeHolder }))?.label;
}

async function restartServer(session: Session): Promise<void> {
  await session.restart();
  if (session.client === undefined) {
    offer(session, 'Twelve-Factor did not start.', [SHOW_OUTPUT]);
  }
}
