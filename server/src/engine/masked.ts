import { baseName } from '../base/paths';
import type { Span } from '../base/span';
import { secretShapes } from '../project/secrets/shapes';
import type { Finding } from './finding';
import type { Rule } from './rule';

/** Longer lines are not shown. */
const LONGEST_LINE = 4_000;

/** The name in front of a value of an env file, which stays. */
const ASSIGNMENT = /^\s*(?:#\s*)?(?:export\s+)?\w+\s*=\s*/;

/**
 * A text as it may be printed into a log: with `*` for what findings mark as a credential, what has the form of one, and the values of
 * env files. Lines and columns stay as they are.
 * @param findings those of the file
 * @param rules whose `marksCredentials` says which findings mark one
 */
export function maskedText(
  path: string,
  text: string,
  findings: readonly Finding[],
  rules: readonly Rule[],
): string {
  const marking = new Set(
    rules.flatMap(({ id, marksCredentials }) => (marksCredentials ? id : [])),
  );
  const spans: Span[] = findings.flatMap(({ ruleId, span }) => (marking.has(ruleId) ? span : []));
  let at = 0;
  for (const line of text.split('\n')) {
    if (line.length < LONGEST_LINE)
      for (const { start, end } of secretShapes(line))
        spans.push({ start: at + start, end: at + end });
    const [name] = /env/i.test(baseName(path)) ? (ASSIGNMENT.exec(line) ?? []) : [];
    if (name !== undefined) spans.push({ start: at + name.length, end: at + line.length });
    at += line.length + 1;
  }
  return spans.reduce(
    (masked, { start, end }) =>
      masked.slice(0, start) +
      masked.slice(start, end).replace(/[^\s'"`]/g, '*') +
      masked.slice(end),
    text,
  );
}
