import { names } from './names';
import { HTTP_CLIENTS } from './work-words';

/** Last words that turn the name of a secret into the name of something about it. */
export const ABOUT_SECRETS = names(
  [
    'where it is kept',
    `dir directory path file filename folder store storage table index model schema bucket location region url uri endpoint
    host port`,
  ],
  [
    'what it is called',
    `name names header headers field fields param params prefix suffix col column attribute property prop id ids arn ref
    reference label title`,
  ],
  [
    'how long, how many, how strong',
    'length len min max size count limit rounds strength alphabet chars charset',
  ],
  [
    'how long it holds',
    'ttl age expiry expires expire expiration exp timeout lifetime duration interval window version status state',
  ],
  ['how it is made', 'alg algo algorithm type kind format encoding salt hash digest fingerprint'],
  [
    'how it is checked',
    'regex pattern policy rule rules validator validation required optional enabled disabled reset',
  ],
  [
    'what is said about it',
    'text message msg error errors hint placeholder description template sample',
  ],
  ['where it is typed', 'input selector'],
  [
    'who gave or takes it',
    'issuer audience scope scopes provider service strategy email user username role mode manager client',
  ],
  ['what comes with it', 'cookie option options config in at on'],
);

/** Last words that leave a secret what it is: `DB_PASSWORD_1`, `JWT_SECRET_DEV`, `SECRET_KEY_BASE`. */
export const SECRET_VARIANTS = names(
  ['of an environment', 'dev development prod production test testing staging local'],
  ['one of several', 'default backup primary secondary base'],
  ['in this form', 'value string plain raw'],
);

export const PASSWORD_WORDS = names([
  'what a service or a person is known by',
  'password passwd passwort pass pwd passphrase pw passcode',
]);

/** First words of names about handling passwords, not of passwords. */
export const HANDLING_WORDS = names(
  [
    'questions about it',
    'no has is valid invalid wrong missing incorrect weak strong hashed encrypted with without',
  ],
  [
    'what is done with it',
    `show hide toggle forgot forgotten reset change update confirm confirmation repeat retype check validate verify compare
    hash use get set`,
  ],
  ['what is asked for', 'require requires required enter your allow disable enable min max one'],
  ['which of two', 'old new current'],
);

/** What the app makes secrets of its own for: `JWT_SECRET`, `sessionKey`. */
export const SIGNED_WORDS = names(
  [
    'tokens and sessions',
    'jwt jws jwe session sessions cookie cookies token tokens access refresh auth nextauth passport state verification',
  ],
  ['requests that are not forged', 'csrf xsrf flash'],
  [
    'signing and encrypting',
    'hmac sign signing signature encryption encrypt crypto cipher aes hash hashing pepper',
  ],
  ['the app itself', 'app application server express master root super'],
  ['doubled', 'password secret'],
);

/** The same before `KEY`. */
export const SIGNING_KEY_WORDS = names([
  'what a key signs or encrypts',
  'secret encryption encrypt crypto cipher aes hmac jwt session cookie signing sign master',
]);

/** Whose, or what for, a key is that somebody issued. */
export const KEY_OWNERS = names(
  [
    'what it opens',
    'api private access auth account shared service storage subscription license webhook deploy',
  ],
  ['who has it', 'consumer app admin server'],
  ['forms of keys', 'rsa ssh ssl tls pgp gpg'],
  ['vendors', 'stripe sendgrid mailgun openai twilio cloudinary'],
);

export const COMPOUND_KEYS = names([
  'keys in one word',
  'apikey secretkey privatekey accesskey authkey encryptionkey appkey jwtkey masterkey cryptokey signingkey sessionkey',
]);

export const TOKEN_WORDS = names([
  'what was handed out',
  'token tokens credential credentials authtoken accesstoken apitoken bearertoken',
]);

/** Words of keys and tokens that are handed out by design. */
export const PUBLIC_WORDS = names(
  ['said so', 'public publishable pub pk site sitekey anon'],
  ['put into pages by bundlers', 'vite gatsby expo'],
  [
    'of services that pages use',
    'vapid measurement recaptcha hcaptcha turnstile maps map mapbox analytics ga gtm firebase algolia search',
  ],
);

/** Words of tokens that are made for one visitor, request or page. */
export const PASSING_WORDS = names(
  ['forms', 'csrf xsrf'],
  ['devices', 'device push fcm'],
  ['places in a list', 'id page next'],
  ['running code', 'cancel cancellation injection'],
  ['no credentials', 'public invalid expired missing test'],
);

