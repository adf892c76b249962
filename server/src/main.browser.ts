import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
} from 'vscode-languageserver/browser';
import { createClientHost } from './host-client';
import { loadTypeScriptWith } from './languages/source/ts';
import { startServer } from './server';
import { connectionOptions } from './session/connection-options';
import { importCommonJs, typeScriptUrl, type WorkerScope } from './worker-script';

/** The worker's global scope; this project has no web worker types. */
declare const self: WorkerScope;

const connection = createConnection(
  new BrowserMessageReader(self),
  new BrowserMessageWriter(self),
  connectionOptions((message) => connection.console.warn(message)),
);
startServer(connection, createClientHost(connection), {
  initialize(options) {
    const url = typeScriptUrl(options, self.location.href);
    loadTypeScriptWith(() => Promise.resolve(importCommonJs(self, url)));
  },
});
connection.listen();
