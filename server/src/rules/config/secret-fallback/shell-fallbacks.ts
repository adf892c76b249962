import type { Span } from '../../../base/span';
import { kindOfFallback, type SecretFallback } from './fallbacks';

/** A default for a credential in a shell script or compose file: `${DB_PASSWORD:-postgres}`, `${APP_PASSWORD:=""}`. */
export interface ExpansionFallback {
  readonly name: string;
  readonly how: SecretFallback['how'];
  /** The whole expansion. */
  readonly span: Span;
  /** The variable's name and the default in it, for edits. */
  readonly nameEnd: number;
}

const EXPANSION = /\$\{([A-Za-z_]\w*)(:?[-=])("[^"}\n]*"|'[^'}\n]*'|[^}"'\n]*)\}/g;

/**
 * The defaults for credentials in a text with shell expansions. An empty default counts only where it is assigned (`:=`): scripts
 * that fail on unset variables write `${X:-}` to ask whether there is one.
 */
export function expansionFallbacks(text: string): readonly ExpansionFallback[] {
  return [...text.matchAll(EXPANSION)].flatMap((match) => {
    const [whole, name = '', operator = '', written = ''] = match;
    const line = text.slice(text.lastIndexOf('\n', match.index) + 1, match.index);
    if (/^\s*#/.test(line)) return [];
    const value = written.replace(/^(["'])(.*)\1$/, '$2');
    const how = kindOfShellDefault(name, value, operator);
    if (!how) return [];
    const span = { start: match.index, end: match.index + whole.length };
    return [{ name, how, span, nameEnd: match.index + 2 + name.length }];
  });
}

function kindOfShellDefault(
  name: string,
  value: string,
  operator: string,
): SecretFallback['how'] | undefined {
  if (value !== '') return kindOfFallback(name, value);
  const isCredential = /PASS(WORD|WD)?$|PWD$|SECRET(_KEY)?$/i.test(name);
  return operator.endsWith('=') && isCredential ? 'empty' : undefined;
}
