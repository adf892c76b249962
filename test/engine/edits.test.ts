import { describe, expect, it } from 'vitest';
import { recordRemovals } from '../../server/src/engine/edits/batch';
import {
  applyEdits,
  combineChanges,
  fileEdit,
  insertion,
  mergeFixes,
  removal,
  replacement,
  sortEdits,
} from '../../server/src/engine/edits/edits';
import type { FileChange, FixBatch } from '../../server/src/engine/finding';

const fix = (...changes: FileChange[]) => ({ build: () => changes });

describe('applyEdits', () => {
  it('applies edits in any order', () => {
    const edits = [
      removal({ start: 4, end: 6 }),
      insertion(0, '<'),
      replacement({ start: 1, end: 2 }, 'B'),
    ];
    expect(applyEdits('abcdef', edits)).toBe('<aBcd');
  });

  it('keeps the order of insertions at one place, before a replacement there', () => {
    const edits = [replacement({ start: 1, end: 2 }, 'X'), insertion(1, '1'), insertion(1, '2')];
    expect(applyEdits('abc', edits)).toBe('a12Xc');
    expect(sortEdits(edits).map((edit) => edit.newText)).toEqual(['1', '2', 'X']);
  });

  it('refuses overlapping edits and edits outside the text', () => {
    expect(() =>
      applyEdits('abcdef', [removal({ start: 0, end: 3 }), removal({ start: 2, end: 4 })]),
    ).toThrow(RangeError);
    expect(() => applyEdits('abc', [removal({ start: 2, end: 4 })])).toThrow(RangeError);
  });
});

describe('mergeFixes', () => {
  it('applies an insertion that several fixes share once', () => {
    const shared = insertion(0, "import x from 'x';\n");
    const merged = mergeFixes([
      fix(fileEdit('a.ts', [shared, replacement({ start: 5, end: 6 }, '1')])),
      fix(fileEdit('a.ts', [shared, replacement({ start: 8, end: 9 }, '2')])),
    ]);
    expect(merged.applied).toEqual([0, 1]);
    expect(merged.changes).toEqual([
      fileEdit('a.ts', [
        shared,
        replacement({ start: 5, end: 6 }, '1'),
        replacement({ start: 8, end: 9 }, '2'),
      ]),
    ]);
  });

  it('puts imports in front of what is set apart, with one blank line between', () => {
    const text = "import a from 'a';\na();\n";
    const at = text.indexOf('\n');
    const merged = mergeFixes([
      fix(fileEdit('a.ts', [insertion(at, '\n\nconst x = 1;\n')])),
      fix(fileEdit('a.ts', [insertion(at, "\nimport b from 'b';")])),
      fix(fileEdit('a.ts', [insertion(at, '\n\nconst y = 2;\n')])),
      fix(fileEdit('b.ts', [insertion(0, '\n  a,')]), fileEdit('b.ts', [insertion(0, '\n  b,')])),
    ]);
    const [a, b] = merged.changes.map((change) => (change.kind === 'edit' ? change.edits : []));
    expect(applyEdits(text, a ?? [])).toBe(
      "import a from 'a';\nimport b from 'b';\n\nconst x = 1;\n\nconst y = 2;\n\na();\n",
    );
    expect(b?.map(({ newText }) => newText)).toEqual(['\n  a,', '\n  b,']);
  });

  it('drops a fix that overlaps an earlier one in any file, as a whole', () => {
    const merged = mergeFixes([
      fix(fileEdit('a.ts', [removal({ start: 0, end: 5 })])),
      fix(fileEdit('b.ts', [insertion(0, 'x')]), fileEdit('a.ts', [removal({ start: 4, end: 6 })])),
      fix(fileEdit('b.ts', [insertion(0, 'y')])),
    ]);
    expect(merged.dropped).toEqual([1]);
    expect(merged.changes).toEqual([
      fileEdit('a.ts', [removal({ start: 0, end: 5 })]),
      fileEdit('b.ts', [insertion(0, 'y')]),
    ]);
  });

  it('takes back the claims of a dropped fix', () => {
    const seen: string[][] = [];
    const claiming = (name: string, changes: FileChange[] | undefined) => ({
      build(batch: FixBatch) {
        seen.push([
          ...batch.claimedNames.keys(),
          ...(batch.removals?.get('a.ts') ?? []).map((span) => `${span.start}`),
        ]);
        batch.claimedNames.set(name, 'x');
        recordRemovals(batch, 'a.ts', [{ start: seen.length, end: 9 }]);
        return changes;
      },
    });
    mergeFixes([claiming('A', []), claiming('B', undefined), claiming('C', [])]);
    expect(seen).toEqual([[], ['A', '1'], ['A', '1']]);
  });

  it('joins lists of lines that several fixes create, and refuses two versions of anything else', () => {
    const create = (path: string, text: string): FileChange => ({ kind: 'create', path, text });
    const merged = mergeFixes([
      fix(create('.env.example', 'A=1\n')),
      fix(create('.env.example', 'B=2\n')),
      fix(create('.env.example', 'A=1\n')),
      fix(create('src/env.ts', 'one')),
      fix(create('src/env.ts', 'two')),
    ]);
    expect(merged.dropped).toEqual([4]);
    expect(merged.changes).toEqual([
      create('.env.example', 'A=1\nB=2\n'),
      create('src/env.ts', 'one'),
    ]);
  });
});

describe('combineChanges', () => {
  it('sorts by path and merges edits of one file', () => {
    const combined = combineChanges(
      [fileEdit('b.ts', [insertion(3, 'b')])],
      [fileEdit('a.ts', [insertion(0, 'a')]), fileEdit('b.ts', [insertion(1, 'c')])],
    );
    expect(combined).toEqual([
      fileEdit('a.ts', [insertion(0, 'a')]),
      fileEdit('b.ts', [insertion(1, 'c'), insertion(3, 'b')]),
    ]);
  });

  it('answers undefined when parts contradict each other', () => {
    const one = [fileEdit('a.ts', [removal({ start: 0, end: 2 })])];
    expect(
      combineChanges(one, [fileEdit('a.ts', [replacement({ start: 1, end: 3 }, 'x')])]),
    ).toBeUndefined();
  });
});
