import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { FORMATS } from '../../server/src/report/formats';
import { rules } from '../../server/src/rules';
import type { Files } from '../helpers/check';
import { cli, temporaryFolder } from './run';

const LOCK = '{ "name": "root", "lockfileVersion": 3, "packages": {} }\n';
const app = (name: string, start: string): string =>
  `{
  "name": "@acme/${name}",
  "private": true,
  "engines": { "node": "22.x" },
  "scripts": { "start": "node ${start}" },
  "dependencies": { "express": "4.19.2", "bullmq": "5.1.0" }
}
`;

/** Two apps and a library, with findings of several kinds, a suppression, and a file that cannot be read. */
const MONOREPO: Files = {
  'package.json': '{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }\n',
  'package-lock.json': LOCK,
  'apps/shop/package.json': app('shop', 'src/server.js'),
  'apps/shop/.env.example': 'REDIS_URL=\n',
  'apps/shop/src/server.js': `const express = require('express');
const { carts } = require('./carts');
const app = express();
app.post('/cart/:id', (request, response) => {
  carts.add(request.params.id, request.body);
  response.end();
});
const server = app.listen(3000);
process.on('SIGTERM', () => server.close());
`,
  'apps/shop/src/carts.js': `const known = new Map();
exports.carts = {
  add(id, item) {
    known.set(id, [...(known.get(id) ?? []), item]);
  },
  get: (id) => known.get(id),
};
`,
  'apps/mail/package.json': app('mail', 'worker.js'),
  'apps/mail/worker.js': `const { Worker } = require('bullmq');
const password = 'hunter2-but-longer-7Kq9';
// twelve-factor-disable-next-line hardcoded-connection -- the queue of the host
const connection = { host: '10.0.0.7', port: 6379, password };
const worker = new Worker('mail', async () => undefined, { connection });
process.on('SIGTERM', () => worker.close());
`,
  'packages/lib/package.json': '{ "name": "@acme/lib", "version": "1.0.0", "main": "index.js" }\n',
  'packages/lib/index.js': 'exports.answer = 42;\n',
  'docker-compose.yml': 'services:\n  shop:\n    image: [unclosed\n',
};

let folders: Awaited<ReturnType<typeof temporaryFolder>>[];

beforeAll(async () => {
  folders = await Promise.all([temporaryFolder(MONOREPO), temporaryFolder(MONOREPO)]);
});

afterAll(() => Promise.all(folders.map((folder) => folder.dispose())));

/** All reports of a folder, by format. */
async function reports(folder: string, cwd: string): Promise<readonly string[]> {
  const outputs = FORMATS.flatMap((format) => ['-o', `${format}=${join(folder, `out.${format}`)}`]);
  const args = ['check', folder, '--hints', '--no-cache', '--quiet', ...outputs];
  const env = { GITHUB_WORKSPACE: folder };
  const { code, err } = await cli(cwd, args, env, 'this test', rules);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  const texts = FORMATS.map((format) => readFile(join(folder, `out.${format}`), 'utf8'));
  return (await Promise.all(texts)).map((text) => text.replaceAll(version, '0.0.0'));
}

describe('the reports of a repository of several apps', () => {
  let first: readonly string[];

  beforeAll(async () => {
    first = await reports(folders[0]!.path, folders[0]!.path);
  });

  it('are the same byte by byte, another time and from another folder', async () => {
    expect(await reports(folders[1]!.path, '/')).toEqual(first);
  });

  it.each(FORMATS)('are what they were: %s', async (format) => {
    const text = first[FORMATS.indexOf(format)] ?? '';
    expect(text).not.toContain('hunter2');
    const shown = format === 'sarif' ? withoutRules(text) : text;
    await expect(shown).toMatchFileSnapshot(join(import.meta.dirname, 'golden', `apps.${format}`));
  });
});

/** What is said of rules stands in their pages. */
function withoutRules(sarif: string): string {
  const log = JSON.parse(sarif) as { runs: [{ tool: { driver: { rules: unknown[] } } }] };
  log.runs[0].tool.driver.rules = [];
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
