import { describe, expect, it } from 'vitest';
import {
  jsonAt,
  jsonData,
  jsonInnerSpan,
  jsonItems,
  jsonProperties,
  jsonText,
  parseJsonSyntax,
} from '../../server/src/languages/json';
import { sourceSpan } from '../../server/src/languages/mapped-text';

describe('json', () => {
  it('finds nodes by path and properties with the spans inside their quotes', () => {
    const text = '{\n  // scripts\n  "scripts": { "start": "node .", },\n  "files": ["a"]\n}';
    const syntax = parseJsonSyntax(text);
    const [start] = jsonProperties(jsonAt(syntax, ['scripts']));
    expect(start && text.slice(start.keySpan.start, start.keySpan.end)).toBe('start');
    const value = start && jsonInnerSpan(start.value);
    expect(value && text.slice(value.start, value.end)).toBe('node .');
    expect(jsonItems(jsonAt(syntax, ['files'])).map((item) => item.value as unknown)).toEqual([
      'a',
    ]);
    expect(jsonData(syntax)).toEqual({ scripts: { start: 'node .' }, files: ['a'] });
  });

  it('maps parts of a string with escapes back to the file', () => {
    const text = '{"a":"node -e \\"x\\" && node \\u0064ist/a.js"}';
    const syntax = parseJsonSyntax(text);
    const mapped = jsonText(syntax, jsonAt(syntax, ['a']));
    expect(mapped?.text).toBe('node -e "x" && node dist/a.js');
    const at = mapped?.text.indexOf('node dist') ?? 0;
    const span = mapped && sourceSpan(mapped, at, mapped.text.length);
    expect(span && text.slice(span.start, span.end)).toBe('node \\u0064ist/a.js');
  });

  it('tolerates a byte order mark and broken text', () => {
    expect(jsonData(parseJsonSyntax('\uFEFF{"a":1}'))).toEqual({ a: 1 });
    const broken = parseJsonSyntax('{"a": ');
    expect(broken.errors.length).toBeGreaterThan(0);
    expect(jsonProperties(broken.root)).toEqual([]);
    expect(parseJsonSyntax('').root).toBeUndefined();
  });
});
