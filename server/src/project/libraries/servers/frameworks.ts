import { HTTP_SERVER } from '../closing';
import { FASTIFY, HAPI, HONO, RESTIFY } from './stopping';
import { defineLibrary, type Library } from '../library';
import type { Meaning } from '../meaning';
import { HAPI_SERVERS } from '../objects';
import { listen, route, routes } from './meanings';

const hapi: Meaning = {
  kind: 'server',
  framework: 'hapi',
  // Before version 8 host and port were arguments of their own.
  port: '0.port|1',
  host: '0.address|0.host|0',
};
const composed: Meaning = {
  kind: 'server',
  framework: 'hapi',
  port: '0.server.port|0.connections.0.port',
  host: '0.server.address|0.server.host|0.connections.0.host',
};

/** Web frameworks that are no kin of Express. */
export const frameworkLibraries: readonly Library[] = [
  defineLibrary({
    packages: ['fastify'],
    traits: ['own-app'],
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
    closing: {
      fastify: FASTIFY,
      'fastify.fastify': FASTIFY,
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
    traits: ['own-app'],
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
    closing: {
      'koa.listen': HTTP_SERVER,
    },
  }),
  defineLibrary({
    packages: ['@hapi/hapi', 'hapi', '@hapi/glue', 'glue'],
    traits: ['own-app'],
    objects: {
      server: HAPI_SERVERS,
    },
    calls: {
      // The port is an option of the server; `start` only opens it.
      '@hapi/hapi.server': hapi,
      '@hapi/hapi.Server': hapi,
      'new @hapi/hapi.Server': hapi,
      'hapi.server': hapi,
      'hapi.Server': hapi,
      'new hapi.Server': hapi,
      'hapi.createServer': hapi,
      '@hapi/glue.compose': composed,
      'glue.compose': composed,
      // Before version 17.
      'server.connection': hapi,
      'server.start': { kind: 'listen', framework: 'hapi' },
      'server.route': route('hapi', '0.handler|0', '0.path'),
      'server.ext': route('hapi'),
    },
    closing: {
      '@hapi/hapi.server': HAPI,
      '@hapi/hapi.Server': HAPI,
    },
  }),
  defineLibrary({
    packages: ['restify'],
    traits: ['own-app'],
    objects: { server: ['restify.createServer()', '<restify.Server>'] },
    calls: {
      'restify.createServer': { kind: 'server', framework: 'restify' },
      'server.listen': listen('restify'),
      ...routes('server', 'restify'),
      'server.use': route('restify', '0+'),
      'server.pre': route('restify', '0+'),
    },
    closing: {
      'restify.createServer': RESTIFY,
    },
  }),
  defineLibrary({
    packages: ['hono', '@hono/node-server', '@hono/zod-openapi'],
    objects: {
      app: [
        'new hono.Hono()',
        '<hono.Hono>',
        'new @hono/zod-openapi.OpenAPIHono()',
        '<@hono/zod-openapi.OpenAPIHono>',
      ],
    },
    calls: {
      '@hono/node-server.serve': listen('hono', { port: '0.port', host: '0.hostname' }),
      ...routes('app', 'hono'),
      'app.use': route('hono', '0+'),
      'app.openapi': route('hono', '1+'),
      'app.onError': route('hono', '0'),
      'app.notFound': route('hono', '0'),
    },
  }),
  defineLibrary({
    packages: ['elysia'],
    traits: ['own-app'],
    objects: { app: ['new elysia.Elysia()', '<elysia.Elysia>'] },
    calls: {
      'app.listen': listen('elysia', { port: '0|0.port', host: '0.hostname' }),
      ...routes('app', 'elysia', '1'),
      'app.ws': route('elysia', '1'),
      'app.onRequest': route('elysia', '0'),
      'app.onBeforeHandle': route('elysia', '0'),
      'app.derive': route('elysia', '0+'),
      'app.resolve': route('elysia', '0+'),
    },
    closing: {
      '@hono/node-server.serve': HONO,
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
];
