import {
  Disposable,
  EventEmitter,
  Range,
  Uri,
  ViewColumn,
  window,
  workspace,
  type Event,
  type WebviewPanel,
} from 'vscode';
import {
  FindingsRequest,
  ScorecardRequest,
  type FindingsResult,
  type FolderFindings,
  type ScorecardResult,
} from '../../../server/src/protocol';
import type { Session } from '../session';
import { warn } from '../telling';
import { reasonOf } from '../words';
import { escaped, scorecardPage, type ScorecardContent } from './scorecard-page';

/** What the page says: that it has been loaded, or where a link leads. */
interface Message {
  readonly ready?: boolean;
  readonly open?: unknown;
}

const TYPE = 'twelveFactor.scorecard';
const TITLE = 'Twelve-Factor scorecard';

/** The scorecards of all folders in a tab of the editor, which follow what is found. At most one at a time. */
export class ScorecardView implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions: Disposable;
  #panel: WebviewPanel | undefined;
  #content: ScorecardContent | undefined;
  /** Counts what was asked for: of two answers, the later one is shown. */
  #asked = 0;

  constructor(private readonly session: Session) {
    let was = session.status.state;
    this.#subscriptions = Disposable.from(
      this.#changed,
      // What was open when the window was closed opens again.
      window.registerWebviewPanelSerializer(TYPE, {
        deserializeWebviewPanel: (panel) => this.#adopt(panel),
      }),
      session.onDidChangeViews(() => void this.#draw()),
      session.onDidChangeStatus(({ state }) => {
        if (state !== was) void this.#draw();
        was = state;
      }),
      workspace.onDidChangeWorkspaceFolders(() => void this.#draw()),
    );
  }

  /** What is shown, for tests: what a webview holds cannot be read. */
  get shown(): string | undefined {
    return this.#panel && this.#content?.html;
  }

  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  /** Opens the tab, or shows the one that there is. Resolves when it has content. */
  async show(): Promise<void> {
    if (this.#panel) return this.#panel.reveal();
    await this.#adopt(window.createWebviewPanel(TYPE, TITLE, ViewColumn.Active, OPTIONS));
  }

  /** Opens a place that a link leads to, where it lies in a folder of the workspace. */
  async open(link: unknown): Promise<void> {
    if (typeof link !== 'string') return;
    const place = Uri.parse(link);
    const uri = place.with({ fragment: '' });
    if (!workspace.getWorkspaceFolder(uri)) return;
    const line = Math.max(0, Number(/^L(\d+)$/.exec(place.fragment)?.[1] ?? 1) - 1);
    try {
      const document = await workspace.openTextDocument(uri);
      const at = document.validateRange(new Range(line, 0, line, 0));
      // Beside the scorecard, so that one can go through it.
      await window.showTextDocument(document, {
        selection: at,
        viewColumn: this.#panel?.viewColumn === ViewColumn.One ? ViewColumn.Two : ViewColumn.One,
      });
    } catch (error) {
      // It may be gone since; nobody else would say so.
      void warn(`Twelve-Factor could not open this place: ${reasonOf(error)}`);
    }
  }

  dispose(): void {
    this.#panel?.dispose();
    this.#subscriptions.dispose();
  }

  async #adopt(panel: WebviewPanel): Promise<void> {
    this.#panel?.dispose();
    this.#panel = panel;
    this.#content = undefined;
    panel.webview.options = OPTIONS;
    panel.webview.onDidReceiveMessage((message: Message) =>
      message.ready === true ? this.#sendAgain(panel) : this.open(message.open),
    );
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    // What changed while nobody could see it was not sent.
    panel.onDidChangeViewState(() => void this.#draw());
    await this.#draw();
  }

  /** To a page that was loaded anew. */
  #sendAgain(panel: WebviewPanel): Thenable<boolean> | undefined {
    return this.#content && panel.webview.postMessage({ html: this.#content.html });
  }

  async #draw(): Promise<void> {
    const panel = this.#panel;
    if (!panel?.visible) return;
    const asked = ++this.#asked;
    const content = await this.#ask();
    if (asked !== this.#asked || panel !== this.#panel) return;
    const before = this.#content;
    if (before?.html === content.html && before.style === content.style) return;
    this.#content = content;
    if (before?.style === content.style) await panel.webview.postMessage({ html: content.html });
    else panel.webview.html = scorecardPage(content, nonce());
    this.#changed.fire();
  }

  async #ask(): Promise<ScorecardContent> {
    const { client, status } = this.session;
    try {
      if (!client) return words(status.state === 'error' ? NOT_RUNNING : STARTING);
      const result = await client.sendRequest<ScorecardResult>(ScorecardRequest);
      const { folders } = await client.sendRequest<FindingsResult>(FindingsRequest);
      return content(result, folders);
    } catch (error) {
      this.session.output.debug(`The scorecard is not to be had: ${reasonOf(error)}`);
      return words(NOT_RUNNING);
    }
  }
}

const OPTIONS = { enableScripts: true, enableFindWidget: true, localResourceRoots: [] };

const STARTING = 'The workspace is being analysed. The scorecard appears when that is done.';
const NOT_RUNNING = 'Twelve-Factor is not running, so nothing is known. The output says why.';

/** Why there is no scorecard of a folder. */
const REASONS: Readonly<Record<Exclude<FolderFindings['state'], 'known'>, string>> = {
  unknown: STARTING,
  off: 'The settings switch Twelve-Factor off in this folder.',
  failed: 'The analysis of this folder failed. The output says why.',
};

/** What is shown of the folders: their scorecards, or why there is none. */
function content(
  { title, style, folders }: ScorecardResult,
  states: readonly FolderFindings[],
): ScorecardContent {
  if (states.length === 0)
    return { ...words('No folder is open: a scorecard is about the apps of a folder.'), style };
  const parts = states.map(({ uri, state }) => {
    const html = folders.find((each) => each.uri === uri)?.html;
    const said = html ?? `<p>${REASONS[state === 'known' ? 'unknown' : state]}</p>`;
    const name = workspace.getWorkspaceFolder(Uri.parse(uri))?.name ?? uri;
    return states.length === 1
      ? said
      : `<section aria-label="${escaped(name)}">\n<p class="dim">Folder ${escaped(name)}</p>\n${said}\n</section>`;
  });
  return { title, style, html: `<h1>${escaped(title)}</h1>\n${parts.join('\n')}` };
}

/** A page of nothing but words. */
function words(text: string): ScorecardContent {
  return { title: TITLE, style: '', html: `<h1>${TITLE}</h1>\n<p>${escaped(text)}</p>` };
}

function nonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
