import { CancellationTokenSource, FileChangeType } from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import { AnalyzeWorkspaceRequest, type AnalyzeWorkspaceResult } from '../../server/src/protocol';
import { rules } from '../../server/src/rules';
import { APP, app, FIXED_PORT, FREE_PORT, SERVER, throwing } from './app';
import { codes, connect, disconnect, ROOT, VSCODE, type Client } from './client';

afterEach(disconnect);

const OTHER = 'file:///work/other';

function hasPort(client: Client, uri = SERVER): Promise<unknown> {
  return client.until(`the port of ${uri}`, () =>
    codes(client.workspace.get(uri)).includes('hardcoded-port'),
  );
}

function isClear(client: Client, uri = SERVER): Promise<unknown> {
  return client.until(`nothing about ${uri}`, () => client.workspace.get(uri)?.length === 0);
}

describe('the workspace pull', () => {
  it('tells the findings of files that are not open', async () => {
    const { client } = await connect(APP);
    client.followWorkspace();
    await hasPort(client);
  });

  it('tells nothing twice, and waits for a change', async () => {
    const { client } = await connect(APP);
    await client.pullWorkspace();
    await client.ready();
    client.followWorkspace();
    await client.open(SERVER, FIXED_PORT);
    await client.diagnostics(SERVER);
    expect(client.workspaceAnswers).toHaveLength(1);
  });

  it('wakes on a change on disk', async () => {
    const { client, host } = await connect(APP);
    client.followWorkspace();
    await hasPort(client);
    host.add(ROOT, { 'server.js': FREE_PORT });
    await client.watched([SERVER, FileChangeType.Changed]);
    await client.until(
      'no port',
      () => !codes(client.workspace.get(SERVER)).includes('hardcoded-port'),
    );
  });

  it('clears a deleted file once', async () => {
    const { client, host } = await connect(APP);
    client.followWorkspace();
    await hasPort(client);
    host.files.delete(SERVER);
    await client.watched([SERVER, FileChangeType.Deleted]);
    await isClear(client);
    host.add(ROOT, { 'worker.js': FIXED_PORT });
    await client.watched([`${ROOT}/worker.js`, FileChangeType.Created]);
    await hasPort(client, `${ROOT}/worker.js`);
    const cleared = client.workspaceAnswers
      .flatMap(({ items }) => items)
      .filter((item) => item.uri === SERVER && item.kind === 'full' && item.items.length === 0);
    expect(cleared).toHaveLength(1);
  });

  it('finds a created file, and the content of a created folder', async () => {
    const { client, host } = await connect(APP);
    client.followWorkspace();
    await hasPort(client);
    host.add(ROOT, { 'a.js': FIXED_PORT });
    await client.watched([`${ROOT}/a.js`, FileChangeType.Created]);
    await hasPort(client, `${ROOT}/a.js`);
    host.add(ROOT, { 'jobs/b.js': FIXED_PORT });
    await client.watched([`${ROOT}/jobs`, FileChangeType.Created]);
    await hasPort(client, `${ROOT}/jobs/b.js`);
    host.files.delete(`${ROOT}/jobs/b.js`);
    await client.watched([`${ROOT}/jobs`, FileChangeType.Deleted]);
    await isClear(client, `${ROOT}/jobs/b.js`);
  });

  it('keeps what it says of an open document whose file is deleted, until it is closed', async () => {
    const { client, host } = await connect(APP);
    client.followWorkspace();
    await hasPort(client);
    await client.open(SERVER, FIXED_PORT);
    host.files.delete(SERVER);
    await client.watched([SERVER, FileChangeType.Deleted]);
    await client.ready();
    expect(codes(await client.diagnostics(SERVER))).toContain('hardcoded-port');
    await client.close(SERVER);
    await isClear(client);
    host.add(ROOT, { 'server.js': FIXED_PORT });
    await client.watched([SERVER, FileChangeType.Created]);
    await hasPort(client);
  });

  it('goes back to the file on disk when a document is closed without saving', async () => {
    const { client } = await connect(APP);
    client.followWorkspace();
    await hasPort(client);
    await client.open(SERVER, FIXED_PORT);
    await client.change(SERVER, FREE_PORT);
    expect(codes(await client.diagnostics(SERVER))).not.toContain('hardcoded-port');
    const before = client.workspaceAnswers.length;
    await client.close(SERVER);
    await client.until('the file again', () =>
      client.workspaceAnswers
        .slice(before)
        .some(({ items }) =>
          items.some(
            (item) =>
              item.uri === SERVER &&
              item.kind === 'full' &&
              codes(item.items).includes('hardcoded-port'),
          ),
        ),
    );
  });

  it('clears a document that is hidden before a pull mentions it, and clean by then', async () => {
    const onlyPorts = rules.filter(({ id }) => id === 'hardcoded-port');
    const { client, host } = await connect(APP, { rules: onlyPorts });
    await client.ready();
    await client.open(SERVER, FIXED_PORT);
    expect(codes(await client.diagnostics(SERVER))).toEqual(['hardcoded-port']);
    // VS Code forgets what a pull of the workspace told of a document that it hides, and keeps showing its findings.
    await client.change(SERVER, FREE_PORT);
    host.add(ROOT, { 'server.js': FREE_PORT });
    await client.watched([SERVER, FileChangeType.Changed]);
    await client.until('no findings', () => client.statuses.at(-1)?.findings === 0);
    client.followWorkspace();
    await isClear(client);
  });

  it('does not read again for what cannot matter', async () => {
    const { client, host } = await connect(
      app({ '.gitignore': 'dist/\n', 'dist/server.js': FIXED_PORT, 'app.log': 'listening\n' }),
    );
    await client.ready();
    const { reads } = host;
    const scans = client.statuses.length;
    await client.watched(
      [`${ROOT}/node_modules/express/index.js`, FileChangeType.Changed],
      [`${ROOT}/logo.png`, FileChangeType.Created],
      [`${ROOT}/app.log`, FileChangeType.Changed],
      [`${ROOT}/dist/server.js`, FileChangeType.Changed],
      [`${ROOT}/dist/old.js`, FileChangeType.Deleted],
      [`${ROOT}/.git/index`, FileChangeType.Changed],
      ['file:///elsewhere/a.ts', FileChangeType.Changed],
    );
    await client.open(SERVER, FIXED_PORT);
    await client.diagnostics(SERVER);
    expect(host.reads).toBe(reads);
    expect(client.statuses.length).toBe(scans);
  });

  it('ends when it is cancelled', async () => {
    const { client } = await connect({});
    const source = new CancellationTokenSource();
    const pull = client.pullWorkspace(source.token);
    await client.ready();
    source.cancel();
    await expect(pull).rejects.toMatchObject({ code: -32800 });
  });

  it('ends when the server shuts down', async () => {
    const { client } = await connect({});
    const pull = client.pullWorkspace();
    await client.ready();
    await client.shutdown();
    expect(await pull).toEqual({ items: [] });
  });

  it('survives a rule that throws, and goes on', async () => {
    const { client, host } = await connect(APP, { rules: [...rules, throwing] });
    client.followWorkspace();
    await hasPort(client);
    expect(codes(client.workspace.get(SERVER))).toContain('not-analysed');
    host.add(ROOT, { 'worker.js': FIXED_PORT });
    await client.watched([`${ROOT}/worker.js`, FileChangeType.Created]);
    await hasPort(client, `${ROOT}/worker.js`);
  });
});

