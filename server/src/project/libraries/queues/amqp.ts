import { awaited } from '../closing';
import { lazy, localBelow, once } from '../connect';
import { defineLibrary, each, type Library } from '../library';
import { consume, produce } from './meanings';

/** Clients of RabbitMQ and of other brokers that speak AMQP. */
export const amqpLibraries: readonly Library[] = [
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
    methods: { consume: consume('amqp', '1'), sendToQueue: produce('amqp') },
    closing: {
      'amqplib.connect': awaited('close'),
      'amqplib.connect.createChannel': awaited('close', 'consumer'),
      'amqplib.connect.createConfirmChannel': awaited('close', 'consumer'),
      'amqp-connection-manager.connect': awaited('close'),
      'amqp-connection-manager.connect.createChannel': awaited('close', 'consumer'),
    },
  }),
];
