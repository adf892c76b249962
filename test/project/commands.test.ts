import { beforeAll, describe, expect, it } from 'vitest';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { startCommands } from '../../server/src/project/commands';
import type { CommandStep, StartCommand } from '../../server/src/project/model';
import { findPackages } from '../../server/src/project/packages';
import { filesOf } from './memory-files';

type Contents = Record<string, string | object>;

beforeAll(() => loadTypeScript());

function commandsOf(contents: Contents): StartCommand[] {
  const files = filesOf(contents);
  return startCommands(files, findPackages(files));
}

function command(contents: Contents, origin: string): StartCommand {
  const all = commandsOf(contents);
  const found = all.find((one) => one.origin === origin);
  if (!found) throw new Error(`no ${origin} among ${all.map((one) => one.origin).join(', ')}`);
  return found;
}

/** `joint argv [>redirect] {wrappers} (via)`, one line a step. */
function lines({ steps }: StartCommand): string[] {
  return steps.map((step) => line(step));
}

function line(step: CommandStep): string {
  const assigned = Object.entries(step.assignments)
    .map(([name, value]) => `${name}=${value} `)
    .join('');
  const redirects = step.redirects
    .map(({ operator, target }) => ` [${operator}${target}]`)
    .join('');
  return `${step.joint === '' ? '' : `${step.joint} `}${assigned}${step.argv.join(' ')}${redirects}`;
}

function script(scripts: Record<string, string>, more: Contents = {}): Contents {
  return { 'package.json': { scripts }, ...more };
}

const START = 'package.json scripts.start';

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

describe('Procfile', () => {
  it('reads process types', () => {
    const text =
      'web: npm start\nworker: node worker.js > worker.log\nrelease: npx prisma migrate deploy\nclock: node clock.js\n';
    const all = commandsOf(
      script({ start: 'node server.js' }, { Procfile: text, 'Procfile.dev': 'web: nodemon' }),
    );
    const procfile = all.filter((one) => one.path.startsWith('Procfile'));
    expect(
      procfile.map((one) => [one.origin, one.process, one.production, lines(one).join(' ')]),
    ).toEqual([
      ['Procfile web', 'web', true, 'node server.js'],
      ['Procfile worker', 'worker', true, 'node worker.js [>worker.log]'],
      ['Procfile release', 'release', true, 'prisma migrate deploy'],
      ['Procfile clock', 'clock', true, 'node clock.js'],
      ['Procfile.dev web', 'web', false, 'nodemon'],
    ]);
    expect(procfile[1] && text.slice(procfile[1].span.start, procfile[1].span.end)).toBe(
      'node worker.js > worker.log',
    );
  });
});

