import type { ServiceKind } from '../../vocabulary/services';
import { defineLibrary, type Library } from './library';
import type { Meaning } from './meaning';
import { AGENDAS } from './objects';

const consume = (service: ServiceKind, handler?: string): Meaning => ({
  kind: 'consumer',
  service,
  ...(handler === undefined ? {} : { handler }),
});
/** Every subscriber gets every message. */
const subscribe = (service: ServiceKind): Meaning => ({
  kind: 'consumer',
  service,
  how: 'broadcast',
});
const produce = (service: ServiceKind): Meaning => ({ kind: 'producer', service });
/** Holds what it accepted in this process only. */
const memoryQueue = (handler?: string): Meaning => ({
  kind: 'memory-queue',
  ...(handler === undefined ? {} : { handler }),
});

/** Message brokers and job queues: consumers and producers. */
export const queueLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'bull',
      'bullmq',
      'bee-queue',
      'kue',
      '@nestjs/bull',
      '@nestjs/bullmq',
      'bull-repeat',
      'bullmq-pro',
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
      'new bullmq.Worker': consume('redis', '1'),
      'new bullmq.WorkerPro': consume('redis', '1'),
      '@nestjs/bull.Processor': consume('redis'),
      '@nestjs/bullmq.Processor': consume('redis'),
    },
  }),
  defineLibrary({
    packages: ['bull', 'bee-queue', 'kue'],
    methods: { process: consume('redis', '0') },
  }),
  defineLibrary({
    packages: ['nsqjs'],
    calls: { 'new nsqjs.Reader': consume('queue') },
  }),
  defineLibrary({
    packages: ['agenda', '@hokify/agenda', '@pulsecron/pulse'],
    objects: {
      agenda: AGENDAS,
    },
    calls: { 'agenda.start': consume('mongodb'), 'agenda.now': produce('mongodb') },
  }),
  defineLibrary({
    packages: [
      'amqplib',
      'amqplib/callback_api',
      'amqp-connection-manager',
      'rascal',
      'rhea',
      '@golevelup/nestjs-rabbitmq',
      'amqp',
      'rabbitmq-client',
      'jackrabbit',
    ],
    objects: {
      channel: [
        'amqplib.connect().createChannel()',
        'amqplib.connect().createConfirmChannel()',
        '<amqplib.Channel>',
        '<amqplib.ConfirmChannel>',
        '<amqplib/callback_api.Channel>',
        '<amqplib.Connection>.createChannel()',
        '<amqplib.ChannelModel>.createChannel()',
        'amqp-connection-manager.connect().createChannel()',
        '<amqp-connection-manager.ChannelWrapper>',
      ],
    },
    calls: {
      'channel.consume': consume('amqp', '1'),
      'channel.sendToQueue': produce('amqp'),
      'channel.publish': produce('amqp'),
      'rascal.BrokerAsPromised.create().subscribe': consume('amqp'),
      'rascal.Broker.create().subscribe': consume('amqp'),
      'new rabbitmq-client.Connection().createConsumer': consume('amqp', '1'),
      '@golevelup/nestjs-rabbitmq.RabbitSubscribe': consume('amqp'),
      '@golevelup/nestjs-rabbitmq.RabbitRPC': consume('amqp'),
    },
    methods: { consume: consume('amqp', '1'), sendToQueue: produce('amqp') },
  }),
  defineLibrary({
    packages: ['kafkajs', 'node-rdkafka', 'kafka-node', '@confluentinc/kafka-javascript'],
    objects: {
      consumer: [
        'new kafkajs.Kafka().consumer()',
        '<kafkajs.Consumer>',
        '<kafkajs.Kafka>.consumer()',
        'new @confluentinc/kafka-javascript.KafkaJS.Kafka().consumer()',
      ],
      producer: [
        'new kafkajs.Kafka().producer()',
        '<kafkajs.Producer>',
        '<kafkajs.Kafka>.producer()',
      ],
    },
    calls: {
      'consumer.run': consume('kafka', '0.eachMessage|0.eachBatch'),
      'producer.send': produce('kafka'),
      'producer.sendBatch': produce('kafka'),
      'new node-rdkafka.KafkaConsumer().consume': consume('kafka'),
      'new kafka-node.Consumer': consume('kafka'),
      'new kafka-node.ConsumerGroup': consume('kafka'),
    },
  }),
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
  }),
  defineLibrary({
    packages: [
      'nats',
      '@nats-io/transport-node',
      '@nats-io/jetstream',
      'mqtt',
      'node-nats-streaming',
      'async-mqtt',
    ],
    objects: {
      nats: [
        'nats.connect()',
        '<nats.NatsConnection>',
        '@nats-io/transport-node.connect()',
        '<@nats-io/transport-node.NatsConnection>',
        'node-nats-streaming.connect()',
        '<node-nats-streaming.Stan>',
      ],
      mqtt: [
        'mqtt.connect()',
        'mqtt.connectAsync()',
        '<mqtt.MqttClient>',
        '<mqtt.Client>',
        'async-mqtt.connect()',
        'async-mqtt.connectAsync()',
      ],
    },
    calls: {
      'nats.subscribe': subscribe('nats'),
      'nats.publish': produce('nats'),
      'nats.jetstream().consumers.get().consume': consume('nats'),
      'nats.jetstream().subscribe': consume('nats'),
      'mqtt.subscribe': subscribe('mqtt'),
      'mqtt.subscribeAsync': subscribe('mqtt'),
      'mqtt.publish': produce('mqtt'),
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
      'node-resque',
      'rsmq',
      'rsmq-worker',
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
      'new node-resque.Worker': consume('redis'),
      'new node-resque.MultiWorker': consume('redis'),
      'new node-resque.Queue().enqueue': produce('redis'),
      'new rsmq-worker': consume('redis'),
      'celery.start': consume('queue'),
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
      'graphile-worker.run': consume('postgres'),
      'graphile-worker.runTaskList': consume('postgres'),
      'boss.work': consume('postgres', '1|2'),
      'boss.subscribe': consume('postgres', '1|2'),
      'boss.send': produce('postgres'),
      '@temporalio/worker.Worker.create().run': consume('queue'),
      '@temporalio/worker.Worker.create': consume('queue'),
    },
  }),
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
