// The messages of our own between client and server, beside the Language Server Protocol. Plain names and shapes, so that
// both bundles can import this file without pulling in the other side's library.
import type { WorkspaceEdit } from 'vscode-languageserver';
import type { ReadResult } from './host';

export * from './session/views/view-messages';

/** Server → client notification: what the server is doing and how much it has seen. Params: {@link StatusParams}. */
export const StatusNotification = 'twelveFactor/status';

export interface StatusParams {
  /** `starting` before the first analysis, `scanning` during a workspace scan, `ready` when nothing is left to do. */
  readonly state: 'starting' | 'scanning' | 'ready' | 'error';
  /** One sentence for people; present when `state` is `error`. */
  readonly message?: string;
  /** Files analysed so far in this scan. */
  readonly analysed: number;
  /** Files this scan will analyse, as far as known. */
  readonly total: number;
  /** Findings in the workspace, after suppressions and severities. Absent until all has been analysed once: nobody knows before. */
  readonly findings?: number;
  /** Files that could not be analysed; never counted as clean. Absent as long as the findings are. */
  readonly notAnalysed?: number;
}

/** Command of the client: opens a rule's page. Argument: the rule's id. Clients that have it say so in {@link ServerStartOptions}. */
export const SHOW_DOCUMENTATION = 'twelveFactor.showRuleDocs';

/**
 * Command of the client: shows the places that read a variable. Arguments: the URI of the file that names it, the position of the name,
 * and the protocol's locations. Clients that have it say so in {@link ServerStartOptions}.
 */
export const SHOW_READERS = 'twelveFactor.showReaders';

/** Command of the client: asks why something is suppressed, and writes the comment. Argument: {@link Suppressing}. */
export const SUPPRESS = 'twelveFactor.suppressFinding';

/** Command of the client: applies the safe fixes of the workspace, after a preview. No arguments. */
export const FIX_WORKSPACE = 'twelveFactor.fixAllInWorkspace';

/** What a client may hand over as `initializationOptions`; none of it is needed. */
export interface ServerStartOptions {
  /** Commands that code actions and lenses may name. */
  readonly commands?: readonly string[];
  /** Where diagnostics' codes lead: an address with `{page}` in place of a rule's id; null for nowhere. The repository's pages by default. */
  readonly rulePages?: string | null;
  /** URI of the folder with the rules' pages, which the server asks the client to read. */
  readonly pageFolder?: string;
}

/** What a language model calls. Client → server request; params {@link ToolParams}; result {@link ToolResult}. */
export const ToolRequest = 'twelveFactor/tool';

export interface ToolParams {
  readonly name: string;
  /** As the model made it up: anything. */
  readonly input: unknown;
}

/** JSON for the model with the URIs of what was edited, or one sentence about what is wrong with the call. */
export type ToolResult =
  { readonly result: object; readonly written: readonly string[] } | { readonly problem: string };

/**
 * Client → server request: what to ask a person before a tool is called. Params {@link ToolParams}; result {@link ToolQuestionResult},
 * null where there is nothing to ask.
 */
export const ToolQuestionRequest = 'twelveFactor/toolQuestion';

export type ToolQuestionResult = { readonly title: string; readonly markdown: string } | null;

/** Client → server request: analyse every file of every folder now. No params; result {@link AnalyzeWorkspaceResult}. */
export const AnalyzeWorkspaceRequest = 'twelveFactor/analyzeWorkspace';

export interface AnalyzeWorkspaceResult {
  readonly files: number;
  readonly findings: number;
  readonly notAnalysed: number;
}

/**
 * Client → server request: the edit that applies the safe fixes of a file, or all fixes of one rule in a file or the
 * workspace. Params {@link FixAllParams}; result a versioned `WorkspaceEdit`, or null when there is nothing to fix.
 * Edits of scope `workspace` carry change annotations that need confirmation, so that the client shows a preview.
 */
export const FixAllRequest = 'twelveFactor/fixAll';

export interface FixAllParams {
  /** The file; required for scope `file`, ignored for `workspace`. */
  readonly uri?: string;
  /** Only this rule; without it, the safe fixes of every rule. */
  readonly ruleId?: string;
  readonly scope: 'file' | 'workspace';
}

export type FixAllResult = WorkspaceEdit | null;

/**
 * Client → server request: what the baseline of each folder becomes when everything that is found is accepted. No params; result
 * {@link AcceptFindingsResult}. Nothing is written: the client does that, and people review it.
 */
export const AcceptFindingsRequest = 'twelveFactor/acceptFindings';

export interface AcceptFindingsResult {
  readonly files: readonly {
    /** The baseline of a folder. */
    readonly uri: string;
    /** Its new text. */
    readonly text: string;
    /** How many findings it accepts that it did not before. */
    readonly added: number;
    /** How many it listed that are gone. */
    readonly gone: number;
  }[];
}

/**
 * Server → client request: one folder of a workspace that the server cannot read itself (the browser, or a virtual
 * workspace). Params {@link ReadDirectoryParams}; result {@link ReadDirectoryResult}.
 */
export const ReadDirectoryRequest = 'twelveFactor/readDirectory';

export interface ReadDirectoryParams {
  /** The folder's URI, as a string. */
  readonly uri: string;
}

export interface DirectoryEntry {
  readonly name: string;
  /** What the entry is; `link` is a symbolic link to a folder. */
  readonly kind: 'file' | 'directory' | 'link';
  /** Bytes; 0 for anything but a file. */
  readonly size: number;
}

export type ReadDirectoryResult =
  | { readonly kind: 'entries'; readonly entries: readonly DirectoryEntry[] }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'missing' };

/**
 * Server → client request: a file's text, decoded as UTF-8, of a workspace that the server cannot read itself. Params
 * {@link ReadFileParams}; result {@link ReadFileResult}: binary files (a NUL byte in the first 8 KiB) and files over
 * `maxBytes` are `unreadable`.
 */
export const ReadFileRequest = 'twelveFactor/readFile';

export interface ReadFileParams {
  /** The file's URI, as a string. */
  readonly uri: string;
  readonly maxBytes: number;
}

export type ReadFileResult = ReadResult;
