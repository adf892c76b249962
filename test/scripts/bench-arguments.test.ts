import { describe, expect, it } from 'vitest';
import { benchArguments, USAGE } from '../../scripts/bench/arguments';

describe('arguments of the benchmark', () => {
  it('are folders, a number of runs and files to type into', () => {
    expect(benchArguments(['a', '--runs', '9', '--editor', 'b/c.ts', 'b'])).toEqual({
      folders: ['a', 'b'],
      runs: 9,
      editor: ['b/c.ts'],
    });
    expect(benchArguments(['a'])).toEqual({ folders: ['a'], runs: 5, editor: [] });
  });

  it.each([
    [[], 'no folder to measure'],
    [['a', '--runs', '0'], '--runs takes a number from 1 to 999, not "0"'],
    [['a', '--runs', '2.5'], 'not "2.5"'],
    [['a', '--runs'], '--runs'],
    [['a', '--fast'], '--fast'],
  ])('%j is a mistake that is explained', (argv, message) => {
    expect(() => benchArguments(argv)).toThrow(message);
    expect(() => benchArguments(argv)).toThrow(USAGE);
  });
});
