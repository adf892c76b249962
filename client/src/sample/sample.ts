import { commands, FileSystemError, Uri, window, workspace } from 'vscode';
import { SAMPLE_FILES } from './sample-files';

/** Where the sample lies in the extension. */
const FOLDER = 'sample';
const NAME = 'twelve-factor-sample';

const CHOOSE = 'In a Folder of Your Choice…';
const TEMPORARY = 'For a Look, in the Storage of the Extension';

/**
 * Copies the sample project and opens it.
 * @param extension the extension's folder
 * @param storage where the extension may keep files
 * @param given the folder to copy it into; it is not opened then
 * @returns the copy; undefined when the person thinks better of it
 */
export async function openSample(
  extension: Uri,
  storage: Uri,
  given?: unknown,
): Promise<Uri | undefined> {
  const parent = given instanceof Uri ? given : await chooseFolder(storage);
  if (parent === undefined) return undefined;
  const target = await freeFolder(parent);
  for (const file of SAMPLE_FILES) {
    const content = await workspace.fs.readFile(Uri.joinPath(extension, FOLDER, file));
    await workspace.fs.writeFile(Uri.joinPath(target, file), content);
  }
  if (!(given instanceof Uri)) await openFolder(target);
  return target;
}

async function chooseFolder(storage: Uri): Promise<Uri | undefined> {
  const choices = storage.scheme === 'file' ? [TEMPORARY, CHOOSE] : [CHOOSE];
  const [only] = choices;
  const placeHolder = 'Where to put the sample project';
  const choice = choices.length === 1 ? only : await window.showQuickPick(choices, { placeHolder });
  if (choice === TEMPORARY) return storage;
  if (choice === undefined) return undefined;
  const picked = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: 'Copy Sample Here',
    title: placeHolder,
  });
  return picked?.[0];
}

/** A folder that there is not yet: nothing of anybody is written over. */
async function freeFolder(parent: Uri): Promise<Uri> {
  for (let n = 1; ; n++) {
    const folder = Uri.joinPath(parent, n === 1 ? NAME : `${NAME}-${n}`);
    try {
      await workspace.fs.stat(folder);
    } catch (error) {
      if (error instanceof FileSystemError && error.code === 'FileNotFound') return folder;
      throw error;
    }
  }
}

/** In this window when it is empty, else in another one. */
async function openFolder(folder: Uri): Promise<void> {
  const isEmpty = (workspace.workspaceFolders ?? []).length === 0;
  await commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: !isEmpty });
}
