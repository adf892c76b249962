import { afterEach, describe, expect, it } from 'vitest';
import { app, FIXED_PORT, SERVER } from './app';
import { codes, connect, disconnect, ROOT, VSCODE } from './client';
import { MemoryHost } from './memory-host';

afterEach(disconnect);

/** A folder whose listing does not end. */
class EndlessHost extends MemoryHost {
  override list(): ReturnType<MemoryHost['list']> {
    return new Promise(() => undefined);
  }
}

const FILES = app({
  'server.js': `${FIXED_PORT}require('left-pad');\nconsole.log(process.env.NOWHERE);\nrequire('./jobs');\n`,
  'jobs.js': "fetch('http://jobs.internal:8080');\n",
  '.env.example': 'PORT=3000\n',
});

describe('an open document, while the folder is still being listed', () => {
  const text = FILES['server.js'] ?? '';

  it('is told what holds whatever else there is', async () => {
    const { client } = await connect(FILES, { host: new EndlessHost(ROOT, FILES) });
    await client.open(SERVER, text);
    const early = codes(await client.diagnostics(SERVER));
    expect(early).toContain('hardcoded-port');
    // A package may be declared, and a variable documented, in files that nobody has seen yet.
    expect(early).not.toContain('undeclared-import');
    expect(early).not.toContain('undocumented-variable');
  });

  it('is followed while somebody types', async () => {
    const { client } = await connect(FILES, { host: new EndlessHost(ROOT, FILES) });
    await client.open(SERVER, text);
    await client.diagnostics(SERVER);
    await client.change(SERVER, text.replace('3000', 'process.env.PORT'));
    expect(codes(await client.diagnostics(SERVER))).not.toContain('hardcoded-port');
  });

  it('is pushed to clients that do not pull', async () => {
    const capabilities = { ...VSCODE, textDocument: {} };
    const { client } = await connect(FILES, {
      host: new EndlessHost(ROOT, FILES),
      capabilities,
    });
    await client.open(SERVER, text);
    await client.until('the port', () =>
      codes(client.published.get(SERVER)).includes('hardcoded-port'),
    );
  });

  it('is no reason to give numbers that nobody knows', async () => {
    const { client } = await connect(FILES, { host: new EndlessHost(ROOT, FILES) });
    await client.open(SERVER, text);
    await client.diagnostics(SERVER);
    expect(client.statuses.map(({ state, findings }) => [state, findings])).toEqual([
      ['scanning', undefined],
    ]);
  });

  it('that git ignores waits for the listing', async () => {
    const files = { ...FILES, '.gitignore': 'server.js\n' };
    const { client } = await connect(files);
    await client.open(SERVER, text);
    expect(await client.diagnostics(SERVER)).toEqual([]);
  });
});

describe('what is told early', () => {
  it('is still told when all is known', async () => {
    const { client } = await connect(FILES);
    await client.open(SERVER, FILES['server.js'] ?? '');
    const early = codes(await client.diagnostics(SERVER));
    await client.ready();
    const all = codes(await client.diagnostics(SERVER));
    expect(all).toEqual(expect.arrayContaining(early));
    expect(all).toEqual(expect.arrayContaining(['undeclared-import', 'undocumented-variable']));
  });
});
