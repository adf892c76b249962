import type { LibraryTable } from '../project/libraries/library';
import type { Rule } from './rule';

/** Text that makes a file worth parsing whatever the rules: environment, signals, listening, re-exports. */
const CORE_HINTS: readonly RegExp[] = [
  /process\.env\b|import\.meta\.env\b|\benv\b.*\bfrom\s+['"](?:node:)?process['"]|\}\s*=\s*process\b/,
  /\bprocess\.(?:on|once|addListener)\s*\(/,
  /\.listen\s*\(|\b(?:Bun|Deno)\.serve\b/,
  // Barrels: without them, names cannot be followed to where they are defined.
  /\bexport\s+(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s*)?from\b|\bmodule\.exports\s*=\s*require\b/,
];

/**
 * Decides by text alone whether a file can matter: the union of the rules' hints, the library imports and the core hints.
 * @returns a test for file texts
 */
export function hintMatcher(
  rules: readonly Rule[],
  table: LibraryTable,
): (text: string) => boolean {
  const byFlags = new Map<string, Set<string>>();
  const all = [...CORE_HINTS, table.importHint, ...rules.flatMap((rule) => rule.hints ?? [])];
  for (const hint of all) {
    const flags = hint.flags.replace(/[gy]/g, '');
    const sources = byFlags.get(flags) ?? new Set();
    byFlags.set(flags, sources.add(hint.source));
  }
  const combined = [...byFlags].map(
    ([flags, sources]) =>
      new RegExp([...sources].map((source) => `(?:${source})`).join('|'), flags),
  );
  return (text) => combined.some((hint) => hint.test(text));
}
