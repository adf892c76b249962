import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import type { JsonReport } from '../../server/src/report/json';
import { cli, temporaryFolder, type CliResult } from './run';

const FILE = 'twelve-factor-baseline.json';
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  folder = await temporaryFolder({
    'package.json': '{ "name": "app", "private": true, "scripts": { "start": "node b.js" } }\n',
    'b.js': "log('warn', 'info');\n",
  });
});

afterEach(() => folder.dispose());

const run = (...args: readonly string[]): Promise<CliResult> => cli(folder.path, args);
const put = (text: string): Promise<void> => writeFile(join(folder.path, 'b.js'), text);
const file = (): Promise<string> => readFile(join(folder.path, FILE), 'utf8');

describe('accepting what exists', () => {
  it('makes a failing check a green one, until something is new', async () => {
    expect((await run('check')).code).toBe(1);
    const { code, out } = await run('baseline');
    expect(code).toBe(0);
    expect(out).toContain(`${FILE} accepts 2 places in 1 file`);
    const green = await run('check', '--baseline');
    expect(green).toMatchObject({ code: 0, err: '' });
    expect(green.out).toContain('No new findings');
    expect(green.out).toContain(`2 findings accepted by ${FILE} not shown.`);
    await put("\n\nlog('warn', 'info', 'warn');\n");
    const red = await run('check');
    expect(red.code).toBe(1);
    expect(red.out).toContain('1 new finding (1 warning)');
    expect((await run('check', '--no-baseline')).out).toContain('3 findings');
  });

  it('shrinks with what is gone, and leaves out what is new', async () => {
    await run('baseline');
    const first = await file();
    await run('baseline');
    expect(await file()).toBe(first);
    await put("log('info', 'error');\n");
    expect((await run('check')).out).toContain('1 accepted finding gone');
    const { out } = await run('baseline');
    expect(out).toContain('1 entry gone, taken out.');
    expect(out).toContain('1 new place not accepted');
    expect((await file()).match(/fingerprint/g)).toHaveLength(1);
    expect((await run('check')).code).toBe(1);
    await run('baseline', '--accept-new');
    expect((await run('check')).code).toBe(0);
  });

  it('says what every machine wants to know', async () => {
    await run('baseline');
    await put("log('warn', 'error');\n");
    const { out } = await run('check', '--format', 'json');
    const { findings, gone } = JSON.parse(out) as JsonReport;
    expect(findings.map(({ severity, baseline }) => [severity, baseline])).toEqual([
      ['warning', 'accepted'],
      ['error', 'new'],
    ]);
    expect(gone).toMatchObject([{ ruleId: 'loud-string', path: 'b.js' }]);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('never turns green because another version says less', async () => {
    await run('baseline');
    await writeFile(join(folder.path, FILE), (await file()).replace(version, '9.9.9'));
    await put("log('warn');\n");
    const { err } = await run('check');
    expect(err).toContain('found by 9.9.9');
  });

  it('stands elsewhere where the configuration says so', async () => {
    await writeFile(join(folder.path, 'twelve-factor.json'), '{ "baseline": "ci/accepted.json" }');
    expect((await run('baseline')).code).toBe(2);
    await writeFile(join(folder.path, 'twelve-factor.json'), '{ "baseline": "accepted.json" }');
    await run('baseline');
    expect(await readdir(folder.path)).toContain('accepted.json');
    expect((await run('check')).code).toBe(0);
    await writeFile(join(folder.path, 'twelve-factor.json'), '{ "baseline": "../x.json" }');
    expect((await run('check')).err).toContain('must be the path of a file in this folder');
  });

  it.each([
    ['is missing and was asked for', undefined, ['--baseline'], 'There is no baseline'],
    ['is missing by the name given', undefined, ['--baseline', 'no.json'], 'cannot be read'],
    ['is broken', '<<<<<<< HEAD', [], 'not valid JSON'],
    ['is of another format', '{ "version": 7, "findings": [] }', [], 'another format'],
    ['is a folder', undefined, ['--baseline', '.'], 'name the folder first'],
  ])('stops the check where the file %s', async (_, text, args, message) => {
    if (text !== undefined) await writeFile(join(folder.path, FILE), text);
    const { code, out, err } = await run('check', ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it('is never answered by a result that was kept for another baseline', async () => {
    const check = (...args: readonly string[]): Promise<CliResult> =>
      run('check', '--cache-location', '.cache', ...args);
    expect((await check()).code).toBe(1);
    await run('baseline');
    const green = await check();
    expect(green.code).toBe(0);
    expect(await check()).toEqual(green);
    await writeFile(join(folder.path, FILE), '{ "version": 1, "tool": "1", "findings": [] }');
    expect((await check()).code).toBe(1);
    await rm(join(folder.path, FILE));
    expect((await check()).out).not.toContain('new finding');
  });
});
