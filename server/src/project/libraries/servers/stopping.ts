import { awaited, calledBack, HTTP2_SERVER, HTTP_SERVER, type Closing } from '../closing';

export const FASTIFY: Closing = {
  variant: {
    option: 'http2',
    closing: { ...awaited('close', 'server'), sessions: '.server' },
  },
  ...awaited('close', 'server'),
  http: '.server',
  httpFirstUnless: ['@fastify/websocket', 'fastify-websocket', 'fastify-socket.io', 'mercurius'],
};
/** Hapi would give up after five seconds. */
export const HAPI: Closing = {
  ...awaited('stop', 'server'),
  before: '{ timeout: 10000 }',
  http: '.listener',
  httpFirstUnless: ['@hapi/nes'],
};
/** Nest closes what requests at hand still need before it closes its server, so that goes first. */
const NEST: Closing = {
  ...awaited('close', 'server'),
  http: '.getHttpServer()',
  httpFirstUnless: ['@nestjs/websockets'],
};
export const RESTIFY: Closing = {
  ...calledBack('close', 'server'),
  http: '.server',
  callsWithNothing: true,
};
const POLKA: Closing = {
  ...calledBack('server?.close', 'server'),
  http: '.server',
  httpCast: 'as',
};
export const WEB_SOCKETS: Closing = { ...calledBack('close', 'server'), clients: 'clients' };
export const SOCKET_IO: Closing = {
  ...calledBack('close', 'server'),
  closesServer: true,
  http: '.httpServer',
  httpCast: 'as',
};

export const HONO: Closing = {
  ...HTTP_SERVER,
  httpCast: 'as',
  variant: {
    option: 'createServer',
    of: 'http2',
    closing: { ...calledBack('close', 'server'), sessions: '', httpCast: 'as' },
  },
};

/** How a listening server is stopped. */
export interface Stopping {
  readonly closing: Closing;
  /** What is closed: the object that the method is called on, what the call answers, or either. */
  readonly closed: 'receiver' | 'result' | 'either';
}

const answered = (closing: Closing): Stopping => ({ closing, closed: 'result' });

/** By the framework that a `listen` names. */
export const STOPPINGS: ReadonlyMap<string, Stopping> = new Map([
  ['express', answered(HTTP_SERVER)],
  ['koa', answered(HTTP_SERVER)],
  ['connect', answered(HTTP_SERVER)],
  ['hono', answered(HONO)],
  ['polka', { closing: POLKA, closed: 'either' }],
  ['ws', answered(WEB_SOCKETS)],
  ['socket.io', answered(SOCKET_IO)],
  ['bun', answered(awaited('stop', 'server'))],
  ['deno', answered(awaited('shutdown', 'server'))],
  ['http', { closing: HTTP_SERVER, closed: 'either' }],
  ['https', { closing: HTTP_SERVER, closed: 'either' }],
  ['spdy', { closing: calledBack('close', 'server'), closed: 'either' }],
  ['http2', { closing: HTTP2_SERVER, closed: 'either' }],
  ['net', { closing: calledBack('close', 'server'), closed: 'either' }],
  ['fastify', { closing: FASTIFY, closed: 'receiver' }],
  ['nest', { closing: NEST, closed: 'receiver' }],
  ['hapi', { closing: HAPI, closed: 'receiver' }],
  ['restify', { closing: RESTIFY, closed: 'receiver' }],
  [
    'grpc',
    {
      closing: { ...calledBack('tryShutdown', 'server'), force: 'forceShutdown' },
      closed: 'receiver',
    },
  ],
]);
