import { execFileSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changedLines } from '../../server/src/cli/git/changed-lines';
import type { JsonReport } from '../../server/src/report/json';
import { cli, temporaryFolder, type CliResult } from './run';

describe('a diff', () => {
  const header = (path: string): string =>
    `diff --git ${path}\nindex 1..2 100644\n--- ${path.replace('b/', 'a/')}\n+++ ${path}\n`;

  it.each<[string, string, unknown]>([
    [
      'several hunks',
      `${header('b/a.js')}@@ -1 +1,2 @@\n-x\n+y\n+z\n@@ -9,2 +10,0 @@\n-p\n-q\n@@ -20,0 +19 @@\n+r\n`,
      [
        [
          'a.js',
          [
            [1, 2],
            [19, 19],
          ],
        ],
      ],
    ],
    [
      'lines that look like headers',
      `${header('b/a.js')}@@ -1 +1 @@\n--- a/x\n+++ b/evil.js\n${header('b/c.js')}@@ -0,0 +1 @@\n+1\n\\ No newline at end of file\n`,
      [
        ['a.js', [[1, 1]]],
        ['c.js', [[1, 1]]],
      ],
    ],
    [
      'blanks and odd names',
      `${header('b/a b.js\t')}@@ -1 +1 @@\n-1\n+2\n${header('"b/\\303\\244\\"\\t.js"')}@@ -1 +3 @@\n-1\n+2\n`,
      [
        ['a b.js', [[1, 1]]],
        ['ä"\t.js', [[3, 3]]],
      ],
    ],
    ['nothing', '', []],
  ])('with %s', (_, diff, expected) => {
    expect([...changedLines(diff)]).toEqual(expected);
  });
});

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent' };

function git(...args: readonly string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  execFileSync('git', [...identity, ...args], { cwd: folder.path, stdio: 'pipe' });
}

const put = (path: string, text: string): Promise<void> => writeFile(join(folder.path, path), text);
const run = (...args: readonly string[]): Promise<CliResult> =>
  cli(folder.path, ['check', '--no-cache', ...args], env);

async function places(...args: readonly string[]): Promise<readonly string[]> {
  const { out, err } = await run('--format', 'json', ...args);
  expect(err).toBe('');
  const { findings } = JSON.parse(out) as JsonReport;
  return findings.map(({ path, range }) => `${path}:${range.start.line}`);
}

describe('findings of changed lines', () => {
  beforeEach(async () => {
    folder = await temporaryFolder({
      'package.json': '{ "name": "app", "private": true, "scripts": { "start": "node b.js" } }\n',
      'b.js': "require('./ä b');\nlog('warn');\nlog('info');\n",
      'ä b.js': "log('warn');\n",
    });
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'first');
  });

  afterEach(() => folder.dispose());

  it('are those of lines that are not committed, and of files that git does not know', async () => {
    expect(await places('--changed')).toEqual([]);
    await put('b.js', "require('./ä b');\n\nlog('warn');\nlog('error');\n");
    await put('new.js', "log('warn');\n");
    expect(await places('--changed')).toEqual(['b.js:4', 'new.js:1']);
    await put('ä b.js', "log('info');\n");
    expect(await places('--changed')).toContain('ä b.js:1');
    expect((await run('--changed')).code).toBe(1);
  });

  it('are those since a branch was left, whatever happened on the other', async () => {
    git('checkout', '-qb', 'topic');
    await put('b.js', "require('./ä b');\nlog('warn');\nlog('info');\nlog('error');\n");
    git('commit', '-qam', 'second');
    git('checkout', '-q', 'main');
    await put('ä b.js', "log('error');\n");
    git('commit', '-qam', 'third');
    git('checkout', '-q', 'topic');
    expect(await places('--changed=main')).toEqual(['b.js:4']);
    await mkdir(join(folder.path, 'sub'));
    const below = await cli(join(folder.path, 'sub'), ['check', '--changed=main'], env);
    expect(below).toMatchObject({ code: 0 });
  });

  it('run nothing that the repository names', async () => {
    const mark = `sh -c 'touch ${join(folder.path, 'ran')}; cat'`;
    for (const key of ['core.pager', 'core.fsmonitor', 'diff.external', 'diff.x.textconv'])
      git('config', key, mark);
    for (const key of ['diff.noprefix', 'diff.mnemonicPrefix']) git('config', key, 'true');
    git('config', 'color.ui', 'always');
    await put('.gitattributes', '*.js diff=x\n');
    await put('b.js', "log('error');\n");
    expect(await places('--changed')).toEqual(['b.js:1']);
    expect(await readdir(folder.path)).not.toContain('ran');
  });

  it.each([
    ['an unknown ref', ['--changed=nowhere'], {}, 'git cannot compare with nowhere'],
    ['what is no ref', ['--changed=--output=x'], {}, 'is no ref of git'],
    ['no git', ['--changed'], { PATH: '/nonexistent' }, '--changed needs git'],
    ['no repository', ['--changed', '/'], {}, 'git cannot compare with HEAD'],
  ])('end with 2 and the reason for %s', async (_, args, changes, message) => {
    // The last one names a folder that lies in no repository.
    const plain = await temporaryFolder({ 'a.js': '' });
    const [first = '', ...rest] = args.map((arg) => (arg === '/' ? plain.path : arg));
    const { code, out, err } = await cli(folder.path, ['check', ...rest, first], {
      ...env,
      ...changes,
    });
    await plain.dispose();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });
});
