import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { serveAgents } from '../../server/src/cli/mcp/mcp';
import type { Terminal } from '../../server/src/cli/terminal';
import type { JsonReport } from '../../server/src/report/json';
import type { JsonMap } from '../../server/src/report/map-json';
import { rules } from '../../server/src/rules';
import { TOOLS } from '../../server/src/workspace/agents/descriptions';
import type { Files } from '../helpers/check';
import { cli, temporaryFolder } from './run';

const SECRET = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc';
const SHOP: Files = {
  'package.json': JSON.stringify({
    name: 'shop',
    scripts: { start: 'node src/server.js' },
    dependencies: { express: '4.19.2', stripe: '16.0.0' },
  }),
  'src/server.js': `const express = require('express');
const stripe = require('stripe')('${SECRET}');
const app = express();
app.post('/pay', (_, response) => response.json(stripe.charges));
app.listen(3000);
`,
  '.env.example': 'LOG_LEVEL=info\n',
};

interface Listed extends Omit<JsonReport, 'findings'> {
  readonly total: number;
  readonly next?: number;
  readonly findings: readonly (Omit<JsonReport['findings'][number], 'fixes'> & {
    readonly fixes: readonly { readonly id: string; readonly kind: string }[];
  })[];
}

interface Preview {
  readonly fix: { readonly id: string };
  readonly files: readonly { readonly path: string; readonly change: string }[];
  readonly diff: string;
  readonly preview: string;
}

interface Session {
  readonly client: Client;
  readonly path: string;
  /** What a tool gives. */
  call<T = unknown>(name: string, input?: object): Promise<T>;
  /** What is wrong with a call. */
  refused(name: string, input?: object): Promise<string>;
}

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Starts the server on a folder, and an agent that talks to it over two streams in memory. */
async function connect(
  files: Files,
  answer?: (message: string) => 'accept' | 'decline',
): Promise<Session> {
  const folder = await temporaryFolder(files);
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const terminal: Terminal = {
    cwd: folder.path,
    env: {},
    out: { isTerminal: false, write: () => expect.fail('standard output is the wire') },
    err: { isTerminal: false, write: () => undefined },
    readInput: () => Promise.resolve(''),
    ask: undefined,
    program: () => undefined,
    shipped: (path) => readFile(join(import.meta.dirname, '../..', path), 'utf8'),
  };
  const served = serveAgents('.', rules, terminal, theirs);
  const client = new Client(
    { name: 'test', version: '1' },
    { capabilities: answer ? { elicitation: {} } : {} },
  );
  if (answer)
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => ({
      action: answer(params.message),
      content: {},
    }));
  await client.connect(ours);
  open.push(async () => {
    await client.close();
    await served;
    await folder.dispose();
  });
  const text = async (name: string, input: object, isError: boolean): Promise<string> => {
    const result = await client.callTool({ name, arguments: { ...input } });
    const [first] = result.content as [{ readonly text: string }];
    expect(result.isError ?? false, first.text).toBe(isError);
    return first.text;
  };
  return {
    client,
    path: folder.path,
    call: async <T>(name: string, input = {}) => JSON.parse(await text(name, input, false)) as T,
    refused: (name, input = {}) => text(name, input, true),
  };
}

async function portFinding({ call }: Session): Promise<Listed['findings'][number]> {
  const { findings } = await call<Listed>('twelve_factor_list_findings', {
    rules: ['hardcoded-port'],
  });
  return findings[0]!;
}

