import { FileChangeType } from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import { connect, disconnect, type ClientOptions } from '../client';
import { Asking, behind, FILES, SERVER_TEXT, shown, uri } from './editor';

afterEach(disconnect);

async function ask(
  files: Readonly<Record<string, string>> = FILES,
  options: Partial<ClientOptions> = {},
) {
  const { client, host } = await connect(files, options);
  await client.ready();
  return { client, host, asking: new Asking(client) };
}

const PORT_PLACES = [
  '.env.example:1:1',
  '.env:1:1',
  '.github/workflows/ci.yml:6:7',
  '.github/workflows/ci.yml:9:30',
  '.github/workflows/ci.yml:9:48',
  'Dockerfile:4:5',
  'Dockerfile:5:11',
  'docker-compose.yml:13:9',
  'docker-compose.yml:6:20',
  'docker-compose.yml:6:7',
  'k8s/web.yaml:12:21',
  'k8s/web.yaml:14:31',
  'server.js:6:24',
];

describe('references', () => {
  it('are in code and in every kind of manifest, whichever is asked from', async () => {
    const { client, asking } = await ask();
    await client.open(uri('server.js'), SERVER_TEXT, 'javascript');
    expect(shown(await asking.references('server.js', behind(SERVER_TEXT, 'HTTP_')))).toEqual(
      PORT_PLACES,
    );
    for (const path of ['.env', 'docker-compose.yml', 'Dockerfile', 'k8s/web.yaml']) {
      await client.open(uri(path), FILES[path]!, 'plaintext');
      const found = await asking.references(path, behind(FILES[path]!, 'HTTP_'));
      expect(shown(found), path).toEqual(PORT_PLACES);
    }
  });

  it('follow what is typed and not saved, here and in other documents', async () => {
    const { client, asking } = await ask();
    const example = `# é😀\r\nSITE_TITLE=x\r\nHTTP_PORT=1 # 😀\r\n`;
    await client.open(uri('.env.example'), FILES['.env.example']!, 'dotenv');
    await client.open(uri('server.js'), SERVER_TEXT, 'javascript');
    await client.change(uri('.env.example'), example);
    const text = `/* 😀 */ const a = '😀' + process.env.HTTP_PORT;\n${SERVER_TEXT}`;
    await client.change(uri('server.js'), text);
    const found = shown(await asking.references('server.js', behind(text, 'env.HTTP_P')));
    expect(found).toContain('.env.example:3:1');
    expect(found).not.toContain('.env.example:1:1');
    expect(found).toContain(`server.js:1:${text.indexOf('HTTP_PORT') + 1}`);
    expect(found).toContain('server.js:7:24');
  });

  it('leave out deleted files, and a name of another folder', async () => {
    const other = 'file:///work/other';
    const { client, host, asking } = await ask(FILES, { folders: ['file:///work/app', other] });
    host.add(other, { 'package.json': '{}', '.env.example': 'HTTP_PORT=1\n' });
    host.files.delete(uri('k8s/web.yaml'));
    await client.watched(
      [uri('k8s/web.yaml'), FileChangeType.Deleted],
      [`${other}/.env.example`, FileChangeType.Created],
      [`${other}/package.json`, FileChangeType.Created],
    );
    await client.open(uri('server.js'), SERVER_TEXT, 'javascript');
    const found = await client.until('the deletion', () =>
      client.statuses.at(-1)?.state === 'ready' ? true : undefined,
    );
    expect(found).toBe(true);
    await client.connection.sendRequest('twelveFactor/analyzeWorkspace');
    const places = shown(await asking.references('server.js', behind(SERVER_TEXT, 'HTTP_')));
    expect(places).toEqual(PORT_PLACES.filter((place) => !place.startsWith('k8s')));
    await client.open(`${other}/.env.example`, 'HTTP_PORT=1\n', 'dotenv');
    const elsewhere = await asking.references(`${other}/.env.example`, { line: 0, character: 2 });
    expect(elsewhere?.map((each) => each.uri)).toEqual([`${other}/.env.example`]);
  });

  it('are none where the settings switch it off', async () => {
    const settings = () => ({ environment: { enable: false } });
    const { client, asking } = await ask(FILES, { settings });
    await client.open(uri('server.js'), SERVER_TEXT, 'javascript');
    const at = behind(SERVER_TEXT, 'HTTP_');
    expect(await asking.references('server.js', at)).toBeNull();
    expect(await asking.hover('server.js', at)).toBeUndefined();
    expect(await asking.completion('server.js', behind(SERVER_TEXT, 'process.env.'))).toBeNull();
    expect((await client.diagnostics(uri('server.js'))).length).toBeGreaterThan(0);
  });
});

