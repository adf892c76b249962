import type { ProjectInput } from '../engine/analyzer';
import { createFixBatch } from '../engine/edits/batch';
import type { FileChange, Finding, FixKind, NotAnalysed } from '../engine/finding';
import type { ReportPackage } from '../report/packages';
import type { Statement } from '../engine/edits/lazy-fixes';

/** What an analysis said, as plain data: all that reports print. */
export interface StoredResult {
  readonly findings: readonly StoredFinding[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly suppressed: readonly { readonly finding: StoredFinding; readonly reason: string }[];
  /** Entries of the baseline that nothing corresponds to any more, by fingerprint. */
  readonly gone: readonly string[];
  readonly packages: readonly ReportPackage[];
}

/** A finding with the names of its fixes; the fixes themselves are made by an analysis. */
export interface StoredFinding extends Omit<Statement, 'fact'> {
  readonly fixes: readonly {
    readonly title: string;
    readonly kind: FixKind;
    readonly id: string;
    /** What it changes, where somebody prints that; null where it does not apply after all. */
    readonly changes?: readonly FileChange[] | null;
  }[];
}

/** Whether what fixes change is worked out as well: few print it, and it takes long. */
export type FixDetail = 'names' | 'edits';

/** Keeps the result of a check for the same files under the same settings. */
export interface ResultStore {
  readonly detail: FixDetail;
  /** Undefined where nothing is known, or what is known cannot be read. */
  find(input: ProjectInput): StoredResult | undefined;
  /** Throws nothing: a result that cannot be kept is worked out again. */
  keep(input: ProjectInput, result: StoredResult): void;
}

/** Turns findings into what can be kept; makes their fixes. */
export function storedFinding(finding: Finding, detail: FixDetail): StoredFinding {
  const { ruleId, factor, severity, path, span, message, related, accepted } = finding;
  const said = { ruleId, factor, severity, path, span, message, related };
  const fixes = finding.fixes.map((fix) => {
    const { title, kind, id } = fix;
    if (detail === 'names') return { title, kind, id };
    return { title, kind, id, changes: fix.build(createFixBatch()) ?? null };
  });
  return { ...said, ...(accepted ? { accepted } : {}), fixes };
}

/** A kept finding for reports. Where its fixes have names only, they change nothing. */
export function findingOf(stored: StoredFinding): Finding {
  const fixes = stored.fixes.map(({ changes, ...fix }) => ({
    ...fix,
    build: () => changes ?? undefined,
  }));
  return { ...stored, fixes };
}
