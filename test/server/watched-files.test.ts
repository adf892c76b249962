import picomatch from 'picomatch';
import {
  FileChangeType,
  WatchKind,
  type DidChangeWatchedFilesRegistrationOptions,
} from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineRule, type Rule } from '../../server/src/engine/rule';
import { FILE_EXAMPLES } from '../helpers/file-examples';
import { app } from './app';
import { codes, connect, disconnect, ROOT, type Client } from './client';
import type { MemoryHost } from './memory-host';

const MARKER = 'fixed-in-the-file';

/** Reports every file that was read and holds the marker. */
const marked: Rule = defineRule({
  id: 'marked',
  factor: 'codebase',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Reports a marker.',
  why: 'For tests.',
  whenNotToUse: 'Always.',
  fix: 'none',
  messages: { found: 'Found.' },
  project({ model: { files }, report }) {
    for (const path of files.paths) {
      const start = files.kind(path) === undefined ? -1 : (files.text(path)?.indexOf(MARKER) ?? -1);
      if (start < 0) continue;
      report({ message: 'found', at: { path, span: { start, end: start + MARKER.length } } });
    }
  },
  examples: {
    bad: [1, 2, 3].map(() => ({ findings: [] })),
    good: [1, 2, 3, 4, 5].map(() => ({})),
  },
});

/** Edits a file on disk; the server hears of it, for it must have asked to. */
async function edit(client: Client, host: MemoryHost, path: string, text: string): Promise<void> {
  host.add(ROOT, { [path]: text });
  const registration = await client.until('the watchers', () =>
    client.registrations.find(({ method }) => method === 'workspace/didChangeWatchedFiles'),
  );
  const { watchers } = registration.registerOptions as DidChangeWatchedFilesRegistrationOptions;
  const isWatched = watchers.some(
    ({ globPattern, kind = WatchKind.Change }) =>
      typeof globPattern === 'string' &&
      (kind & WatchKind.Change) !== 0 &&
      picomatch.isMatch(path, globPattern, { dot: true }),
  );
  expect(isWatched, `the client is asked to watch ${path}`).toBe(true);
  await client.watched([`${ROOT}/${path}`, FileChangeType.Changed]);
}

describe('an edit on disk is seen', () => {
  // Each in a folder of its own, so that none is the other's package or ignore file.
  const examples = FILE_EXAMPLES.map((example, index) => ({
    ...example,
    path: `folder-${index}/${example.path}`,
  }));
  let client: Client;
  let host: MemoryHost;

  beforeAll(async () => {
    const files = examples.map(({ path, start }) => [path, `${start}# ${MARKER}\n`]);
    ({ client, host } = await connect(Object.fromEntries(files) as Record<string, string>, {
      rules: [marked],
    }));
    client.followWorkspace();
    await client.ready();
  });

  afterAll(disconnect);

  it.each(examples)('in $path', async ({ path, start }) => {
    const found = (): boolean => codes(client.workspace.get(`${ROOT}/${path}`)).includes(marked.id);
    await client.until('the finding', found);
    await edit(client, host, path, `${start}# clean\n`);
    await client.until('no finding', () => !found());
  });
});

describe('an edit on disk changes the findings of real rules', () => {
  afterAll(disconnect);

  it.each([
    ['Caddyfile', 'sticky-session', 'reverse_proxy a:80 b:80 {\n  lb_policy ip_hash\n}\n', '\n'],
    [
      'nginx/default.conf',
      'sticky-session',
      'upstream app {\n  ip_hash;\n  server a:80;\n  server b:80;\n}\n',
      'upstream app {\n  server a:80;\n  server b:80;\n}\n',
    ],
    [
      'api.Dockerfile',
      'mutable-base-image',
      'FROM node\nCMD ["node", "server.js"]\n',
      'FROM node:20.11.1\nCMD ["node", "server.js"]\n',
    ],
    [
      'deploy/server.pem',
      'hardcoded-secret',
      `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEA7bq9'.repeat(20)}\n-----END RSA PRIVATE KEY-----\n`,
      '',
    ],
    [
      'bin/deploy',
      'hardcoded-secret',
      '#!/bin/sh\nexport STRIPE_SECRET_KEY=sk_live_4eC39HqLyjWDarjtT1zdp7dc\n',
      '#!/bin/sh\n',
    ],
  ])('%s: %s', async (path, rule, before, after) => {
    const { client, host } = await connect(app({ [path]: before }));
    client.followWorkspace();
    const found = (): boolean => codes(client.workspace.get(`${ROOT}/${path}`)).includes(rule);
    await client.until('the finding', found);
    await edit(client, host, path, after);
    await client.until('no finding', () => !found());
  });

  it('env.example documents what server.js reads', async () => {
    const rule = 'undocumented-variable';
    const { client, host } = await connect(
      app({ 'server.js': 'console.log(process.env.TOPIC);\n', 'env.example': 'PORT=3000\n' }),
    );
    client.followWorkspace();
    const found = (): boolean =>
      [...client.workspace.values()].some((all) => codes(all).includes(rule));
    await client.until('the finding', found);
    await edit(client, host, 'env.example', 'PORT=3000\nTOPIC=news\n');
    await client.until('no finding', () => !found());
  });
});