describe('Dockerfile', () => {
  it('takes CMD and ENTRYPOINT of the final stage and maps image paths back', () => {
    const contents: Contents = {
      'api/package.json': { scripts: { start: 'node dist/main.js' } },
      'api/Dockerfile': [
        'FROM node:20 AS build',
        'WORKDIR /app',
        'COPY . .',
        'RUN npm run build',
        'CMD ["npm", "run", "dev"]',
        'FROM node:20-slim',
        'WORKDIR /srv',
        'COPY --from=build /app/dist ./out',
        'COPY --from=build /app/package.json ./',
        'ENTRYPOINT ["tini", "--"]',
        'CMD ["node", "out/main.js"]',
      ].join('\n'),
    };
    const docker = commandsOf(contents).filter((one) => one.path === 'api/Dockerfile');
    expect(docker.map((one) => [one.origin, one.production])).toEqual([
      ['Dockerfile CMD', false],
      ['Dockerfile CMD', true],
    ]);
    const [, final] = docker;
    expect(final).toMatchObject({ form: 'exec', process: 'web', package: { dir: 'api' } });
    expect(final && lines(final)).toEqual(['node out/main.js']);
    expect(final?.steps[0]?.words?.[1]?.locations[0]).toBe('api/dist/main.js');
    expect(final?.steps[0]?.wrappers).toEqual(['tini']);
  });

  it('expands shell form and package scripts', () => {
    const text = 'FROM node:22\nCOPY . .\nCMD npm run migrate && \\\n  npm start';
    const cmd = command(
      script({ start: 'node a.js', migrate: 'knex migrate:latest' }, { Dockerfile: text }),
      'Dockerfile CMD',
    );
    expect(cmd.form).toBe('shell');
    expect(lines(cmd)).toEqual(['knex migrate:latest', '&& node a.js']);
    expect(cmd.steps.map((step) => step.via)).toEqual([['migrate'], ['start']]);
  });

  it('follows an entrypoint script and hands CMD on to it', () => {
    const script = '#!/bin/sh\nset -e\nnode migrate.js\nexec "$@"\n';
    const docker =
      'FROM node:20\nWORKDIR /app\nCOPY . /app\nCOPY docker/entry.sh /usr/local/bin/docker-entrypoint.sh\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["node", "server.js"]\n';
    const cmd = command(
      { 'package.json': {}, 'docker/entry.sh': script, Dockerfile: docker },
      'Dockerfile CMD',
    );
    expect(lines(cmd)).toEqual(['set -e', '; node migrate.js', '; node server.js']);
    expect(cmd.steps.map((step) => step.path)).toEqual([
      'docker/entry.sh',
      'docker/entry.sh',
      'Dockerfile',
    ]);
    const last = cmd.steps[2];
    expect(last && docker.slice(last.span.start, last.span.end)).toBe('node", "server.js');
    expect(last?.wrappers).toEqual(['sh', 'exec']);
  });

  it('marks the branches of an entrypoint script', () => {
    const script =
      '#!/bin/sh\nif [ "$1" = worker ]; then exec node worker.js; fi\nexec node server.js\n';
    const cmd = command(
      {
        'package.json': {},
        'start.sh': script,
        Dockerfile: 'FROM node:20\nWORKDIR /a\nADD . /a\nCMD ["./start.sh", "web"]\n',
      },
      'Dockerfile CMD',
    );
    expect(cmd.steps.map((step) => [step.argv.join(' '), step.conditional])).toEqual([
      ['[ web = worker ]', false],
      ['node worker.js', true],
      ['node server.js', false],
    ]);
  });

  it('finds packages by their folder where the image is given the tree in some other way', () => {
    const contents: Contents = {
      'package.json': { workspaces: ['apps/*'] },
      'apps/api/package.json': { name: 'api' },
      'apps/api/Dockerfile':
        'FROM node:20\nWORKDIR /usr/src/app\nCOPY ./pkg .\nWORKDIR /usr/src/app/apps/api\nCMD ["node", "dist/main.js"]\n',
    };
    const [step] = command(contents, 'Dockerfile CMD').steps;
    expect(step?.words?.[1]?.locations).toContain('apps/api/dist/main.js');
  });

  it('knows development images', () => {
    const production = (path: string, text: string): boolean[] =>
      commandsOf({ 'package.json': {}, [path]: text }).map((one) => one.production);
    expect(production('Dockerfile.dev', 'FROM node:20\nCMD node a.js\n')).toEqual([false]);
    expect(production('.devcontainer/Dockerfile', 'FROM node:20\nCMD node a.js\n')).toEqual([
      false,
    ]);
    expect(
      production(
        'Dockerfile',
        'FROM node:20 AS prod\nCMD node a.js\nFROM node:20 AS dev\nCMD nodemon\n',
      ),
    ).toEqual([true, false]);
  });
});

