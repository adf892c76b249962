import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createResultCache,
  defaultCacheLocation,
  MOST_RESULTS,
  resultKey,
} from '../../server/src/cli/result-cache';
import type { ProjectInput } from '../../server/src/engine/analyzer';
import { FORMATS } from '../../server/src/report/formats';
import { DEFAULT_SETTINGS } from '../../server/src/engine/settings';
import { inputOf } from '../helpers/check';
import { cli, temporaryFolder, type CliResult } from './run';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let cache: string;

beforeEach(async () => {
  folder = await temporaryFolder({
    'app/package.json': '{ "name": "app", "private": true }\n',
    'app/index.js': "console.log('warn', 'hint');\n",
    'app/twelve-factor.json': '{ "exclude": ["nothing/**"], "rules": { "lout-string": "off" } }\n',
  });
  cache = join(folder.path, 'cache');
});

afterEach(() => folder.dispose());

const check = (...args: readonly string[]): Promise<CliResult> =>
  cli(folder.path, ['check', 'app', '--cache-location', 'cache', ...args]);

/** Makes what is kept say something that no analysis says. */
async function mark(folderOfResults = cache): Promise<void> {
  for (const name of await readdir(folderOfResults)) {
    const file = join(folderOfResults, name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll('The string says', 'It was kept that'));
  }
}

async function resultsIn(location: string): Promise<readonly string[]> {
  return (await readdir(location)).filter((name) => name.endsWith('.json'));
}

const KEPT = /It was kept that/;

describe('results that are kept', () => {
  it.each(FORMATS)('are told byte by byte as an analysis tells them, as %s', async (format) => {
    const args = ['--format', format, '--hints'];
    const alone = await cli(folder.path, ['check', 'app', '--no-cache', ...args]);
    const first = await check(...args);
    const second = await check(...args);
    expect(first).toEqual(alone);
    expect(second).toEqual(alone);
    expect(alone.err).toContain('lout-string');
    await mark();
    expect((await check(...args)).out).toMatch(KEPT);
  });

  it.each<[string, () => Promise<void>, readonly string[]]>([
    ['a text', () => put('app/index.js', "console.log('warn');\n"), []],
    ['a file', () => put('app/other.js', ''), []],
    ['a manifest', () => put('app/Procfile', 'web: node index.js\n'), []],
    ['the settings', () => put('app/twelve-factor.json', '{ "exclude": ["any/**"] }'), []],
    [
      'the configuration file',
      () => put('other.json', '{ "exclude": ["x"] }'),
      ['-c', 'other.json'],
    ],
  ])('are forgotten where %s is another', async (_, change, args) => {
    await check();
    await mark();
    await change();
    const { out } = await check('--hints', ...args);
    expect(out).toContain('The string says');
    expect(out).not.toMatch(KEPT);
  });

  it('are none of another program', async () => {
    await check();
    await mark();
    const other = ['check', 'app', '--cache-location', 'cache'];
    expect((await cli(folder.path, other, {}, 'a later build')).out).not.toMatch(KEPT);
  });

  it('may lie in the folder that is checked, and are no part of what is', async () => {
    const args = ['check', 'app', '--cache-location', 'app/.cache'];
    await cli(folder.path, args);
    await mark(join(folder.path, 'app/.cache'));
    expect((await cli(folder.path, args)).out).toMatch(KEPT);
  });

  it('are left alone with --no-cache', async () => {
    await check();
    await mark();
    const before = await readdir(cache);
    expect((await check('--no-cache')).out).not.toMatch(KEPT);
    expect(await readdir(cache)).toEqual(before);
  });

  it.each(['', '{', 'null', 'KEY', '{"key":"other"}', '[]', '\0'])(
    'are worked out again where %j is what is left of them',
    async (text) => {
      const first = await check();
      const [name = ''] = await resultsIn(cache);
      const key = `{"key":"${name.replace('.json', '')}","result":{}}`;
      await writeFile(join(cache, name), text === 'KEY' ? key : text);
      expect(await check()).toEqual(first);
      expect(JSON.parse(await readFile(join(cache, name), 'utf8'))).toMatchObject({ result: {} });
    },
  );

  it('are not kept where that cannot be, and nobody is bothered', async () => {
    const first = await check();
    await writeFile(join(folder.path, 'file'), '');
    const args = ['check', 'app', '--cache-location', 'file/cache'];
    expect(await cli(folder.path, args)).toEqual(first);
  });

  it('go to the cache folder of the user, for the user alone', async () => {
    await cli(folder.path, ['check', 'app'], { HOME: folder.path, XDG_CACHE_HOME: cache });
    const [name = ''] = await resultsIn(join(cache, 'twelve-factor'));
    const { mode } = await stat(join(cache, 'twelve-factor', name));
    if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
    expect(defaultCacheLocation({ HOME: '/home/a' }, 'linux')).toBe(
      join('/home/a/.cache/twelve-factor'),
    );
    expect(defaultCacheLocation({ HOME: '/Users/a' }, 'darwin')).toBe(
      join('/Users/a/Library/Caches/twelve-factor'),
    );
    expect(defaultCacheLocation({ LOCALAPPDATA: 'C' }, 'win32')).toBe(join('C/twelve-factor'));
    expect(defaultCacheLocation({}, 'linux')).toBeUndefined();
  });
});

