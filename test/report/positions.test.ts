import { describe, expect, it } from 'vitest';
import { rangesOf } from '../../server/src/report/positions';

describe('rangesOf', () => {
  const at = (text: string, start: number, end = start): string => {
    const range = rangesOf(text)({ start, end });
    return `${range.start.line}:${range.start.column}-${range.end.line}:${range.end.column}`;
  };

  it('counts lines and columns from 1', () => {
    expect(at('ab\ncd', 0, 2)).toBe('1:1-1:3');
    expect(at('ab\ncd', 3, 5)).toBe('2:1-2:3');
    expect(at('ab\ncd', 1, 4)).toBe('1:2-2:2');
  });

  it('knows all line ends, and puts a break at the end of its line', () => {
    expect(at('a\r\nb\rc\nd', 3)).toBe('2:1-2:1');
    expect(at('a\r\nb\rc\nd', 5)).toBe('3:1-3:1');
    expect(at('a\r\nb\rc\nd', 7)).toBe('4:1-4:1');
    expect(at('ab\ncd', 2)).toBe('1:3-1:3');
  });

  it('counts UTF-16 code units', () => {
    expect(at('🙂x', 2, 3)).toBe('1:3-1:4');
  });

  it('clamps to the text', () => {
    expect(at('ab', 1, 99)).toBe('1:2-1:3');
    expect(at('', 5)).toBe('1:1-1:1');
  });
});
