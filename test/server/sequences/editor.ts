import type { FileChangeType } from 'vscode-languageserver/node';
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
} from 'vscode-languageserver/node';
import { Client, ROOT, VSCODE } from '../client';
import type { MemoryHost } from '../memory-host';

/** How a client gets diagnostics. */
export type Delivery = 'pull' | 'push';

/** How many turns of the event loop nothing may happen before the server counts as done; more than any of its pauses take. */
const QUIET_TURNS = 70;
/** A server that is still busy after so many turns never ends. */
const MOST_TURNS = 40_000;

export interface EditorOptions {
  readonly delivery: Delivery;
  readonly host: MemoryHost;
  readonly folders: readonly string[];
  /** What the `twelveFactor` section of the settings says, whenever it is asked for. */
  settings(): unknown;
}

/** What people see of a file: its diagnostics, as plain text to compare. */
export type View = ReadonlyMap<string, readonly string[]>;

/** An editor as far as the server can tell: it opens, types, closes, watches the disk, and shows what it is told. */
export class Editor {
  private readonly documents = new Map<string, string>();
  private readonly shown = new Map<string, readonly Diagnostic[]>();
  private readonly resultIds = new Map<string, string>();
  /** Pulls that are under way: editors ask one at a time for each document. */
  private readonly pulls = new Map<string, CancellationTokenSource>();
  private refreshes = 0;

  private constructor(
    private readonly client: Client,
    private readonly options: EditorOptions,
  ) {}

  static async start(options: EditorOptions): Promise<Editor> {
    const capabilities: ClientCapabilities =
      options.delivery === 'pull' ? VSCODE : { ...VSCODE, textDocument: {} };
    const client = await Client.start({
      host: options.host,
      folders: options.folders,
      capabilities,
      settings: () => options.settings(),
    });
    const editor = new Editor(client, options);
    if (options.delivery === 'pull') {
      client.onWorkspace = (items) => {
        for (const item of items)
          // An open document shows what its own pulls say.
          if (item.kind === 'full' && !editor.documents.has(item.uri))
            editor.shown.set(item.uri, item.items);
      };
      client.followWorkspace();
    }
    return editor;
  }

  /** Texts of open documents by URI. */
  get open(): ReadonlyMap<string, string> {
    return this.documents;
  }

  async openDocument(uri: string, text: string): Promise<void> {
    this.documents.set(uri, text);
    this.resultIds.delete(uri);
    await this.client.open(uri, text);
    this.pull(uri);
  }

  async type(uri: string, text: string): Promise<void> {
    this.documents.set(uri, text);
    await this.client.change(uri, text);
    this.pull(uri);
  }

  async closeDocument(uri: string): Promise<void> {
    this.documents.delete(uri);
    this.resultIds.delete(uri);
    await this.client.close(uri);
  }

  /** Tells the server what has changed on disk. */
  watched(changes: readonly (readonly [uri: string, type: FileChangeType])[]): Promise<void> {
    return this.client.watched(...changes);
  }

  settingsChanged(): Promise<void> {
    return this.client.settingsChanged();
  }

  foldersChanged(added: readonly string[], removed: readonly string[]): Promise<void> {
    return this.client.foldersChanged(added, removed);
  }

  /** Lets some turns of the event loop pass. */
  async pause(turns: number): Promise<void> {
    for (let turn = 0; turn < turns; turn += 1) {
      await nextTurn();
      this.followRefreshes();
    }
  }

  /**
   * Resolves when the server has nothing left to do.
   * @throws Error where it never comes to rest, or does not say that it has
   */
  async settled(): Promise<void> {
    let quiet = 0;
    let seen = '';
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      await this.pause(1);
      const now = `${this.options.host.activity} ${this.client.heard}`;
      quiet = now === seen ? quiet + 1 : 0;
      seen = now;
      if (quiet < QUIET_TURNS) continue;
      const state = this.client.statuses.at(-1)?.state;
      if (state === 'ready') return;
      throw new Error(`the server rests, and its status is ${state ?? 'unknown'}`);
    }
    throw new Error('the server does not come to rest');
  }

  /** What is shown, by URI; files without diagnostics are left out. */
  view(): View {
    const shown = this.options.delivery === 'pull' ? this.shown : this.client.published;
    return new Map(
      [...shown]
        .filter(([, diagnostics]) => diagnostics.length > 0)
        .map(([uri, diagnostics]) => [uri, diagnostics.map(asText).sort()]),
    );
  }

  /** What the light bulb offers for all of an open document, edits included. */
  async actions(uri: string): Promise<readonly string[]> {
    const end = { line: 1_000, character: 0 };
    const actions = await this.client.codeActions(uri, { start: { line: 0, character: 0 }, end });
    return actions.map((action: CodeAction) =>
      // Versions count what was typed, which the other server has not seen.
      JSON.stringify(action, (key, value: unknown) => (key === 'version' ? undefined : value)),
    );
  }

  /** Complaints of the server in its log. */
  get complaints(): readonly string[] {
    return this.client.log.filter(({ type }) => type === 1).map(({ message }) => message);
  }

  dispose(): void {
    this.client.dispose();
  }

  private pull(uri: string): void {
    if (this.options.delivery !== 'pull') return;
    this.pulls.get(uri)?.cancel();
    const source = new CancellationTokenSource();
    this.pulls.set(uri, source);
    this.client.pull(uri, this.resultIds.get(uri), source.token).then(
      (report) => {
        // What was typed meanwhile, or came by a refresh, has a pull of its own.
        if (this.pulls.get(uri) !== source || !this.documents.has(uri)) return;
        if (report.resultId === undefined) this.resultIds.delete(uri);
        else this.resultIds.set(uri, report.resultId);
        if (report.kind === 'full') this.shown.set(uri, report.items);
      },
      () => undefined,
    );
  }

  private followRefreshes(): void {
    if (this.refreshes === this.client.refreshes) return;
    this.refreshes = this.client.refreshes;
    for (const uri of this.documents.keys()) this.pull(uri);
  }
}

export { ROOT };

function asText(diagnostic: Diagnostic): string {
  const { range, severity, code, message, relatedInformation } = diagnostic;
  const related = relatedInformation?.map(({ location }) => location);
  return JSON.stringify([code, severity, range, message, related]);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
