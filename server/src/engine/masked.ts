import { fileKind } from '../base/file-names';
import { baseName } from '../base/paths';
import type { Span } from '../base/span';
import { isExampleEnvPath } from '../project/manifests/environment';
import { secretKind } from '../project/secrets/names';
import { secretShapes } from '../project/secrets/shapes';
import { changedFinding, withFixSource } from './edits/lazy-fixes';
import type { Finding, Fix } from './finding';
import type { Rule } from './rule';

/** Longer lines are not shown as a whole: of those only what begins so far in front is. */
const LONGEST_LINE = 4_000;

/** In shorter ones there is no name with a value. */
const SHORTEST_LINE = 4;

/** A shorter one is a word that stands in texts for other reasons. */
const SHORTEST_VALUE = 6;

/** What says of a finding's place that it is a credential. */
type Marking = Pick<Finding, 'ruleId' | 'path' | 'span'>;

/**
 * A text as it may be printed into a log: with `*` for what findings mark as a credential, what has the form of one, the values of names
 * that say so, and those of env files but examples. Lines and columns stay as they are.
 * @param findings those of the file
 * @param rules whose `marksCredentials` says which findings mark one
 */
export function maskedText(
  path: string,
  text: string,
  findings: readonly Marking[],
  rules: readonly Rule[],
): string {
  const spans = [...markedSpans(findings, rules), ...spansOf(path, text)];
  let masked = '';
  let at = 0;
  for (const { start, end } of spans.sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    const from = Math.max(at, start);
    masked += text.slice(at, from) + text.slice(from, end).replace(/[^\s'"`]/g, '*');
    at = end;
  }
  return masked + text.slice(at);
}

/**
 * Findings whose messages and titles quote no credential: none that any of them marks, and none that has the form of one.
 * @param textOf the text of a file
 */
export function maskedFindings(
  findings: readonly Finding[],
  rules: readonly Rule[],
  textOf: (path: string) => string | undefined,
): readonly Finding[] {
  const values = markedValues(findings, rules, textOf);
  const mask = (text: string): string => maskedValues(text, values);
  return findings.map((finding) => {
    const related = finding.related.map((place) => ({ ...place, message: mask(place.message) }));
    return withFixSource(changedFinding(finding, { message: mask(finding.message), related }), () =>
      finding.fixes.map((fix): Fix => ({ ...fix, title: mask(fix.title) })),
    );
  });
}

/** What findings mark as credentials, as it stands in the files. */
export function markedValues(
  findings: readonly Marking[],
  rules: readonly Rule[],
  textOf: (path: string) => string | undefined,
): readonly string[] {
  const marking = markingRules(rules);
  const values = findings.flatMap(({ ruleId, path, span }) => {
    if (!marking.has(ruleId)) return [];
    const value = (textOf(path) ?? '').slice(span.start, span.end);
    return [
      value,
      ...secretShapes(value.slice(0, LONGEST_LINE)).map(({ start, end }) =>
        value.slice(start, end),
      ),
    ];
  });
  return [...new Set(values.map((value) => value.replace(/^['"`]|['"`]$/g, '')))].filter(
    (value) => value.length >= SHORTEST_VALUE,
  );
}

/** A text with `*` for these values and for what has the form of a credential. */
export function maskedValues(text: string, values: readonly string[]): string {
  const plain = values.reduce((masked, value) => masked.replaceAll(value, '******'), text);
  return secretShapes(plain.slice(0, LONGEST_LINE)).reduceRight(
    (masked, { start, end }) => `${masked.slice(0, start)}******${masked.slice(end)}`,
    plain,
  );
}

function markedSpans(findings: readonly Marking[], rules: readonly Rule[]): Span[] {
  const marking = markingRules(rules);
  return findings.flatMap(({ ruleId, span }) => (marking.has(ruleId) ? span : []));
}

function markingRules(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.flatMap(({ id, marksCredentials }) => (marksCredentials ? id : [])));
}

/** What a text shows of itself to be a credential. */
function spansOf(path: string, text: string): Span[] {
  const isCode = fileKind(path) === 'source';
  // An example file is written to be read by everybody.
  const isEnvFile = /env/i.test(baseName(path)) && !isExampleEnvPath(path);
  const isSecretObject = /^kind:\s*Secret\s*$/m.test(text);
  const spans: Span[] = [];
  let at = 0;
  let above = '';
  for (const whole of text.split('\n')) {
    const line = whole.slice(0, LONGEST_LINE);
    const found =
      line.length < SHORTEST_LINE ? [] : [...secretShapes(line), ...namedValues(line, isCode)];
    if (isEnvFile) found.push(...restBehind(ASSIGNMENT, line));
    if (isSecretObject) found.push(...restBehind(INDENTED_ENTRY, line));
    // `- name: DB_PASSWORD`, and in the next line `value: …`
    const name = NAME_ENTRY.exec(above)?.[1];
    if (name !== undefined && secretKind(name)) found.push(...restBehind(VALUE_ENTRY, line));
    for (const { start, end } of found) spans.push({ start: at + start, end: at + end });
    at += whole.length + 1;
    above = line;
  }
  return spans;
}

/** What stands in front of a value that goes on to the end of its line. */
const ASSIGNMENT = /^\s*(?:#\s*)?(?:export\s+)?\w+\s*=\s*/;
const INDENTED_ENTRY = /^[ \t]+[\w.-]+:[ \t]+/;
const NAME_ENTRY = /^\s*(?:- )?"?name"?:\s*"?([\w.-]+)/i;
const VALUE_ENTRY = /^\s*(?:- )?"?value"?:\s*/i;

function restBehind(pattern: RegExp, line: string): Span[] {
  const [lead] = pattern.exec(line) ?? [];
  return lead === undefined ? [] : [{ start: lead.length, end: line.length }];
}

/** A name and what gives it a value: `NAME=`, `name:`, `"name":`, `env['NAME'] ??`. */
const ASSIGNED =
  /(?<![\w.-])([A-Za-z_][\w.-]{2,60})["'`]?\]?[ \t]{0,8}(?::|=|\|\||\?\?)[ \t]{0,8}/g;
/** The older form in Dockerfiles, which takes the rest of the line. */
const ENV_INSTRUCTION = /^\s*ENV\s+([\w.-]+)\s+(?!=)/i;
/** `--name value` */
const OPTION = /(?<![\w-])--([A-Za-z][\w-]{1,60})[ \t]{1,8}(?=[^-\s])/g;

function namedValues(line: string, isCode: boolean): Span[] {
  const [lead = '', name = ''] = ENV_INSTRUCTION.exec(line) ?? [];
  if (!isCode && secretKind(name)) return [{ start: lead.length, end: line.length }];
  const named = isCode ? [ASSIGNED] : [ASSIGNED, OPTION];
  return named
    .flatMap((pattern) => [...line.matchAll(pattern)])
    .flatMap((match) =>
      secretKind(match[1] ?? '') ? valueAt(line, match.index + match[0].length, isCode) : [],
    );
}

/** The value that begins at an offset; in code, what has no quotes is an expression. */
function valueAt(line: string, at: number, isCode: boolean): Span[] {
  const quote = /["'`]/.exec(line[at] ?? '')?.[0];
  if (quote !== undefined) {
    const end = line.indexOf(quote, at + 1);
    return [{ start: at + 1, end: end < 0 ? line.length : end }];
  }
  const [bare = ''] = isCode ? [] : (/^[^\s,;}\])"'`]+/.exec(line.slice(at)) ?? []);
  return bare === '' || /^[$<{]/.test(bare) ? [] : [{ start: at, end: at + bare.length }];
}
