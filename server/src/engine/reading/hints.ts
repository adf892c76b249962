import type { LibraryTable } from '../../project/libraries/library';
import { PACKAGE_KINDS, type PackageKind } from '../../project/map/kinds';
import type { Rule } from '../rule';
import { speaksOf, speaksOfBrowsers } from '../scope';

/** A server begins to listen. */
export const LISTENS = /\.listen\s*\(|\b(?:Bun|Deno)\.serve\b/;

/** Text that makes a file worth parsing whatever the rules: environment, signals, listening. */
const CORE_HINTS: readonly RegExp[] = [
  /process\.env\b|import\.meta\.env\b|\benv\b.*\bfrom\s+['"](?:node:)?process['"]|\}\s*=\s*process\b/,
  /\b(?:Bun|Deno)\.env\b|['"](?:\$env\/|astro:env\/)/,
  /\bprocess\.(?:on|once|addListener)\s*\(/,
  LISTENS,
];

/** Barrels: without them, names cannot be followed to where they are defined. */
const BARREL_HINT =
  /\bexport\s+(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s*)?from\b|\bmodule\.exports\s*=\s*require\b/;

/**
 * What a file is read for: `app` is whatever a rule or a library may say of code that an app loads; `browser` what they may report in
 * code that only browsers run; the kind of a package that no app loads, what they may report in such packages.
 */
export type ReadFor = 'app' | 'browser' | PackageKind;

/** Decides by text alone whether a file can matter to what it is read for. Whatever the project as a whole asks always does. */
export interface Hints {
  matter(text: string, readFor: ReadFor): boolean;
}

/**
 * The union of the rules' hints, the library imports and the core hints.
 * @returns tests for file texts
 */
export function readHints(rules: readonly Rule[], table: LibraryTable): Hints {
  const all = anyOf([...CORE_HINTS, BARREL_HINT, table.importHint, ...hintsOf(rules)]);
  const fewer = new Map<ReadFor, (text: string) => boolean>([
    ['browser', anyOf([...CORE_HINTS, ...hintsOf(rules.filter(speaksOfBrowsers))])],
    ...PACKAGE_KINDS.filter((kind) => kind !== 'app').map((kind) => {
      const beside = rules.flatMap((rule) => hintsBeside(rule, kind));
      return [kind, anyOf([...CORE_HINTS, ...beside])] as const;
    }),
  ]);
  return { matter: (text, readFor) => (fewer.get(readFor) ?? all)(text) };
}

function hintsOf(rules: readonly Rule[]): readonly RegExp[] {
  return rules.flatMap((rule) => rule.hints ?? []);
}

/** What makes a rule look at packages of a kind that no app loads. */
function hintsBeside(rule: Rule, kind: PackageKind): readonly RegExp[] {
  return speaksOf(rule, kind) ? (rule.hintsBesideApps ?? rule.hints ?? []) : [];
}

function anyOf(hints: readonly RegExp[]): (text: string) => boolean {
  const byFlags = new Map<string, Set<string>>();
  for (const hint of hints) {
    const flags = hint.flags.replace(/[gy]/g, '');
    const sources = byFlags.get(flags) ?? new Set();
    byFlags.set(flags, sources.add(hint.source));
  }
  const combined = [...byFlags].map(
    ([flags, sources]) =>
      new RegExp([...sources].map((source) => `(?:${source})`).join('|'), flags),
  );
  // Of a text that is typed into it is asked twice: whether to parse it, and for whom.
  let last: { readonly text: string; readonly matters: boolean } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, matters: combined.some((hint) => hint.test(text)) };
    return last.matters;
  };
}
