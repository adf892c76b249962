import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import { BASELINE_FILE } from '../../server/src/engine/baseline/baseline-file';
import { CONFIG_FILE } from '../../server/src/engine/config/config-file';
import {
  AcceptFindingsRequest,
  ConfigureRequest,
  FindingsRequest,
  FixFindingRequest,
  MapRequest,
  RulesRequest,
  ScorecardRequest,
  SuppressRequest,
  type AcceptFindingsResult,
  type EditResult,
  type FindingsResult,
  type FixFindingResult,
  type FolderFindings,
  type ListedFinding,
  type MapResult,
  type RulesResult,
  type ScorecardResult,
} from '../../server/src/protocol';
import { rules } from '../../server/src/rules';
import { APP, app, FIXED_PORT, SERVER } from './app';
import { codes, connect, disconnect, edited, ROOT, type Client } from './client';

afterEach(disconnect);

const CONFIG = `${ROOT}/${CONFIG_FILE}`;
/** Two processes that share a module with a finding, and one that is broken. */
const SHOP = app({
  Procfile: 'web: node server.js\nworker: node worker.js\n',
  'server.js': `require('./payments');\n${FIXED_PORT}`,
  'worker.js': `require('./payments');\nprocess.env.REDIS_URL;\nsetInterval(() => {}, 1000);\n`,
  'payments.js': "require('axios').create({ baseURL: 'http://payments.internal:8080/v1' });\n",
  'package.json': APP['package.json']!.replace('"express"', '"axios": "1.7.0",\n    "express"'),
  'docker-compose.yml': 'services:\n  web:\n   image: [\n',
});

async function send<Result>(client: Client, method: string, params?: unknown): Promise<Result> {
  return params === undefined
    ? client.connection.sendRequest(method)
    : client.connection.sendRequest(method, params);
}

async function folder(client: Client): Promise<FolderFindings> {
  await client.ready();
  const { folders } = await send<FindingsResult>(client, FindingsRequest);
  expect(folders).toHaveLength(1);
  return folders[0]!;
}

function of(findings: readonly ListedFinding[], ruleId: string): ListedFinding {
  return findings.find((each) => each.ruleId === ruleId)!;
}

function editOf(result: EditResult): WorkspaceEdit {
  if ('problem' in result) throw new Error(result.problem);
  return result.edit;
}

describe('the findings of a workspace', () => {
  it('come with app, processes and place, beside what was not analysed', async () => {
    const { client } = await connect(SHOP);
    const { state, findings, notAnalysed, files, needsReasons } = await folder(client);
    expect({ state, needsReasons }).toEqual({ state: 'known', needsReasons: false });
    expect(files).toBeGreaterThan(4);
    expect(of(findings, 'hardcoded-url')).toMatchObject({
      uri: `${ROOT}/payments.js`,
      path: 'payments.js',
      factor: 'config',
      severity: 'warning',
      range: { start: { line: 0 } },
      app: 'app',
      processes: ['web web', 'worker worker'],
      isFixable: true,
      canSuppress: true,
    });
    expect(of(findings, 'hardcoded-port').processes).toEqual(['web web']);
    expect(notAnalysed).toEqual([
      { uri: `${ROOT}/docker-compose.yml`, path: 'docker-compose.yml', reason: containing('') },
    ]);
  });

  it('follow what is typed, and views are told', async () => {
    const { client } = await connect(APP);
    await client.open(SERVER, FIXED_PORT);
    expect(codes((await folder(client)).findings.map(asDiagnostic))).toContain('hardcoded-port');
    const before = await client.until('a first word', () => client.redraws);
    await client.change(SERVER, FIXED_PORT.replace('3000', 'process.env.PORT'));
    await client.until('another word', () => client.redraws > before);
    const { findings } = await folder(client);
    expect(of(findings, 'hardcoded-port')).toBeUndefined();
  });

  it('are unknown, off or failed where that is so', async () => {
    const off = await connect(APP, { settings: () => ({ enable: false }) });
    expect(await folder(off.client)).toMatchObject({ state: 'off', findings: [] });
    const empty = await connect({});
    expect(await folder(empty.client)).toMatchObject({ state: 'known', files: 0, findings: [] });
  });
});