describe('agents', () => {
  it('are told of every tool, and which of them write', async () => {
    const { client } = await connect(SHOP);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(Object.keys(TOOLS));
    const writing = tools.filter(({ annotations }) => annotations?.readOnlyHint === false);
    expect(writing.map(({ name }) => name)).toEqual(['twelve_factor_apply_fix']);
    expect(client.getServerVersion()).toMatchObject({ name: 'twelve-factor' });
    expect(client.getInstructions()).toContain('twelve factors');
  });

  it('list findings as a check prints them, without credentials', async () => {
    const session = await connect(SHOP);
    const listed = await session.call<Listed>('twelve_factor_list_findings');
    const check = await cli(
      session.path,
      ['check', '--format', 'json', '--no-cache'],
      {},
      '',
      rules,
    );
    const { findings } = JSON.parse(check.out) as JsonReport;
    const wanted = findings.filter(({ severity }) => severity !== 'hint');
    expect(wanted.map(({ ruleId }) => ruleId)).toEqual(
      expect.arrayContaining(['hardcoded-port', 'hardcoded-secret']),
    );
    expect(
      listed.findings.map(({ fixes, ...finding }) => ({
        ...finding,
        fixes: fixes.map(({ id, ...fix }) => {
          expect(id).toMatch(/\w/);
          return fix;
        }),
      })),
    ).toEqual(wanted);
    expect(listed).toMatchObject({ schemaVersion: 1, total: wanted.length, notAnalysed: [] });
    expect(JSON.stringify(listed)).not.toContain(SECRET.slice(8));
  });

  it('list a part of them: by rule, factor, severity, place and page', async () => {
    const { call } = await connect(SHOP);
    const list = (input: object): Promise<Listed> => call('twelve_factor_list_findings', input);
    const all = await list({ severity: 'hint' });
    const rest = await list({ severity: 'hint', offset: 1, limit: 1 });
    expect(rest.findings).toEqual(all.findings.slice(1, 2));
    expect(rest).toMatchObject({ total: all.total, next: 2 });
    expect(all.next).toBeUndefined();
    const ports = await list({ factors: ['port-binding'] });
    expect(ports.findings.map(({ ruleId }) => ruleId)).toEqual(['hardcoded-port']);
    expect(
      (await list({ path: './src/' })).findings.every(({ path }) => path.startsWith('src/')),
    ).toBe(true);
    expect((await list({ path: 'sr' })).total).toBe(0);
    expect((await list({ severity: 'error' })).total).toBeLessThan(all.total);
  });

  it('see what has changed on the disk since the last call', async () => {
    const session = await connect(SHOP);
    expect(await portFinding(session)).toMatchObject({ range: { start: { line: 5 } } });
    const text = SHOP['src/server.js']!.replace('3000', 'process.env.PORT');
    await writeFile(join(session.path, 'src/server.js'), text);
    expect(await portFinding(session)).toBeUndefined();
  });

  it('get the page of a rule, and of what else is reported', async () => {
    const { call } = await connect(SHOP);
    expect(await call('twelve_factor_explain_rule', { rule: 'hardcoded-port' })).toMatchObject({
      rule: 'hardcoded-port',
      page: expect.stringContaining('# hardcoded-port') as string,
    });
    expect(await call('twelve_factor_explain_rule', { rule: 'not-analysed' })).toMatchObject({
      page: expect.stringContaining('# not-analysed') as string,
    });
  });

  it('get the map as the command line prints it', async () => {
    const session = await connect({ ...SHOP, 'tools/x/package.json': '{ "name": "x" }' });
    const printed = await cli(session.path, ['map', '--format', 'json'], {}, '', rules);
    const map = await session.call<JsonMap>('twelve_factor_show_map');
    expect(map).toEqual(JSON.parse(printed.out));
    const { packages } = await session.call<JsonMap>('twelve_factor_show_map', { path: 'tools' });
    expect(packages.map(({ path }) => path)).toEqual(['tools/x']);
  });
});

