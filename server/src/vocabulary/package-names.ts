import { vocabulary } from './vocabulary';

/** Folders and names of packages that show how something is used. */
export const EXAMPLE_PACKAGES = vocabulary(
  [
    'code for readers to run and copy from',
    'example examples sample samples demo demos showcase showcases tutorial tutorials cookbook recipes',
  ],
  [
    'where the developers of a project try it out',
    'playground playgrounds sandbox sandboxes kitchen-sink storybook',
  ],
);

/** Folders and names of packages that hold a project's own documentation. */
export const DOCUMENTATION_PACKAGES = vocabulary([
  'sites about the project',
  'doc docs documentation docs-site',
]);

/** Folders and names of packages that people copy to start an app of their own. */
export const TEMPLATE_PACKAGES = vocabulary([
  'copied by a generator or by hand, then changed',
  'template templates starter starters boilerplate boilerplates scaffold scaffolds scaffolding skeleton skeletons',
]);

/** Folders and names of packages that only tests run. */
export const TEST_PACKAGES = vocabulary(
  [
    'automated tests',
    'test tests testing e2e spec specs integration-test integration-tests cypress playwright smoke-tests',
  ],
  [
    'what tests use',
    'test-util test-utils test-containers test-utilities test-helpers fixture fixtures mock mocks',
  ],
  [
    'what tests load or run against',
    'test-app test-apps test-plugin test-plugins test-project test-projects test-package test-packages test-site test-sites',
  ],
  ['measures speed rather than results', 'benchmark benchmarks bench perf load-test load-tests'],
);

/** Folders that hold how a repository is deployed, whatever else is in them. */
export const DEPLOYING_FOLDERS = vocabulary(
  ['images and what runs them', 'docker compose containers'],
  [
    'where it is brought',
    'deploy deployment deployments hosting self-host self-hosted infra infrastructure',
  ],
);

/** Folders and names of packages that developers and build machines run. */
export const TOOL_PACKAGES = vocabulary(
  [
    'runs while developing or releasing',
    'tool tools tooling script scripts build-tools dev-tools devtools cli',
  ],
  [
    'writes or rewrites code',
    'codemod codemods upgrade generator generators schematics scaffolder codegen',
  ],
);

/** Packages of settings for tools, whichever way round they are called. */
export const TOOL_SETTINGS = vocabulary([
  'settings of tools, shared by packages',
  'eslint-config config-eslint eslint-plugin eslint-rules tsconfig ts-config config-ts typescript-config config-typescript prettier-config config-prettier prettier-plugin stylelint-config babel-preset babel-plugin jest-preset jest-config config-jest vitest-config config-vitest tailwind-config config-tailwind postcss-config commitlint-config typescript-plugin biome-config',
]);

/** Folders in which monorepos keep what they deploy. */
export const APP_FOLDERS = vocabulary([
  'what is deployed, by the usual layouts of workspaces',
  'app apps application applications service services server servers function functions lambda lambdas worker workers backend api',
]);

/** Folders in which monorepos keep what other packages load. */
export const LIBRARY_FOLDERS = vocabulary([
  'what several packages share, by the usual layouts of workspaces',
  'lib libs library libraries shared common',
]);
