/** The arguments of `CMD` and the like in exec form: a JSON array. */
export function execForm(keyword: string, argv: readonly string[]): string {
  return `${keyword} [${argv.map((word) => JSON.stringify(word)).join(', ')}]`;
}
