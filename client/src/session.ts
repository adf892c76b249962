import {
  EventEmitter,
  workspace,
  type Disposable,
  type Event,
  type LogOutputChannel,
  type Uri,
} from 'vscode';
import { State, type BaseLanguageClient, type LanguageClientOptions } from 'vscode-languageclient';
import {
  StatusNotification,
  ViewsChangedNotification,
  type StatusParams,
} from '../../server/src/protocol';
import { clientOptions } from './client';
import { workspaceSchemes } from './documents';
import { serveFiles } from './files';
import { reasonOf } from './words';

/** Makes a client that starts a fresh server: a Node process or a web worker. */
export type ClientFactory = (options: LanguageClientOptions) => BaseLanguageClient;

const START_LIMIT_MS = 30_000;

const STARTING: StatusParams = {
  state: 'starting',
  analysed: 0,
  total: 0,
};

/** The running server, if any, and the status it last sent. */
export class Session implements Disposable {
  readonly #statusChanged = new EventEmitter<StatusParams>();
  readonly #viewsChanged = new EventEmitter<void>();
  readonly #disposables: { dispose(): void }[] = [this.#statusChanged, this.#viewsChanged];
  #client: BaseLanguageClient | undefined;
  #status = STARTING;
  #schemes: readonly string[] = [];
  /** Starts, stops and restarts, one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly createClient: ClientFactory,
    readonly output: LogOutputChannel,
    private readonly extension: Uri,
  ) {
    // The document selector names the folders' schemes, and a client cannot change its selector.
    this.#disposables.push(
      workspace.onDidChangeWorkspaceFolders(() => {
        const added = workspaceSchemes().some((scheme) => !this.#schemes.includes(scheme));
        if (added && this.#client !== undefined) void this.restart();
      }),
    );
  }

  /** The client, when its server answers requests; undefined while it starts, after it stopped or failed. */
  get client(): BaseLanguageClient | undefined {
    return this.#client?.state === State.Running ? this.#client : undefined;
  }

  get status(): StatusParams {
    return this.#status;
  }

  get onDidChangeStatus(): Event<StatusParams> {
    return this.#statusChanged.event;
  }

  /** Its version and what it runs on, as the server said at its start. */
  get serverVersion(): string | undefined {
    return this.client?.initializeResult?.serverInfo?.version;
  }

  /** What views show is no longer what it was. */
  get onDidChangeViews(): Event<void> {
    return this.#viewsChanged.event;
  }

  /** Starts the server unless one is running. A failure is logged and becomes the status; it does not reject. */
  start(): Promise<void> {
    return this.#enqueue(() => this.#start());
  }

  /** Ends the server and waits for its end. */
  stop(): Promise<void> {
    return this.#enqueue(() => this.#stop());
  }

  /** Ends the server and starts a new one, with the folders and settings as they are now. */
  restart(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  /** Resolves when no start, stop or restart is under way. */
  settled(): Promise<void> {
    return this.#queue;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #enqueue(step: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(step, step);
    return this.#queue;
  }

  async #start(): Promise<void> {
    if (this.#client !== undefined) return;
    this.#setStatus(STARTING);
    this.#schemes = workspaceSchemes();
    const client = this.createClient(clientOptions(this.output, this.extension));
    this.#client = client;
    client.onNotification(StatusNotification, (status: StatusParams) => {
      // The server counts when a scan has ended; until then the last count is nearer to the truth than none.
      const { findings: counted, ...rest } = status;
      const findings = status.state === 'scanning' ? this.#status.findings : counted;
      this.#setStatus(findings === undefined ? rest : { ...rest, findings });
    });
    client.onNotification(ViewsChangedNotification, () => this.#viewsChanged.fire());
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) this.#setStatus(STARTING);
      const isGone = newState === State.Stopped || newState === State.StartFailed;
      if (isGone && this.#client === client) this.#fail('The server stopped.');
    });
    serveFiles(client);
    try {
      await this.#untilStarted(client);
      this.output.info('The server is running.');
    } catch (error) {
      this.output.error(`The server did not start: ${reasonOf(error)}`);
      this.#fail('The server did not start.');
    }
  }

  /** Rejects when there is no answer in time: a server that hangs must not hold up a stop or restart. */
  async #untilStarted(client: BaseLanguageClient): Promise<void> {
    let deadline: ReturnType<typeof setTimeout> | undefined;
    const noAnswer = new Promise<never>((_, reject) => {
      const seconds = START_LIMIT_MS / 1000;
      deadline = setTimeout(() => reject(new Error(`No answer in ${seconds} s.`)), START_LIMIT_MS);
    });
    const start = client.start();
    // One that answers after it was given up for another would report everything twice.
    start.then(
      () => (this.#client === client ? undefined : client.dispose()),
      () => undefined,
    );
    try {
      await Promise.race([start, noAnswer]);
    } finally {
      clearTimeout(deadline);
    }
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client === undefined) return;
    try {
      await client.dispose();
    } catch (error) {
      // A server that crashed or never started cannot be stopped in order; it is gone either way.
      this.output.warn(`Stopping the server: ${reasonOf(error)}`);
    }
  }

  #fail(message: string): void {
    this.#setStatus({ ...STARTING, state: 'error', message });
  }

  #setStatus(status: StatusParams): void {
    this.#status = status;
    this.#statusChanged.fire(status);
  }
}