async function put(path: string, text: string): Promise<void> {
  await writeFile(join(folder.path, path), text);
}

describe('the store', () => {
  const result = { findings: [], notAnalysed: [], suppressed: [], gone: [], packages: [] };

  it('takes no text for two, and nothing ignored for something that is not', () => {
    const key = (given: ProjectInput): string => resultKey(given, 'program');
    const texts = { 'a.js': '1', 'b.js': '2' };
    const keys = [
      key(inputOf(texts)),
      key(inputOf({ 'a.js': '1b.js2' })),
      key(inputOf({ 'a.js': '', 'b.js': '12' })),
      key({ ...inputOf(texts), paths: ['a.js'], ignoredPaths: ['b.js'] }),
      key({ ...inputOf(texts), trackedPaths: ['b.js'] }),
      key({ ...inputOf(texts), unreadable: [{ path: 'c.js', reason: 'too large' }] }),
      key({ ...inputOf(texts), settings: { ...DEFAULT_SETTINGS, exclude: ['x'] } }),
      resultKey(inputOf(texts), 'another program'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('keeps the results that were used last, and clears away what killed runs left', async () => {
    await mkdir(cache);
    const name = (of: number): string => `${of.toString(16).padStart(64, '0')}.json`;
    const long = new Date(Date.now() - 86_400_000);
    for (let of = 0; of < MOST_RESULTS; of += 1) {
      await writeFile(join(cache, name(of)), '{}');
      await utimes(join(cache, name(of)), long, new Date(long.getTime() + of * 1000));
    }
    const left = `${'0'.repeat(64)}.${'0'.repeat(12)}.tmp`;
    await writeFile(join(cache, left), '');
    await utimes(join(cache, left), long, long);
    await writeFile(join(cache, 'notes.txt'), 'of somebody else');
    createResultCache(cache, 'program').keep(inputOf({}), result);
    const names = await readdir(cache);
    expect(names).toHaveLength(MOST_RESULTS + 1);
    expect(names).toContain('notes.txt');
    expect(names).not.toContain(name(0));
    expect(names).not.toContain(left);
  });

  it('never shows half a result to another run', async () => {
    const stores = [1, 2, 3].map(() => createResultCache(cache, 'program'));
    for (const store of stores) store.keep(inputOf({ 'a.js': '' }), result);
    for (const store of stores) expect(store.find(inputOf({ 'a.js': '' }))).toEqual(result);
    expect(await resultsIn(cache)).toHaveLength(1);
  });
});
