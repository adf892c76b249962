import { describe, expect, it } from 'vitest';
import { sourceSpan } from '../../server/src/languages/mapped-text';
import {
  parseYamlSyntax,
  yamlAt,
  yamlData,
  yamlDocuments,
  yamlEntries,
  yamlItems,
  yamlSpan,
  yamlString,
  yamlText,
} from '../../server/src/languages/yaml';

function textAt(text: string, path: (string | number)[], part: string): string {
  const syntax = parseYamlSyntax(text);
  const [document] = yamlDocuments(syntax);
  const mapped = document && yamlText(syntax, yamlAt(document, path));
  if (!mapped) throw new Error('no text');
  const at = mapped.text.indexOf(part);
  if (at < 0) throw new Error(`no ${part} in ${mapped.text}`);
  const span = sourceSpan(mapped, at, at + part.length);
  return text.slice(span.start, span.end);
}

describe('yaml', () => {
  it('resolves anchors, merges and empty values', () => {
    const text = 'base: &b\n  A: 1\n  B: x\nenv:\n  <<: *b\n  B: y\n  C:\n';
    const [document] = yamlDocuments(parseYamlSyntax(text));
    const entries = document ? yamlEntries(document, yamlAt(document, ['env'])) : [];
    expect(entries.map((entry) => [entry.key, yamlString(entry.value), entry.merged])).toEqual([
      ['B', 'y', false],
      ['C', undefined, false],
      ['A', '1', true],
    ]);
    expect(document && yamlData(document)).toEqual({
      base: { A: 1, B: 'x' },
      env: { A: 1, B: 'y', C: null },
    });
  });

  it('keeps numbers as written', () => {
    const [document] = yamlDocuments(parseYamlSyntax('node: [3.10, 018, true]'));
    const items = document ? yamlItems(document, yamlAt(document, ['node'])) : [];
    expect(items.map(yamlString)).toEqual(['3.10', '018', 'true']);
  });

  it('maps plain, quoted and block scalars back to the file', () => {
    expect(textAt('a: npm ci  # c', ['a'], 'ci')).toBe('ci');
    expect(textAt('a: "x \\"y\\" z"', ['a'], '"y" z')).toBe('\\"y\\" z');
    expect(textAt("a: 'it''s node'", ['a'], 'node')).toBe('node');
    expect(
      textAt('a:\n  - run: |\n      npm ci\n      npm start\n', ['a', 0, 'run'], 'npm start'),
    ).toBe('npm start');
    expect(textAt('a: >-\n  npm\n  start\n\n  now\n', ['a'], 'start')).toBe('start');
    expect(textAt('a: "npm\\\n   start"', ['a'], 'start')).toBe('start');
    expect(textAt('a: npm\n  run\n  start\n', ['a'], 'start')).toBe('start');
    expect(textAt('a: |\r\n  one\r\n  two\r\n', ['a'], 'two')).toBe('two');
  });

  it('reads several documents and says when a file is a template', () => {
    const text = '---\nkind: A\n---\nkind: B\n';
    const documents = yamlDocuments(parseYamlSyntax(text));
    expect(documents.map((document) => yamlString(yamlAt(document, ['kind'])))).toEqual(['A', 'B']);
    const second = documents[1] && yamlAt(documents[1], ['kind']);
    const span = second && yamlSpan(second);
    expect(span && text.slice(span.start, span.end)).toBe('B');
    expect(parseYamlSyntax('a: b\n{{- if .Values.x }}\nc: d\n{{- end }}\n').notYaml).toBe(
      'a template, not YAML',
    );
    expect(parseYamlSyntax('a: [1\nb: 2').notYaml).toMatch(/^invalid YAML/);
    expect(yamlDocuments(parseYamlSyntax('a: [1\nb: 2'))).toEqual([]);
  });

  it('does not take GitHub expressions for a template', () => {
    expect(parseYamlSyntax('env:\n  A: ${{ secrets.A }}\n').notYaml).toBeUndefined();
  });
});
