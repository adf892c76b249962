import { describe, expect, it } from 'vitest';
import { FILE_KINDS } from '../../server/src/base/file-kinds';
import { fileKind, fileRow, mayBeScript, scriptKind } from '../../server/src/base/file-names';
import { FILE_EXAMPLES } from '../helpers/file-examples';

it.each([
  ['src/a.ts', 'source'],
  ['a.d.mts', 'source'],
  ['App.vue', 'source'],
  ['bin/www', 'source'],
  ['x/package.json', 'package-json'],
  ['package-lock.json', 'lockfile'],
  ['pnpm-lock.yaml', 'lockfile'],
  ['tsconfig.json', 'json'],
  ['Dockerfile', 'dockerfile'],
  ['Dockerfile.dbloader', 'dockerfile'],
  ['docker/api.Dockerfile', 'dockerfile'],
  ['.gitpod.Dockerfile', 'dockerfile'],
  ['Dockerfile.dockerignore', 'ignore'],
  ['Containerfile', 'dockerfile'],
  ['docker-compose.yml', 'yaml'],
  ['.env', 'dotenv'],
  ['.env.example', 'dotenv'],
  ['.env-sample', 'dotenv'],
  ['.example.env', 'dotenv'],
  ['compose.env', 'dotenv'],
  ['env.example', 'dotenv'],
  ['.env.js', 'source'],
  ['.envrc', 'shell'],
  ['Procfile', 'procfile'],
  ['Procfile.dev', 'procfile'],
  ['entrypoint.sh', 'shell'],
  ['fly.toml', 'toml'],
  ['a/.gitignore', 'ignore'],
  ['.nvmrc', 'text'],
  ['nginx/nginx.conf', 'text'],
  ['app.service', 'text'],
  ['README.md', undefined],
  ['logo.png', undefined],
  ['environment', undefined],
])('%s is %s', (path, kind) => {
  expect(fileKind(path)).toBe(kind);
});

it('recognises scripts by their first line', () => {
  expect(scriptKind('run', '#!/bin/sh\nx')).toBe('shell');
  expect(scriptKind('run', '#!/usr/bin/env bash')).toBe('shell');
  expect(scriptKind('run', '#/bin/bash\nx')).toBe('shell');
  expect(scriptKind('run', '# run sh')).toBeUndefined();
  expect(scriptKind('run', '#!/usr/bin/env node')).toBe('source');
  expect(scriptKind('run', '#!/usr/bin/env -S npx tsx')).toBe('source');
  expect(scriptKind('run.txt', '#!/bin/sh')).toBeUndefined();
  expect(mayBeScript('bin/start')).toBe(true);
  expect(mayBeScript('LICENSE.txt')).toBe(false);
});

describe('the table', () => {
  it('has an example of every row', () => {
    expect(new Set(FILE_EXAMPLES.map(({ row }) => row))).toEqual(new Set(FILE_KINDS));
  });

  it.each(FILE_EXAMPLES)('leads from $path to its row, in any folder and case', (example) => {
    const { row, path, start } = example;
    for (const spelling of [path, `apps/api/${path}`, path.toUpperCase()]) {
      if (start === '') expect(fileRow(spelling), spelling).toBe(row);
      else expect(scriptKind(spelling, start), spelling).toBe(row.kind);
    }
  });

  it('has globs that everybody understands alike', () => {
    const globs = FILE_KINDS.flatMap((row) => row.globs ?? []);
    for (const glob of globs) expect(glob).toMatch(/^(\*\*\/|[\w.*-]+\/)*[\w.*-]+$/);
    for (const glob of globs) expect(glob).not.toMatch(/\*\*(?!\/)|[^/]\*\*/);
  });
});
