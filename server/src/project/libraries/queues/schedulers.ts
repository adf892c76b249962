import { defineLibrary, type Library } from '../library';
import type { StartSwitch } from '../meaning';
import { schedule } from './meanings';

/** `new CronJob(time, onTick, onComplete, true)` starts itself. */
const TOLD: StartSwitch = { at: '3|0.start', when: [undefined, false] };
const PAUSED: StartSwitch = { at: '1.paused|2.paused', when: [true] };

/** Schedules that run inside the process that makes them. */
export const schedulerLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'node-cron',
      'cron',
      'node-schedule',
      'croner',
      'later',
      '@breejs/later',
      'easy-cron',
      'node-cron-expression',
      'cron-job-manager',
    ],
    calls: {
      'node-cron.schedule': schedule('1', { at: '2.scheduled', when: [false] }),
      'node-cron.createTask': schedule('1', { at: '2.scheduled', when: [undefined] }),
      'new cron.CronJob': schedule('1|0.onTick', TOLD),
      'cron.CronJob': schedule('1', TOLD),
      'cron.CronJob.from': schedule('0.onTick', TOLD),
      'cron.job': schedule('1', TOLD),
      'new cron': schedule('1', TOLD),
      'node-schedule.scheduleJob': schedule('1'),
      'new node-schedule.Job': schedule('1'),
      'new croner.Cron': schedule('1|2', PAUSED),
      'croner.Cron': schedule('1|2', PAUSED),
      'new croner': schedule('1|2', PAUSED),
      'later.setInterval': schedule('0'),
      'later.setTimeout': schedule('0'),
      '@breejs/later.setInterval': schedule('0'),
    },
  }),
  defineLibrary({
    packages: [
      'bree',
      'toad-scheduler',
      '@fastify/schedule',
      'fastify-cron',
      'cabin',
      'node-task-scheduler',
      'moleculer-cron',
    ],
    objects: {
      bree: ['new bree()', '<bree>'],
      toad: [
        'new toad-scheduler.ToadScheduler()',
        '<toad-scheduler.ToadScheduler>',
        '<fastify.FastifyInstance>.scheduler',
        'fastify().scheduler',
      ],
    },
    calls: {
      'bree.start': schedule(),
      'toad.addSimpleIntervalJob': schedule('0'),
      'toad.addIntervalJob': schedule('0'),
      'toad.addLongIntervalJob': schedule('0'),
      'toad.addCronJob': schedule('0'),
    },
    plugins: { 'fastify-cron': schedule('1.jobs') },
  }),
  defineLibrary({
    packages: [
      '@nestjs/schedule',
      '@nestjsx/schedule',
      'nest-schedule',
      '@tsed/schedulers',
      'cron-decorators',
    ],
    calls: {
      '@nestjs/schedule.Cron': schedule(),
      '@nestjs/schedule.Interval': schedule(),
      'nest-schedule.Cron': schedule(),
      'nest-schedule.Interval': schedule(),
    },
  }),
];
