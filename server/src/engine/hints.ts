import type { LibraryTable } from '../project/libraries/library';
import { PACKAGE_KINDS, type PackageKind } from '../project/map/kinds';
import type { Rule } from './rule';
import { speaksOf } from './scope';

/** Text that makes a file worth parsing whatever the rules: environment, signals, listening. */
const CORE_HINTS: readonly RegExp[] = [
  /process\.env\b|import\.meta\.env\b|\benv\b.*\bfrom\s+['"](?:node:)?process['"]|\}\s*=\s*process\b/,
  /\bprocess\.(?:on|once|addListener)\s*\(/,
  /\.listen\s*\(|\b(?:Bun|Deno)\.serve\b/,
];

/** Barrels: without them, names cannot be followed to where they are defined. */
const BARREL_HINT =
  /\bexport\s+(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s*)?from\b|\bmodule\.exports\s*=\s*require\b/;

/** Decides by text alone whether a file can matter. */
export interface Hints {
  /** To some rule, some library, or the project as a whole. */
  matter(text: string): boolean;
  /** To what is said about a package of this kind that no app loads, and to the project as a whole. */
  matterBeside(kind: PackageKind, text: string): boolean;
}

/**
 * The union of the rules' hints, the library imports and the core hints.
 * @returns tests for file texts
 */
export function readHints(rules: readonly Rule[], table: LibraryTable): Hints {
  const all = anyOf([...CORE_HINTS, BARREL_HINT, table.importHint, ...hintsOf(rules)]);
  const beside = new Map(
    PACKAGE_KINDS.map((kind) => [
      kind,
      anyOf([...CORE_HINTS, ...rules.flatMap((rule) => hintsBeside(rule, kind))]),
    ]),
  );
  return {
    matter: all,
    matterBeside: (kind, text) => (beside.get(kind) ?? all)(text),
  };
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
  return (text) => combined.some((hint) => hint.test(text));
}
