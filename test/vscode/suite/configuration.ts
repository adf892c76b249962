import * as vscode from 'vscode';
import { equal, ok } from './expect';
import { test } from './runner';
import {
  edit,
  findings,
  hoverText,
  open,
  setSetting,
  untilFound,
  untilGone,
  untilSeverity,
  uri,
  write,
} from './workbench';

const SERVER = 'app/src/server.ts';
const STATUS = 'worker/src/status.js';

test('a setting changes a severity, or switches a rule off', async () => {
  await untilFound(SERVER, 'hardcoded-port');
  try {
    await setSetting('app', 'rules.hardcoded-port', 'error');
    await untilSeverity(SERVER, 'hardcoded-port', vscode.DiagnosticSeverity.Error);
    await setSetting('app', 'rules.hardcoded-port', 'off');
    await untilGone(SERVER, 'hardcoded-port');
  } finally {
    await setSetting('app', 'rules.hardcoded-port', undefined);
  }
  await untilSeverity(SERVER, 'hardcoded-port', vscode.DiagnosticSeverity.Warning);
});

test('each folder has its own configuration file', async () => {
  await untilFound(SERVER, 'hardcoded-port');
  await untilGone(STATUS, 'hardcoded-port');
  await write('app/twelve-factor.json', '{ "rules": { "hardcoded-port": "off" } } // all of them');
  await untilGone(SERVER, 'hardcoded-port');
  await vscode.workspace.fs.delete(uri('worker/twelve-factor.json'));
  await untilFound(STATUS, 'hardcoded-port');
  await vscode.workspace.fs.delete(uri('app/twelve-factor.json'));
  await untilFound(SERVER, 'hardcoded-port');
});

test('on request, findings wait until the file is saved', async () => {
  await setSetting('app', 'run', 'onSave');
  try {
    const editor = await open(SERVER);
    await untilFound(SERVER, 'hardcoded-port');
    await edit(editor, '3000', 'Number(process.env.PORT ?? 3000)');
    // The server has seen the new text when it answers; it says nothing at this place any more.
    const { range } = await untilFound(SERVER, 'hardcoded-port');
    equal((await hoverText(SERVER, range.start)).includes('hardcoded-port'), false);
    equal(findings(SERVER, 'hardcoded-port').length, 1, 'Findings before saving');
    ok(await editor.document.save(), 'not saved');
    await untilGone(SERVER, 'hardcoded-port');
  } finally {
    await setSetting('app', 'run', undefined);
  }
});
