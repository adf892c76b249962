import type { Connection } from 'vscode-languageserver';
import type { Host, ReadResult, Timers } from './host';
import {
  ReadDirectoryRequest,
  ReadFileRequest,
  type ReadDirectoryResult,
  type ReadFileResult,
} from './protocol';
import { maxBytes } from './workspace/readable';
import { fileUri } from './workspace/root-uri';
import { walk } from './workspace/walk';

/** Files that only the client can read: in a browser, or of a virtual workspace. */
export function createClientHost(connection: Connection): Host & Timers {
  const read = (root: string, path: string): Promise<ReadResult> =>
    connection.sendRequest<ReadFileResult>(ReadFileRequest, {
      uri: fileUri(root, path),
      maxBytes: maxBytes(path),
    });
  return {
    list: (root, exclude) =>
      walk(
        {
          async entries(folder) {
            const uri = folder === '' ? root : fileUri(root, folder);
            const result = await connection.sendRequest<ReadDirectoryResult>(ReadDirectoryRequest, {
              uri,
            });
            if (result.kind === 'entries') return result.entries;
            return result.kind === 'missing' ? [] : { unreadable: result.reason };
          },
          async text(path) {
            const result = await read(root, path);
            return result.kind === 'text' ? result.text : undefined;
          },
        },
        exclude,
      ),
    read,
    now: () => performance.now(),
    yield: () => new Promise((resolve) => setTimeout(resolve, 0)),
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return { dispose: () => clearTimeout(timer) };
    },
  };
}
