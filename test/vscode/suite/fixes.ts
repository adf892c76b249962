import * as vscode from 'vscode';
import { contains, ok } from './expect';
import { testWithClicks, test } from './runner';
import { apply, edit, open, quickFixes, text, untilFound, untilGone, uri } from './workbench';

const SERVER = 'app/src/server.ts';
const PAYMENTS = 'app/src/payments.ts';

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

test('a quick fix suppresses a finding', async () => {
  await open(PAYMENTS);
  const finding = await untilFound(PAYMENTS, 'hardcoded-url');
  const actions = await quickFixes(PAYMENTS, finding);
  const suppress = actions.find(
    ({ edit: change }) =>
      change
        ?.get(uri(PAYMENTS))
        .some(({ newText }) => newText.includes('twelve-factor-disable-next-line hardcoded-url')) ??
      false,
  );
  ok(suppress, `only: ${actions.map(({ title }) => title).join(', ')}`);
  await apply(suppress);
  await untilGone(PAYMENTS, 'hardcoded-url');
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
