import * as vscode from 'vscode';
import { equal, ok } from './expect';
import { test } from './runner';
import { extension, twelveFactor, untilReady } from './workbench';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

test('VS Code activates the extension for this workspace, and the server gets ready', async () => {
  ok(extension().isActive, 'not activated by VS Code');
  const { status } = await untilReady();
  ok(status.analysed >= 6, `only ${status.analysed} files analysed`);
  ok((status.findings ?? 0) >= 6, `only ${status.findings} findings`);
  equal(status.notAnalysed, 0, 'Files that could not be analysed');
});

test('every contributed command exists', async () => {
  await twelveFactor();
  const { contributes } = extension().packageJSON as Manifest;
  const registered = new Set(await vscode.commands.getCommands(true));
  const missing = contributes.commands.filter(({ command }) => !registered.has(command));
  equal(missing, []);
});
