import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver';

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
}

/** Reads what the client can do from what it says at the start. */
export function clientFeatures({
  workspace,
  textDocument,
  window,
}: ClientCapabilities): ClientFeatures {
  const edits = workspace?.workspaceEdit;
  return {
    pulls:
      textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true,
    answersConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    showsProgress: window?.workDoneProgress === true,
    versionsEdits: edits?.documentChanges === true,
    createsFiles: edits?.resourceOperations?.includes('create') === true,
    confirmsEdits: edits?.changeAnnotationSupport !== undefined,
  };
}

/** The folders a client opened; older ones know a single root. */
export function openedFolders({ workspaceFolders, rootUri }: InitializeParamsLike): string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri === null ? [] : [rootUri];
}

type InitializeParamsLike = Pick<InitializeParams, 'workspaceFolders'> & {
  readonly rootUri: string | null;
};
