import { FileChangeType } from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import { APP, FIXED_PORT, FREE_PORT, SERVER } from './app';
import { codes, connect, disconnect, ROOT, VSCODE, type Client } from './client';

afterEach(disconnect);

const PUSHED = {
  capabilities: { ...VSCODE, workspace: { ...VSCODE.workspace, diagnostics: {} } },
};

function hasPort(client: Client, uri = SERVER): Promise<unknown> {
  return client.until(`the port of ${uri}`, () =>
    codes(client.published.get(uri)).includes('hardcoded-port'),
  );
}

function isClear(client: Client, uri = SERVER): Promise<unknown> {
  return client.until(`nothing about ${uri}`, () => client.published.get(uri)?.length === 0);
}

describe('a client that cannot pull and be refreshed', () => {
  it('is not asked to pull', async () => {
    const { client } = await connect(APP, PUSHED);
    expect(client.initializeResult?.capabilities.diagnosticProvider).toBeUndefined();
  });

  it('gets the findings of the workspace', async () => {
    const { client } = await connect(APP, PUSHED);
    await hasPort(client);
  });

  it('gets the findings of what is typed, with the version', async () => {
    const { client } = await connect(APP, PUSHED);
    await hasPort(client);
    await client.open(SERVER, FIXED_PORT);
    await client.change(SERVER, FREE_PORT);
    await client.until(
      'no port',
      () => !codes(client.published.get(SERVER)).includes('hardcoded-port'),
    );
    expect(client.publishedVersions.get(SERVER)?.at(-1)).toBe(2);
  });

  it('gets one result for a burst of edits, the last', async () => {
    const { client } = await connect(APP, PUSHED);
    await hasPort(client);
    await client.open(SERVER, FIXED_PORT);
    for (let edit = 1; edit <= 20; edit += 1)
      void client.change(SERVER, `${'\n'.repeat(edit)}${FIXED_PORT}`);
    await client.until('version 21', () => client.publishedVersions.get(SERVER)?.includes(21));
    const versions = client.publishedVersions
      .get(SERVER)!
      .filter((version) => version !== undefined);
    expect(versions).toEqual([21]);
    const port = client.published.get(SERVER)!.find(({ code }) => code === 'hardcoded-port')!;
    expect(port.range.start.line).toBe(22);
  });

  it('is told once that a file is gone', async () => {
    const { client, host } = await connect(APP, PUSHED);
    await hasPort(client);
    host.files.delete(SERVER);
    await client.watched([SERVER, FileChangeType.Deleted]);
    await isClear(client);
    const pushes = client.publishedVersions.get(SERVER)!.length;
    host.add(ROOT, { 'worker.js': FIXED_PORT });
    await client.watched([`${ROOT}/worker.js`, FileChangeType.Created]);
    await hasPort(client, `${ROOT}/worker.js`);
    expect(client.publishedVersions.get(SERVER)).toHaveLength(pushes);
  });

  it('gets the file on disk again when a document is closed without saving', async () => {
    const { client } = await connect(APP, PUSHED);
    await client.open(SERVER, FREE_PORT);
    await client.ready();
    await client.close(SERVER);
    await hasPort(client);
  });

  it('that knows only one root is served too', async () => {
    const { client } = await connect(APP, { ...PUSHED, singleRoot: true });
    await hasPort(client);
  });
});
