import { calledBack, type Closing } from '../closing';
import { defineLibrary, type Library } from '../library';
import { SOCKET_IO_SERVERS } from '../objects';
import { attached, route } from './meanings';

/** It waits for its clients. */
const WEB_SOCKETS: Closing = { ...calledBack('close', 'server'), clients: 'clients' };

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
      'socket.io.Server': { ...calledBack('close', 'server'), closesServer: true },
      'socket.io': { ...calledBack('close', 'server'), closesServer: true },
    },
  }),
];
