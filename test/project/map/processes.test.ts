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

  it('know what the code that a framework finds reads, and where it listens', async () => {
    const files = {
      'package.json': manifest({ start: 'next start' }, { next: '15', ioredis: '5' }),
      'app/api/carts/route.ts': `import { redis } from '../../../lib/redis';\nexport const GET = () => redis.get(process.env.CART_KEY!);\n`,
      'lib/redis.ts': `import Redis from 'ioredis';\nexport const redis = new Redis(process.env.REDIS_URL!);\n`,
      'scripts/check.ts': `console.log(process.env.ELSEWHERE);\n`,
    };
    expect(await processes(files)).toMatchObject([
      {
        ports: [{ variable: 'PORT', value: 3000 }],
        services: ['redis'],
        variables: ['CART_KEY', 'REDIS_URL'],
      },
    ]);
  });

  it('know the port that a server of files is told', async () => {
    const files = {
      'package.json': manifest({ start: 'serve -s build -l 3001' }, { serve: '14' }),
      'index.html': '',
    };
    expect(await processes(files)).toMatchObject([{ role: 'web', ports: [{ value: 3001 }] }]);
  });

  it('are tasks where an image runs nothing else', async () => {
    const files = {
      'package.json': manifest({ migrate: 'deno run -A src/migrate.ts' }, {}),
      Dockerfile:
        'FROM denoland/deno:2.9.2\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["deno", "task", "migrate"]\n',
      'src/migrate.ts': 'console.log(Deno.env.get("DATABASE_URL"));\n',
    };
    expect(await processes(files)).toMatchObject([{ role: 'admin', entry: 'src/migrate.ts' }]);
  });

  it('are not what a platform serves of a library', async () => {
    const files = {
      'package.json': JSON.stringify({
        ...{ name: 'kit', version: '1.0.0', main: 'src/index.ts', types: 'd.ts' },
        publishConfig: { access: 'public' },
      }),
      'netlify.toml': '[build]\n',
      'src/index.ts': 'export const x = 1;\n',
    };
    expect(await processes(files)).toEqual([]);
  });

  it('are none of what is no app', async () => {
    expect(await processes(MAP_PROJECT, 'examples/cart')).toEqual([]);
    expect(await processes(MAP_PROJECT, 'packages/money')).toEqual([]);
  });
});
