/** `1 finding`, `2 findings`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** What a caught value says for people. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
