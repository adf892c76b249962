import * as vscode from 'vscode';
import { contains, equal, ok } from './expect';
import { test } from './runner';
import { edit, hoverText, open, uri, untilFound, untilGone, read, write } from './workbench';

const SERVER = 'app/src/server.ts';
const PAYMENTS = 'app/src/payments.ts';

test('a squiggle has a place, a severity, a rule and a link', async () => {
  const { document } = await open(SERVER);
  const finding = await untilFound(SERVER, 'hardcoded-port');
  contains(document.getText(finding.range), '3000');
  equal(finding.severity, vscode.DiagnosticSeverity.Warning);
  ok(typeof finding.code === 'object', 'the rule is no link');
  equal(finding.code.target.toString(), 'twelve-factor-rule:/hardcoded-port.md');
  ok(!finding.message.includes('\n'), 'the message has more than one line');
});

test('files that are not open have findings too', async () => {
  await untilFound(SERVER, 'in-memory-session');
  await untilFound(SERVER, 'missing-sigterm-handler');
  await untilFound(PAYMENTS, 'hardcoded-url');
  await untilFound('app/src/logger.ts', 'file-transport');
  await untilFound('app/src/logger.ts', 'fs-log-write');
  await untilFound('app/src/auth.ts', 'hardcoded-secret');
});

test('a squiggle goes and comes with the text', async () => {
  const editor = await open(SERVER);
  await untilFound(SERVER, 'hardcoded-port');
  await edit(editor, '3000', 'Number(process.env.PORT ?? 3000)');
  await untilGone(SERVER, 'hardcoded-port');
  await vscode.commands.executeCommand('undo');
  await untilFound(SERVER, 'hardcoded-port');
});

test('hovering tells the reason', async () => {
  await open(SERVER);
  const finding = await untilFound(SERVER, 'hardcoded-port');
  contains(await hoverText(SERVER, finding.range.start), '12factor.net/port-binding');
});

test('a deleted file takes its findings along, a created one brings some', async () => {
  await untilFound(PAYMENTS, 'hardcoded-url');
  const content = await read(PAYMENTS);
  await vscode.workspace.fs.delete(uri(PAYMENTS));
  await untilGone(PAYMENTS, 'hardcoded-url');
  await write(PAYMENTS, content);
  await untilFound(PAYMENTS, 'hardcoded-url');
});
