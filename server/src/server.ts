import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  FileChangeType,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  type DocumentDiagnosticReport,
  type FullDocumentDiagnosticReport,
  type InitializeParams,
  type InitializeResult,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CONFIG_FILE } from './engine/config-file';
import { createAnalyzer } from './engine/create-analyzer';
import type { FileChange } from './engine/finding';
import { suppressionEdit } from './engine/suppression-edit';
import type { Host, Timers } from './host';
import { FIX_ALL_KIND, toCodeActions } from './lsp/code-actions';
import { DIAGNOSTIC_SOURCE, toDiagnostics, type Places } from './lsp/diagnostics';
import { fixAll } from './lsp/fix-all';
import { toHover } from './lsp/hover';
import { rangeConverter, rangesTouch } from './lsp/ranges';
import { runSafe } from './lsp/run-safe';
import { toWorkspaceEdit, type Confirmation } from './lsp/workspace-edit';
import {
  AnalyzeWorkspaceRequest,
  FixAllRequest,
  RuleDocsRequest,
  StatusNotification,
  type AnalyzeWorkspaceResult,
  type FixAllParams,
  type FixAllResult,
  type RuleDocsParams,
  type RuleDocsResult,
  type StatusParams,
} from './protocol';
import { rulePage } from './report/rule-page';
import { rules as allRules } from './rules';
import type { Rule } from './engine/rule';
import { readEditorSettings } from './workspace/editor-settings';
import type { WorkspaceRoot } from './workspace/root';
import { Workspace, type Located } from './workspace/workspace';

/** How long changes are gathered before open documents are pulled again. */
const REFRESH_DELAY_MS = 200;
const WATCHED = [
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte,astro,json,jsonc,yml,yaml,toml,env,sh,prisma,service}',
  '**/{Dockerfile*,*.dockerfile,Containerfile*,Procfile*,.env*,.gitignore,.dockerignore,.npmrc,.nvmrc,.node-version,.tool-versions,yarn.lock,bun.lock,nginx.conf}',
];

/**
 * Registers every handler of the language server on a connection. The only place that knows the protocol's requests.
 * @param connection not yet listening
 * @param host reads the workspace's files and defers work
 * @param rules every rule by default; tests hand in their own
 */
