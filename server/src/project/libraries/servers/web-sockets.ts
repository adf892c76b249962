import { defineLibrary, type Library } from '../library';
import { SOCKET_IO_SERVERS } from '../objects';
import { attached, route } from './meanings';
import { SOCKET_IO, WEB_SOCKETS } from './stopping';

/** Servers of web sockets, which listen by themselves or on an HTTP server. */
export const webSocketLibraries: readonly Library[] = [
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
    closing: {
      'ws.WebSocketServer': WEB_SOCKETS,
      'ws.Server': WEB_SOCKETS,
      ws: WEB_SOCKETS,
    },
  }),
  defineLibrary({
    packages: ['socket.io'],
    objects: {
      io: [
        ...SOCKET_IO_SERVERS,
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
    closing: {
      'socket.io.Server': SOCKET_IO,
      'socket.io': SOCKET_IO,
    },
  }),
];
