import { defineLibrary, type Library } from '../library';
import type { Meaning } from '../meaning';
import { SOCKET_IO_SERVERS } from '../objects';

const sockets: Meaning = {
  kind: 'memory-store',
  what: 'socket-adapter',
  library: 'socket.io',
  store: '0.adapter|1.adapter',
};
const adapter: Meaning = { kind: 'shared-store', what: 'socket-adapter' };
const pubSub = (library: string, store?: string): Meaning => ({
  kind: 'memory-store',
  what: 'pub-sub',
  library,
  ...(store === undefined ? {} : { store }),
});

/** Messages to many clients, who may be connected to other processes: rooms of sockets, subscriptions, what ties a client to a process. */
export const broadcastLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'socket.io',
      '@socket.io/redis-adapter',
      'socket.io-redis',
      '@socket.io/redis-streams-adapter',
      '@socket.io/mongo-adapter',
      '@socket.io/postgres-adapter',
      '@socket.io/cluster-adapter',
      '@socket.io/sticky',
    ],
    objects: {
      io: SOCKET_IO_SERVERS,
    },
    calls: {
      'socket.io': sockets,
      'new socket.io': sockets,
      'new socket.io.Server': sockets,
      'socket.io.Server': sockets,
      'socket.io.listen': sockets,
      'io.adapter': adapter,
      '@socket.io/redis-adapter.createAdapter': adapter,
      'socket.io-redis': adapter,
      'socket.io-redis.createAdapter': adapter,
      '@socket.io/redis-streams-adapter.createAdapter': adapter,
      '@socket.io/mongo-adapter.createAdapter': adapter,
      '@socket.io/postgres-adapter.createAdapter': adapter,
    },
  }),
  defineLibrary({
    packages: ['@nestjs/websockets'],
    calls: {
      '@nestjs/websockets.WebSocketGateway': {
        kind: 'memory-store',
        what: 'socket-adapter',
        library: '@nestjs/platform-socket.io',
      },
    },
  }),
  defineLibrary({
    packages: [
      'sticky-session',
      'sticky-cluster',
      'sticky-session-custom',
      'socketio-sticky-session',
      '@socket.io/sticky',
    ],
    calls: {
      'sticky-session.listen': { kind: 'affinity' },
      'sticky-session-custom.listen': { kind: 'affinity' },
      'sticky-cluster': { kind: 'affinity' },
      'socketio-sticky-session': { kind: 'affinity' },
      '@socket.io/sticky.setupMaster': { kind: 'affinity' },
    },
  }),
  defineLibrary({
    packages: [
      'graphql-subscriptions',
      'graphql-yoga',
      'apollo-server',
      'apollo-server-express',
      'type-graphql',
      '@graphql-yoga/subscription',
      'mercurius',
    ],
    calls: {
      'new graphql-subscriptions.PubSub': pubSub('graphql-subscriptions'),
      'new apollo-server.PubSub': pubSub('apollo-server'),
      'new apollo-server-express.PubSub': pubSub('apollo-server-express'),
      'new graphql-yoga.PubSub': pubSub('graphql-yoga'),
      'graphql-yoga.createPubSub': pubSub('graphql-yoga', '0.eventTarget'),
      '@graphql-yoga/subscription.createPubSub': pubSub(
        '@graphql-yoga/subscription',
        '0.eventTarget',
      ),
    },
  }),
];
