import {
  commands,
  Disposable,
  EventEmitter,
  MarkdownString,
  Range,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
  type Event,
  type TreeDataProvider,
} from 'vscode';
import { FindingsRequest, type FindingsResult } from '../../../server/src/protocol';
import type { Session } from '../session';
import { reasonOf } from '../words';
import {
  findingNodes,
  findingsState,
  SEVERITIES,
  shownCount,
  type FindingGroup,
  type FindingNode,
  type FindingsState,
  type NamedFolder,
  type Severity,
} from './finding-nodes';
import type { GitChanges } from './git-changes';
import type { ViewState } from './view-state';

/** Why nothing is known to be new. */
export const NO_GIT =
  'Nothing is known to be new: git is missing, switched off, or not to be had in this workspace.';

const NOTHING: FindingsResult = { folders: [], factors: [] };

const SEVERITY_ICONS: Readonly<Record<Severity, ThemeIcon>> = {
  error: new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground')),
  warning: new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground')),
  information: new ThemeIcon('info', new ThemeColor('problemsInfoIcon.foreground')),
  hint: new ThemeIcon('lightbulb'),
};

const GROUP_ICONS: Readonly<Record<Exclude<FindingGroup['kind'], 'factor'>, ThemeIcon>> = {
  app: new ThemeIcon('package'),
  process: new ThemeIcon('server-process'),
  rule: new ThemeIcon('law'),
  file: ThemeIcon.File,
  'not analysed': new ThemeIcon('circle-slash'),
};

/** The tree of findings. Nothing is asked of the server before somebody looks. */
export class FindingsTree implements TreeDataProvider<FindingNode> {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData: Event<undefined> = this.#changed.event;
  readonly #subscriptions: Disposable;
  #result: Promise<FindingsResult> | undefined;
  #state: FindingsState = 'scanning';

