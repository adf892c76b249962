import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  ConfigurationRequest,
  createConnection,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { createNodeHost } from '../../server/src/host-node';
import { startServer } from '../../server/src/server';
import { sampleServer } from './sample-file';

const LINES = 2000;
const WARM_UP = 30;
const MEASURED = 200;

export interface Keystrokes {
  /** Of the file that is typed into. */
  readonly lines: number;
  /** Milliseconds from a change to its diagnostics, one a keystroke. */
  readonly times: readonly number[];
  /** Processor time of all threads a keystroke, milliseconds. */
  readonly cpuMs: number;
}

/**
 * Types into a file of a small project through the real server, connected by two in-memory streams, and pulls diagnostics after
 * every letter, as an editor does.
 */
export async function measureKeystrokes(): Promise<Keystrokes> {
  const folder = await mkdtemp(join(tmpdir(), 'twelve-factor-bench-'));
  try {
    const text = sampleServer(LINES);
    await writeFile(join(folder, 'server.ts'), text);
    await writeFile(
      join(folder, 'package.json'),
      '{ "name": "bench", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0", "pg": "^8.0.0", "pino": "^9.0.0" } }\n',
    );
    return { lines: text.split('\n').length, ...(await typeInto(folder, text)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function typeInto(folder: string, text: string): Promise<Omit<Keystrokes, 'lines'>> {
  const client = connect();
  const uri = pathToFileURL(join(folder, 'server.ts')).href;
  await client.sendRequest(InitializeRequest.method, {
    processId: null,
    rootUri: null,
    capabilities: {
      textDocument: { diagnostic: { dynamicRegistration: false } },
      workspace: { diagnostics: { refreshSupport: true } },
    },
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'bench' }],
  });
  await client.sendNotification(InitializedNotification.type, {});
  await client.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'typescript', version: 1, text },
  });
  const textDocument = { uri };
  await client.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
  // Between two statements, where people start new ones.
  const line = text.split('\n').indexOf('', LINES / 2);
  const times: number[] = [];
  let before = process.cpuUsage();
  for (let key = 0; key < WARM_UP + MEASURED; key += 1) {
    if (key === WARM_UP) before = process.cpuUsage();
    const started = performance.now();
    void client.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: key + 2 },
      contentChanges: [change(key, line)],
    });
    await client.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
    if (key >= WARM_UP) times.push(performance.now() - started);
  }
  const { user, system } = process.cpuUsage(before);
  await client.sendRequest(ShutdownRequest.type);
  // No exit notification: the server would end this process.
  client.dispose();
  return { times, cpuMs: (user + system) / 1000 / MEASURED };
}

/** A word typed letter by letter, then taken away again. */
function change(key: number, line: number): TextDocumentContentChangeEvent {
  const word = 'const typed = 1;';
  const typed = (step: number): string => word.slice(0, step % (word.length + 1));
  const before = key === 0 ? '' : typed(key - 1);
  return {
    range: { start: { line, character: 0 }, end: { line, character: before.length } },
    text: typed(key),
  };
}

/** The server and a client of it, in this process. */
function connect(): ProtocolConnection {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(toServer, toClient);
  startServer(server, createNodeHost());
  server.listen();
  const client = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  // What an editor answers; nothing of it matters here.
  client.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => null));
  client.onRequest(RegistrationRequest.type, () => undefined);
  client.onRequest(DiagnosticRefreshRequest.type, () => undefined);
  client.listen();
  return client;
}
