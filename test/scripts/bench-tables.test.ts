import { describe, expect, it } from 'vitest';
import { median } from '../../scripts/bench/measure';
import { takeTurns, type Outcome } from '../../scripts/bench/rounds';
import { folderTable, growth, growthTable, medians } from '../../scripts/bench/tables';
import { timeProgram } from '../../scripts/bench/time-report';

/** Processes of so many milliseconds, half as much processor time, and 10 MiB. */
function runs(...times: readonly number[]): Outcome {
  return { samples: times.map((ms) => ({ ms, usage: { cpuMs: ms / 2, peakMiB: 10 } })) };
}

describe('median', () => {
  it('is the value in the middle, or halfway between two', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 9])).toBe(3);
    expect(median([])).toBeNaN();
  });
});

describe('takeTurns', () => {
  it('begins each round with another contestant, after one that does not count', () => {
    const order: string[] = [];
    const runner = (name: string) => () => {
      order.push(name);
      return { ms: order.length, usage: undefined };
    };
    const outcomes = takeTurns(['a', 'b', 'c'].map(runner), 2);
    expect(order.join('')).toBe('abcabcbca');
    expect(outcomes.map(({ samples }) => samples.map(({ ms }) => ms))).toEqual([
      [4, 9],
      [5, 7],
      [6, 8],
    ]);
  });

  it('goes on without who fails, and says why', () => {
    let calls = 0;
    const failing = (): never => {
      calls += 1;
      throw new Error('not installed');
    };
    const [failed, other] = takeTurns([failing, () => ({ ms: 1, usage: undefined })], 3);
    expect(failed).toEqual({ samples: [], failure: 'not installed' });
    expect(other?.samples).toHaveLength(3);
    expect(calls).toBe(1);
  });
});

describe('folderTable', () => {
  it('compares medians with the first line', () => {
    const text = folderTable([
      { name: 'parse', outcome: runs(100, 300, 200), files: 7 },
      { name: 'scan', outcome: runs(260, 240, 900) },
    ]);
    expect(text.split('\n').slice(2)).toEqual([
      'parse      7  200     1.00     100     1.00        10',
      'scan       –  260     1.30     130     1.30        10',
    ]);
  });

  it('shows who could not run, and why', () => {
    const text = folderTable([
      { name: 'parse', outcome: runs(100) },
      { name: 'peer', outcome: { samples: [], failure: 'not installed' } },
      { name: 'other', outcome: { samples: [], failure: 'exit code 2: out of memory' } },
    ]);
    expect(text).toMatch(/^peer +– +– +– +– +– +– +not installed$/m);
    expect(text).toMatch(/^other .*failed$/m);
    expect(text.split('\n').at(-1)).toBe('other: exit code 2: out of memory');
    expect(text).not.toContain('peer: ');
  });

  it('leaves open what the system does not tell', () => {
    const outcome: Outcome = { samples: [{ ms: 5, usage: undefined }] };
    expect(medians(outcome)).toEqual({ ms: 5, cpuMs: Number.NaN, peakMiB: Number.NaN });
    expect(folderTable([{ name: 'parse', outcome }])).toMatch(/parse +– +5 +1\.00 +– +– +–$/);
  });
});

describe('growthTable', () => {
  it('compares times for a file with those of one copy', () => {
    expect(growth(1.1, 1)).toBeCloseTo(0.1);
    const step = (copies: number, ms: number) => ({
      copies,
      files: copies * 10,
      outcomes: [{ name: 'scan', outcome: runs(ms) }],
    });
    const lines = growthTable([step(1, 100), step(2, 180), step(4, 480)]).split('\n');
    expect(lines.slice(2).map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ['scan', '×1', '10', '100', '10.00', '50', '5.00', '10'],
      ['×2', '20', '180', '9.00', '-10 %', '8.00', '90', '4.50', '-10 %', '4.00', '10'],
      ['×4', '40', '480', '12.00', '+20 %', '15.00', '240', '6.00', '+20 %', '7.50', '10'],
    ]);
  });
});

describe('timeProgram', () => {
  it('reads what GNU time writes, a failed command included', () => {
    const report = 'Command exited with non-zero status 1\n0.11 0.13 83968\n';
    const usage = timeProgram('linux')?.parse(report);
    expect(usage?.cpuMs).toBeCloseTo(240);
    expect(usage?.peakMiB).toBe(82);
  });

  it('reads what macOS writes', () => {
    const report =
      '        0.20 real         0.15 user         0.05 sys\n            20971520  maximum resident set size\n';
    const usage = timeProgram('darwin')?.parse(report);
    expect(usage?.cpuMs).toBeCloseTo(200);
    expect(usage?.peakMiB).toBe(20);
  });

  it('says nothing of what it cannot read, and knows no other system', () => {
    expect(timeProgram('linux')?.parse('')).toBeUndefined();
    expect(timeProgram('darwin')?.parse('0.1 user')).toBeUndefined();
    expect(timeProgram('win32')).toBeUndefined();
  });
});
