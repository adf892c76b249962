import { changedFinding } from '../edits/lazy-fixes';
import type { Finding } from '../finding';
import type { Rule } from '../rule';
import type { AnalysisSettings } from '../settings';
import { isAccepted, type Baseline, type BaselineEntry } from './baseline-file';
import { fingerprintsOf, type NamedFile } from './fingerprints';

/**
 * Tells what a baseline lists from what is new. Every place of a fact is told apart by itself, before facts are folded: a file more that
 * states an accepted fact is new, and so is one name more in a list.
 */
export class AcceptedFindings {
  private readonly entries = new Map<string, BaselineEntry>();
  private readonly paths: ReadonlySet<string>;

  constructor(
    baseline: Baseline | undefined,
    private readonly rules: readonly Rule[],
  ) {
    for (const entry of baseline?.entries ?? []) this.entries.set(entry.fingerprint, entry);
    this.paths = new Set((baseline?.entries ?? []).map(({ path }) => path));
  }

  /**
   * Findings of a file with those marked that are accepted.
   * @param findings with the severities that the user sees, before suppressions
   */
  marked(file: NamedFile, findings: readonly Finding[]): readonly Finding[] {
    // Names are worked out only where one could be listed.
    if (findings.length === 0 || !this.paths.has(file.path)) return findings;
    const names = fingerprintsOf(file, findings, this.rules);
    return findings.map((finding) => {
      const entry = names.get(finding);
      if (!entry || !isAccepted(this.entries.get(entry.fingerprint), finding)) return finding;
      const { fact } = finding;
      return changedFinding(finding, {
        accepted: true,
        // What is accepted and what is new state nothing together.
        ...(fact ? { fact: { ...fact, key: `${fact.key}\0accepted` } } : {}),
      });
    });
  }
}

/** What becomes of accepted findings where they are shown. */
export function asWanted(
  findings: readonly Finding[],
  { accepted }: Pick<AnalysisSettings, 'accepted'>,
): readonly Finding[] {
  if (accepted === 'marked') return findings;
  if (accepted === 'hidden') return findings.filter((finding) => !finding.accepted);
  return findings.map((finding) =>
    finding.accepted ? changedFinding(finding, { severity: 'hint' }) : finding,
  );
}
