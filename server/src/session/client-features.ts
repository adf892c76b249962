import type {
  ClientCapabilities,
  InitializeParams,
  WorkspaceEditClientCapabilities,
} from 'vscode-languageserver';
import { SHOW_DOCUMENTATION, SHOW_READERS } from '../protocol';

/** What the client can do, as far as it makes a difference. */
export interface ClientFeatures {
  /** Pulls diagnostics and pulls them again when told to; others get them pushed. */
  readonly pulls: boolean;
  readonly answersConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly changesFolders: boolean;
  readonly showsProgress: boolean;
  /** Takes versioned `documentChanges`. */
  readonly versionsEdits: boolean;
  /** Creates files within a workspace edit. */
  readonly createsFiles: boolean;
  /** Lets people look at an edit before it is applied. */
  readonly confirmsEdits: boolean;
  /** Who opens the page of a rule: the client, by a command of ours that it has, or the server through it; else nobody. */
  readonly documentation: 'client' | 'server' | 'nobody';
  /** Asks what would be renamed before it asks for a new name. */
  readonly preparesRename: boolean;
  /** Has a command of ours that shows places. */
  readonly showsReaders: boolean;
  /** Asks for code lenses again when told to. */
  readonly refreshesLenses: boolean;
}

/**
 * Reads what the client can do from what it says at the start.
 * @param given its `initializationOptions`: our own client lists the commands that it has
 */
export function clientFeatures(
  { workspace, textDocument, window }: ClientCapabilities,
  given?: unknown,
): ClientFeatures {
  return {
    ...editsOf(workspace?.workspaceEdit),
    pulls:
      textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true,
    answersConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    showsProgress: window?.workDoneProgress === true,
    documentation: documentationOf(window, given),
    preparesRename: textDocument?.rename?.prepareSupport === true,
    showsReaders: commandsOf(given).includes(SHOW_READERS),
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
  };
}

function editsOf(
  edits: WorkspaceEditClientCapabilities | undefined,
): Pick<ClientFeatures, 'versionsEdits' | 'createsFiles' | 'confirmsEdits'> {
  return {
    versionsEdits: edits?.documentChanges === true,
    createsFiles: edits?.resourceOperations?.includes('create') === true,
    confirmsEdits: edits?.changeAnnotationSupport !== undefined,
  };
}

function documentationOf(
  window: ClientCapabilities['window'],
  given: unknown,
): ClientFeatures['documentation'] {
  if (commandsOf(given).includes(SHOW_DOCUMENTATION)) return 'client';
  return window?.showDocument?.support === true ? 'server' : 'nobody';
}

function commandsOf(given: unknown): readonly unknown[] {
  const { commands } = (given ?? {}) as { readonly commands?: unknown };
  return Array.isArray(commands) ? commands : [];
}

/** The folders a client opened; older ones know a single root. */
export function openedFolders({ workspaceFolders, rootUri }: InitializeParamsLike): string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri === null ? [] : [rootUri];
}

type InitializeParamsLike = Pick<InitializeParams, 'workspaceFolders'> & {
  readonly rootUri: string | null;
};
