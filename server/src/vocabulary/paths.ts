import { pathVocabulary } from './path-vocabulary';
import { vocabulary, type WordGroup } from './vocabulary';

const SCRIPTS: WordGroup = ['scripts that people run', 'script scripts'];
const SEEDED: WordGroup = ['first data', 'seed seeds seeder seeders seeding'];

/**
 * Tests. Not among them: `integration` (of a partner), `unit`, `stubs` (what a generator copies), `qa`, which are names of product
 * folders, too.
 */
export const TEST_PLACES = pathVocabulary({
  folders: [
    ['tests', 'test tests spec specs e2e testing'],
    ['tests, by their kind', 'integration-test integration-tests unit-test unit-tests e2e-tests'],
    ['what they run against', 'fixture fixtures mock mocks'],
    ['what they share', 'test-utils test-helpers'],
    ['their runners', 'cypress playwright jest vitest'],
  ],
  endings: [
    ['tests', 'test spec e2e cy bench'],
    [
      'tests, by what they test or how',
      'client-test server-test unit-test int-test integration-test',
    ],
    ['tests of what runs', 'e2e-test smoke-test load-test'],
    ['what they run against', 'mock fixture'],
  ],
  dotted: [['several of them; `load-fixtures.ts` loads some', 'tests specs mocks fixtures']],
  tools: [['settings of runners', 'jest vitest karma playwright cypress wdio ava mocha']],
  files: [
    ['before all tests', 'setup-test setup-tests test-setup mock-setup'],
    ['what tests share', 'test-helper test-helpers test-util test-utils'],
    ['the same of stand-ins', 'mock-helper mock-helpers mock-util mock-utils'],
    ['what they run against', 'test-server test-app test-db test-data'],
    ['what stands in for it', 'mock-server mock-app mock-db mock-data'],
  ],
});

/** Documentation, examples, stories. */
export const DOCUMENT_PLACES = pathVocabulary({
  folders: [
    ['documentation', 'doc docs documentation tutorial tutorials website'],
    ['to look at', 'example examples sample samples demo demos'],
    ['to try out, to measure', 'playground playgrounds benchmark benchmarks'],
    ['components on show', 'stories storybook .storybook'],
  ],
  dotted: [['components on show', 'stories story']],
});

const COPIED: readonly WordGroup[] = [
  ['an example, in several languages', 'example examples exemple exemplo ejemplo sample samples'],
  ['to be filled in', 'template templates tpl tmpl placeholder skeleton'],
  ['comes with the sources, and is copied once', 'dist'],
];

/** Files to copy and fill in: what they say is nobody's setting. */
export const EXAMPLE_FILES = vocabulary(...COPIED);

/** Env files to copy, or to check against. `config/default.json` is none of them: it is where settings are. */
export const EXAMPLE_ENV_FILES = vocabulary(
  ...COPIED,
  ['what holds where nothing is set', 'default defaults'],
  ['what they may be', 'exp schema'],
);

/** Folders of packages that somebody copies. */
export const TEMPLATE_PLACES = pathVocabulary({
  folders: [['to be copied', 'template templates']],
});

/** Copies of other people's code. */
export const VENDORED_PLACES = pathVocabulary({
  folders: [
    ['what package managers bring', 'node-modules bower-components .yarn .pnp'],
    ['what people bring', 'vendor vendors third-party'],
  ],
  tools: [['the map of Yarn', 'pnp']],
});

/** Where web pages have their scripts; names of {@link PAGE_LIBRARIES} are copies there. */
export const PAGE_SCRIPT_PLACES = pathVocabulary({
  folders: [['scripts of pages', 'lib libs js assets static public plugins']],
});

/** Libraries that pages bring along as a file. */
export const PAGE_LIBRARIES = vocabulary(
  ['by their names', 'jquery bootstrap lodash moment angular popper chart d3 vue react select2'],
  ['their parts', 'jqueryui angularjs chartjs vuejs vuex momentjs datatables data-tables'],
  ['all of them in one', 'vendor vendors'],
);

/** What a program wrote. */
export const GENERATED_PLACES = pathVocabulary({
  folders: [
    ['by generators', 'generated'],
    ['by frameworks', '.next .nuxt .svelte-kit .output .turbo .vercel storybook-static'],
    ['by test runs', 'coverage'],
  ],
  endings: [['protocol buffers', 'pb']],
  dotted: [
    ['by generators', 'generated gen g'],
    ['by bundlers', 'min bundle chunk'],
    ['declarations', 'd'],
  ],
});

/** Bundling, linting, generating: tools of those who build. */
export const BUILD_PLACES = pathVocabulary({
  folders: [
    ['bundlers and task runners', 'webpack gulp gulp-tasks grunt build-scripts'],
    ['tools', 'tools tooling .github .husky .storybook'],
    ['generators', 'codegen generator generators plop-templates schematics'],
    ['rules of linters', 'lint-rules eslint-rules'],
  ],
  dotted: [['settings of a tool', 'config']],
  tools: [
    ['bundlers', 'webpack rollup esbuild vite metro craco config-overrides tsup rspack turbo nx'],
    ['compilers', 'babel tailwind postcss svgo'],
    ['task runners', 'gulpfile gruntfile nps package-scripts'],
    ['linters', 'eslint prettier stylelint commitlint lint-staged lintstaged dangerfile knip'],
    ['generators', 'plopfile codegen graphql-codegen i18next-parser'],
    ['the proxy of a development server', 'setup-proxy'],
  ],
  files: [['`release.service.ts` has releases for its subject', 'release release-it']],
});

/** Tasks of administrators. */
export const ADMIN_PLACES = pathVocabulary({
  folders: [
    ['the database’s', 'migration migrations factories fixtures'],
    SEEDED,
    SCRIPTS,
    ['commands', 'bin tasks commands one-off maintenance'],
  ],
  tools: [
    ['the database’s', 'migrate knexfile ormconfig drizzle-config db-reset db-init'],
    ['first data', 'seed seeds seeder'],
  ],
});

/** Scripts that people run: part of no process, even if they listen. */
export const SCRIPT_PLACES = pathVocabulary({ folders: [SCRIPTS] });

/** Code that is sent to browsers. */
export const BROWSER_PLACES = pathVocabulary({
  folders: [
    ['served as it is', 'public static assets wwwroot www'],
    ['front ends', 'client frontend front-end webapp browser'],
  ],
});

/** Data, texts and schemas, however much a file in them is named like settings. */
export const CONTENT_PLACES = pathVocabulary({
  folders: [
    ['texts', 'locale locales i18n lang language languages translation translations'],
    ['served as it is', 'public assets static'],
    ['data', 'data schema schemas seed seeds seeders fixture fixtures mock mocks'],
  ],
});
