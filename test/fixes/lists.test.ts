import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../server/src/engine/edits/edits';
import { addToList, removeFromList, type ListText } from '../../server/src/fixes/code/lists';

const style = { indent: '  ', lineEnd: '\n', trailingComma: ',', padding: ' ' } as const;

/** The item as a word of its own, not a letter of a comment. */
function spanOfItem(text: string, item: string) {
  const start = text.search(new RegExp(`(?<![\\w/] ?)\\b${item}\\b`));
  return { start, end: start + item.length };
}

function list(text: string, ...items: string[]): ListText {
  const start = text.indexOf('{');
  return {
    text,
    span: { start, end: text.lastIndexOf('}') + 1 },
    items: items.map((item) => spanOfItem(text, item)),
  };
}

describe('addToList', () => {
  it.each([
    ['f({})', [], 'f({ x })'],
    ['f({ a })', ['a'], 'f({ a, x })'],
    ['f({ a, })', ['a'], 'f({ a, x, })'],
    ['f({\n  a,\n})', ['a'], 'f({\n  a,\n  x,\n})'],
    ['f({\n  a\n})', ['a'], 'f({\n  a,\n  x\n})'],
    ['f({\n  a // why\n})', ['a'], 'f({\n  a, // why\n  x,\n})'],
    ['f({\n  a, // why\n})', ['a'], 'f({\n  a, // why\n  x,\n})'],
    ['f({\n})', [], 'f({\n  x,\n})'],
    ['f({\n  // todo\n})', [], 'f({\n  // todo\n  x,\n})'],
  ])('%j', (text, items, expected) => {
    expect(applyEdits(text, addToList(list(text, ...items), 'x', style))).toBe(expected);
  });

  it('indents further lines of the item', () => {
    const text = 'f({\n\ta,\n})';
    expect(applyEdits(text, addToList(list(text, 'a'), 'x: {\n\ty,\n}', style))).toBe(
      'f({\n\ta,\n\tx: {\n\t\ty,\n\t},\n})',
    );
  });

  it('lets two fixes add to one list', () => {
    for (const text of ['{ a }', '{\n  a,\n}', '{\n  a\n}']) {
      const edits = ['x', 'y'].flatMap((item) => addToList(list(text, 'a'), item, style));
      expect(applyEdits(text, edits).replace(/\s/g, '').replace(',}', '}')).toBe('{a,x,y}');
    }
  });

  it('inserts at an index', () => {
    const text = '{\n  a,\n  c,\n}';
    expect(applyEdits(text, addToList(list(text, 'a', 'c'), 'b', style, 1))).toBe(
      '{\n  a,\n  b,\n  c,\n}',
    );
    expect(applyEdits(text, addToList(list(text, 'a', 'c'), 'b', style, 0))).toBe(
      '{\n  b,\n  a,\n  c,\n}',
    );
  });
});

describe('removeFromList', () => {
  it.each([
    ['{ a, b }', ['a', 'b'], 0, '{ b }'],
    ['{ a, b }', ['a', 'b'], 1, '{ a }'],
    ['{ a }', ['a'], 0, '{}'],
    ['{\n  a,\n  b,\n}', ['a', 'b'], 1, '{\n  a,\n}'],
    ['{\n  a,\n  b\n}', ['a', 'b'], 1, '{\n  a\n}'],
    ['{\n  a, // one\n  b // two\n}', ['a', 'b'], 1, '{\n  a // one\n}'],
    ['{\r\n  a,\r\n  b,\r\n}', ['a', 'b'], 0, '{\r\n  b,\r\n}'],
  ])('%j', (text, items, index, expected) => {
    expect(applyEdits(text, removeFromList(list(text, ...items), index))).toBe(expected);
  });

  it.each([
    ['{ a, b, c }', [1, 2], '{ a }'],
    ['{ a, b, c }', [0, 1], '{ c }'],
    ['{ a, b, c }', [0, 2], '{ b }'],
    ['{ a, b, c }', [0, 1, 2], '{}'],
    ['{\n  a,\n  b,\n  c\n}', [1, 2], '{\n  a\n}'],
    ['{\n  a,\n  b,\n  c\n}', [0, 1, 2], '{}'],
    ['{\n  // why\n  a,\n  b,\n  c,\n}', [0, 1, 2], '{\n  // why\n}'],
  ])('removes several of %j: %j', (text, indexes, expected) => {
    expect(applyEdits(text, removeFromList(list(text, 'a', 'b', 'c'), ...indexes))).toBe(expected);
  });

  it('is undone by adding again', () => {
    const text = '{\n  a,\n  b,\n}';
    const without = applyEdits(text, removeFromList(list(text, 'a', 'b'), 1));
    expect(applyEdits(without, addToList(list(without, 'a'), 'b', style))).toBe(text);
  });
});
