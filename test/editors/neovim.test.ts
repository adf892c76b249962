import { execFile, spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../cli/run';

const root = join(import.meta.dirname, '../..');
/** Without it the test is skipped, and counted; `.ci/run` installs it. */
const hasNeovim = spawnSync('nvim', ['--version']).status === 0;

interface Driven {
  readonly problem?: string;
  readonly root: string;
  readonly codes: readonly string[];
  readonly title: string;
  readonly code: readonly string[];
  readonly example: readonly string[];
  readonly hover: string;
  readonly completion: readonly string[];
  readonly clients: number;
  readonly stopped: boolean;
}

it.skipIf(!hasNeovim)(
  'Neovim, set up as the documentation says, shows, fixes, explains, completes and stops',
  async () => {
    const page = await readFile(join(root, 'docs/editors.md'), 'utf8');
    const setup = /^## Neovim 0\.7[^`]*```lua\n([^`]*)```/m.exec(page)?.[1] ?? '';
    // Brings the command line up to date.
    spawnSync(process.execPath, [join(root, 'scripts/check.mjs'), '--help']);
    const folder = await temporaryFolder({
      'app/package.json': JSON.stringify({
        name: 'app',
        private: true,
        scripts: { start: 'node server.js' },
        dependencies: { express: '4.19.2' },
      }),
      'app/package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
      'app/.env.example': 'REDIS_URL=\n',
      'app/Dockerfile': 'FROM node:latest\nCOPY . .\nCMD npm start\n',
      'app/server.js': `const app = require('express')();
const queue = process.env.REDIS_URL;
app.get('/', (request, response) => response.send(queue));
app.listen(3000);
`,
      'init.lua': setup,
    });
    try {
      const bin = join(folder.path, 'bin');
      await mkdir(bin);
      const command = `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${join(root, 'dist/cli.js')}" "$@"\n`;
      await writeFile(join(bin, 'npx'), command);
      await chmod(join(bin, 'npx'), 0o755);
      const out = join(folder.path, 'out.json');
      const driver = join(import.meta.dirname, 'drive.lua');
      const args = ['--headless', '--clean', '-n', '-u', join(folder.path, 'init.lua')];
      await promisify(execFile)('nvim', [...args, '-c', `luafile ${driver}`], {
        cwd: join(folder.path, 'app'),
        env: {
          ...process.env,
          ...{ PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, OUT: out },
          ...{ XDG_STATE_HOME: folder.path, XDG_CACHE_HOME: folder.path },
        },
        timeout: 300_000,
      });
      const driven = JSON.parse(await readFile(out, 'utf8')) as Driven;
      expect(driven.problem).toBeUndefined();
      expect(driven.root).toBe(join(folder.path, 'app'));
      expect(driven.codes).toContain('hardcoded-port');
      // The fix edits another file, too.
      expect(driven.code.join('\n')).toContain('process.env.PORT');
      expect(driven.example).toEqual(expect.arrayContaining([expect.stringMatching(/^PORT=/)]));
      expect(driven.hover).toContain('Read by `web (Dockerfile CMD)`');
      expect(driven.completion).toEqual(expect.arrayContaining(['REDIS_URL']));
      expect(driven.clients).toBe(1);
      expect(driven.stopped).toBe(true);
    } finally {
      await folder.dispose();
    }
  },
  300_000,
);
