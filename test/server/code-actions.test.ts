import { FileChangeType, type CodeAction, type WorkspaceEdit } from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import { FixAllRequest } from '../../server/src/protocol';
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
const OURS = { initializationOptions: { commands: ['twelveFactor.showRuleDocs'] } };

describe('code actions at a finding', () => {
  it('come in order: fixes, this line, all of the rule, whole file, documentation', async () => {
    const { client } = await connect(CALLING, OURS);
    await client.open(SERVER, CALLS);
    const actions = await actionsAt(client, CALLS, "'http://payments");
    const titles = actions.map(({ title }) => title);
    const place = (part: string): number => titles.findIndex((title) => title.includes(part));
    expect(place('for this line')).toBeGreaterThan(0);
    expect(place('Fix all hardcoded-url')).toBeGreaterThan(place('for this line'));
    expect(place('for the whole file')).toBeGreaterThan(place('Fix all hardcoded-url'));
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
    expect(actions.filter(({ title }) => title.startsWith('Fix all'))).toEqual([]);
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
