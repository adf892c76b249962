import { hash64 } from '../../base/hash';
import { changedFinding } from '../edits/lazy-fixes';
import { groupByPath, type Finding } from '../finding';
import { maskedText } from '../masked';
import type { Rule } from '../rule';
import type { BaselineEntry } from './baseline-file';

/** Longer texts are cut where people read them; of longer lines, what is marked is shown. */
const SHOWN = 80;

/** A file whose findings are named. */
export interface NamedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Names each finding of a file by its rule, its path, what it marks, and which of several equal ones it is. So a name survives what
 * moves lines or formats them anew, and a second finding of the same text has a name of its own. Of a credential, a name holds 12
 * bits: enough to tell that it is another one now, too few to guess it by.
 * @param findings all of the file, suppressed ones included: or suppressing one would rename others
 */
export function fingerprintsOf(
  { path, text }: NamedFile,
  findings: readonly Finding[],
  rules: readonly Rule[],
): ReadonlyMap<Finding, BaselineEntry> {
  const masked = maskedText(path, text, findings, rules);
  const occurrences = new Map<string, number>();
  const named = new Map<Finding, BaselineEntry>();
  for (const finding of [...findings].sort(inReadingOrder)) {
    const { ruleId, severity, span } = finding;
    const raw = text.slice(span.start, span.end);
    const part = masked.slice(span.start, span.end).replace(/\*{3,}/g, '***');
    const secret = part === raw ? '' : hash64(normal(raw)).slice(0, 3);
    // A bracket, or nothing at all, is marked where a file as a whole is meant: there the message tells findings apart.
    const isTelling = /\w{2}|\*\*\*/.test(part);
    const said = isTelling ? normal(part) : normal(finding.message);
    const key = [ruleId, path, said, secret].join('\0');
    const occurrence = (occurrences.get(key) ?? 0) + 1;
    occurrences.set(key, occurrence);
    named.set(finding, {
      path,
      rule: ruleId,
      severity,
      text: shown(masked, span, part),
      fingerprint: hash64(`${key}\0${occurrence}`),
    });
  }
  return named;
}

/** Findings of several files with their fingerprints. */
export function withFingerprints(
  findings: readonly Finding[],
  textOf: (path: string) => string | undefined,
  rules: readonly Rule[],
): readonly Finding[] {
  const names = new Map(
    [...groupByPath(findings)].flatMap(([path, own]) => [
      ...fingerprintsOf({ path, text: textOf(path) ?? '' }, own, rules),
    ]),
  );
  return findings.map((finding) => {
    const { fingerprint } = names.get(finding) ?? {};
    return fingerprint === undefined ? finding : changedFinding(finding, { fingerprint });
  });
}

/** Without what formatters change: blanks, kinds of quotes, semicolons, commas at the end of lists. */
function normal(text: string): string {
  return text
    .replace(/\s+/g, '')
    .replace(/['`]/g, '"')
    .replace(/,(?=[)\]}])|;/g, '');
}

/** The line that a finding begins on, or what it marks where that line is long; in one line, cut. */
function shown(masked: string, { start }: Finding['span'], part: string): string {
  const from = masked.lastIndexOf('\n', start - 1) + 1;
  const to = masked.indexOf('\n', start);
  const whole = masked.slice(from, to < 0 ? undefined : to).replace(/\*{3,}/g, '***');
  const text = (whole.trim().length > SHOWN ? part : whole).replace(/\s+/g, ' ').trim();
  const cut = text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
  // Half of a pair of code units is no text.
  return cut.replace(/\p{Cs}/gu, '');
}

function inReadingOrder(a: Finding, b: Finding): number {
  return (
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    (a.message < b.message ? -1 : a.message > b.message ? 1 : 0)
  );
}
