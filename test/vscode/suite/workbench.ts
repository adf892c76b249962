// What the tests do to VS Code and see of it.
import { ok } from './expect';
import * as vscode from 'vscode';
import type { TwelveFactorApi } from '../../../client/src/activate';
import { until } from './until';

/** Of the packaged manifest: publisher and name. */
const EXTENSION = 'twelve-factor.twelve-factor';

/** The extension under test. */
export function extension(): vscode.Extension<TwelveFactorApi> {
  const found = vscode.extensions.getExtension<TwelveFactorApi>(EXTENSION);
  ok(found, `${EXTENSION} is not installed`);
  return found;
}

/** What the extension exports. */
export async function twelveFactor(): Promise<TwelveFactorApi> {
  return extension().activate();
}

/** Waits until the server has nothing left to do. */
export async function untilReady(): Promise<TwelveFactorApi> {
  const api = await twelveFactor();
  await until(
    'a server that is ready',
    [api.onDidChangeStatus],
    () => api.status.state === 'ready',
    () => JSON.stringify(api.status),
  );
  return api;
}

/** A file by folder and path, e.g. `app/src/server.ts`. */
export function uri(path: string): vscode.Uri {
  const [name, ...rest] = path.split('/');
  const folder = vscode.workspace.workspaceFolders?.find((candidate) => candidate.name === name);
  ok(folder, `no folder ${String(name)} in the workspace`);
  return vscode.Uri.joinPath(folder.uri, ...rest);
}

export async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(uri(path));
}

/** Findings of one rule in a file, as the Problems panel has them now. */
export function findings(path: string, rule: string): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri(path))
    .filter(({ source, code }) => source === 'twelve-factor' && codeText(code) === rule);
}

/** Waits for the first finding of a rule in a file. */
export function untilFound(path: string, rule: string): Promise<vscode.Diagnostic> {
  return until(
    `${rule} in ${path}`,
    [vscode.languages.onDidChangeDiagnostics],
    () => findings(path, rule)[0],
    () => `There: ${codes(path)}`,
  );
}

/** Waits until a file has no finding of a rule. */
export async function untilGone(path: string, rule: string): Promise<void> {
  await until(
    `no ${rule} in ${path}`,
    [vscode.languages.onDidChangeDiagnostics],
    () => findings(path, rule).length === 0,
    () => `There: ${codes(path)}`,
  );
}

/** Waits until a finding has a severity. */
export async function untilSeverity(
  path: string,
  rule: string,
  severity: vscode.DiagnosticSeverity,
): Promise<void> {
  await until(`${rule} in ${path} at ${severity}`, [vscode.languages.onDidChangeDiagnostics], () =>
    findings(path, rule).some((finding) => finding.severity === severity),
  );
}

/** What VS Code shows on hovering. */
export async function hoverText(path: string, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri(path),
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
    .join('\n');
}

/** The quick fixes that VS Code offers at a finding, in the order of the menu. */
export async function quickFixes(
  path: string,
  finding: vscode.Diagnostic,
): Promise<vscode.CodeAction[]> {
  try {
    return await askForQuickFixes(path, finding);
  } catch (error) {
    // VS Code gives up when another extension joins in meanwhile, as some do just after the start.
    if (!(error instanceof Error) || error.name !== 'Canceled') throw error;
    return quickFixes(path, finding);
  }
}

async function askForQuickFixes(
  path: string,
  finding: vscode.Diagnostic,
): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri(path),
    finding.range,
    vscode.CodeActionKind.QuickFix.value,
    50,
  );
}

/** Applies a quick fix like a choice in the menu: the edit, then the command. */
export async function apply(action: vscode.CodeAction): Promise<void> {
  if (action.edit) ok(await vscode.workspace.applyEdit(action.edit), action.title);
  if (action.command) {
    const args: readonly unknown[] = action.command.arguments ?? [];
    await vscode.commands.executeCommand(action.command.command, ...args);
  }
}

/** Replaces the first occurrence of a text in an editor, like typing. */
export async function edit(editor: vscode.TextEditor, old: string, by: string): Promise<void> {
  const start = editor.document.getText().indexOf(old);
  ok(start >= 0, `no ${old} in ${editor.document.uri.path}`);
  const range = new vscode.Range(
    editor.document.positionAt(start),
    editor.document.positionAt(start + old.length),
  );
  ok(await editor.edit((builder) => builder.replace(range, by)), 'the edit was refused');
}

/** Changes the folders of the workspace, and waits until VS Code has. */
export async function changeFolders(change: () => boolean): Promise<void> {
  const before = vscode.workspace.workspaceFolders?.length;
  const changed = until(
    'other workspace folders',
    [vscode.workspace.onDidChangeWorkspaceFolders],
    () => vscode.workspace.workspaceFolders?.length !== before,
  );
  ok(change(), 'the folders cannot be changed');
  await changed;
}

/** The text of a file as VS Code sees it, unsaved edits included. */
export async function text(path: string): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri(path))).getText();
}

/**
 * Waits until words stand in a file on disk. VS Code shows an edit before it saves it: who goes on too early finds the edit saved over
 * what came next.
 */
export async function untilSaved(path: string, words: string): Promise<void> {
  const looked = new vscode.EventEmitter<void>();
  let now = '';
  const look = async (): Promise<void> => {
    // It may not be there yet.
    now = await read(path).catch(() => '');
    looked.fire();
  };
  const saving = vscode.workspace.onDidSaveTextDocument(() => void look());
  try {
    void look();
    const isSaved = (): boolean => now.includes(words);
    await until(`${words} in ${path}`, [looked.event], isSaved, () => now);
  } finally {
    vscode.Disposable.from(saving, looked).dispose();
  }
}

/** The text of a file on disk. Opens no document: one that is open hides from the server what happens to the file. */
export async function read(path: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri(path)));
}

export async function write(path: string, content: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri(path), new TextEncoder().encode(content));
}

/** Sets a setting of a folder; undefined takes it back. */
export async function setSetting(folder: string, name: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('twelveFactor', uri(folder))
    .update(name, value, vscode.ConfigurationTarget.WorkspaceFolder);
}

/** Closes all editors without saving: the next test starts from the files on disk. */
export async function revertAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

function codes(path: string): string {
  return vscode.languages
    .getDiagnostics(uri(path))
    .map(({ source, code }) => `${source ?? ''} ${codeText(code)}`)
    .join(', ');
}

function codeText(code: vscode.Diagnostic['code']): string {
  return String(typeof code === 'object' ? code.value : code);
}
