import { beforeAll, describe, expect, it } from 'vitest';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { START, command, lines, script, type Contents } from './start-commands';

beforeAll(() => loadTypeScript());

describe('package scripts', () => {
  it('expands scripts with their hooks in place', () => {
    const start = command(
      script({
        prestart: 'npm run build',
        build: 'rimraf dist && tsc',
        start: 'node dist/a.js',
        poststart: 'echo bye',
      }),
      START,
    );
    expect(lines(start)).toEqual(['rimraf dist', '&& tsc', '&& node dist/a.js', '&& echo bye']);
    expect(start.steps.map((step) => [step.hook, step.via])).toEqual([
      [true, ['prestart', 'build']],
      [true, ['prestart', 'build']],
      [false, ['start']],
      [true, ['poststart']],
    ]);
  });

  it('gives every step the span of its own text, with escapes', () => {
    const text =
      '{"scripts":{"start":"npm run b && node -e \\"x\\" && node dist/a.js > \\"my log\\"","b":"tsc -p ."}}';
    const start = command({ 'package.json': text }, START);
    expect(start.steps.map((step) => text.slice(step.span.start, step.span.end))).toEqual([
      'tsc -p .',
      'node -e \\"x\\"',
      'node dist/a.js > \\"my log\\"',
    ]);
    const [redirect] = start.steps[2]?.redirects ?? [];
    expect(redirect && text.slice(redirect.span.start, redirect.span.end)).toBe('> \\"my log\\"');
    expect(redirect?.target).toBe('my log');
  });

  it.each([
    ['cross-env A=1 B=2 node a.js', ['A=1 B=2 node a.js']],
    ['env -u X NODE_ENV=production node a.js', ['NODE_ENV=production node a.js']],
    ['dotenv -e .env.prod -- node a.js', ['node a.js']],
    ['env-cmd -f .env node a.js', ['node a.js']],
    ['exec node a.js', ['node a.js']],
    ['tini -g -- node a.js', ['node a.js']],
    ['dumb-init node a.js', ['node a.js']],
    ['gosu node node a.js', ['node a.js']],
    ['timeout -s KILL 5 node a.js', ['node a.js']],
    ['./wait-for-it.sh db:5432 -t 30 -- node a.js', ['node a.js']],
    ['doppler run --project x -- node a.js', ['node a.js']],
    ['npx -y cross-env A=1 nodemon a.js', ['A=1 nodemon a.js']],
    ['npx --no-install -p typescript -- tsc -p .', ['tsc -p .']],
    ['yarn dlx prisma migrate deploy', ['prisma migrate deploy']],
    ['pnpm exec ts-node a.ts', ['ts-node a.ts']],
    ['yarn nodemon a.js', ['nodemon a.js']],
    ['bun run src/a.ts', ['bun run src/a.ts']],
    ['bunx tsc', ['tsc']],
    ["sh -c 'A=1 node a.js && node b.js'", ['A=1 node a.js', '&& node b.js']],
    ['bash -lc "exec node a.js"', ['node a.js']],
    ['export A=1 && node a.js', ['export A=1', '&& A=1 node a.js']],
    [
      'SET NODE_ENV=production&& node a.js',
      ['SET NODE_ENV=production', '&& NODE_ENV=production node a.js'],
    ],
    ['node a.js 2>&1 | tee -a app.log', ['node a.js [2>&1]', '| tee -a app.log']],
    ['node a.js & node b.js', ['node a.js', '& node b.js']],
    ['npm ci --omit=dev; node a.js', ['npm ci --omit=dev', '; node a.js']],
    ['concurrently -k -n a,b "node a.js" "npm:w-*"', ['node a.js', '& node w1.js', '& node w2.js']],
    ['run-s w-1 w-2', ['node w1.js', '&& node w2.js']],
    ['npm-run-all --parallel w-*', ['node w1.js', '& node w2.js']],
    ['npm run w-1 -- --port 3', ['node w1.js --port 3']],
    ['npm run w-1 --silent x', ['node w1.js x']],
    ['yarn w-1 --port 3', ['node w1.js --port 3']],
    ['pnpm run w-1 --port 3', ['node w1.js --port 3']],
    ['node --run w-1', ['node w1.js']],
    ['npm run missing', ['npm run missing']],
    ['npm start', ['npm start']],
  ])('resolves %s', (text, expected) => {
    expect(
      lines(
        command(
          script({ go: text, 'w-1': 'node w1.js', 'w-2': 'node w2.js' }),
          'package.json scripts.go',
        ),
      ),
    ).toEqual(expected);
  });

  it('names the wrappers it looked through, outermost first', () => {
    const [step] = command(
      script({ start: 'exec tini -- npx cross-env A=1 node a.js' }),
      START,
    ).steps;
    expect(step?.wrappers).toEqual(['exec', 'tini', 'npx', 'cross-env']);
  });

  it('runs no hooks where Yarn 2 runs none', () => {
    const contents = script({ predo: 'x', do: 'y', start: 'yarn do' }, { '.yarnrc.yml': '' });
    expect(lines(command(contents, START))).toEqual(['y']);
  });

  it('stops at scripts that call themselves', () => {
    expect(
      lines(command(script({ start: 'npm run a', a: 'npm run start' }), START)).length,
    ).toBeLessThan(5);
  });

  it('follows into other packages of a workspace', () => {
    const contents: Contents = {
      'package.json': {
        workspaces: ['apps/*'],
        scripts: {
          start: 'npm -w apps/api start',
          all: 'turbo run start',
          one: 'yarn workspace @x/api start',
          two: 'pnpm --filter api start',
          dir: 'npm --prefix apps/web run start',
          cd: 'cd apps/web && npm start',
        },
      },
      'apps/api/package.json': { name: '@x/api', scripts: { start: 'node api.js' } },
      'apps/web/package.json': { name: 'web', scripts: { start: 'next start' } },
    };
    const of = (name: string): string[] => lines(command(contents, `package.json scripts.${name}`));
    expect(of('start')).toEqual(['node api.js']);
    expect(of('all')).toEqual(['node api.js', '& next start']);
    expect(of('one')).toEqual(['node api.js']);
    expect(of('two')).toEqual(['node api.js']);
    expect(of('dir')).toEqual(['next start']);
    expect(of('cd')).toEqual(['cd apps/web', '&& next start']);
    const [step] = command(contents, START).steps;
    expect(step).toMatchObject({ path: 'apps/api/package.json', folder: 'apps/api' });
    expect(step?.words?.[1]?.locations).toEqual(['apps/api/api.js']);
  });

  it('resolves the tasks of turbo, lerna and nx to scripts', () => {
    const contents: Contents = {
      'package.json': {
        workspaces: ['apps/*'],
        scripts: {
          a: 'nx run @x/api:start',
          b: 'nx start web',
          c: 'nx run-many -t start --projects=@x/api,web',
          d: 'lerna run start --scope @x/api',
          e: 'turbo start --filter=web',
          f: 'nx serve other',
          g: 'nx affected --target=test',
        },
      },
      'apps/api/package.json': { name: '@x/api', scripts: { start: 'node api.js' } },
      'apps/web/package.json': { name: 'web', scripts: { start: 'next start' } },
    };
    const of = (name: string): string[] => lines(command(contents, `package.json scripts.${name}`));
    expect(of('a')).toEqual(['node api.js']);
    expect(of('b')).toEqual(['next start']);
    expect(of('c')).toEqual(['node api.js', '& next start']);
    expect(of('d')).toEqual(['node api.js']);
    expect(of('e')).toEqual(['next start']);
    expect(of('f')).toEqual(['nx serve other']);
    expect(of('g')).toEqual(['nx affected --target=test']);
  });

  it('reads nps scripts, their helpers included', () => {
    const text = [
      "const { series } = require('nps-utils');",
      'module.exports = { scripts: {',
      "  default: 'nps start',",
      "  start: { script: 'cross-env NODE_ENV=production node dist/app.js' },",
      "  serve: { script: series('nps banner', 'nodemon --watch src') },",
      '  banner: run(`banner.ts`),',
      '} };',
      'function run(path) { return `ts-node --fast ${path}`; }',
    ].join('\n');
    const contents = script(
      { start: 'nps', serve: 'npm start serve' },
      { 'package-scripts.js': text },
    );
    const start = command(contents, START);
    expect(lines(start)).toEqual(['NODE_ENV=production node dist/app.js']);
    expect(text.slice(start.steps[0]?.span.start, start.steps[0]?.span.end)).toBe(
      'cross-env NODE_ENV=production node dist/app.js',
    );
    const serve = command(contents, 'package.json scripts.serve');
    expect(lines(serve)).toEqual(['ts-node --fast banner.ts', '&& nodemon --watch src']);
    expect(serve.steps.map((step) => text.slice(step.span.start, step.span.end))).toEqual([
      'run(`banner.ts`)',
      'nodemon --watch src',
    ]);
  });
});

