import { describe, expect, it } from 'vitest';
import { processesOf, type AppProcess } from '../../../server/src/project/map/processes';
import type { Files } from '../../helpers/check';
import { MAP_PROJECT } from '../../helpers/map-project';
import { modelOf } from '../../helpers/model';

/** The processes of the package in a folder. */
async function processes(files: Files, dir = ''): Promise<readonly AppProcess[]> {
  const model = await modelOf(files);
  const info = model.packages.find((one) => one.dir === dir);
  if (!info) throw new Error(`there is no package in ${dir}`);
  return processesOf(info, model);
}

const manifest = (scripts: object, dependencies: object = { express: '4' }): string =>
  JSON.stringify({ name: 'shop', private: true, scripts, dependencies });

describe('the processes of an app', () => {
  it('are those of its Procfile, each with its role', async () => {
    const found = await processes(MAP_PROJECT, 'apps/shop');
    expect(found.map(({ role, name, entry }) => [role, name, entry])).toEqual([
      ['web', 'web', 'apps/shop/server.js'],
      ['worker', 'worker', 'apps/shop/worker.js'],
      ['clock', 'clock', 'apps/shop/clock.js'],
      ['admin', 'release', 'apps/shop/scripts/migrate.js'],
      ['admin', 'seed', 'apps/shop/scripts/seed.js'],
    ]);
  });

  it('say port, signals, services and variables', async () => {
    const [web, worker] = await processes(MAP_PROJECT, 'apps/shop');
    expect(web).toEqual({
      name: 'web',
      role: 'web',
      entry: 'apps/shop/server.js',
      command: 'node server.js',
      ports: [{ variable: 'PORT', value: 3000 }],
      signals: ['SIGTERM'],
      services: ['postgres'],
      variables: ['DATABASE_URL', 'PORT'],
    });
    expect(worker).toMatchObject({
      ports: [],
      signals: [],
      services: ['queue', 'redis'],
      variables: ['REDIS_URL'],
    });
  });

  it('are called after the app where nothing else names them', async () => {
    const files = {
      'package.json': manifest({ start: 'node server.js' }),
      'server.js': `require('express')().listen(8080);\n`,
    };
    expect(await processes(files)).toMatchObject([
      { name: 'shop', role: 'web', ports: [{ value: 8080 }], signals: [] },
    ]);
  });

  it('know a port by its variable alone', async () => {
    const files = {
      'package.json': manifest({ start: 'node server.js' }),
      'server.js': `require('express')().listen(process.env.APP_PORT);\n`,
    };
    expect((await processes(files))[0]?.ports).toEqual([{ variable: 'APP_PORT' }]);
  });

  it('are functions where a platform calls them', async () => {
    const files = {
      'package.json': manifest({}, {}),
      'serverless.yml':
        'service: shop\nprovider:\n  name: aws\n  runtime: nodejs20.x\nfunctions:\n  hello:\n    handler: src/hello.handler\n',
      'src/hello.js': `exports.handler = async () => ({ statusCode: 200 });\n`,
    };
    expect(await processes(files)).toMatchObject([{ role: 'serverless', entry: 'src/hello.js' }]);
  });

  it('may be a framework that finds the code by itself', async () => {
    const files = {
      'package.json': manifest({ build: 'next build', start: 'next start' }, { next: '15' }),
      'app/page.jsx': 'export default () => null;\n',
    };
    expect(await processes(files)).toMatchObject([
      { name: 'shop', role: 'web', entry: undefined, command: 'next start' },
    ]);
  });

  it('are none of what is no app', async () => {
    expect(await processes(MAP_PROJECT, 'examples/cart')).toEqual([]);
    expect(await processes(MAP_PROJECT, 'packages/money')).toEqual([]);
  });
});
