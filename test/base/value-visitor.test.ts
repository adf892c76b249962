import { describe, expect, it } from 'vitest';
import type { Value } from '../../server/src/base/value';
import { childrenOf, heldBy, mapChildren, someValue } from '../../server/src/base/value-visitor';

const span = { start: 0, end: 1 };
const literal = (value: string): Value => ({ kind: 'literal', value, direct: true, span });
const named = (name: string): Value => ({ kind: 'unknown', name, span });
const [a, b, c] = [literal('a'), literal('b'), named('c')] as const;

/** A value of every kind that is made of others, with what it is made of, and with what only decides which. */
const KINDS: readonly (readonly [
  value: Value,
  children: readonly Value[],
  deciding: readonly Value[],
])[] = [
  [{ kind: 'template', parts: [a, c], span }, [a, c], []],
  [{ kind: 'either', operator: '??', options: [c, a], span }, [c, a], []],
  [{ kind: 'either', operator: '?:', options: [a, b], condition: c, span }, [a, b], [c]],
  [
    {
      kind: 'object',
      properties: [{ key: 'x', keySpan: span, value: a }],
      spreads: [c],
      span,
    },
    [a, c],
    [],
  ],
  [{ kind: 'array', items: [a, b], span }, [a, b], []],
  [{ kind: 'call', callee: c, args: [a], isNew: false, span }, [c, a], []],
  [{ kind: 'member', object: c, name: 'x', span }, [c], []],
  [{ kind: 'typed', type: c, span }, [c], []],
  [{ kind: 'function', id: 1, isClass: false, wraps: [c], span }, [c], []],
  [{ kind: 'env', name: undefined, key: c, span }, [], [c]],
  [{ kind: 'import', specifier: 'x', members: [], span }, [], []],
  [{ kind: 'parameter', functionId: 1, index: 0, name: 'x', span }, [], []],
  [a, [], []],
  [c, [], []],
];

describe.each(KINDS)('the visitor of $kind', (value, children, deciding) => {
  it('knows what it is made of', () => {
    expect(childrenOf(value)).toEqual(children);
  });

  it('keeps it where nothing changes', () => {
    const seen: Value[] = [];
    expect(mapChildren(value, (child) => (seen.push(child), child))).toBe(value);
    expect(seen).toEqual([...children, ...deciding]);
  });

  it('changes every part, and not the value itself', () => {
    const before = structuredClone(value);
    const changed = mapChildren(value, (child) => ({ ...child, path: 'other.ts' }));
    const expected = children.map((child) => ({ ...child, path: 'other.ts' }));
    expect(childrenOf(changed)).toEqual(expected);
    expect(changed.kind).toBe(value.kind);
    expect(value).toEqual(before);
  });
});

it('shares the parts that did not change', () => {
  const value: Value = { kind: 'array', items: [a, b], span };
  const changed = mapChildren(value, (child) => (child === b ? c : child));
  expect(changed).toEqual({ kind: 'array', items: [a, c], span });
  expect(childrenOf(changed)[0]).toBe(a);
});

it('changes the condition, which is no part', () => {
  const value: Value = { kind: 'either', operator: '?:', options: [a, b], condition: c, span };
  expect(mapChildren(value, (child) => (child === c ? b : child))).toEqual({
    ...value,
    condition: b,
  });
});

it('finds something however deep, but not what only decides', () => {
  const choice: Value = { kind: 'either', operator: '?:', options: [a, b], condition: c, span };
  const call: Value = { kind: 'call', callee: named('f'), args: [choice], isNew: true, span };
  const isA = (value: Value): boolean => value === a;
  expect(someValue({ kind: 'array', items: [call], span }, isA)).toBe(true);
  expect(someValue(a, isA)).toBe(true);
  expect(someValue(call, (value) => value === c)).toBe(false);
});

it('holds items and members, and nothing that is spread', () => {
  const properties = [{ key: 'x', keySpan: span, value: a }];
  expect(heldBy({ kind: 'object', properties, spreads: [b], span })).toEqual([a]);
  expect(heldBy({ kind: 'array', items: [a, b], span })).toEqual([a, b]);
  expect(heldBy({ kind: 'either', operator: '||', options: [a, b], span })).toEqual([]);
});
