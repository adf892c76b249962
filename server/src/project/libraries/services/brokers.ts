import { defineLibrary, each, type Library } from '../library';
import { type Places, lazy, localBelow, once } from './connect';

const bull: Places = {
  url: '1|1.redis',
  host: '1.redis.host|1.connection.host',
  port: '1.redis.port|1.connection.port',
  password: '1.redis.password|1.connection.password',
};

/** Message brokers, and job queues that stand on one. */
export const brokerLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'amqplib',
      'amqplib/callback_api',
      'amqp-connection-manager',
      'rhea',
      'amqp',
      '@golevelup/nestjs-rabbitmq',
      'rascal',
    ],
    calls: {
      ...each(
        ['amqplib.connect', 'amqplib/callback_api.connect'],
        localBelow(
          0,
          once('amqp', {
            url: '0',
            host: '0.hostname',
            user: '0.username',
            password: '0.password',
          }),
        ),
      ),
      'amqp-connection-manager.connect': lazy('amqp', { url: '0|0.*' }),
      'amqp.createConnection': once('amqp', {
        host: '0.host',
        url: '0.url',
        password: '0.password',
      }),
      '@golevelup/nestjs-rabbitmq.RabbitMQModule.forRoot': lazy('amqp', { url: '1.uri|0.uri' }),
    },
  }),
  defineLibrary({
    packages: [
      'kafkajs',
      'node-rdkafka',
      'kafka-node',
      'nats',
      'mqtt',
      'async-mqtt',
      'stompit',
      'node-nats-streaming',
      'zeromq',
      '@confluentinc/kafka-javascript',
    ],
    calls: {
      'new kafkajs.Kafka': lazy('kafka', {
        host: '0.brokers.*',
        user: '0.sasl.username',
        password: '0.sasl.password',
      }),
      'new kafka-node.KafkaClient': lazy('kafka', { host: '0.kafkaHost' }),
      ...each(
        ['new node-rdkafka.Producer', 'new node-rdkafka.KafkaConsumer'],
        lazy('kafka', { host: '0.metadata.broker.list' }),
      ),
      'nats.connect': localBelow(
        0,
        once('nats', { url: '0.servers|0.servers.*|0', password: '0.pass' }),
      ),
      ...each(
        ['mqtt.connect', 'async-mqtt.connect', 'async-mqtt.connectAsync', 'mqtt.connectAsync'],
        lazy('mqtt', {
          url: '0',
          host: '0.host',
          user: '1.username|0.username',
          password: '1.password|0.password',
        }),
      ),
      'node-nats-streaming.connect': once('nats', { url: '2.url' }),
    },
  }),
  defineLibrary({
    packages: [
      'bull',
      'bullmq',
      'bee-queue',
      'kue',
      'rsmq-worker',
      '@nestjs/bull',
      '@nestjs/bullmq',
      'node-resque',
      'resque',
    ],
    calls: {
      ...each(['new bull', 'bull'], localBelow(1, lazy('queue', bull))),
      ...each(
        ['new bullmq.Queue', 'new bullmq.QueueEvents', 'new bullmq.FlowProducer'],
        lazy('queue', { ...bull, url: '1.connection.url' }),
      ),
      'new bullmq.Worker': lazy('queue', {
        host: '2.connection.host',
        url: '2.connection.url',
        password: '2.connection.password',
      }),
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
    },
  }),
];
