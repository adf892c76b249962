import { beforeAll, describe, expect, it } from 'vitest';
import { loadTypeScript } from '../../server/src/languages/source/ts';
import type { StartCommand } from '../../server/src/project/model';
import { START, command, commandsOf, lines, script, type Contents } from './start-commands';

beforeAll(() => loadTypeScript());

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