describe('what is production', () => {
  const production = (contents: Contents, name: string): boolean =>
    command(contents, `package.json scripts.${name}`).production;

  it.each([
    ['start', 'node a.js', true],
    ['start:prod', 'node a.js', true],
    ['start:worker', 'node w.js', true],
    ['serve', 'node a.js', true],
    ['start', 'nodemon a.js', true],
    ['start', 'react-scripts start', false],
    ['start', 'vite', false],
    ['start:dev', 'node a.js', false],
    ['dev', 'node a.js', false],
    ['start:watch', 'nodemon', false],
    ['serve', 'vue-cli-service serve', false],
    ['start-infra', 'docker-compose up', false],
    ['test', 'jest', false],
    ['build', 'tsc', false],
    ['db:seed', 'node seed.js', false],
  ])('%s: %s → %s', (name, text, expected) => {
    expect(production(script({ [name]: text }), name)).toBe(expected);
  });

  it('takes compilers, tests, aliases of development scripts and shortcuts of a workspace for no start', () => {
    expect(
      production(script({ start: 'npm run build:watch', 'build:watch': 'tsc -w' }), 'start'),
    ).toBe(false);
    expect(
      production(script({ start: 'npm run start:dev', 'start:dev': 'nodemon a.js' }), 'start'),
    ).toBe(false);
    expect(production(script({ 'start:integration': 'mocha' }), 'start:integration')).toBe(false);
    const root = {
      'package.json': {
        workspaces: ['apps/*'],
        scripts: { start: 'node a.js', 'start:api': 'node b.js' },
      },
    };
    expect(production(root, 'start')).toBe(true);
    expect(production(root, 'start:api')).toBe(false);
  });

  it('takes a compiling start for development where another start exists', () => {
    expect(
      production(script({ start: 'nest start', 'start:prod': 'node dist/main' }), 'start'),
    ).toBe(false);
    expect(
      production(script({ start: 'nodemon' }, { Procfile: 'web: node build/app.js' }), 'start'),
    ).toBe(false);
    expect(production(script({ start: 'nodemon' }, { Procfile: 'web: npm start' }), 'start')).toBe(
      true,
    );
    expect(
      production(script({ start: 'ts-node a.ts' }, { Procfile: 'release: node m.js' }), 'start'),
    ).toBe(true);
  });
});
