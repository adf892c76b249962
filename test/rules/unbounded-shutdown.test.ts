import { describe, expect, it } from 'vitest';
import type { BadExample } from '../../server/src/engine/rule';
import { rules } from '../../server/src/rules';
import abruptExit from '../../server/src/rules/disposability/abrupt-exit/abrupt-exit';
import missingHandler from '../../server/src/rules/disposability/missing-sigterm-handler/missing-sigterm-handler';
import rule from '../../server/src/rules/disposability/unbounded-shutdown/unbounded-shutdown';
import { check, type Files } from '../helpers/check';
import { DEFAULT_PATH, exampleFiles } from '../helpers/example';

/** What each fix of an example makes of its files. */
function fixedFiles(example: BadExample): readonly (readonly [id: string, files: Files])[] {
  const files = exampleFiles(example);
  return Object.entries(example.fixed ?? {}).map(([id, fixed]) => [
    id,
    typeof fixed === 'string'
      ? { ...files, [example.path ?? DEFAULT_PATH]: fixed }
      : { ...files, ...fixed },
  ]);
}

/** Fixes that leave the handler as people wrote it: whether it has a deadline is theirs. */
const HANDLERS_KEPT = ['both-signals'];

const written = [missingHandler, abruptExit].flatMap(({ id, examples }) =>
  examples.bad.flatMap((example, index) =>
    fixedFiles(example).flatMap(([fix, files]) =>
      HANDLERS_KEPT.includes(fix)
        ? []
        : [{ name: `${id} ${fix}: ${example.title ?? String(index)}`, files }],
    ),
  ),
);

describe('what other fixes write to stop a process', () => {
  it('is there in many forms', () => {
    expect(written.length).toBeGreaterThan(15);
  });

  it.each(written)('$name has a deadline', async ({ files }) => {
    const { findings } = await check(files, { rules: [rule] });
    expect(findings).toEqual([]);
  });

  it.each(rules.find(({ id }) => id === rule.id)?.examples.bad ?? [])(
    'is another than what the rule reports: $title',
    async (example) => {
      const { findings } = await check(exampleFiles(example), { rules: [missingHandler] });
      expect(findings).toEqual([]);
    },
  );
});
