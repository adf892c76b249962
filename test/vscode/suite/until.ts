import { Disposable, type Event } from 'vscode';

const DEADLINE_MS = 30_000;

/**
 * Waits until a probe finds something, asking it now and after each event.
 * @param what for the message when the deadline passes
 * @param probe undefined or false means: not yet
 * @throws Error at the deadline, with the last thing that `describe` says
 */
export function until<T>(
  what: string,
  events: readonly Event<unknown>[],
  probe: () => T | undefined | false,
  describe: () => string = () => '',
): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      clearTimeout(deadline);
      Disposable.from(...listeners).dispose();
      end();
    };
    const ask = (): void => {
      try {
        const found = probe();
        if (found !== undefined && found !== false) settle(() => resolve(found));
      } catch (error) {
        settle(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
    };
    // eslint-disable-next-line no-restricted-globals -- a deadline, not a delay: nothing waits for it to pass
    const deadline = setTimeout(
      () => settle(() => reject(new Error(`Not in time: ${what}. ${describe()}`))),
      DEADLINE_MS,
    );
    const listeners = events.map((event) => event(ask));
    ask();
  });
}
