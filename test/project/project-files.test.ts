import { expect, it } from 'vitest';
import {
  createProjectFiles,
  createSyntaxCache,
} from '../../server/src/project/files/project-files';

function make(files: Record<string, string>, ignored: string[] = [], cache = createSyntaxCache()) {
  return createProjectFiles(
    {
      paths: Object.keys(files).filter((path) => !ignored.includes(path)),
      ignoredPaths: ignored,
      text: (path) => files[path],
    },
    () => undefined,
    cache,
  );
}

it('sorts paths and tells listed from ignored', () => {
  const files = make({ b: '', a: '', '.env': 'A=1' }, ['.env']);
  expect(files.paths).toEqual(['a', 'b']);
  expect(files.has('.env')).toBe(true);
  expect(files.isIgnored('.env')).toBe(true);
  expect(files.dotenv('.env')?.entries).toHaveLength(1);
  expect(files.text('missing')).toBeUndefined();
});

it('answers as git would, nested ignore files and exceptions included', () => {
  const files = make({
    '.gitignore': '\uFEFF.env*\r\n!.env.example\r\nbuild/\r\n/root.txt\r\n',
    'api/.gitignore': '!build/\n*.log\n!keep.log\n',
  });
  expect(files.wouldIgnore('.env')).toBe(true);
  expect(files.wouldIgnore('api/.env.local')).toBe(true);
  expect(files.wouldIgnore('.env.example')).toBe(false);
  expect(files.wouldIgnore('build/x/y.js')).toBe(true);
  expect(files.wouldIgnore('build')).toBe(false);
  expect(files.wouldIgnore('api/build/x.js')).toBe(false);
  expect(files.wouldIgnore('api/a.log')).toBe(true);
  expect(files.wouldIgnore('api/keep.log')).toBe(false);
  expect(files.wouldIgnore('web/root.txt')).toBe(false);
  expect(files.wouldIgnore('root.txt')).toBe(true);
});

it('does not ignore what git tracks', () => {
  const files = createProjectFiles(
    {
      paths: ['.env', '.gitignore'],
      ignoredPaths: [],
      trackedPaths: ['.env'],
      text: (path) => (path === '.gitignore' ? '.env*\n' : 'A=1\n'),
    },
    () => undefined,
  );
  expect(files.wouldIgnore('.env')).toBe(false);
  expect(files.wouldIgnore('.env.local')).toBe(true);
});

it('reads the kind of scripts without extension from their first line', () => {
  const files = make({
    'bin/start': '#!/bin/sh\n',
    'bin/cli': '#!/usr/bin/env node\n',
    LICENSE: 'MIT',
  });
  expect(files.kind('bin/start')).toBe('shell');
  expect(files.kind('bin/cli')).toBe('source');
  expect(files.kind('LICENSE')).toBeUndefined();
});

it('parses each text once across snapshots and forgets files that are gone', () => {
  const cache = createSyntaxCache();
  const first = make({ 'a.json': '{}', 'b.json': '{}' }, [], cache).json('a.json');
  expect(make({ 'a.json': '{}' }, [], cache).json('a.json')).toBe(first);
  expect(make({ 'a.json': '{ }' }, [], cache).json('a.json')).not.toBe(first);
  make({}, [], cache);
  expect(make({ 'a.json': '{ }' }, [], cache).json('a.json')).not.toBe(first);
});
