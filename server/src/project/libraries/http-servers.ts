import { defineLibrary } from './library';
import type { Meaning } from './meaning';

const listen = (
  framework: string,
  extra: Partial<Extract<Meaning, { kind: 'listen' }>> = {},
): Meaning => ({
  kind: 'listen',
  framework,
  port: '0|0.port',
  host: '1|0.host',
  ...extra,
});
/** Listens by itself only when it is given a port. */
const attached = (
  framework: string,
  places: { readonly port: string; readonly host?: string },
): Meaning => ({ kind: 'listen', framework, attaches: true, ...places });
const route = (framework: string, handlers = '1+', path = '0'): Meaning => ({
  kind: 'route',
  framework,
  path,
  handlers,
});

const hapi: Meaning = {
  kind: 'server',
  framework: 'hapi',
  port: '0.port',
  host: '0.address|0.host',
};

const microservice: Meaning = { kind: 'consumer', service: 'queue', how: 'microservice' };

const verbs = [
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'all',
  'head',
  'options',
  'del',
  'opts',
] as const;
/** `app.get`, `app.post` … with one meaning. */
const routes = (
  object: string,
  framework: string,
  handlers?: string,
  extra: readonly string[] = [],
): Record<string, Meaning> =>
  Object.fromEntries(
    [...verbs, ...extra].map((verb) => [`${object}.${verb}`, route(framework, handlers)]),
  );

