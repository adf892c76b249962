import { InvalidArgumentError } from 'commander';
import { FACTORS, isFactor, type Factor } from '../base/factors';
import { SEVERITIES, type Severity } from '../base/severity';
import { closestName } from '../base/closest-name';
import type { Rule } from '../engine/rule';

/** For `--rule a,b`, which may be repeated. */
export function collectNames(value: string, before: readonly string[] | undefined): string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Give names, separated by commas.');
  return [...(before ?? []), ...names];
}

/** For `--factor a,b`, which may be repeated. */
export function collectFactors(value: string, before: readonly Factor[] | undefined): Factor[] {
  return [
    ...(before ?? []),
    ...collectNames(value, undefined).map((name) => {
      if (isFactor(name)) return name;
      throw new InvalidArgumentError(`There is no factor ${name}; ${meant(name, FACTORS)}`);
    }),
  ];
}

/** For an option that may be repeated. */
export function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** For an option with a few values: one that is misspelt is told which it may be. */
export function oneOf<T extends string>(choices: readonly T[]): (value: string) => T {
  return (value) => {
    const choice = choices.find((one) => one === value);
    if (choice !== undefined) return choice;
    const closest = closestName(value, choices);
    const hint = closest === undefined ? '' : ` Did you mean ${closest}?`;
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.${hint}`);
  };
}

/** For `--max-warnings`. */
export function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('Give a whole number.');
  return Number(value);
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

/** `did you mean X?`, or all there are. */
function meant(name: string, names: readonly string[]): string {
  const closest = closestName(name, names);
  return closest === undefined ? `there are ${names.join(', ')}` : `did you mean ${closest}?`;
}

/** The severity and everything worse. */
export function atLeast(severity: Severity): ReadonlySet<Severity> {
  return new Set(SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1));
}
