import { FileChangeType, type CodeAction, type WorkspaceEdit } from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import { FixAllRequest } from '../../server/src/protocol';
import { CONFIG_FILE } from '../../server/src/engine/config/config-file';
import { APP, app, FIXED_PORT, SERVER } from './app';
import { codes, connect, disconnect, edited, rangeOf, ROOT, VSCODE, type Client } from './client';

afterEach(disconnect);

const EXAMPLE = `${ROOT}/.env.example`;
const CALLS = `const express = require('express');
const axios = require('axios');
const app = express();
const payments = axios.create({ baseURL: 'http://payments.internal:8080/v1' });
const orders = axios.create({ baseURL: 'http://orders.internal:8080/v1' });
app.get('/', async (req, res) => res.json([await payments.get('/'), await orders.get('/')]));
app.listen(process.env.PORT || 3000);
process.on('SIGTERM', () => process.exit(0));
`;
const CALLING = app({
  'package.json': APP['package.json']!.replace('"express"', '"axios": "1.7.0",\n    "express"'),
  'server.js': CALLS,
  '.env.example': '# Settings\nPORT=3000\n',
});

async function actionsAt(client: Client, text: string, part: string): Promise<CodeAction[]> {
  const range = rangeOf(text, part);
  const diagnostics = (await client.diagnostics(SERVER)).filter(
    ({ range: each }) => each.start.line === range.start.line,
  );
  return client.codeActions(SERVER, range, { diagnostics: [...diagnostics] });
}

/** URIs that an edit touches, with versions. */
function touched(edit: WorkspaceEdit | undefined): unknown[] {
  return (edit?.documentChanges ?? []).map((change) =>
    'textDocument' in change ? [change.textDocument.uri, change.textDocument.version] : change.kind,
  );
}

/** What our own client says of itself. */
const OURS = {
  initializationOptions: {
    commands: [
      'twelveFactor.showRuleDocs',
      'twelveFactor.suppressFinding',
      'twelveFactor.fixAllInWorkspace',
    ],
  },
};
const RESOLVING = {
  capabilities: {
    ...VSCODE,
    textDocument: {
      ...VSCODE.textDocument,
      codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
    },
  },
};
const CONFIG = `${ROOT}/${CONFIG_FILE}`;

/** The edit of an action, asked for where the server left it out. */
async function resolved(client: Client, action: CodeAction): Promise<WorkspaceEdit | undefined> {
  return (await client.connection.sendRequest<CodeAction>('codeAction/resolve', action)).edit;
}

