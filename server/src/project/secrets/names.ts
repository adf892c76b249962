import { remembering } from '../../base/remembering';
import { wordsOf } from '../../base/words';
import {
  ABOUT_SECRETS,
  COMPOUND_KEYS,
  HANDLING_WORDS,
  KEY_OWNERS,
  PASSING_WORDS,
  PASSWORD_WORDS,
  PUBLIC_WORDS,
  SECRET_VARIANTS,
  SIGNED_WORDS,
  SIGNING_KEY_WORDS,
  TOKEN_WORDS,
} from '../../vocabulary/secret-words';
import { GUARDED, GUARDED_ADDRESSES } from '../../vocabulary/service-names';

/**
 * What the name of a variable, property or setting says about its value. A name alone never makes a finding; it decides what a
 * default, or a value in a manifest, stands for.
 * - `password`: of a service or a person
 * - `signing`: made up by the app itself to sign, encrypt or hash with; a placeholder that runs is the secret
 * - `issued`: a token or key that someone else issued
 */
export type SecretKind = 'password' | 'signing' | 'issued';

/**
 * Reads a name: `JWT_SECRET` → `signing`, `dbPassword` → `password`, `STRIPE_API_KEY` → `issued`; undefined for names of things
 * about a secret (`SECRET_NAME`, `passwordField`, `TOKEN_TTL`), of public keys, and of anything else.
 */
export const secretKind = remembering(kindOf);

// eslint-disable-next-line complexity -- a flat list of endings, each with what it says
function kindOf(name: string): SecretKind | undefined {
  const words = wordsWithoutVariant(name);
  const last = (words.at(-1) ?? '').replace(/(?<!\d)\d+$/, '');
  const before = words.at(-2) ?? '';
  if (ERLANG_COOKIE.test(name)) return 'signing';
  if (ABOUT_SECRETS.has(last)) return undefined;
  const [verb = ''] = words.length > 1 ? words : [];
  if (PASSWORD_WORDS.has(last) || last.endsWith('password') || last.endsWith('passwd'))
    return HANDLING_WORDS.has(verb) ? undefined : 'password';
  if (DATABASE_AUTH.test(name)) return 'password';
  if (last.endsWith('secret') || last === 'secrets') {
    if (verb === 'has' || verb === 'is') return undefined;
    return words.length === 1 || SIGNED_WORDS.has(before) ? 'signing' : 'issued';
  }
  if (words.some((word) => PUBLIC_WORDS.has(word))) return undefined;
  if (last === 'key' || last === 'keys') return keyKind(words);
  if (COMPOUND_KEYS.has(last)) return 'issued';
  // `TOKEN_WEBHOOK`: what calls are verified by.
  if (TOKEN_WORDS.has(before) && /^(webhook|hook)$/.test(last)) return 'issued';
  // `token` alone is as often a kind of token, a route parameter or a field as it is a credential.
  if (!TOKEN_WORDS.has(last) || (words.length === 1 && last.startsWith('token'))) return undefined;
  return words.some((word) => PASSING_WORDS.has(word)) ? undefined : 'issued';
}

/** The words of a name but for those at its end that only tell it from others of its kind: `_V2`, `_OLD`. */
function wordsWithoutVariant(name: string): readonly string[] {
  const words = [...wordsOf(name)];
  while (words.length > 1) {
    const last = words.at(-1) ?? '';
    if (!/^v?\d+$/.test(last) && !SECRET_VARIANTS.has(last)) break;
    words.pop();
  }
  return words;
}

/** `SIGNING_KEY` → `signing`, `API_KEY` → `issued`. */
function keyKind(words: readonly string[]): SecretKind | undefined {
  const before = words.at(-2) ?? '';
  if (words.includes('secret') || SIGNING_KEY_WORDS.has(before))
    return before === 'access' ? 'issued' : 'signing';
  return KEY_OWNERS.has(before) ? 'issued' : undefined;
}

const DATABASE_PASSWORD = new RegExp(
  `(^|_)(${GUARDED.pattern})_?((ROOT|ADMIN|USER)_?)?(PASSWORD|PASSWD|PASS|PWD|PW)$`,
  'i',
);

/** Redis calls its password after the command that takes it. */
const DATABASE_AUTH = /(^|_)(REDIS|VALKEY|KEYDB)_AUTH$/i;

/** What nodes of RabbitMQ and its like know each other by. */
const ERLANG_COOKIE = /(^|_)ERLANG_COOKIE$/i;

/** Is this the password of a database or broker, which the service demands (`DB_PASSWORD`, `PGPASSWORD`)? */
export function isDatabasePassword(name: string): boolean {
  const joined = name.replace(/[.-]/g, '_');
  return DATABASE_PASSWORD.test(joined) || DATABASE_AUTH.test(joined);
}

const CONNECTIONS = new RegExp(
  `(?:^|_)(?:${GUARDED_ADDRESSES.pattern})_?(?:URL|URI|DSN|CONNECTION_?STRING)$`,
);

/** Is this the address of a service that is reached with user and password, which stand in it: `DATABASE_URL`? */
export function isGuardedAddress(name: string): boolean {
  return CONNECTIONS.test(name);
}
