import { names } from './names';

/** Names around a setting that tell nothing about what is configured. */
export const GENERIC_OUTER = names(
  [
    'settings as such',
    `CONFIG CONFIGURATION OPTION OPTIONS OPTS SETTING SETTINGS PARAM PARAMS PROPS DEFAULT DEFAULTS ENV ENVIRONMENT CONST CONSTS
    CONSTANT CONSTANTS`,
  ],
  [
    'files and folders of every project',
    'INDEX SERVER MAIN APP APPLICATION WWW BIN SRC UTIL UTILS HELPER HELPERS LIB COMMON SHARED',
  ],
  [
    'what a program does',
    'START RUN CREATE CONNECT USE SET GET LISTEN INIT INITIALIZE NEW REGISTER FOR_ROOT BOOTSTRAP',
  ],
  [
    'requests, and what makes them',
    'POST PUT PATCH DELETE REQUEST FETCH AXIOS GOT KY UNDICI CLIENT API HTTP HTTPS URL URI',
  ],
  ['what is held or answered', 'DATA VALUE RESULT RES REQ RESPONSE ANSWER REPLY BODY OUTPUT'],
  ['frameworks', 'EXPRESS FASTIFY KOA ROUTER'],
  ['sign-in of any provider', 'OAUTH OAUTH2 SIGN VERIFY STRATEGY PASSPORT'],
  ['conditions', 'IF WHEN UNLESS'],
  [
    'the language',
    `THIS MODULE EXPORTS CONSOLE LOG STRING NUMBER ASSIGN OBJECT FREEZE PUSH JSON STRINGIFY PARSE RESOLVE THEN CATCH ALL
    PROMISE`,
  ],
  ['a database, whichever', 'DB'],
);

/** Names of settings that only say what sort of thing it is. */
export const GENERIC_OWN = names(
  [
    'whatever is called',
    'BASE SERVER TARGET API DOMAIN HREF SRC LINK CONNECTION CONNECTION_STRING',
  ],
  [
    'credentials',
    `SECRET SECRETS SECRET_KEY SECRET_OR_KEY SECRET_OR_PRIVATE_KEY KEY KEYS API_KEY TOKEN ACCESS_TOKEN PASSWORD PASS
    PASSPHRASE PWD`,
  ],
  ['accounts', 'USER USERNAME LOGIN'],
  ['data', 'NAME DATABASE DB VALUE FILE DIR'],
  ['settings', 'DEFAULT OPTIONS CONFIG'],
  ['switches', 'SECURE ENABLED ENABLE ACTIVE DEBUG'],
  ['texts of any use', 'FMT FORMAT TEMPLATE TPL PATTERN STR TEXT TMP TEMP'],
);

/** What functions begin with that do something: of `sendSms` the second word says what it is about. */
export const VERBS = names([
  'of calls',
  `ADD APPLY ASSERT BUILD CALL CHECK CLEAR COMPUTE CREATE DO ENSURE EXPECT FETCH FIND GET HANDLE HAS INIT INVOKE IS LOAD MAKE ON OPEN
  POST READ REGISTER RESOLVE RUN SAVE SEND SET SETUP SOLVE START TEST TRY UPDATE USE WITH WRITE`,
]);

/** Names of owners of hosts that are words for many things, or too short for a name. */
export const WEAK_OWNERS = names([
  'words',
  'MAIL MAX CHAT MESSENGER SMS PUSH CLOUD WEB PAY BOT SEARCH',
]);

/** Where something is, also as `BASE_URL` or `DEFAULT_HOST`: sorts of things as well. */
export const GENERIC_PLACES = names([
  'sorts of addresses',
  'URL URI ENDPOINT HOST HOSTNAME ORIGIN ADDRESS PORT PATH',
]);

/** What the SDKs of AWS, and of stores that speak like S3, look for themselves. */
export const AWS_OWN = names(['credentials', 'ACCESS_KEY_ID SECRET_ACCESS_KEY SESSION_TOKEN']);

/** Terms of OAuth and the like, of which every provider has one; also with `_URL` behind. */
export const PROTOCOL_ADDRESSES = names(
  ['where one signs in', 'AUTHORIZATION USER_AUTHORIZATION AUTHORIZE AUTH LOGIN'],
  [
    'where tokens come from',
    'TOKEN ACCESS_TOKEN REQUEST_TOKEN REFRESH_TOKEN REVOKE REVOCATION JWKS ISSUER',
  ],
  ['who somebody is', 'USER_INFO USERINFO PROFILE EMAIL EMAILS'],
  ['where one comes back to', 'CALLBACK REDIRECT RETURN WEBHOOK LOGOUT'],
);

/** What a provider hands out to each of its customers. */
export const PROTOCOL_KEYS = names([
  'of an app',
  'CLIENT_SECRET CLIENT_KEY CONSUMER_SECRET CONSUMER_KEY APP_SECRET APP_KEY API_SECRET API_KEY',
]);

/** First labels of a host that say which of its owner's services it is. */
export const SERVICE_LABELS = names(
  ['sign-in', 'accounts auth oauth login sso'],
  ['interfaces', 'graph graphql hooks webhooks'],
  ['deliveries and trials', 'cdn sandbox staging'],
  ['what big owners have several of', 'hub maps registry storage translate'],
);