describe('code actions at a finding', () => {
  it('come in order: fixes, this line, fix all, whole file, settings, documentation', async () => {
    const { client } = await connect(CALLING, OURS);
    await client.open(SERVER, CALLS);
    const actions = await actionsAt(client, CALLS, "'http://payments");
    const titles = actions.map(({ title }) => title);
    const place = (part: string, start = ''): number =>
      titles.findIndex((title) => title.startsWith(start) && title.includes(part));
    expect(place('for this line')).toBeGreaterThan(0);
    expect(place('Fix all hardcoded-url')).toBeGreaterThan(place('for this line'));
    expect(place('in this file', 'Fix all safe')).toBeGreaterThan(place('Fix all hardcoded-url'));
    expect(place('in the workspace')).toBeGreaterThan(place('in this file', 'Fix all safe'));
    expect(place('for the whole file')).toBeGreaterThan(place('in the workspace'));
    expect(place('Lower hardcoded-url to information')).toBeGreaterThan(place('whole file'));
    expect(place('Turn off hardcoded-url')).toBeGreaterThan(place('Lower hardcoded-url'));
    expect(place('Leave server.js out')).toBeGreaterThan(place('Turn off hardcoded-url'));
    expect(place('Show documentation')).toBe(titles.length - 1);
    expect(actions.every(({ kind }) => kind === 'quickfix')).toBe(true);
  });

  it('fix all of the rule once for each sort of fix, and say which', async () => {
    const { client } = await connect(CALLING);
    await client.open(SERVER, CALLS);
    const actions = await actionsAt(client, CALLS, "'http://payments");
    const all = actions.filter(({ title }) => title.startsWith('Fix all hardcoded-url'));
    expect(all.map(({ title }) => title)).toEqual([
      "Fix all hardcoded-url problems in this file: read the URL from the environment, with today's value as default",
      'Fix all hardcoded-url problems in this file: require the URL from the environment',
    ]);
    const [defaults, required] = all.map(({ edit }) => edited(CALLS, SERVER, edit));
    expect(defaults?.match(/process\.env\.\w+_URL \|\| /g)).toHaveLength(2);
    expect(required?.match(/must be set/g)).toHaveLength(2);
    expect(required).not.toContain('internal');
  });

  it('offer no sort of fix for all that only one finding takes', async () => {
    const text = CALLS.replace(/^const orders.*\n/m, '').replace(", await orders.get('/')", '');
    const { client } = await connect({ ...CALLING, 'server.js': text });
    await client.open(SERVER, text);
    const actions = await actionsAt(client, text, "'http://payments");
    expect(actions.filter(({ title }) => title.startsWith('Fix all hardcoded'))).toEqual([]);
  });

  it('prefer the safe fix, which edits the source and .env.example', async () => {
    const { client } = await connect(CALLING);
    await client.open(SERVER, CALLS);
    const actions = await actionsAt(client, CALLS, "'http://payments");
    const [preferred, ...others] = actions.filter(({ isPreferred }) => isPreferred);
    expect(others).toEqual([]);
    expect(preferred).toBe(actions[0]);
    expect(touched(preferred?.edit)).toEqual([
      [EXAMPLE, null],
      [SERVER, 1],
    ]);
    const fixed = edited(CALLS, SERVER, preferred?.edit);
    expect(fixed).toContain("process.env.PAYMENTS_URL || 'http://payments.internal:8080/v1'");
    expect(edited(CALLING['.env.example']!, EXAMPLE, preferred?.edit)).toMatch(/^PAYMENTS_URL=/m);
    expect(preferred?.diagnostics?.map(({ code }) => code)).toEqual(['hardcoded-url']);
  });

  it('create .env.example where there is none', async () => {
    const files = Object.fromEntries(
      Object.entries(CALLING).filter(([path]) => path !== '.env.example'),
    );
    const { client } = await connect(files);
    await client.open(SERVER, CALLS);
    const [preferred] = await actionsAt(client, CALLS, "'http://payments");
    expect(preferred?.isPreferred).toBe(true);
    expect(touched(preferred?.edit)).toContain('create');
  });

  it('are none where there is no finding, or another kind is asked for', async () => {
    const { client } = await connect(CALLING);
    await client.open(SERVER, CALLS);
    expect(await actionsAt(client, CALLS, 'express')).toEqual([]);
    const range = rangeOf(CALLS, "'http://payments");
    for (const only of [['refactor'], ['source'], ['source.fixAll'], ['source.fixAll.eslint']])
      expect(await client.codeActions(SERVER, range, { only }), only[0]).toEqual([]);
    expect(await client.codeActions(SERVER, range, { only: ['quickfix'] })).not.toEqual([]);
  });

  it('suppress: the finding goes, and without it the comment is reported', async () => {
    const { client } = await connect(APP);
    await client.open(SERVER, FIXED_PORT);
    const actions = await actionsAt(client, FIXED_PORT, '3000');
    for (const title of [
      'Disable hardcoded-port for this line',
      'Disable hardcoded-port for the whole file',
    ]) {
      const { edit } = actions.find((action) => action.title === title)!;
      const suppressed = edited(FIXED_PORT, SERVER, edit)!;
      await client.change(SERVER, suppressed);
      const left = codes(await client.diagnostics(SERVER));
      expect(left, title).not.toContain('hardcoded-port');
      expect(left, title).not.toContain('unused-suppression');
      const unused = suppressed.replace('3000', 'process.env.PORT');
      await client.change(SERVER, unused);
      const complaint = (await client.diagnostics(SERVER)).find(
        ({ code }) => code === 'unused-suppression',
      )!;
      expect(complaint.tags, title).toEqual([1]);
      const [removal] = await client.codeActions(SERVER, complaint.range, {
        diagnostics: [complaint],
      });
      expect(edited(unused, SERVER, removal?.edit), title).toBe(
        FIXED_PORT.replace('3000', 'process.env.PORT'),
      );
    }
  });

  it('open the documentation of the rule', async () => {
    const { client } = await connect(APP, OURS);
    await client.open(SERVER, FIXED_PORT);
    const { command } = (await actionsAt(client, FIXED_PORT, '3000')).at(-1)!;
    expect(command).toMatchObject({
      command: 'twelveFactor.showRuleDocs',
      arguments: ['hardcoded-port'],
    });
  });

  it('are made for the text at hand', async () => {
    const { client } = await connect(CALLING);
    await client.open(SERVER, CALLS);
    await client.diagnostics(SERVER);
    const moved = `// A comment.\n${CALLS}`;
    void client.change(SERVER, moved);
    const [action] = await client.codeActions(SERVER, rangeOf(moved, "'http://payments"));
    expect(touched(action?.edit)).toContainEqual([SERVER, 2]);
    expect(edited(moved, SERVER, action?.edit)).toContain('process.env.PAYMENTS_URL ||');
  });

  it('of project rules are made for the text at hand too', async () => {
    const { client } = await connect(APP);
    await client.open(SERVER, FIXED_PORT);
    await client.diagnostics(SERVER);
    const moved = `// A comment.\n${FIXED_PORT}`;
    void client.change(SERVER, moved);
    const actions = await client.codeActions(SERVER, rangeOf(moved, 'listen'));
    const shutdown = actions.find(({ title }) => title.includes('SIGTERM'));
    const text = edited(moved, SERVER, shutdown?.edit);
    expect(text).toMatch(/^\/\/ A comment\.\nconst express = require/);
    expect(text).toContain('const server = app.listen(3000);\n');
  });

  it('edit other files as they are after a change on disk', async () => {
    const { client, host } = await connect(CALLING);
    await client.open(SERVER, CALLS);
    await client.diagnostics(SERVER);
    const example = 'PORT=3000\n';
    host.files.set(EXAMPLE, example);
    await client.watched([EXAMPLE, FileChangeType.Changed]);
    // The findings of the server are the same, so that its report is too.
    await client.pullWorkspace();
    const [action] = await client.codeActions(SERVER, rangeOf(CALLS, "'http://payments"));
    expect(edited(example, EXAMPLE, action?.edit)).toMatch(/^PORT=3000\nPAYMENTS_URL=/);
  });

  it('leave out an edit of a file that has moved on', async () => {
    const { client } = await connect(CALLING);
    await client.open(SERVER, CALLS);
    await client.diagnostics(SERVER);
    await client.ready();
    // The editor knows more of .env.example than the analysis does yet.
    void client.open(EXAMPLE, 'SOMETHING=else\n', 'dotenv');
    const actions = await client.codeActions(SERVER, rangeOf(CALLS, "'http://payments"));
    for (const { edit } of actions)
      expect(touched(edit).filter((each) => String(each).includes('.env.example'))).toEqual([]);
  });

  it('do without files where the client cannot version or create them', async () => {
    const { client } = await connect(APP, {
      capabilities: { ...VSCODE, workspace: { ...VSCODE.workspace, workspaceEdit: {} } },
    });
    await client.open(SERVER, FIXED_PORT);
    const actions = await actionsAt(client, FIXED_PORT, '3000');
    const disable = actions.find(({ title }) => title.endsWith('for this line'))!;
    expect(Object.keys(disable.edit?.changes ?? {})).toEqual([SERVER]);
    expect(disable.edit?.documentChanges).toBeUndefined();
  });
});

