import * as vscode from 'vscode';
import { contains, equal, ok } from './expect';
import { MemoryFiles } from './memory-files';
import { test } from './runner';
import { all, untilTree } from './trees';
import {
  changeFolders,
  hoverText,
  open,
  quickFixes,
  revertAll,
  untilFound,
  uri,
} from './workbench';

const SCHEME = 'memory';
const SERVER = 'virtual/src/server.js';
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
  [
    '/shop/src/server.js',
    "const app = require('express')();\nconsole.log(process.env.SHOP_NAME);\napp.listen(3000);\n",
  ],
  ['/shop/.env.example', 'SHOP_NAME=\n'],
]);

/** Opens a folder that is not on disk and cannot be written, as long as a test runs. */
export async function withVirtualFolder(body: () => Promise<void>): Promise<void> {
  const root = vscode.Uri.from({ scheme: SCHEME, path: '/shop' });
  const provider = vscode.workspace.registerFileSystemProvider(SCHEME, new MemoryFiles(FILES), {
    isReadonly: true,
  });
  const end = vscode.workspace.workspaceFolders?.length ?? 0;
  try {
    await changeFolders(() =>
      vscode.workspace.updateWorkspaceFolders(end, 0, { uri: root, name: 'virtual' }),
    );
    await untilFound(SERVER, 'hardcoded-port');
    await body();
  } finally {
    // While there is someone to ask what the files were.
    await revertAll();
    await changeFolders(() => vscode.workspace.updateWorkspaceFolders(end, 1));
    provider.dispose();
  }
}

test('a virtual folder has findings and fixes', () =>
  withVirtualFolder(async () => {
    const finding = await untilFound(SERVER, 'hardcoded-port');
    await open(SERVER);
    contains(await hoverText(SERVER, finding.range.start), '12factor.net/port-binding');
    const fixes = await quickFixes(SERVER, finding);
    ok(
      fixes.some(({ isPreferred }) => isPreferred),
      `no preferred fix among: ${fixes.map(({ title }) => title).join(', ')}`,
    );
  }));

test('what is shown of a virtual folder leads into it', () =>
  withVirtualFolder(async () => {
    const shown = await untilTree('findings', 'findings of the folder', (roots) => {
      const own = all(roots).filter(({ node }) => JSON.stringify(node).includes('memory:/shop'));
      return own.length > 0 && own;
    });
    const targets = shown.flatMap(({ item }) => (item.command?.arguments ?? []) as unknown[]);
    const uris = targets.filter((target) => target instanceof vscode.Uri);
    ok(uris.length > 0, 'nothing leads anywhere');
    ok(
      uris.every(({ scheme }) => scheme === SCHEME),
      `leads elsewhere: ${uris.join(', ')}`,
    );
    const { document } = await open(SERVER);
    const at = document.positionAt(document.getText().indexOf('SHOP_NAME'));
    const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      uri(SERVER),
      at,
    );
    const found = places.map((place) => ('uri' in place ? place.uri : place.targetUri).toString());
    ok(found.includes(uri('virtual/.env.example').toString()), `found: ${found.join(', ')}`);
  }));

test('what cannot be written in a virtual folder is said, and nothing is left half done', () =>
  withVirtualFolder(async () => {
    // It does not reject: the person is told, not the log.
    await vscode.commands.executeCommand('twelveFactor.excludeFile', uri(SERVER));
    await untilFound(SERVER, 'hardcoded-port');
    equal(FILES.has('/shop/twelve-factor.json'), false);
  }));
