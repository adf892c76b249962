import { FileChangeType } from 'vscode-languageserver/node';
import { afterEach, expect, it } from 'vitest';
import { BASELINE_FILE } from '../../server/src/engine/baseline/baseline-file';
import { AcceptFindingsRequest, type AcceptFindingsResult } from '../../server/src/protocol';
import { APP, app, FIXED_PORT, SERVER } from './app';
import { codes, connect, disconnect, ROOT, type Client } from './client';

afterEach(disconnect);

const BASELINE = `${ROOT}/${BASELINE_FILE}`;
const MORE = `${FIXED_PORT}app.listen(4000);\n`;

const accept = (client: Client): Promise<AcceptFindingsResult> =>
  client.connection.sendRequest<AcceptFindingsResult>(AcceptFindingsRequest);
const ports = async (client: Client): Promise<number> =>
  codes(await client.diagnostics(SERVER)).filter((code) => code === 'hardcoded-port').length;

it('accepts what exists: what is written counts, and what comes after is new', async () => {
  const { client, host } = await connect(APP);
  await client.open(SERVER, FIXED_PORT);
  expect(await ports(client)).toBe(1);
  const { files } = await accept(client);
  expect(files).toMatchObject([{ uri: BASELINE, gone: 0 }]);
  expect(files[0]?.added).toBeGreaterThan(0);
  client.followWorkspace();
  await client.until('the port', () =>
    codes(client.workspace.get(SERVER)).includes('hardcoded-port'),
  );
  host.add(ROOT, { [BASELINE_FILE]: files[0]?.text ?? '' });
  await client.watched([BASELINE, FileChangeType.Created]);
  await client.until('nothing new', () => codes(client.workspace.get(SERVER)).length === 0);
  expect(await ports(client)).toBe(0);
  await client.change(SERVER, MORE);
  expect(await ports(client)).toBe(1);
  expect(await accept(client)).toMatchObject({ files: [{ added: 1, gone: 0 }] });
});

it('shows accepted findings where the settings want it, as hints or as they are', async () => {
  const first = await connect(APP);
  await first.client.open(SERVER, FIXED_PORT);
  const text = (await accept(first.client)).files[0]?.text ?? '';
  for (const [acceptedFindings, severity] of [
    ['hint', 4],
    ['shown', 2],
  ] as const) {
    const files = app({ [BASELINE_FILE]: text });
    const { client } = await connect(files, { settings: () => ({ acceptedFindings }) });
    await client.open(SERVER, FIXED_PORT);
    const found = (await client.diagnostics(SERVER)).find(({ code }) => code === 'hardcoded-port');
    expect(found?.severity).toBe(severity);
  }
});

it('says in the file why a baseline does not count, and accepts nothing by it', async () => {
  const { client } = await connect(app({ [BASELINE_FILE]: '<<<<<<< HEAD' }));
  await client.open(SERVER, FIXED_PORT);
  expect(await ports(client)).toBe(1);
  client.followWorkspace();
  await client.until('the reason', () => client.workspace.has(BASELINE));
  expect(client.workspace.get(BASELINE)?.[0]?.message).toContain('not valid JSON');
});