export function startServer(
  connection: Connection,
  host: Host & Timers,
  rules: readonly Rule[] = allRules,
): void {
  const documents = new TextDocuments(TextDocument);
  const ruleById = new Map(rules.map((rule) => [rule.id, rule]));
  let capabilities: ClientCapabilities = {};
  let canPull = false;
  let folders: string[] = [];
  let refreshTimer: { dispose(): void } | undefined;
  const pushed = new Map<string, string>();
  const log = { error: (message: string) => connection.console.error(message) };

  const workspace = new Workspace({
    host,
    ruleIds: rules.map((rule) => rule.id),
    createAnalyzer: () => createAnalyzer(rules, log),
    documents: () => documents.all(),
    settings: async (root) => {
      const section: unknown =
        capabilities.workspace?.configuration === true
          ? await connection.workspace.getConfiguration({ scopeUri: root, section: 'twelveFactor' })
          : {};
      return readEditorSettings(section);
    },
    progress: (done, total) => sendStatus('scanning', done, total),
    failed: (error) => {
      log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      sendStatus('error', 0, 0, 'The analysis failed; see the output.');
    },
  });

  let lastScanStatus = 0;
  const sendStatus = (
    state: StatusParams['state'],
    analysed: number,
    total: number,
    message?: string,
  ): void => {
    // Progress of every file would drown the connection.
    if (state === 'scanning' && host.now() - lastScanStatus < 100) return;
    lastScanStatus = host.now();
    const reports = state === 'ready' ? workspace.reports() : [];
    const status: StatusParams = {
      state,
      analysed,
      total,
      findings: reports.reduce(
        (sum, { report }) =>
          sum + report.findings.filter(({ severity }) => severity !== 'hint').length,
        0,
      ),
      notAnalysed: reports.filter(({ report }) => report.notAnalysed.length > 0).length,
      ...(message === undefined ? {} : { message }),
    };
    void connection.sendNotification(StatusNotification, status);
  };

  const places = (root: WorkspaceRoot): Places => ({
    uri: (path) => workspace.uriOf(root, path),
    range: (path, span) => rangeConverter(root.analyzer.text(path) ?? '')(span),
  });

  const editFor = (
    root: WorkspaceRoot,
    changes: readonly FileChange[],
    confirmation?: Confirmation,
  ): ReturnType<typeof toWorkspaceEdit> => {
    const edit = capabilities.workspace?.workspaceEdit;
    const stale = changes.some(({ path, kind }) => {
      const document = kind === 'edit' ? documents.get(workspace.uriOf(root, path)) : undefined;
      return document !== undefined && document.getText() !== root.analyzer.text(path);
    });
    // Offsets of a text that has moved on would land in the wrong place.
    if (stale) return undefined;
    return toWorkspaceEdit(
      changes,
      {
        uri: (path) => workspace.uriOf(root, path),
        version: (path) => documents.get(workspace.uriOf(root, path))?.version ?? null,
        text: (path) => root.analyzer.text(path),
        canVersion: edit?.documentChanges ?? false,
        canCreate: edit?.resourceOperations?.includes('create') ?? false,
      },
      edit?.changeAnnotationSupport ? confirmation : undefined,
    );
  };

  /** The current report of an open document, at its current text. */
  const openReport = async (
    uri: string,
  ): Promise<(Located & { readonly document: TextDocument }) | undefined> => {
    const located = workspace.locate(uri);
    if (!located) return undefined;
    await located.root.ready();
    let document = documents.get(uri);
    if (!document) return undefined;
    if (
      located.root.open(located.path, document.getText()) === undefined &&
      located.root.analyzer.text(located.path) === undefined
    ) {
      // Just created: the listing has to learn of it first.
      await located.root.schedule();
      document = documents.get(uri);
      if (!document) return undefined;
      located.root.open(located.path, document.getText());
    }
    if (located.root.analyzer.needsUpdate) void located.root.schedule().then(refreshSoon);
    return { ...located, document };
  };

  const configDiagnostics = (
    { root, path }: Located,
    toRange: ReturnType<typeof rangeConverter>,
  ): ReturnType<typeof toDiagnostics> =>
    path === CONFIG_FILE
      ? root.configProblems.map(({ span, message }) => ({
          range: toRange(span),
          severity: 2 as const,
          source: DIAGNOSTIC_SOURCE,
          code: 'configuration',
          message,
        }))
      : [];

  const diagnosticsOf = (located: Located, text: string): FullDocumentDiagnosticReport => {
    const report = located.root.report(located.path);
    const toRange = rangeConverter(text);
    const items = report ? toDiagnostics(report, toRange, places(located.root)) : [];
    const own = configDiagnostics(located, toRange);
    return {
      kind: DocumentDiagnosticReportKind.Full,
      resultId: `${report?.key ?? 'none'}.${own.length}`,
      items: [...items, ...own],
    };
  };

  const refreshSoon = (): void => {
    refreshTimer?.dispose();
    refreshTimer = host.after(REFRESH_DELAY_MS, () => {
      if (canPull) void connection.languages.diagnostics.refresh();
      else pushAll();
    });
  };

  const pushAll = (): void => {
    const current = new Set<string>();
    for (const { uri, root, path, text } of workspace.reports()) {
      current.add(uri);
      push(uri, diagnosticsOf({ root, path }, text));
    }
    for (const uri of pushed.keys())
      if (!current.has(uri))
        push(uri, { kind: DocumentDiagnosticReportKind.Full, resultId: 'none', items: [] });
  };
  const push = (uri: string, { resultId = '', items }: FullDocumentDiagnosticReport): void => {
    if (pushed.get(uri) === resultId) return;
    if (items.length > 0) pushed.set(uri, resultId);
    else pushed.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: items });
  };

  const rescan = async (): Promise<void> => {
    sendStatus('scanning', 0, 0);
    const progress =
      capabilities.window?.workDoneProgress === true
        ? await connection.window.createWorkDoneProgress()
        : undefined;
    progress?.begin('Twelve-Factor', undefined, 'Analysing the workspace', false);
    await Promise.all(workspace.roots.map((root) => root.schedule()));
    progress?.done();
    const total = workspace.roots.reduce((sum, root) => sum + root.fileCount, 0);
    for (const problem of workspace.roots.flatMap((root) => root.settingProblems))
      connection.console.warn(problem);
    sendStatus('ready', total, total);
    refreshSoon();
  };

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    ({ capabilities } = params);
    const pull = capabilities.textDocument?.diagnostic !== undefined;
    canPull = pull && capabilities.workspace?.diagnostics?.refreshSupport === true;
    folders = (params.workspaceFolders ?? []).map(({ uri }) => uri);
    return {
      serverInfo: { name: 'twelve-factor' },
      capabilities: {
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          save: true,
        },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...(canPull
          ? {
              diagnosticProvider: {
                identifier: 'twelve-factor',
                interFileDependencies: false,
                workspaceDiagnostics: true,
              },
            }
          : {}),
      },
    };
  });

  connection.onInitialized(() => {
    if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true)
      void connection.client.register(DidChangeConfigurationNotification.type, {
        section: 'twelveFactor',
      });
    if (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true)
      void connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: WATCHED.map((globPattern) => ({ globPattern })),
      });
    if (capabilities.workspace?.workspaceFolders === true)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
        workspace.setRoots(folders);
        void rescan();
      });
    workspace.setRoots(folders);
    void rescan();
  });

  connection.onDidChangeConfiguration(() => void rescan());
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) {
      const located = workspace.locate(uri);
      located?.root.fileChanged(
        located.path,
        type === FileChangeType.Changed ? 'changed' : 'listed',
      );
    }
    void rescan();
  });
  documents.onDidChangeContent(({ document }) => {
    const located = workspace.locate(document.uri);
    if (!located) return;
    if (located.path === CONFIG_FILE) void rescan();
    else if (!canPull) void openReport(document.uri).then(() => pushAll());
  });
  documents.onDidClose(({ document }) => {
    const located = workspace.locate(document.uri);
    if (!located) return;
    located.root.fileChanged(located.path, 'changed');
    void rescan();
  });

  connection.languages.diagnostics.on((params, token) =>
    runSafe<DocumentDiagnosticReport>(
      token,
      { kind: DocumentDiagnosticReportKind.Full, items: [] },
      log,
      async () => {
        const open = await openReport(params.textDocument.uri);
        if (!open) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
        const full = diagnosticsOf(open, open.document.getText());
        return full.resultId !== undefined && full.resultId === params.previousResultId
          ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: full.resultId }
          : full;
      },
    ),
  );

  connection.languages.diagnostics.onWorkspace(
    async (params, token): Promise<WorkspaceDiagnosticReport> => {
      const known = new Map(params.previousResultIds.map(({ uri, value }) => [uri, value]));
      for (;;) {
        const { revision } = workspace;
        await Promise.all(workspace.roots.map((root) => root.ready()));
        if (token.isCancellationRequested) throw cancelled();
        const items: WorkspaceDiagnosticReport['items'] = [];
        const present = new Set<string>();
        for (const { uri, root, path, text } of workspace.reports()) {
          present.add(uri);
          const full = diagnosticsOf({ root, path }, text);
          if (known.get(uri) !== full.resultId)
            items.push({ ...full, uri, version: documents.get(uri)?.version ?? null });
        }
        // A file that is gone or clean now is said so once, or its squiggles would stay.
        for (const [uri, value] of known)
          if (!present.has(uri) && value !== 'clean')
            items.push({
              kind: DocumentDiagnosticReportKind.Full,
              resultId: 'clean',
              items: [],
              uri,
              version: null,
            });
        if (items.length > 0) return { items };
        await workspace.changedSince(revision, (wake) => token.onCancellationRequested(wake));
        if (token.isCancellationRequested) throw cancelled();
      }
    },
  );

  connection.onCodeAction((params, token) =>
    runSafe(token, [], log, async () => {
      const open = await openReport(params.textDocument.uri);
      const report = open?.root.report(open.path);
      if (!open || !report) return [];
      const text = open.document.getText();
      const { root, path } = open;
      const kind = root.analyzer.model?.files.kind(path);
      return toCodeActions({
        report,
        range: params.range,
        context: params.context,
        toRange: rangeConverter(text),
        places: places(root),
        edit: (changes) => editFor(root, changes),
        suppress: (finding, scope) =>
          suppressionEdit(
            path,
            kind,
            text,
            finding.span,
            finding.ruleId,
            scope,
            kind === 'source' ? root.analyzer.model?.files.source(path) : undefined,
          ),
      });
    }),
  );

  connection.onHover((params, token) =>
    runSafe(token, null, log, async () => {
      const open = await openReport(params.textDocument.uri);
      const report = open?.root.report(open.path);
      if (!open || !report) return null;
      const text = open.document.getText();
      const toRange = rangeConverter(text);
      const caret = { start: params.position, end: params.position };
      const here = report.findings.filter((finding) => rangesTouch(toRange(finding.span), caret));
      return toHover(here, ruleById, text, toRange) ?? null;
    }),
  );

  connection.onRequest(AnalyzeWorkspaceRequest, async (): Promise<AnalyzeWorkspaceResult> => {
    for (const root of workspace.roots) root.forgetFiles();
    await rescan();
    const reports = workspace.reports();
    return {
      files: workspace.roots.reduce((sum, root) => sum + root.fileCount, 0),
      findings: reports.reduce((sum, { report }) => sum + report.findings.length, 0),
      notAnalysed: reports.filter(({ report }) => report.notAnalysed.length > 0).length,
    };
  });

  connection.onRequest(FixAllRequest, (params: FixAllParams, token: CancellationToken) =>
    runSafe<FixAllResult>(token, null, log, async () => {
      const selection =
        params.ruleId === undefined
          ? ({ kind: 'safe' } as const)
          : ({ kind: 'rule', ruleId: params.ruleId } as const);
      if (params.scope === 'file') {
        const open = params.uri === undefined ? undefined : await openReport(params.uri);
        const changes = open ? fixAll(open.root.report(open.path)?.findings ?? [], selection) : [];
        return (open && changes.length > 0 ? editFor(open.root, changes) : undefined) ?? null;
      }
      await Promise.all(workspace.roots.map((root) => root.schedule()));
      const edits = workspace.roots.flatMap((root) => {
        const changes = fixAll(
          root.reports().flatMap(({ findings }) => findings),
          selection,
        );
        return changes.length > 0
          ? (editFor(root, changes, { label: 'Twelve-Factor fixes' }) ?? [])
          : [];
      });
      const [first] = edits;
      if (!first) return null;
      return { ...first, documentChanges: edits.flatMap((edit) => edit.documentChanges ?? []) };
    }),
  );

  connection.onRequest(RuleDocsRequest, ({ ruleId }: RuleDocsParams): RuleDocsResult => {
    const rule = ruleById.get(ruleId);
    return { markdown: rule ? rulePage(rule) : `There is no rule \`${ruleId}\`.` };
  });

  connection.onShutdown(() => {
    refreshTimer?.dispose();
    workspace.dispose();
  });
  documents.listen(connection);
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}
