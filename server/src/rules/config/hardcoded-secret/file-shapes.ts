import type { Span } from '../../../base/span';
import { isDocumentPath, isTestPath } from '../../../project/files/paths';
import { MADE_BY_PROVIDERS } from '../../../project/secrets/provider-tokens';
import { secretShapes } from '../../../project/secrets/shapes';

/** A credential that a file of any format holds by its shape. */
export interface FileShape {
  readonly what: string;
  readonly harmless: boolean;
  readonly span: Span;
}

/**
 * The private keys and provider tokens of a file that is no source code: key files, JSON, YAML, scripts. Passwords in URLs are
 * left to readers that know what the URL is for, but for the data source of a Prisma schema.
 */
export function shapesOfFile(path: string, text: string): readonly FileShape[] {
  const isSchema = path.endsWith('.prisma');
  // Paths first: recorded answers of a test suite are megabytes of text to search.
  if (isTestPath(path) || isDocumentPath(path)) return [];
  if (!(isSchema || MADE_BY_PROVIDERS.test(text) || /_authToken|_password/.test(text))) return [];
  const found: FileShape[] = [
    ...privateKeys(text),
    ...(/\.(?:npm|yarn)rc$/.test(path) ? registryTokens(text) : []),
  ];
  let at = 0;
  for (const line of text.split('\n')) {
    if (line.length < 4_000 && (isSchema || MADE_BY_PROVIDERS.test(line))) {
      for (const { what, harmless, start, end } of secretShapes(line)) {
        if (/^a (?:private key|credential)/.test(what)) continue;
        if (what.startsWith('a password in') && !isSchema) continue;
        found.push({ what, harmless, span: { start: at + start, end: at + end } });
      }
    }
    at += line.length + 1;
  }
  return found;
}

/** The first private key. It has several lines; the first says what it is. */
function privateKeys(text: string): readonly FileShape[] {
  const key = secretShapes(text).find(({ what }) => what === 'a private key');
  if (!key) return [];
  const first = /^[^\r\n]*?-----(?=[\r\n\\]|$)/.exec(text.slice(key.start))?.[0].length ?? 0;
  const end = first > 0 ? key.start + first : Math.min(key.end, key.start + 40);
  return [{ what: key.what, harmless: false, span: { start: key.start, end } }];
}

/** The first token of a package registry. */
function registryTokens(text: string): readonly FileShape[] {
  const token = NPM_CREDENTIAL.exec(text);
  if (!token) return [];
  const end = token.index + token[0].length;
  const start = end - (token[1] ?? '').length;
  return [{ what: 'a registry token', harmless: false, span: { start, end } }];
}

/** `//registry.npmjs.org/:_authToken=…`, unless a variable is named. */
const NPM_CREDENTIAL =
  /^[^#;\r\n\u2028\u2029]*:_(?:authToken|password)\s*=\s*["']?(?!\$\{|npm_)([\w.+/=-]{8,})/m;
