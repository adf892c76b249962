import './loaded-at';
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind, type NodeModule } from 'vscode-languageclient/node';
import { activateWith, type TwelveFactorApi } from './activate';
import { CLIENT_ID, CLIENT_NAME } from './client';
import type { Session } from './session';

/** Every keystroke makes a syntax tree that lives until the next one: with too little room for it, a fifth of the time is collecting. */
const YOUNG_SPACE = '--max-semi-space-size=32';

let session: Session | undefined;

/** Starts the server as a Node process of its own. */
export function activate(context: ExtensionContext): TwelveFactorApi {
  const run: NodeModule = {
    module: context.asAbsolutePath('dist/server.js'),
    transport: TransportKind.ipc,
    options: { execArgv: [YOUNG_SPACE] },
  };
  const debug: NodeModule = {
    ...run,
    options: { execArgv: [YOUNG_SPACE, '--nolazy', '--inspect=6009'] },
  };
  const active = activateWith(
    context,
    (options) => new LanguageClient(CLIENT_ID, CLIENT_NAME, { run, debug }, options),
  );
  session = active.session;
  return active.api;
}

/** VS Code waits for the server to end. */
export function deactivate(): Promise<void> | undefined {
  return session?.stop();
}
