import {
  CancellationToken,
  CodeActionKind,
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  TextDocuments,
  TextDocumentSyncKind,
  type Connection,
  type InitializeResult,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { version } from '../../package.json';
import { isConfigPath } from './engine/config/folder-config';
import { createAnalyzer } from './engine/create-analyzer';
import type { Rule } from './engine/rule';
import type { Host, Timers } from './host';
import { FIX_ALL_KIND, FIX_WORKSPACE_KIND } from './lsp/code-actions';
import { notAnalysed } from './lsp/diagnostics';
import {
  AnalyzeWorkspaceRequest,
  AcceptFindingsRequest,
  FixAllRequest,
  StatusNotification,
  ToolQuestionRequest,
  ToolRequest,
  ViewsChangedNotification,
  type AcceptFindingsResult,
  type AnalyzeWorkspaceResult,
  type FixAllParams,
  type FixAllResult,
  type ToolParams,
} from './protocol';
import { rules as allRules } from './rules';
import { acceptFindings } from './session/accept-findings';
import { EditorAgents } from './session/agents';
import { Background } from './session/background';
import { clientFeatures, openedFolders } from './session/client-features';
import { OPEN_DOCUMENTATION, openDocumentation } from './session/documentation';
import { codeActions, resolveCodeAction, type CodeActionSources } from './session/code-actions';
import { completion, resolveCompletion, TRIGGERS } from './session/environment/completion';
import { codeLenses } from './session/environment/lenses';
import { definition, highlights, references } from './session/environment/navigation';
import { prepareRename, rename } from './session/environment/rename';
import type { DiagnosticsOutput } from './session/diagnostics-output';
import { Edits } from './session/edits';
import { DiagnosticsSource } from './session/file-diagnostics';
import { fixEverything } from './session/fix-all';
import { hover } from './session/hover';
import { answerRefused } from './session/message-guard';
import { OpenDocuments } from './session/open-documents';
import { PullDiagnostics } from './session/pull-diagnostics';
import { PushDiagnostics } from './session/push-diagnostics';
import { runQuietly, runSafe } from './session/run-safe';
import { SlowWork } from './session/slow-work';
import { Status } from './session/status';
import { scorecards } from './session/views/scorecards';
import { ViewData } from './session/views/view-data';
import { ViewEdits } from './session/views/view-edits';
import { ViewChanges, viewRequests } from './session/views/views';
import { WATCHERS } from './session/watched-files';
import { readEditorSettings } from './workspace/editor-settings';
import type { FileEvent } from './workspace/root-files';
import { Workspace } from './workspace/workspace';

const FILE_EVENTS: Readonly<Record<FileChangeType, FileEvent>> = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
};

const OUTDATED = 'Twelve-Factor: a file has changed since this was offered. Nothing was done.';
const SILENCE = { error: () => undefined };
/** Editors tell of what is open right after they have started a server. */
const OPENING_MS = 40;

export interface ServerOptions {
  /** Every rule by default; tests hand in their own. */
  readonly rules?: readonly Rule[];
  /** Called when a scan is long over: what it needed can go. */
  atRest?(): void;
  /** Gets what the client hands over on top of the protocol, before anything is analysed. */
  initialize?(options: unknown): void;
}

/**
 * Registers every handler of the language server on a connection. The only place that knows the protocol's requests; what they
 * do is in `session/`.
 * @param connection not yet listening
 * @param host reads the workspace's files and defers work
 */
