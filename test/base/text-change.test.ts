import { expect, it } from 'vitest';
import { changeBetween } from '../../server/src/base/text-change';

it.each([
  ['equal texts', 'abc', 'abc', { start: 3, endBefore: 3, endAfter: 3 }],
  ['an insertion', 'ad', 'abcd', { start: 1, endBefore: 1, endAfter: 3 }],
  ['a removal', 'abcd', 'ad', { start: 1, endBefore: 3, endAfter: 1 }],
  [
    'a repeated character, where either copy may be new',
    'aa',
    'aaa',
    { start: 2, endBefore: 2, endAfter: 3 },
  ],
  ['everything', 'abc', 'xyz', { start: 0, endBefore: 3, endAfter: 3 }],
  ['nothing before', '', 'ab', { start: 0, endBefore: 0, endAfter: 2 }],
])('%s', (_, before, after, change) => {
  expect(changeBetween(before, after)).toEqual(change);
});

it.each([0, 1, 511, 512, 513, 1_023, 1_024, 5_000])(
  'finds a change behind %i equal characters, and in front of as many',
  (length) => {
    const around = 'ab'.repeat(length).slice(0, length);
    expect(changeBetween(`${around}x${around}`, `${around}yy${around}`)).toEqual({
      start: length,
      endBefore: length + 1,
      endAfter: length + 2,
    });
  },
);
