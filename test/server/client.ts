import { PassThrough } from 'node:stream';
import type { MessageType } from 'vscode-languageserver/node';
import {
  CodeActionRequest,
  ConfigurationRequest,
  createConnection,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  LogMessageNotification,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  WorkDoneProgress,
  WorkDoneProgressCreateRequest,
  WorkspaceDiagnosticRequest,
  type CancellationToken,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type FileChangeType,
  type Hover,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type Range,
  type Registration,
  type WorkspaceDiagnosticReport,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Rule } from '../../server/src/engine/rule';
import {
  StatusNotification,
  ViewsChangedNotification,
  type StatusParams,
} from '../../server/src/protocol';
import { startServer } from '../../server/src/server';
import { connectionOptions } from '../../server/src/session/connection-options';
import { MemoryHost } from './memory-host';

/** A test that waits longer than this has failed. */
const DEADLINE_MS = 15_000;

export const ROOT = 'file:///work/app';

/** What VS Code's client says it can do, as far as the server asks. */
export const VSCODE: ClientCapabilities = {
  textDocument: { diagnostic: { dynamicRegistration: true } },
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ['create'],
      changeAnnotationSupport: {},
    },
  },
};

export interface ClientOptions {
  readonly initializationOptions?: unknown;
  readonly host: MemoryHost;
  /** Root URIs; one by default. */
  readonly folders?: readonly string[];
  readonly rules?: readonly Rule[];
  readonly capabilities?: ClientCapabilities;
  /** An old client, which knows no workspace folders. */
  readonly singleRoot?: boolean;
  /** The section `twelveFactor` for a scope. */
  settings?(scope: string | undefined): unknown;
}

/** An editor as the server sees one, over two in-memory streams. */
export class Client {
  readonly connection: ProtocolConnection;
  /** Everything that a wait may depend on, newest last. */
  readonly statuses: StatusParams[] = [];
  readonly log: { readonly type: MessageType; readonly message: string }[] = [];
  readonly registrations: Registration[] = [];
  readonly progress: string[] = [];
  /** What the server wants people to read. */
  readonly messages: string[] = [];
  /** How often views were told to draw anew. */
  redraws = 0;
  /** What the server pushed, by URI; only for clients that cannot pull. */
  readonly published = new Map<string, readonly Diagnostic[]>();
  /** Versions of the pushes, by URI. */
  readonly publishedVersions = new Map<string, (number | undefined)[]>();
  /** What the workspace pull said last, by URI. */
  readonly workspace = new Map<string, readonly Diagnostic[]>();
  /** Every answer to the workspace pull. */
  readonly workspaceAnswers: WorkspaceDiagnosticReport[] = [];
  refreshes = 0;
  /** Counts everything that the server says. */
  heard = 0;
  /** Called with every answer to the workspace pull. */
  onWorkspace: ((items: WorkspaceDiagnosticReport['items']) => void) | undefined;
  initializeResult: InitializeResult | undefined;
  private readonly waiting = new Set<() => void>();
  private readonly versions = new Map<string, number>();
  private readonly resultIds = new Map<string, string>();
  private isDisposed = false;

  private constructor(private readonly options: ClientOptions) {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const server = createConnection(
      toServer,
      toClient,
      connectionOptions((message) => server.console.warn(message)),
    );
    startServer(server, options.host, options.rules ? { rules: options.rules } : {});
    server.listen();
    this.connection = createProtocolConnection(
      new StreamMessageReader(toClient),
      new StreamMessageWriter(toServer),
    );
    this.answer();
    this.connection.listen();
  }

  /** Connects, initialises and tells the server so. */
  static async start(options: ClientOptions): Promise<Client> {
    const client = new Client(options);
    const folders = options.folders ?? [ROOT];
    const workspaceFolders = folders.map((uri) => ({ uri, name: uri }));
    client.initializeResult = await client.connection.sendRequest(InitializeRequest.method, {
      processId: null,
      rootUri: folders[0] ?? null,
      capabilities: options.capabilities ?? VSCODE,
      initializationOptions: options.initializationOptions,
      ...(options.singleRoot === true ? {} : { workspaceFolders }),
    });
    await client.connection.sendNotification(InitializedNotification.type, {});
    return client;
  }

  /** Resolves when a predicate holds, asked now and after everything that the server says. */
  until<T>(what: string, predicate: () => T | undefined | false): Promise<T> {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    return new Promise((resolve, reject) => {
      const settle = (end: () => void): void => {
        this.waiting.delete(ask);
        deadline.removeEventListener('abort', expire);
        end();
      };
      const expire = (): void => settle(() => reject(new Error(`Not in time: ${what}.`)));
      const ask = (): void => {
        const found = predicate();
        if (found !== undefined && found !== false) settle(() => resolve(found));
      };
      deadline.addEventListener('abort', expire);
      this.waiting.add(ask);
      ask();
    });
  }

  /** Resolves when the server has nothing left to do. */
  ready(): Promise<unknown> {
    return this.until('ready', () => this.statuses.at(-1)?.state === 'ready');
  }