// eslint-disable-next-line max-lines-per-function -- the one list of what is registered on a connection
export function startServer(
  connection: Connection,
  host: Host & Timers,
  { rules = allRules, initialize, atRest }: ServerOptions = {},
): void {
  const log = { error: (message: string) => connection.console.error(message) };
  const ruleById = new Map(rules.map((rule) => [rule.id, rule]));
  answerRefused(connection);
  let features = clientFeatures({});
  let folders: string[] = [];

  const slow = new SlowWork(host.now, (message) => connection.console.warn(message));
  const documents = new TextDocuments(TextDocument);
  const workspace = new Workspace({
    host,
    rules,
    createAnalyzer: (failures) =>
      createAnalyzer(rules, failures === 'logged' ? { ...log, timed: slow.timed } : SILENCE),
    opening: () => new Promise((resolve) => host.after(OPENING_MS, () => resolve())),
    documents: () => documents.all(),
    async settings(scopeUri) {
      if (!features.answersConfiguration) return readEditorSettings({}, rules);
      const asked = connection.workspace.getConfiguration({ scopeUri, section: 'twelveFactor' });
      const section: unknown = await asked;
      return readEditorSettings(section, rules);
    },
    progress: (root, done, total) => status.progressed(root, done, total),
    settled(root, error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (error !== undefined) log.error(error instanceof Error ? (error.stack ?? reason) : reason);
      status.settled(root, error === undefined ? undefined : reason);
    },
    warn: (message) => connection.console.warn(message),
  });
  const status = new Status(workspace, host.now, (params) =>
    runQuietly(log, () => connection.sendNotification(StatusNotification, params)),
  );
  const background = new Background({
    workspace,
    status,
    timers: host,
    showProgress: (scan) => runQuietly(log, () => showProgress(scan)),
    finished() {
      output.analysisChanged();
      views.changed();
      // How many read a variable has changed with it.
      if (features.refreshesLenses)
        runQuietly(log, () => connection.sendRequest(CodeLensRefreshRequest.type));
    },
    atRest: () => atRest?.(),
  });
  const open = new OpenDocuments(documents, workspace, background);
  const source = new DiagnosticsSource(workspace, rules, () => features.rulePages);
  const edits = new Edits(documents, workspace, () => features);
  const pull = new PullDiagnostics(source, workspace, open, host, () =>
    runQuietly(log, () => connection.languages.diagnostics.refresh()),
  );
  const push = new PushDiagnostics(
    source,
    workspace,
    open,
    host,
    (params) => runQuietly(log, () => connection.sendDiagnostics(params)),
    (error) => log.error(String(error)),
  );
  let output: DiagnosticsOutput = push;
  const views = new ViewChanges(host, workspace, () =>
    runQuietly(log, () => connection.sendNotification(ViewsChangedNotification)),
  );
  const actionSources = (): CodeActionSources => ({
    open,
    edits,
    source,
    features,
    fixWorkspace: () => fixEverything({ scope: 'workspace' }, workspace, open, edits),
  });

  const showProgress = async (scan: Promise<void>): Promise<void> => {
    if (!features.showsProgress) return scan;
    const reporter = await connection.window.createWorkDoneProgress();
    reporter.begin('Twelve-Factor', 0, 'analysing the workspace', false);
    status.reporter = reporter;
    try {
      await scan;
    } finally {
      if (status.reporter === reporter) status.reporter = undefined;
      reporter.done();
    }
  };
  const scan = (visibility: 'shown' | 'quiet'): void =>
    runQuietly(log, () => background.scan(visibility));

  connection.onInitialize((params): InitializeResult => {
    features = clientFeatures(params.capabilities, params.initializationOptions);
    folders = openedFolders(params);
    if (features.pulls) output = pull;
    initialize?.(params.initializationOptions);
    return {
      serverInfo: { name: 'twelve-factor', version },
      capabilities: {
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          save: true,
        },
        hoverProvider: true,
        completionProvider: { triggerCharacters: [...TRIGGERS], resolveProvider: true },
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        renameProvider: features.preparesRename ? { prepareProvider: true } : true,
        codeLensProvider: {},
        ...(features.documentation === 'server'
          ? { executeCommandProvider: { commands: [OPEN_DOCUMENTATION] } }
          : {}),
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND, FIX_WORKSPACE_KIND],
          resolveProvider: features.resolvesEdits,
        },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...(features.pulls
          ? {
              diagnosticProvider: {
                identifier: 'twelve-factor',
                // What one file means for others is told by asking the client to pull again.
                interFileDependencies: false,
                workspaceDiagnostics: true,
              },
            }
          : {}),
      },
    };
  });

  connection.onInitialized(() => {
    runQuietly(log, () => {
      if (!features.registersConfiguration) return undefined;
      const section = 'twelveFactor';
      return connection.client.register(DidChangeConfigurationNotification.type, { section });
    });
    runQuietly(log, () => {
      if (!features.registersWatchers) return undefined;
      return connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [...WATCHERS],
      });
    });
    if (features.changesFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
        runQuietly(log, () => {
          const gone = new Set(removed.map(({ uri }) => uri));
          folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
          workspace.setRoots(folders);
          scan('shown');
        }),
      );
    runQuietly(log, () => workspace.setRoots(folders));
    scan('shown');
  });

  connection.onDidChangeConfiguration(() => scan('quiet'));
  connection.onDidChangeWatchedFiles(({ changes }) =>
    runQuietly(log, () => {
      const mattering = changes.filter(({ uri, type }) =>
        workspace.fileChanged(uri, FILE_EVENTS[type]),
      );
      if (mattering.length > 0) scan('quiet');
    }),
  );

  documents.onDidOpen(({ document }) =>
    runQuietly(log, () => {
      // An open configuration file counts, and so does a file that is not on disk yet.
      if (isConfigFile(document.uri)) scan('quiet');
    }),
  );
  documents.onDidChangeContent(({ document }) =>
    runQuietly(log, () => {
      if (isConfigFile(document.uri)) scan('quiet');
      else output.documentChanged(document.uri);
      views.changed();
    }),
  );
  documents.onDidClose(({ document }) =>
    runQuietly(log, () => {
      output.documentClosed(document.uri);
      workspace.fileChanged(document.uri, 'changed');
      scan('quiet');
    }),
  );
  const isConfigFile = (uri: string): boolean => {
    const { path, root } = workspace.locate(uri) ?? {};
    return path !== undefined && (isConfigPath(path) || path === root?.baselineFile);
  };

  connection.languages.diagnostics.on((params, token) =>
    runSafe(
      token,
      // Visible, never "clean".
      (reason) => ({ kind: 'full' as const, items: [notAnalysed(reason, features.rulePages)] }),
      log,
      () => pull.document(params, token),
    ),
  );
  connection.languages.diagnostics.onWorkspace((params, token) =>
    runSafe(
      token,
      () => ({ items: [] }),
      log,
      () => pull.everything(params, token),
    ),
  );
  connection.onCodeAction((params, token) =>
    runSafe(
      token,
      () => [],
      log,
      () => codeActions(params, actionSources()),
    ),
  );
  connection.onCodeActionResolve((action, token) =>
    runSafe(
      token,
      () => action,
      log,
      async () => {
        const resolved = await resolveCodeAction(action, actionSources());
        // A notification: nobody has to answer.
        if (!resolved)
          void connection.sendNotification(ShowMessageNotification.type, {
            type: MessageType.Warning,
            message: OUTDATED,
          });
        return resolved ?? action;
      },
    ),
  );
  /** What nobody can say is null. */
  const answered =
    <Params, Result>(answer: (params: Params) => Promise<Result> | Result) =>
    (params: Params, token: CancellationToken): Promise<Result | null> =>
      runSafe<Result | null>(
        token,
        () => null,
        log,
        () => answer(params),
      );
  connection.onHover(answered((params) => hover(params, open, ruleById, source)));
  connection.onCompletion(answered((params) => completion(params, open)));
  connection.onCompletionResolve((item) => resolveCompletion(item, workspace, source, rules));
  connection.onDefinition(answered((params) => definition(params, open, source)));
  connection.onReferences(answered((params) => references(params, open, source)));
  connection.onDocumentHighlight(answered((params) => highlights(params, open)));
  connection.onPrepareRename(answered((params) => prepareRename(params, open)));
  connection.onRenameRequest(answered((params) => rename(params, open, edits, features)));
  connection.onCodeLens(answered((params) => codeLenses(params, open, source, features)));
  connection.onExecuteCommand((params) =>
    openDocumentation(params, ruleById, connection, features.rulePages),
  );
  // Without parameters, the token is all that is given.
  connection.onRequest(AnalyzeWorkspaceRequest, (...given: unknown[]) =>
    runSafe(
      given.filter(isToken).at(-1) ?? CancellationToken.None,
      () => ({ files: 0, findings: 0, notAnalysed: 0 }),
      log,
      async (): Promise<AnalyzeWorkspaceResult> => {
        for (const root of workspace.roots) root.forgetFiles();
        await background.scan('shown');
        const files = workspace.roots.reduce((sum, root) => sum + root.fileCount, 0);
        return { files, ...workspace.counts() };
      },
    ),
  );
  connection.onRequest(FixAllRequest, (params: FixAllParams, token: CancellationToken) =>
    runSafe(
      token,
      () => null,
      log,
      async (): Promise<FixAllResult> =>
        (await fixEverything(params, workspace, open, edits)) ?? null,
    ),
  );
  const agents = new EditorAgents(connection, workspace, open, edits, rules, () => features);
  const answers: Readonly<Record<string, (params: unknown) => unknown>> = {
    ...viewRequests(
      new ViewData(workspace, open, rules),
      new ViewEdits(workspace, open, edits),
      () => scorecards(workspace, open, rules),
    ),
    [ToolRequest]: (params) => agents.call(params as ToolParams),
    [ToolQuestionRequest]: (params) => agents.question(params as ToolParams),
  };
  for (const [method, answer] of Object.entries(answers))
    // Without parameters, the token is all that is given.
    connection.onRequest(method, (...given: unknown[]) =>
      runSafe(
        given.filter(isToken).at(-1) ?? CancellationToken.None,
        (reason) => {
          throw new ResponseError(LSPErrorCodes.RequestFailed, reason);
        },
        log,
        () => answer(isToken(given[0]) ? {} : (given[0] ?? {})),
      ),
    );

  connection.onRequest(AcceptFindingsRequest, (...given: unknown[]) =>
    runSafe(
      given.filter(isToken).at(-1) ?? CancellationToken.None,
      () => ({ files: [] }),
      log,
      (): Promise<AcceptFindingsResult> => acceptFindings(workspace, open),
    ),
  );

  connection.onShutdown(() => {
    views.dispose();
    background.dispose();
    output.dispose();
    workspace.dispose();
  });
  documents.listen(connection);
}

function isToken(value: unknown): value is CancellationToken {
  return CancellationToken.is(value);
}
