import { spawnSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  DocumentDiagnosticReport,
  Message,
  NotificationMessage,
  RequestMessage,
  ResponseMessage,
} from 'vscode-languageserver';
import { typeScriptUrl } from '../../server/src/worker-script';
import { FIXED_PORT } from './app';
import { codes } from './client';

const root = join(import.meta.dirname, '../..');
const outdir = '.tmp/worker-test';
const ROOT = 'vscode-vfs://github/acme/app';
const FILES: Readonly<Record<string, string>> = {
  'package.json':
    '{ "scripts": { "start": "node server.js" }, "dependencies": { "express": "4" } }',
  'server.js': FIXED_PORT,
};

/** The built worker in a scope that has what a web worker has, and nothing of Node. */
class FakeWorker {
  readonly imported: string[] = [];
  private readonly answers = new Map<unknown, (response: ResponseMessage) => void>();
  private readonly scope: {
    onmessage?: (event: { readonly data: unknown }) => void;
  } & Record<string, unknown>;

  constructor(script: string, typescript: string) {
    this.scope = {
      location: { href: 'blob:null/1b2c' },
      console,
      performance,
      setTimeout: globalThis.setTimeout,
      clearTimeout,
      setImmediate: undefined,
      URL,
      TextEncoder,
      TextDecoder,
      crypto,
      addEventListener: () => undefined,
      postMessage: (message: Message) => this.received(message),
      importScripts: (url: string) => {
        this.imported.push(url);
        runInContext(typescript, context);
      },
    };
    this.scope['self'] = this.scope;
    const context = createContext(this.scope);
    runInContext(script, context);
  }

  async request(id: number, method: string, params: unknown): Promise<unknown> {
    const response = new Promise<ResponseMessage>((resolve) => this.answers.set(id, resolve));
    this.send({ jsonrpc: '2.0', id, method, params });
    const { result, error } = await response;
    if (error) throw new Error(error.message);
    return result;
  }

  send(message: Record<string, unknown>): void {
    this.scope.onmessage?.({ data: message });
  }

  private received(message: Partial<RequestMessage & NotificationMessage & ResponseMessage>): void {
    const { id, method, params } = message;
    if (method === undefined) this.answers.get(id)?.(message as ResponseMessage);
    else if (id !== undefined)
      queueMicrotask(() => this.send({ jsonrpc: '2.0', id, result: answer(method, params) }));
  }
}

/** What the client answers: the files of a virtual workspace. */
function answer(method: string, params: unknown): unknown {
  const { uri } = params as { uri?: string };
  if (method === 'twelveFactor/readDirectory') {
    const entries = Object.entries(FILES).map(([name, { length }]) => ({
      name,
      kind: 'file',
      size: length,
    }));
    return { kind: 'entries', entries };
  }
  if (method === 'twelveFactor/readFile') {
    const text = FILES[(uri ?? '').slice(ROOT.length + 1)];
    return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
  }
  return null;
}

let script = '';
let typescript = '';

beforeAll(async () => {
  const args = [join(root, 'esbuild.mjs'), '--worker', '--production', `--outdir=${outdir}`];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const read = (name: string): Promise<string> => readFile(join(root, outdir, name), 'utf8');
  [script, typescript] = await Promise.all([read('server.browser.js'), read('typescript.js')]);
});

afterAll(() => rm(join(root, outdir), { recursive: true, force: true }));

describe('the server as a web worker', () => {
  it('does not carry the compiler', () => {
    // A message of the parser, which only the parser's own script may hold.
    const message = 'Declaration or statement expected.';
    expect(typescript).toContain(message);
    expect(script).not.toContain(message);
  });

  it('loads the compiler from where the client says, once, and analyses', async () => {
    const worker = new FakeWorker(script, typescript);
    const typescriptUrl = 'https://cdn.example/dist/typescript.js';
    await worker.request(1, 'initialize', {
      processId: null,
      rootUri: ROOT,
      workspaceFolders: [{ uri: ROOT, name: 'app' }],
      capabilities: {
        textDocument: { diagnostic: {} },
        workspace: { diagnostics: { refreshSupport: true } },
      },
      initializationOptions: { typescriptUrl },
    });
    expect(worker.imported).toEqual([]);
    worker.send({ jsonrpc: '2.0', method: 'initialized', params: {} });
    const uri = `${ROOT}/server.js`;
    worker.send({
      jsonrpc: '2.0',
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'javascript', version: 1, text: FIXED_PORT } },
    });
    for (const id of [2, 3]) {
      const report = await worker.request(id, 'textDocument/diagnostic', { textDocument: { uri } });
      const { items } = report as Extract<DocumentDiagnosticReport, { kind: 'full' }>;
      expect(codes(items)).toContain('hardcoded-port');
    }
    expect(worker.imported).toEqual([typescriptUrl]);
  });
});

describe('where the compiler lies', () => {
  it('is beside the worker, unless the client knows better', () => {
    const location = 'https://editor.example/extension/dist/server.browser.js';
    expect(typeScriptUrl(undefined, location)).toBe(
      'https://editor.example/extension/dist/typescript.js',
    );
    expect(typeScriptUrl({ typescriptUrl: 3 }, location)).toMatch(/dist\/typescript\.js$/);
    expect(typeScriptUrl({ typescriptUrl: 'https://a/b.js' }, 'blob:x')).toBe('https://a/b.js');
  });
});
