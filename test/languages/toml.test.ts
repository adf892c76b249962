import { expect, it } from 'vitest';
import { sourceSpan } from '../../server/src/languages/mapped-text';
import { parseTomlSyntax, tomlAt, tomlEntry, tomlText } from '../../server/src/languages/toml';

const TEXT =
  'app = "x" # c\r\n[processes]\r\nweb = "node \\"a\\" b"\r\n[[services]]\r\nport = 1\r\n[[services]]\r\nlist = [\r\n  "p", # q\r\n  "r",\r\n]\r\n[services.deep]\r\nk = \'v\'\r\n';

it('finds values and the places of keys and values', () => {
  const syntax = parseTomlSyntax(TEXT);
  const at = (path: (string | number)[]): string[] => {
    const entry = tomlEntry(syntax, path);
    return entry
      ? [
          TEXT.slice(entry.keySpan.start, entry.keySpan.end),
          TEXT.slice(entry.valueSpan.start, entry.valueSpan.end),
        ]
      : [];
  };
  expect(tomlAt(syntax, ['processes', 'web'])).toBe('node "a" b');
  expect(at(['app'])).toEqual(['app', '"x"']);
  expect(at(['services', 0, 'port'])).toEqual(['port', '1']);
  expect(at(['services', 1, 'list'])).toEqual(['list', '[\r\n  "p", # q\r\n  "r",\r\n]']);
  expect(at(['services', 1, 'deep', 'k'])).toEqual(['k', "'v'"]);
  expect(at(['nowhere'])).toEqual([]);
});

it('maps strings with escapes', () => {
  const syntax = parseTomlSyntax(TEXT);
  const mapped = tomlText(syntax, ['processes', 'web']);
  const span = mapped && sourceSpan(mapped, 9, 10);
  expect(span && TEXT.slice(span.start, span.end)).toBe('b');
});

it('says what is wrong instead of throwing', () => {
  expect(parseTomlSyntax('a = = 1').error).toBeTruthy();
});
