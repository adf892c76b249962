import { remembering } from '../../base/remembering';
import { isPlaceholder } from './placeholders';
import { MADE_BY_PROVIDERS, PROVIDERS } from './provider-tokens';

/** A credential recognised by its shape alone: where it is in the text, and what it is, for messages. */
export interface SecretShape {
  /** UTF-16 offsets in the text that was looked at. */
  readonly start: number;
  readonly end: number;
  /** Completes "… holds": `a private key`, `a GitHub token`. */
  readonly what: string;
  /** The credential is one by its provider's own account, but only for a sandbox, or handed to browsers by design. */
  readonly harmless: boolean;
}

/** The start of a PEM private key and enough of its body that it is not only mentioned. */
const PRIVATE_KEY =
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:[\s"'`+]|\\[nr])*(?:(?:Proc-Type|DEK-Info|Version|Comment):[^\n\\]*(?:\n\s*|\\[nr](?:\s|\\[nr])*)){0,8}[A-Za-z0-9+/=]{32,}/;

/** Parameters of a URL that carry a credential by name. */
const QUERY =
  /[?&](api[-_]?key|apikey|app_?id|app_?key|access[-_]?token|auth[-_]?token|client[-_]?secret|secret|token|key|sig|subscription-key|x-api-key)=([A-Za-z0-9_\-.~%]{16,})(?=[&#'"`\s]|$)/gi;

/** Every shape has a run of such characters, or is part of a URL; most texts are words and paths. */
const MAY_HOLD = /:\/\/|[\w+=-]{12}|PRIVATE KEY/;

/**
 * Finds the credentials that a text holds by shape: private keys, provider tokens, a password in a URL, a key in a query.
 * Placeholders and masked values are none.
 */
export function secretShapes(text: string): readonly SecretShape[] {
  if (text.length < 12 || !MAY_HOLD.test(text)) return [];
  return text.length < 200 ? shapesOfShort(text) : shapesOf(text);
}

function shapesOf(text: string): readonly SecretShape[] {
  const found: SecretShape[] = [];
  const key = PRIVATE_KEY.exec(text);
  if (key)
    return [
      { start: key.index, end: key.index + key[0].length, what: 'a private key', harmless: false },
    ];
  for (const { what, pattern, harmless } of MADE_BY_PROVIDERS.test(text) ? PROVIDERS : []) {
    const match = pattern.exec(text);
    if (!match || isMasked(match[0])) continue;
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      what,
      harmless: harmless === true,
    });
  }
  found.push(...urlPasswords(text), ...serviceTokens(text));
  if (found.length === 0) found.push(...queryKeys(text), ...headerCredentials(text));
  return found;
}

/** Most are paths and words that stand in every version of a file. */
const shapesOfShort = remembering(shapesOf);

const URL_PASSWORD =
  /\b([a-z][a-z0-9+.-]{0,30}):\/\/([^\s:/?#@'"`]*):([^\s/?#@'"`]+)@([^\s/?#'"`]*)/gi;

/** `scheme://user:password@host`, with a password that is neither a hole nor a placeholder. */
function urlPasswords(text: string): SecretShape[] {
  return [...text.matchAll(URL_PASSWORD)].flatMap((match) => {
    const [whole, scheme = '', user = '', password = '', host = ''] = match;
    if (/[${}<>*%]/.test(password) && !/%[0-9a-f]{2}/i.test(password)) return [];
    if (/\$\{|[<>{}]/.test(user) || host === '' || isPlaceholder(password)) return [];
    // `user:pass@host` and `username:password@host` are how documentation writes it.
    if (
      /^(user(name)?|login|your[-_]?user(name)?|dbuser|foo|u)$/i.test(user) &&
      /^(pass(word)?|pwd|secret|p|bar|p4ss|dbpass(word)?)$/i.test(password) &&
      !/^(localhost|127\.0\.0\.1|[a-z][a-z0-9-]*)(:|$)/i.test(host)
    )
      return [];
    if (/(^|\.)example\.(com|org|net)(:|$)|^(host(name)?|server|your[-_.].*)(:|$)/i.test(host))
      return [];
    const start = match.index;
    return [
      {
        start,
        end: start + whole.length,
        what: `a password in a ${scheme.toLowerCase()}:// URL`,
        harmless: false,
      },
    ];
  });
}

/** `?appid=4d8fb5b9…`: a value long and mixed enough that nobody reads it. */
function queryKeys(text: string): SecretShape[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\/|^[?&]/i.test(text)) return [];
  return [...text.matchAll(QUERY)].flatMap((match) => {
    const [whole, name = '', value = ''] = match;
    if (isPlaceholder(value) || !looksRandom(value)) return [];
    return [
      {
        start: match.index + whole.length - value.length,
        end: match.index + whole.length,
        what: `a credential in the query (${name})`,
        harmless: /^AIza/.test(value),
      },
    ];
  });
}

/** A header's whole value: `Bearer 4f9a…`, `Basic YWRtaW46…`. */
function headerCredentials(text: string): SecretShape[] {
  const match = /^(Bearer|Basic|Bot|Token|ApiKey)\s+([A-Za-z0-9+/_.~-]{12,}={0,2})$/i.exec(
    text.trim(),
  );
  const [, scheme = '', value = ''] = match ?? [];
  if (!match || isPlaceholder(value)) return [];
  const isBasic = /^basic$/i.test(scheme);
  if (isBasic ? !/:./.test(decoded(value)) : !looksRandom(value) || isMasked(value)) return [];
  const start = text.length - text.trimStart().length + match[0].length - value.length;
  return [{ start, end: start + value.length, what: 'a credential for a header', harmless: false }];
}

/** Signed tokens that grant a service's own role; those of anonymous visitors are made to be handed out. */
function serviceTokens(text: string): SecretShape[] {
  return [...text.matchAll(/\beyJ[\w-]{10,}\.(eyJ[\w-]{10,})\.[\w-]{10,}/g)].flatMap((match) =>
    /"role"\s*:\s*"service_role"/.test(decoded(match[1] ?? ''))
      ? [
          {
            start: match.index,
            end: match.index + match[0].length,
            what: 'a service key',
            harmless: false,
          },
        ]
      : [],
  );
}

/** Base64 or base64url as text; `` when it is none. */
export function decoded(base64: string): string {
  const text = base64
    .replace(/-/g, '+')
    .replace(/_/g, '/')
    .replace(/\s+/g, '')
    .replace(/(?<!=)=+$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(text) || text.length % 4 === 1) return '';
  return atob(text);
}

/** Digits and letters mixed as no word does. */
function looksRandom(value: string): boolean {
  const digits = value.replace(/\D/g, '').length;
  return (
    digits >= 3 &&
    /[a-z]/i.test(value) &&
    new Set(value.toLowerCase()).size >= 8 &&
    !/^v?\d+([._-]\d+)*$/.test(value)
  );
}

function isMasked(token: string): boolean {
  return (
    /EXAMPLE|(?:x{6,}|X{6,}|\*{4,}|0{8,}|\.{4,})/.test(token) ||
    /(.)\1{9,}/.test(token) ||
    /123456789|abcdefgh/i.test(token)
  );
}