describe('suppressing', () => {
  const two = FIXED_PORT.replace(
    'app.listen(3000)',
    '// twelve-factor-disable-next-line missing-sigterm-handler\napp.listen(3000)',
  );
  const disable = (actions: readonly CodeAction[]): CodeAction =>
    actions.find(({ title }) => title.startsWith('Disable hardcoded-port for this line'))!;

  it('adds to a comment without a reason, but never to the reason of another rule', async () => {
    const { client } = await connect(APP);
    for (const [text, expected] of [
      [two, 'disable-next-line missing-sigterm-handler, hardcoded-port\n'],
      [
        two.replace('handler\n', 'handler -- the platform kills\n'),
        'handler -- the platform kills\n// twelve-factor-disable-next-line hardcoded-port\napp',
      ],
    ] as const) {
      await client.open(SERVER, text);
      const { edit } = disable(await actionsAt(client, text, '3000'));
      const suppressed = edited(text, SERVER, edit)!;
      expect(suppressed).toContain(expected);
      await client.change(SERVER, suppressed);
      expect(codes(await client.diagnostics(SERVER))).not.toContain('hardcoded-port');
      expect(codes(await client.diagnostics(SERVER))).not.toContain('unused-suppression');
      await client.close(SERVER);
    }
  });

  it('is not offered where there has to be a reason and nobody can be asked', async () => {
    const { client } = await connect({ ...APP, [CONFIG_FILE]: REASONS });
    await client.open(SERVER, FIXED_PORT);
    const actions = await actionsAt(client, FIXED_PORT, '3000');
    expect(actions.filter(({ title }) => title.startsWith('Disable'))).toEqual([]);
    expect(actions.length).toBeGreaterThan(2);
  });

  it('asks for the reason where the client can, and says whether it is needed', async () => {
    for (const needsReason of [false, true]) {
      const files = needsReason ? { ...APP, [CONFIG_FILE]: REASONS } : APP;
      const { client } = await connect(files, OURS);
      await client.open(SERVER, FIXED_PORT);
      const { title, edit, command } = disable(await actionsAt(client, FIXED_PORT, '3000'));
      expect(title).toMatch(/…$/);
      expect(edit).toBeUndefined();
      expect(command).toMatchObject({
        command: 'twelveFactor.suppressFinding',
        arguments: [{ uri: SERVER, ruleId: 'hardcoded-port', scope: 'line', needsReason }],
      });
    }
  });
});

