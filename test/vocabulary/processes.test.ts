import { describe, expect, it } from 'vitest';
import { isAdminScript } from '../../server/src/project/start/intent';
import {
  isDevelopmentName,
  isDevelopmentPath,
  isProductionName,
  processByName,
} from '../../server/src/project/start/purpose';
import {
  BUILD_SCRIPTS,
  DEPLOYING,
  DEPLOY_JOBS,
  STAND_INS,
  TEST_JOBS,
} from '../../server/src/vocabulary/processes';

describe('what a process is for, by its name', () => {
  it.each([
    ['api', 'web'],
    ['web2', 'web'],
    ['emailWorker', 'worker'],
    ['queue:mail', 'worker'],
    ['cron', 'clock'],
    ['db_migrate', 'release'],
    ['initDb', 'release'],
    ['release', 'release'],
    ['happy', 'other'],
    ['webhooks', 'other'],
    ['released', 'other'],
    ['heartbeat', 'other'],
    ['apiary', 'other'],
  ])('%s is %s', (name, process) => {
    expect(processByName(name, 'other')).toBe(process);
  });

  it.each([
    'start:dev',
    'devServer',
    'watch',
    'redis-test',
    'start_debug',
    'api.mock',
    'storybook',
  ])('%s is for developers', (name) => {
    expect(isDevelopmentName(name)).toBe(true);
  });

  it.each(['start:qa', 'start:uat', 'developers', 'device-api', 'latest', 'integration', 'locale'])(
    '%s is not',
    (name) => {
      expect(isDevelopmentName(name)).toBe(false);
    },
  );

  it('knows what runs in production', () => {
    expect(isProductionName('start:prod') && isProductionName('compose.production.yml')).toBe(true);
    expect(isProductionName('products') || isProductionName('deliver')).toBe(false);
  });

  it('tells one-off scripts from others', () => {
    expect(isAdminScript('db:reset') && isAdminScript('importUsers')).toBe(true);
    expect(isAdminScript('important') || isAdminScript('test:db')).toBe(false);
    expect(BUILD_SCRIPTS.begins('build:web') && !BUILD_SCRIPTS.begins('rebuild')).toBe(true);
  });

  it('takes `qa` in CI for checks', () => {
    expect(TEST_JOBS.isIn('qa') && !DEPLOY_JOBS.isIn('qa')).toBe(true);
    expect(DEPLOY_JOBS.isIn('Deploy to staging') && !DEPLOY_JOBS.isIn('pushpin')).toBe(true);
    expect(DEPLOYING.isIn('redeploy.sh') && !DEPLOYING.isIn('publisher')).toBe(true);
  });
});

describe('where developers run things', () => {
  it.each([
    'docker-compose.dev.yml',
    'k8s/overlays/local/api.yaml',
    '.devcontainer/Dockerfile',
    '.gitpod.Dockerfile',
    'Dockerfile.test',
    'docker-compose.override.yml',
  ])('%s', (path) => {
    expect(isDevelopmentPath(path)).toBe(true);
  });

  it.each([
    'k8s/overlays/qa/api.yaml',
    'docker-compose.staging.yml',
    'examples/remix/Dockerfile',
    'device/Dockerfile',
    'src/localStorage.ts',
    'apps/developers/Dockerfile',
  ])('not %s', (path) => {
    expect(isDevelopmentPath(path)).toBe(false);
  });

  it('knows servers that stand in for others', () => {
    expect(STAND_INS.isIn('src/mockServer.ts') && STAND_INS.isIn('dev-server.js')).toBe(true);
    expect(STAND_INS.isIn('src/server.ts') || STAND_INS.isIn('src/hammock.ts')).toBe(false);
  });
});
