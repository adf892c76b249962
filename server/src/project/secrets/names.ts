import { wordsOf } from '../../base/words';
import { GUARDED } from '../../vocabulary/service-names';

/**
 * What the name of a variable, property or setting says about its value. A name alone never makes a finding; it decides what a
 * default, or a value in a manifest, stands for.
 * - `password`: of a service or a person
 * - `signing`: made up by the app itself to sign, encrypt or hash with; a placeholder that runs is the secret
 * - `issued`: a token or key that someone else issued
 */
export type SecretKind = 'password' | 'signing' | 'issued';

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Last words that turn the name of a secret into the name of something about it. */
const ABOUT = list(
  `dir directory path file filename folder name names header headers field fields param params prefix suffix url uri endpoint host
  port length len min max size count limit rounds ttl age expiry expires expire expiration exp timeout lifetime duration interval
  window alg algo algorithm type kind format encoding regex pattern policy rule rules label title text message msg error errors
  hint placeholder description id ids arn version status state enabled disabled required optional reset strength cookie storage
  issuer audience scope scopes provider service strategy col column attribute property prop selector input salt hash digest
  fingerprint email user username table index model schema validator validation role mode store manager client option options
  config ref reference alphabet chars charset location region bucket sample template in at on`,
);
/** Last words that leave a secret what it is: `DB_PASSWORD_1`, `JWT_SECRET_DEV`, `SECRET_KEY_BASE`. */
const VARIANTS = list(
  'dev development prod production test testing staging local default backup primary secondary base value string plain raw',
);
const PASSWORDS = list('password passwd passwort pass pwd passphrase pw passcode');
/** First words of names about handling passwords, not of passwords. */
const HANDLING = list(
  `no has is show hide toggle forgot forgotten reset change update confirm confirmation repeat retype old new current invalid
  wrong missing valid check validate verify compare hash hashed encrypted with without use get set require requires required min
  max incorrect weak strong enter your allow disable enable one`,
);
/** What the app makes secrets of its own for: `JWT_SECRET`, `sessionKey`. */
const SIGNED = list(
  `jwt jws jwe session sessions cookie cookies hmac csrf xsrf sign signing signature encryption encrypt crypto cipher aes hash
  hashing app application server nextauth auth access refresh token tokens password master flash express passport root super
  verification state pepper secret`,
);
const SIGNING_KEYS = list(
  'secret encryption encrypt crypto cipher aes hmac jwt session cookie signing sign master',
);
const KEY_OWNERS = list(
  `api private access auth account shared service consumer app admin server webhook deploy rsa ssh ssl tls pgp gpg license storage
  subscription stripe sendgrid mailgun openai twilio cloudinary`,
);
const COMPOUND_KEYS = list(
  'apikey secretkey privatekey accesskey authkey encryptionkey appkey jwtkey masterkey cryptokey signingkey sessionkey',
);
const TOKENS = list(
  'token tokens credential credentials authtoken accesstoken apitoken bearertoken',
);
/** Keys and tokens that are handed out by design. */
const PUBLIC = list(
  'public publishable pub pk site sitekey anon vapid vite gatsby expo measurement recaptcha maps map mapbox analytics ga gtm hcaptcha turnstile firebase algolia search',
);
const PASSING_TOKENS = list(
  'csrf xsrf device push fcm id page next cancel cancellation injection public invalid expired missing test',
);

/**
 * Reads a name: `JWT_SECRET` → `signing`, `dbPassword` → `password`, `STRIPE_API_KEY` → `issued`; undefined for names of things
 * about a secret (`SECRET_NAME`, `passwordField`, `TOKEN_TTL`), of public keys, and of anything else.
 */
export function secretKind(name: string): SecretKind | undefined {
  const words = [...wordsOf(name)];
  while (
    (words.length > 1 && /^v?\d+$/.test(words.at(-1) ?? '')) ||
    (words.length > 1 && VARIANTS.has(words.at(-1) ?? ''))
  )
    words.pop();
  const last = (words.at(-1) ?? '').replace(/\d+$/, '');
  const before = words.at(-2) ?? '';
  if (ABOUT.has(last)) return undefined;
  if (PASSWORDS.has(last) || last.endsWith('password') || last.endsWith('passwd')) {
    return words.length > 1 && HANDLING.has(words[0] ?? '') ? undefined : 'password';
  }
  if (last.endsWith('secret') || last === 'secrets') {
    if (words.length > 1 && (words[0] === 'has' || words[0] === 'is')) return undefined;
    return words.length === 1 || SIGNED.has(before) ? 'signing' : 'issued';
  }
  if (words.some((word) => PUBLIC.has(word))) return undefined;
  if (last === 'key' || last === 'keys') {
    if (words.includes('secret') || SIGNING_KEYS.has(before))
      return before === 'access' ? 'issued' : 'signing';
    return KEY_OWNERS.has(before) ? 'issued' : undefined;
  }
  if (COMPOUND_KEYS.has(last)) return 'issued';
  // `token` alone is as often a kind of token, a route parameter or a field as it is a credential.
  if (!TOKENS.has(last) || (words.length === 1 && last.startsWith('token'))) return undefined;
  return words.some((word) => PASSING_TOKENS.has(word)) ? undefined : 'issued';
}

const DATABASE_PASSWORD = new RegExp(
  `(^|_)(${GUARDED.pattern})_?((ROOT|ADMIN|USER)_?)?(PASSWORD|PASSWD|PASS|PWD|PW)$`,
  'i',
);

/** Is this the password of a database or broker, which the service demands (`DB_PASSWORD`, `PGPASSWORD`)? */
export function isDatabasePassword(name: string): boolean {
  return DATABASE_PASSWORD.test(name.replace(/[.-]/g, '_'));
}
