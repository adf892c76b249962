// The trees of the extension, as its views show them.
import type * as vscode from 'vscode';
import { ok } from './expect';
import { until } from './until';
import { twelveFactor, untilReady } from './workbench';

/** A node with what is shown of it. */
export interface Shown {
  readonly node: object;
  readonly item: vscode.TreeItem;
  readonly label: string;
  readonly children: readonly Shown[];
}

/** The whole tree of a view, as it is now. */
export async function tree(view: 'findings' | 'map'): Promise<readonly Shown[]> {
  const provider = (await untilReady()).views[view];
  const below = async (parent?: object): Promise<readonly Shown[]> => {
    const nodes = (await provider.getChildren(parent)) ?? [];
    return Promise.all(
      nodes.map(async (node) => {
        const item = await provider.getTreeItem(node);
        const label = typeof item.label === 'string' ? item.label : '';
        return { node, item, label, children: await below(node) };
      }),
    );
  };
  return below();
}

/** Waits until a tree is as a probe wants it: asked now, and whenever the view draws anew. */
export async function untilTree<T>(
  view: 'findings' | 'map',
  what: string,
  probe: (roots: readonly Shown[]) => T | undefined | false,
): Promise<T> {
  const { views } = await twelveFactor();
  const changed = views[view].onDidChangeTreeData as vscode.Event<unknown> | undefined;
  ok(changed, 'the view never changes');
  for (;;) {
    let isOld = false;
    const listener = changed(() => (isOld = true));
    const roots = await tree(view);
    const found = probe(roots);
    if (found !== undefined && found !== false) {
      listener.dispose();
      return found;
    }
    await until(
      `${what} in the view ${view}`,
      [changed],
      () => isOld,
      () => outline(roots),
    );
    listener.dispose();
  }
}

/** All nodes of a tree, from the top down. */
export function all(roots: readonly Shown[]): readonly Shown[] {
  return roots.flatMap((root) => [root, ...all(root.children)]);
}

/** The first node with a label. */
export function named(roots: readonly Shown[], label: string): Shown {
  const found = all(roots).find((each) => each.label === label);
  ok(found, `no ${label} in:\n${outline(roots)}`);
  return found;
}

/** The labels of a tree, indented. */
export function outline(roots: readonly Shown[], indent = ''): string {
  return roots
    .map(({ label, item, children }) => {
      const description = typeof item.description === 'string' ? item.description : '';
      return `${indent}${label} [${description}]\n${outline(children, `${indent}  `)}`;
    })
    .join('');
}
