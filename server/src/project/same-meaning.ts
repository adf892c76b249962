/** Keys that only say where things stand, or concern the file alone. */
function isPosition(key: string): boolean {
  switch (key) {
    case 'span':
    case 'keySpan':
    case 'nameSpan':
    case 'declaration':
    case 'marks':
      return true;
    default:
      return false;
  }
}

/**
 * Do two facts of one file mean the same to the rest of the project? Positions and the rules' own marks do not count.
 * @param a @param b plain data
 */
export function sameMeaning(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return Number.isNaN(a) && Number.isNaN(b);
  if (Array.isArray(a)) return Array.isArray(b) && sameElements(a, b);
  if (Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  // What rules leave may hold places under other names.
  if (typeof left['start'] === 'number' && typeof right['start'] === 'number') return true;
  for (const key in left) if (!isPosition(key) && !sameMeaning(left[key], right[key])) return false;
  for (const key in right) if (!isPosition(key) && !(key in left)) return false;
  return true;
}

function sameElements(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (!sameMeaning(a[index], b[index])) return false;
  return true;
}
