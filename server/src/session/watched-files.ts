import type { FileSystemWatcher } from 'vscode-languageserver';

/**
 * What the client is asked to watch: everything; the server then asks the table of file kinds what matters. No list of globs
 * would do: scripts are known by their first line, no glob says "a name without a dot", and of a folder that goes, or comes by
 * moving, editors name the folder alone. It costs little: VS Code hands every event of the workspace to its extensions whatever
 * they watch, its client sends them in batches, and the server looks up a path in less than a microsecond.
 */
export const WATCHERS: readonly FileSystemWatcher[] = [{ globPattern: '**/*' }];
