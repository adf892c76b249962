import * as vscode from 'vscode';

/** A read-only file system in memory, like those that show a repository without cloning it. */
export class MemoryFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  /** @param files text by path, e.g. `/shop/package.json` */
  constructor(private readonly files: ReadonlyMap<string, string>) {}

  stat(uri: vscode.Uri): vscode.FileStat {
    const times = { ctime: 0, mtime: 0 };
    const text = this.files.get(uri.path);
    if (text !== undefined) return { type: vscode.FileType.File, size: text.length, ...times };
    if (this.#names(uri).length > 0) return { type: vscode.FileType.Directory, size: 0, ...times };
    throw vscode.FileSystemError.FileNotFound(uri);
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    return this.#names(uri).map((name) => [name, this.stat(vscode.Uri.joinPath(uri, name)).type]);
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const text = this.files.get(uri.path);
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(text);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  /** What lies directly in a folder. */
  #names({ path }: vscode.Uri): string[] {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    const inside = [...this.files.keys()].filter((file) => file.startsWith(prefix));
    return [...new Set(inside.map((file) => file.slice(prefix.length).split('/')[0] ?? ''))];
  }
}
