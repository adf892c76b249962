import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';

/** Where errors go that nobody else would see. */
export interface Log {
  error(message: string): void;
}

/**
 * Runs a request handler so that it never fails: an error is logged and answered with the fallback, because a client that gets
 * an error from a request may stop asking. Only a request that the client itself cancelled ends as cancelled, as the protocol
 * wants it; one that is cancelled before it starts does no work. What a handler refuses on purpose (`ResponseError`), it tells.
 */
export async function runSafe<T>(
  token: CancellationToken,
  fallback: (reason: string) => T,
  log: Log,
  run: () => Promise<T> | T,
): Promise<T> {
  const isCancelled = (): boolean => token.isCancellationRequested;
  try {
    if (!isCancelled()) {
      const result = await run();
      if (!isCancelled()) return result;
    }
  } catch (error) {
    if (error instanceof ResponseError) throw error;
    if (!isCancelled()) {
      log.error(describe(error));
      return fallback(error instanceof Error ? error.message : String(error));
    }
  }
  throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}

/** Runs a notification handler; an error is logged and the next notification still comes. */
export function runQuietly(log: Log, run: () => unknown): void {
  try {
    const result = run();
    if (result instanceof Promise) result.catch((error: unknown) => log.error(describe(error)));
  } catch (error) {
    log.error(describe(error));
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
