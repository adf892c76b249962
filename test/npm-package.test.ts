import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../package.json';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const windows = process.platform === 'win32';

/** An empty folder with the package in it, and an app beside. */
let folder: string;
let installed: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'twelve-factor-npm-')));
  await run(process.execPath, [join(root, 'scripts/package-npm.mjs'), `--out=${folder}`]);
  const tarball = `twelve-factor-${version}.tgz`;
  expect(await readdir(folder)).toContain(tarball);
  await writeFile(join(folder, 'package.json'), '{ "name": "empty", "private": true }');
  const install = ['install', '--offline', '--no-audit', '--no-fund', `./${tarball}`];
  await run('npm', install, { cwd: folder, shell: windows });
  installed = join(folder, 'node_modules/twelve-factor');
  await mkdir(join(folder, 'app'));
  const manifest = {
    name: 'app',
    scripts: { start: 'node server.js' },
    dependencies: { express: '4.19.2' },
  };
  await writeFile(join(folder, 'app/package.json'), JSON.stringify(manifest));
  await writeFile(
    join(folder, 'app/server.js'),
    "const express = require('express');\nexpress().listen(3000);\n",
  );
  // Building takes a few seconds where nothing else runs.
}, 600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The command as it is installed. */
async function command(...args: readonly string[]): Promise<{ code: number; out: string }> {
  const bin = join(folder, 'node_modules/.bin/twelve-factor');
  try {
    const { stdout } = await run(bin, args, { cwd: folder, shell: windows });
    return { code: 0, out: stdout };
  } catch (error) {
    const { code, stdout } = error as { readonly code: number; readonly stdout: string };
    return { code, out: stdout };
  }
}

