import { expect, it } from 'vitest';
import {
  fileKind,
  looksLikeNodeScript,
  looksLikeShell,
  mayBeScript,
} from '../../server/src/base/file-kinds';

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
  expect(looksLikeShell('#!/bin/sh\nx')).toBe(true);
  expect(looksLikeShell('#!/usr/bin/env bash')).toBe(true);
  expect(looksLikeShell('#/bin/bash\nx')).toBe(true);
  expect(looksLikeShell('#!/usr/bin/env node')).toBe(false);
  expect(looksLikeShell('# run sh')).toBe(false);
  expect(looksLikeNodeScript('#!/usr/bin/env node')).toBe(true);
  expect(looksLikeNodeScript('#!/usr/bin/env -S npx tsx')).toBe(true);
  expect(mayBeScript('bin/start')).toBe(true);
  expect(mayBeScript('LICENSE.txt')).toBe(false);
});
