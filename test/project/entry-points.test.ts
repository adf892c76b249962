import { beforeAll, describe, expect, it } from 'vitest';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { buildFrame } from '../../server/src/project/build-model';
import type { EntryPoint } from '../../server/src/project/model';
import { filesOf } from './memory-files';

type Contents = Record<string, string | object>;

beforeAll(() => loadTypeScript());

function entries(contents: Contents): EntryPoint[] {
  return [...buildFrame(filesOf(contents)).entryPoints];
}

/** `path intent!` (`!`: production). */
function brief(contents: Contents): string[] {
  return entries(contents).map(
    (entry) => `${entry.path} ${entry.intent}${entry.production ? '!' : ''}`,
  );
}

function started(command: string, sources: readonly string[], more: Contents = {}): string[] {
  const contents: Contents = { 'package.json': { scripts: { start: command } }, ...more };
  for (const source of sources) contents[source] = '';
  return entries(contents).map((entry) => entry.path);
}

describe('commands', () => {
  it.each<[string, string[], string[]]>([
    ['node server.js', ['server.js'], ['server.js']],
    ['node server', ['server.ts'], ['server.ts']],
    ['node .', ['index.js'], ['index.js']],
    ['node ./bin/www', ['bin/www'], ['bin/www']],
    [
      'node --max-old-space-size=4096 -r dotenv/config --enable-source-maps app.js --port 3',
      ['app.js'],
      ['app.js'],
    ],
    ['node -r ./tracing.js server.js', ['tracing.js', 'server.js'], ['tracing.js', 'server.js']],
    [
      'node --import ./otel.mjs dist/main.js',
      ['otel.mjs', 'src/main.ts'],
      ['otel.mjs', 'src/main.ts'],
    ],
    ['node dist/server.js', ['src/server.ts'], ['src/server.ts']],
    ['node build/src/server.js', ['src/server.ts'], ['src/server.ts']],
    ['node dist/api', ['src/api/index.ts'], ['src/api/index.ts']],
    ['node lib/server.mjs', ['src/server.mts'], ['src/server.mts']],
    [
      'ts-node -P tsconfig.json -r tsconfig-paths/register src/index.ts',
      ['src/index.ts'],
      ['src/index.ts'],
    ],
    ['tsx watch --env-file=.env src/index.ts', ['src/index.ts'], ['src/index.ts']],
    ['babel-node --presets env app.js', ['app.js'], ['app.js']],
    ['nodemon --watch src --exec ts-node src/index.ts', ['src/index.ts'], ['src/index.ts']],
    ['nodemon -x "node -r x/register" server.js', ['server.js'], ['server.js']],
    ['nodemon --exec "tsx src/a.ts"', ['src/a.ts'], ['src/a.ts']],
    ['./node_modules/.bin/forever -m 5 server.js', ['server.js'], ['server.js']],
    ['pm2-runtime start dist/main.js -i max', ['src/main.ts'], ['src/main.ts']],
    ['bun run src/index.ts', ['src/index.ts'], ['src/index.ts']],
    ['bun --watch src/index.ts', ['src/index.ts'], ['src/index.ts']],
    ['fastify start -w -l info -P app.js', ['app.js'], ['app.js']],
    ['c8 node server.js', ['server.js'], ['server.js']],
    ['node -e "require(1)"', ['server.js'], []],
    ['node missing.js', ['server.js'], []],
    ['next start', ['pages/index.tsx'], []],
    ['concurrently "node a.js" "node b.js"', ['a.js', 'b.js'], ['a.js', 'b.js']],
  ])('%s', (command, sources, expected) => {
    expect(started(command, sources)).toEqual(expected);
  });

  it('follows nodemon to its configured command or to main', () => {
    expect(
      started('nodemon', ['src/app.ts'], { 'nodemon.json': { exec: 'ts-node -T ./src/app.ts' } }),
    ).toEqual(['src/app.ts']);
    expect(
      brief({
        'package.json': { main: 'src/app.ts', scripts: { start: 'nodemon' } },
        'src/app.ts': '',
      }),
    ).toEqual(['src/app.ts start!']);
  });

  it('finds the entry file of nest', () => {
    expect(started('nest start', ['src/main.ts'])).toEqual(['src/main.ts']);
    expect(
      started('nest start', ['source/boot.ts'], {
        'nest-cli.json': { sourceRoot: 'source', entryFile: 'boot' },
      }),
    ).toEqual(['source/boot.ts']);
    expect(
      started('nest start api --watch', ['apps/api/src/main.ts'], {
        'nest-cli.json': {
          monorepo: true,
          projects: { api: { root: 'apps/api', sourceRoot: 'apps/api/src', entryFile: 'main' } },
        },
      }),
    ).toEqual(['apps/api/src/main.ts']);
  });

  it('maps tracked build output to its source', () => {
    const contents: Contents = {
      'package.json': { scripts: { start: 'node dist/main.js' } },
      'tsconfig.json': { compilerOptions: { outDir: 'dist' }, include: ['src'] },
      'src/main.ts': '',
      'dist/main.js': '',
    };
    expect(brief(contents)).toEqual(['src/main.ts start!']);
  });

  it('tells where the file is named', () => {
    const text = '{"scripts":{"start":"npm run go","go":"node \\"dist/a.js\\""}}';
    const [entry] = entries({ 'package.json': text, 'src/a.ts': '' });
    expect(entry).toMatchObject({
      path: 'src/a.ts',
      origin: 'package.json scripts.start',
      declaredAt: { path: 'package.json' },
    });
    expect(text.slice(entry?.declaredAt?.span.start, entry?.declaredAt?.span.end)).toBe(
      'dist/a.js',
    );
  });
});

