import { describe, expect, it } from 'vitest';
import {
  isAdminPath,
  isBesideProduct,
  isBrowserPath,
  isBuildPath,
  isDocumentPath,
  isGeneratedPath,
  isTestPath,
  isVendoredPath,
} from '../../server/src/project/files/paths';
import { isExampleEnvPath } from '../../server/src/project/manifests/environment';
import { pathVocabulary } from '../../server/src/vocabulary/path-vocabulary';

type Question = (path: string) => boolean;

/** Paths that a question is true for, and others that only look like it. */
const CASES: readonly (readonly [Question, readonly string[], readonly string[]])[] = [
  [
    isTestPath,
    [
      'src/__tests__/a.ts',
      'Tests/a.js',
      'test-utils/a.ts',
      'src/order.spec.ts',
      'src/order_test.js',
      'src/users.mocks.ts',
      'jest.config.js',
      '.mocharc.cjs',
      'jestSetup.ts',
      'src/setupTests.ts',
      'integration-tests/a.ts',
      'src/filters.clienttest.ts',
      'src/orders.int-test.js',
    ],
    [
      'src/contest.ts',
      'src/latest.ts',
      'src/testimonials/a.ts',
      'specials/a.ts',
      'src/integration/slack.ts',
      'src/karmapoints.ts',
      'src/load-fixtures.ts',
      'src/attest.ts',
      'src/manifest.spec.json',
      'src/a.latest.ts',
      'src/print.ts',
    ],
  ],
  [
    isDocumentPath,
    ['docs/a.md', 'examples/a/server.js', '.storybook/main.ts', 'src/a.stories.tsx', 'a.mdx'],
    ['apps/docs-api/server.ts', 'src/history/a.ts', 'src/demography/a.ts', 'src/documents/a.ts'],
  ],
  [
    isVendoredPath,
    ['node_modules/a/b.js', 'third_party/a.js', '.pnp.cjs', 'public/js/jquery-3.6.min.js'],
    ['src/vendor.controller.ts', 'src/vendors.ts', 'src/moment.js', 'public/js/app.js'],
  ],
  [
    isGeneratedPath,
    ['src/__generated__/a.ts', '.next/a.js', 'src/a.gen.ts', 'a.min.js', 'a_pb.js', 'a.d.ts'],
    ['src/next/a.ts', 'src/code-gen.ts', 'src/product-bundle.ts', 'src/min.ts'],
  ],
  [
    isBuildPath,
    ['vite.config.ts', 'webpackDevServer.js', '.eslintrc.cjs', 'gulpfile.babel.js', 'release.js'],
    [
      'src/release.service.ts',
      'src/metropolis.ts',
      'src/tabs.config.tsx',
      'sentry.server.config.ts',
      'src/toolset/a.ts',
    ],
  ],
  [
    isAdminPath,
    ['db/migrations/1.js', 'bin/www', 'one-off/a.ts', 'seedUsers.ts', 'seed.js', 'knexfile.ts'],
    ['src/seedling.ts', 'src/binary/a.ts', 'src/description/a.ts', 'src/migrated.ts'],
  ],
  [
    isBrowserPath,
    ['public/app.js', 'server/public/app.js', 'front-end/a.ts'],
    ['client/server/a.ts', 'src/publication/a.ts', 'src/clients/a.ts', 'public/fileServer.js'],
  ],
  [
    isBesideProduct,
    ['examples/a', 'templates/blank', 'e2e', 'packages/a/test'],
    ['', 'apps/docs-api', 'packages/contest', 'apps/web'],
  ],
  [
    isExampleEnvPath,
    ['.env.example', 'env.sample', '.env.dist', '.env.development.template'],
    ['.env', '.env.production', '.env.distribution', '.env.qa'],
  ],
];

describe.each(CASES)('%o', (question, paths, others) => {
  it.each(paths)('%s', (path) => {
    expect(question(path)).toBe(true);
  });
  it.each(others)('not %s', (path) => {
    expect(question(path)).toBe(false);
  });
});

describe('a vocabulary of paths', () => {
  it('has words for their places only', () => {
    const places = pathVocabulary({ folders: [['why', 'end-to-end .hidden']] });
    expect(places.isIn('a/end_to_end/b') && places.isIn('.hidden/b')).toBe(true);
    expect(places.isIn('end-to-end.ts') || places.isIn('hidden/b') || places.isIn('')).toBe(false);
  });

  it('refuses words that never match', () => {
    expect(() => pathVocabulary({ files: [['why', '__tests__']] })).toThrow('no word of a name');
  });
});
