import * as vscode from 'vscode';
import { equal, ok } from './expect';
import { test } from './runner';
import { all, outline, untilTree, type Shown } from './trees';
import { until } from './until';
import { apply, changeFolders, quickFixes, uri } from './workbench';

const FACTORS = [
  'II. Dependencies',
  'III. Config',
  'VII. Port binding',
  'IX. Disposability',
  'XI. Logs',
];

interface Leaf {
  readonly finding: { readonly uri: string; readonly ruleId: string; readonly path: string };
}

test('the sample is copied, and each of its findings is fixed', async () => {
  const parent = vscode.Uri.joinPath(uri('app'), '..');
  const copy = await vscode.commands.executeCommand<vscode.Uri>('twelveFactor.openSample', parent);
  ok(copy.path.endsWith('/twelve-factor-sample'), copy.path);
  const end = vscode.workspace.workspaceFolders?.length ?? 0;
  const isSample = (each: Shown): boolean => JSON.stringify(each.node).includes(copy.path);
  const leaves = (roots: readonly Shown[]): Shown[] =>
    all(roots).filter((each) => each.children.length === 0 && isSample(each));
  try {
    await changeFolders(() =>
      vscode.workspace.updateWorkspaceFolders(end, 0, { uri: copy, name: 'sample' }),
    );
    const factors = await untilTree('findings', 'those of the sample', (roots) => {
      const found = leaves(roots);
      return found.length === 8 && roots.filter((root) => leaves([root]).length > 0);
    });
    equal(
      factors.map(({ label }) => label),
      FACTORS,
      outline(factors),
    );
    for (let left = 8; left > 0; left--) {
      const first = await untilTree('findings', `${left} of the sample`, (roots) => {
        const found = leaves(roots);
        return found.length === left && found[0];
      });
      await fixFirst((first.node as Leaf).finding);
    }
    await untilTree('findings', 'nothing of the sample', (roots) => leaves(roots).length === 0);
  } finally {
    await vscode.workspace.saveAll(false);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    if ((vscode.workspace.workspaceFolders?.length ?? 0) > end)
      await changeFolders(() => vscode.workspace.updateWorkspaceFolders(end, 1));
    await vscode.workspace.fs.delete(copy, { recursive: true });
  }
});

async function fixFirst({ uri: file, ruleId, path }: Leaf['finding']): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(file));
  await vscode.window.showTextDocument(document);
  const shown = `sample/${path}`;
  const diagnostic = await until(
    `${ruleId} in ${path}`,
    [vscode.languages.onDidChangeDiagnostics],
    () =>
      vscode.languages
        .getDiagnostics(document.uri)
        .find(({ code }) => JSON.stringify(code).includes(ruleId)),
  );
  const [fix] = await quickFixes(shown, diagnostic);
  ok(fix?.edit, `no fix of ${ruleId}, but ${String(fix?.title)}`);
  await apply(fix);
  await vscode.workspace.saveAll(false);
}