describe('intents', () => {
  it('tells servers from what runs before them', () => {
    const contents: Contents = {
      'package.json': { scripts: { start: 'node migrate.js && node server.js' } },
      'migrate.js': '',
      'server.js': '',
    };
    expect(brief(contents)).toEqual(['migrate.js admin!', 'server.js start!']);
    expect(
      brief({
        ...contents,
        'package.json': { scripts: { start: 'node migrate.js & node server.js' } },
      }),
    ).toEqual(['migrate.js start!', 'server.js start!']);
  });

  it('takes the branches of an entrypoint script for alternatives', () => {
    const contents: Contents = {
      'package.json': {},
      Dockerfile: 'FROM node:20\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./run.sh"]\n',
      'run.sh':
        '#!/bin/sh\nif [ "$MIGRATE" ]; then node migrate.js; fi\ncase "$1" in\n  worker) node worker.js ;;\n  *) node server.js ;;\nesac\n',
      'migrate.js': '',
      'worker.js': '',
      'server.js': '',
    };
    expect(brief(contents)).toEqual(['migrate.js admin!', 'worker.js start!', 'server.js start!']);
  });

  it('tells scripts by their names', () => {
    const scripts = {
      start: 'node s.js',
      dev: 'node d.js',
      'db:seed': 'node seed.js',
      build: 'node b.js',
      test: 'npm run db:seed && node t.js',
      'import-users': 'ts-node scripts/import.ts',
    };
    const contents: Contents = { 'package.json': { scripts } };
    for (const path of ['s.js', 'd.js', 'seed.js', 'b.js', 't.js', 'scripts/import.ts'])
      contents[path] = '';
    expect(brief(contents).sort()).toEqual([
      'b.js build',
      'd.js development',
      's.js start!',
      'scripts/import.ts admin',
      'seed.js admin',
      't.js test',
    ]);
    expect(entries(contents).find((entry) => entry.path === 'seed.js')?.origin).toBe(
      'package.json scripts.db:seed',
    );
  });

  it('lists a file once, by its most telling declaration', () => {
    const contents: Contents = {
      'package.json': {
        main: 'a.js',
        bin: 'a.js',
        scripts: { dev: 'nodemon a.js', start: 'node a.js' },
      },
      Procfile: 'web: node a.js\n',
      'a.js': '',
    };
    expect(brief(contents)).toEqual(['a.js start!']);
  });

  it('tells release, jobs and cron jobs from servers', () => {
    const job = (kind: string, file: string): string =>
      `apiVersion: batch/v1\nkind: ${kind}\nmetadata: {name: ${kind.toLowerCase()}-x}\nspec:\n${kind === 'CronJob' ? '  jobTemplate:\n    spec:\n      template: {spec: {containers: [{name: x, image: me/app, command: [node, ' : '  template: {spec: {containers: [{name: x, image: me/app, command: [node, '}${file}]}]}}\n`;
    const contents: Contents = {
      'package.json': {},
      Procfile: 'release: node r.js\nworker: node w.js\n',
      'k8s/job.yaml': job('Job', 'j.js'),
      'k8s/cron.yaml': job('CronJob', 'c.js'),
    };
    for (const path of ['r.js', 'w.js', 'j.js', 'c.js']) contents[path] = '';
    expect(brief(contents)).toEqual(['r.js release!', 'w.js start!', 'c.js admin!', 'j.js admin!']);
  });
});

