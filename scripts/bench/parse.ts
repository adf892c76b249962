// Child process: what it costs to read and parse every source file of a folder with TypeScript, and nothing else.
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { createNodeHost } from '../../server/src/host-node';
import { AT_ONCE } from '../../server/src/host-node-disk';
import { reportRun } from './measure';

async function main(folder: string): Promise<void> {
  const host = createNodeHost(AT_ONCE);
  const root = pathToFileURL(folder).href;
  const { files } = await host.list(root, []);
  const sources = files.filter(({ path, ignored }) => !ignored && /\.[cm]?[jt]sx?$/.test(path));
  let bytes = 0;
  for (const { path } of sources) {
    const read = await host.read(root, path);
    if (read.kind !== 'text') continue;
    bytes += read.text.length;
    ts.createSourceFile(path, read.text, ts.ScriptTarget.Latest, false);
  }
  reportRun(sources.length, bytes);
}

void main(process.argv[2] ?? '.');
