import { commands, Disposable, ProgressLocation, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  AnalyzeWorkspaceRequest,
  FixAllRequest,
  type AnalyzeWorkspaceResult,
  type FixAllParams,
  type FixAllResult,
} from '../../server/src/protocol';
import { acceptFindings } from './accept-findings';
import { createConfigFile } from './config-file';
import { isSelected } from './documents';
import { applyEdit, type EditOutcome } from './edits';
import { findingsByRule } from './findings';
import { showRuleDocs } from './rule-docs';
import type { Session } from './session';
import { count, reasonOf } from './words';

const SHOW_PROBLEMS = 'Show Problems';
const SHOW_OUTPUT = 'Show Output';
const RESTART = 'Restart Server';

const REFUSALS: Readonly<Record<Exclude<EditOutcome, 'applied'>, string>> = {
  stale: 'The file changed while the fixes were computed. Run the command again.',
  refused: 'The fixes were not applied.',
};

/** Registers every command of the manifest. */
export function registerCommands(session: Session): Disposable {
  const table: Readonly<Record<string, (argument?: unknown) => unknown>> = {
    'twelveFactor.analyzeWorkspace': () => withServer(session, analyzeWorkspace),
    'twelveFactor.fixAllInFile': () => withServer(session, fixAllInFile),
    'twelveFactor.fixAllOfRule': (rule) =>
      withServer(session, async (client) => {
        const ruleId = await givenOrPicked(rule, 'Rule to fix in the whole workspace');
        if (ruleId !== undefined) await fixAll(client, { scope: 'workspace', ruleId });
      }),
    'twelveFactor.showRuleDocs': (rule) =>
      withServer(session, async () => {
        const ruleId = await givenOrPicked(rule, 'Rule to read about');
        if (ruleId !== undefined) await showRuleDocs(ruleId);
      }),
    'twelveFactor.restartServer': () => restartServer(session),
    'twelveFactor.showOutput': () => session.output.show(),
    'twelveFactor.acceptFindings': () => withServer(session, acceptFindings),
    'twelveFactor.createConfigFile': () => createConfigFile(),
  };
  return Disposable.from(
    ...Object.entries(table).map(([id, handler]) => commands.registerCommand(id, handler)),
  );
}

/** Runs what needs the server; says so, and what to do, when it is not running or fails. */
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
  try {
    await action(client);
  } catch (error) {
    const reason = reasonOf(error);
    session.output.error(reason);
    offer(session, `Twelve-Factor could not do this: ${reason}`, [SHOW_OUTPUT]);
  }
}

/** Shows a warning without waiting for an answer: a command has ended when there is nothing more to do. */
function offer(session: Session, message: string, choices: readonly string[]): void {
  void window.showWarningMessage(message, ...choices).then((choice) => {
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
  const skipped =
    result.notAnalysed === 0
      ? ''
      : ` ${count(result.notAnalysed, 'file')} could not be analysed, see the output.`;
  const message = `${count(result.findings, 'finding')} in ${count(result.files, 'file')}.${skipped}`;
  void window.showInformationMessage(message, SHOW_PROBLEMS).then((choice) => {
    return choice && commands.executeCommand('workbench.actions.view.problems');
  });
}

async function fixAllInFile(client: BaseLanguageClient): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document === undefined || !isSelected(document)) {
    void window.showWarningMessage('Open a file that Twelve-Factor analyses first.');
    return;
  }
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  await fixAll(client, { scope: 'file', uri });
}

async function fixAll(client: BaseLanguageClient, params: FixAllParams): Promise<void> {
  const edit = await client.sendRequest<FixAllResult>(FixAllRequest, params);
  if (edit === null) {
    void window.showInformationMessage('Nothing here that can be fixed automatically.');
    return;
  }
  const outcome = await applyEdit(client, edit);
  if (outcome !== 'applied') void window.showWarningMessage(REFUSALS[outcome]);
}

async function givenOrPicked(rule: unknown, placeHolder: string): Promise<string | undefined> {
  if (typeof rule === 'string') return rule;
  const rules = [...findingsByRule()];
  if (rules.length === 0) {
    void window.showInformationMessage('Twelve-Factor reports nothing in this workspace.');
    return undefined;
  }
  const items = rules.map(([label, n]) => ({ label, description: count(n, 'finding') }));
  return (await window.showQuickPick(items, { placeHolder }))?.label;
}

async function restartServer(session: Session): Promise<void> {
  await session.restart();
  if (session.client === undefined) {
    offer(session, 'Twelve-Factor did not start.', [SHOW_OUTPUT]);
  }
}
