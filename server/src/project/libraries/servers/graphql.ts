import { awaited } from '../closing';
import { defineLibrary, type Library } from '../library';
import { listen, route } from './meanings';

/** Servers of GraphQL. */
export const graphqlServerLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      '@apollo/server',
      'apollo-server',
      'apollo-server-express',
      'apollo-server-koa',
      'apollo-server-fastify',
      '@apollo/server/standalone',
    ],
    objects: { server: ['new apollo-server.ApolloServer()', '<apollo-server.ApolloServer>'] },
    calls: {
      // Both drain their server on SIGTERM and SIGINT by themselves.
      'server.listen': listen('apollo', {
        port: '0.port|0',
        host: '0.host',
        handlesSigterm: true,
      }),
      '@apollo/server/standalone.startStandaloneServer': listen('apollo', {
        port: '1.listen.port',
        host: '1.listen.host',
        handlesSigterm: true,
      }),
      'new apollo-server.ApolloServer': route('apollo', '0.resolvers|0.context'),
      'new @apollo/server.ApolloServer': route('apollo', '0.resolvers|0.context'),
      'new apollo-server-express.ApolloServer': route('apollo', '0.resolvers|0.context'),
      'new apollo-server-koa.ApolloServer': route('apollo', '0.resolvers|0.context'),
      'new apollo-server-fastify.ApolloServer': route('apollo', '0.resolvers|0.context'),
    },
    closing: {
      '@apollo/server.ApolloServer': awaited('stop'),
      'apollo-server-express.ApolloServer': awaited('stop'),
      'apollo-server-koa.ApolloServer': awaited('stop'),
      'apollo-server-fastify.ApolloServer': awaited('stop'),
    },
  }),
  defineLibrary({
    packages: ['graphql-yoga'],
    objects: { server: ['new graphql-yoga.GraphQLServer()', 'graphql-yoga.createServer()'] },
    calls: {
      'server.start': listen('graphql-yoga', { port: '0.port' }),
      'graphql-yoga.createServer': {
        kind: 'server',
        framework: 'graphql-yoga',
        port: '0.port',
        host: '0.hostname',
      },
    },
  }),
];
