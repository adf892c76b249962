import { FileChangeType } from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import { APP, app, FIXED_PORT, SERVER } from './app';
import { codes, connect, disconnect, ROOT, VSCODE, type Client } from './client';

afterEach(disconnect);

const OTHER = 'file:///work/other';
const CONFIG = `${ROOT}/twelve-factor.json`;

async function severityOf(client: Client, code: string, uri = SERVER): Promise<unknown> {
  const found = (await client.diagnostics(uri)).find((each) => each.code === code);
  return found?.severity;
}

describe('settings of the editor', () => {
  it('set the severity of a rule', async () => {
    const { client } = await connect(APP, {
      settings: () => ({ rules: { 'hardcoded-port': 'error' } }),
    });
    await client.open(SERVER, FIXED_PORT);
    expect(await severityOf(client, 'hardcoded-port')).toBe(1);
  });

  it('set the severity of a factor, and `default` leaves a rule alone', async () => {
    const { client } = await connect(APP, {
      settings: () => ({
        factors: { 'port-binding': 'information' },
        rules: { 'hardcoded-port': 'default' },
      }),
    });
    await client.open(SERVER, FIXED_PORT);
    expect(await severityOf(client, 'hardcoded-port')).toBe(3);
  });

  it('are those of each folder', async () => {
    const { client, host } = await connect(APP, {
      folders: [ROOT, OTHER],
      settings: (scope) => (scope === OTHER ? { rules: { 'hardcoded-port': 'off' } } : {}),
    });
    host.add(OTHER, APP);
    await client.watched([`${OTHER}/server.js`, FileChangeType.Created]);
    await client.open(SERVER, FIXED_PORT);
    await client.open(`${OTHER}/server.js`, FIXED_PORT);
    expect(codes(await client.diagnostics(SERVER))).toContain('hardcoded-port');
    expect(codes(await client.diagnostics(`${OTHER}/server.js`))).not.toContain('hardcoded-port');
  });

  it('switch everything off, and on again', async () => {
    let enable = false;
    const { client } = await connect(APP, { settings: () => ({ enable }) });
    client.followWorkspace();
    await client.open(SERVER, FIXED_PORT);
    expect(await client.diagnostics(SERVER)).toEqual([]);
    enable = true;
    await client.settingsChanged();
    await client.until('the port', () =>
      codes(client.workspace.get(SERVER)).includes('hardcoded-port'),
    );
    enable = false;
    await client.settingsChanged();
    await client.until('nothing', () => client.workspace.get(SERVER)?.length === 0);
  });

  it('that are wrong are said once and change nothing', async () => {
    const { client } = await connect(APP, {
      settings: () => ({
        rules: { 'hardcoded-port': 'loud' },
        factors: { weather: 'error' },
        exclude: 'server.js',
      }),
    });
    await client.open(SERVER, FIXED_PORT);
    expect(await severityOf(client, 'hardcoded-port')).toBe(2);
    await client.settingsChanged();
    await client.ready();
    const warnings = client.log.map(({ message }) => message);
    for (const part of ['rules.hardcoded-port', 'weather', 'twelveFactor.exclude'])
      expect(
        warnings.filter((message) => message.includes(part)),
        part,
      ).toHaveLength(1);
  });

  it('are not asked for where the client does not answer', async () => {
    const { client } = await connect(APP, {
      capabilities: { ...VSCODE, workspace: { ...VSCODE.workspace, configuration: false } },
      settings: () => ({ enable: false }),
    });
    await client.open(SERVER, FIXED_PORT);
    expect(codes(await client.diagnostics(SERVER))).toContain('hardcoded-port');
  });
});

