import type { ProjectInput } from '../engine/analyzer';
import type { Finding, FixKind, NotAnalysed } from '../engine/finding';
import type { Statement } from '../engine/edits/lazy-fixes';

/** What an analysis said, as plain data: all that reports print. */
export interface StoredResult {
  readonly findings: readonly StoredFinding[];
  readonly notAnalysed: readonly NotAnalysed[];
  /** Folders of the packages: the configuration file is held against them. */
  readonly packageFolders: readonly string[];
}

/** A finding with the names of its fixes; the fixes themselves are made by an analysis. */
export interface StoredFinding extends Omit<Statement, 'fact'> {
  readonly fixes: readonly {
    readonly title: string;
    readonly kind: FixKind;
    readonly id: string;
  }[];
}

/** Keeps the result of a check for the same files under the same settings. */
export interface ResultStore {
  /** Undefined where nothing is known, or what is known cannot be read. */
  find(input: ProjectInput): StoredResult | undefined;
  /** Throws nothing: a result that cannot be kept is worked out again. */
  keep(input: ProjectInput, result: StoredResult): void;
}

/** Turns findings into what can be kept; makes their fixes. */
export function storedFinding(finding: Finding): StoredFinding {
  const { ruleId, factor, severity, path, span, message, related } = finding;
  const fixes = finding.fixes.map(({ title, kind, id }) => ({ title, kind, id }));
  return { ruleId, factor, severity, path, span, message, related, fixes };
}

/** A kept finding for reports. Its fixes have names only: they change nothing. */
export function findingOf(stored: StoredFinding): Finding {
  return { ...stored, fixes: stored.fixes.map((fix) => ({ ...fix, build: () => undefined })) };
}
