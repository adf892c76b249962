import type { FileSystemWatcher } from 'vscode-languageserver';

/**
 * What the client is asked to watch: everything; the table of file kinds then says what matters (`RootFiles.concerns`). No list of
 * globs would do: scripts are known by their first line, no glob says "a name without a dot", and of a folder that goes, or comes
 * by moving, editors name the folder alone. It costs little: VS Code hands its extensions every event of the workspace whatever
 * they watch, its client passes them on in batches, and one that does not matter takes the server less than ten microseconds.
 */
export const WATCHERS: readonly FileSystemWatcher[] = [{ globPattern: '**/*' }];