describe('compose', () => {
  it('runs the command in the image that the service builds', () => {
    const contents: Contents = {
      'apps/api/package.json': { name: 'api', scripts: { work: 'node dist/worker.js' } },
      'apps/api/Dockerfile':
        'FROM node:20\nWORKDIR /x\nCOPY apps/api .\nENTRYPOINT ["dumb-init"]\nCMD ["node", "a.js"]\n',
      'docker-compose.yml':
        'services:\n  worker:\n    build:\n      context: .\n      dockerfile: apps/api/Dockerfile\n    command: npm run work\n  db:\n    image: redis:7\n    command: ["redis-server", "--appendonly", "yes"]\n',
    };
    const worker = command(contents, 'docker-compose.yml worker');
    expect(worker).toMatchObject({
      process: 'worker',
      production: true,
      form: 'exec',
      package: { dir: 'apps/api' },
    });
    expect(lines(worker)).toEqual(['node dist/worker.js']);
    expect(worker.steps[0]?.wrappers).toEqual(['dumb-init', 'npm']);
    expect(command(contents, 'docker-compose.yml db')).toMatchObject({
      process: 'other',
      package: undefined,
    });
  });

  it('knows development files and services', () => {
    const service = (path: string, more = ''): boolean =>
      command(
        {
          'package.json': script({ dev: 'nodemon', start: 'node a.js' })['package.json'] ?? '',
          [path]: `services:\n  web:\n    build: .\n    command: npm start\n${more}`,
        },
        `${path} web`,
      ).production;
    expect(service('docker-compose.yml')).toBe(true);
    expect(service('docker-compose.prod.yml')).toBe(true);
    expect(service('docker-compose.override.yml')).toBe(false);
    expect(service('docker-compose.dev.yml')).toBe(false);
    expect(service('compose.yaml', '    environment:\n      NODE_ENV: development\n')).toBe(false);
    expect(service('compose.yaml', '    environment:\n      - NODE_ENV=production\n')).toBe(true);
    const dev = command(
      script(
        { dev: 'nodemon' },
        { 'compose.yml': 'services:\n  web:\n    build: .\n    command: npm run dev\n' },
      ),
      'compose.yml web',
    );
    expect(dev.production).toBe(false);
  });

  it('keeps a shell chain as text and says that it needs one', () => {
    const text =
      "services:\n  web:\n    build: .\n    command: sh -c 'node migrate.js && npm start'\n";
    const web = command(script({ start: 'node a.js' }, { 'compose.yml': text }), 'compose.yml web');
    expect(web.form).toBe('shell');
    expect(lines(web)).toEqual(['node migrate.js', '&& node a.js']);
    expect(web.steps[0] && text.slice(web.steps[0].span.start, web.steps[0].span.end)).toBe(
      'node migrate.js',
    );
  });
});

describe('compose overlays and helpers', () => {
  it('takes what an overlay does not say from the file beside it', () => {
    const contents = script(
      { start: 'node a.js' },
      {
        'docker-compose.yml': 'services:\n  web:\n    build: .\n',
        'docker-compose.prod.yml': 'services:\n  web:\n    command: yarn start\n',
      },
    );
    expect(lines(command(contents, 'docker-compose.prod.yml web'))).toEqual(['node a.js']);
    expect(
      lines(
        command(
          { 'compose.yml': 'services:\n  x:\n    image: me/x\n    command: yarn start\n' },
          'compose.yml x',
        ),
      ),
    ).toEqual(['yarn start']);
  });

  it('takes a watcher over mounted sources for development', () => {
    const service = (path: string, volumes: string): boolean =>
      command(
        {
          'package.json': {},
          [path]: `services:\n  web:\n    build: .\n    entrypoint: nodemon server.js\n${volumes}`,
        },
        `${path} web`,
      ).production;
    expect(service('docker-compose.yml', '    volumes: ["./src:/app/src"]\n')).toBe(false);
    expect(service('docker-compose.yml', '')).toBe(true);
    expect(service('docker-compose.prod.yml', '    volumes: ["./src:/app/src"]\n')).toBe(true);
  });

  it('looks through waiting scripts and leaves functions out that nothing calls', () => {
    const contents: Contents = {
      'package.json': {},
      'wait-for-it.sh': '#!/bin/sh\nnc -z db 1\n',
      'run.sh':
        '#!/bin/sh\nusage() { echo help; }\nmigrate() { node m.js; }\n./wait-for-it.sh db:1\nmigrate\n./wait-for-it.sh db:1 -- node a.js\n',
      Dockerfile: 'FROM node:20\nWORKDIR /a\nCOPY . .\nCMD ["./run.sh"]\n',
    };
    expect(lines(command(contents, 'Dockerfile CMD'))).toEqual([
      'node m.js',
      '; ./wait-for-it.sh db:1',
      '; migrate',
      '; node a.js',
    ]);
  });

  it('places the words of CMD in CMD when ENTRYPOINT only wraps them', () => {
    const text = 'FROM node:20\nENTRYPOINT ["tini", "--"]\nCMD ["node", "a.js"]\n';
    const [step] = command({ 'package.json': {}, Dockerfile: text }, 'Dockerfile CMD').steps;
    expect(step && text.slice(step.span.start, step.span.end)).toBe('node", "a.js');
  });
});

