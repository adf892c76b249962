import { expect, it } from 'vitest';
import {
  existsPath,
  filesBelow,
  filesIn,
  filesOfKind,
} from '../../server/src/project/files/file-index';
import { filesOf } from './memory-files';

const files = filesOf({
  'a.ts': '',
  'a/b.ts': '',
  'a/c/d.ts': '',
  'a-b/e.ts': '',
  'a0/f.ts': '',
  'package.json': {},
});

it('lists folders without taking those whose name begins alike', () => {
  expect(filesIn(files, 'a')).toEqual(['a/b.ts']);
  expect(filesIn(files, '')).toEqual(['a.ts', 'package.json']);
  expect(filesBelow(files, 'a')).toEqual(['a/b.ts', 'a/c/d.ts']);
  expect(filesBelow(files, '')).toHaveLength(6);
  expect(filesBelow(files, 'none')).toEqual([]);
});

it('knows files and folders', () => {
  expect(['a', 'a/c', 'a/c/d.ts', 'a0', ''].map((path) => existsPath(files, path))).toEqual([
    true,
    true,
    true,
    true,
    true,
  ]);
  expect(['a/', 'b', 'a/c/d', 'A'].map((path) => existsPath(files, path))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

it('lists files by kind', () => {
  expect(filesOfKind(files, 'package-json')).toEqual(['package.json']);
  expect(filesOfKind(files, 'yaml')).toEqual([]);
});