/** Servers and routers: what listens, and which functions handle requests. */
export const httpServers = [
  defineLibrary({
    packages: [
      'express',
      'express-ws',
      'express-promise-router',
      '@feathersjs/express',
      'ultimate-express',
      'express-serve-static-core',
      'routing-controllers',
      'inversify-express-utils',
      'http-proxy',
    ],
    objects: {
      app: [
        'express()',
        '<express.Application>',
        '<express.Express>',
        '<express.Application.app>',
        '<Express.Application>',
        '@feathersjs/express()',
        'express-ws().app',
        '<core.Express>',
        '<core.Application>',
        'ultimate-express()',
        '<express-serve-static-core.Express>',
        '<express-serve-static-core.Application>',
        'express-ws()',
        '@feathersjs/express.default()',
        '<@feathersjs/express.Application>',
        '<express-ws.Application>',
        'express-ws().getWss()',
        'routing-controllers.createExpressServer()',
        'routing-controllers.useExpressServer()',
        'new inversify-express-utils.InversifyExpressServer()',
        'new inversify-express-utils.InversifyExpressServer().build()',
      ],
      router: [
        'express.Router()',
        '<express.Router>',
        '<express.IRouter>',
        'express-promise-router()',
        'express().route()',
        'express.Router().route()',
        '<express.Router>.route()',
        '<express.Application>.route()',
        '<express.Express>.route()',
      ],
    },
    calls: {
      express: { kind: 'server', framework: 'express' },
      'app.listen': listen('express', { port: '0', host: '1' }),
      ...routes('app', 'express'),
      'app.use': route('express', '0+'),
      'app.param': route('express'),
      ...routes('router', 'express', '0+'),
      'router.use': route('express', '0+'),
      'router.param': route('express'),
      'app.ws': route('express'),
      'http-proxy.createProxyServer().listen': listen('http', { port: '0', host: '1' }),
      'http-proxy.createServer().listen': listen('http', { port: '0', host: '1' }),
    },
  }),
  defineLibrary({
    packages: ['http', 'https', 'http2', 'spdy', 'http-shutdown'],
    objects: {
      server: [
        'http.createServer()',
        'https.createServer()',
        'http2.createServer()',
        'http2.createSecureServer()',
        'spdy.createServer()',
        'new http.Server()',
        'new https.Server()',
        'http.Server()',
        'https.Server()',
        '<http.Server>',
        '<https.Server>',
        '<http2.Http2Server>',
        '<http2.Http2SecureServer>',
        'http-shutdown()',
        'stoppable()',
      ],
    },
    calls: {
      'http.createServer': [{ kind: 'server', framework: 'http' }, route('http', '0+')],
      'https.createServer': [{ kind: 'server', framework: 'https' }, route('https', '0+')],
      'http2.createServer': [{ kind: 'server', framework: 'http2' }, route('http2', '0+')],
      'http2.createSecureServer': [{ kind: 'server', framework: 'http2' }, route('http2', '0+')],
      'spdy.createServer': { kind: 'server', framework: 'spdy' },
      'new http.Server': [{ kind: 'server', framework: 'http' }, route('http', '0+')],
      'new https.Server': { kind: 'server', framework: 'https' },
      'server.listen': listen('http'),
    },
  }),
  defineLibrary({
    packages: ['net', 'tls'],
    objects: {
      server: ['net.createServer()', 'new net.Server()', 'tls.createServer()', '<net.Server>'],
    },
    calls: { 'server.listen': listen('net') },
  }),
  defineLibrary({
    packages: ['fastify'],
    objects: {
      app: [
        'fastify()',
        'fastify.fastify()',
        'fastify.Fastify()',
        'fastify.default()',
        '<fastify.FastifyInstance>',
      ],
    },
    calls: {
      fastify: { kind: 'server', framework: 'fastify' },
      'fastify.fastify': { kind: 'server', framework: 'fastify' },
      'app.listen': listen('fastify', {
        port: '0.port|0',
        host: '0.host|1',
        loopbackByDefault: true,
      }),
      ...routes('app', 'fastify'),
      'app.route': route('fastify', '0.handler|0.preHandler', '0.url'),
      'app.addHook': route('fastify'),
      'app.register': { kind: 'plugin', plugin: '0' },
      'app.setErrorHandler': route('fastify', '0'),
      'app.setNotFoundHandler': route('fastify', '0+'),
    },
  }),
  defineLibrary({
    packages: [
      'koa',
      '@koa/router',
      'koa-router',
      'koa-websocket',
      '@types/koa',
      '@feathersjs/koa',
    ],
    objects: {
      app: [
        'new koa()',
        '<koa>',
        'new koa.default()',
        'koa()',
        'koa-websocket()',
        '<koa.Application>',
        '@feathersjs/koa.koa()',
        '<@feathersjs/koa.Application>',
        'routing-controllers.createKoaServer()',
      ],
      router: [
        'new @koa/router()',
        '@koa/router()',
        'new koa-router()',
        'koa-router()',
        '<@koa/router>',
        '<koa-router>',
      ],
    },
    calls: {
      'new koa': { kind: 'server', framework: 'koa' },
      'app.listen': listen('koa', { port: '0|0.port', host: '1' }),
      'app.use': route('koa', '0+'),
      ...routes('router', 'koa', '0+'),
      'router.use': route('koa', '0+'),
    },
  }),
  defineLibrary({
    packages: ['@hapi/hapi', 'hapi'],
    objects: {
      server: [
        '@hapi/hapi.server()',
        '@hapi/hapi.Server()',
        'new @hapi/hapi.Server()',
        '<@hapi/hapi.Server>',
        'hapi.server()',
        'new hapi.Server()',
        'hapi.Server()',
        '<hapi.Server>',
      ],
    },
    calls: {
      // The port is an option of the server; `start` only opens it.
      '@hapi/hapi.server': hapi,
      '@hapi/hapi.Server': hapi,
      'new @hapi/hapi.Server': hapi,
      'hapi.server': hapi,
      'hapi.Server': hapi,
      'new hapi.Server': hapi,
      // Before version 17.
      'server.connection': hapi,
      'server.start': { kind: 'listen', framework: 'hapi' },
      'server.route': route('hapi', '0.handler|0', '0.path'),
      'server.ext': route('hapi'),
    },
  }),
  defineLibrary({
    packages: [
      '@nestjs/core',
      '@nestjs/platform-express',
      '@nestjs/platform-fastify',
      '@nestjs/common',
      '@nestjs/microservices',
    ],
    objects: {
      app: [
        '@nestjs/core.NestFactory.create()',
        '<@nestjs/common.INestApplication>',
        '<@nestjs/platform-express.NestExpressApplication>',
        '<@nestjs/platform-fastify.NestFastifyApplication>',
      ],
      microservice: [
        '@nestjs/core.NestFactory.createMicroservice()',
        '<@nestjs/common.INestMicroservice>',
      ],
    },
    calls: {
      '@nestjs/core.NestFactory.create': { kind: 'server', framework: 'nest' },
      'app.listen': listen('nest', {
        port: '0|0.port',
        host: '1|0.host',
        loopbackByDefault: { adapter: '@nestjs/platform-fastify.FastifyAdapter' },
      }),
      'app.listenAsync': listen('nest', { port: '0', host: '1' }),
      'app.use': route('nest', '0+'),
      'app.startAllMicroservices': microservice,
      'app.startAllMicroservicesAsync': microservice,
      'microservice.listen': microservice,
      'app.enableShutdownHooks': { kind: 'shutdown', signals: '0' },
      'microservice.enableShutdownHooks': { kind: 'shutdown', signals: '0' },
      'microservice.listenAsync': microservice,
    },
    decorators: {
      ...Object.fromEntries(
        ['Get', 'Post', 'Put', 'Patch', 'Delete', 'All', 'Head', 'Options', 'Sse'].map((name) => [
          `@nestjs/common.${name}`,
          route('nest', '', '0'),
        ]),
      ),
      '@nestjs/common.UseGuards': route('nest', ''),
      '@nestjs/microservices.MessagePattern': route('nest', ''),
      '@nestjs/microservices.EventPattern': route('nest', ''),
      '@nestjs/websockets.SubscribeMessage': route('nest', ''),
      '@nestjs/graphql.Query': route('nest', ''),
      '@nestjs/graphql.Mutation': route('nest', ''),
      '@nestjs/graphql.ResolveField': route('nest', ''),
    },
  }),
  defineLibrary({
    packages: ['restify'],
    objects: { server: ['restify.createServer()', '<restify.Server>'] },
    calls: {
      'restify.createServer': { kind: 'server', framework: 'restify' },
      'server.listen': listen('restify'),
      ...routes('server', 'restify'),
      'server.use': route('restify', '0+'),
      'server.pre': route('restify', '0+'),
    },
  }),
  defineLibrary({
    packages: ['ws'],
    objects: {
      server: [
        'new ws.Server()',
        'new ws.WebSocketServer()',
        '<ws.Server>',
        '<ws.WebSocketServer>',
      ],
    },
    calls: {
      'new ws.Server': attached('ws', { port: '0.port', host: '0.host' }),
      'new ws.WebSocketServer': attached('ws', { port: '0.port', host: '0.host' }),
      'server.on': route('ws'),
    },
  }),
  defineLibrary({
    packages: ['socket.io'],
    objects: {
      io: [
        'socket.io()',
        'socket.io.listen()',
        'new socket.io.Server()',
        'new socket.io()',
        'socket.io.Server()',
        '<socket.io.Server>',
        'socket.io().of()',
        'new socket.io.Server().of()',
        '<socket.io.Server>.of()',
      ],
    },
    calls: {
      'socket.io': attached('socket.io', { port: '0' }),
      'new socket.io': attached('socket.io', { port: '0' }),
      'socket.io.listen': attached('socket.io', { port: '0' }),
      'new socket.io.Server': attached('socket.io', { port: '0' }),
      'socket.io.Server': attached('socket.io', { port: '0' }),
      'io.listen': attached('socket.io', { port: '0' }),
      'io.attach': attached('socket.io', { port: '0' }),
      'io.on': route('socket.io'),
      'io.use': route('socket.io', '0+'),
    },
  }),
  defineLibrary({
    packages: ['hono', '@hono/node-server'],
    objects: { app: ['new hono.Hono()', '<hono.Hono>'] },
    calls: {
      '@hono/node-server.serve': listen('hono', { port: '0.port', host: '0.hostname' }),
      ...routes('app', 'hono'),
      'app.use': route('hono', '0+'),
    },
  }),
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
    },
  }),
  defineLibrary({
    packages: [
      'polka',
      'micro',
      'connect',
      'sirv',
      'json-server',
      'restana',
      '@tinyhttp/app',
      'hyper-express',
      'uWebSockets.js',
      'next',
      'actionhero',
      '@loopback/rest',
      'loopback',
      '@feathersjs/feathers',
      '@adonisjs/http-server',
      'total.js',
      'parse-server',
      'probot',
    ],
    objects: {
      app: [
        'polka()',
        'connect()',
        'micro()',
        'json-server.create()',
        '<connect.Server>',
        'restana()',
        'new @tinyhttp/app.App()',
        'new hyper-express.Server()',
        'uWebSockets.js.App()',
        'uWebSockets.js.SSLApp()',
        '<polka.Polka>',
      ],
    },
    calls: {
      'app.listen': listen('connect', { port: '0', host: '1' }),
      ...routes('app', 'connect'),
      'app.use': route('connect', '0+'),
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
  defineLibrary({
    packages: ['@grpc/grpc-js', 'grpc'],
    objects: {
      server: ['new @grpc/grpc-js.Server()', 'new grpc.Server()', '<@grpc/grpc-js.Server>'],
    },
    calls: {
      'server.bindAsync': listen('grpc', { port: '0' }),
      'server.bind': listen('grpc', { port: '0' }),
    },
  }),
  // Frameworks whose own start handles SIGTERM.
  defineLibrary({
    packages: ['sails', '@strapi/strapi', '@google-cloud/functions-framework', 'moleculer'],
    calls: {
      'sails.lift': { kind: 'listen', framework: 'sails', handlesSigterm: true },
      '@strapi/strapi().start': { kind: 'listen', framework: 'strapi', handlesSigterm: true },
      '@strapi/strapi.createStrapi().start': {
        kind: 'listen',
        framework: 'strapi',
        handlesSigterm: true,
      },
    },
  }),
  defineLibrary({
    packages: [],
    calls: {
      'Bun.serve': [
        listen('bun', { port: '0.port', host: '0.hostname' }),
        route('bun', '0.fetch|0.routes'),
      ],
      'Deno.serve': listen('deno', { port: '0.port', host: '0.hostname' }),
    },
  }),
];