describe('definition', () => {
  it('is the line of the example file', async () => {
    const { client, asking } = await ask();
    await client.open(uri('server.js'), SERVER_TEXT, 'javascript');
    const places = await asking.definition('server.js', behind(SERVER_TEXT, "['SITE_"));
    expect(shown(places)).toEqual(['.env.example:2:1']);
    const commented = await asking.definition('server.js', behind(SERVER_TEXT, 'MAIL_'));
    expect(shown(commented)).toEqual([]);
    await client.open(uri('docker-compose.yml'), FILES['docker-compose.yml']!, 'yaml');
    const queue = behind(FILES['docker-compose.yml']!, 'QUEUE');
    expect(shown(await asking.definition('docker-compose.yml', queue))).toEqual([
      '.env.example:3:3',
    ]);
  });

  it('is the schema, where there is one', async () => {
    const env = `import { cleanEnv, port } from 'envalid';\nexport const env = cleanEnv(process.env, { API_PORT: port() });\n`;
    const files = { ...FILES, 'src/env.ts': env, '.env.example': 'API_PORT=1\n' };
    const { client, asking } = await ask(files);
    await client.open(uri('.env.example'), 'API_PORT=1\n', 'dotenv');
    const places = await asking.definition('.env.example', { line: 0, character: 8 });
    expect(shown(places)).toEqual([`src/env.ts:2:44`]);
  });
});

describe('highlights', () => {
  it('are the places in the document, read or written', async () => {
    const { client, asking } = await ask();
    const text = FILES['docker-compose.yml']!;
    await client.open(uri('docker-compose.yml'), text, 'yaml');
    const found = await asking.highlights('docker-compose.yml', behind(text, 'HTTP_'));
    expect(found?.map(({ range, kind }) => [range.start.line, kind])).toEqual([
      [5, 3],
      [5, 2],
      [12, 3],
    ]);
  });
});

describe('beside TypeScript', () => {
  const TYPES = `declare namespace NodeJS {\n  interface ProcessEnv {\n    HTTP_PORT: string;\n  }\n}\n`;
  const code = `export const port = process.env.HTTP_PORT;\nexport const title = process.env.SITE_TITLE;\n`;
  const augmented = { ...FILES, 'src/env.d.ts': TYPES, 'src/port.ts': code };

  it('code where ProcessEnv declares the variable is left to it, manifests are not', async () => {
    const { client, asking } = await ask(augmented);
    await client.open(uri('src/port.ts'), code);
    const at = behind(code, 'HTTP_');
    expect(await asking.definition('src/port.ts', at)).toBeNull();
    expect(await asking.highlights('src/port.ts', at)).toBeNull();
    const found = shown(await asking.references('src/port.ts', at));
    expect(found).toEqual(PORT_PLACES.filter((place) => !place.startsWith('server.js')));
    expect(await asking.hover('src/port.ts', at)).toContain('docker-compose.yml');
    await client.open(uri('.env'), FILES['.env']!, 'dotenv');
    const all = shown(await asking.references('.env', { line: 0, character: 1 }));
    expect(all).toEqual([...PORT_PLACES, 'src/env.d.ts:3:5', 'src/port.ts:1:33'].sort());
  });

  it('completion offers what it does not know', async () => {
    const { client, asking } = await ask(augmented);
    const text = `${code}process.env.`;
    await client.open(uri('src/port.ts'), text);
    const labels = await asking.labels('src/port.ts', behind(text, 'process.env.', 3));
    expect(labels).toContain('SITE_TITLE');
    expect(labels).not.toContain('HTTP_PORT');
    expect(labels).not.toContain('TZ');
  });

  it('a name that the module binds is its own', async () => {
    const { client, asking } = await ask();
    await client.open(uri('server.js'), SERVER_TEXT, 'javascript');
    const at = behind(SERVER_TEXT, '{ QUEUE');
    expect(await asking.definition('server.js', at)).toBeNull();
    expect(await asking.prepareRename('server.js', at)).toBeNull();
    expect(shown(await asking.references('server.js', at))).toEqual([
      '.env.example:3:3',
      'docker-compose.yml:12:9',
      'server.js:2:9',
    ]);
  });
});

describe('code lenses', () => {
  it('count the readers of each line of an example file, and show them where the client can', async () => {
    const { client, asking } = await ask(FILES, {
      initializationOptions: { commands: ['twelveFactor.showReaders'] },
    });
    await client.open(uri('.env.example'), FILES['.env.example']!, 'dotenv');
    const lenses = await asking.lenses('.env.example');
    expect(lenses?.map(({ command, range }) => [range.start.line, command?.title])).toEqual([
      [0, '1 reader'],
      [1, '1 reader'],
      [2, '1 reader'],
      [3, 'no readers'],
    ]);
    const [first] = lenses ?? [];
    expect(first?.command?.arguments?.[2]).toMatchObject([{ uri: uri('server.js') }]);
    await client.open(uri('.env'), FILES['.env']!, 'dotenv');
    expect(await asking.lenses('.env')).toBeNull();
  });

  it('say so without a command to other clients', async () => {
    const { client, asking } = await ask();
    await client.open(uri('.env.example'), FILES['.env.example']!, 'dotenv');
    const [first] = (await asking.lenses('.env.example')) ?? [];
    expect(first?.command).toEqual({ title: '1 reader', command: '' });
  });
});
