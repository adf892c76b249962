import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { applyEdits } from '../../server/src/engine/edits/edits';
import { shutdownEdits } from '../../server/src/rules/disposability/missing-sigterm-handler/graceful-shutdown';
import { project, spanIn } from './harness';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A server whose answer is only finished once the signal has come. */
const SERVER = `const http = require('node:http');
const app = http.createServer((request, response) => {
  response.write('begun ');
  process.once('SIGTERM', () => response.end('finished'));
});
app.listen(0, '127.0.0.1', () => console.log(app.address().port));
`;

it.skipIf(process.platform === 'win32')(
  'the handler lets an open request finish, then exits with 0',
  async () => {
    const model = await project({ 'server.js': SERVER });
    const call = spanIn(
      SERVER,
      "app.listen(0, '127.0.0.1', () => console.log(app.address().port))",
    );
    const edits = shutdownEdits({ model, path: 'server.js', call, framework: 'http' });
    const folder = mkdtempSync(join(tmpdir(), 'shutdown-'));
    folders.push(folder);
    const file = join(folder, 'server.js');
    writeFileSync(file, applyEdits(SERVER, edits ?? []));

    const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    const [port] = (await once(child.stdout, 'data')) as [Buffer];
    const response = await fetch(`http://127.0.0.1:${port.toString().trim()}/`, {
      headers: { connection: 'close' },
    });
    child.kill('SIGTERM');
    expect(await response.text()).toBe('begun finished');
    expect(await exit).toEqual([0, null]);
  },
);