describe('the npm package', () => {
  it('installs nothing else, and runs nothing when it is installed', async () => {
    const manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(manifest).toMatchObject({ name: 'twelve-factor', version });
    for (const key of ['scripts', 'dependencies', 'devDependencies', 'contributes'])
      expect(manifest).not.toHaveProperty(key);
    const names = await readdir(join(folder, 'node_modules'));
    expect(names.filter((name) => !name.startsWith('.'))).toEqual(['twelve-factor']);
  });

  it('checks, explains and maps', async () => {
    const check = await command('check', 'app', '--no-cache');
    expect(check.code).toBe(1);
    expect(check.out).toContain('hardcoded-port');
    expect((await command('explain', 'hardcoded-port')).out).toContain('# ');
    expect((await command('map', 'app')).out).toContain('app (1)');
    expect((await command('report', 'app', '--format', 'markdown')).out).toContain('Port binding');
    expect((await command('--version')).out).toBe(`${version}\n`);
  });

  it('is a library, from modules and from CommonJS', async () => {
    const body = `
      const { findings, fileCount } = await analyse('app', { factors: ['port-binding'] });
      console.log(JSON.stringify([version, rules.length > 60, fileCount, findings.map(({ ruleId }) => ruleId)]));`;
    const names = '{ analyse, rules, version }';
    await writeFile(join(folder, 'a.mjs'), `import ${names} from 'twelve-factor';${body}`);
    await writeFile(
      join(folder, 'b.cjs'),
      `const ${names} = require('twelve-factor'); void (async () => {${body}})();`,
    );
    for (const file of ['a.mjs', 'b.cjs']) {
      const { stdout } = await run(process.execPath, [file], { cwd: folder });
      expect(JSON.parse(stdout)).toEqual([version, true, 2, ['hardcoded-port']]);
    }
  });

  it('has types that stand alone and are those that were promised', async () => {
    const file = join(installed, 'index.d.ts');
    const program = ts.createProgram([file], { strict: true, types: [], lib: ['lib.es2022.d.ts'] });
    const problems = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
    expect(problems).toEqual([]);
    // What is removed here, or changes its meaning, is a new major version.
    await expect(await readFile(file, 'utf8')).toMatchFileSnapshot('library/index.d.ts');
  });

  it('serves agents until they are gone', async () => {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [join(installed, 'dist/cli.js'), 'mcp', 'app'],
      cwd: folder,
    });
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(transport);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('twelve_factor_list_findings');
    const call = async (name: string, input: object): Promise<string> => {
      const { content } = await client.callTool({ name, arguments: { ...input } });
      return (content as [{ readonly text: string }])[0].text;
    };
    expect(await call('twelve_factor_list_findings', {})).toContain('hardcoded-port');
    expect(await call('twelve_factor_explain_rule', { rule: 'hardcoded-port' })).toContain('# ');
    await client.close();
  });

  it('serves editors until they say to stop', async () => {
    const server = spawn(process.execPath, [join(installed, 'dist/cli.js'), 'lsp', '--stdio'], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>((resolve) => server.on('close', resolve));
    const send = (message: object): void => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...message });
      server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    };
    let heard = '';
    const waiting = new Map<string, () => void>();
    server.stdout.on('data', (data: Buffer) => {
      heard += data.toString();
      for (const [word, found] of waiting) if (heard.includes(word)) found();
    });
    const answer = (word: string): Promise<void> =>
      new Promise((resolve) => {
        waiting.set(word, resolve);
        if (heard.includes(word)) resolve();
      });
    const params = { processId: null, rootUri: null, capabilities: {} };
    send({ id: 'start', method: 'initialize', params });
    await answer('"id":"start"');
    expect(heard).toContain('"name":"twelve-factor"');
    send({ method: 'initialized', params: {} });
    send({ id: 'end', method: 'shutdown' });
    await answer('"id":"end"');
    send({ method: 'exit' });
    expect(await ended).toBe(0);
  });

  it('goes from nothing to a failing check in one line, and to a passing one by a baseline in two', async () => {
    const project = join(folder, 'from nothing');
    await cp(join(folder, 'app'), project, { recursive: true });
    // As `npx twelve-factor` does it, but for the registry; with a cache of its own, so that nothing is there before.
    const npx = async (...words: readonly string[]): Promise<{ code: number; out: string }> => {
      const from = join(folder, `twelve-factor-${version}.tgz`);
      const args = [
        'exec',
        '--yes',
        '--offline',
        `--package=${from}`,
        '--',
        'twelve-factor',
        ...words,
      ];
      const env = { ...process.env, npm_config_cache: join(folder, 'npm-cache') };
      return run('npm', args, { cwd: project, env, shell: windows }).then(
        ({ stdout }) => ({ code: 0, out: stdout }),
        (error: unknown) => {
          const { code, stdout } = error as { code: number; stdout: string };
          return { code, out: stdout };
        },
      );
    };
    const failing = await npx('check', '--format', 'github');
    expect(failing.code).toBe(1);
    expect(failing.out).toMatch(/^::warning file=server\.js,line=2,.*hardcoded-port/m);
    expect((await npx('baseline')).code).toBe(0);
    expect(await readdir(project)).toContain('twelve-factor-baseline.json');
    expect(await npx('check', '--format', 'github')).toMatchObject({ code: 0 });
  }, 60_000);

  it('says the same, byte by byte, again, elsewhere and in another language', async () => {
    const cli = join(installed, 'dist/cli.js');
    const formats = ['text', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown', 'html'];
    const said = async (parent: string, env: NodeJS.ProcessEnv): Promise<readonly string[]> => {
      const dir = join(parent, 'app');
      await cp(join(folder, 'app'), dir, { recursive: true });
      const outputs = formats.map((format) => `--output=${format}=${join(parent, format)}`);
      const args = [cli, 'check', '.', '--no-cache', '--hints', ...outputs];
      // It fails, as there are findings.
      const failed = run(process.execPath, args, { cwd: dir, env: { ...process.env, ...env } });
      await expect(failed).rejects.toMatchObject({ code: 1 });
      return Promise.all(formats.map((format) => readFile(join(parent, format), 'utf8')));
    };
    const parents = ['one', 'two'].map((name) => join(folder, name));
    for (const parent of parents) await mkdir(parent);
    const first = await said(parents[0]!, { LC_ALL: 'C', TZ: 'UTC' });
    expect(first.every((text) => text.length > 0)).toBe(true);
    expect(await said(parents[0]!, { LC_ALL: 'C', TZ: 'UTC' })).toEqual(first);
    const turkish = { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Asia/Kathmandu' };
    expect(await said(parents[1]!, turkish)).toEqual(first);
  }, 60_000);
});
