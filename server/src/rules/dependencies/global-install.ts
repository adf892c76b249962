import { defineRule } from '../../engine/rule';
import type { PackageInfo } from '../../project/model';
import { readInstall } from '../../project/packages/installs';
import { isPackageManager, packageOfSpec } from '../../project/packages/package-managers';
import { scriptCommands, scriptTexts } from '../../project/start/script-texts';

const image = (run: string): string => `FROM node:22\nRUN ${run}\nCMD ["node", "server.js"]\n`;
const manifest = (scripts: object): string =>
  JSON.stringify({ name: 'app', private: true, scripts });

export default defineRule({
  id: 'global-install',
  factor: 'dependencies',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A package is installed globally.',
  why: 'A twelve-factor app declares its dependencies in its manifest and isolates them, so that nothing leaks in from the system around it. A global install is recorded nowhere, follows no lockfile, differs between machines, and makes the app start only where somebody ran the same command before.',
  whenNotToUse: 'On shared developer machines and images whose purpose is to carry tools.',
  fix: 'none',
  messages: {
    global:
      '`{name}` is installed globally; declare it as a dependency and run it with npx or a script.',
    floating:
      'Each build may get another version of `{name}`, which is installed globally; pin it.',
    pinned:
      '`{name}` is installed globally; Corepack brings the version that `packageManager` in package.json names.',
  },
  project({ model, report }) {
    for (const script of scriptTexts(model)) {
      if (script.development || script.place === 'ci' || script.place === 'shell') continue;
      for (const command of scriptCommands(script)) {
        const call = readInstall(command.argv);
        if (call?.scope !== 'global') continue;
        for (const name of call.packages) {
          const index = command.argv.lastIndexOf(name);
          const at = { path: script.path, span: command.wordSpan(index) };
          const manager = managerMessage(name);
          if (manager === 'none') continue;
          report({
            at,
            message: manager ?? 'global',
            data: { name },
            ...(manager === undefined || isOfNoVersion(name, script.package)
              ? {}
              : { severity: 'hint' as const }),
          });
        }
      }
    }
  },
  examples: {
    bad: [
      {
        title: 'in an image',
        files: { 'package.json': manifest({}), Dockerfile: image('npm install -g pm2 && npm ci') },
        findings: [{ at: 'pm2', path: 'Dockerfile' }],
      },
      {
        title: 'with yarn and pnpm',
        files: {
          'package.json': manifest({}),
          Dockerfile: image('yarn global add typescript && pnpm add -g serve'),
        },
        findings: [
          { at: 'typescript', path: 'Dockerfile' },
          { at: 'serve', path: 'Dockerfile' },
        ],
      },
      {
        title: 'in a package script',
        files: {
          'package.json': manifest({ prestart: 'npm i -g nodemon', start: 'node server.js' }),
        },
        findings: [{ at: 'nodemon', path: 'package.json' }],
      },
      {
        title: 'an unpinned package manager',
        files: { 'package.json': manifest({}), Dockerfile: image('npm i --global yarn') },
        findings: [{ at: 'yarn', path: 'Dockerfile' }],
      },
      {
        title: 'one whose version the manifest states',
        files: {
          'package.json': '{ "name": "app", "private": true, "packageManager": "yarn@4.1.1" }',
          Dockerfile: image('npm i --global yarn'),
        },
        findings: [{ at: 'yarn', path: 'Dockerfile', severity: 'hint' }],
      },
      {
        title: 'what brings package managers, and a tool beside it',
        files: {
          'package.json': manifest({}),
          Dockerfile: image('npm install -g corepack npm@~11.10.0 pm2 && corepack enable'),
        },
        findings: [
          {
            at: 'corepack',
            path: 'Dockerfile',
            severity: 'hint',
            message:
              'Each build may get another version of `corepack`, which is installed globally; pin it.',
          },
          { at: 'npm@~11.10.0', path: 'Dockerfile', severity: 'hint' },
          { at: 'pm2', path: 'Dockerfile' },
        ],
      },
      {
        title: 'whatever is newest in place of what comes with Node',
        files: {
          'package.json': manifest({}),
          Dockerfile: image('npm install --global corepack@latest && corepack enable pnpm'),
        },
        findings: [{ at: 'corepack@latest', path: 'Dockerfile', severity: 'warning' }],
      },
      {
        title: 'in a job that publishes a package',
        files: {
          'package.json': manifest({}),
          '.github/workflows/sdk.yml':
            'on: push\njobs:\n  sdk:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm install -g npm@latest\n      - run: pnpm publish --access public\n',
        },
        findings: [{ at: 'npm@latest', path: '.github/workflows/sdk.yml' }],
      },
      {
        title: 'a pinned package manager',
        files: { 'package.json': manifest({}), Dockerfile: image('npm install -g pnpm@9.15.0') },
        findings: [{ at: 'pnpm@9.15.0', path: 'Dockerfile', severity: 'hint' }],
      },
    ],
    good: [
      {
        title: 'corepack',
        files: {
          'package.json': manifest({}),
          Dockerfile: image(
            'corepack enable && corepack prepare pnpm@9.15.0 --activate && pnpm install --frozen-lockfile',
          ),
        },
      },
      {
        title: 'a pinned corepack, which nothing else could bring',
        files: {
          'package.json': manifest({}),
          Dockerfile: image('npm install -g corepack@0.31.0 && corepack enable'),
        },
      },
      {
        title: 'declared and run by npx',
        files: {
          'package.json': manifest({ start: 'npx pm2-runtime server.js' }),
          Dockerfile: image('npm ci'),
        },
      },
      {
        title: 'a test job',
        files: {
          'package.json': manifest({}),
          '.github/workflows/test.yml':
            'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm install -g npm@latest\n',
        },
      },
      {
        title: 'system packages',
        files: {
          'package.json': manifest({}),
          Dockerfile: image('apt-get install -y git && pip install --global-option=build x'),
        },
      },
      {
        title: 'a development container',
        files: {
          'package.json': manifest({}),
          '.devcontainer/Dockerfile': 'FROM node:22\nRUN npm install -g nodemon\n',
        },
      },
      {
        title: 'a flag of the program that is run',
        files: { 'package.json': manifest({ lint: 'npm run eslint -- -g' }) },
      },
    ],
  },
});

/**
 * Package managers cannot be declared as dependencies of what they install; an exact version is as good as it gets.
 * @returns what to say of one, `none` where there is nothing better; undefined of other packages
 */
function managerMessage(spec: string): 'floating' | 'pinned' | 'none' | undefined {
  const name = packageOfSpec(spec);
  if (!isPackageManager(name)) return undefined;
  if (!/@\d+\.\d+\.\d+$/.test(spec)) return 'floating';
  return name === 'corepack' ? 'none' : 'pinned';
}

/** Does neither the command nor the manifest state a version of the package manager? For what comes with Node, the image states it, unless the newest is asked for. */
function isOfNoVersion(spec: string, owner: PackageInfo | undefined): boolean {
  const name = packageOfSpec(spec);
  if (spec !== name && !spec.endsWith('@latest')) return false;
  if (name === 'npm' || name === 'corepack') return spec !== name;
  return ![owner, owner?.workspaceRoot].some((info) => {
    const engines = info?.manifest['engines'];
    const isStated = typeof engines === 'object' && engines !== null && name in engines;
    return isStated || typeof info?.manifest['packageManager'] === 'string';
  });
}
