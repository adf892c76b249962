import { awaited } from '../closing';
import { lazy, localBelow, type Places } from '../connect';
import { defineLibrary, each, type Library } from '../library';
import { consume, produce } from './meanings';

const bull: Places = {
  url: '1|1.redis',
  host: '1.redis.host|1.connection.host',
  port: '1.redis.port|1.connection.port',
  password: '1.redis.password|1.connection.password',
};

/** Job queues that keep their jobs in Redis. */
export const redisQueueLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'bull',
      '@nestjs/bull',
      '@nestjs/bullmq',
      'bee-queue',
      'bull-repeat',
      'bullmq',
      'bullmq-pro',
      'kue',
      'node-resque',
      'resque',
      'rsmq-worker',
      'rsmq',
    ],
    objects: {
      queue: [
        'new bull()',
        'bull()',
        'new bull.default()',
        '<bull.Queue>',
        '<bull>',
        '<bull.default>',
        'new bee-queue()',
        '<bee-queue>',
        'kue.createQueue()',
        '<kue.Queue>',
      ],
      mq: ['new bullmq.Queue()', '<bullmq.Queue>', 'new bullmq.FlowProducer()'],
    },
    calls: {
      'queue.process': consume('redis', '0'),
      'queue.add': produce('redis'),
      'queue.create': produce('redis'),
      'queue.createJob': produce('redis'),
      'mq.add': produce('redis'),
      'mq.addBulk': produce('redis'),
      'new bullmq.WorkerPro': consume('redis', '1'),
      '@nestjs/bull.Processor': consume('redis'),
      '@nestjs/bullmq.Processor': consume('redis'),
      ...each(['new bull', 'bull'], localBelow(1, lazy('queue', bull))),
      ...each(
        ['new bullmq.Queue', 'new bullmq.QueueEvents', 'new bullmq.FlowProducer'],
        lazy('queue', { ...bull, url: '1.connection.url' }),
      ),
      'new bullmq.Worker': [
        consume('redis', '1'),
        lazy('queue', {
          host: '2.connection.host',
          url: '2.connection.url',
          password: '2.connection.password',
        }),
      ],
      'new bee-queue': localBelow(
        1,
        lazy('queue', { host: '1.redis.host', url: '1.redis.url|1.redis' }),
      ),
      'kue.createQueue': lazy('queue', {
        host: '0.redis.host',
        url: '0.redis',
        password: '0.redis.auth',
      }),
      ...each(
        ['@nestjs/bull.BullModule.forRoot', '@nestjs/bull.BullModule.registerQueue'],
        lazy('queue', { host: '0.redis.host', url: '0.url|0.redis', password: '0.redis.password' }),
      ),
      ...each(
        ['@nestjs/bullmq.BullModule.forRoot', '@nestjs/bullmq.BullModule.registerQueue'],
        lazy('queue', {
          host: '0.connection.host',
          url: '0.connection.url',
          password: '0.connection.password',
        }),
      ),
      ...each(
        ['@nestjs/bull.BullModule.forRootAsync'],
        lazy('queue', {
          host: '0.useFactory().redis.host',
          password: '0.useFactory().redis.password',
        }),
      ),
      ...each(
        ['@nestjs/bullmq.BullModule.forRootAsync'],
        lazy('queue', {
          host: '0.useFactory().connection.host',
          password: '0.useFactory().connection.password',
        }),
      ),
      'new node-resque.Worker': consume('redis'),
      'new node-resque.MultiWorker': consume('redis'),
      'new node-resque.Queue().enqueue': produce('redis'),
      'new rsmq-worker': consume('redis'),
    },
    closing: {
      'bullmq.Worker': awaited('close', 'consumer'),
      'bullmq.WorkerPro': awaited('close', 'consumer'),
      'bullmq.Queue': awaited('close'),
      'bullmq.QueueEvents': awaited('close'),
      'bullmq.FlowProducer': awaited('close'),
      bull: awaited('close', 'consumer'),
      'bee-queue': awaited('close', 'consumer'),
      'node-resque.Worker': awaited('end', 'consumer'),
      'node-resque.MultiWorker': awaited('stop', 'consumer'),
    },
  }),
  defineLibrary({
    packages: ['bull', 'bee-queue', 'kue'],
    methods: { process: consume('redis', '0') },
  }),
];
