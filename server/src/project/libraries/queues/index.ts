import type { Library } from '../library';
import { amqpLibraries } from './amqp';
import { botLibraries } from './bots';
import { broadcastLibraries } from './broadcasts';
import { cloudQueueLibraries } from './cloud-queues';
import { databaseQueueLibraries } from './database-queues';
import { kafkaLibraries } from './kafka';
import { memoryQueueLibraries } from './memory-queues';
import { natsAndMqttLibraries } from './nats-mqtt';
import { redisQueueLibraries } from './redis-queues';
import { schedulerLibraries } from './schedulers';

/** What hands work and messages from one process to another, or keeps it for later. */
export const queueLibraries: readonly Library[] = [
  ...redisQueueLibraries,
  ...databaseQueueLibraries,
  ...amqpLibraries,
  ...kafkaLibraries,
  ...natsAndMqttLibraries,
  ...cloudQueueLibraries,
  ...memoryQueueLibraries,
  ...botLibraries,
  ...schedulerLibraries,
  ...broadcastLibraries,
];
