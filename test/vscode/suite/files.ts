// The workspace's files on disk: changed by tests, put back between them.
import * as vscode from 'vscode';
import { until } from './until';

let originals: ReadonlyMap<string, Uint8Array> | undefined;

/** Remembers every file at the first call; at later calls puts back what has changed since. */
export async function restoreFiles(): Promise<void> {
  const now = await filesOnDisk();
  originals ??= now;
  for (const [file, content] of originals) {
    if (!same(now.get(file), content)) await writeBytes(vscode.Uri.parse(file), content);
  }
  for (const file of now.keys()) {
    if (!originals.has(file)) await remove(vscode.Uri.parse(file));
  }
}

/** A document that VS Code still holds would hide from the server that its file is gone: it ends empty. */
async function remove(file: vscode.Uri): Promise<void> {
  const held = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  if (held) {
    await writeBytes(file, new Uint8Array());
    await until(
      `an empty document of ${file.path}`,
      [vscode.workspace.onDidChangeTextDocument, vscode.workspace.onDidCloseTextDocument],
      () => held.isClosed || held.getText() === '',
    );
  }
  await vscode.workspace.fs.delete(file);
}

async function filesOnDisk(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const folder of vscode.workspace.workspaceFolders ?? []) await collect(folder.uri, files);
  return files;
}

async function collect(folder: vscode.Uri, files: Map<string, Uint8Array>): Promise<void> {
  for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
    const child = vscode.Uri.joinPath(folder, name);
    if (type === vscode.FileType.Directory) await collect(child, files);
    else files.set(child.toString(), await vscode.workspace.fs.readFile(child));
  }
}

async function writeBytes(file: vscode.Uri, content: Uint8Array): Promise<void> {
  await vscode.workspace.fs.writeFile(file, content);
}

function same(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a?.length === b.length && a.every((byte, index) => byte === b[index]);
}
