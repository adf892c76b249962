import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  ReadDirectoryRequest,
  ReadFileRequest,
  type DirectoryEntry,
  type ReadDirectoryParams,
  type ReadDirectoryResult,
  type ReadFileParams,
  type ReadFileResult,
} from '../../server/src/protocol';
import { reasonOf } from './words';

/** How far into a file a NUL byte says that it is binary. */
const BINARY_PROBE_BYTES = 8 * 1024;

/** Answers a server that cannot read the workspace itself: in the browser, or in a virtual workspace. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest(ReadDirectoryRequest, (params: ReadDirectoryParams) => readDirectory(params));
  client.onRequest(ReadFileRequest, (params: ReadFileParams) => readFile(params));
}

async function readDirectory({ uri }: ReadDirectoryParams): Promise<ReadDirectoryResult> {
  const folder = Uri.parse(uri, true);
  try {
    const children = await workspace.fs.readDirectory(folder);
    const entries = await Promise.all(children.map((child) => entry(folder, child)));
    return { kind: 'entries', entries: entries.filter((found) => found !== undefined) };
  } catch (error) {
    return failure(error);
  }
}

/** Undefined for what is neither file nor folder, or went away meanwhile. */
async function entry(
  folder: Uri,
  [name, type]: [string, FileType],
): Promise<DirectoryEntry | undefined> {
  if ((type & FileType.Directory) !== 0) {
    const isLink = (type & FileType.SymbolicLink) !== 0;
    return { name, kind: isLink ? 'link' : 'directory', size: 0 };
  }
  if ((type & FileType.File) === 0) return undefined;
  try {
    const { size } = await workspace.fs.stat(Uri.joinPath(folder, name));
    return { name, kind: 'file', size };
  } catch {
    return undefined;
  }
}

async function readFile({ uri, maxBytes }: ReadFileParams): Promise<ReadFileResult> {
  const file = Uri.parse(uri, true);
  try {
    const { size } = await workspace.fs.stat(file);
    if (size > maxBytes) return { kind: 'unreadable', reason: `larger than ${maxBytes} bytes` };
    const bytes = await workspace.fs.readFile(file);
    if (bytes.subarray(0, BINARY_PROBE_BYTES).includes(0)) {
      return { kind: 'unreadable', reason: 'binary file' };
    }
    return { kind: 'text', text: new TextDecoder().decode(bytes) };
  } catch (error) {
    return failure(error);
  }
}

function failure(
  error: unknown,
): { readonly kind: 'missing' } | { readonly kind: 'unreadable'; readonly reason: string } {
  if (error instanceof FileSystemError && error.code === 'FileNotFound') return { kind: 'missing' };
  return { kind: 'unreadable', reason: reasonOf(error) };
}