describe('twelve-factor.json', () => {
  const files = app({
    'legacy/old.js': FIXED_PORT,
    'twelve-factor.json': `{
  // What we agreed on.
  "rules": { "hardcoded-port": "error", },
  "exclude": ["legacy"]
}
`,
  });

  it('beats the editor, knows comments, and leaves files out', async () => {
    const { client } = await connect(files, {
      settings: () => ({ rules: { 'hardcoded-port': 'hint' } }),
    });
    await client.open(SERVER, FIXED_PORT);
    await client.open(`${ROOT}/legacy/old.js`, FIXED_PORT);
    expect(await severityOf(client, 'hardcoded-port')).toBe(1);
    expect(await client.diagnostics(`${ROOT}/legacy/old.js`)).toEqual([]);
  });

  it('counts as it is typed, saved or not', async () => {
    const { client } = await connect(APP);
    await client.open(SERVER, FIXED_PORT);
    expect(await severityOf(client, 'hardcoded-port')).toBe(2);
    await client.open(CONFIG, '{ "factors": { "port-binding": "off" } }');
    await client.until('a refresh', () => client.refreshes > 0);
    expect(codes(await client.diagnostics(SERVER))).not.toContain('hardcoded-port');
    const refreshes = client.refreshes;
    await client.change(CONFIG, '{ "rules": { "hardcoded-port": "error" } }');
    await client.until('another', () => client.refreshes > refreshes);
    expect(await severityOf(client, 'hardcoded-port')).toBe(1);
  });

  it('counts when it comes and goes on disk', async () => {
    const { client, host } = await connect(APP);
    client.followWorkspace();
    const hasPort = (): boolean => codes(client.workspace.get(SERVER)).includes('hardcoded-port');
    await client.until('the port', hasPort);
    host.add(ROOT, { 'twelve-factor.json': '{ "rules": { "hardcoded-port": "off" } }' });
    await client.watched([CONFIG, FileChangeType.Created]);
    await client.until('no port', () => !hasPort());
    host.files.delete(CONFIG);
    await client.watched([CONFIG, FileChangeType.Deleted]);
    await client.until('the port again', hasPort);
  });

  it('shows its mistakes at their place, open or not', async () => {
    const text = '{ "rules": { "hardcoded-prot": "error" }, "exclude": 3 }';
    const { client } = await connect(app({ 'twelve-factor.json': text }));
    client.followWorkspace();
    const told = await client.until('mistakes', () => client.workspace.get(CONFIG));
    expect(told.map(({ message }) => message)).toEqual([
      expect.stringContaining('did you mean `hardcoded-port`?'),
      expect.stringContaining('`exclude` must be a list'),
    ]);
    expect(told[0]?.range.start).toEqual({ line: 0, character: 13 });
    await client.open(CONFIG, text, 'jsonc');
    expect(await client.diagnostics(CONFIG)).toEqual(told);
    await client.change(CONFIG, '{}');
    expect(await client.diagnostics(CONFIG)).toEqual([]);
  });

  it('shows globs of packages that match nothing, and kinds that are none', async () => {
    const text = '{ "packages": { "apps/*": "app", ".": "program" } }';
    const { client } = await connect(app({ 'twelve-factor.json': text }));
    client.followWorkspace();
    const told = await client.until('mistakes', () => client.workspace.get(CONFIG));
    expect(told.map(({ message }) => message)).toEqual([
      'No folder with a package.json matches `apps/*`.',
      expect.stringMatching(/^A kind of package is "app", .* or "test"\.$/),
    ]);
    expect(told.map(({ range }) => text.slice(range.start.character, range.end.character))).toEqual(
      ['"apps/*"', '"program"'],
    );
  });

  it('that is typed into and no JSON leaves what is saved in force', async () => {
    const { client } = await connect(files);
    await client.open(SERVER, FIXED_PORT);
    await client.open(CONFIG, files['twelve-factor.json']!, 'jsonc');
    expect(await severityOf(client, 'hardcoded-port')).toBe(1);
    await client.change(CONFIG, '{ "rules": { "hardcoded-port": "off" ');
    expect(codes(await client.diagnostics(CONFIG))).toContain('configuration');
    await client.ready();
    expect(await severityOf(client, 'hardcoded-port')).toBe(1);
  });
});

describe('the configuration file of a folder', () => {
  const OWN = `${ROOT}/api/twelve-factor.json`;
  const API = `${ROOT}/api/server.js`;
  const files = app({
    'twelve-factor.json': '{ "rules": { "hardcoded-port": "error" } }',
    'api/package.json': APP['package.json']!,
    'api/server.js': FIXED_PORT,
    'api/twelve-factor.json': '{ "rules": { "hardcoded-port": "information" } }',
  });

  it('counts there alone, on disk, as it is typed, and while it is no JSON as it was saved', async () => {
    const { client } = await connect(files);
    await client.open(SERVER, FIXED_PORT);
    await client.open(API, FIXED_PORT);
    await client.ready();
    expect(await severityOf(client, 'hardcoded-port')).toBe(1);
    expect(await severityOf(client, 'hardcoded-port', API)).toBe(3);
    await client.open(OWN, files['api/twelve-factor.json']!, 'jsonc');
    const { refreshes } = client;
    await client.change(OWN, '{ "rules": { "hardcoded-port": "off" } }');
    await client.until('a refresh', () => client.refreshes > refreshes);
    expect(await severityOf(client, 'hardcoded-port', API)).toBeUndefined();
    const before = client.refreshes;
    await client.change(OWN, '{ "rules": ');
    await client.until('another refresh', () => client.refreshes > before);
    expect(codes(await client.diagnostics(OWN))).toContain('configuration');
    expect(await severityOf(client, 'hardcoded-port', API)).toBe(3);
    expect(await severityOf(client, 'hardcoded-port')).toBe(1);
  });

  it('shows its mistakes at their place', async () => {
    const { client } = await connect({ ...files, 'api/twelve-factor.json': '{ "rules": ' });
    client.followWorkspace();
    const told = await client.until('mistakes', () => client.workspace.get(OWN));
    expect(codes(told)).toContain('configuration');
  });
});
