import { awaited, calledBack } from '../closing';
import { lazy, localBelow, once } from '../connect';
import { defineLibrary, each, type Library } from '../library';
import { consume, produce, subscribe } from './meanings';

/** Clients of NATS, MQTT and of brokers of their kind. */
export const natsAndMqttLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'nats',
      '@nats-io/transport-node',
      '@nats-io/jetstream',
      'mqtt',
      'node-nats-streaming',
      'async-mqtt',
      'stompit',
      'zeromq',
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
    closing: {
      'nats.connect': awaited('drain', 'consumer'),
      // Without force, with no options, and called back.
      'mqtt.connect': { ...calledBack('end', 'consumer'), before: 'false, {}' },
    },
  }),
];