describe('Kubernetes', () => {
  const deployment = (image: string, body: string, kind = 'Deployment'): string =>
    `apiVersion: apps/v1\nkind: ${kind}\nmetadata:\n  name: api\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n          image: ${image}\n${body}`;

  it('joins command and args with the image that is built here', () => {
    const contents = (body: string): Contents => ({
      'package.json': { scripts: { start: 'node a.js' } },
      Dockerfile: 'FROM node:20\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["node"]\nCMD ["a.js"]\n',
      'k8s/api.yaml': deployment('ghcr.io/me/api:1', body),
    });
    const of = (body: string): StartCommand => command(contents(body), 'Kubernetes Deployment api');
    expect(lines(of('          command: ["npm", "start"]\n'))).toEqual(['node a.js']);
    expect(lines(of('          args: [worker.js]\n'))).toEqual(['node worker.js']);
    expect(
      lines(
        of(
          '          command: ["/bin/sh", "-c"]\n          args:\n            - |\n              node m.js\n              exec node a.js\n',
        ),
      ),
    ).toEqual(['node m.js', '; node a.js']);
    expect(of('          args: [worker.js]\n').steps[0]?.words?.[1]?.locations[0]).toBe(
      'worker.js',
    );
  });

  it('tells jobs, cron jobs, init containers and foreign images apart', () => {
    const contents: Contents = {
      'package.json': {},
      'cron.yaml':
        'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - name: c\n              image: me/api\n              command: [node, nightly.js]\n',
      'pod.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  initContainers:\n    - name: migrate\n      image: me/api\n      command: [node, migrate.js]\n  containers:\n    - name: r\n      image: redis\n      args: [--appendonly, "yes"]\n',
    };
    expect(commandsOf(contents).map((one) => [one.origin, one.process, one.package?.dir])).toEqual([
      ['Kubernetes CronJob nightly', 'clock', ''],
      ['Kubernetes Pod p', 'release', ''],
      ['Kubernetes Pod p', 'other', undefined],
    ]);
  });
});

