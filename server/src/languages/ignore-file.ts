import ignore, { type Ignore } from 'ignore';
import { isModestGlob } from '../base/globs';
import type { Span } from '../base/span';

/** One pattern line of a .gitignore or .dockerignore. */
export interface IgnorePattern {
  /** Without the `!`. */
  readonly pattern: string;
  readonly negative: boolean;
  readonly span: Span;
}

export interface IgnoreSyntax {
  readonly text: string;
  readonly patterns: readonly IgnorePattern[];
}

/** Decides by the patterns of one ignore file whether a path below its folder is left out. */
export interface IgnoreMatcher {
  /** `undefined` when no pattern says anything about the path. Folders end with `/`. */
  decide(path: string): boolean | undefined;
}

/** Parses an ignore file; never throws. */
export function parseIgnoreSyntax(text: string): IgnoreSyntax {
  const patterns: IgnorePattern[] = [];
  for (const line of text.matchAll(/[^\r\n\uFEFF][^\r\n]*/g)) {
    const trimmed = line[0].trimEnd();
    if (!trimmed.trim() || trimmed.startsWith('#')) continue;
    if (!isModestGlob(trimmed)) continue;
    const negative = trimmed.startsWith('!');
    patterns.push({
      pattern: negative ? trimmed.slice(1) : trimmed,
      negative,
      span: { start: line.index, end: line.index + trimmed.length },
    });
  }
  return { text, patterns };
}

/** Patterns become regular expressions, which must neither be of any length nor take for ever. */
function withoutMonsters(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter(isModestGlob)
    .join('\n');
}

/** A matcher with git's rules: a pattern without slash matches at any depth. */
export function gitMatcher(text: string): IgnoreMatcher {
  const rules: Ignore = ignore({ ignorecase: false }).add(withoutMonsters(text));
  return {
    decide(path) {
      if (!ignore.isPathValid(path)) return undefined;
      const { ignored, unignored } = rules.test(path);
      return ignored ? true : unignored ? false : undefined;
    },
  };
}

/**
 * A matcher with Docker's rules: patterns start at the context root, the last match wins, and an exception may bring back a
 * file of an excluded folder.
 */
export function dockerMatcher(text: string): IgnoreMatcher {
  const rules = parseIgnoreSyntax(text).patterns.map(({ pattern, negative }) => {
    const rooted = `/${pattern
      .trim()
      .replace(/^(\.?\/)+/, '')
      .replace(/(?<!\/)\/+$/, '')}`;
    return { negative, rule: ignore({ ignorecase: false }).add(rooted === '/.' ? '/*' : rooted) };
  });
  return {
    decide(path) {
      const bare = path.replace(/\/$/, '');
      if (!ignore.isPathValid(bare)) return undefined;
      let decision: boolean | undefined;
      for (const { negative, rule } of rules) if (rule.ignores(bare)) decision = !negative;
      return decision;
    },
  };
}
