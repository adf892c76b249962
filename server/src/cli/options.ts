import { InvalidArgumentError } from 'commander';
import { SEVERITIES, type Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';

/** For `--rule a,b`, which may be repeated. */
export function collectNames(value: string, before: readonly string[] | undefined): string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Give rule ids, separated by commas.');
  return [...(before ?? []), ...names];
}

/**
 * Checks the names of rules.
 * @returns what is wrong, with the rule that was probably meant; undefined when all exist
 */
export function unknownRule(names: readonly string[], rules: readonly Rule[]): string | undefined {
  const ids = rules.map(({ id }) => id);
  const unknown = names.find((name) => !ids.includes(name));
  if (unknown === undefined) return undefined;
  const [closest] = ids
    .map((id) => ({ id, distance: distance(unknown, id) }))
    .filter((candidate) => candidate.distance <= 3)
    .sort((a, b) => a.distance - b.distance);
  const hint = closest ? `did you mean ${closest.id}?` : '`twelve-factor rules` lists them';
  return `There is no rule ${unknown}; ${hint}`;
}

/** The severity and everything worse. */
export function atLeast(severity: Severity): ReadonlySet<Severity> {
  return new Set(SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1));
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
