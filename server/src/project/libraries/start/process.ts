import { defineLibrary } from '../library';
import type { Meaning } from '../meaning';

const shutdown: Meaning = { kind: 'shutdown' };
const signal: Meaning = { kind: 'signal', signal: '0', handler: '1' };

/** Signals, exits, and the libraries that handle them. */
export const processLibraries = [
  defineLibrary({
    packages: ['process'],
    calls: {
      'process.on': signal,
      'process.once': signal,
      'process.addListener': signal,
      'process.prependListener': signal,
      'process.prependOnceListener': signal,
      'process.exit': { kind: 'exit' },
      'process.abort': { kind: 'exit' },
      'process.reallyExit': { kind: 'exit' },
      'process.kill': { kind: 'exit' },
      'Deno.addSignalListener': signal,
      'Deno.exit': { kind: 'exit' },
    },
  }),
  defineLibrary({
    packages: [
      '@godaddy/terminus',
      'lightship',
      'http-terminator',
      'stoppable',
      'http-graceful-shutdown',
      'close-with-grace',
      'fastify-graceful-shutdown',
      'death',
      'node-graceful',
      'node-graceful-shutdown',
      'signal-exit',
      'async-exit-hook',
      'exit-hook',
      'express-graceful-shutdown',
      'node-cleanup',
      'exiting',
      '@apollo/server/plugin/drainHttpServer',
      'apollo-server-core',
      'graceful-process',
      'hapi-pulse',
      'nestjs-graceful-shutdown',
      '@tygra/nestjs-graceful-shutdown',
      'shutdown-handler',
      'gracefully-shutdown',
      'graceful-shutdown',
    ],
    calls: {
      '@godaddy/terminus.createTerminus': { kind: 'shutdown', signals: '1.signals|1.signal' },
      '@godaddy/terminus': { kind: 'shutdown', signals: '1.signals|1.signal' },
      'lightship.createLightship': { kind: 'shutdown', signals: '0.signals' },
      'http-terminator.createHttpTerminator': shutdown,
      stoppable: shutdown,
      'http-graceful-shutdown': { kind: 'shutdown', signals: '1.signals' },
      'close-with-grace': { kind: 'shutdown', handler: '1|0' },
      death: { kind: 'shutdown', handler: '0' },
      'death()': { kind: 'shutdown', handler: '0' },
      'node-graceful.on': { kind: 'shutdown', handler: '1' },
      'node-graceful.captureExceptions': shutdown,
      'node-graceful-shutdown.onShutdown': { kind: 'shutdown', handler: '1|0' },
      'signal-exit': { kind: 'shutdown', handler: '0' },
      'signal-exit.onExit': { kind: 'shutdown', handler: '0' },
      'async-exit-hook': { kind: 'shutdown', handler: '0' },
      'exit-hook': { kind: 'shutdown', handler: '0' },
      'exit-hook.asyncExitHook': { kind: 'shutdown', handler: '0' },
      'node-cleanup': { kind: 'shutdown', handler: '0' },
      'express-graceful-shutdown': shutdown,
      // Apollo Server listens for the signals itself; this makes it drain the HTTP server too.
      '@apollo/server/plugin/drainHttpServer.ApolloServerPluginDrainHttpServer': shutdown,
      'apollo-server-core.ApolloServerPluginDrainHttpServer': shutdown,
      'graceful-process': shutdown,
      'exiting.createManager': shutdown,
      'new exiting.ProcessManager': shutdown,
      'nestjs-graceful-shutdown.setupGracefulShutdown': shutdown,
      '@tygra/nestjs-graceful-shutdown.setupGracefulShutdown': shutdown,
    },
    plugins: {
      'fastify-graceful-shutdown': shutdown,
      'hapi-pulse': { kind: 'shutdown', signals: '0.options.signals' },
    },
  }),
];

/**
 * Packages that install signal handling, told by their names: for those that the table has no entry for. `graceful-fs` is about
 * files, `@nestjs/terminus` about health checks.
 */
export const SHUTDOWN_PACKAGE =
  /^(?!graceful-fs$|@nestjs\/terminus(?:\/|$))(?:@[\w.-]+\/)?[\w.-]*(?:graceful|shutdown|terminus|terminator|lightship|close-with-grace|exit-hook|signal-exit|node-cleanup|hapi-pulse|stoppable)[\w.-]*(?:\/|$)/;

/** Methods that install signal handling whatever the object is called: the app often arrives as an untyped parameter. */
export const SHUTDOWN_METHODS: ReadonlySet<string> = new Set([
  'enableShutdownHooks',
  'enableGracefulShutdown',
  'gracefulShutdown',
  'setupGracefulShutdown',
]);