describe('other manifests', () => {
  it('reads pm2 ecosystem files in JavaScript, JSON and YAML', () => {
    const text =
      "const path = require('path');\nmodule.exports = { apps: [{ name: 'api', script: path.join(__dirname, 'dist/server.js'), node_args: '-r dotenv/config', args: ['--x'], instances: 'max' }, { name: 'queue-worker', script: 'npm', args: 'run work' }] };\n";
    const contents = script(
      { work: 'node worker.js' },
      {
        'ecosystem.config.js': text,
        'pm2.json': { apps: [{ name: 'b', script: './b.js', interpreter: 'ts-node' }] },
        'pm2.yml': 'apps:\n  - name: c\n    script: c.js\n    cwd: ./sub\n',
      },
    );
    const all = commandsOf(contents).filter((one) => one.origin.startsWith('pm2'));
    expect(all.map((one) => [one.origin, one.process, lines(one).join('')])).toEqual([
      ['pm2 app api', 'web', 'node -r dotenv/config dist/server.js --x'],
      ['pm2 app queue-worker', 'worker', 'node worker.js'],
      ['pm2 app b', 'web', 'ts-node ./b.js'],
      ['pm2 app c', 'web', 'node c.js'],
    ]);
    expect(all[3]?.steps[0]?.words?.[1]?.locations).toEqual(['sub/c.js']);
  });

  it('reads app.json, fly, render, railway and systemd', () => {
    const contents: Contents = {
      'package.json': { scripts: { start: 'node a.js' } },
      'app.json': { scripts: { postdeploy: 'node seed.js' }, env: {} },
      'fly.toml':
        'app = "x"\n[processes]\nweb = "npm start"\nworker = "node w.js"\n[deploy]\nrelease_command = "npx prisma migrate deploy"\n',
      'render.yaml': 'services:\n  - type: worker\n    name: q\n    startCommand: node q.js\n',
      'railway.json': { deploy: { startCommand: 'node r.js' } },
      'app.service':
        '[Unit]\nDescription=x\n[Service]\nWorkingDirectory=/opt/app\nExecStart=/usr/bin/node /opt/app/dist/server.js\nExecStartPre=-/bin/mkdir -p /x\n',
    };
    const all = commandsOf(contents).filter((one) => one.form !== 'script');
    expect(
      all.map((one) => [one.origin, one.process, one.production, lines(one).join(' ')]),
    ).toEqual([
      ['app.json scripts.postdeploy', 'release', true, 'node seed.js'],
      ['fly.toml processes.web', 'web', true, 'node a.js'],
      ['fly.toml processes.worker', 'worker', true, 'node w.js'],
      ['fly.toml deploy.release_command', 'release', true, 'prisma migrate deploy'],
      ['railway.json deploy.startCommand', 'web', true, 'node r.js'],
      ['render.yaml startCommand', 'worker', true, 'node q.js'],
      [
        'systemd app.service',
        'web',
        true,
        '/bin/mkdir -p /x && /usr/bin/node /opt/app/dist/server.js',
      ],
    ]);
    expect(all[6]?.steps[1]?.words?.[1]?.locations).toEqual(['dist/server.js']);
  });

  it('reads heroku.yml and .platform.app.yaml', () => {
    const contents: Contents = {
      'package.json': { scripts: { start: 'node a.js' } },
      'heroku.yml':
        'build:\n  docker:\n    web: Dockerfile\nrelease:\n  command:\n    - npx knex migrate:latest\n  image: web\nrun:\n  web: npm start\n  worker:\n    command:\n      - node w.js\n    image: web\n',
      '.platform.app.yaml':
        'web:\n  commands:\n    start: node p.js\nworkers:\n  queue:\n    commands:\n      start: |\n        node q.js\nhooks:\n  deploy: |\n    npm run migrate\n',
    };
    const all = commandsOf(contents).filter((one) => one.form !== 'script');
    expect(all.map((one) => [one.origin, one.process, lines(one).join(' ')])).toEqual([
      ['.platform.app.yaml web.commands.start', 'web', 'node p.js'],
      ['.platform.app.yaml workers.queue.commands.start', 'worker', 'node q.js'],
      ['.platform.app.yaml hooks.deploy', 'release', 'npm run migrate'],
      ['heroku.yml release', 'release', 'knex migrate:latest'],
      ['heroku.yml run.web', 'web', 'node a.js'],
      ['heroku.yml run.worker', 'worker', 'node w.js'],
    ]);
  });

  it('reads start scripts that nothing else runs', () => {
    const all = (contents: Contents): [string, boolean, string][] =>
      commandsOf(contents)
        .filter((one) => one.form !== 'script')
        .map((one) => [one.origin, one.production, lines(one).join(' ')]);
    const start = '#!/bin/sh\nset -e\ncd server\nexec node dist/main.js\n';
    expect(all({ 'start.sh': start, 'run-tests.sh': start, 'lib.sh': start })).toEqual([
      ['start.sh', true, 'set -e ; cd server ; node dist/main.js'],
    ]);
    expect(all({ 'run_local.sh': '#!/bin/sh\npython app.py\n' })).toEqual([
      ['run_local.sh', false, 'python app.py'],
    ]);
    // Nothing is started, or another command runs the script already.
    expect(all({ 'start.sh': '#!/bin/sh\ndocker compose up -d\nnode -e "1"\n' })).toEqual([]);
    expect(all({ 'start.sh': start, Procfile: 'web: ./start.sh\n' })).toEqual([
      ['Procfile web', true, 'set -e ; cd server ; node dist/main.js'],
    ]);
    // The package has a start of its own.
    expect(all(script({ start: 'node a.js' }, { 'bin/start.sh': start }))).toEqual([
      ['start.sh', false, 'set -e ; cd server ; node dist/main.js'],
    ]);
  });

  it('survives manifests that are broken or mean something else', () => {
    const contents: Contents = {
      'package.json': '{"scripts": {"start": "node \\"a.js", "x": 3}}',
      Procfile: ':\nweb:\n',
      Dockerfile: 'CMD\nFROM\nCMD [',
      'docker-compose.yml': 'services: [a, b]\n',
      'compose.yml': 'services:\n  a: x\n  b:\n    command:\n',
      'ecosystem.config.js': 'module.exports = (',
      'app.json': { expo: { name: 'x' } },
      'fly.toml': '[processes',
      'render.yaml': '- a\n',
      'k8s.yaml': 'apiVersion: v1\nkind: Pod\nspec: none\n',
    };
    // Docker takes an unclosed array for shell form, too.
    expect(commandsOf(contents).map((one) => one.origin)).toEqual([START, 'Dockerfile CMD']);
  });
});
