import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import {
  ConfigurationRequest,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type ProtocolConnection,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { StatusNotification, type StatusParams } from '../../server/src/protocol';

/** An editor that pulls diagnostics, connected with a server of its own process over standard input and output. */
export class EditorClient {
  private readonly connection: ProtocolConnection;
  private readonly versions = new Map<string, number>();
  private readonly waiting = new Set<(status: StatusParams) => void>();
  private last: StatusParams | undefined;
  refreshes = 0;

  private constructor(private readonly child: ChildProcess) {
    if (!child.stdin || !child.stdout) throw new Error('the server has no streams');
    this.connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    // What an editor answers; nothing of it matters here.
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => null));
    this.connection.onRequest(RegistrationRequest.type, () => undefined);
    this.connection.onRequest(DiagnosticRefreshRequest.type, () => {
      this.refreshes += 1;
    });
    this.connection.onNotification(StatusNotification, (status: StatusParams) => {
      this.last = status;
      for (const wake of [...this.waiting]) wake(status);
    });
    this.connection.listen();
  }

  /**
   * Starts a server on a folder.
   * @param args of Node, the server's script among them
   */
  static async start(args: readonly string[], folder: string): Promise<EditorClient> {
    const child = spawn(process.execPath, [...args, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const client = new EditorClient(child);
    const uri = pathToFileURL(folder).href;
    await client.connection.sendRequest(InitializeRequest.method, {
      processId: process.pid,
      rootUri: uri,
      capabilities: {
        textDocument: { diagnostic: { dynamicRegistration: false } },
        workspace: { diagnostics: { refreshSupport: true }, workspaceFolders: true },
      },
      workspaceFolders: [{ uri, name: 'bench' }],
    });
    await client.connection.sendNotification(InitializedNotification.type, {});
    return client;
  }

  async open(uri: string, text: string): Promise<void> {
    this.versions.set(uri, 1);
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: 'typescript', version: 1, text },
    });
  }

  async change(uri: string, change: TextDocumentContentChangeEvent): Promise<void> {
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [change],
    });
  }

  async diagnostics(uri: string): Promise<readonly Diagnostic[]> {
    const textDocument = { uri };
    const report = await this.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument,
    });
    return report.kind === 'full' ? report.items : [];
  }

  /** Sends any other request. */
  async ask(method: string, params: object): Promise<unknown> {
    return this.connection.sendRequest(method, params);
  }

  /** Resolves when the server says that nothing is left to do. */
  async ready(): Promise<void> {
    if (this.last?.state === 'ready') return;
    await new Promise<void>((resolve, reject) => {
      const ended = (): void => reject(new Error('the server ended'));
      this.child.once('exit', ended);
      const wake = ({ state }: StatusParams): void => {
        if (state !== 'ready') return;
        this.waiting.delete(wake);
        this.child.off('exit', ended);
        resolve();
      };
      this.waiting.add(wake);
    });
  }

  /** The resident set of the server, MiB; NaN where the system has no file that tells. */
  residentMiB(): number {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
    } catch {
      return Number.NaN;
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    await ended;
    this.connection.dispose();
  }
}
