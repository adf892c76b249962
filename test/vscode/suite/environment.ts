import * as vscode from 'vscode';
import { contains, equal, ok } from './expect';
import { test } from './runner';
import { edit, hoverText, open, text, untilReady, write } from './workbench';

const SERVER = 'app/src/server.ts';
const EXAMPLE = 'app/.env.example';
const TYPES = 'app/src/env.d.ts';
const VARIABLE = 'COOKIE_DOMAIN';

/** The position within the variable's name in a document. */
function at(document: vscode.TextDocument): vscode.Position {
  const start = document.getText().indexOf(VARIABLE);
  ok(start >= 0, `no ${VARIABLE} in ${document.uri.path}`);
  return document.positionAt(start + 3);
}

async function labelsBehind(editor: vscode.TextEditor, word: string): Promise<string[]> {
  const end = editor.document.getText().indexOf(word) + word.length;
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    editor.document.uri,
    editor.document.positionAt(end),
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function references(document: vscode.TextDocument): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.Location[]>(
    'vscode.executeReferenceProvider',
    document.uri,
    at(document),
  );
  return found.map(
    ({ uri: file, range }) => `${file.path.replace(/^.*\//, '')}:${range.start.line}`,
  );
}

test('names of variables are completed once, beside TypeScript', async () => {
  await untilReady();
  const editor = await open(SERVER);
  await edit(editor, `process.env.${VARIABLE}`, 'process.env.');
  const labels = await labelsBehind(editor, 'domain: process.env.');
  equal(
    labels.filter((label) => label === VARIABLE),
    [VARIABLE],
  );
  ok(labels.includes('SESSION_SECRET'), `only: ${labels.join(', ')}`);
});

test('a variable that ProcessEnv declares is completed and found once', async () => {
  await write(
    TYPES,
    `declare namespace NodeJS {\n  interface ProcessEnv {\n    ${VARIABLE}: string;\n  }\n}\n`,
  );
  await vscode.commands.executeCommand('twelveFactor.analyzeWorkspace');
  const editor = await open(SERVER);
  const found = await references(editor.document);
  equal(found.length, new Set(found).size, `twice: ${found.join(', ')}`);
  ok(found.includes('.env.example:1'), `only: ${found.join(', ')}`);
  await edit(editor, `process.env.${VARIABLE}`, 'process.env.');
  const labels = await labelsBehind(editor, 'domain: process.env.');
  ok(labels.filter((label) => label === VARIABLE).length <= 1, `twice: ${labels.join(', ')}`);
});

test('a variable that a script names already is completed once', async () => {
  const path = 'app/src/again.js';
  await write(path, `console.log(process.env.);\nconsole.log(process.env.${VARIABLE});\n`);
  await vscode.commands.executeCommand('twelveFactor.analyzeWorkspace');
  const labels = await labelsBehind(await open(path), 'process.env.');
  equal(labels.filter((label) => label === VARIABLE).length, 1, labels.join(', '));
});

test('hovering over a variable tells where it is documented and read', async () => {
  await untilReady();
  const { document } = await open(SERVER);
  const shown = await hoverText(SERVER, at(document));
  contains(shown, /Documented: .*\.env\.example:2/);
  contains(shown, /Read.*src\/server\.ts/);
});

test('a variable is renamed in code and in the example file', async () => {
  await untilReady();
  const { document } = await open(EXAMPLE);
  const change = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
    'vscode.executeDocumentRenameProvider',
    document.uri,
    at(document),
    'SESSION_DOMAIN',
  );
  ok(await vscode.workspace.applyEdit(change), 'not applied');
  contains(await text(EXAMPLE), 'SESSION_DOMAIN=');
  contains(await text(SERVER), 'process.env.SESSION_DOMAIN');
});

test('an example file counts the readers, and a click shows them', async () => {
  await untilReady();
  const { document } = await open(EXAMPLE);
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    10,
  );
  const lens = lenses.find(({ command }) => command?.title === '1 reader');
  ok(lens?.command, `only: ${lenses.map(({ command }) => command?.title).join(', ')}`);
  equal(lens.command.command, 'editor.action.showReferences');
});
