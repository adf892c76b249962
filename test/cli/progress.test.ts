import { expect, it } from 'vitest';
import { rateOf, shortened } from '../../server/src/cli/progress';

it('says how fast it goes once that is known, and the end of long paths', () => {
  expect(rateOf(40, 900)).toBe('');
  expect(rateOf(300, 2000)).toBe(', 150 a second');
  expect(shortened('src/a.ts')).toBe('src/a.ts');
  const long = 'apps/web/src/components/pages/settings/index.ts';
  expect(shortened(long)).toBe('…ponents/pages/settings/index.ts'.slice(-30).replace(/^./, '…'));
  expect(shortened(long)).toHaveLength(30);
});
