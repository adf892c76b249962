import type { Span } from '../../base/span';
import type { Shift } from '../../base/text-change';

/**
 * Moves all places in facts of one file to where they are after an edit elsewhere in it. What does not move stays the same object, and
 * what several facts share is shared afterwards, too.
 * @param shift from the text before the edit to the one after it
 */
export function moverOf(shift: Shift): <T>(facts: T) => T {
  // Values are what facts share; what lies in them would be gone through again for each.
  const known = new Map<object, unknown>();
  const move = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return movedList(value);
    if (isSpan(value)) return shift(value) ?? value;
    if (!('kind' in value)) return movedFields(value as Record<string, unknown>);
    const before = known.get(value);
    if (before !== undefined) return before;
    const moved = movedFields(value);
    known.set(value, moved);
    return moved;
  };
  const movedList = (list: readonly unknown[]): readonly unknown[] => {
    let result: unknown[] | undefined;
    for (let index = 0; index < list.length; index += 1) {
      const moved = move(list[index]);
      if (moved !== list[index]) (result ??= [...list])[index] = moved;
    }
    return result ?? list;
  };
  const movedFields = (fields: Record<string, unknown>): Record<string, unknown> => {
    let result: Record<string, unknown> | undefined;
    for (const key in fields) {
      const moved = move(fields[key]);
      if (moved !== fields[key]) (result ??= { ...fields })[key] = moved;
    }
    return result ?? fields;
  };
  return (facts) => move(facts) as typeof facts;
}

/** A place in the file; what says more is no place, and may count from elsewhere. */
function isSpan(value: object): value is Span {
  const { start, end } = value as Partial<Span>;
  if (typeof start !== 'number' || typeof end !== 'number') return false;
  for (const key in value) if (key !== 'start' && key !== 'end') return false;
  return true;
}
