import { record } from '../../base/plain-data';
import { isWeaker, SEVERITIES, type Severity } from '../../base/severity';

/** The baseline of a root unless the configuration names another, relative to it. */
export const BASELINE_FILE = 'twelve-factor-baseline.json';

/** Raised when fingerprints are made in another way: those of before then mean nothing. */
const FORMAT = 1;

/** A finding that somebody accepted. Nothing in it tells a credential. */
export interface BaselineEntry {
  readonly path: string;
  readonly rule: string;
  /** As it was accepted; what has become graver since is new. */
  readonly severity: Severity;
  /** What the finding marked, for people: in one line, masked, cut. */
  readonly text: string;
  /** See `fingerprints.ts`. */
  readonly fingerprint: string;
}

/** What was accepted, as plain data. */
export interface Baseline {
  /** The version of the product that found it. */
  readonly tool: string;
  readonly entries: readonly BaselineEntry[];
}

/**
 * Reads a baseline.
 * @returns what it says, or why nothing of it counts: half of a baseline would be none
 */
export function readBaseline(
  text: string,
): { readonly baseline: Baseline } | { readonly problem: string } {
  let value: ReturnType<typeof record>;
  try {
    value = record(JSON.parse(text));
  } catch {
    return { problem: 'This is not valid JSON (an unresolved merge conflict?).' };
  }
  if (!value || !Array.isArray(value['findings']))
    return { problem: 'This is no baseline: `twelve-factor baseline` writes one.' };
  if (value['version'] !== FORMAT)
    return { problem: `This is a baseline of another format than ${FORMAT}; write it anew.` };
  const entries: BaselineEntry[] = [];
  for (const [index, entry] of (value['findings'] as readonly unknown[]).entries()) {
    if (!isEntry(entry)) return { problem: `Entry ${index + 1} of \`findings\` is incomplete.` };
    const { path, rule, severity, text: shown, fingerprint } = entry;
    entries.push({ path, rule, severity, text: shown, fingerprint });
  }
  const tool = value['tool'];
  return { baseline: { tool: typeof tool === 'string' ? tool : '', entries } };
}

function isEntry(value: unknown): value is BaselineEntry {
  const given = record(value) ?? {};
  const isSeverity = (SEVERITIES as readonly unknown[]).includes(given['severity']);
  const texts = ['path', 'rule', 'text', 'fingerprint'].map((name) => given[name]);
  return isSeverity && texts.every((one) => typeof one === 'string');
}

/** A baseline as a file: one line an entry, by path and rule, so that versions of it merge and can be reviewed. */
export function baselineText({ tool, entries }: Baseline): string {
  const lines = [...entries]
    .sort(inOrder)
    .map(({ path, rule, severity, text, fingerprint }) =>
      JSON.stringify({ path, rule, severity, text, fingerprint }),
    );
  const list = lines.length === 0 ? '[]' : `[\n    ${lines.join(',\n    ')}\n  ]`;
  return `{\n  "version": ${FORMAT},\n  "tool": ${JSON.stringify(tool)},\n  "findings": ${list}\n}\n`;
}

function inOrder(a: BaselineEntry, b: BaselineEntry): number {
  for (const key of ['path', 'rule', 'text', 'fingerprint'] as const)
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  return 0;
}

/** What a baseline becomes once its findings are looked at again. */
export interface Renewed {
  readonly baseline: Baseline;
  /** Entries that nothing corresponds to any more: they were taken out. */
  readonly gone: readonly BaselineEntry[];
  /** Findings that the baseline does not list, or only as less grave. */
  readonly fresh: readonly BaselineEntry[];
}

/**
 * Takes out of a baseline what is gone.
 * @param before undefined where there was none: then everything is accepted
 * @param found everything there is now
 * @param fresh what becomes of findings that are new
 * @param tool the version that found them
 * @param unknown files that could not be analysed: nobody knows whether what was found there is gone
 */
export function renewBaseline(
  before: Baseline | undefined,
  found: readonly BaselineEntry[],
  fresh: 'accepted' | 'left out',
  tool: string,
  unknown: readonly { readonly path: string }[] = [],
): Renewed {
  const known = new Map((before?.entries ?? []).map((entry) => [entry.fingerprint, entry]));
  const isNew = (entry: BaselineEntry): boolean => !isAccepted(known.get(entry.fingerprint), entry);
  const present = new Set(found.map(({ fingerprint }) => fingerprint));
  const kept = found.flatMap((entry) => {
    if (!before || fresh === 'accepted' || !isNew(entry)) return [entry];
    return known.get(entry.fingerprint) ?? [];
  });
  const missing = [...known.values()].filter(({ fingerprint }) => !present.has(fingerprint));
  const unread = new Set(unknown.map(({ path }) => path));
  return {
    baseline: { tool, entries: [...kept, ...missing.filter(({ path }) => unread.has(path))] },
    gone: missing.filter(({ path }) => !unread.has(path)),
    fresh: found.filter(isNew),
  };
}

/** Does an entry cover a finding as grave as this? */
export function isAccepted(
  entry: BaselineEntry | undefined,
  { severity }: { readonly severity: Severity },
): boolean {
  return entry !== undefined && !isWeaker(entry.severity, severity);
}
