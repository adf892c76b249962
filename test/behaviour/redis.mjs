// A Redis of the suite's own: Debian's redis-server on a port that the system chose, in memory, ended with the suite.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { freePort } from './harness.mjs';

/** @returns undefined where the machine has no redis-server */
export async function startRedis() {
  const port = await freePort();
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => server.on('close', resolve).on('error', resolve));
  const ready = new Promise((resolve) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      if (line.includes('Ready to accept connections')) resolve(true);
    });
  });
  if ((await Promise.race([ready, ended])) !== true) return undefined;
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () => {
      server.kill('SIGTERM');
      return ended;
    },
  };
}