describe('a fix', () => {
  it('is previewed, then applied as it was shown, and is gone then', async () => {
    const session = await connect(SHOP);
    const { fingerprint: finding, fixes } = await portFinding(session);
    expect(fixes[0]).toMatchObject({ kind: 'safe' });
    const { fix, preview, diff, files } = await session.call<Preview>('twelve_factor_preview_fix', {
      finding,
    });
    expect(fix.id).toBe(fixes[0]!.id);
    expect(files.map(({ path }) => path).sort()).toEqual(['.env.example', 'src/server.js']);
    expect(diff).toContain('-app.listen(3000);');
    expect(await readFile(join(session.path, 'src/server.js'), 'utf8')).toContain('listen(3000)');
    const given = { finding, fix: fix.id, preview };
    expect(await session.call('twelve_factor_apply_fix', given)).toMatchObject({
      applied: true,
      files,
    });
    expect(await readFile(join(session.path, 'src/server.js'), 'utf8')).toContain(
      'process.env.PORT',
    );
    expect(await readFile(join(session.path, '.env.example'), 'utf8')).toContain('PORT=');
    expect(await portFinding(session)).toBeUndefined();
    expect(await session.refused('twelve_factor_apply_fix', given)).toContain('list the findings');
  });

  it('shows no credential in its preview, whichever it is', async () => {
    const { call } = await connect(SHOP);
    const { findings } = await call<Listed>('twelve_factor_list_findings', { severity: 'hint' });
    let shown = 0;
    for (const { fingerprint: finding, fixes } of findings)
      for (const { id: fix } of fixes) {
        const preview = await call<Preview>('twelve_factor_preview_fix', { finding, fix });
        expect(JSON.stringify(preview)).not.toContain(SECRET.slice(8));
        shown += 1;
      }
    expect(shown).toBeGreaterThan(3);
  });

  it('is not applied without its preview, nor after a file has changed', async () => {
    const session = await connect(SHOP);
    const { fingerprint: finding } = await portFinding(session);
    const { fix, preview } = await session.call<Preview>('twelve_factor_preview_fix', { finding });
    const apply = (token: string): Promise<string> =>
      session.refused('twelve_factor_apply_fix', { finding, fix: fix.id, preview: token });
    expect(await apply('0000')).toContain('nothing was done');
    const file = join(session.path, 'src/server.js');
    const changed = `// Mine.\n${SHOP['src/server.js']!}`;
    await writeFile(file, changed);
    expect(await apply(preview)).toContain('nothing was done');
    expect(await readFile(file, 'utf8')).toBe(changed);
  });

  it('writes nothing outside of the folder, where a link leads there', async () => {
    const outside = await temporaryFolder({ 'keep.txt': '' });
    open.push(outside.dispose);
    const files = Object.entries(SHOP).filter(([path]) => path !== '.env.example');
    const session = await connect(Object.fromEntries(files));
    await symlink(join(outside.path, '.env.example'), join(session.path, '.env.example'));
    const { fingerprint: finding } = await portFinding(session);
    const {
      fix,
      preview,
      files: changed,
    } = await session.call<Preview>('twelve_factor_preview_fix', { finding });
    const given = { finding, fix: fix.id, preview };
    if (changed.some(({ path }) => path === '.env.example'))
      expect(await session.refused('twelve_factor_apply_fix', given)).toContain('in the way');
    else await session.call('twelve_factor_apply_fix', given);
    expect(await readdir(outside.path)).toEqual(['keep.txt']);
  });

  it('waits for the person where the client can ask, who sees the diff', async () => {
    const asked: string[] = [];
    let answer: 'accept' | 'decline' = 'decline';
    const session = await connect(SHOP, (message) => {
      asked.push(message);
      return answer;
    });
    const { fingerprint: finding } = await portFinding(session);
    const { fix, preview } = await session.call<Preview>('twelve_factor_preview_fix', { finding });
    const given = { finding, fix: fix.id, preview };
    expect(await session.refused('twelve_factor_apply_fix', given)).toContain('did not agree');
    expect(await readFile(join(session.path, 'src/server.js'), 'utf8')).toContain('listen(3000)');
    expect(asked).toEqual([expect.stringContaining('-app.listen(3000);')]);
    answer = 'accept';
    await session.call('twelve_factor_apply_fix', given);
    expect(asked).toHaveLength(2);
  });
});

describe('a bad call', () => {
  it.each([
    ['twelve_factor_list_findings', { rules: ['hardcoded-prot'] }, 'did you mean hardcoded-port?'],
    ['twelve_factor_list_findings', { rules: 'hardcoded-port' }, 'a list of strings'],
    ['twelve_factor_list_findings', { factors: ['ports'] }, '`factors` cannot be ports'],
    ['twelve_factor_list_findings', { limit: 0 }, 'a whole number from 1'],
    ['twelve_factor_list_findings', { limt: 3 }, 'did you mean limit?'],
    ['twelve_factor_list_findings', { severity: 7 }, 'must be a string'],
    ['twelve_factor_list_findings', { folder: 'elsewhere' }, 'There is no folder elsewhere'],
    ['twelve_factor_explain_rule', {}, 'lacks `rule`'],
    ['twelve_factor_explain_rule', { rule: '../../package' }, 'There is no rule'],
    ['twelve_factor_show_map', { path: 3 }, 'must be a string'],
    ['twelve_factor_preview_fix', { finding: 'ffff' }, 'There is no finding ffff'],
    ['twelve_factor_apply_fix', { finding: 'ffff', fix: 'x' }, 'lacks `preview`'],
  ])('of %s with %j says what is wrong', async (name, input, words) => {
    const { refused } = await connect(SHOP);
    expect(await refused(name, input)).toContain(words);
  });

  it('of a fix that there is not names those that there are', async () => {
    const session = await connect(SHOP);
    const { fingerprint: finding, fixes } = await portFinding(session);
    const said = await session.refused('twelve_factor_preview_fix', { finding, fix: 'nothing' });
    expect(said).toContain(fixes[0]!.id);
  });

  it('of a tool that there is not is an error of the protocol', async () => {
    const { client } = await connect(SHOP);
    await expect(client.callTool({ name: 'delete_everything' })).rejects.toThrow(
      'There is no tool',
    );
  });
});

it('a folder that is not there is said before anything is served', async () => {
  const { code, err } = await cli(import.meta.dirname, ['mcp', 'nowhere']);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('nowhere') as string });
});
