import { defineLibrary } from './library';
import type { Meaning } from './meaning';

const shutdown: Meaning = { kind: 'shutdown' };

/** Signals, exits, and the libraries that handle them. */
export const processLibraries = [
  defineLibrary({
    packages: ['process'],
    calls: {
      'process.on': { kind: 'signal', signal: '0', handler: '1' },
      'process.once': { kind: 'signal', signal: '0', handler: '1' },
      'process.addListener': { kind: 'signal', signal: '0', handler: '1' },
      'process.prependListener': { kind: 'signal', signal: '0', handler: '1' },
      'process.exit': { kind: 'exit' },
      'process.abort': { kind: 'exit' },
      'process.kill': { kind: 'exit' },
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
    ],
    calls: {
      '@godaddy/terminus.createTerminus': { kind: 'shutdown', signals: '1.signals' },
      'lightship.createLightship': shutdown,
      'http-terminator.createHttpTerminator': shutdown,
      stoppable: shutdown,
      'http-graceful-shutdown': shutdown,
      'close-with-grace': shutdown,
      death: shutdown,
      'death()': shutdown,
      'node-graceful.on': shutdown,
      'node-graceful.captureExceptions': shutdown,
      'node-graceful-shutdown.onShutdown': shutdown,
      'signal-exit': shutdown,
      'signal-exit.onExit': shutdown,
      'async-exit-hook': shutdown,
      'exit-hook': shutdown,
      'exit-hook.asyncExitHook': shutdown,
      'node-cleanup': shutdown,
      'express-graceful-shutdown': shutdown,
      'exiting.createManager': shutdown,
      'new exiting.ProcessManager': shutdown,
    },
  }),
];
