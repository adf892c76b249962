import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { createHostByScheme } from './host-by-scheme';
import { createClientHost } from './host-client';
import { createNodeHost } from './host-node';
import { startServer } from './server';
import { connectionOptions } from './session/connection-options';

const options = connectionOptions((message) => connection.console.warn(message));
const connection = process.argv.includes('--stdio')
  ? createConnection(ProposedFeatures.all, readerOfInput(), writerOfOutput(), options)
  : createConnection(ProposedFeatures.all, options);
// Standard output may be the wire.
console.log = (...data: unknown[]) => connection.console.log(data.map(String).join(' '));
startServer(connection, createHostByScheme(createNodeHost(), createClientHost(connection)), {
  atRest: collectGarbage,
});
connection.listen();

/**
 * Gives back what a scan needed: without work, the engine collects nothing, and keeps a quarter more than it uses. It takes a tenth of a
 * second, while nobody waits. `--expose-gc` is how Node lets programs ask for it.
 */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // The first finds what is of no use, the next give back the room for what is new, once that is empty.
  collect();
  collect();
  setTimeout(collect, 1_000).unref();
}

/**
 * Where a message's length cannot be read, nobody knows where the next one begins: the server would hear nothing more. It ends with a
 * word on standard error, and the editor starts another.
 */
function readerOfInput(): StreamMessageReader {
  const reader = new StreamMessageReader(process.stdin);
  reader.onError((error) => {
    process.stderr.write(`twelve-factor: ${error.message}\n`);
    // A message that is no JSON has ended where it said.
    if (!(error instanceof SyntaxError)) process.exit(1);
  });
  // The editor is gone; in order, or not.
  for (const end of ['end', 'close'] as const)
    process.stdin.on(end, () => process.exit(options.messageStrategy.isShutDown() ? 0 : 1));
  return reader;
}

function writerOfOutput(): StreamMessageWriter {
  return new StreamMessageWriter(process.stdout);
}
