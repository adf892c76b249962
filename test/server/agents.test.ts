import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ApplyWorkspaceEditRequest, type WorkspaceEdit } from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import {
  ReadFileRequest,
  ToolQuestionRequest,
  ToolRequest,
  type ReadFileParams,
  type ReadFileResult,
  type ToolQuestionResult,
  type ToolResult,
} from '../../server/src/protocol';
import { app, FIXED_PORT, SERVER } from './app';
import { connect, disconnect, edited, ROOT, type Client } from './client';

afterEach(disconnect);

const PAGES = pathToFileURL(join(import.meta.dirname, '../../docs/rules')).href;

function call(client: Client, name: string, input: unknown = {}): Promise<ToolResult> {
  return client.connection.sendRequest(ToolRequest, { name, input });
}

async function result<T>(client: Client, name: string, input: unknown = {}): Promise<T> {
  const answer = await call(client, name, input);
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.result as T;
}

interface Listed {
  readonly findings: readonly { readonly fingerprint: string }[];
}

/** What to apply: the first fix of the fixed port, previewed. */
async function previewed(client: Client): Promise<object> {
  const input = { rules: ['hardcoded-port'] };
  const { findings } = await result<Listed>(client, 'twelve_factor_list_findings', input);
  const finding = findings[0]!.fingerprint;
  const { fix, preview } = await result<{
    readonly fix: { readonly id: string };
    readonly preview: string;
  }>(client, 'twelve_factor_preview_fix', { finding });
  return { finding, fix: fix.id, preview };
}

/** Answers as an editor that applies, or refuses, what it is told to. */
function applying(client: Client, applied: boolean): WorkspaceEdit[] {
  const edits: WorkspaceEdit[] = [];
  client.connection.onRequest(ApplyWorkspaceEditRequest.type, ({ edit }) => {
    edits.push(edit);
    return { applied };
  });
  return edits;
}

describe('the tools of language models, in an editor', () => {
  it('list what is typed, saved or not', async () => {
    const { client } = await connect(app());
    await client.open(SERVER, `\n\n${FIXED_PORT}`, 'javascript');
    const { findings } = await result<Listed>(client, 'twelve_factor_list_findings', {
      rules: ['hardcoded-port'],
    });
    expect(findings).toMatchObject([{ path: 'server.js', range: { start: { line: 5 } } }]);
  });

  it('ask with the diff before they write, and before nothing else', async () => {
    const { client } = await connect(app());
    const question = (name: string, input: unknown): Promise<ToolQuestionResult> =>
      client.connection.sendRequest(ToolQuestionRequest, { name, input });
    const given = await previewed(client);
    expect(await question('twelve_factor_apply_fix', given)).toMatchObject({
      title: expect.stringContaining('Read the port') as string,
      markdown: expect.stringMatching(/^```diff\n[^]*-app\.listen\(3000\);/) as string,
    });
    expect(await question('twelve_factor_apply_fix', { ...given, preview: 'x' })).toBeNull();
    expect(await question('twelve_factor_list_findings', {})).toBeNull();
    expect(await question('no_such_tool', {})).toBeNull();
  });

  it('leave it to the editor to apply a fix, and say which files it is about', async () => {
    const { client } = await connect(app());
    const edits = applying(client, true);
    const answer = await call(client, 'twelve_factor_apply_fix', await previewed(client));
    expect(answer).toMatchObject({
      result: { applied: true },
      written: expect.arrayContaining([SERVER]) as string[],
    });
    expect(edits).toHaveLength(1);
    expect(edited(FIXED_PORT, SERVER, edits[0])).toContain('process.env.PORT');
  });

  it('say so where the editor does not apply it', async () => {
    const { client } = await connect(app());
    applying(client, false);
    const given = await previewed(client);
    expect(await call(client, 'twelve_factor_apply_fix', given)).toEqual({
      problem: 'The edit was not applied.',
    });
  });

  it('apply nothing to a text that was typed into since the preview', async () => {
    const { client } = await connect(app());
    const edits = applying(client, true);
    await client.open(SERVER, FIXED_PORT, 'javascript');
    const given = await previewed(client);
    await client.change(SERVER, `\n${FIXED_PORT}`);
    expect(await call(client, 'twelve_factor_apply_fix', given)).toMatchObject({
      problem: expect.stringContaining('nothing was done') as string,
    });
    expect(edits).toEqual([]);
  });

  it('get pages from the client, which has them', async () => {
    const { client } = await connect(app(), { initializationOptions: { pageFolder: PAGES } });
    client.connection.onRequest(
      ReadFileRequest,
      async ({ uri }: ReadFileParams): Promise<ReadFileResult> => ({
        kind: 'text',
        text: await readFile(fileURLToPath(uri), 'utf8'),
      }),
    );
    const input = { rule: 'hardcoded-port' };
    expect(await result(client, 'twelve_factor_explain_rule', input)).toMatchObject({
      page: expect.stringContaining('# hardcoded-port') as string,
    });
  });

  it('want to be told which folder, where there are several', async () => {
    const other = 'file:///work/other';
    const { client, host } = await connect(app(), { folders: [ROOT, other] });
    host.add(other, app());
    expect(await call(client, 'twelve_factor_list_findings')).toEqual({
      problem: 'Say which `folder`: app, other.',
    });
    const { findings } = await result<Listed>(client, 'twelve_factor_list_findings', {
      folder: 'other',
    });
    expect(findings.length).toBeGreaterThan(0);
  });

  it('say that they are switched off where the settings do so', async () => {
    const { client } = await connect(app(), { settings: () => ({ enable: false }) });
    expect(await call(client, 'twelve_factor_show_map')).toEqual({
      problem: 'The settings switch Twelve-Factor off here.',
    });
  });
});
