import { window, type Event, type ExtensionContext } from 'vscode';
import type { StatusParams } from '../../server/src/protocol';
import { CLIENT_NAME } from './client';
import { registerCommands } from './commands';
import { registerRuleDocs } from './rule-docs';
import { Session, type ClientFactory } from './session';
import { registerStatus } from './status';

/** What the extension exports to other extensions (and to its own tests). */
export interface TwelveFactorApi {
  /** The status that the server last sent. */
  readonly status: StatusParams;
  readonly onDidChangeStatus: Event<StatusParams>;
}

/** Everything that desktop and browser have in common. Resolves without waiting for the server. */
export function activateWith(
  context: ExtensionContext,
  createClient: ClientFactory,
): { readonly session: Session; readonly api: TwelveFactorApi } {
  const output = window.createOutputChannel(CLIENT_NAME, { log: true });
  const session = new Session(createClient, output);
  context.subscriptions.push(
    output,
    session,
    registerCommands(session),
    registerStatus(session),
    registerRuleDocs(context.extensionUri),
  );
  void session.start();
  const api: TwelveFactorApi = {
    get status() {
      return session.status;
    },
    onDidChangeStatus: session.onDidChangeStatus,
  };
  return { session, api };
}
