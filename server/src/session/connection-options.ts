import { LSPErrorCodes, type ConnectionOptions } from 'vscode-languageserver';
import { messageGuard, type MessageGuard } from './message-guard';

/**
 * How messages are dispatched on one connection.
 * @param warn called with what is wrong with a notification
 */
export function connectionOptions(
  warn: (message: string) => void,
): ConnectionOptions & { readonly messageStrategy: MessageGuard } {
  return {
    // Requests that the client cancels while they wait in line are answered at once: a burst of typing leaves nothing to do.
    connectionStrategy: {
      cancelUndispatched: (message) => ({
        jsonrpc: message.jsonrpc,
        // The library fills in the id of the request.
        id: null,
        error: { code: LSPErrorCodes.RequestCancelled, message: 'The request was cancelled.' },
      }),
    },
    messageStrategy: messageGuard(warn),
  };
}
