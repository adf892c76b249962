import { expect, it } from 'vitest';
import type { Value } from '../../server/src/base/value';
import { calledName, lastName, rootOf } from '../../server/src/base/value-names';

const span = { start: 0, end: 1 };
const app: Value = { kind: 'parameter', functionId: 1, index: 0, name: 'app', span };
const listen: Value = { kind: 'member', object: app, name: 'listen', span };
const call: Value = { kind: 'call', callee: listen, args: [], isNew: false, span };
const imported = (specifier: string, ...members: string[]): Value => ({
  kind: 'import',
  specifier,
  members,
  span,
});

it.each<[Value, last: string | undefined, called: string]>([
  [app, 'app', 'app'],
  [listen, 'listen', 'listen'],
  [call, undefined, 'listen'],
  [imported('bullmq', 'Worker'), 'Worker', 'Worker'],
  [imported('./config/logger.js'), undefined, 'logger'],
  [imported('@scope/lock'), undefined, 'lock'],
  [{ kind: 'global', name: 'fetch', span }, 'fetch', 'fetch'],
  [{ kind: 'unknown', span }, undefined, ''],
  [{ kind: 'literal', value: 'x', direct: true, span }, undefined, ''],
])('names %o', (value, last, called) => {
  expect(lastName(value)).toBe(last);
  expect(calledName(value)).toBe(called);
});

it('finds where a chain begins', () => {
  expect(rootOf({ kind: 'member', object: call, name: 'on', span })).toBe(app);
  expect(rootOf(app)).toBe(app);
});
