import { HTTP2_SERVER, HTTP_SERVER } from '../closing';
import { defineLibrary, type Library } from '../library';
import { listen, route } from './meanings';

/** Servers of the runtimes themselves, and gRPC. */
export const nodeServerLibraries: readonly Library[] = [
  defineLibrary({
    packages: [
      'http',
      'https',
      'http2',
      'spdy',
      'http-shutdown',
      '@trpc/server/adapters/standalone',
    ],
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
        '@trpc/server/adapters/standalone.createHTTPServer()',
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
    closing: {
      'http.createServer': HTTP_SERVER,
      'https.createServer': HTTP_SERVER,
      'http.Server': HTTP_SERVER,
      'https.Server': HTTP_SERVER,
      'http2.createServer': HTTP2_SERVER,
      'http2.createSecureServer': HTTP2_SERVER,
      'http.createServer.listen': HTTP_SERVER,
      'https.createServer.listen': HTTP_SERVER,
      'http2.createServer.listen': HTTP2_SERVER,
      'http2.createSecureServer.listen': HTTP2_SERVER,
    },
  }),
  defineLibrary({
    packages: ['net', 'tls'],
    objects: {
      server: ['net.createServer()', 'new net.Server()', 'tls.createServer()', '<net.Server>'],
    },
    calls: {
      'net.createServer': route('net', '0+'),
      'tls.createServer': route('tls', '0+'),
      'server.listen': listen('net'),
    },
  }),
  defineLibrary({
    packages: ['smtp-server'],
    objects: { server: ['new smtp-server.SMTPServer()', '<smtp-server.SMTPServer>'] },
    calls: {
      'new smtp-server.SMTPServer': route(
        'smtp',
        '0.onData|0.onAuth|0.onConnect|0.onMailFrom|0.onRcptTo',
      ),
      'server.listen': listen('smtp'),
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
  defineLibrary({
    packages: [],
    calls: {
      'Bun.serve': [
        listen('bun', { port: '0.port', host: '0.hostname' }),
        route('bun', '0.fetch|0.routes|0.websocket'),
      ],
      'Deno.serve': [
        listen('deno', { port: '0.port', host: '0.hostname' }),
        route('deno', '0.handler|0|1'),
      ],
    },
  }),
];