  open(uri: string, text: string, languageId = 'typescript'): Promise<void> {
    this.versions.set(uri, 1);
    return this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  change(uri: string, text: string): Promise<void> {
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    return this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }

  close(uri: string): Promise<void> {
    this.versions.delete(uri);
    return this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri },
    });
  }

  version(uri: string): number | undefined {
    return this.versions.get(uri);
  }

  watched(...changes: readonly (readonly [uri: string, type: FileChangeType])[]): Promise<void> {
    return this.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: changes.map(([uri, type]) => ({ uri, type })),
    });
  }

  settingsChanged(): Promise<void> {
    return this.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: null,
    });
  }

  foldersChanged(added: readonly string[], removed: readonly string[]): Promise<void> {
    const folders = (uris: readonly string[]) => uris.map((uri) => ({ uri, name: uri }));
    return this.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: folders(added), removed: folders(removed) },
    });
  }

  pull(
    uri: string,
    previousResultId?: string,
    token?: CancellationToken,
  ): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest(
      DocumentDiagnosticRequest.type,
      {
        textDocument: { uri },
        ...(previousResultId === undefined ? {} : { previousResultId }),
      },
      token,
    );
  }

  /** The diagnostics of an open document, pulled now. */
  async diagnostics(uri: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== 'full') throw new Error('not a full report');
    return report.items;
  }

  /** Pulls the workspace again and again, as editors do, until disposed. */
  followWorkspace(): void {
    void this.pullWorkspace().then(
      () => {
        if (!this.isDisposed) this.followWorkspace();
      },
      () => undefined,
    );
  }

  async pullWorkspace(token?: CancellationToken): Promise<WorkspaceDiagnosticReport> {
    const answer = await this.connection.sendRequest(
      WorkspaceDiagnosticRequest.type,
      { previousResultIds: [...this.resultIds].map(([uri, value]) => ({ uri, value })) },
      token,
    );
    this.workspaceAnswers.push(answer);
    this.onWorkspace?.(answer.items);
    for (const item of answer.items) {
      if (item.resultId !== undefined) this.resultIds.set(item.uri, item.resultId);
      if (item.kind === 'full') this.workspace.set(item.uri, item.items);
    }
    this.happened();
    return answer;
  }

  codeActions(
    uri: string,
    range: Range,
    context: Partial<CodeActionContext> = {},
  ): Promise<CodeAction[]> {
    return this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...context },
    }) as Promise<CodeAction[]>;
  }

  hover(uri: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
  }

  async shutdown(): Promise<void> {
    this.isDisposed = true;
    await this.connection.sendRequest(ShutdownRequest.type);
  }

  /** No exit notification: the server would end this process. */
  dispose(): void {
    this.isDisposed = true;
    this.connection.dispose();
  }

  private happened(): void {
    this.heard += 1;
    for (const ask of [...this.waiting]) ask();
  }

  private answer(): void {
    const { connection, options } = this;
    const after = (record: () => void): void => {
      record();
      this.happened();
    };
    connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ scopeUri }) => options.settings?.(scopeUri) ?? null),
    );
    connection.onRequest(RegistrationRequest.type, ({ registrations }) =>
      after(() => this.registrations.push(...registrations)),
    );
    connection.onRequest(DiagnosticRefreshRequest.type, () => after(() => (this.refreshes += 1)));
    connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
      connection.onProgress(WorkDoneProgress.type, token, ({ kind }) =>
        after(() => this.progress.push(kind)),
      );
    });
    connection.onNotification(StatusNotification, (status: StatusParams) =>
      after(() => this.statuses.push(status)),
    );
    connection.onNotification(LogMessageNotification.type, ({ type, message }) =>
      after(() => this.log.push({ type, message })),
    );
    connection.onNotification(ShowMessageNotification.type, ({ message }) =>
      after(() => this.messages.push(message)),
    );
    connection.onNotification(ViewsChangedNotification, () => after(() => (this.redraws += 1)));
    connection.onNotification(
      PublishDiagnosticsNotification.type,
      ({ uri, diagnostics, version }) =>
        after(() => {
          this.published.set(uri, diagnostics);
          this.publishedVersions.set(uri, [...(this.publishedVersions.get(uri) ?? []), version]);
        }),
    );
  }
}

let current: Client | undefined;

/** Starts the client of a test, in place of the one before. */
export async function connect(
  files: Readonly<Record<string, string>>,
  options: Partial<ClientOptions> = {},
): Promise<{ readonly client: Client; readonly host: MemoryHost }> {
  disconnect();
  const { host = new MemoryHost(ROOT, files) } = options;
  current = await Client.start({ ...options, host });
  return { client: current, host };
}

/** Ends the client of a test. */
export function disconnect(): void {
  current?.dispose();
  current = undefined;
}

/** Rule ids of diagnostics, in order. */
export function codes(diagnostics: readonly Diagnostic[] | undefined): string[] {
  return (diagnostics ?? []).map(({ code }) => String(code));
}

/** The range of a text's first occurrence. */
export function rangeOf(text: string, part: string): Range {
  const at = text.indexOf(part);
  if (at < 0) throw new Error(`${part} is not there`);
  const position = (offset: number): Position => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  };
  return { start: position(at), end: position(at + part.length) };
}

/** A text after the edits for its URI; undefined when the edit does not touch it. */
export function edited(
  text: string,
  uri: string,
  edit: WorkspaceEdit | undefined,
): string | undefined {
  const edits = (edit?.documentChanges ?? []).flatMap((change) =>
    'textDocument' in change && change.textDocument.uri === uri ? change.edits : [],
  );
  if (edits.length === 0) return undefined;
  const lines = text.split('\n');
  const offset = ({ line, character }: Position): number =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return edits
    .flatMap((each) => ('newText' in each ? [each] : []))
    .map(({ range, newText }, index) => ({
      start: offset(range.start),
      end: offset(range.end),
      newText,
      index,
    }))
    .sort((a, b) => b.start - a.start || b.index - a.index)
    .reduce(
      (result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end),
      text,
    );
}
