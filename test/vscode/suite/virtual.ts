import * as vscode from 'vscode';
import { ok } from './expect';
import { MemoryFiles } from './memory-files';
import { test } from './runner';
import { changeFolders, open, quickFixes, untilFound } from './workbench';

const SCHEME = 'memory';
const FILES = new Map([
  [
    '/shop/package.json',
    JSON.stringify({
      name: 'shop',
      private: true,
      scripts: { start: 'node src/server.js' },
      dependencies: { express: '^4.21.0' },
    }),
  ],
  ['/shop/src/server.js', "const app = require('express')();\n\napp.listen(3000);\n"],
]);

test('a folder that is not on disk has findings and fixes', async () => {
  const root = vscode.Uri.from({ scheme: SCHEME, path: '/shop' });
  const provider = vscode.workspace.registerFileSystemProvider(SCHEME, new MemoryFiles(FILES), {
    isReadonly: true,
  });
  const end = vscode.workspace.workspaceFolders?.length ?? 0;
  try {
    await changeFolders(() =>
      vscode.workspace.updateWorkspaceFolders(end, 0, { uri: root, name: 'virtual' }),
    );
    const finding = await untilFound('virtual/src/server.js', 'hardcoded-port');
    await open('virtual/src/server.js');
    const fixes = await quickFixes('virtual/src/server.js', finding);
    ok(
      fixes.some(({ isPreferred }) => isPreferred),
      `no preferred fix among: ${fixes.map(({ title }) => title).join(', ')}`,
    );
  } finally {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await changeFolders(() => vscode.workspace.updateWorkspaceFolders(end, 1));
    provider.dispose();
  }
});
