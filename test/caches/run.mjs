// Do the caches of Turborepo and Nx keep checks, and forget them when they must? `node test/caches/run.mjs`: a small monorepo whose apps
// are checked by a task each, run over and over. It needs dist/cli.js (`npm run build`); the runners install themselves into this folder.
// The last line is the total: `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const cli = join(here, '../../dist/cli.js');
if (!existsSync(cli)) throw new Error('dist/cli.js is missing: npm run build');
install();

const REPORT = 'twelve-factor.report.json';
const APPS = ['mail', 'shop'];
const RUNNERS = {
  Turborepo: {
    run: turbo,
    forget: (repository) => rmSync(join(repository, '.turbo'), { recursive: true, force: true }),
  },
  Nx: { run: nx, forget: (repository) => started(repository, 'nx', ['reset']) },
};
const total = { passed: 0, failed: 0 };

for (const [name, runner] of Object.entries(RUNNERS)) {
  console.log(`\n${name}`);
  const repository = makeRepository();
  try {
    tell(name, repository, runner);
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

/** What is said of each runner: which apps are checked again, and which reports come from the cache. */
function tell(name, repository, runner) {
  const edit = (path, change) => {
    const file = join(repository, path);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };
  const line = (text) => `${text}\n// Another line.\n`;
  const reports = () =>
    APPS.map((app) => readFileSync(join(repository, 'apps', app, REPORT), 'utf8')).join('');
  const forget = () => APPS.forEach((app) => rmSync(join(repository, 'apps', app, REPORT)));
  const isSaid = (what, checked) => {
    const again = runner.run(repository);
    const isRight = JSON.stringify(again) === JSON.stringify(checked);
    if (isRight) total.passed += 1;
    else total.failed += 1;
    const found = again.length === 0 ? 'nothing' : again.join(', ');
    console.log(`${isRight ? '✓' : '✗'} ${name}, ${what}: ${found} checked again`);
  };
  isSaid('the first time', APPS);
  const first = reports();
  if (!first.includes('hardcoded-connection')) throw new Error('the reports say nothing');
  forget();
  isSaid('the second time', []);
  same('what the cache gives back', reports(), first);
  runner.forget(repository);
  forget();
  isSaid('without its cache', APPS);
  same('what is made anew', reports(), first);
  edit('apps/shop/server.js', line);
  isSaid('a file of the shop edited', ['shop']);
  edit('packages/store/index.js', line);
  isSaid('the library of the shop edited', ['shop']);
  edit('README.md', (text) => `${text}More.\n`);
  isSaid('a file edited that no check depends on', []);
  edit('package-lock.json', (text) => text.replace('4.19.2', '4.21.0'));
  isSaid('the lockfile edited', APPS);
  edit('.github/workflows/ci.yml', (text) => `${text}      - run: npm test\n`);
  isSaid('the jobs of CI edited', APPS);
}

function same(what, text, before) {
  if (text === before) total.passed += 1;
  else total.failed += 1;
  console.log(`${text === before ? '✓' : '✗'} ${what} is the same, byte by byte`);
}

/** @returns the apps that were checked, sorted; what came from the cache is left out */
function turbo(repository) {
  const args = ['run', 'twelve-factor', '--summarize', '--output-logs=errors-only', '--no-daemon'];
  started(repository, 'turbo', [...args, '--cache-dir=.turbo/cache']);
  const runs = join(repository, '.turbo/runs');
  const [file] = readdirSync(runs);
  const { tasks } = JSON.parse(readFileSync(join(runs, file), 'utf8'));
  rmSync(runs, { recursive: true });
  return tasks
    .filter(({ command, cache }) => command !== '<NONEXISTENT>' && cache.status === 'MISS')
    .map(({ package: app }) => app.replace('@acme/', ''))
    .sort();
}

/** @returns the apps that were checked, sorted; what came from the cache is left out */
function nx(repository) {
  const args = ['run-many', '-t', 'twelve-factor', '--outputStyle=stream'];
  const said = started(repository, 'nx', args);
  return APPS.filter(
    (app) =>
      said.includes(`nx run @acme/${app}:twelve-factor`) &&
      !new RegExp(`nx run @acme/${app}:twelve-factor +\\[`).test(said),
  );
}

function started(cwd, command, args) {
  const env = { ...process.env, CI: 'true', NX_DAEMON: 'false', TURBO_TELEMETRY_DISABLED: '1' };
  env.NO_COLOR = '1';
  delete env.FORCE_COLOR;
  const bin = join(here, 'node_modules/.bin', command);
  const { status, stdout, stderr } = spawnSync(bin, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed:\n${stdout}${stderr}`);
  return stdout;
}

/** Two apps, one with a library, and tasks that check them. */
function makeRepository() {
  const folder = mkdtempSync(join(tmpdir(), 'twelve-factor-caches-'));
  const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;
  const app = (name, dependencies) =>
    json({
      name: `@acme/${name}`,
      private: true,
      scripts: {
        start: 'node server.js',
        'twelve-factor': `twelve-factor check ../.. --app apps/${name} --no-cache --severity error --output json=${REPORT} --quiet`,
      },
      dependencies: { express: '4.19.2', ...dependencies },
    });
  const files = {
    'package.json': json({
      ...{ name: 'acme', private: true, packageManager: 'npm@10.9.0' },
      workspaces: ['apps/*', 'packages/*'],
    }),
    'package-lock.json': json({
      ...{ name: 'acme', lockfileVersion: 3 },
      packages: {
        '': { name: 'acme', workspaces: ['apps/*', 'packages/*'] },
        'apps/mail': { name: '@acme/mail', dependencies: { express: '4.19.2' } },
        'apps/shop': {
          name: '@acme/shop',
          dependencies: { express: '4.19.2', '@acme/store': '*' },
        },
        'packages/store': { name: '@acme/store', version: '1.0.0' },
        'node_modules/@acme/mail': { resolved: 'apps/mail', link: true },
        'node_modules/@acme/shop': { resolved: 'apps/shop', link: true },
        'node_modules/@acme/store': { resolved: 'packages/store', link: true },
        'node_modules/express': { version: '4.19.2' },
      },
    }),
    'twelve-factor.json': '{ "rules": { "hardcoded-port": "warning" } }\n',
    'README.md': '# Acme\n',
    '.gitignore': `node_modules\n.turbo\n.nx\n${REPORT}\n`,
    '.github/workflows/ci.yml': 'jobs:\n  test:\n    steps:\n      - run: npm ci\n',
    'docker-compose.yml': 'services: {}\n',
    'turbo.json': recipe('Turborepo'),
    'nx.json': recipe('Nx'),
    'apps/mail/package.json': app('mail'),
    'apps/mail/server.js': "require('express')().listen(3000);\n",
    'apps/shop/package.json': app('shop', { '@acme/store': '*' }),
    'apps/shop/server.js':
      "require('@acme/store').connect();\nrequire('express')().listen(3000);\n",
    'packages/store/package.json': json({
      ...{ name: '@acme/store', version: '1.0.0', private: true, main: 'index.js' },
      dependencies: { pg: '8.11.3' },
    }),
    'packages/store/index.js':
      "const { Client } = require('pg');\nexports.connect = () => new Client({ host: '10.0.0.7' }).connect();\n",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const bin = join(folder, 'node_modules/.bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'twelve-factor'), `#!/bin/sh\nexec node ${cli} "$@"\n`);
  chmodSync(join(bin, 'twelve-factor'), 0o755);
  for (const name of ['nx', '@nx', 'turbo'])
    symlinkSync(join(here, 'node_modules', name), join(folder, 'node_modules', name));
  const git = (...args) => spawnSync('git', args, { cwd: folder });
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message', 'first');
  return folder;
}

/** The configuration of a runner, as the documentation gives it. */
function recipe(name) {
  const text = readFileSync(join(here, '../../docs/ci.md'), 'utf8');
  const [, section = ''] = text.split(`### ${name}\n`);
  const found = section.split('```json\n')[1]?.split('```')[0];
  if (found === undefined) throw new Error(`docs/ci.md has no recipe for ${name}`);
  return found;
}

/** The runners, in the versions of the lockfile. */
function install() {
  const lock = readFileSync(join(here, 'package-lock.json'), 'utf8');
  const mark = join(here, 'node_modules/.installed');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    ...{ cwd: here, stdio: 'inherit' },
  });
  if (status !== 0) throw new Error('npm ci failed in test/caches');
  writeFileSync(mark, lock);
}
