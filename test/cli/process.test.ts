import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonReport } from '../../server/src/report/json';
import { temporaryFolder } from './run';

const script = join(import.meta.dirname, '../../scripts/check.mjs');

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder({
    'app/package.json':
      '{ "name": "app", "private": true, "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.0.0" } }\n',
    'app/server.js': "const app = require('express')();\napp.listen(3000);\n",
  });
});

afterAll(() => folder.dispose());

const cachesIn = (path: string): Readonly<Record<string, string>> => ({
  XDG_CACHE_HOME: path,
  LOCALAPPDATA: path,
  HOME: path,
});

/** `npm run check -- …`, called from the temporary folder. */
function check(...args: string[]): { code: number | null; out: string; err: string } {
  return checkIn({}, ...args);
}

function checkIn(
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    // What it keeps goes with the folder.
    env: { ...process.env, INIT_CWD: folder.path, ...cachesIn(folder.path), ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

describe('the built command line', () => {
  it('says the same, byte by byte, in another language and time zone, from another folder', () => {
    for (const format of ['json', 'text']) {
      const args = ['--no-cache', '--hints', '--format', format];
      const here = check('app', ...args);
      const elsewhere = { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Asia/Kathmandu' };
      const there = checkIn({ ...elsewhere, INIT_CWD: '/' }, `${folder.path}/app`, ...args);
      expect(here.out).not.toBe('');
      expect(there.out).toEqual(here.out);
    }
  });

  it('finds what the rules of the product find, relative to where it is called', () => {
    const { code, out } = check('app', '--format', 'json');
    const { findings } = JSON.parse(out) as JsonReport;
    expect(code).toBe(1);
    expect(findings).toContainEqual(
      expect.objectContaining({ ruleId: 'hardcoded-port', path: 'server.js' }),
    );
  });

  it('sets nothing that this engine does not know', () => {
    check('app');
    // The first call may have told that it builds.
    expect(check('app').err).toBe('');
  });

  it('passes on that it could not do its work', () => {
    expect(check('nowhere').code).toBe(2);
  });
});