const REASONS = '{ "requireSuppressionReason": "warning" }';

describe('settings from the light bulb', () => {
  const titled = (actions: readonly CodeAction[], start: string): CodeAction =>
    actions.find(({ title }) => title.startsWith(start))!;

  it('create the configuration file, or edit it as it is written', async () => {
    const commented = '{\n  // Ours.\n  "rules": {\n    "log-routing": "off",\n  },\n}\n';
    for (const [config, start, expected] of [
      [
        undefined,
        'Turn off hardcoded-port',
        '{\n  "rules": {\n    "hardcoded-port": "off"\n  }\n}\n',
      ],
      [
        commented,
        'Lower hardcoded-port to information',
        commented.replace('"off",', '"off",\n    "hardcoded-port": "information",'),
      ],
      [undefined, 'Leave server.js out', '{\n  "exclude": [\n    "server.js"\n  ]\n}\n'],
    ] as const) {
      const files = config === undefined ? APP : { ...APP, [CONFIG_FILE]: config };
      const { client, host } = await connect(files);
      await client.open(SERVER, FIXED_PORT);
      const { edit } = titled(await actionsAt(client, FIXED_PORT, '3000'), start);
      const changed = edited(config ?? '', CONFIG, edit)!;
      expect(changed).toBe(expected);
      host.files.set(CONFIG, changed);
      await client.watched([CONFIG, FileChangeType.Changed]);
      await client.until('the port to be quieter', () => client.refreshes > 0);
      const left = (await client.diagnostics(SERVER)).filter(
        ({ code }) => code === 'hardcoded-port',
      );
      expect(left.map(({ severity }) => severity)).toEqual(start.startsWith('Lower') ? [3] : []);
    }
  });

  it('are not offered while the file is no JSON, nor would they leave out a package.json', async () => {
    const { client } = await connect({ ...APP, [CONFIG_FILE]: '{ "rules": ' });
    await client.open(SERVER, FIXED_PORT);
    const actions = await actionsAt(client, FIXED_PORT, '3000');
    expect(actions.filter(({ title }) => title.includes(CONFIG_FILE))).toEqual([]);
    const manifest = APP['package.json']!.replace(/,\s*"engines": \{[^}]*\}/, '');
    const bare = await connect(app({ 'package.json': manifest }));
    const uri = `${ROOT}/package.json`;
    await bare.client.open(uri, manifest, 'json');
    const [diagnostic] = await bare.client.diagnostics(uri);
    const there = await bare.client.codeActions(uri, diagnostic!.range);
    expect(there.map(({ title }) => title).filter((title) => /^(Turn|Leave)/.test(title))).toEqual([
      'Turn off undeclared-runtime in twelve-factor.json',
    ]);
  });
});

