import {
  Disposable,
  EventEmitter,
  Range,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
  commands,
  type Event,
  type TreeDataProvider,
} from 'vscode';
import { MapRequest, type MapResult } from '../../../server/src/protocol';
import type { Session } from '../session';
import { reasonOf } from '../words';
import { mapNodes, type MapNode } from './map-nodes';

const ICONS: Readonly<Record<MapNode['kind'], string>> = {
  folder: 'root-folder',
  app: 'package',
  process: 'server-process',
  entry: 'file-code',
  command: 'terminal',
  port: 'plug',
  service: 'database',
  signal: 'bell',
  variables: 'symbol-variable',
  variable: 'symbol-variable',
  evidence: 'search',
  reason: 'info',
  others: 'library',
  package: 'folder',
};

/** The tree of apps and their processes. Nothing is asked of the server before somebody looks. */
export class MapTree implements TreeDataProvider<MapNode> {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData: Event<undefined> = this.#changed.event;
  readonly #subscriptions: Disposable;

  constructor(private readonly session: Session) {
    const draw = (): void => this.#changed.fire(undefined);
    let was = session.status.state;
    this.#subscriptions = Disposable.from(
      this.#changed,
      session.onDidChangeViews(draw),
      session.onDidChangeStatus(({ state }) => {
        if (state !== was) draw();
        was = state;
      }),
    );
  }

  async getChildren(node?: MapNode): Promise<MapNode[]> {
    if (node) return [...node.children];
    const { folders } = await this.#ask();
    const nodes = mapNodes(
      folders.map((folder) => ({
        ...folder,
        name: workspace.getWorkspaceFolder(Uri.parse(folder.uri))?.name ?? folder.uri,
      })),
    );
    const { state } = this.session.status;
    const words = { starting: 'scanning', scanning: 'scanning', ready: 'nothing', error: 'failed' };
    void commands.executeCommand('setContext', 'twelveFactor.map', words[state]);
    return nodes;
  }

  getTreeItem({ kind, id, label, description, place, isOpen, children }: MapNode): TreeItem {
    const { None, Collapsed, Expanded } = TreeItemCollapsibleState;
    const item = new TreeItem(label, children.length === 0 ? None : isOpen ? Expanded : Collapsed);
    item.id = id;
    item.description = description;
    item.tooltip = description === '' ? label : `${label}: ${description}`;
    item.iconPath = new ThemeIcon(ICONS[kind]);
    item.contextValue = kind;
    if (place !== undefined) {
      const line = Math.max(0, place.line - 1);
      const uri = Uri.joinPath(Uri.parse(place.folder), place.path);
      const selection = new Range(line, 0, line, 0);
      const options = { selection, preserveFocus: true };
      item.command = { title: 'Open', command: 'vscode.open', arguments: [uri, options] };
    }
    return item;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #ask(): Promise<MapResult> {
    try {
      return (await this.session.client?.sendRequest<MapResult>(MapRequest)) ?? { folders: [] };
    } catch (error) {
      this.session.output.debug(`The map is not to be had: ${reasonOf(error)}`);
      return { folders: [] };
    }
  }
}

/** Shows the tree in its view. */
export function registerMapView(tree: MapTree): Disposable {
  return window.createTreeView('twelveFactor.map', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
}