describe('the process map', () => {
  it('has apps, processes, ports, services and where variables are read', async () => {
    const { client } = await connect(SHOP);
    await client.ready();
    const { folders } = await send<MapResult>(client, MapRequest);
    const [map] = folders;
    expect(map?.packages.map(({ name, kind }) => [name, kind])).toEqual([['app', 'app']]);
    const [web, worker] = map!.packages[0]!.processes;
    expect(web).toMatchObject({ role: 'web', entry: 'server.js', ports: [{ value: 3000 }] });
    expect(worker).toMatchObject({ services: ['redis'], variables: ['REDIS_URL'] });
    expect(map?.variables).toEqual({ REDIS_URL: { path: 'worker.js', line: 2 } });
  });
});

describe('the scorecard', () => {
  const shown = (client: Client): Promise<ScorecardResult> => send(client, ScorecardRequest);

  it('is a part of a page for each folder, with places that lead into it', async () => {
    const { client } = await connect(SHOP);
    await client.ready();
    const { title, style, folders } = await shown(client);
    expect(title).toContain('scorecard');
    expect(style).toContain('.against');
    expect(folders.map(({ uri }) => uri)).toEqual([ROOT]);
    const { html } = folders[0]!;
    expect(html).toContain('VII. Port binding');
    expect(html).toContain(`href="${SERVER}#L4"`);
    expect(html).toContain('docker-compose.yml');
    expect(html).not.toMatch(/<(script|style|html|body|main|h1)\b|\son\w+=/);
  });

  it('follows what is typed, also before anything else was asked for', async () => {
    const { client } = await connect(APP);
    await client.open(SERVER, FIXED_PORT);
    await client.ready();
    const place = `${SERVER}#L3`;
    expect((await shown(client)).folders[0]?.html).toContain(`Port 3000`);
    await client.change(SERVER, FIXED_PORT.replace('3000', 'process.env.PORT'));
    const { html } = (await shown(client)).folders[0]!;
    expect(html).not.toContain('Port 3000');
    expect(html).toContain('PORT');
    expect(html).toContain(place);
  });

  it('shows what was accepted, which the list of findings leaves out', async () => {
    const first = await connect(APP);
    await first.client.ready();
    const { files } = await send<AcceptFindingsResult>(first.client, AcceptFindingsRequest);
    const { client } = await connect(app({ [BASELINE_FILE]: files[0]!.text }));
    expect((await folder(client)).findings).toEqual([]);
    const { html } = (await shown(client)).folders[0]!;
    expect(html).toMatch(/Port 3000(?:(?!<li>).)*accepted|accepted(?:(?!<li>).)*Port 3000/s);
    expect(html).toContain(`<code>${BASELINE_FILE}</code>: 0 new, 0 gone`);
  });

  it('is not there where nothing was analysed, and the list of findings says why', async () => {
    const settings = (scope: string | undefined): unknown => ({ enable: scope !== `${ROOT}/off` });
    const off = await connect(
      { 'on/package.json': '{ "name": "on", "private": true }', 'off/server.js': FIXED_PORT },
      { folders: [`${ROOT}/on`, `${ROOT}/off`], settings },
    );
    await off.client.ready();
    expect((await shown(off.client)).folders.map(({ uri }) => uri)).toEqual([`${ROOT}/on`]);
    const { folders } = await send<FindingsResult>(off.client, FindingsRequest);
    expect(folders.map(({ uri, state }) => [uri, state])).toEqual([
      [`${ROOT}/on`, 'known'],
      [`${ROOT}/off`, 'off'],
    ]);
    const none = await connect({ 'notes.txt': '' });
    await none.client.ready();
    expect((await shown(none.client)).folders[0]?.html).toContain('No app was found here');
  });
});

