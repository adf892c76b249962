import type { Value } from '../../base/value';
import { possibleValues, propertyOf } from '../../base/values';
import type { ArgumentPath } from '../libraries/meaning';
import type { ProjectModel } from '../model';
import { argumentValues, returnsOf } from '../values/argument-values';

/**
 * What a call is given in the place of a store.
 * - `none`: certainly nothing, so that the library's own default applies
 * - `unknown`: the options come from where they cannot be followed to
 * - else what it may be
 */
export type GivenStore = 'none' | 'unknown' | readonly Value[];

/**
 * Looks for the store among a call's resolved arguments.
 * @param place `1.store`, with alternatives: `0.adapter|1.adapter`
 * @param from the module of the call
 */
export function givenStore(
  args: readonly Value[],
  place: ArgumentPath,
  model: ProjectModel,
  from: string,
): GivenStore {
  const alternatives = place
    .split('|')
    .map((each) =>
      each.split('.').flatMap((key) => (key.endsWith('()') ? [key.slice(0, -2), '()'] : [key])),
    );
  const values = argumentValues(args, place, model, from).flatMap(possibleValues);
  const given = values.filter((value) => !isNothing(value));
  if (given.length > 0) return given;
  const indexes = new Set(alternatives.map(([index]) => index));
  for (const [index, ...keys] of alternatives) {
    const argument = args[Number(index)];
    // Where several arguments may be the options (`new Server(httpServer, options)`), others are something else.
    if (argument && indexes.size > 1 && argument.kind !== 'object') continue;
    if (!certainlyLacks(argument, keys, model, from)) return 'unknown';
  }
  return 'none';
}

/** `undefined`, `null`, `false`: no store. */
function isNothing(value: Value): boolean {
  return value.kind === 'literal' && (value.value ?? false) === false;
}

function certainlyLacks(
  value: Value | undefined,
  keys: readonly string[],
  model: ProjectModel,
  from: string,
): boolean {
  if (!value) return true;
  const [key, ...rest] = keys;
  if (key === undefined) return isNothing(value);
  switch (value.kind) {
    case 'literal':
    case 'array':
      return true;
    case 'either':
      return value.options.every((option) => certainlyLacks(option, keys, model, from));
    case 'object': {
      const own = propertyOf(value, key);
      return own
        ? certainlyLacks(own, rest, model, from)
        : value.spreads.every((spread) => certainlyLacks(spread, keys, model, from));
    }
    case 'function': {
      if (key !== '()') return true;
      const returned = returnsOf(value, model, from);
      return (
        returned.length > 0 && returned.every((each) => certainlyLacks(each, rest, model, from))
      );
    }
    default:
      return false;
  }
}
