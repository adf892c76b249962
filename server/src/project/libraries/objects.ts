// Canonical names of objects that several tables speak of.

/** Servers of socket.io. */
export const SOCKET_IO_SERVERS: readonly string[] = [
  'socket.io()',
  'socket.io.listen()',
  'new socket.io.Server()',
  'new socket.io()',
  'socket.io.Server()',
  '<socket.io.Server>',
];

/** Servers of hapi. */
export const HAPI_SERVERS: readonly string[] = [
  '@hapi/hapi.server()',
  '@hapi/hapi.Server()',
  'new @hapi/hapi.Server()',
  '<@hapi/hapi.Server>',
  'hapi.server()',
  'new hapi.Server()',
  'hapi.Server()',
  '<hapi.Server>',
  'hapi.createServer()',
  // Servers that a manifest describes.
  '@hapi/glue.compose()',
  'glue.compose()',
];
