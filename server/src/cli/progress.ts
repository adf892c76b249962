import { SingleBar } from 'cli-progress';
import { visible } from '../report/escape';
import { isCi, type Terminal } from './terminal';

/** Shows how far an analysis is. */
export interface Progress {
  /** @param path of the file that is being looked at */
  update(done: number, total: number, path: string): void;
  stop(): void;
}

/** Shows nothing. */
export const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** A bar on standard error when a person is looking there, else nothing. */
export function createProgress(terminal: Terminal): Progress {
  if (!terminal.err.isTerminal || isCi(terminal.env)) return SILENT;
  const bar = new SingleBar({
    format: 'Analysing {bar} {value}/{total} files{rate}  {path}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    clearOnComplete: true,
    hideCursor: true,
    stream: process.stderr,
  });
  let running = false;
  let startedAt = 0;
  return {
    update(done, total, path) {
      const now = Date.now();
      if (!running) startedAt = now;
      const shown = { path: shortened(visible(path)), rate: rateOf(done, now - startedAt) };
      if (!running) {
        running = true;
        bar.start(total, done, shown);
      } else {
        bar.setTotal(total);
        bar.update(done, shown);
      }
    },
    stop() {
      if (running) bar.stop();
      running = false;
    },
  };
}

/** Files a second, once that says something; empty before. */
export function rateOf(done: number, elapsed: number): string {
  return elapsed < 1000 ? '' : `, ${Math.round((done * 1000) / elapsed)} a second`;
}

/** The end of a path: a line that is longer than the terminal cannot be rewritten. */
export function shortened(path: string): string {
  return path.length > LONGEST_PATH ? `…${path.slice(1 - LONGEST_PATH)}` : path;
}

const LONGEST_PATH = 30;