describe('the list of rules', () => {
  it('has all of them, as they are set for a folder, and how often they report there', async () => {
    const config = '{ "rules": { "hardcoded-port": "error" }, "factors": { "logs": "off" } }';
    const { client } = await connect({ ...APP, [CONFIG_FILE]: config });
    await client.ready();
    const listed = await send<RulesResult>(client, RulesRequest, { uri: SERVER });
    expect(listed.folder).toBe(ROOT);
    expect(listed.rules.map(({ id }) => id).sort()).toEqual(rules.map(({ id }) => id).sort());
    const byId = new Map(listed.rules.map((rule) => [rule.id, rule]));
    expect(byId.get('hardcoded-port')).toMatchObject({
      factorTitle: 'VII. Port binding',
      severity: 'warning',
      here: 'error',
      fix: 'safe',
      findings: 1,
    });
    expect(byId.get('fs-log-write')).toMatchObject({ severity: 'warning', here: 'off' });
    const elsewhere = await send<RulesResult>(client, RulesRequest, {});
    expect(elsewhere.folder).toBeUndefined();
    expect(elsewhere.rules.every(({ severity, here }) => severity === here)).toBe(true);
  });
});

describe('edits that views ask for', () => {
  const port = { uri: SERVER, ruleId: 'hardcoded-port', range: rangeAt(2, 11) };

  it('fix a finding of a file that nobody has opened', async () => {
    const { client } = await connect(APP);
    const { range } = of((await folder(client)).findings, 'hardcoded-port');
    const named = await send<FixFindingResult>(client, FixFindingRequest, { ...port, range });
    expect(named?.edit).toBeUndefined();
    expect(named?.fixes.length).toBeGreaterThan(1);
    const { id, kind } = named!.fixes[0]!;
    expect(kind).toBe('safe');
    const made = await send<FixFindingResult>(client, FixFindingRequest, {
      ...port,
      range,
      fixId: id,
    });
    expect(edited(FIXED_PORT, SERVER, made?.edit)).toContain('process.env.PORT');
    const gone = { ...port, range: rangeAt(0, 0) };
    expect(await send(client, FixFindingRequest, gone)).toBeNull();
  });

  it('write a reason as it was typed, on one line', async () => {
    const { client } = await connect(APP);
    const { range } = of((await folder(client)).findings, 'hardcoded-port');
    for (const scope of ['line', 'file'] as const) {
      const params = { ...port, range, scope, reason: ' the host asks\n 3000 ' };
      const edit = editOf(await send(client, SuppressRequest, params));
      const comment = scope === 'line' ? 'disable-next-line' : 'disable-file';
      expect(edited(FIXED_PORT, SERVER, edit)).toContain(
        `// twelve-factor-${comment} hardcoded-port -- the host asks 3000\n`,
      );
    }
  });

  it('never write a comment without the reason that is needed', async () => {
    const config = '{ "requireSuppressionReason": "error" }';
    const { client } = await connect({ ...APP, [CONFIG_FILE]: config });
    const { findings, needsReasons } = await folder(client);
    expect(needsReasons).toBe(true);
    const { range } = of(findings, 'hardcoded-port');
    const params = { ...port, range, scope: 'line' };
    const refused = await send<EditResult>(client, SuppressRequest, { ...params, reason: ' ' });
    expect(refused).toEqual({ problem: containing('say why') });
    const edit = editOf(await send(client, SuppressRequest, { ...params, reason: 'asked for' }));
    expect(edited(FIXED_PORT, SERVER, edit)).toContain('hardcoded-port -- asked for\n');
  });

  it('set a severity, leave out a file, and say why they do not', async () => {
    const { client, host } = await connect(SHOP);
    await client.ready();
    const off = { kind: 'severity', ruleId: 'hardcoded-port', severity: 'off' };
    const set = editOf(await send(client, ConfigureRequest, { uri: ROOT, change: off }));
    expect(JSON.parse(edited('', CONFIG, set)!)).toEqual({ rules: { 'hardcoded-port': 'off' } });
    const exclude = { kind: 'exclude' };
    const uri = `${ROOT}/docker-compose.yml`;
    const left = editOf(await send(client, ConfigureRequest, { uri, change: exclude }));
    host.files.set(CONFIG, edited('', CONFIG, left)!);
    await client.watched([CONFIG, 1]);
    const redraws = client.redraws;
    await client.until('a scan', () => client.redraws > redraws);
    expect((await folder(client)).notAnalysed).toEqual([]);
    const again = await send<EditResult>(client, ConfigureRequest, { uri, change: exclude });
    expect(again).toEqual({ problem: containing('already') });
    for (const path of ['package.json', 'twelve-factor.json']) {
      const params = { uri: `${ROOT}/${path}`, change: exclude };
      expect(await send(client, ConfigureRequest, params)).toEqual({
        problem: containing(path),
      });
    }
    expect(
      await send(client, ConfigureRequest, { uri: 'file:///elsewhere.js', change: exclude }),
    ).toEqual({ problem: containing('no folder') });
  });

  it('set a severity where a folder has the last word on it', async () => {
    const own = 'packages/api/twelve-factor.json';
    const port = '{ "rules": { "hardcoded-port": "error" } }';
    const { client } = await connect({
      ...APP,
      'packages/api/package.json': '{ "name": "api", "private": true }',
      [own]: port,
    });
    await client.ready();
    for (const [ruleId, file, before] of [
      ['hardcoded-port', own, port],
      ['console-log', 'twelve-factor.json', ''],
    ] as const) {
      const params = {
        uri: `${ROOT}/packages/api/server.js`,
        change: { kind: 'severity', ruleId, severity: 'off' },
      };
      const edit = editOf(await send(client, ConfigureRequest, params));
      expect(JSON.parse(edited(before, `${ROOT}/${file}`, edit)!)).toEqual({
        rules: { [ruleId]: 'off' },
      });
    }
  });

  it('are refused when they are asked for in another shape', async () => {
    const { client } = await connect(APP);
    for (const [method, params] of [
      [RulesRequest, { uri: 1 }],
      [FixFindingRequest, { uri: SERVER, ruleId: 'hardcoded-port' }],
      [SuppressRequest, { ...port, scope: 'folder', reason: '' }],
      [
        ConfigureRequest,
        { uri: ROOT, change: { kind: 'severity', ruleId: 'x', severity: 'loud' } },
      ],
    ] as const)
      await expect(send(client, method, params), method).rejects.toThrow(/shape/);
  });
});

