import { describe, expect, it } from 'vitest';
import type { YAMLMap, YAMLSeq } from 'yaml';
import { applyEdits } from '../../server/src/engine/edits/edits';
import {
  addMapEntry,
  addSequenceItem,
  removeMapEntry,
} from '../../server/src/fixes/files/yaml-edit';
import { parseYamlSyntax } from '../../server/src/languages/yaml';

describe('yaml', () => {
  const doc = (text: string) => {
    const [document] = parseYamlSyntax(text).documents;
    return document ?? expect.fail();
  };
  const at = (text: string, ...path: (string | number)[]) => doc(text).getIn(path, true);
  const mapAt = (text: string, ...path: (string | number)[]) => at(text, ...path) as YAMLMap;
  const seqAt = (text: string, key: string) => at(text, key) as YAMLSeq;
  const parsed = (text: string) => doc(text).toJS() as unknown;

  it.each([
    ['m:\n  a: 1 # one\n\nn: 2\n', 'm:\n  a: 1 # one\n  x: y\n\nn: 2\n'],
    ['m: &m\n    a:\n        b: 1\n', 'm: &m\n    a:\n        b: 1\n    x: y\n'],
    ['m: { a: 1 }\n', 'm: { a: 1, x: y }\n'],
    ['m: {}\n', 'm: {x: y}\n'],
    ['m:\r\n  a: |\r\n    t\r\nn: 1\r\n', 'm:\r\n  a: |\r\n    t\r\n  x: y\r\nn: 1\r\n'],
    ['m:\n  a: 1', 'm:\n  a: 1\n  x: y'],
  ])('adds an entry to %j', (text, expected) => {
    const fixed = applyEdits(text, addMapEntry(text, mapAt(text, 'm'), 'x', 'y'));
    expect(fixed).toBe(expected);
    expect(parsed(fixed)).toMatchObject({ m: { x: 'y' } });
  });

  it.each([
    ['l:\n  - a # one\n  - b\nn: 1\n', 'l:\n  - a # one\n  - b\n  - x\nn: 1\n'],
    ['l:\n- k: 1\n  m: 2\n', 'l:\n- k: 1\n  m: 2\n- x\n'],
    ['l: [a, b]', 'l: [a, b, x]'],
  ])('adds an item to %j', (text, expected) => {
    const fixed = applyEdits(text, addSequenceItem(text, seqAt(text, 'l'), 'x'));
    expect(fixed).toBe(expected);
    expect((parsed(fixed) as { l: unknown[] }).l.at(-1)).toBe('x');
  });

  it('removes entries', () => {
    const text = 'm:\n  # about a\n  a: 1 # one\n  b:\n    c: 2\nl:\n  - x\n  - y: 1\n    z: 2\n';
    expect(applyEdits(text, removeMapEntry(text, mapAt(text, 'm'), 'b'))).toBe(
      text.replace('  b:\n    c: 2\n', ''),
    );
    expect(applyEdits(text, removeMapEntry(text, mapAt(text, 'm'), 'a'))).toBe(
      text.replace('  a: 1 # one\n', ''),
    );
    expect(applyEdits(text, removeMapEntry(text, mapAt(text, 'l', 1), 'y'))).toBe(
      text.replace('y: 1\n    z', 'z'),
    );
    const flow = 'm: { a: 1, b: 2 }';
    expect(applyEdits(flow, removeMapEntry(flow, mapAt(flow, 'm'), 'a'))).toBe('m: { b: 2 }');
  });
});
