import { defineLibrary, type Library } from '../library';
import { schedule } from './meanings';

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
      'node-cron.schedule': schedule('1'),
      'node-cron.createTask': schedule('1'),
      'new cron.CronJob': schedule('1|0.onTick'),
      'cron.CronJob': schedule('1'),
      'cron.CronJob.from': schedule('0.onTick'),
      'cron.job': schedule('1'),
      'new cron': schedule('1'),
      'node-schedule.scheduleJob': schedule('1'),
      'new node-schedule.Job': schedule('1'),
      'new croner.Cron': schedule('1|2'),
      'croner.Cron': schedule('1|2'),
      'new croner': schedule('1|2'),
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
