import type { Severity } from '../base/severity';
import type { RelatedLocation, Span } from '../base/span';
import type { BaselineEntry } from '../engine/baseline/baseline-file';
import type { ReportPackage } from './packages';
import type { Finding, NotAnalysed, SuppressedFinding } from '../engine/finding';
import type { Rule } from '../engine/rule';

/** What a report is made of: plain data about one analysed folder. */
export interface ReportInput {
  /** Sorted by path, then place. */
  readonly findings: readonly Finding[];
  readonly notAnalysed: readonly NotAnalysed[];
  /** What findings are named by: the packages of the folder. */
  readonly packages: readonly ReportPackage[];
  /** How many files were looked at. */
  readonly fileCount: number;
  /** The text that the findings' offsets refer to; undefined when the file is not known. */
  text(path: string): string | undefined;
  /** The rules that ran. */
  readonly rules: readonly Rule[];
  /** The product's version, e.g. `0.1.0`. */
  readonly version: string;
  /** Everything that was found, shown or not: what it marks as a credential is masked all the same. */
  readonly marks?: readonly Finding[];
  /** What comments in the code accept. */
  readonly suppressed?: readonly SuppressedFinding[];
  /** The baseline that counts; findings that it lists are `accepted`. */
  readonly baseline?: UsedBaseline;
}

export interface UsedBaseline {
  /** Where it stands, for people. */
  readonly path: string;
  /** The version that wrote it. */
  readonly tool: string;
  /** Its entries that nothing corresponds to any more. */
  readonly gone: readonly BaselineEntry[];
}

/** What a report leaves out of what it was given, and how it writes the rest. */
export interface RenderOptions {
  /** Put before paths so that they are relative to the repository, `` or ending with `/`. */
  readonly prefix: string;
  readonly color: 'never' | 'always';
  /** `findings` leaves out the summary. */
  readonly parts: 'all' | 'findings';
  /** Whether credentials are printed as they are; masked by default. */
  readonly secrets?: 'shown' | 'masked';
  /** How many findings were left out of the input for what they are; summaries say so. */
  readonly hidden?: { readonly hints: number; readonly accepted: number };
  /** The address of a file, where the terminal opens such. */
  readonly link?: ((path: string) => string) | undefined;
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
export function counted(count: number, noun: string, many = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : many}`;
}

/** How many findings there are of each severity. */
export function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}

/** How many related places a report for people names. */
const SHOWN_PLACES = 3;

/**
 * The related places of a finding for people.
 * @param line of the place in its file, from 1
 * @returns the first places as `path:line`, and how many are left out
 */
export function relatedPlaces(
  { related }: Finding,
  line: (path: string, span: Span) => number,
): {
  readonly shown: readonly (RelatedLocation & { readonly at: string })[];
  readonly more: number;
} {
  const shown = related
    .slice(0, SHOWN_PLACES)
    .map((place) => ({ ...place, at: `${place.path}:${line(place.path, place.span)}` }));
  return { shown, more: related.length - shown.length };
}

/** The related places in one line: `also at a.ts:1, b.ts:2 and 3 more`; empty where there are none. */
export function alsoAt(
  finding: Finding,
  line: (path: string, span: Span) => number,
  shape: (place: string) => string = (place) => place,
): string {
  const { shown, more } = relatedPlaces(finding, line);
  if (shown.length === 0) return '';
  const rest = more > 0 ? ` and ${more} more` : '';
  return `also at ${shown.map(({ at }) => shape(at)).join(', ')}${rest}`;
}

/** What marks credentials in a file: the findings that are shown, and those that are not. */
export function marksIn({ findings, marks = findings }: ReportInput, path: string): Finding[] {
  return marks.filter((finding) => finding.path === path);
}
