import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../server/src/engine/edits/edits';
import { addIgnorePatterns, appendLines } from '../../server/src/fixes/files/lines';
import type { ProjectModel } from '../../server/src/project/model';
import { after } from './after';

describe('lines', () => {
  it.each([
    ['a\nb\n', 'a\nb\nx\ny\n'],
    ['a\r\nb\r\n', 'a\r\nb\r\nx\r\ny\r\n'],
    ['a\nb', 'a\nb\nx\ny'],
    ['', 'x\ny\n'],
    ['a\n\n', 'a\nx\ny\n\n'],
  ])('appends to %j', (text, expected) => {
    expect(applyEdits(text, appendLines(text, ['x', 'y']))).toBe(expected);
  });

  it('adds ignore patterns once, creating the file', async () => {
    const add = (model: ProjectModel) =>
      addIgnorePatterns(model, '.dockerignore', ['.env*', '!.env.example']);
    expect(await after({}, '.dockerignore', add)).toBe('.env*\n!.env.example\n');
    expect(await after({ '.dockerignore': 'node_modules\n/.env*\n' }, '.dockerignore', add)).toBe(
      'node_modules\n/.env*\n!.env.example\n',
    );
  });

  it.each([
    [
      'an exception before it',
      '!.env.example\nlib\n',
      '!.env.example\nlib\n.env*\n!.env.example\n',
    ],
    ['an exception to the very pattern', '.env*\n!.env*\nlib\n', '.env*\nlib\n!.env.example\n'],
    ['the same as the last line', 'lib\r\n!/.env*', 'lib\r\n.env*\r\n!.env.example'],
    ['other exceptions', '.env*\n!.env.ci\n!.env.example\n', '.env*\n!.env.ci\n!.env.example\n'],
  ])('keeps out what is to be kept out despite %s', async (_, text, expected) => {
    const add = (model: ProjectModel) =>
      addIgnorePatterns(model, '.dockerignore', ['.env*', '!.env.example']);
    expect(await after({ '.dockerignore': text }, '.dockerignore', add)).toBe(expected);
  });
});
