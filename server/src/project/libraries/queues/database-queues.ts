import { awaited, type Closing } from '../closing';
import { lazy, options } from '../connect';
import { defineLibrary, type Library } from '../library';
import { consume, lockedSchedule, produce, stopping } from './meanings';

const TEMPORAL = { at: '0.shutdownSignals', of: '@temporalio/worker.Runtime.install' };

/** Before version 5 nothing waits for the jobs at hand. */
const AGENDA: Closing = {
  ...awaited('stop', 'consumer'),
  since: { major: 5, method: 'drain' },
};

/** Job queues that keep their jobs in a database, schedules with a lock included. */
export const databaseQueueLibraries: readonly Library[] = [
  defineLibrary({
    packages: ['agenda', '@hokify/agenda', '@pulsecron/pulse'],
    objects: {
      agenda: [
        'new agenda()',
        'new agenda.Agenda()',
        '<agenda>',
        '<agenda.Agenda>',
        'new @hokify/agenda.Agenda()',
        '<@hokify/agenda.Agenda>',
        'new @pulsecron/pulse()',
        'new @pulsecron/pulse.Pulse()',
        '<@pulsecron/pulse>',
      ],
    },
    calls: {
      'agenda.start': consume('mongodb'),
      'agenda.now': produce('mongodb'),
      'agenda.every': lockedSchedule,
      'agenda.schedule': lockedSchedule,
    },
    closing: {
      agenda: AGENDA,
      'agenda.Agenda': AGENDA,
    },
  }),
  defineLibrary({
    packages: [
      'graphile-worker',
      'pg-boss',
      'bree',
      '@temporalio/worker',
      'hatchet',
      'pg-amqp-bridge',
      'node-pg-migrate-worker',
    ],
    objects: { boss: ['new pg-boss()', 'new pg-boss.PgBoss()', '<pg-boss>', '<pg-boss.PgBoss>'] },
    calls: {
      'graphile-worker.run': stopping('postgres', { at: '0.noHandleSignals' }),
      'graphile-worker.runTaskList': stopping('postgres', { at: '0.noHandleSignals' }),
      'boss.work': consume('postgres', '1|2'),
      'boss.subscribe': consume('postgres', '1|2'),
      'boss.send': produce('postgres'),
      '@temporalio/worker.Worker.create().run': stopping('queue', TEMPORAL),
      '@temporalio/worker.Worker.create': stopping('queue', TEMPORAL),
      'boss.schedule': lockedSchedule,
      'new pg-boss': lazy('postgres', options('0', ['0'])),
    },
    closing: {
      'pg-boss': awaited('stop', 'consumer'),
      'pg-boss.PgBoss': awaited('stop', 'consumer'),
      'graphile-worker.run': awaited('stop', 'consumer'),
    },
  }),
];
