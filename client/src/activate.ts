import { window, type Event, type ExtensionContext, type TreeDataProvider } from 'vscode';
import type { StatusParams } from '../../server/src/protocol';
import { registerLanguageModelTools } from './agents/language-model-tools';
import { CLIENT_NAME } from './client';
import { registerCommands } from './commands';
import { loadedAt } from './loaded-at';
import { registerRuleDocs } from './rule-docs';
import { Session, type ClientFactory } from './session';
import { registerStatus } from './status';
import { onDidTell } from './telling';
import { FindingsTree, registerFindingsView } from './views/findings-view';
import { MapTree, registerMapView } from './views/map-view';
import { GitChanges } from './views/git-changes';
import { ScorecardView } from './views/scorecard-view';
import { ViewState } from './views/view-state';

/** What the extension exports to other extensions (and to its own tests). */
export interface TwelveFactorApi {
  /** The status that the server last sent. */
  readonly status: StatusParams;
  readonly onDidChangeStatus: Event<StatusParams>;
  /** What the views show, by the id of the view. */
  readonly views: Readonly<Record<'findings' | 'map', TreeDataProvider<object>>>;
  /** From when the script began to run until the extension was active, milliseconds. */
  readonly activationMs: number;
  /** Each sentence that a person is told. */
  readonly onDidTell: Event<string>;
  readonly scorecard: Pick<ScorecardView, 'shown' | 'onDidChange' | 'open'>;
}

/** Everything that desktop and browser have in common. Resolves without waiting for the server. */
export function activateWith(
  context: ExtensionContext,
  createClient: ClientFactory,
): { readonly session: Session; readonly api: TwelveFactorApi } {
  const output = window.createOutputChannel(CLIENT_NAME, { log: true });
  const session = new Session(createClient, output, context.extensionUri);
  const viewState = new ViewState(context.workspaceState);
  const changes = new GitChanges();
  const findings = new FindingsTree(session, viewState, changes);
  const map = new MapTree(session);
  const scorecard = new ScorecardView(session);
  context.subscriptions.push(
    output,
    session,
    viewState,
    changes,
    findings,
    map,
    scorecard,
    registerCommands(session, { context, viewState, changes, scorecard }),
    registerFindingsView(findings, viewState),
    registerMapView(map),
    registerStatus(session),
    registerRuleDocs(context.extensionUri),
    registerLanguageModelTools(session, context.extension),
  );
  void session.start();
  const activationMs = performance.now() - loadedAt;
  const api: TwelveFactorApi = {
    get status() {
      return session.status;
    },
    onDidChangeStatus: session.onDidChangeStatus,
    views: { findings, map },
    scorecard,
    onDidTell,
    activationMs,
  };
  return { session, api };
}