describe('manifests', () => {
  it('reads main, bin and exports of libraries through their output folder', () => {
    const manifest = {
      name: 'lib',
      version: '1.0.0',
      main: './dist/index.js',
      bin: { lib: './dist/cli.js' },
      exports: {
        '.': { types: './dist/index.d.ts', import: './dist/index.mjs' },
        './x': './dist/x.js',
        './*': './dist/*.js',
      },
    };
    expect(
      brief({ 'package.json': manifest, 'src/index.ts': '', 'src/cli.ts': '', 'src/x.ts': '' }),
    ).toEqual(['src/cli.ts bin', 'src/index.ts library', 'src/x.ts library']);
  });

  it('takes main for the start of an app that says no more', () => {
    expect(
      brief({ 'package.json': { private: true, main: 'server.js' }, 'server.js': '' }),
    ).toEqual(['server.js start!']);
    expect(
      brief({
        'package.json': { private: true, main: 'lib.js', scripts: { start: 'node a.js' } },
        'lib.js': '',
        'a.js': '',
      }),
    ).toEqual(['a.js start!', 'lib.js library']);
  });

  it('reads serverless handlers', () => {
    const contents: Contents = {
      'package.json': {},
      'serverless.yml':
        'service: x\nfunctions:\n  hello:\n    handler: src/hello.main\n  other:\n    handler: src/nope.main\n',
      'sam/template.yaml':
        'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: fn/\n      Handler: app.handler\n',
      'vercel.json': {},
      'api/user.ts': '',
      'api/_util.ts': '',
      'src/hello.ts': '',
      'sam/fn/app.js': '',
    };
    expect(brief(contents).sort()).toEqual([
      'api/user.ts serverless!',
      'sam/fn/app.js serverless!',
      'src/hello.ts serverless!',
    ]);
  });

  it('reads serverless.ts and what database tools load', () => {
    const contents: Contents = {
      'package.json': { prisma: { seed: 'ts-node prisma/seed.ts' } },
      'serverless.ts':
        "const c = { functions: { a: { handler: 'src/a.run' } } };\nmodule.exports = c;\n",
      'src/a.ts': '',
      'prisma/seed.ts': '',
      'knexfile.js': '',
    };
    expect(brief(contents)).toEqual([
      'src/a.ts serverless!',
      'prisma/seed.ts admin',
      'knexfile.js admin',
    ]);
  });

  it('finds the entry points of every app of a monorepo', () => {
    const contents: Contents = {
      'package.json': { workspaces: ['apps/*'], scripts: { start: 'turbo run start' } },
      'apps/api/package.json': { name: 'api', scripts: { start: 'node dist/main.js' } },
      'apps/api/src/main.ts': '',
      'apps/job/package.json': { name: 'job', scripts: { start: 'node .' }, main: 'dist/index.js' },
      'apps/job/src/index.ts': '',
      'apps/job/Dockerfile':
        'FROM node:20 AS b\nWORKDIR /r\nCOPY . .\nFROM node:20\nCOPY --from=b /r/apps/job /srv/job\nWORKDIR /srv/job\nCMD ["node", "dist/worker.js"]\n',
      'apps/job/src/worker.ts': '',
    };
    const found = entries(contents).map((entry) => [entry.path, entry.intent, entry.package.dir]);
    expect(found).toEqual([
      ['apps/api/src/main.ts', 'start', 'apps/api'],
      ['apps/job/src/index.ts', 'start', 'apps/job'],
      ['apps/job/src/worker.ts', 'start', 'apps/job'],
    ]);
  });
});
