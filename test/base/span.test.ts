import { expect, it } from 'vitest';
import { contains } from '../../server/src/base/span';

const outer = { start: 10, end: 20 };

it.each([
  [10, 20, true],
  [12, 15, true],
  [15, 15, true],
  [9, 15, false],
  [15, 21, false],
  [0, 5, false],
])('says whether 10 to 20 contains %i to %i', (start, end, expected) => {
  expect(contains(outer, { start, end })).toBe(expected);
});
