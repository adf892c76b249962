import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver';
import { RULE_PAGES } from '../base/rule-url';
import { FIX_WORKSPACE, SHOW_DOCUMENTATION, SHOW_READERS, SUPPRESS } from '../protocol';

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
  /** Asks for the edit of a code action when somebody wants it; takes whatever edit that is. */
  readonly resolvesEdits: boolean;
  /** Has our command that asks why something is suppressed. */
  readonly asksForReasons: boolean;
  /** Has our command that fixes all of the workspace. */
  readonly fixesWorkspace: boolean;
  /** Where the pages of rules are, `{page}` in place of a name; undefined where diagnostics lead nowhere. */
  readonly rulePages: string | undefined;
  /** URI of the folder of the rules' pages, where the client reads them. */
  readonly pageFolder: string | undefined;
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
    pulls:
      textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true,
    answersConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    showsProgress: window?.workDoneProgress === true,
    ...editFeatures(workspace, textDocument),
    documentation: documentationOf(window, given),
    preparesRename: textDocument?.rename?.prepareSupport === true,
    showsReaders: commandsOf(given).includes(SHOW_READERS),
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    asksForReasons: commandsOf(given).includes(SUPPRESS),
    fixesWorkspace: commandsOf(given).includes(FIX_WORKSPACE),
    rulePages: rulePagesOf(given),
    pageFolder: pageFolderOf(given),
  };
}

function editFeatures(
  workspace: ClientCapabilities['workspace'],
  textDocument: ClientCapabilities['textDocument'],
): Pick<ClientFeatures, 'versionsEdits' | 'createsFiles' | 'confirmsEdits' | 'resolvesEdits'> {
  const edits = workspace?.workspaceEdit;
  const versionsEdits = edits?.documentChanges === true;
  const createsFiles = edits?.resourceOperations?.includes('create') === true;
  const { dataSupport, resolveSupport } = textDocument?.codeAction ?? {};
  const resolves = dataSupport === true && resolveSupport?.properties.includes('edit') === true;
  return {
    versionsEdits,
    createsFiles,
    confirmsEdits: edits?.changeAnnotationSupport !== undefined,
    // An action whose edit turns out to be impossible would be offered in vain.
    resolvesEdits: resolves && versionsEdits && createsFiles,
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

function rulePagesOf(given: unknown): string | undefined {
  const { rulePages } = (given ?? {}) as { readonly rulePages?: unknown };
  if (rulePages === null) return undefined;
  return typeof rulePages === 'string' && rulePages.includes('{page}') ? rulePages : RULE_PAGES;
}

function pageFolderOf(given: unknown): string | undefined {
  const { pageFolder } = (given ?? {}) as { readonly pageFolder?: unknown };
  return typeof pageFolder === 'string' ? pageFolder : undefined;
}

/** The folders a client opened; older ones know a single root. */
export function openedFolders({ workspaceFolders, rootUri }: InitializeParamsLike): string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri === null ? [] : [rootUri];
}

type InitializeParamsLike = Pick<InitializeParams, 'workspaceFolders'> & {
  readonly rootUri: string | null;
};
