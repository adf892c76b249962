import { afterEach, describe, expect, it } from 'vitest';
import { connect, disconnect } from '../client';
import { Asking, behind, FILES, SERVER_TEXT, uri } from './editor';

afterEach(disconnect);

async function ask(files: Readonly<Record<string, string>> = FILES) {
  const { client } = await connect(files);
  await client.ready();
  return { client, asking: new Asking(client) };
}

describe('hover over a variable', () => {
  it('says its default, which process reads it, who supplies it, where it is documented', async () => {
    const { client, asking } = await ask();
    await client.open(uri('server.js'), SERVER_TEXT, 'javascript');
    const text = await asking.hover('server.js', behind(SERVER_TEXT, 'HTTP_'));
    expect(text).toContain(`- Default: [\`server.js:6\`](${uri('server.js')}#L6) \`3000\``);
    expect(text).toMatch(/- Read by `[^`]*Dockerfile CMD[^`]*`: \[`server\.js:6`\]/);
    expect(text).toMatch(/- Supplied: .*\.env:1/);
    expect(text).toContain('docker-compose.yml:13');
    expect(text).toContain('docker-compose.yml web');
    expect(text).toContain('- Documented: [`.env.example:1`]');
    // Values of env files are nobody's to show.
    expect(text).not.toContain('4000');
  });

  it('shows no value of a secret, wherever it stands', async () => {
    const { client, asking } = await ask();
    for (const [path, part] of [
      ['server.js', 'process.env.SESSION_'],
      ['.env', 'SESSION_'],
      ['docker-compose.yml', 'SESSION_'],
      ['.github/workflows/ci.yml', 'SESSION_'],
    ] as const) {
      await client.open(uri(path), FILES[path]!, 'plaintext');
      const text = await asking.hover(path, behind(FILES[path]!, part));
      expect(text, path).toContain('Required');
      expect(text, path).toContain('A secret');
      expect(text, path).toContain('Not documented in `.env.example`');
      expect(text, path).not.toMatch(/horse|plain-secret/);
    }
  });

  it('masks a credential within a value of another name', async () => {
    const compose = `services:\n  web:\n    image: x\n    environment:\n      SITE_TITLE: postgres://shop:s3cr3tpassw0rd@db/shop\n`;
    const { client, asking } = await ask({ ...FILES, 'docker-compose.yml': compose });
    await client.open(uri('server.js'), SERVER_TEXT, 'javascript');
    const text = await asking.hover('server.js', behind(SERVER_TEXT, "['SITE_"));
    expect(text).toContain('docker-compose.yml:5');
    expect(text).not.toContain('s3cr3tpassw0rd');
    expect(text).not.toContain('hunter2');
  });

  it('works in manifests, at the text that is being typed, with wide characters and CRLF', async () => {
    const { client, asking } = await ask();
    await client.open(uri('.env.example'), FILES['.env.example']!, 'dotenv');
    const typed = '# 😀😀\r\nOLD_FLAG=1\r\nHTTP_PORT=1\r\n';
    await client.change(uri('.env.example'), typed);
    expect(await asking.hover('.env.example', { line: 2, character: 4 })).toContain('`HTTP_PORT`');
    expect(await asking.hover('.env.example', { line: 1, character: 4 })).toContain(
      'No code of this project reads it.',
    );
    expect(await asking.hover('.env.example', { line: 0, character: 1 })).toBeUndefined();
  });

  it('stands above what a finding has to say', async () => {
    const text = `${SERVER_TEXT}console.log(process.env.NEVER_LISTED);\n`;
    const { client, asking } = await ask({ ...FILES, 'server.js': text });
    await client.open(uri('server.js'), text, 'javascript');
    const value = await asking.hover('server.js', behind(text, 'NEVER_'));
    expect(value).toMatch(/^`NEVER_LISTED`[\s\S]*---[\s\S]*undocumented-variable/);
  });

  it('is none over what is no variable', async () => {
    const { client, asking } = await ask();
    const text = 'FROM node:22\nRUN echo $UNHEARD_OF\n';
    await client.open(uri('Dockerfile'), text, 'dockerfile');
    expect(await asking.hover('Dockerfile', behind(text, 'UNHEARD'))).toBeUndefined();
  });
});
