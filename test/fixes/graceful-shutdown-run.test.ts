import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { applyEdits } from '../../server/src/engine/edits/edits';
import { shutdownChanges } from '../../server/src/rules/disposability/missing-sigterm-handler/graceful-shutdown';
import { project, spanIn } from './harness';

const folders: string[] = [];
const children: ChildProcessByStdio<null, Readable, Readable>[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Says when a request has come; what is open is finished once the signal has come. */
const SERVER = `const http = require('node:http');
const app = http.createServer((request, response) => {
  if (request.url === '/never') return console.log('never');
  if (request.url === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    setInterval(() => response.write('data: 1\\n\\n'), 20).unref();
    return;
  }
  if (request.url === '/') return response.end('at once');
  response.write('begun ');
  process.once('SIGTERM', () => setImmediate(() => response.end('finished')));
  console.log('waiting');
});
app.keepAliveTimeout = 65_000;
app.listen(0, '127.0.0.1', () => console.log(app.address().port));
`;

interface Running {
  readonly port: number;
  /** What it says next. */
  says(): Promise<string>;
  stop(): void;
  readonly exit: Promise<unknown[]>;
  readonly errors: Promise<string>;
}

/** @param patience milliseconds until what is busy is cut off, as the fix writes them */
async function fixedServer(patience = '9_500'): Promise<Running> {
  const model = await project({ 'server.js': SERVER });
  const listen = "app.listen(0, '127.0.0.1', () => console.log(app.address().port))";
  const call = spanIn(SERVER, listen);
  const [change] = shutdownChanges({ model, path: 'server.js', call, framework: 'http' }) ?? [];
  const edits = change?.kind === 'edit' ? change.edits : [];
  const folder = mkdtempSync(join(tmpdir(), 'shutdown-'));
  folders.push(folder);
  const file = join(folder, 'server.js');
  writeFileSync(file, applyEdits(SERVER, edits).replace('9_500', patience));
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const exit = once(child, 'exit');
  const errors = text(child.stderr);
  const says = async (): Promise<string> => String((await once(child.stdout, 'data'))[0]).trim();
  const stop = (): void => {
    child.kill('SIGTERM');
  };
  return { port: Number(await says()), says, stop, exit, errors };
}

async function request(port: number, path: string, agent: Agent): Promise<IncomingMessage> {
  const [response] = (await once(get({ port, path, agent }), 'response')) as [IncomingMessage];
  return response;
}

describe.skipIf(process.platform === 'win32')('the handler', () => {
  it('lets an open request finish and does not wait for kept-alive connections', async () => {
    const server = await fixedServer();
    const [busy, idle] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })];
    expect(await text(await request(server.port, '/', idle))).toBe('at once');
    const said = server.says();
    const response = await request(server.port, '/open', busy);
    await said;
    server.stop();
    expect(await text(response)).toBe('begun finished');
    expect(await server.exit).toEqual([0, null]);
  });

  it('ends event streams', async () => {
    const server = await fixedServer();
    const response = await request(server.port, '/events', new Agent({ keepAlive: true }));
    await once(response, 'data');
    server.stop();
    response.resume();
    await once(response, 'end');
    expect(await server.exit).toEqual([0, null]);
  });

  it('answers all requests that a client sent at once', async () => {
    const server = await fixedServer();
    const said = server.says();
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET /open HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n');
    const answers = text(socket);
    await said;
    server.stop();
    expect(await answers).toMatch(/finished[^]*at once$/);
    expect(await server.exit).toEqual([0, null]);
  });

  it('says so, and exits with an error, when it cuts a request off', async () => {
    const server = await fixedServer('500');
    const said = server.says();
    const refused = once(get({ port: server.port, path: '/never' }), 'error');
    await said;
    server.stop();
    await refused;
    expect(await server.exit).toEqual([1, null]);
    expect(await server.errors).toMatch(/Still busy/);
  });
});