describe('links of diagnostics', () => {
  it('lead where the client says, or nowhere; those of notices too', async () => {
    const config = '{ "rulez": {} }';
    for (const [rulePages, expected] of [
      [undefined, /^https:\/\/.*\/docs\/rules\/(hardcoded-port|configuration)\.md$/],
      ['https://wiki.example.com/12f/{page}', /^https:\/\/wiki\.example\.com\/12f\/[\w-]+$/],
      [null, undefined],
    ] as const) {
      const { client } = await connect(
        { ...APP, [CONFIG_FILE]: config },
        { initializationOptions: { rulePages } },
      );
      await client.open(SERVER, FIXED_PORT);
      await client.open(CONFIG, config, 'jsonc');
      const all = [...(await client.diagnostics(SERVER)), ...(await client.diagnostics(CONFIG))];
      const ours = all.filter(({ code }) => code === 'hardcoded-port' || code === 'configuration');
      expect(ours).toHaveLength(2);
      for (const { codeDescription } of ours)
        if (expected) expect(codeDescription?.href).toMatch(expected);
        else expect(codeDescription).toBeUndefined();
    }
  });
});

/** Stands for a text with a part in it. */
function containing(part: string): unknown {
  return expect.stringContaining(part);
}

function rangeAt(line: number, character: number): ListedFinding['range'] {
  return { start: { line, character }, end: { line, character } };
}

function asDiagnostic({ ruleId, range, message }: ListedFinding) {
  return { code: ruleId, range, message };
}
