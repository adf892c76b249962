import * as vscode from 'vscode';
import { contains, equal, ok } from './expect';
import { testWithClicks, test } from './runner';
import { apply, edit, open, quickFixes, text, untilFound, untilGone, uri } from './workbench';

const SERVER = 'app/src/server.ts';
const PAYMENTS = 'app/src/payments.ts';
const STATUS = 'worker/src/status.js';

test('a quick fix edits the source and .env.example', async () => {
  await open(PAYMENTS);
  const finding = await untilFound(PAYMENTS, 'hardcoded-url');
  const actions = await quickFixes(PAYMENTS, finding);
  const fix = actions.find(({ isPreferred }) => isPreferred);
  ok(fix, `no preferred fix among: ${actions.map(({ title }) => title).join(', ')}`);
  await apply(fix);
  await untilGone(PAYMENTS, 'hardcoded-url');
  const source = await text(PAYMENTS);
  const variable = /process\.env\.([A-Z][A-Z0-9_]*)/.exec(source)?.[1];
  ok(variable, `no variable in the source:\n${source}`);
  contains(await text('app/.env.example'), new RegExp(`^${variable}=`, 'm'));
});

test('saving applies the safe fixes, and no others', async () => {
  const onSave = vscode.workspace.getConfiguration('editor', uri(SERVER));
  await onSave.update('codeActionsOnSave', { 'source.fixAll.twelveFactor': 'explicit' });
  try {
    const editor = await open(SERVER);
    await untilFound(SERVER, 'hardcoded-port');
    await edit(editor, 'const app = express();', 'const app = express(); // edited');
    ok(await editor.document.save(), 'not saved');
    await untilGone(SERVER, 'hardcoded-port');
    contains(editor.document.getText(), 'process.env.PORT');
    ok(!editor.document.getText().includes('SIGTERM'), 'a fix that is not safe was applied');
  } finally {
    await onSave.update('codeActionsOnSave', undefined);
  }
});

test('a quick fix asks why, and suppresses a finding', async () => {
  await open(PAYMENTS);
  const finding = await untilFound(PAYMENTS, 'hardcoded-url');
  const actions = await quickFixes(PAYMENTS, finding);
  const suppress = actions.find(({ title }) => title === 'Disable hardcoded-url for this line…');
  ok(suppress?.command, `only: ${actions.map(({ title }) => title).join(', ')}`);
  const [argument] = suppress.command.arguments as unknown[];
  // What a person types comes as an argument.
  await vscode.commands.executeCommand(suppress.command.command, argument, 'the mesh routes it');
  contains(
    await text(PAYMENTS),
    '// twelve-factor-disable-next-line hardcoded-url -- the mesh routes it\n',
  );
  await untilGone(PAYMENTS, 'hardcoded-url');
});

test('a quick fix turns a rule off', async () => {
  await open(PAYMENTS);
  const finding = await untilFound(PAYMENTS, 'hardcoded-url');
  const actions = await quickFixes(PAYMENTS, finding);
  const action = actions.find(({ title }) => title.startsWith('Turn off hardcoded-url'));
  ok(action, `only: ${actions.map(({ title }) => title).join(', ')}`);
  await apply(action);
  await untilGone(PAYMENTS, 'hardcoded-url');
  contains(await text('app/twelve-factor.json'), '"hardcoded-url": "off"');
});

test('a quick fix leaves a file out, in the configuration file that there is', async () => {
  await open(STATUS);
  const finding = await untilFound(STATUS, 'missing-sigterm-handler');
  const actions = await quickFixes(STATUS, finding);
  const action = actions.find(({ title }) => title.startsWith('Leave src/status.js out'));
  ok(action, `only: ${actions.map(({ title }) => title).join(', ')}`);
  await apply(action);
  await untilGone(STATUS, 'missing-sigterm-handler');
  const config = await text('worker/twelve-factor.json');
  contains(config, '// This service sits on a fixed port on purpose');
  contains(config, '"src/status.js"');
});

test('the menu of source actions fixes the file and the workspace', async () => {
  const { document } = await open(SERVER);
  await untilFound(SERVER, 'hardcoded-port');
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(0, 0, 0, 0),
    'source',
    50,
  );
  const ours = actions.filter(({ title }) => title.includes('Twelve-Factor'));
  equal(
    ours.map(({ title }) => title),
    [
      'Fix all safe Twelve-Factor problems in this file',
      'Fix all safe Twelve-Factor problems in the workspace…',
    ],
  );
  ok(ours[0], 'no action');
  await apply(ours[0]);
  contains(document.getText(), 'process.env.PORT');
});

testWithClicks('the safe fixes of the workspace are applied, after a preview', async (click) => {
  await untilFound(SERVER, 'hardcoded-port');
  const fixed = vscode.commands.executeCommand('twelveFactor.fixAllInWorkspace');
  click('.bulk-edit-panel .monaco-button:has-text("Apply")');
  await fixed;
  contains(await text(SERVER), 'process.env.PORT');
  contains(await text(PAYMENTS), 'process.env');
  await untilGone(SERVER, 'hardcoded-port');
});

testWithClicks('a rule is fixed in the whole workspace, after a preview', async (click) => {
  await untilFound(PAYMENTS, 'hardcoded-url');
  const fixed = vscode.commands.executeCommand('twelveFactor.fixAllOfRule', 'hardcoded-url');
  click('.bulk-edit-panel .monaco-button:has-text("Apply")');
  await fixed;
  contains(await text(PAYMENTS), 'process.env');
  await untilGone(PAYMENTS, 'hardcoded-url');
});

test('the command fixes all of a file', async () => {
  const { document } = await open(SERVER);
  await untilFound(SERVER, 'hardcoded-port');
  await vscode.commands.executeCommand('twelveFactor.fixAllInFile');
  contains(document.getText(), 'process.env.PORT');
  await untilGone(SERVER, 'hardcoded-port');
});
