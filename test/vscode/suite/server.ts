import * as vscode from 'vscode';
import { contains, ok } from './expect';
import { test } from './runner';
import { until } from './until';
import { open, twelveFactor, untilFound, untilReady } from './workbench';

const SERVER = 'app/src/server.ts';

test('a restarted server reports again', async () => {
  const api = await untilReady();
  const states: string[] = [];
  const listener = api.onDidChangeStatus(({ state }) => states.push(state));
  await open(SERVER);
  await vscode.commands.executeCommand('twelveFactor.restartServer');
  await untilReady();
  listener.dispose();
  ok(states.includes('starting'), `no restart, only: ${states.join(', ')}`);
  await untilFound(SERVER, 'hardcoded-port');
});

test('analysing the workspace scans it again', async () => {
  const api = await twelveFactor();
  await vscode.commands.executeCommand('twelveFactor.analyzeWorkspace');
  const { findings = 0 } = (await untilReady()).status;
  ok(findings >= 6, `only ${findings} findings`);
  ok(api.status.notAnalysed === 0, 'files could not be analysed');
});

test("a rule's page opens", async () => {
  await vscode.commands.executeCommand('twelveFactor.showRuleDocs', 'hardcoded-port');
  await until('a tab with the page', [vscode.window.tabGroups.onDidChangeTabs], () =>
    vscode.window.tabGroups.all.some(({ tabs }) =>
      tabs.some(({ label }) => label.includes('hardcoded-port')),
    ),
  );
  const page = vscode.Uri.from({ scheme: 'twelve-factor-rule', path: '/hardcoded-port.md' });
  contains((await vscode.workspace.openTextDocument(page)).getText(), '# ');
});
