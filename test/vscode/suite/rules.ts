import * as vscode from 'vscode';
import { contains, equal, ok } from './expect';
import { test, testWithClicks } from './runner';
import { until } from './until';
import { open, untilFound, untilGone, untilSaved } from './workbench';

const SERVER = 'app/src/server.ts';

/** Waits for a tab that shows a page. */
function untilPage(name: string): Promise<vscode.Tab> {
  return until(`a tab with the page of ${name}`, [vscode.window.tabGroups.onDidChangeTabs], () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(({ label }) => label.includes(name)),
  );
}

testWithClicks('the list of rules is searched, and leads to a page', async (click) => {
  await open(SERVER);
  await vscode.commands.executeCommand('twelveFactor.browseRules', 'missing-sigterm');
  click('.quick-input-list .monaco-list-row:has-text("missing-sigterm-handler")');
  await untilPage('missing-sigterm-handler');
});

testWithClicks('a rule is turned off in the list of rules', async (click) => {
  await open(SERVER);
  await untilFound(SERVER, 'hardcoded-port');
  await vscode.commands.executeCommand('twelveFactor.browseRules', 'hardcoded-port');
  click('.quick-input-list .monaco-list-row.focused .action-label[aria-label="Turn Off"]');
  await untilGone(SERVER, 'hardcoded-port');
  await untilSaved('app/twelve-factor.json', '"hardcoded-port": "off"');
  await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
});

testWithClicks('the name of a rule in a hover opens our page as a preview', async (click) => {
  const editor = await open(SERVER);
  const { range } = await untilFound(SERVER, 'hardcoded-port');
  // Inside: at its start, the finding that ends there speaks up as well.
  const inside = range.start.translate(0, 1);
  editor.selection = new vscode.Selection(inside, inside);
  await vscode.commands.executeCommand('editor.action.showHover');
  click('.monaco-hover a.code-link:has-text("hardcoded-port")');
  const tab = await untilPage('hardcoded-port');
  ok(tab.input instanceof vscode.TabInputCustom, 'the page is shown as plain text');
  equal(tab.input.uri.toString(), 'twelve-factor-rule:/hardcoded-port.md');
});

test('what is no rule has a page, too', async () => {
  for (const name of [
    'unused-suppression',
    'suppression-reason',
    'not-analysed',
    'configuration',
  ]) {
    const page = vscode.Uri.from({ scheme: 'twelve-factor-rule', path: `/${name}.md` });
    contains((await vscode.workspace.openTextDocument(page)).getText(), `# ${name}\n`);
  }
});

test('a report of an issue has versions, and nothing of the project', async () => {
  await open(SERVER);
  await vscode.commands.executeCommand('twelveFactor.reportIssue');
  const report = vscode.window.activeTextEditor?.document;
  ok(report?.isUntitled, 'no new document');
  const words = report.getText();
  contains(words, `| VS Code | ${vscode.version}`);
  contains(words, /\| Server \| \d+\.\d+\.\d+ \|/);
  for (const folder of vscode.workspace.workspaceFolders ?? [])
    for (const secret of [folder.uri.path, 'shop-api', 'server.ts', 'payments'])
      ok(!words.includes(secret), `${secret} is in the report`);
});