describe('code actions whose edits are asked for', () => {
  it('are made when they are, and are those that come at once elsewhere', async () => {
    const eager = await connect(CALLING);
    await eager.client.open(SERVER, CALLS);
    const whole = await actionsAt(eager.client, CALLS, "'http://payments");
    const { client } = await connect(CALLING, RESOLVING);
    expect(client.initializeResult?.capabilities.codeActionProvider).toMatchObject({
      resolveProvider: true,
    });
    await client.open(SERVER, CALLS);
    const lean = await actionsAt(client, CALLS, "'http://payments");
    expect(lean.filter(({ edit }) => edit)).toEqual([]);
    const byTitle = new Map(lean.map((action) => [action.title, action]));
    expect(whole.length).toBeGreaterThan(6);
    for (const { title, edit } of whole) {
      expect(await resolved(client, byTitle.get(title)!), title).toEqual(edit);
      byTitle.delete(title);
    }
    // A preview of the whole workspace is too much for every menu that opens.
    expect([...byTitle.keys()]).toEqual(['Fix all safe Twelve-Factor problems in the workspace…']);
    const [workspace] = byTitle.values();
    const edit = await resolved(client, workspace!);
    expect(Object.values(edit?.changeAnnotations ?? {})).toMatchObject([
      { needsConfirmation: true },
    ]);
  });

  it('are not made for another text, and the editor says so', async () => {
    const { client } = await connect(APP, RESOLVING);
    await client.open(SERVER, FIXED_PORT);
    const [action] = await actionsAt(client, FIXED_PORT, '3000');
    await client.change(SERVER, `// A comment.\n${FIXED_PORT}`);
    expect(await resolved(client, action!)).toBeUndefined();
    expect(client.messages).toEqual([expect.stringContaining('changed')]);
    const data = { ...(action!.data as object), uri: `${ROOT}/elsewhere.js` };
    expect(await resolved(client, { ...action!, data })).toBeUndefined();
    expect(await resolved(client, { title: 'A command' })).toBeUndefined();
    expect(client.messages).toHaveLength(2);
    for (const wrong of [{}, { ...data, range: 1 }])
      await expect(resolved(client, { ...action!, data: wrong })).rejects.toThrow(/shape/);
  });
});

describe('source actions', () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

  it('are in the menu that a person opens, and nowhere else', async () => {
    const { client } = await connect(APP, OURS);
    await client.open(SERVER, FIXED_PORT);
    const kinds = async (only: string[], triggerKind?: 1 | 2): Promise<unknown[]> =>
      (await client.codeActions(SERVER, range, { only, ...(triggerKind && { triggerKind }) })).map(
        ({ kind }) => kind,
      );
    const ours = ['source.fixAll.twelveFactor', 'source.fixWorkspace.twelveFactor'];
    expect(await kinds(['source'], 1)).toEqual(ours);
    expect(await kinds(['source.fixAll'], 1)).toEqual(ours.slice(0, 1));
    for (const only of [['source'], ['source.fixAll'], ['source.fixAll.eslint']])
      expect(await kinds(only, 2)).toEqual([]);
    expect(await kinds(['refactor'], 1)).toEqual([]);
    const [, workspace] = await client.codeActions(SERVER, range, {
      only: ['source'],
      triggerKind: 1,
    });
    expect(workspace?.command?.command).toBe('twelveFactor.fixAllInWorkspace');
  });
});

describe('source.fixAll.twelveFactor', () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

  it('applies the safe fixes, and no others', async () => {
    const text = CALLS.replace('process.env.PORT || 3000', '3000').replace(/process\.on.*\n/, '');
    const { client } = await connect({ ...CALLING, 'server.js': text });
    await client.open(SERVER, text);
    expect(codes(await client.diagnostics(SERVER))).toContain('missing-sigterm-handler');
    const actions = await client.codeActions(SERVER, range, {
      only: ['source.fixAll.twelveFactor'],
    });
    expect(actions.map(({ kind }) => kind)).toEqual(['source.fixAll.twelveFactor']);
    const fixed = edited(text, SERVER, actions[0]?.edit)!;
    expect(fixed).toContain('process.env.PORT');
    expect(fixed).toContain('process.env.PAYMENTS_URL');
    expect(fixed).toContain('process.env.ORDERS_URL');
    expect(fixed).not.toContain('SIGTERM');
    await client.change(SERVER, fixed);
    expect(
      await client.codeActions(SERVER, range, { only: ['source.fixAll.twelveFactor'] }),
    ).toEqual([]);
  });

  it('is never an answer to plain source.fixAll, or to no kind at all', async () => {
    const { client } = await connect(APP);
    await client.open(SERVER, FIXED_PORT);
    for (const only of [['source.fixAll'], ['source'], undefined]) {
      const actions = await client.codeActions(SERVER, range, only ? { only } : {});
      expect(actions.filter(({ kind }) => kind?.startsWith('source'))).toEqual([]);
    }
  });
});

