/**
 * The words of a name in lower case, whatever its style: `apiBaseURL`, `API_BASE_URL`, `api-base-url`, `api.baseUrl` →
 * `['api', 'base', 'url']`. Digits stay with the word before them.
 */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/(?<=[A-Z])[A-Z][a-z]/g, '_$&')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}
