import { LSPErrorCodes, type ConnectionStrategy } from 'vscode-languageserver';

/** Requests that the client cancels while they wait in line are answered at once: a burst of typing leaves nothing to do. */
export const CONNECTION_STRATEGY: ConnectionStrategy = {
  cancelUndispatched: (message) => ({
    jsonrpc: message.jsonrpc,
    // The library fills in the id of the request.
    id: null,
    error: { code: LSPErrorCodes.RequestCancelled, message: 'The request was cancelled.' },
  }),
};
