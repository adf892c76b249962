import { beforeAll, describe, expect, it } from 'vitest';
import { quoted, sourceStyle } from '../../server/src/fixes/code/style';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { source } from './harness';

beforeAll(loadTypeScript);

const style = (text: string, path?: string, isModule?: boolean) =>
  sourceStyle(source(text, path), isModule === undefined ? undefined : { isModule });

describe('sourceStyle', () => {
  it('reads quotes, semicolons, indent, line end and trailing commas', () => {
    const text = 'const a = {\r\n\tx: "1",\r\n\ty: "it\'s"\r\n}\r\nif (a) {\r\n\trun("x")\r\n}\r\n';
    expect(style(text, 'a.js')).toMatchObject({
      quote: '"',
      semicolon: '',
      indent: '\t',
      lineEnd: '\r\n',
      trailingComma: '',
      language: 'js',
    });
    expect(style("const a = [\n    'x',\n    'y',\n];\nrun();\n")).toMatchObject({
      quote: "'",
      semicolon: ';',
      indent: '    ',
      lineEnd: '\n',
      trailingComma: ',',
      language: 'ts',
    });
  });

  it('is not misled by block comments and continuation lines', () => {
    const text =
      '/**\n * Doc.\n */\nfunction a() {\n  b(\n      1);\n  c();\n  if (d) {\n    e();\n  }\n}\n';
    expect(style(text).indent).toBe('  ');
  });

  it.each([
    ['a.mjs', 'run();', false, 'esm'],
    ['a.cjs', 'run();', true, 'commonjs'],
    ['a.js', "const x = require('x');", true, 'commonjs'],
    ['a.js', 'module.exports = 1;', true, 'commonjs'],
    ['a.js', "import x from 'x';", false, 'esm'],
    ['a.js', 'export const x = 1;', false, 'esm'],
    ['a.js', 'run();', true, 'esm'],
    ['a.js', 'run();', false, 'commonjs'],
    ['a.ts', 'run();', false, 'esm'],
  ])('modules of %s: %s', (path, text, isModule, expected) => {
    expect(style(text, path, isModule).modules).toBe(expected);
  });
});

describe('quoted', () => {
  it('escapes, and takes the other quote when that saves escaping', () => {
    expect(quoted('a', { quote: '"' })).toBe('"a"');
    expect(quoted("it's", { quote: "'" })).toBe('"it\'s"');
    expect(quoted('a"b\'c\\d\n', { quote: "'" })).toBe("'a\"b\\'c\\\\d\\n'");
  });
});
