import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../server/src/report/unified-diff';
import type { TextEdit } from '../../server/src/engine/finding';

const TEXT = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`).join('');

function edit(part: string, newText: string, text = TEXT): TextEdit {
  const start = text.indexOf(part);
  return { span: { start, end: start + part.length }, newText };
}

function diff(edits: readonly TextEdit[], text = TEXT): string {
  return unifiedDiff({ kind: 'edit', path: 'a.txt', edits }, text);
}

describe('unifiedDiff', () => {
  it('shows a changed line with three around it', () => {
    expect(diff([edit('line 10', 'LINE')])).toBe(
      [
        '--- a/a.txt',
        '+++ b/a.txt',
        '@@ -7,7 +7,7 @@',
        ' line 7',
        ' line 8',
        ' line 9',
        '-line 10',
        '+LINE',
        ' line 11',
        ' line 12',
        ' line 13',
        '',
      ].join('\n'),
    );
  });

  it('shows inserted lines as nothing but added', () => {
    const text = diff([{ span: { start: 0, end: 0 }, newText: 'new\n' }]);
    expect(text).toContain('@@ -1,3 +1,4 @@\n+new\n line 1\n line 2\n line 3\n');
  });

  it('appends at the end', () => {
    const end = TEXT.length;
    const text = diff([{ span: { start: end, end }, newText: 'new\n' }]);
    expect(text).toContain('@@ -18,3 +18,4 @@\n line 18\n line 19\n line 20\n+new\n');
  });

  it('joins what is near, and counts on after added lines', () => {
    const text = diff([edit('line 2\n', ''), edit('line 4\n', 'x\ny\n'), edit('line 19', 'z')]);
    expect(text.match(/^@@.*/gm)).toEqual(['@@ -1,7 +1,7 @@', '@@ -16,5 +16,5 @@']);
    const grown = diff([edit('line 1\n', 'a\nb\nc\n'), edit('line 19', 'z')]);
    expect(grown.match(/^@@.*/gm)).toEqual(['@@ -1,4 +1,6 @@', '@@ -16,5 +18,5 @@']);
  });

  it('takes several edits of one line together', () => {
    const text = diff([edit('li', 'LI'), { span: { start: 5, end: 6 }, newText: 'one' }]);
    expect(text).toContain('-line 1\n+LIne one\n line 2');
  });

  it('handles a text without a last line break, and an empty one', () => {
    expect(diff([edit('b', 'c', 'a\nb')], 'a\nb')).toContain('@@ -1,2 +1,2 @@\n a\n-b\n+c\n');
    expect(diff([{ span: { start: 0, end: 0 }, newText: 'x\n' }], '')).toContain(
      '@@ -0,0 +1,1 @@\n+x\n',
    );
  });

  it('shows a created file', () => {
    expect(unifiedDiff({ kind: 'create', path: '.env.example', text: 'A=1\nB=2\n' }, '')).toBe(
      '--- /dev/null\n+++ b/.env.example\n@@ -0,0 +1,2 @@\n+A=1\n+B=2\n',
    );
  });
});
