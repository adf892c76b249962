import { describe, expect, it } from 'vitest';
import { parseDotenvSyntax } from '../../server/src/languages/dotenv';

function read(text: string): Record<string, unknown>[] {
  return parseDotenvSyntax(text).entries.map((entry) => ({
    name: text.slice(entry.nameSpan.start, entry.nameSpan.end),
    value: entry.value,
    written: text.slice(entry.valueSpan.start, entry.valueSpan.end),
    line: text.slice(entry.lineSpan.start, entry.lineSpan.end),
    ...(entry.commented ? { commented: true } : {}),
    ...(entry.exported ? { exported: true } : {}),
  }));
}

describe('parseDotenvSyntax', () => {
  it('reads plain, quoted and empty values with their spans', () => {
    expect(read('A=1\nB = "two words" # why\nC=\nD=\'it#s\'')).toEqual([
      { name: 'A', value: '1', written: '1', line: 'A=1' },
      { name: 'B', value: 'two words', written: '"two words"', line: 'B = "two words" # why' },
      { name: 'C', value: '', written: '', line: 'C=' },
      { name: 'D', value: 'it#s', written: "'it#s'", line: "D='it#s'" },
    ]);
  });

  it('keeps offsets true with a byte order mark and CRLF', () => {
    expect(read('\uFEFFA=1\r\nB=x y  \r\n')).toEqual([
      { name: 'A', value: '1', written: '1', line: 'A=1' },
      { name: 'B', value: 'x y', written: 'x y', line: 'B=x y  ' },
    ]);
  });

  it('reads export lines of env files that are scripts', () => {
    expect(read('#!/bin/bash\n  export DB_HOST=mysql\n')).toEqual([
      {
        name: 'DB_HOST',
        value: 'mysql',
        written: 'mysql',
        line: '  export DB_HOST=mysql',
        exported: true,
      },
    ]);
  });

  it('reads a quoted value over several lines as one entry', () => {
    const key = 'KEY="-----BEGIN\nabc\n-----END"\nB=2';
    expect(read(key)).toEqual([
      {
        name: 'KEY',
        value: '-----BEGIN\nabc\n-----END',
        written: '"-----BEGIN\nabc\n-----END"',
        line: 'KEY="-----BEGIN\nabc\n-----END"',
      },
      { name: 'B', value: '2', written: '2', line: 'B=2' },
    ]);
  });

  it('takes an unclosed quote for a character of the value', () => {
    expect(read('A="x\nB=2').map((entry) => [entry.name, entry.value])).toEqual([
      ['A', '"x'],
      ['B', '2'],
    ]);
  });

  it('sees commented assignments but no prose', () => {
    expect(
      read(
        '# Set the PORT = 3000 first\n#PORT=3000\n# SMTP_HOST=mail # optional\n# see https://x/?a=b',
      ),
    ).toEqual([
      { name: 'PORT', value: '3000', written: '3000', line: '#PORT=3000', commented: true },
      {
        name: 'SMTP_HOST',
        value: 'mail',
        written: 'mail',
        line: '# SMTP_HOST=mail # optional',
        commented: true,
      },
    ]);
  });

  it('keeps expansions as written', () => {
    const [entry] = parseDotenvSyntax('URL=mysql://${USER}:$PASS@host/\\$x').entries;
    expect(entry?.value).toBe('mysql://${USER}:$PASS@host/\\$x');
  });

  it('does not cut a value at a hash without a blank before it', () => {
    expect(read('A=b#c\nB=b #c').map((entry) => entry.value)).toEqual(['b#c', 'b']);
  });
});
