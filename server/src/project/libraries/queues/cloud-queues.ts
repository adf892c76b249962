import { awaited } from '../closing';
import { defineLibrary, type Library } from '../library';
import { consume, produce } from './meanings';

/** Queues of cloud providers, and brokers with clients of their own. */
export const cloudQueueLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'sqs-consumer',
      '@aws-sdk/client-sqs',
      '@ssut/nestjs-sqs',
      'squiss-ts',
      'sqs-producer',
    ],
    objects: {
      app: ['sqs-consumer.Consumer.create()', '<sqs-consumer.Consumer>', 'sqs-consumer.create()'],
    },
    calls: {
      'app.start': consume('queue'),
      'new @aws-sdk/client-sqs.ReceiveMessageCommand': {
        kind: 'consumer',
        service: 'queue',
        how: 'pull',
      },
      'new @aws-sdk/client-sqs.SendMessageCommand': produce('queue'),
      '@ssut/nestjs-sqs.SqsMessageHandler': consume('queue'),
    },
    closing: {
      'sqs-consumer.Consumer.create': {
        method: 'stop',
        how: 'event',
        event: 'stopped',
        order: 'consumer',
      },
    },
  }),
  defineLibrary({
    packages: [
      '@google-cloud/pubsub',
      '@azure/service-bus',
      '@azure/storage-queue',
      'beanstalkd',
      'fivebeans',
      'faktory-worker',
      'celery-node',
      'iron_mq',
    ],
    objects: {
      subscription: [
        'new @google-cloud/pubsub.PubSub().subscription()',
        '<@google-cloud/pubsub.Subscription>',
      ],
      receiver: [
        'new @azure/service-bus.ServiceBusClient().createReceiver()',
        '<@azure/service-bus.ServiceBusReceiver>',
      ],
      celery: ['celery-node.createWorker()'],
    },
    calls: {
      'subscription.on': consume('queue', '1'),
      'receiver.subscribe': consume('queue', '0.processMessage'),
      'faktory-worker.work': consume('queue'),
      'celery.start': consume('queue'),
    },
    closing: {
      '@google-cloud/pubsub.PubSub.subscription': awaited('close', 'consumer'),
      '@azure/service-bus.ServiceBusClient': awaited('close'),
      '@azure/service-bus.ServiceBusClient.createReceiver': awaited('close', 'consumer'),
    },
  }),
  defineLibrary({
    packages: ['nsqjs'],
    calls: { 'new nsqjs.Reader': consume('queue') },
  }),
];
