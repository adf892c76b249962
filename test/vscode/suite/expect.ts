// Assertions that also run in a web worker, where there is no node:assert.

/** @throws Error unless the value is truthy */
export function ok(value: unknown, message: string): asserts value {
  if (!value) throw new Error(message);
}

/** @throws Error that shows both values, unless they are the same as JSON */
export function equal<T>(actual: T, expected: T, message = 'Not equal'): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) throw new Error(`${message}\n  expected: ${wanted}\n  actual:   ${got}`);
}

/** @throws Error that shows the text, unless it contains the part (or matches the pattern) */
export function contains(text: string, part: string | RegExp): void {
  const found = typeof part === 'string' ? text.includes(part) : part.test(text);
  if (!found) throw new Error(`Does not contain ${String(part)}:\n${text}`);
}