describe('fixing all of a rule', () => {
  const other =
    "const axios = require('axios');\nmodule.exports = axios.create({ baseURL: 'http://stock.internal/v1' });\n";
  const files = {
    ...CALLING,
    'server.js': CALLS.replace(
      "require('axios');",
      "require('axios');\nconst stock = require('./stock');",
    ),
    'stock.js': other,
  };

  it('in the workspace asks for a look first', async () => {
    const { client } = await connect(files);
    const edit = await client.connection.sendRequest<WorkspaceEdit | null>(FixAllRequest, {
      scope: 'workspace',
      ruleId: 'hardcoded-url',
    });
    expect(touched(edit ?? undefined)).toEqual([
      [EXAMPLE, null],
      [SERVER, null],
      [`${ROOT}/stock.js`, null],
    ]);
    const annotations = Object.entries(edit?.changeAnnotations ?? {});
    expect(annotations).toHaveLength(1);
    const [[id, annotation]] = annotations as [(typeof annotations)[number]];
    expect(annotation).toMatchObject({ needsConfirmation: true });
    for (const change of edit?.documentChanges ?? [])
      if ('textDocument' in change)
        for (const each of change.edits) expect(each).toMatchObject({ annotationId: id });
  });

  it('takes what is typed and not saved', async () => {
    const { client } = await connect(files);
    await client.open(SERVER, files['server.js']);
    await client.change(SERVER, `// A comment.\n${files['server.js']}`);
    const edit = await client.connection.sendRequest<WorkspaceEdit | null>(FixAllRequest, {
      scope: 'workspace',
      ruleId: 'hardcoded-url',
    });
    expect(touched(edit ?? undefined)).toContainEqual([SERVER, 2]);
  });

  it('in a file touches that file alone, and what its fixes need', async () => {
    const { client } = await connect(files);
    await client.open(SERVER, files['server.js']);
    const edit = await client.connection.sendRequest<WorkspaceEdit | null>(FixAllRequest, {
      scope: 'file',
      uri: SERVER,
      ruleId: 'hardcoded-url',
    });
    expect(touched(edit ?? undefined)).toEqual([
      [EXAMPLE, null],
      [SERVER, 1],
    ]);
  });

  it('of nothing is nothing', async () => {
    const { client } = await connect(APP);
    for (const params of [
      { scope: 'workspace', ruleId: 'no-such-rule' },
      { scope: 'file', uri: 'file:///elsewhere.js' },
      { scope: 'file' },
    ])
      expect(await client.connection.sendRequest(FixAllRequest, params)).toBeNull();
  });

  it('counts each file once where folders are nested', async () => {
    const inner = `${ROOT}/api`;
    const nested = Object.fromEntries(
      Object.entries(CALLING).map(([path, text]) => [`api/${path}`, text]),
    );
    const { client } = await connect(nested, { folders: [ROOT, inner] });
    const edit = await client.connection.sendRequest<WorkspaceEdit | null>(FixAllRequest, {
      scope: 'workspace',
      ruleId: 'hardcoded-url',
    });
    expect(touched(edit ?? undefined)).toEqual([
      [`${inner}/.env.example`, null],
      [`${inner}/server.js`, null],
    ]);
  });
});

describe('hovering', () => {
  it('tells why, and what the fix would change', async () => {
    const { client } = await connect(CALLING);
    await client.open(SERVER, CALLS);
    const { start } = rangeOf(CALLS, 'http://payments');
    const hover = await client.hover(SERVER, start);
    const { value } = hover?.contents as { value: string };
    expect(value).toContain('https://12factor.net/config');
    expect(value).toContain('+ const payments = axios.create({ baseURL: process.env.PAYMENTS_URL');
    expect(value).toContain('`.env.example`');
    expect(await client.hover(SERVER, { line: 0, character: 0 })).toBeNull();
  });
});
