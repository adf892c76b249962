import { vocabulary, type WordGroup } from './vocabulary';

/**
 * What environments are called. Development and tests are where nothing is deployed; rehearsals (`qa`, `uat`, `staging`) are deploys
 * like production's own, for other people: a setting of theirs is a setting of a deploy.
 */
const DEVELOPER: WordGroup = [
  'the machine of a developer, or what is left of it in a container',
  'dev devel develop development docker-dev',
];
const LOCAL: WordGroup = ['the same, by where it is', 'local localhost'];
const AUTOMATED: readonly WordGroup[] = [
  ['automated tests', 'test tests testing tst e2e'],
  ['the machine that runs them', 'ci'],
  ['their runner, where the environment is named after it', 'jest'],
];
const REHEARSAL: readonly WordGroup[] = [
  ['a rehearsal of production', 'stag staging stg'],
  ['acceptance, by people', 'qa uat'],
  ['the last step before production', 'pre-prod pre-production non-prod'],
];
const STAGE: WordGroup = ['a rehearsal; elsewhere a step, or a theatre', 'stage'];
/** Deploys by words that mean other things elsewhere: `sit` down, an integration with a partner, a preview of a picture. */
const EVERYDAY: WordGroup = [
  'system integration tests, deploys of one change or for part of the traffic, a place for partners to try out',
  'sit preview canary sandbox integration',
];
const USERS: WordGroup = ['what users meet', 'prod production'];
const LIVE: WordGroup = ['the same; elsewhere what happens now', 'live'];

/** For developers, by words that mean nothing else: a `.env.local` may hold what is real, `isLocal` speaks of a path. */
export const DEVELOPMENT = vocabulary(DEVELOPER);

/** For automated tests. */
export const TESTS = vocabulary(...AUTOMATED);

/** For development or tests: nothing of it is deployed. */
export const NOT_DEPLOYED = vocabulary(DEVELOPER, LOCAL, ...AUTOMATED);

/** What users meet, by words that mean nothing else. */
export const SERVED = vocabulary(USERS);

/** What users meet. */
export const PRODUCTION = vocabulary(USERS, LIVE);

/** Names of environments, where the question is about nothing else: a value of `NODE_ENV`, the last word of an env file. */
export const ENVIRONMENTS = vocabulary(
  DEVELOPER,
  LOCAL,
  ...AUTOMATED,
  ...REHEARSAL,
  STAGE,
  EVERYDAY,
  USERS,
  LIVE,
);

/** Names of environments that mean nothing else, tests aside: fit for flags (`isQa`) and for names of files (`uat.json`). */
export const UNMISTAKABLE = vocabulary(DEVELOPER, ...REHEARSAL, USERS);

/** What others call the environments that they offer: `sandbox` for trials, `live` for the real thing. */
export const PARTNERS = vocabulary(['to try out', 'sandbox'], LIVE);

/** What a copy of a program or of its settings is named for: `server.prod.js`, `localConfig`. Tests have names of their own. */
export const VARIANTS = vocabulary(DEVELOPER, LOCAL, ...REHEARSAL, STAGE, USERS, LIVE);

/** Deploys other than production, in the name of a host: `api.qa.acme.io`. */
export const STAGES = vocabulary(
  DEVELOPER,
  ['tests; `ci` and `jest` are names of products there', 'test testing tst'],
  ...REHEARSAL,
  STAGE,
  EVERYDAY,
  ['short for sandbox', 'sand'],
);
