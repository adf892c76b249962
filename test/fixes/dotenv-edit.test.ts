import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../server/src/engine/edits/edits';
import {
  documentVariable,
  dotenvValue,
  removeVariable,
  setVariable,
} from '../../server/src/fixes/files/dotenv-edit';
import { parseDotenvSyntax } from '../../server/src/languages/dotenv';

describe('dotenv', () => {
  const edit = (text: string, change: typeof setVariable, name: string, value: string) => {
    const fixed = applyEdits(text, change(parseDotenvSyntax(text), name, value));
    expect(change(parseDotenvSyntax(fixed), name, value), 'twice').toEqual([]);
    const value1 = parseDotenvSyntax(fixed).entries.find(
      (entry) => entry.name === name && !entry.commented,
    )?.value;
    return { fixed, value: value1 };
  };

  it.each([
    ['at the end', 'A=1\n', 'A=1\nSTRIPE_URL=x\n'],
    ['without final newline', '# a\r\nA=1', '# a\r\nA=1\r\nSTRIPE_URL=x'],
    [
      'next to its group',
      'STRIPE_KEY=\n\n# mail\nMAIL=1\n',
      'STRIPE_KEY=\nSTRIPE_URL=x\n\n# mail\nMAIL=1\n',
    ],
    ['with export', 'export A=1\n', 'export A=1\nexport STRIPE_URL=x\n'],
  ])('adds %s', (_title, text, expected) => {
    expect(edit(text, documentVariable, 'STRIPE_URL', 'x').fixed).toBe(expected);
  });

  it('takes a commented line for documentation', () => {
    expect(documentVariable(parseDotenvSyntax('# PORT=3000\n'), 'PORT', '1')).toEqual([]);
  });

  it('sets and removes', () => {
    expect(edit("A='1' # why\nB=2\n", setVariable, 'A', '2').fixed).toBe('A=2 # why\nB=2\n');
    const text = 'A=1\n# about B\nB=2\nC=3';
    expect(applyEdits(text, removeVariable(parseDotenvSyntax(text), 'C'))).toBe(
      'A=1\n# about B\nB=2',
    );
    expect(applyEdits(text, removeVariable(parseDotenvSyntax(text), 'A'))).toBe(
      '# about B\nB=2\nC=3',
    );
  });

  it.each([
    'http://localhost:3000/?a=b&c',
    'two words',
    'a#b',
    "it's",
    'say "hi"',
    'p$ss',
    'a\\b',
    'line\nline',
    '',
  ])('writes %j so that it reads back', (value) => {
    const [entry] = parseDotenvSyntax(`A=${dotenvValue(value)}\n`).entries;
    expect(entry?.value).toBe(value);
  });
});
