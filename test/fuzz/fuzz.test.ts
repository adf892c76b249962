import { describe, expect, it } from 'vitest';
import { FILE_KINDS } from '../../server/src/base/file-kinds';
import { fileRow } from '../../server/src/base/file-names';
import { defineRule, type Rule } from '../../server/src/engine/rule';
import { rules } from '../../server/src/rules';
import { fuzz } from './fuzz';
import { SEEDS } from './seeds';

/** `npm run fuzz` runs more of them, from any seed. */
const CASES = 20_000;
const SEED = 20_261_130;

describe('mutated files', () => {
  it(
    `never crash, hang, or hide what is said of others (seed ${SEED})`,
    { timeout: 900_000 },
    async () => {
      expect(await fuzz({ cases: CASES, seed: SEED, rules })).toBeUndefined();
    },
  );

  it('are of every kind that the product reads', () => {
    const rows = new Set(Object.keys(SEEDS).map((path) => fileRow(path)));
    expect(
      FILE_KINDS.filter((row) => !rows.has(row)).map(({ kind, names }) => [kind, names]),
    ).toEqual([]);
  });
});

/** A rule with a defect that only some files show. */
function broken(look: (text: string) => void): Rule {
  return defineRule({
    id: 'broken-rule',
    factor: 'codebase',
    severity: 'warning',
    since: '0.1.0',
    summary: 'Has a defect.',
    why: 'For tests.',
    whenNotToUse: 'Always.',
    fix: 'none',
    messages: { never: 'Never said.' },
    manifest: {
      kinds: ['yaml', 'json', 'dockerfile', 'dotenv'],
      check: ({ model, path }) => look(model.files.text(path) ?? ''),
    },
    examples: {
      bad: [1, 2, 3].map(() => ({ findings: [] })),
      good: [1, 2, 3, 4, 5].map(() => ({})),
    },
  });
}

describe('the search', () => {
  it.each<[string, Rule, RegExp]>([
    [
      'a rule that throws on some texts',
      broken((text) => {
        if (text.includes('((((')) throw new Error('planted');
      }),
      /a rule failed: .*planted/s,
    ],
    [
      'a rule that takes longer the more there is of something',
      broken((text) => {
        if (/\[{30}/.test(text))
          for (let end = process.cpuUsage().user + 2_100_000; process.cpuUsage().user < end;);
      }),
      /took \d+ ms/,
    ],
  ])('finds %s, and the file alone that shows it', { timeout: 120_000 }, async (_, rule, what) => {
    const failure = await fuzz({ cases: 5_000, seed: SEED, rules: [...rules, rule] });
    expect(failure?.what).toMatch(what);
    expect(Object.keys(failure?.files ?? {})).toHaveLength(1);
  });

  it('finds an analysis that loses what is said of others', async () => {
    const others = rules.filter(({ id }) => id !== 'hardcoded-port');
    const failure = await fuzz({ cases: 10, seed: SEED, rules: others });
    expect(failure?.what).toBe('lost: bystander/server.js hardcoded-port');
  });
});
