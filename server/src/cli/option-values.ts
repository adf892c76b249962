import { InvalidArgumentError } from 'commander';
import { SEVERITIES, type Severity } from '../base/severity';
import { closestName } from '../engine/closest-name';
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
  const closest = closestName(unknown, ids);
  const hint =
    closest === undefined ? '`twelve-factor rules` lists them' : `did you mean ${closest}?`;
  return `There is no rule ${unknown}; ${hint}`;
}

/** The severity and everything worse. */
export function atLeast(severity: Severity): ReadonlySet<Severity> {
  return new Set(SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1));
}
