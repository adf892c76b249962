import { defineLibrary, type Library } from '../library';
import type { Meaning } from '../meaning';

const route = (framework: string, handlers = ''): Meaning => ({
  kind: 'route',
  framework,
  handlers,
});
const decorators = (
  packageName: string,
  framework: string,
  names: readonly string[],
): Record<string, Meaning> =>
  Object.fromEntries(names.map((name) => [`${packageName}.${name}`, route(framework)]));
const hook = (handlers: string): Meaning => ({ kind: 'hook', handlers });

const VERBS = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'All', 'Head', 'Options'] as const;
/** Methods of hooks that sequelize models are given. */
const MODEL_HOOKS = [
  'beforeCreate',
  'afterCreate',
  'beforeUpdate',
  'afterUpdate',
  'beforeSave',
  'afterSave',
  'beforeValidate',
  'afterFind',
  'beforeBulkCreate',
  'beforeDestroy',
] as const;

/** What Better Auth calls while somebody signs in or up. */
const BETTER_AUTH_CALLBACKS = [
  'emailAndPassword.password.hash',
  'emailAndPassword.password.verify',
  'emailAndPassword.sendResetPassword',
  'emailVerification.sendVerificationEmail',
  'hooks.before',
  'hooks.after',
  'trustedOrigins',
  ...['user', 'session', 'account'].flatMap((table) => [
    `databaseHooks.${table}.create.before`,
    `databaseHooks.${table}.create.after`,
  ]),
]
  .map((place) => `0.${place}`)
  .join('|');

