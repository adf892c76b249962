import * as vscode from 'vscode';
import { contains, equal, ok } from './expect';
import { testRestricted } from './runner';
import { all, untilTree } from './trees';
import {
  extension,
  findings,
  hoverText,
  open,
  quickFixes,
  text,
  untilFound,
  untilGone,
  untilReady,
} from './workbench';

const SERVER = 'app/src/server.ts';

testRestricted('a restricted workspace has findings, with hovers, trees and the map', async () => {
  equal(vscode.workspace.isTrusted, false);
  ok(extension().isActive, 'not active');
  await untilReady();
  await open(SERVER);
  const finding = await untilFound(SERVER, 'hardcoded-port');
  contains(await hoverText(SERVER, finding.range.start), '12factor.net/port-binding');
  await untilTree('findings', 'a factor', (shown) =>
    all(shown).some(({ label }) => label === 'III. Config'),
  );
  await untilTree('map', 'an app', (shown) => all(shown).some(({ label }) => label === 'app'));
});

testRestricted('a restricted workspace is fixed: nothing of it is run for that', async () => {
  const editor = await open(SERVER);
  const finding = await untilFound(SERVER, 'hardcoded-port');
  const [fix] = await quickFixes(SERVER, finding);
  ok(fix?.edit, 'no fix');
  ok(await vscode.workspace.applyEdit(fix.edit), 'not applied');
  contains(editor.document.getText(), 'process.env.PORT');
  await untilGone(SERVER, 'hardcoded-port');
  await vscode.commands.executeCommand('undo');
  await untilFound(SERVER, 'hardcoded-port');
});

testRestricted('settings of a restricted workspace count', async () => {
  await untilFound('worker/src/status.js', 'missing-sigterm-handler');
  // The folder's own configuration file switches this one off.
  equal(findings('worker/src/status.js', 'hardcoded-port'), []);
  ok((await text(SERVER)).length > 0, 'no text');
});
