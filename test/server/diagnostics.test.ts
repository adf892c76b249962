import { CancellationTokenSource } from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules';
import { APP, app, FIXED_PORT, FREE_PORT, SERVER, throwing } from './app';
import { codes, connect, disconnect, ROOT } from './client';

afterEach(disconnect);

describe('an open document', () => {
  it('has its diagnostics when it is pulled', async () => {
    const { client } = await connect(APP);
    await client.open(SERVER, FIXED_PORT);
    const port = (await client.diagnostics(SERVER)).find(({ code }) => code === 'hardcoded-port');
    expect(port).toMatchObject({
      source: 'twelve-factor',
      severity: 2,
      range: { start: { line: 2, character: 11 }, end: { line: 2, character: 15 } },
      codeDescription: {
        href: 'https://github.com/twelve-factor/vscode-twelve-factor/blob/main/docs/rules/hardcoded-port.md',
      },
    });
  });

  it('counts as it is typed, not as it is saved', async () => {
    const { client } = await connect(APP);
    await client.open(SERVER, FREE_PORT);
    expect(codes(await client.diagnostics(SERVER))).not.toContain('hardcoded-port');
    await client.change(SERVER, FIXED_PORT);
    expect(codes(await client.diagnostics(SERVER))).toContain('hardcoded-port');
  });

  it('is not sent again while nothing changes', async () => {
    const { client } = await connect(APP);
    await client.open(SERVER, FIXED_PORT);
    const first = await client.pull(SERVER);
    expect(await client.pull(SERVER, first.resultId)).toEqual({
      kind: 'unchanged',
      resultId: first.resultId,
    });
    await client.change(SERVER, `// moved\n${FIXED_PORT}`);
    expect(await client.pull(SERVER, first.resultId)).toMatchObject({ kind: 'full' });
  });

  it('gives the result of the last version after a burst of edits', async () => {
    const { client } = await connect(APP);
    await client.open(SERVER, FIXED_PORT);
    await client.diagnostics(SERVER);
    const superseded = [];
    for (let edit = 1; edit <= 20; edit += 1) {
      void client.change(SERVER, `${'\n'.repeat(edit)}${FIXED_PORT}`);
      const source = new CancellationTokenSource();
      const pull = client.pull(SERVER, undefined, source.token);
      if (edit === 20) {
        const report = await pull;
        if (report.kind !== 'full') throw new Error('no full report');
        const port = report.items.find(({ code }) => code === 'hardcoded-port')!;
        expect(port.range.start.line).toBe(22);
      } else {
        superseded.push(
          pull.then(
            () => 'answered',
            () => 'cancelled',
          ),
        );
        source.cancel();
      }
    }
    expect(new Set(await Promise.all(superseded))).toEqual(new Set(['cancelled']));
  });

  it('learns what another one means while a client asks all the time', async () => {
    const files = app({
      'server.js': FIXED_PORT.replace('3000', "require('./settings').port"),
      'settings.js': 'exports.port = process.env.PORT;\n',
    });
    const { client } = await connect(files);
    const settings = `${ROOT}/settings.js`;
    await client.open(SERVER, files['server.js']!);
    await client.open(settings, files['settings.js']!);
    await client.diagnostics(settings);
    await client.change(settings, 'exports.port = 3000;\n');
    let isTold = false;
    for (let asked = 0; asked < 200 && !isTold; asked += 1)
      isTold = codes(await client.diagnostics(settings)).includes('hardcoded-port');
    expect(isTold).toBe(true);
  });

  it('is told to be pulled again when another file changes its meaning', async () => {
    const files = app({
      'server.js': FIXED_PORT.replace('3000', "require('./settings').port"),
      'settings.js': 'exports.port = process.env.PORT;\n',
    });
    const { client } = await connect(files);
    const settings = `${ROOT}/settings.js`;
    await client.open(SERVER, files['server.js']!);
    await client.open(settings, files['settings.js']!);
    expect(codes(await client.diagnostics(settings))).not.toContain('hardcoded-port');
    await client.change(settings, 'exports.port = 3000;\n');
    await client.diagnostics(settings);
    await client.until('a refresh', () => client.refreshes > 0);
    expect(codes(await client.diagnostics(settings))).toContain('hardcoded-port');
  });

  it('that is not saved yet is analysed', async () => {
    const { client } = await connect(APP);
    await client.ready();
    const created = `${ROOT}/worker.js`;
    await client.open(created, FIXED_PORT);
    expect(codes(await client.diagnostics(created))).toContain('hardcoded-port');
  });

  it('is left alone where git ignores it, or where other people wrote it', async () => {
    const files = app({
      '.gitignore': 'dist/\n',
      'dist/server.js': FIXED_PORT,
      'node_modules/other/index.js': FIXED_PORT,
    });
    const { client } = await connect(files);
    for (const path of ['dist/server.js', 'node_modules/other/index.js']) {
      await client.open(`${ROOT}/${path}`, FIXED_PORT);
      expect(await client.diagnostics(`${ROOT}/${path}`), path).toEqual([]);
    }
  });

  it('outside every folder has none', async () => {
    const { client } = await connect(APP);
    for (const uri of ['file:///elsewhere/server.js', 'untitled:Untitled-1']) {
      await client.open(uri, FIXED_PORT);
      expect(await client.diagnostics(uri), uri).toEqual([]);
      expect(await client.hover(uri, { line: 2, character: 12 }), uri).toBeNull();
    }
  });

  it('may be spelt differently by the client', async () => {
    const root = 'file:///c%3A/work/app';
    const { client, host } = await connect({}, { folders: [root] });
    host.add('file:///c%3A/work/app', APP);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: `${root}/package.json`, type: 1 }],
    });
    const uri = 'file:///C:/work/app/server.js';
    await client.open(uri, FIXED_PORT);
    expect(codes(await client.diagnostics(uri))).toContain('hardcoded-port');
  });
});

describe('a request', () => {
  it('ends when it is cancelled', async () => {
    const { client, host } = await connect(APP);
    let open = (): void => undefined;
    host.gate = new Promise((resolve) => (open = resolve));
    await client.open(SERVER, FIXED_PORT);
    const source = new CancellationTokenSource();
    const pull = client.pull(SERVER, undefined, source.token);
    await client.until('scanning', () => client.statuses.length > 0);
    source.cancel();
    open();
    await expect(pull).rejects.toMatchObject({ code: -32800 });
    expect(codes(await client.diagnostics(SERVER))).toContain('hardcoded-port');
  });
});

describe('a rule that throws', () => {
  it('keeps the others, is shown as not analysed and logged once', async () => {
    const { client } = await connect(APP, { rules: [...rules, throwing] });
    await client.open(SERVER, FIXED_PORT);
    for (let pull = 0; pull < 3; pull += 1) {
      const diagnostics = await client.diagnostics(SERVER);
      expect(codes(diagnostics)).toEqual(
        expect.arrayContaining(['hardcoded-port', 'not-analysed']),
      );
      const shown = diagnostics.find(({ code }) => code === 'not-analysed')!;
      expect(shown.message).toContain('always-throws');
    }
    await client.ready();
    const logged = client.log.filter(({ message }) => message.includes('always-throws'));
    expect(logged.map(({ message }) => message)).toEqual([expect.stringContaining('server.js')]);
    expect(client.statuses.at(-1)).toMatchObject({ state: 'ready', notAnalysed: 1 });
  });
});
