import { beforeAll, describe, expect, it } from 'vitest';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import { command, commandsOf, lines, script, type Contents } from './start-commands';

beforeAll(() => loadTypeScript());

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

  it('looks through waiting scripts, and at functions where they are called', () => {
    const contents: Contents = {
      'package.json': {},
      'wait-for-it.sh': '#!/bin/sh\nnc -z db 1\n',
      'run.sh':
        '#!/bin/sh\nusage() { echo help; }\nmigrate() { node m.js; }\n./wait-for-it.sh db:1\nmigrate\n./wait-for-it.sh db:1 -- node a.js\n',
      Dockerfile: 'FROM node:20\nWORKDIR /a\nCOPY . .\nCMD ["./run.sh"]\n',
    };
    expect(lines(command(contents, 'Dockerfile CMD'))).toEqual([
      './wait-for-it.sh db:1',
      '; node m.js',
      '; node a.js',
    ]);
  });

  it('places the words of CMD in CMD when ENTRYPOINT only wraps them', () => {
    const text = 'FROM node:20\nENTRYPOINT ["tini", "--"]\nCMD ["node", "a.js"]\n';
    const [step] = command({ 'package.json': {}, Dockerfile: text }, 'Dockerfile CMD').steps;
    expect(step && text.slice(step.span.start, step.span.end)).toBe('node", "a.js');
  });
});
