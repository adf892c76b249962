import { NOT_DEPLOYED, PRODUCTION, TESTS } from './environments';
import { vocabulary, type WordGroup } from './vocabulary';

const MIGRATION: WordGroup = [
  'bring the database to where the release needs it',
  'migrate migration migrations migrator seed seeds seeder',
];

/** Migrations and seeds. */
export const MIGRATIONS = vocabulary(MIGRATION);

/** Runs once per release, before its processes. */
export const RELEASE = vocabulary(['the step of a Procfile', 'release postdeploy'], MIGRATION, [
  'make the database',
  'db-init init-db db-loader db-setup',
]);

/** Runs at set times. */
export const CLOCK = vocabulary([
  'timers',
  'clock cron crons cronjob cronjobs scheduler schedule schedules beat',
]);

/** Takes work from a queue. */
export const WORKER = vocabulary(
  ['by what it is', 'worker workers consumer consumers processor processors background'],
  ['by what it takes', 'queue queues job jobs'],
  ['by its library', 'sidekiq bull'],
);

/** Stages of images that are run for a task, beside those of {@link RELEASE}. */
export const ADMIN_STAGES = vocabulary(['tasks', 'admin tool tools job jobs migrating']);

/** Answers requests. */
export const WEB = vocabulary(['servers', 'web server api app backend http gateway www']);

const STAND_IN: WordGroup = ['stands in for a service', 'mock mocks mocked fake stub stubs'];
const TRY_OUT: WordGroup = [
  'to try things out, or to copy; folders of `examples` and `demo`s have programs that are deployed',
  'sandbox playground example sample',
];
const WATCHED: WordGroup = ['a program under a debugger or a watcher', 'debug watch'];

/** Stands in for a service while one develops. */
export const STAND_INS = vocabulary(STAND_IN, [
  'servers of bundlers and tests',
  'dev-server test-server proxy-dev sandbox',
]);

/**
 * Names of scripts, stages, services and profiles for developers. `integration` and `unit` are not among them: a service of that
 * name integrates, or rents out flats; a script tests ({@link TEST_SCRIPTS}).
 */
export const DEVELOPER_PROCESSES = vocabulary(
  ...NOT_DEPLOYED.groups,
  STAND_IN,
  TRY_OUT,
  WATCHED,
  ['debuggers and reloading', 'inspect inspector hot hmr devserver'],
  ['what is looked at while one develops', 'cypress storybook preview doc docs'],
  ['checks', 'lint coverage'],
  ['typed at', 'repl console'],
);

/** Paths of manifests for developers: `docker-compose.dev.yml`, `k8s/overlays/local/…`. */
export const DEVELOPER_PLACES = vocabulary(
  ...NOT_DEPLOYED.groups,
  STAND_IN,
  TRY_OUT,
  WATCHED,
  ['kinds of tests', 'integration unit'],
  ['laid over the file that is deployed', 'override'],
  ['containers to develop in', 'devcontainer gitpod'],
  ['clusters on one machine', 'minikube kind'],
);

/** What runs in production, by the name of a script, stage or file. */
export const PRODUCTION_PROCESSES = vocabulary(
  ...PRODUCTION.groups,
  ['last stages of an image', 'release runner runtime final'],
  ['scripts', 'deploy'],
);

/** Package scripts that test. */
export const TEST_SCRIPTS = vocabulary(
  ...TESTS.groups,
  ['kinds of tests', 'spec integration unit'],
  ['runners', 'cypress cy playwright mocha vitest'],
  ['what tests reach', 'coverage cover'],
);

/** Package scripts that build or check, by their first word; npm runs `pre…` and `post…` around them. */
export const BUILD_SCRIPTS = vocabulary(
  ['make files', 'build compile bundle transpile generate gen codegen webpack copy'],
  ['of one kind', 'assets css scss sass styles swagger openapi doc docs types'],
  ['check', 'lint format typecheck analyze'],
  ['for npm and git', 'prepare prepublish prepack pack install preinstall postinstall version'],
  ['around a release', 'clean changelog husky precommit pre-commit'],
  ['hooks of platforms', 'heroku-prebuild heroku-postbuild vercel-build gcp-build render-build'],
  ['run on change', 'watch'],
);

/** Package scripts for one task of an administrator. */
export const ADMIN_SCRIPTS = vocabulary(
  MIGRATION,
  ['more of them', 'migrating migrates seeding seeders fixture fixtures'],
  ['data', 'db database schema import export backfill reindex index sync populate'],
  ['made and thrown away', 'setup init create drop reset backup restore cleanup purge'],
  ['by hand', 'admin task tasks script scripts cron job repl console cli'],
  ['tools for databases', 'typeorm prisma knex sequelize mikro-orm drizzle'],
);

/** What developers start beside the app: `start:db`. */
export const BESIDE_THE_APP = vocabulary(
  [
    'services it needs',
    'infra infrastructure db database service services docker compose emulator emulators',
  ],
  ['its stand-ins', 'mock mocks stub'],
  ['front ends', 'client front-end ui ios android native electron'],
  ['ways in from outside', 'tunnel ngrok'],
  ['on this machine, together', 'local all'],
);

const DEPLOY: WordGroup = [
  'bring a release to where it runs',
  'deploy deploys deployment deployments deploying redeploy autodeploy',
];
const PUBLISH: WordGroup = ['give to others', 'release releases releasing publish publishing'];

/** Scripts and jobs that deploy or publish, by the verb. */
export const DEPLOYING = vocabulary(DEPLOY, PUBLISH);

/** Jobs of CI that deploy. `qa` is not among them: a job of that name checks. */
export const DEPLOY_JOBS = vocabulary(
  DEPLOY,
  PUBLISH,
  ['ways to', 'cd ship rollout promote push'],
  ['images', 'docker dockerize image images'],
  ['where to', 'production prod staging heroku vercel fly'],
);

/** Jobs of CI that test or check. */
export const TEST_JOBS = vocabulary(
  ...TESTS.groups,
  ['kinds of tests', 'integration unit spec'],
  [
    'checks',
    'lint linting linter linters check checks checkout verify quality audit validate typecheck qa',
  ],
  ['programs that check', 'codeql sonar sonarqube sonarcloud sonarscanner coverage'],
  ['what must not break', 'build'],
);
