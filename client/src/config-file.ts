import { FileSystemError, Uri, window, workspace, type WorkspaceFolder } from 'vscode';
import { warn } from './telling';

const FILE_NAME = 'twelve-factor.json';

const TEMPLATE = `{
  // Severity by rule: "error", "warning", "information", "hint" or "off".
  "rules": {},

  // Severity by factor, for the rules not named above.
  "factors": {},

  // Files that are not analysed, as glob patterns relative to this folder.
  "exclude": []
}
`;

/** Opens the configuration file of a folder (asking which, where there are several), creating it when there is none. */
export async function createConfigFile(): Promise<void> {
  const folder = await pickFolder();
  if (folder === undefined) return;
  const uri = Uri.joinPath(folder.uri, FILE_NAME);
  if (!(await exists(uri))) await workspace.fs.writeFile(uri, new TextEncoder().encode(TEMPLATE));
  await window.showTextDocument(uri);
}

/** The folder that a configuration file belongs to, asked for where there are several; undefined, and said, where there is none. */
export async function pickFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length > 1) {
    return window.showWorkspaceFolderPick({ placeHolder: `Folder of ${FILE_NAME}` });
  }
  if (folders[0] === undefined) {
    void warn(`Open a folder first: ${FILE_NAME} belongs to a folder.`);
  }
  return folders[0];
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return false;
    throw error;
  }
}
