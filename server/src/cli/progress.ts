import { SingleBar } from 'cli-progress';
import { isCi, type Terminal } from './terminal';

/** Shows how far an analysis is. */
export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

/** Shows nothing. */
export const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** A bar on standard error when a person is looking there, else nothing. */
export function createProgress(terminal: Terminal): Progress {
  if (!terminal.err.isTerminal || isCi(terminal.env)) return SILENT;
  const bar = new SingleBar({
    format: 'Analysing {bar} {value}/{total} files',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    clearOnComplete: true,
    hideCursor: true,
    stream: process.stderr,
  });
  let running = false;
  return {
    update(done, total) {
      if (!running) {
        running = true;
        bar.start(total, done);
      } else {
        bar.setTotal(total);
        bar.update(done);
      }
    },
    stop() {
      if (running) bar.stop();
      running = false;
    },
  };
}