describe('several folders', () => {
  it('are each a project of their own', async () => {
    const { client, host } = await connect(APP, { folders: [ROOT, OTHER] });
    host.add(OTHER, APP);
    await client.watched([`${OTHER}/package.json`, FileChangeType.Created]);
    client.followWorkspace();
    await hasPort(client, SERVER);
    await hasPort(client, `${OTHER}/server.js`);
  });

  it('come and go', async () => {
    const { client, host } = await connect(APP);
    host.add(OTHER, APP);
    client.followWorkspace();
    await hasPort(client);
    await client.foldersChanged([OTHER], [ROOT]);
    await hasPort(client, `${OTHER}/server.js`);
    await isClear(client, SERVER);
    await client.foldersChanged([], [OTHER]);
    await isClear(client, `${OTHER}/server.js`);
  });

  it('of which one lies in the other report each file once', async () => {
    const inner = `${ROOT}/api`;
    const files = Object.fromEntries(
      Object.entries(APP).map(([path, text]) => [`api/${path}`, text]),
    );
    const { client } = await connect(files, { folders: [ROOT, inner] });
    client.followWorkspace();
    await hasPort(client, `${inner}/server.js`);
    await client.ready();
    const told = client.workspaceAnswers.flatMap(({ items }) => items.map(({ uri }) => uri));
    expect(told.filter((uri) => uri === `${inner}/server.js`)).toHaveLength(1);
    await client.open(`${inner}/server.js`, FIXED_PORT);
    expect(codes(await client.diagnostics(`${inner}/server.js`))).toContain('hardcoded-port');
    await client.foldersChanged([], [inner]);
    expect(codes(await client.diagnostics(`${inner}/server.js`))).toContain('hardcoded-port');
  });

  it('may be none', async () => {
    const { client } = await connect({}, { folders: [] });
    await client.ready();
    await client.open(SERVER, FIXED_PORT);
    expect(await client.diagnostics(SERVER)).toEqual([]);
  });
});

