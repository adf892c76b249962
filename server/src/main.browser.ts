import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
} from 'vscode-languageserver/browser';
import { createClientHost } from './host-client';
import { startServer } from './server';
import { CONNECTION_STRATEGY } from './session/connection-strategy';

/** The worker's global scope; this project has no web worker types. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

const connection = createConnection(
  new BrowserMessageReader(self),
  new BrowserMessageWriter(self),
  CONNECTION_STRATEGY,
);
startServer(connection, createClientHost(connection));
connection.listen();
