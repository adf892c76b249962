import { mergeFixes } from '../engine/edits/edits';
import type { FileChange, Finding, Fix } from '../engine/finding';

/** Which fixes a fix-all takes. */
export type FixSelection =
  /** The safe fixes of every rule, but for hints: those are there to be looked at one by one. */
  | { readonly kind: 'safe' }
  /** For each finding of a rule its first fix, or the one with an id. */
  | { readonly kind: 'rule'; readonly ruleId: string; readonly fixId?: string };

/**
 * The changes that fix all of some findings at once. Fixes share one batch, so that names and inserted lines do not collide; one
 * that overlaps an earlier one is left for the next time.
 * @param findings in a stable order
 */
export function fixAll(
  findings: readonly Finding[],
  selection: FixSelection,
): readonly FileChange[] {
  const fixes = findings.flatMap((finding) => selected(finding, selection) ?? []);
  return mergeFixes(fixes).changes;
}

/** The first fix that keeps today's behaviour. */
export function safeFix({ fixes }: Finding): Fix | undefined {
  return fixes.find(({ kind }) => kind === 'safe');
}

/** The fix a selection takes for a finding. */
export function selected(finding: Finding, selection: FixSelection): Fix | undefined {
  if (selection.kind === 'safe') return finding.severity === 'hint' ? undefined : safeFix(finding);
  if (finding.ruleId !== selection.ruleId) return undefined;
  return selection.fixId === undefined
    ? finding.fixes[0]
    : finding.fixes.find((fix) => fix.id === selection.fixId);
}
