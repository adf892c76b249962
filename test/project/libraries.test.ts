import { describe, expect, it } from 'vitest';
import { awaited } from '../../server/src/project/libraries/closing';
import { defineLibrary, libraryTable } from '../../server/src/project/libraries/library';
import { lazy } from '../../server/src/project/libraries/connect';
import {
  consume,
  lockedSchedule,
  produce,
} from '../../server/src/project/libraries/queues/meanings';

describe('a library', () => {
  it('is known by one entry: what its calls mean, where its store is, how it is closed', () => {
    const table = libraryTable([
      defineLibrary({
        packages: ['jobs'],
        objects: { queue: ['new jobs.Queue()', '<jobs.Queue>'] },
        calls: {
          'new jobs.Queue': lazy('redis', { url: '0.url' }),
          'queue.work': consume('redis', '0'),
          'queue.add': produce('redis'),
          'queue.every': lockedSchedule,
        },
        closing: { 'jobs.Queue': awaited('close', 'consumer') },
        traits: ['data'],
      }),
    ]);
    const kinds = (callee: string): readonly string[] =>
      (table.calls.get(callee) ?? []).map(({ meaning }) => meaning.kind);
    expect(kinds('new jobs.Queue')).toEqual(['connect']);
    expect(kinds('<jobs.Queue>.work')).toEqual(['consumer']);
    expect(kinds('new jobs.Queue().every')).toEqual(['scheduler']);
    expect(table.closings.get('jobs.Queue')).toEqual({
      library: 'jobs',
      closing: { method: 'close', how: 'promise', order: 'consumer' },
    });
    expect([...table.withTrait('data')]).toEqual(['jobs']);
    expect([...table.withTrait('uploads')]).toEqual([]);
    expect(table.importHint.test("import { Queue } from 'jobs';")).toBe(true);
  });
});
