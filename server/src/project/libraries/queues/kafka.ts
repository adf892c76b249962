import { awaited } from '../closing';
import { lazy } from '../connect';
import { defineLibrary, each, type Library } from '../library';
import { consume, produce } from './meanings';

/** Clients of Kafka. */
export const kafkaLibraries: readonly Library[] = [
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
    },
    closing: {
      'kafkajs.Kafka.consumer': awaited('disconnect', 'consumer'),
      'kafkajs.Kafka.producer': awaited('disconnect'),
      'kafkajs.Kafka.admin': awaited('disconnect'),
    },
  }),
];
