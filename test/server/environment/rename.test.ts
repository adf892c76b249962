import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import { connect, disconnect, VSCODE, type ClientOptions } from '../client';
import { Asking, behind, FILES, renamedFiles, SERVER_TEXT, uri } from './editor';

afterEach(disconnect);

async function ask(
  files: Readonly<Record<string, string>> = FILES,
  options: Partial<ClientOptions> = {},
) {
  const { client } = await connect(files, options);
  await client.ready();
  return { client, asking: new Asking(client) };
}

describe('rename', () => {
  it('writes the name in all places, and nothing else', async () => {
    const { client, asking } = await ask();
    await client.open(uri('server.js'), SERVER_TEXT, 'javascript');
    const at = behind(SERVER_TEXT, 'HTTP_');
    expect(await asking.prepareRename('server.js', at)).toMatchObject({
      placeholder: 'HTTP_PORT',
      range: { start: { line: 5, character: 23 }, end: { line: 5, character: 32 } },
    });
    const after = renamedFiles(FILES, await asking.rename('server.js', at, 'WEB_PORT'));
    const expected = Object.entries(FILES).flatMap(([path, text]) =>
      text.includes('HTTP_PORT') ? [[path, text.replaceAll('HTTP_PORT', 'WEB_PORT')]] : [],
    );
    expect(after).toEqual(Object.fromEntries(expected));
  });

  it('touches no value, and no secret store', async () => {
    const { client, asking } = await ask();
    await client.open(uri('.env'), FILES['.env']!, 'dotenv');
    const edit = await asking.rename('.env', behind(FILES['.env']!, 'SESSION_'), 'COOKIE_SECRET');
    expect(JSON.stringify(edit)).not.toMatch(/horse|plain-secret/);
    const after = renamedFiles(FILES, edit);
    expect(after['.github/workflows/ci.yml']).toContain(
      'COOKIE_SECRET: ${{ secrets.SESSION_SECRET }}',
    );
    expect(after['.env']).toContain('COOKIE_SECRET=correct-horse-battery');
  });

  it('is versioned, and goes by what is typed and not saved', async () => {
    const { client, asking } = await ask();
    await client.open(uri('.env.example'), FILES['.env.example']!, 'dotenv');
    await client.open(uri('server.js'), SERVER_TEXT, 'javascript');
    const example = '# 😀\r\nHTTP_PORT=1\r\n';
    await client.change(uri('.env.example'), example);
    const edit = await asking.rename('server.js', behind(SERVER_TEXT, 'HTTP_'), 'WEB_PORT');
    const versions = (edit?.documentChanges ?? []).flatMap((change) =>
      'textDocument' in change ? [[change.textDocument.uri, change.textDocument.version]] : [],
    );
    expect(versions).toContainEqual([uri('.env.example'), 2]);
    expect(versions).toContainEqual([uri('server.js'), 1]);
    expect(versions).toContainEqual([uri('Dockerfile'), null]);
    expect(renamedFiles({ '.env.example': example }, edit)).toEqual({
      '.env.example': '# 😀\r\nWEB_PORT=1\r\n',
    });
  });

  it('keeps what the module calls it', async () => {
    const { client, asking } = await ask();
    const compose = FILES['docker-compose.yml']!;
    await client.open(uri('docker-compose.yml'), compose, 'yaml');
    const edit = await asking.rename('docker-compose.yml', behind(compose, 'QUEUE_'), 'JOB_QUEUE');
    const after = renamedFiles(FILES, edit);
    expect(after['server.js']).toContain(
      "const { JOB_QUEUE: QUEUE_NAME = 'jobs', MAIL_FROM: from } = process.env;",
    );
    expect(after['.env.example']).toContain('# JOB_QUEUE=jobs');
  });

  it('goes along the keys of a schema, and asks about what only looks like it', async () => {
    const files = {
      ...FILES,
      'src/env.ts': `import { z } from 'zod';\nconst schema = z.object({ API_KEY_ID: z.string() });\nexport const env = schema.parse(process.env);\n`,
      'src/use.ts': `import { env } from './env';\nconst { API_KEY_ID } = env;\nexport const id = env.API_KEY_ID + API_KEY_ID;\n`,
      'src/other.ts': `export const own = (given: any) => given.API_KEY_ID;\n`,
      '.env.example': 'API_KEY_ID=\n',
    };
    const { client, asking } = await ask(files);
    await client.open(uri('.env.example'), 'API_KEY_ID=\n', 'dotenv');
    const at = { line: 0, character: 2 };
    const edit = await asking.rename('.env.example', at, 'CLIENT_ID');
    const after = renamedFiles(files, edit);
    expect(after['src/env.ts']).toContain('{ CLIENT_ID: z.string() }');
    expect(after['src/use.ts']).toBe(
      `import { env } from './env';\nconst { CLIENT_ID: API_KEY_ID } = env;\nexport const id = env.CLIENT_ID + API_KEY_ID;\n`,
    );
    expect(confirmed(edit)).toEqual([uri('src/other.ts')]);
    // Who cannot be asked is not told.
    disconnect();
    const plain = { ...VSCODE, workspace: { workspaceEdit: { documentChanges: true } } };
    const again = await ask(files, { capabilities: plain });
    await again.client.open(uri('.env.example'), 'API_KEY_ID=\n', 'dotenv');
    const unasked = renamedFiles(files, await again.asking.rename('.env.example', at, 'CLIENT_ID'));
    expect(Object.keys(unasked).sort()).toEqual(['.env.example', 'src/env.ts', 'src/use.ts']);
  });

  it('knows every way to read one', async () => {
    const before: Record<string, string> = {
      'src/static.ts': `import { TOKEN_TTL } from '$env/static/private';\nexport const a = TOKEN_TTL;\n`,
      'src/dynamic.ts': `import { env } from '$env/dynamic/private';\nexport const a = env.TOKEN_TTL;\n`,
      'src/page.vue': `<template>{{ import.meta.env.TOKEN_TTL }}</template>\n`,
      'src/bun.ts': `export const a = Bun.env.TOKEN_TTL;\n`,
      'src/deno.ts': `export const a = Deno.env.get('TOKEN_TTL');\n`,
      'src/convict.ts': `import convict from 'convict';\nexport const a = convict({ ttl: { env: 'TOKEN_TTL', default: 1, format: 'int' } });\n`,
      'src/t3.ts': `import { createEnv } from '@t3-oss/env-core';\nimport { z } from 'zod';\nexport const env = createEnv({ server: { TOKEN_TTL: z.string() }, runtimeEnv: { TOKEN_TTL: process.env.TOKEN_TTL } });\nexport const a = env.TOKEN_TTL;\n`,
      'src/asked.ts': `export const a = 'TOKEN_TTL' in process.env;\n`,
      'test/a.test.ts': `process.env.TOKEN_TTL = '1';\n`,
      'turbo.json': '{ "globalEnv": ["TOKEN_TTL"] }\n',
      'prisma/schema.prisma': 'datasource db {\n  url = env("TOKEN_TTL")\n}\n',
      Procfile: 'web: TOKEN_TTL=1 node server.js --ttl $TOKEN_TTL\n',
      'run.sh': '#!/bin/sh\nexport TOKEN_TTL=1\nexec node server.js "${TOKEN_TTL}"\n',
      '.env.example': 'TOKEN_TTL=1\n',
    };
    const after = Object.fromEntries(
      Object.entries(before).map(([path, text]) => [path, text.replaceAll('TOKEN_TTL', 'TTL')]),
    );
    after['src/static.ts'] =
      `import { TTL as TOKEN_TTL } from '$env/static/private';\nexport const a = TOKEN_TTL;\n`;
    const files = { ...FILES, ...before };
    const { client, asking } = await ask(files);
    await client.open(uri('.env.example'), before['.env.example']!, 'dotenv');
    const edit = await asking.rename('.env.example', { line: 0, character: 2 }, 'TTL');
    expect(renamedFiles(files, edit)).toEqual(after);
  });

  it('goes on where a file nests too deep to be walked', async () => {
    const deep = `// HTTP_PORT process.env\nmodule.exports = ${'['.repeat(20_000)}${']'.repeat(20_000)};\n`;
    const schema = `import { cleanEnv, port } from 'envalid';\nexport const env = cleanEnv(process.env, { HTTP_PORT: port() });\n`;
    const files = { ...FILES, 'test/deep.js': deep, 'src/env.ts': schema };
    const { client, asking } = await ask(files);
    await client.open(uri('.env'), FILES['.env']!, 'dotenv');
    const edit = await asking.rename('.env', { line: 0, character: 2 }, 'WEB_PORT');
    const after = renamedFiles(files, edit);
    expect(after['src/env.ts']).toContain('WEB_PORT: port()');
    expect(after['test/deep.js']).toBeUndefined();
    expect(client.log.filter(({ type }) => type === 1)).toEqual([]);
  });

  it('changes the interface that declares it, too', async () => {
    const types = `declare namespace NodeJS {\n  interface ProcessEnv {\n    HTTP_PORT: string;\n  }\n}\n`;
    const files = { ...FILES, 'env.d.ts': types };
    const { client, asking } = await ask(files);
    await client.open(uri('server.js'), SERVER_TEXT, 'javascript');
    const edit = await asking.rename('server.js', behind(SERVER_TEXT, 'HTTP_'), 'WEB_PORT');
    expect(renamedFiles(files, edit)['env.d.ts']).toContain('WEB_PORT: string');
  });

  it.each([
    ['PATH', 'PATH is given by the platform'],
    ['NODE_ENV', 'NODE_ENV is given by the platform'],
    ['AWS_REGION', 'AWS_REGION is given by the platform'],
    ['GITHUB_CLIENT_ID', undefined],
    ['HOME_DIR', undefined],
  ])('of %s is refused where it is not the project’s', async (name, reason) => {
    const text = `export const a = process.env.${name};\n`;
    const example = 'AWS_REGION=\nGITHUB_CLIENT_ID=\nNODE_ENV=\n';
    const { client, asking } = await ask({ ...FILES, 'src/a.ts': text, '.env.example': example });
    await client.open(uri('src/a.ts'), text);
    const prepared = asking.prepareRename('src/a.ts', behind(text, 'env.'));
    if (reason === undefined) expect(await prepared).toMatchObject({ placeholder: name });
    else await expect(prepared).rejects.toThrow(reason);
  });

  it('of what a library alone reads is refused', async () => {
    const text = 'POSTGRES_PASSWORD=x\n';
    const { client, asking } = await ask({ ...FILES, 'db.env': text });
    await client.open(uri('db.env'), text, 'dotenv');
    await expect(asking.prepareRename('db.env', { line: 0, character: 2 })).rejects.toThrow(
      'a library or an image does',
    );
  });

  it.each([
    ['1_PORT', 'cannot be the name'],
    ['WEB-PORT', 'cannot be the name'],
    ['SITE_TITLE', 'already'],
    ['PATH', 'belongs to the platform'],
    ['VITE_PORT', 'code for browsers'],
  ])('to %s is refused', async (newName, reason) => {
    const { client, asking } = await ask();
    await client.open(uri('server.js'), SERVER_TEXT, 'javascript');
    const at = behind(SERVER_TEXT, 'HTTP_');
    await expect(asking.rename('server.js', at, newName)).rejects.toThrow(reason);
  });

  it('of a name that is put together is refused', async () => {
    const text = `const key = 'MAIL_' + 'HOST';\nexport const host = process.env[key];\n`;
    const files = { ...FILES, 'src/a.ts': text, '.env.example': 'MAIL_HOST=x\n' };
    const { client, asking } = await ask(files);
    await client.open(uri('.env.example'), 'MAIL_HOST=x\n', 'dotenv');
    const renaming = asking.rename('.env.example', { line: 0, character: 1 }, 'SMTP_HOST');
    await expect(renaming).rejects.toThrow('put together in src/a.ts');
  });
});

/** Files with edits that wait for a confirmation. */
function confirmed(edit: WorkspaceEdit | null): string[] {
  return (edit?.documentChanges ?? []).flatMap((change) =>
    'textDocument' in change && change.edits.some((each) => 'annotationId' in each)
      ? [change.textDocument.uri]
      : [],
  );
}
