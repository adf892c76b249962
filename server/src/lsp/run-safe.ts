import type { CancellationToken } from 'vscode-languageserver';

/**
 * Runs a request handler so that it never throws: an error is logged and answered with the fallback, because a client that gets
 * an error from a diagnostic request may stop asking. A request that is cancelled before it starts does no work.
 */
export async function runSafe<T>(
  token: CancellationToken,
  fallback: T,
  log: { error(message: string): void },
  run: () => Promise<T> | T,
): Promise<T> {
  if (token.isCancellationRequested) return fallback;
  try {
    const result = await run();
    return token.isCancellationRequested ? fallback : result;
  } catch (error) {
    log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return fallback;
  }
}