  constructor(
    private readonly session: Session,
    private readonly viewState: ViewState,
    private readonly changes: GitChanges,
  ) {
    const forget = (): void => {
      this.#result = undefined;
      this.#changed.fire(undefined);
    };
    let was = session.status.state;
    this.#subscriptions = Disposable.from(
      this.#changed,
      session.onDidChangeViews(forget),
      // Each message about progress is news to the status bar alone.
      session.onDidChangeStatus(({ state }) => {
        if (state !== was) forget();
        was = state;
      }),
      viewState.onDidChange(() => this.#changed.fire(undefined)),
      changes.onDidChange(() => this.#changed.fire(undefined)),
    );
  }

  /** What the view says where it lists nothing, as of when it was last drawn. */
  get state(): FindingsState {
    return this.#state;
  }

  async getChildren(node?: FindingNode): Promise<FindingNode[]> {
    if (node) return 'children' in node ? [...node.children] : [];
    void this.changes.start();
    const { folders, factors } = await this.#ask();
    const { shown } = this.viewState;
    const named = folders.map((folder): NamedFolder => {
      const name = workspace.getWorkspaceFolder(Uri.parse(folder.uri))?.name ?? folder.uri;
      return { ...folder, name };
    });
    this.#state = this.#stateOf(named);
    void commands.executeCommand('setContext', 'twelveFactor.findings', this.#state);
    return [...findingNodes(named, factors, shown, (finding) => this.changes.isNew(finding))];
  }

  /** What stands over the tree where it shows new findings alone. */
  get newMessage(): string {
    return this.changes.isKnown
      ? 'Only what stands on lines that differ from the last commit.'
      : NO_GIT;
  }

  /** The findings that are shown, of those that there are; both without hints that nobody asked for. */
  async summary(): Promise<{ readonly shown: number; readonly all: number }> {
    const { folders } = await this.#ask();
    const { severities } = this.viewState.shown;
    const counted = new Set(SEVERITIES.filter((each) => each !== 'hint' || severities.has(each)));
    return { shown: shownCount(folders, severities), all: shownCount(folders, counted) };
  }

  getTreeItem(node: FindingNode): TreeItem {
    if (node.kind === 'finding') return findingItem(node);
    if (node.kind === 'gap') return gapItem(node);
    const item = new TreeItem(
      node.label,
      node.kind === 'factor' || node.kind === 'app'
        ? TreeItemCollapsibleState.Expanded
        : TreeItemCollapsibleState.Collapsed,
    );
    item.id = node.id;
    item.description = node.description;
    item.contextValue = node.kind;
    if (node.kind !== 'factor') item.iconPath = GROUP_ICONS[node.kind];
    if (node.uri !== undefined) item.resourceUri = Uri.parse(node.uri);
    return item;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #stateOf(folders: readonly NamedFolder[]): FindingsState {
    const { status } = this.session;
    if (status.state === 'error') return 'failed';
    const state = findingsState(folders, this.viewState.shown.severities);
    return state !== 'found' && status.state !== 'ready' ? 'scanning' : state;
  }

  #ask(): Promise<FindingsResult> {
    return (this.#result ??= this.#fetch());
  }

  async #fetch(): Promise<FindingsResult> {
    const { client } = this.session;
    if (!client) return NOTHING;
    try {
      return await client.sendRequest<FindingsResult>(FindingsRequest);
    } catch (error) {
      // A server that is stopped meanwhile answers nothing; its end draws the view anew.
      this.session.output.debug(`The findings are not to be had: ${reasonOf(error)}`);
      return NOTHING;
    }
  }
}

/** Shows the tree in its view, with how many findings there are. */
export function registerFindingsView(tree: FindingsTree, viewState: ViewState): Disposable {
  const view = window.createTreeView('twelveFactor.findings', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  const describe = async (): Promise<void> => {
    if (!view.visible) return;
    const { shown, all } = await tree.summary();
    view.description = all === 0 ? '' : shown === all ? String(all) : `${shown} of ${all}`;
    const { severities } = viewState.shown;
    const usual = SEVERITIES.slice(0, 3).every((each) => severities.has(each));
    const only = SEVERITIES.filter((each) => severities.has(each)).join(', ');
    view.message =
      viewState.shown.lines === 'new'
        ? tree.newMessage
        : usual || tree.state !== 'found'
          ? ''
          : `Only: ${only || 'nothing'}`;
  };
  return Disposable.from(
    view,
    tree.onDidChangeTreeData(() => void describe()),
    view.onDidChangeVisibility(() => void describe()),
  );
}

function findingItem(node: Extract<FindingNode, { kind: 'finding' }>): TreeItem {
  const { finding, label, description } = node;
  const item = new TreeItem(label);
  item.id = node.id;
  item.description = description;
  item.iconPath = SEVERITY_ICONS[finding.severity];
  item.tooltip = new MarkdownString(undefined)
    .appendText(finding.message)
    .appendMarkdown('\n\n')
    .appendText(`${finding.ruleId} · ${finding.path}`);
  item.accessibilityInformation = {
    label: `${finding.severity}: ${finding.message} ${finding.path}, line ${finding.range.start.line + 1}`,
  };
  item.contextValue = [
    'finding',
    ...(finding.isFixable ? ['fixable'] : []),
    ...(finding.canSuppress ? ['suppressible'] : []),
  ].join(' ');
  const { start, end } = finding.range;
  const selection = new Range(start.line, start.character, end.line, end.character);
  item.command = {
    title: 'Open',
    command: 'vscode.open',
    arguments: [Uri.parse(finding.uri), { selection, preserveFocus: true }],
  };
  return item;
}

function gapItem({ id, gap, label, description }: Extract<FindingNode, { kind: 'gap' }>): TreeItem {
  const item = new TreeItem(label);
  item.id = id;
  item.description = description;
  item.tooltip = `${gap.path}: ${gap.reason}`;
  item.iconPath = ThemeIcon.File;
  item.resourceUri = Uri.parse(gap.uri);
  item.contextValue = 'gap';
  item.command = { title: 'Open', command: 'vscode.open', arguments: [Uri.parse(gap.uri)] };
  return item;
}