/** Where request handlers are named other than on a server or router: decorators, GraphQL, RPC, passport, model hooks. */
export const requestHandlerLibraries: readonly Library[] = [
  defineLibrary({
    packages: ['routing-controllers'],
    decorators: decorators('routing-controllers', 'routing-controllers', [
      ...VERBS,
      'Method',
      'UseBefore',
      'UseAfter',
    ]),
    calls: { 'routing-controllers.UseBefore': route('routing-controllers', '0+') },
  }),
  defineLibrary({
    packages: ['type-graphql'],
    decorators: decorators('type-graphql', 'type-graphql', [
      'Query',
      'Mutation',
      'Subscription',
      'FieldResolver',
    ]),
  }),
  defineLibrary({
    packages: ['@nestjs/common', '@nestjs/graphql', '@nestjs/microservices', '@nestjs/websockets'],
    decorators: {
      ...decorators('@nestjs/graphql', 'nest', ['Subscription', 'ResolveReference']),
      ...decorators('@nestjs/websockets', 'nest', ['SubscribeMessage']),
    },
  }),
  defineLibrary({
    packages: [
      'tsoa',
      '@tsoa/runtime',
      'inversify-express-utils',
      '@tsed/common',
      '@tsed/schema',
      '@loopback/rest',
      '@overnightjs/core',
      'fastify-decorators',
      '@midwayjs/core',
      '@midwayjs/decorator',
      'express-decorators',
    ],
    decorators: {
      ...decorators('tsoa', 'tsoa', VERBS),
      ...decorators('@tsoa/runtime', 'tsoa', VERBS),
      ...decorators('inversify-express-utils', 'express', [
        ...VERBS,
        ...VERBS.map((verb) => `http${verb}`),
        'httpMethod',
        'all',
      ]),
      ...decorators('@tsed/common', 'tsed', VERBS),
      ...decorators('@tsed/schema', 'tsed', VERBS),
      ...decorators('@loopback/rest', 'loopback', [
        'get',
        'post',
        'put',
        'patch',
        'del',
        'operation',
      ]),
      ...decorators('@overnightjs/core', 'express', VERBS),
      ...decorators('fastify-decorators', 'fastify', [
        ...VERBS,
        ...VERBS.map((verb) => verb.toUpperCase()),
      ]),
      ...decorators('@midwayjs/core', 'midway', VERBS),
      ...decorators('@midwayjs/decorator', 'midway', VERBS),
    },
  }),
  defineLibrary({
    packages: [
      'graphql-tools',
      '@graphql-tools/schema',
      'graphql-yoga',
      'graphql',
      'express-graphql',
      'graphql-http',
      'graphql-http/lib/use/express',
      'mercurius',
      'apollo-server-lambda',
      'apollo-server-micro',
      '@apollo/subgraph',
      '@apollo/server',
      'apollo-server-express',
      'apollo-server-koa',
      'apollo-server-fastify',
      'apollo-server-core',
    ],
    calls: {
      'graphql-tools.makeExecutableSchema': route('graphql', '0.resolvers'),
      '@graphql-tools/schema.makeExecutableSchema': route('graphql', '0.resolvers'),
      'apollo-server-express.makeExecutableSchema': route('graphql', '0.resolvers'),
      '@apollo/subgraph.buildSubgraphSchema': route('graphql', '0'),
      'graphql-yoga.createSchema': route('graphql', '0.resolvers'),
      'new graphql-yoga.GraphQLServer': route('graphql', '0.resolvers'),
      'new graphql.GraphQLObjectType': route('graphql', '0.fields'),
      'express-graphql': route('graphql', '0.rootValue'),
      'express-graphql.graphqlHTTP': route('graphql', '0.rootValue'),
      'graphql-http/lib/use/express.createHandler': route('graphql', '0.rootValue'),
      'new apollo-server-lambda.ApolloServer': route('graphql', '0.resolvers|0.context'),
      'new apollo-server-micro.ApolloServer': route('graphql', '0.resolvers|0.context'),
      'new apollo-server-koa.ApolloServer': route('graphql', '0.resolvers|0.context'),
      'new apollo-server-fastify.ApolloServer': route('graphql', '0.resolvers|0.context'),
      '@apollo/server/express4.expressMiddleware': route('graphql', '1.context'),
    },
    plugins: { mercurius: route('graphql', '1.resolvers|1.context') },
  }),
  defineLibrary({
    packages: [
      'passport',
      'koa-passport',
      'passport-local',
      'passport-jwt',
      'passport-google-oauth20',
    ],
    objects: {
      passport: [
        'passport',
        'koa-passport',
        'passport.default',
        '<passport.PassportStatic>',
        '<passport.Authenticator>',
      ],
    },
    calls: {
      'passport.use': route('passport', '0+'),
      'passport.serializeUser': route('passport', '0'),
      'passport.deserializeUser': route('passport', '0'),
      'passport.authenticate': route('passport', '1+'),
    },
  }),
  defineLibrary({
    packages: [
      'h3',
      '#imports',
      'nitropack',
      'nuxt',
      '@sveltejs/kit',
      '@remix-run/node',
      'next',
      'next-connect',
      'next-auth',
      'better-auth',
      'itty-router',
      '@trpc/server',
    ],
    objects: { nc: ['next-connect()', 'next-connect.createRouter()'] },
    calls: {
      'h3.defineEventHandler': route('h3', '0+'),
      'h3.eventHandler': route('h3', '0+'),
      // Nitro and Nuxt import these by themselves.
      ...Object.fromEntries(
        [
          'defineEventHandler',
          'eventHandler',
          'defineLazyEventHandler',
          'defineCachedEventHandler',
          'defineWebSocketHandler',
        ].map((name) => [name, route('h3', '0+')]),
      ),
      'next-auth': route('next', '0+'),
      'next-auth.NextAuth': route('next', '0+'),
      // What people sign in with, and what is done when they do.
      'better-auth.betterAuth': route('better-auth', BETTER_AUTH_CALLBACKS),
      ...Object.fromEntries(
        ['get', 'post', 'put', 'patch', 'delete', 'use', 'all'].map((verb) => [
          `nc.${verb}`,
          route('next', '0+'),
        ]),
      ),
    },
  }),
  defineLibrary({
    packages: ['@tanstack/react-router', '@tanstack/react-start', '@tanstack/solid-start'],
    calls: Object.fromEntries(
      ['react', 'solid'].flatMap((kind) => [
        [
          `@tanstack/${kind}-router.createFileRoute()`,
          route('tanstack-start', '0.server.handlers|0.server.middleware'),
        ],
        [`@tanstack/${kind}-start.createServerFn().handler`, route('tanstack-start', '0')],
        [`@tanstack/${kind}-start.createMiddleware().server`, route('tanstack-start', '0')],
        [
          `@tanstack/${kind}-start/server.createServerFileRoute().methods`,
          route('tanstack-start', '0'),
        ],
      ]),
    ),
  }),
  defineLibrary({
    packages: [
      'ws',
      'sockjs',
      'websocket',
      'express-ws',
      '@fastify/websocket',
      'engine.io',
      'primus',
    ],
    objects: { server: ['sockjs.createServer()', 'new websocket.server()', 'new primus()'] },
    calls: { 'server.on': route('websocket', '1') },
  }),
  defineLibrary({
    packages: ['http', 'https', 'socket.io'],
    objects: {
      server: ['http.createServer()', 'https.createServer()', 'new http.Server()', '<http.Server>'],
      namespace: [
        'socket.io().sockets',
        'new socket.io.Server().sockets',
        '<socket.io.Server>.sockets',
        'socket.io.Server().sockets',
        '<socket.io.Namespace>',
        '<socket.io.Socket>',
      ],
    },
    calls: {
      'server.on': route('http', '1'),
      'namespace.on': route('socket.io', '1'),
      'namespace.use': route('socket.io', '0+'),
    },
  }),
  defineLibrary({
    packages: ['mongoose'],
    objects: {
      schema: [
        'new mongoose.Schema()',
        'mongoose.Schema()',
        '<mongoose.Schema>',
        'new mongoose.default.Schema()',
      ],
    },
    calls: {
      'schema.pre': hook('1+'),
      'schema.post': hook('1+'),
      'schema.method': hook('1'),
      'schema.static': hook('1'),
      ...Object.fromEntries(
        [
          'schema.virtual().set',
          'schema.virtual().get',
          'schema.virtual().get().set',
          'schema.virtual().set().get',
        ].map((name) => [name, hook('0')]),
      ),
    },
  }),
  defineLibrary({
    packages: [
      'sequelize',
      'sequelize-typescript',
      'typeorm',
      '@mikro-orm/core',
      '@mikro-orm/decorators/legacy',
      '@mikro-orm/decorators/es',
    ],
    objects: {
      sequelize: [
        'new sequelize()',
        'new sequelize.Sequelize()',
        '<sequelize.Sequelize>',
        '<sequelize>',
      ],
    },
    calls: { 'sequelize.define': hook('2.hooks') },
    methods: {
      define: hook('2.hooks'),
      ...Object.fromEntries(MODEL_HOOKS.map((name) => [name, hook('0+')])),
    },
    decorators: {
      ...Object.fromEntries(
        [
          'BeforeInsert',
          'BeforeUpdate',
          'BeforeRemove',
          'AfterInsert',
          'AfterUpdate',
          'AfterRemove',
          'AfterLoad',
        ].map((name) => [`typeorm.${name}`, hook('')]),
      ),
      ...Object.fromEntries(
        ['BeforeCreate', 'BeforeUpdate', 'AfterCreate', 'AfterUpdate'].flatMap((name) => [
          [`sequelize-typescript.${name}`, hook('')],
          [`@mikro-orm/core.${name}`, hook('')],
          [`@mikro-orm/decorators/legacy.${name}`, hook('')],
          [`@mikro-orm/decorators/es.${name}`, hook('')],
        ]),
      ),
    },
  }),
];
