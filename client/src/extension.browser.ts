import './loaded-at';
import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import type { ServerStartOptions } from '../../server/src/protocol';
import { activateWith, type TwelveFactorApi } from './activate';
import { CLIENT_ID, CLIENT_NAME } from './client';
import type { Session } from './session';

// The project compiles without the browser's library.
declare const Worker: new (script: string) => {
  onerror: ((event: { readonly message?: string }) => void) | null;
};

let session: Session | undefined;

/** Starts the server as a web worker. */
export function activate(context: ExtensionContext): TwelveFactorApi {
  const file = (name: string): string =>
    Uri.joinPath(context.extensionUri, 'dist', name).toString(true);
  const script = file('server.browser.js');
  const active = activateWith(
    context,
    (options) =>
      new LanguageClient(
        CLIENT_ID,
        CLIENT_NAME,
        () => {
          const worker = new Worker(script);
          // A script that does not load or throws answers nothing: without a word the client waits forever.
          worker.onerror = ({ message }) =>
            options.outputChannel?.error(`The server's worker failed: ${message ?? script}`);
          return Promise.resolve(worker);
        },
        // VS Code starts workers from blobs, which do not know what lies beside their script.
        {
          ...options,
          initializationOptions: {
            ...(options.initializationOptions as ServerStartOptions),
            typescriptUrl: file('typescript.js'),
          },
        },
      ),
  );
  session = active.session;
  return active.api;
}

/** VS Code waits for the server to end. */
export function deactivate(): Promise<void> | undefined {
  return session?.stop();
}
