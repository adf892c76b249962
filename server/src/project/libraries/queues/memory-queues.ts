import { defineLibrary, type Library } from '../library';
import type { Meaning } from '../meaning';

/** Holds what it accepted in this process only. */
const memoryQueue = (handler?: string): Meaning => ({
  kind: 'memory-queue',
  ...(handler === undefined ? {} : { handler }),
});

/** Queues that hold what they accepted in this process only. */
export const memoryQueueLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'async',
      'async/queue',
      'p-queue',
      'fastq',
      'better-queue',
      'queue',
      'promise-queue',
      'tiny-async-pool',
      'd3-queue',
      'p-limit',
      'bottleneck',
      'js-queue',
      'neo-async',
    ],
    objects: {
      asyncQueue: [
        'async.queue()',
        'async.priorityQueue()',
        'async.cargo()',
        'async.cargoQueue()',
        'async/queue()',
        'neo-async.queue()',
      ],
      pQueue: ['new p-queue()', 'new p-queue.default()', '<p-queue>', 'new promise-queue()'],
      fastq: ['fastq()', 'fastq.promise()'],
      better: ['new better-queue()', 'better-queue()', 'queue()', 'new queue()'],
    },
    calls: {
      'asyncQueue.push': memoryQueue(),
      'asyncQueue.unshift': memoryQueue(),
      'asyncQueue.pushAsync': memoryQueue(),
      'pQueue.add': memoryQueue('0'),
      'pQueue.addAll': memoryQueue('0'),
      'fastq.push': memoryQueue(),
      'fastq.unshift': memoryQueue(),
      'better.push': memoryQueue(),
    },
  }),
];