describe('the status', () => {
  it('counts files and findings, as the request to analyse everything does', async () => {
    const { client } = await connect(APP);
    await client.ready();
    const last = client.statuses.at(-1)!;
    expect(last).toMatchObject({ state: 'ready', analysed: 3, total: 3, notAnalysed: 0 });
    expect(last.findings).toBeGreaterThan(0);
    const result =
      await client.connection.sendRequest<AnalyzeWorkspaceResult>(AnalyzeWorkspaceRequest);
    expect(result).toEqual({ files: 3, findings: last.findings, notAnalysed: 0 });
  });

  it('reads everything again on request, even what no watcher told of', async () => {
    const { client, host } = await connect(APP);
    client.followWorkspace();
    await hasPort(client);
    host.add(ROOT, { 'server.js': FREE_PORT });
    await client.connection.sendRequest(AnalyzeWorkspaceRequest);
    await client.until(
      'no port',
      () => !codes(client.workspace.get(SERVER)).includes('hardcoded-port'),
    );
  });

  it('says when the analysis failed, and recovers', async () => {
    const { client, host } = await connect(APP, { folders: [] });
    await client.ready();
    const list = host.list.bind(host);
    host.list = () => Promise.reject(new Error('the disk is on fire'));
    await client.foldersChanged([ROOT], []);
    const failed = await client.until('an error', () =>
      client.statuses.find(({ state }) => state === 'error'),
    );
    expect(failed.message).toContain('the disk is on fire');
    await client.open(SERVER, FIXED_PORT);
    expect(codes(await client.diagnostics(SERVER))).toEqual(['not-analysed']);
    host.list = list;
    await client.watched([SERVER, FileChangeType.Created]);
    await client.ready();
    expect(codes(await client.diagnostics(SERVER))).toContain('hardcoded-port');
  });

  it('shows the progress of a scan', async () => {
    const { client } = await connect(app());
    await client.until('the end', () => client.progress.includes('end'));
    expect(client.progress[0]).toBe('begin');
  });

  it('goes on without progress where the client has none', async () => {
    const { client } = await connect(APP, {
      capabilities: { ...VSCODE, window: { workDoneProgress: false } },
    });
    await client.ready();
    expect(client.progress).toEqual([]);
  });
});

describe('a second server', () => {
  it('after a shutdown starts from nothing', async () => {
    const first = await connect(APP);
    first.client.followWorkspace();
    await hasPort(first.client);
    await first.client.shutdown();
    disconnect();
    const second = await connect(APP);
    second.client.followWorkspace();
    await hasPort(second.client);
  });
});
