import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rules } from '../../server/src/rules';
import { cli, temporaryFolder } from './run';

const TEXT = "\uFEFFlog('warn', 'info');\r\nlog('warn');\r\n";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  folder = await temporaryFolder({
    'package.json': '{ "name": "app", "private": true, "scripts": { "start": "node a.js" } }\n',
    'a.js': TEXT,
  });
});

afterEach(() => folder.dispose());

const fix = (...args: string[]): ReturnType<typeof cli> => cli(folder.path, ['fix', ...args]);
const text = (): Promise<string> => readFile(join(folder.path, 'a.js'), 'utf8');

it('applies safe fixes, and says what it did', async () => {
  expect(await fix()).toEqual({ code: 0, out: 'Fixed 2 findings in 1 file:\n  a.js\n', err: '' });
  expect(await text()).toBe("\uFEFFlog('quiet', 'info');\r\nlog('quiet');\r\n");
  expect((await fix()).out).toBe('Nothing to fix.\n');
});

it('applies suggestions only where a rule is named', async () => {
  expect(await fix('--suggestions')).toMatchObject({ code: 2, out: '' });
  expect(await text()).toBe(TEXT);
  await fix('--suggestions', '--rule', 'loud-string');
  expect(await text()).toBe("\uFEFFlog('quiet', '');\r\nlog('quiet');\r\n");
});

it('leaves hints alone, unless their rule is named', async () => {
  const config = join(folder.path, 'twelve-factor.json');
  await writeFile(config, '{ "rules": { "loud-string": "hint" } }');
  expect((await fix()).out).toBe('Nothing to fix.\n');
  expect((await fix('--rule', 'loud-string')).out).toContain('Fixed 2 findings');
});

it('shows a diff and writes nothing on a dry run', async () => {
  const { code, out } = await fix('--dry-run');
  expect(code).toBe(0);
  expect(out).toContain('--- a/a.js\n+++ b/a.js\n@@ -1,2 +1,2 @@\n');
  expect(out).toContain("+log('quiet');");
  expect(await text()).toBe(TEXT);
});

it('shows a diff that starts no command and prints no credential', async () => {
  const code = [
    '::error::hidden',
    "log('warn', '\u001B[2J##[error]x');",
    "const url = 'postgres://shop:hunter2@db.example/shop';",
    '',
  ].join('\n');
  await writeFile(join(folder.path, 'a.js'), `\`\n${code}\`;\n${code.split('\n')[1] ?? ''}\n`);
  const diff = async (env: Readonly<Record<string, string>>, ...args: string[]) =>
    (await cli(folder.path, ['fix', '--dry-run', ...args], env)).out;
  const lines = (await diff({ GITHUB_ACTIONS: 'true' })).trimEnd().split('\n');
  const [, token = ''] = /^::stop-commands::([\w-]{36})$/.exec(lines[0] ?? '') ?? [];
  expect(lines.at(-1)).toBe(`::${token}::`);
  const plain = await diff({});
  expect(plain.trimEnd()).toBe(lines.slice(1, -1).join('\n'));
  expect(plain).not.toMatch(/\u001B|##\[|hunter2/);
  expect(await diff({}, '--show-secrets')).toContain('hunter2');
});

it('changes nothing outside, by whichever link, and the rest all the same', async () => {
  const outside = await temporaryFolder({ 'b.js': TEXT, 'below/c.js': TEXT });
  await symlink(join(outside.path, 'b.js'), join(folder.path, 'b.js'));
  await symlink(join(outside.path, 'below'), join(folder.path, 'below'));
  // Two names of one file: it is changed once.
  await symlink('a.js', join(folder.path, 'also.js'));
  expect(await fix()).toMatchObject({ code: 0, err: '' });
  expect(await text()).toBe("\uFEFFlog('quiet', 'info');\r\nlog('quiet');\r\n");
  for (const path of ['b.js', 'below/c.js'])
    expect(await readFile(join(outside.path, path), 'utf8')).toBe(TEXT);
  const { out } = await cli(folder.path, ['check']);
  expect(out).toContain('b.js  a symbolic link that leads out of the folder\n');
  expect(out).toContain('below  a symbolic link to a folder elsewhere, which is not followed\n');
  await outside.dispose();
});

it('creates no file in place of one that it could not read', async () => {
  const outside = await temporaryFolder({ env: 'A=1\n' });
  await writeFile(join(folder.path, '.env'), 'DATABASE_PASSWORD=hunter2\n');
  const example = join(folder.path, '.env.example');
  const untracked = (): ReturnType<typeof cli> =>
    cli(
      folder.path,
      ['fix', '--rule', 'committed-env-file', '--suggestions'],
      {},
      undefined,
      rules,
    );
  await symlink(join(outside.path, 'env'), example);
  expect(await untracked()).toMatchObject({ code: 0, err: '', out: 'Nothing to fix.\n' });
  expect(await readFile(join(outside.path, 'env'), 'utf8')).toBe('A=1\n');
  await rm(example);
  expect((await untracked()).out).toContain('.env.example\n');
  await outside.dispose();
});

it('refuses what it cannot do', async () => {
  await writeFile(join(folder.path, 'file'), '');
  expect(await fix('nowhere')).toMatchObject({ code: 2 });
  expect(await fix('file')).toMatchObject({ code: 2 });
  expect(await fix('--rule', 'no-such-rule')).toMatchObject({ code: 2 });
});
