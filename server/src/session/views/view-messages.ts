// What views of findings, processes and rules are drawn from, and what they change. Paths are relative to a folder, with `/`; ranges are
// those of the protocol: lines and characters from 0, UTF-16. Parameters other than these get the protocol's error.
import type { Range, WorkspaceEdit } from 'vscode-languageserver';
import type { Factor } from '../../base/factors';
import type { Severity, SeveritySetting } from '../../base/severity';
import type { JsonPackage } from '../../report/map-json';

/** Server → client notification, no params: findings, map or rules are others than they were; ask again where they are shown. */
export const ViewsChangedNotification = 'twelveFactor/viewsChanged';

/** Client → server request: everything there is to show of findings, hints included. No params; result {@link FindingsResult}. */
export const FindingsRequest = 'twelveFactor/findings';

export interface FindingsResult {
  /** In the order of the workspace. */
  readonly folders: readonly FolderFindings[];
  /** All of them in their order, as people know them: `III. Config`. */
  readonly factors: readonly { readonly factor: Factor; readonly title: string }[];
}

export interface FolderFindings {
  /** URI of the folder. */
  readonly uri: string;
  /** `unknown` before all has been analysed, `off` where the settings say so, `failed` where nothing could be said. */
  readonly state: 'unknown' | 'known' | 'off' | 'failed';
  /** How many files were read. */
  readonly files: number;
  /** A suppression has to say why. */
  readonly needsReasons: boolean;
  readonly findings: readonly ListedFinding[];
  readonly notAnalysed: readonly ListedGap[];
}

export interface ListedFinding {
  readonly uri: string;
  readonly path: string;
  readonly ruleId: string;
  readonly factor: Factor;
  readonly severity: Severity;
  /** One sentence on one line. */
  readonly message: string;
  readonly range: Range;
  /** The package it lies in: its name, else its folder; absent where there is none. */
  readonly app?: string;
  /** Names of the processes of apps that run the module, with their roles: `web api`. */
  readonly processes: readonly string[];
  /** The rule has fixes, though maybe none for this finding. */
  readonly isFixable: boolean;
  /** A comment can be about it. */
  readonly canSuppress: boolean;
}

/** A file, or something in it, that was not analysed. */
export interface ListedGap {
  readonly uri: string;
  readonly path: string;
  readonly reason: string;
}

/** Names a finding of a file: what {@link ListedFinding} says of it. */
export interface FindingReference {
  readonly uri: string;
  readonly ruleId: string;
  readonly range: Range;
}

/** Client → server request: the fixes of one finding. Params {@link FixFindingParams}; result {@link FixFindingResult}. */
export const FixFindingRequest = 'twelveFactor/fixFinding';

export interface FixFindingParams extends FindingReference {
  /** Which of the fixes; without it they are only named. */
  readonly fixId?: string;
}

/** Null where the finding is no longer there. */
export type FixFindingResult = {
  /** The preferred one first. */
  readonly fixes: readonly { readonly id: string; readonly title: string; readonly kind: string }[];
  /** Of the fix that was asked for; absent when it cannot be applied. */
  readonly edit?: WorkspaceEdit;
} | null;

/** What to suppress; argument of the client's command. */
export interface Suppressing extends FindingReference {
  readonly scope: 'line' | 'file';
  /** A comment has to say why. */
  readonly needsReason: boolean;
}

/** Client → server request: the edit that writes a suppression comment. Params {@link SuppressParams}; result {@link EditResult}. */
export const SuppressRequest = 'twelveFactor/suppress';

export interface SuppressParams extends FindingReference {
  readonly scope: 'line' | 'file';
  /** Empty for none, which is refused where there has to be one. */
  readonly reason: string;
}

/** An edit, or in one sentence why there is none. */
export type EditResult = { readonly edit: WorkspaceEdit } | { readonly problem: string };

/**
 * Client → server request: the edit of a folder's `twelve-factor.json` that sets the severity of a rule, or leaves a file out of the
 * analysis. Params {@link ConfigureParams}; result {@link EditResult}.
 */
export const ConfigureRequest = 'twelveFactor/configure';

export interface ConfigureParams {
  /** A file, or the folder itself. */
  readonly uri: string;
  readonly change:
    | { readonly kind: 'severity'; readonly ruleId: string; readonly severity: SeveritySetting }
    | { readonly kind: 'exclude' };
}

/** Client → server request: the process map. No params; result {@link MapResult}. */
export const MapRequest = 'twelveFactor/map';

export interface MapResult {
  /** In the order of the workspace; those that have been analysed. */
  readonly folders: readonly FolderMap[];
}

export interface FolderMap {
  readonly uri: string;
  /** As `twelve-factor map --format json` prints them. */
  readonly packages: readonly JsonPackage[];
  /** Where variables that processes read are read first, or documented, by name. */
  readonly variables: Readonly<Record<string, { readonly path: string; readonly line: number }>>;
}

/**
 * Client → server request: the scorecards of the folders as parts of one page. No params; result {@link ScorecardResult}. They are what
 * `twelve-factor report` writes, except that places lead to `<URI of the file>#L<line from 1>`.
 */
export const ScorecardRequest = 'twelveFactor/scorecard';

export interface ScorecardResult {
  readonly title: string;
  /** The style sheet that the parts are made for; it says nothing of where they are shown. */
  readonly style: string;
  /** In the order of the workspace; those that have been analysed. */
  readonly folders: readonly {
    /** URI of the folder. */
    readonly uri: string;
    /** HTML, escaped, without scripts and styles. */
    readonly html: string;
  }[];
}

/** Client → server request: all rules, and what they are set to. Params {@link RulesParams}; result {@link RulesResult}. */
export const RulesRequest = 'twelveFactor/rules';

export interface RulesParams {
  /** A file or folder, whose settings count; without it, or outside of all folders, those that rules come with. */
  readonly uri?: string;
}

export interface RulesResult {
  /** The folder whose settings these are. */
  readonly folder?: string;
  /** By factor, then as they are listed everywhere. */
  readonly rules: readonly ListedRule[];
  /** What else is reported and has a page. */
  readonly notices: readonly { readonly id: string; readonly summary: string }[];
}

export interface ListedRule {
  readonly id: string;
  readonly factor: Factor;
  /** `III. Config`. */
  readonly factorTitle: string;
  readonly summary: string;
  /** The severity that it comes with. */
  readonly severity: Severity;
  /** What it is set to here. */
  readonly here: SeveritySetting;
  readonly fix: 'safe' | 'suggest' | 'none';
  /** How many findings there are in that folder. */
  readonly findings: number;
}
