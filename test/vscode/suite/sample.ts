import * as vscode from 'vscode';
import { equal, ok } from './expect';
import { test } from './runner';
import { all, outline, untilTree, type Shown } from './trees';
import { until } from './until';
import { apply, changeFolders, extension, quickFixes, uri } from './workbench';

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

/** How fast people read, words a minute, and what one click of theirs takes. */
const READING = 200;
const CLICK_MS = 3_000;

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly markdown: string };
}

/** What a step has a person read. */
async function wordsOf({ description, media }: Step): Promise<number> {
  const page = vscode.Uri.joinPath(extension().extensionUri, media.markdown);
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(page));
  return `${description} ${text}`.split(/\s+/).filter((word) => /\w/.test(word)).length;
}

test('the walkthrough leads from nothing to the first fix in three minutes', async () => {
  const { contributes } = extension().packageJSON as {
    readonly contributes: { readonly walkthroughs: readonly { readonly steps: readonly Step[] }[] };
  };
  const steps = contributes.walkthroughs[0]?.steps.slice(0, 3) ?? [];
  equal(
    steps.map(({ id }) => id),
    ['open', 'findings', 'fix'],
  );
  const reading = (await Promise.all(steps.map(wordsOf))).reduce((sum, words) => sum + words, 0);
  const parent = vscode.Uri.joinPath(uri('app'), '..');
  const end = vscode.workspace.workspaceFolders?.length ?? 0;
  const started = Date.now();
  await vscode.commands.executeCommand('twelveFactor.openWalkthrough');
  const copy = await vscode.commands.executeCommand<vscode.Uri>('twelveFactor.openSample', parent);
  try {
    await changeFolders(() =>
      vscode.workspace.updateWorkspaceFolders(end, 0, { uri: copy, name: 'sample' }),
    );
    await vscode.commands.executeCommand('twelveFactor.findings.focus');
    const first = await untilTree('findings', 'one of the sample', (roots) =>
      all(roots).find(
        (each) => each.children.length === 0 && JSON.stringify(each.node).includes(copy.path),
      ),
    );
    await fixFirst((first.node as Leaf).finding);
    // Copying, a look at the view, opening the finding, the light bulb and its first line.
    const clicks = 5 * CLICK_MS;
    const machine = Date.now() - started;
    const total = machine + clicks + (reading / READING) * 60_000;
    console.log(
      `[suite]   ${(total / 1000).toFixed(0)} s: ${reading} words, 5 clicks, ${(machine / 1000).toFixed(1)} s of waiting`,
    );
    ok(total <= 180_000, `${total} ms`);
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