/** First words of what a value is to be replaced with: `your-key`, `yourKey`. */
export const FILL_IN = names(
  ['whose it will be', 'your my the some'],
  ['what to do', 'insert enter add put paste replace change fill choose generate'],
);

/** The same where something stands between them and the next word: `setup` and `getaway` are words. */
export const FILL_IN_APART = names(['what to do', 'set use pick get todo fixme']);

/** Values that say that there is none. */
export const NO_VALUES = names(
  ['to be done', 'todo tbd'],
  ['nothing', 'none null undefined empty unset n/a na'],
  ['not shown', 'redacted masked hidden'],
);

/** Values that switch or describe something, where names only look like those of credentials. */
export const SWITCHES = names(
  ['yes and no', 'true false yes no on off enable enabled disable disabled required optional 0 1'],
  ['nothing', 'null none nil undefined'],
  ['left to the program', 'auto default'],
  ['types of fields', 'string number boolean text password hidden'],
);

/** How references to secret stores begin, in lower case. */
export const REFERENCES = names(
  ['Amazon', 'arn:* ssm:* secretsmanager:* awssm:*'],
  ['Google', 'sm://* gsm:* gcp:* berglas:*'],
  ['Azure', '@microsoft.keyvault* keyvault* kv:*'],
  ['other stores', 'op://* vault:* ref+* doppler:*'],
  ['encrypted in place', 'enc[* !vault*'],
  ['elsewhere on this machine', 'env:* file:*'],
  [
    'files that a platform mounts',
    '/run/secrets/* /etc/secret/* /etc/secrets/* /var/run/secrets/*',
  ],
);

/** Names of properties that show what something looks like. */
export const SHOWN = names([
  'texts for people',
  'example examples description placeholder sample help hint title label summary doc docs message',
]);

/** Names, in lower case, under which an object describes data, shows it or asks for it. */
export const DESCRIBING = names(
  [
    'shapes of data',
    'schema properties definitions fields columns attributes mapping rules validate pattern patterns',
  ],
  ['queries', 'select where include exclude'],
  [
    'texts for people',
    `example examples message messages error errors label labels translation translations resources locale locales
    placeholder placeholders docs description`,
  ],
  ['forms', 'defaultvalues initialvalues'],
);

/** Packages whose calls describe, validate, show or store what they are given. */
export const DESCRIBERS = names(
  ['validation', 'joi @hapi/joi yup zod ajv valibot superstruct class-validator express-validator'],
  ['mapping to tables', 'mongoose sequelize typeorm objection @mikro-orm/* @prisma/*'],
  [
    'descriptions in Nest',
    '@nestjs/swagger @nestjs/graphql @nestjs/mongoose @nestjs/typeorm @nestjs/sequelize @nestjs/testing',
  ],
  ['interfaces', 'swagger-* graphql*'],
  ['pages and texts', 'i18n* react* vue* @vue* formik @angular/*'],
  ['questions and options on a terminal', 'inquirer prompts enquirer commander yargs chalk'],
  ['helpers for values', 'lodash* ramda assert util path fs fs/promises url querystring qs'],
  ['settings', 'convict envalid env-var'],
  ['logs', 'winston pino bunyan'],
  [
    'browsers, with keys for everybody',
    'firebase firebase/* @firebase/* posthog* mixpanel* @segment/* @sentry/* @amplitude/*',
  ],
  ['tests', 'nock supertest sinon chai jest* @jest/* vitest faker* @faker* openai-mock msw'],
);

/** Methods that store, look up, show or change what they are given. */
export const STORING = names(
  [
    'tables',
    'create insert insertMany insertOne upsert findOrCreate findOne find findAll update updateOne save where bulkCreate',
  ],
  ['answers', 'render json send emit'],
  ['logs', 'log info warn error debug'],
  ['objects', 'pick omit assign merge get'],
);

/** Packages that make requests: what they are given goes out. */
export const REQUESTERS = names(...HTTP_CLIENTS.groups, [
  'of Node, and others of a family',
  'http https request-*',
]);

/** Calls that show what they are given, in another form. */
export const SHOWING_CALLS = names(
  ['as text', 'JSON.stringify util.inspect util.format String yaml.stringify yaml.dump'],
  [
    'as another object',
    `Object.assign Object.entries Object.values Object.fromEntries structuredClone lodash.clone lodash.cloneDeep
    lodash.merge`,
  ],
);
