import { describe, expect, it } from 'vitest';
import { scopeText } from '../../scripts/generate/rule-scope';
import { rules } from '../../server/src/rules';

function linesOf(id: string): readonly string[] {
  const rule = rules.find((one) => one.id === id);
  if (!rule) throw new Error(`there is no rule ${id}`);
  return scopeText(rule)
    .split('\n')
    .map((line) => line.replace(/^- /, ''));
}

describe('where a rule looks', () => {
  it('is by default in apps and what they load', () => {
    expect(linesOf('shell-form-command')).toEqual([
      'Apps and what they load of libraries; in templates as hints.',
    ]);
  });

  it('names kinds of packages', () => {
    expect(linesOf('unpinned-range')).toEqual(['Apps and libraries; in templates as hints.']);
    expect(linesOf('hardcoded-secret')[0]).toBe('Packages of every kind.');
  });

  it('names roles, and what else is left out', () => {
    expect(linesOf('abrupt-exit')[1]).toMatch(
      /^Source files of servers, .*; only of web processes or workers; none of tests, builds, browsers or processes that only development scripts start\.$/,
    );
    expect(linesOf('hardcoded-url')[1]).toBe(
      'Source files; none of tests or processes that only development scripts start.',
    );
    expect(linesOf('migrate-on-start')[1]).toMatch(/^Source files of web processes, workers, /);
  });

  it('says what becomes of code that production does not start', () => {
    expect(linesOf('hardcoded-port').at(-1)).toBe('Code that production does not start: as hints.');
    expect(linesOf('system-tool').at(-1)).toBe('No code that production does not start.');
    expect(linesOf('pid-file').at(-1)).toMatch(/as information\.$/);
  });

  it('says of manifests that some are left out', () => {
    expect(linesOf('secret-on-command-line')).toContain(
      'No manifests and scripts among tests and documentation.',
    );
  });
});
