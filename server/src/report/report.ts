import type { Severity } from '../base/severity';
import type { Finding, NotAnalysed } from '../engine/finding';
import type { Rule } from '../engine/rule';

/** What a report is made of: plain data about one analysed folder. */
export interface ReportInput {
  /** Sorted by path, then place. */
  readonly findings: readonly Finding[];
  readonly notAnalysed: readonly NotAnalysed[];
  /** How many files were looked at. */
  readonly fileCount: number;
  /** The text that the findings' offsets refer to; undefined when the file is not known. */
  text(path: string): string | undefined;
  /** The rules that ran. */
  readonly rules: readonly Rule[];
  /** The product's version, e.g. `0.1.0`. */
  readonly version: string;
}

/** How severities are called in reports. */
const NAMES: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  information: ['information', 'information'],
  hint: ['hint', 'hints'],
};

/**
 * A number with the name of what is counted.
 * @returns e.g. `1 warning`, `3 hints`
 */
export function severityCount(count: number, severity: Severity): string {
  const [one, many] = NAMES[severity];
  return `${count} ${count === 1 ? one : many}`;
}

/**
 * A number with a noun.
 * @returns e.g. `1 file`, `2 files`
 */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** How many findings there are of each severity. */
export function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}

/** Findings by file, in the order they come in. */
export function groupByPath(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.path);
    if (group) group.push(finding);
    else groups.set(finding.path, [finding]);
  }
  return groups;
}
