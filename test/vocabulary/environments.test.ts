import { describe, expect, it } from 'vitest';
import {
  isDevelopmentSection,
  isDevelopmentSettings,
  isTestSettings,
} from '../../server/src/project/services/environment-sections';
import { isTestEnvFile } from '../../server/src/project/secrets/env-files';
import { isConfigFile } from '../../server/src/project/secrets/config-files';
import {
  DEVELOPMENT,
  ENVIRONMENTS,
  NOT_DEPLOYED,
  PRODUCTION,
  STAGES,
  TESTS,
  UNMISTAKABLE,
  VARIANTS,
} from '../../server/src/vocabulary/environments';

const NAMES =
  'dev devel develop development local test tests testing e2e ci stag stage staging stg qa uat sit preprod pre-production preProd preview canary sandbox integration prod production live'.split(
    ' ',
  );

describe('names of environments', () => {
  it.each(NAMES)('%s is one', (name) => {
    expect(ENVIRONMENTS.is(name)).toBe(true);
    expect(ENVIRONMENTS.is(name.toUpperCase())).toBe(true);
  });

  it.each(['developer', 'device', 'latest', 'contest', 'product', 'quality', 'situation', ''])(
    '%s is none',
    (name) => {
      expect(ENVIRONMENTS.isIn(name)).toBe(false);
    },
  );

  it('knows what is deployed', () => {
    const deployed = NAMES.filter((name) => !NOT_DEPLOYED.is(name));
    expect(deployed).toEqual(
      'stag stage staging stg qa uat sit preprod pre-production preProd preview canary sandbox integration prod production live'.split(
        ' ',
      ),
    );
    expect(NAMES.filter((name) => PRODUCTION.is(name))).toEqual(['prod', 'production', 'live']);
  });

  it('tells words that mean nothing else', () => {
    for (const vague of ['local', 'live', 'stage', 'preview', 'sandbox', 'sit', 'test'])
      expect(UNMISTAKABLE.is(vague), vague).toBe(false);
    expect(['qa', 'uat', 'preprod', 'dev'].every((name) => UNMISTAKABLE.is(name))).toBe(true);
    expect(VARIANTS.is('live') && VARIANTS.is('qa') && !VARIANTS.is('test')).toBe(true);
    expect(STAGES.is('sit') && STAGES.is('qa') && !STAGES.is('prod') && !STAGES.is('ci')).toBe(
      true,
    );
    expect(TESTS.is('e2e') && !TESTS.is('dev') && !DEVELOPMENT.is('local')).toBe(true);
  });
});

describe('settings of one environment', () => {
  it('groups them by whole names', () => {
    expect(isDevelopmentSection('test')).toBe(true);
    expect(isDevelopmentSection('testimonials')).toBe(false);
    expect(isDevelopmentSection('qa')).toBe(false);
  });

  it.each(['config/development.json', 'db.test.js', 'config/app-dev.yml', 'config/db_local.ts'])(
    '%s is for development or tests',
    (path) => {
      expect(isDevelopmentSettings(path)).toBe(true);
    },
  );

  it.each([
    'config/qa.json',
    'config/production.json',
    'src/developers.ts',
    'src/useLocal.ts',
    'src/latest.js',
    'test/order.ts',
    'config/dev.md',
  ])('%s is not', (path) => {
    expect(isDevelopmentSettings(path)).toBe(false);
  });

  it('knows those of tests', () => {
    expect(isTestSettings('config/env/test.js') && isTestSettings('config/ci.yml')).toBe(true);
    expect(isTestSettings('config/development.js') || isTestSettings('contest.js')).toBe(false);
    expect(isTestEnvFile('.env.test') && isTestEnvFile('.env.spec')).toBe(true);
    expect(isTestEnvFile('.env.qa') || isTestEnvFile('.env.local')).toBe(false);
  });

  it.each(['uat.json', 'config.qa.yml', 'settings.json', 'serviceAccountKey.json', 'config/x.yml'])(
    '%s holds settings',
    (path) => {
      expect(isConfigFile(path)).toBe(true);
    },
  );

  it.each(['test.json', 'live.json', 'device.json', 'locales/dev.json', 'config.example.json'])(
    '%s holds none',
    (path) => {
      expect(isConfigFile(path)).toBe(false);
    },
  );
});
