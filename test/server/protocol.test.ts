import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import {
  createConnection,
  createProtocolConnection,
  ErrorCodes,
  ExecuteCommandRequest,
  HoverRequest,
  ShowDocumentRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import { FixAllRequest } from '../../server/src/protocol';
import { startServer } from '../../server/src/server';
import { connectionOptions } from '../../server/src/session/connection-options';
import { APP, FIXED_PORT, SERVER } from './app';
import { connect, disconnect, rangeOf, ROOT, VSCODE, type Client } from './client';
import { MemoryHost } from './memory-host';

afterEach(disconnect);

/** A connection on which nothing has been said yet. */
function rawConnection(): ProtocolConnection {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(
    toServer,
    toClient,
    connectionOptions(() => undefined),
  );
  startServer(server, new MemoryHost(ROOT, APP));
  server.listen();
  const client = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  client.listen();
  return client;
}

/** The code of the error that answers a request; undefined where something else does. */
function refusalOf(answer: Promise<unknown>): Promise<unknown> {
  return answer.then(
    () => undefined,
    (error: unknown) => (error as { readonly code?: unknown }).code,
  );
}

const textDocument = { uri: SERVER };

describe('the life of a connection', () => {
  const position = { line: 0, character: 0 };

  it.each(['textDocument/hover', 'textDocument/diagnostic', 'shutdown', 'nobody/knows'])(
    'begins with initialize, not with %s',
    async (method) => {
      const client = rawConnection();
      const answer = client.sendRequest(method, { textDocument, position });
      expect(await refusalOf(answer)).toBe(ErrorCodes.ServerNotInitialized);
      client.dispose();
    },
  );

  it('has one initialize', async () => {
    const { client } = await connect(APP);
    const again = client.connection.sendRequest('initialize', { capabilities: {} });
    expect(await refusalOf(again)).toBe(ErrorCodes.InvalidRequest);
  });

  it('has no requests after shutdown', async () => {
    const { client } = await connect(APP);
    await client.shutdown();
    const late = client.connection.sendRequest(HoverRequest.type, { textDocument, position });
    expect(await refusalOf(late)).toBe(ErrorCodes.InvalidRequest);
  });
});

describe('parameters of another shape', () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  it.each<[string, unknown]>([
    ['textDocument/hover', { textDocument }],
    ['textDocument/hover', { textDocument: {}, position: range.start }],
    ['textDocument/completion', { textDocument }],
    ['completionItem/resolve', { data: 1 }],
    ['textDocument/definition', { position: range.start }],
    ['textDocument/references', { textDocument, position: range.start }],
    ['textDocument/documentHighlight', { textDocument }],
    ['textDocument/prepareRename', { textDocument: { uri: 7 }, position: range.start }],
    ['textDocument/rename', { textDocument, position: range.start }],
    ['textDocument/codeLens', {}],
    ['textDocument/diagnostic', {}],
    ['textDocument/diagnostic', { textDocument: { uri: 7 } }],
    ['textDocument/diagnostic', { textDocument: { uri: 'server.js' } }],
    ['textDocument/codeAction', { textDocument, range }],
    ['textDocument/codeAction', { textDocument, range: 'all', context: { diagnostics: [] } }],
    ['workspace/diagnostic', { previousResultIds: [{ uri: SERVER }] }],
    ['workspace/executeCommand', { arguments: [] }],
    [FixAllRequest, { scope: 'everything' }],
    [FixAllRequest, null],
  ])('get an error from %s: %j', async (method, params) => {
    const { client } = await connect(APP);
    const answer = client.connection.sendRequest(method, params as object);
    expect(await refusalOf(answer)).toBe(ErrorCodes.InvalidParams);
    expect(client.log).toEqual([]);
  });

  it('of notifications are told, and the server goes on', async () => {
    const { client } = await connect(APP);
    await client.connection.sendNotification('textDocument/didOpen', { textDocument });
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: SERVER, version: null },
      contentChanges: {},
    });
    await client.open(SERVER, FIXED_PORT);
    expect(await client.diagnostics(SERVER)).not.toEqual([]);
    expect(client.log.map(({ message }) => message)).toEqual([
      'Ignored: textDocument/didOpen has parameters of another shape.',
      'Ignored: textDocument/didChange has parameters of another shape.',
    ]);
  });
});

describe('the documentation of a rule', () => {
  const SHOWS: ClientCapabilities = {
    ...VSCODE,
    window: { ...VSCODE.window, showDocument: { support: true } },
  };

  async function documentationActions(client: Client) {
    await client.open(SERVER, FIXED_PORT);
    await client.diagnostics(SERVER);
    const actions = await client.codeActions(SERVER, rangeOf(FIXED_PORT, '3000'));
    return actions.filter(({ title }) => title.startsWith('Show documentation'));
  }

  it('is shown by a client that has a command for it', async () => {
    const { client } = await connect(APP, {
      capabilities: SHOWS,
      initializationOptions: { commands: ['twelveFactor.showRuleDocs'] },
    });
    const [action] = await documentationActions(client);
    expect(action?.command?.command).toBe('twelveFactor.showRuleDocs');
    expect(client.initializeResult?.capabilities.executeCommandProvider).toBeUndefined();
  });

  it('is shown by the server where the client opens addresses', async () => {
    const { client } = await connect(APP, { capabilities: SHOWS });
    const shown: string[] = [];
    client.connection.onRequest(ShowDocumentRequest.type, ({ uri }) => {
      shown.push(uri);
      return { success: true };
    });
    const [action] = await documentationActions(client);
    const { command = '', arguments: args = [] } = action?.command ?? {};
    const commands = client.initializeResult?.capabilities.executeCommandProvider?.commands;
    expect(commands).toEqual([command]);
    await client.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
    expect(shown).toEqual([expect.stringMatching(/^https:.*\/hardcoded-port\.md$/)]);
  });

  it('is not offered where nobody could show it', async () => {
    const { client } = await connect(APP);
    expect(await documentationActions(client)).toEqual([]);
  });
});

describe('a message whose length cannot be read', () => {
  it('ends the server, with a word', async () => {
    const script = fileURLToPath(new URL('../../server/src/main.node.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, '--stdio']);
    let said = '';
    child.stderr.on('data', (text) => (said += String(text)));
    child.stdin.write('Content-Length: abc\r\n\r\n{}');
    const [code] = (await once(child, 'close')) as [number];
    expect([code, said]).toEqual([1, expect.stringMatching(/^twelve-factor: Content-Length/)]);
  });
});
