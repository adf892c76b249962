import type { CompletionItem, MarkupContent } from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import { connect, disconnect } from '../client';
import { Asking, behind, FILES, SERVER_TEXT, uri } from './editor';

afterEach(disconnect);

/** What is offered where `|` stands. */
async function offered(
  path: string,
  marked: string,
  files: Readonly<Record<string, string>> = FILES,
): Promise<CompletionItem[]> {
  const { client } = await connect({ ...files, [path]: marked.replace('|', '') });
  await client.ready();
  await client.open(uri(path), marked.replace('|', ''), 'plaintext');
  const [before = ''] = marked.split('|');
  return (await new Asking(client).completion(path, behind(before, before))) ?? [];
}

async function labels(...given: Parameters<typeof offered>): Promise<string[]> {
  return (await offered(...given)).map(({ label }) => label);
}

/** What an item writes. */
function written(items: readonly CompletionItem[], label: string): string | undefined {
  const edit = items.find((item) => item.label === label)?.textEdit;
  return edit && 'range' in edit ? edit.newText : undefined;
}

describe('completion in code', () => {
  it.each([
    ['a member', 'export const a = process.env.|;'],
    ['an optional member', 'export const a = process.env?.|;'],
    ['a part of a name', 'export const a = process.env.HTTP|;'],
    ['a text in brackets', "export const a = process.env['|'];"],
    ['a template', 'export const a = `${process.env.|}`;'],
    ['destructuring', 'const { QUEUE_NAME, | } = process.env;'],
    ['Bun', 'export const a = Bun.env.|'],
    ['Deno', 'export const a = Deno.env.get("|")'],
    ['Vite', 'export const a = import.meta.env.|'],
    ['an alias', 'const settings = process.env;\nexport const a = settings.|'],
    ['an import', "import { env } from 'node:process';\nexport const a = env.|"],
  ])('%s', async (_, code) => {
    expect(await labels('src/a.ts', code)).toEqual(
      expect.arrayContaining(['HTTP_PORT', 'SITE_TITLE', 'SESSION_SECRET']),
    );
  });

  it.each([
    ['other objects', 'const env = { PORT: 1 };\nexport const a = env.|;'],
    ['a comment', '// process.env.|'],
    ['destructuring of something else', 'const { | } = settings;'],
    ['a plain text', "export const a = '|';"],
  ])('not of %s', async (_, code) => {
    expect(await labels('src/a.ts', code)).toEqual([]);
  });

  it('replaces the whole name, says where it is documented, and explains it when asked', async () => {
    const text = 'export const a = process.env.HTTP_PO;\nexport const b = 1;\n';
    const { client } = await connect({ ...FILES, 'src/a.ts': text });
    await client.ready();
    await client.open(uri('src/a.ts'), text);
    const asking = new Asking(client);
    const items = (await asking.completion('src/a.ts', behind(text, 'env.HTTP'))) ?? [];
    const item = items.find(({ label }) => label === 'HTTP_PORT');
    expect(item?.detail).toBe('.env.example');
    expect(item?.textEdit).toMatchObject({
      newText: 'HTTP_PORT',
      range: { start: { character: 29 }, end: { character: 36 } },
    });
    // What is being typed is no variable yet.
    expect(items.map(({ label }) => label)).not.toContain('HTTP_PO');
    expect(item?.documentation).toBeUndefined();
    const resolved: CompletionItem = await client.connection.sendRequest(
      'completionItem/resolve',
      item,
    );
    expect((resolved.documentation as MarkupContent).value).toContain('Documented');
  });

  it('in templates of SvelteKit, what its own types do not declare', async () => {
    const files = { ...FILES, '.env.example': 'API_BASE=\nHTTP_PORT=1\n' };
    const found = await labels(
      'src/a.ts',
      "import { | } from '$env/static/private';\nexport const a = 1;\n",
      files,
    );
    expect(found).toContain('API_BASE');
    expect(found).not.toContain('HTTP_PORT');
  });
});

describe('completion in manifests', () => {
  it('at the start of a line of an env file: what it does not say yet', async () => {
    const items = await offered('.env.example', 'HTTP_PORT=3000\nSESS|\n');
    expect(items.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['SESSION_SECRET', 'SITE_TITLE', 'MAIL_FROM', 'QUEUE_NAME']),
    );
    expect(items.map(({ label }) => label)).not.toContain('HTTP_PORT');
    expect(written(items, 'SESSION_SECRET')).toBe('SESSION_SECRET=');
    expect(written(await offered('.env.example', 'SESS|=1\n'), 'SESSION_SECRET')).toBe(
      'SESSION_SECRET',
    );
    expect(await labels('.env.example', 'HTTP_PORT=|\n')).toEqual([]);
  });

  it('in compose: keys, entries and references', async () => {
    const head = 'services:\n  web:\n    image: a\n';
    const path = 'docker-compose.yml';
    const keys = await offered(path, `${head}    environment:\n      HTTP_PORT: 1\n      SESS|\n`);
    expect(written(keys, 'SESSION_SECRET')).toBe('SESSION_SECRET: ');
    const list = await offered(path, `${head}    environment:\n    - HTTP_PORT=1\n    - SESS|\n`);
    expect(written(list, 'SESSION_SECRET')).toBe('SESSION_SECRET');
    expect(await labels(path, `${head}    command: run \${|}\n`)).toContain('HTTP_PORT');
    expect(await labels(path, `${head}    command: run $\${|}\n`)).toEqual([]);
    expect(await labels(path, `${head}    labels:\n      SESS|\n`)).toEqual([]);
  });

  it('in Dockerfiles, Kubernetes and workflows', async () => {
    expect(await labels('Dockerfile', 'FROM node:22\nENV SESS|\n')).toContain('SESSION_SECRET');
    expect(await labels('Dockerfile', 'FROM node:22\nARG TAG=1\nRUN echo ${|}\n')).toEqual(['TAG']);
    const pod = 'kind: Pod\nspec:\n  containers:\n    - name: web\n      image: a\n      env:\n';
    expect(await labels('k8s/pod.yaml', `${pod}        - name: |\n`)).toContain('HTTP_PORT');
    const flow = 'on: push\nenv:\n  CI_ONLY: 1\njobs:\n  a:\n    runs-on: x\n    steps:\n';
    const path = '.github/workflows/a.yml';
    expect(await labels(path, `${flow}      - run: echo \${{ env.| }}\n`)).toEqual(['CI_ONLY']);
  });
});

describe('completion while typing', () => {
  it('knows the text as it is now, and positions in UTF-16', async () => {
    const { client } = await connect(FILES);
    await client.ready();
    await client.open(uri('server.js'), SERVER_TEXT, 'javascript');
    const text = SERVER_TEXT.replace('http', 'http').concat("const x = '😀' + process.env.");
    await client.change(uri('server.js'), text);
    const asking = new Asking(client);
    const at = behind(text, text);
    const items = (await asking.completion('server.js', at)) ?? [];
    expect(items.find(({ label }) => label === 'HTTP_PORT')?.textEdit).toMatchObject({
      range: { start: at, end: at },
    });
  });
});
