import type { Severity } from '../../../base/severity';
import { fileEdit, replacement } from '../../../engine/edits/edits';
import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import type { ProjectModel } from '../../../project/model';
import { readInstall, type InstallCall } from '../../../project/packages/installs';
import {
  scriptCommands,
  scriptTexts,
  type ScriptCommand,
  type ScriptText,
} from '../../../project/start/script-texts';
import { lockfileCopy } from './lockfile-copy';

const manifest = '{ "name": "app", "private": true, "dependencies": { "express": "^5.0.0" } }';
const image = (run: string): string =>
  `FROM node:22\nWORKDIR /app\nCOPY . .\nRUN ${run}\nCMD ["node", "server.js"]\n`;

export default defineRule({
  id: 'unlocked-install',
  factor: 'dependencies',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A build or deploy installs without holding to the lockfile.',
  why: 'The lockfile is what makes dependencies declared exactly. An install that may rewrite it resolves afresh: the image contains versions nobody tested, and two builds of one commit differ. `npm ci` and its equals fail instead when manifest and lockfile disagree.',
  whenNotToUse: 'In jobs whose purpose is to try the newest versions.',
  fix: 'safe',
  messages: {
    unlocked: '`{command}` may change what the lockfile says; use `{better}`.',
    unlockable:
      '`{command}` resolves versions afresh on every build; commit a lockfile and install from it.',
  },
  project({ model, report }) {
    for (const script of scriptTexts(model)) {
      const severity = severityOf(script);
      if (!severity) continue;
      for (const command of scriptCommands(script)) {
        const call = readInstall(command.argv);
        if (call?.scope !== 'project') continue;
        const better = lockedForm(call, model, script);
        if (better !== undefined && isFrozenByItself(call, command)) continue;
        const data = { command: command.argv.join(' ') };
        if (better === undefined)
          report({
            at: { path: script.path, span: command.span },
            message: 'unlockable',
            data,
            severity,
          });
        else
          report({
            at: { path: script.path, span: command.span },
            message: 'unlocked',
            data: { ...data, better },
            severity,
            fixes: () => lock(command, better, model),
          });
      }
    }
  },
  examples: {
    bad: [
      {
        title: 'npm install in an image',
        files: {
          'package.json': manifest,
          'package-lock.json': '{}',
          Dockerfile: image('npm install --production && npm cache clean --force'),
        },
        findings: [{ at: 'npm install --production', path: 'Dockerfile' }],
        fixed: { lock: { Dockerfile: image('npm ci --omit=dev && npm cache clean --force') } },
      },
      {
        title: 'where the lockfile is not copied yet',
        files: {
          'package.json': manifest,
          'package-lock.json': '{}',
          Dockerfile:
            'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\nCMD ["node", "server.js"]\n',
        },
        findings: [{ at: 'npm install', path: 'Dockerfile' }],
        fixed: {
          lock: {
            Dockerfile:
              'FROM node:22\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "server.js"]\n',
          },
        },
      },
      {
        title: 'where the image is not given the lockfile',
        files: {
          'package.json': manifest,
          'package-lock.json': '{}',
          '.dockerignore': 'node_modules\npackage-lock.json\n',
          Dockerfile: image('npm install'),
        },
        findings: [{ at: 'npm install', path: 'Dockerfile' }],
      },
      {
        title: 'yarn',
        files: { 'package.json': manifest, 'yarn.lock': '', Dockerfile: image('yarn') },
        findings: [{ at: 'yarn', path: 'Dockerfile' }],
        fixed: { lock: { Dockerfile: image('yarn install --frozen-lockfile') } },
      },
      {
        title: 'pnpm in a deploy job',
        files: {
          'package.json': manifest,
          'pnpm-lock.yaml': '',
          '.github/workflows/deploy.yml':
            'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pnpm i --no-frozen-lockfile\n',
        },
        findings: [{ at: 'pnpm i --no-frozen-lockfile', path: '.github/workflows/deploy.yml' }],
        fixed: {
          lock: {
            '.github/workflows/deploy.yml':
              'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pnpm install --frozen-lockfile\n',
          },
        },
      },
      {
        title: 'where the build has written a package.json of its own',
        files: {
          'package.json': manifest,
          'package-lock.json': '{}',
          Dockerfile:
            'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nWORKDIR /app/dist/api\nCOPY package-lock.json ./\nRUN npm install\nCMD ["node", "main.js"]\n',
        },
        findings: [{ at: 'npm install', path: 'Dockerfile' }],
      },
      {
        title: 'pnpm in a job that finds no lockfile',
        files: {
          'package.json': manifest,
          '.github/workflows/deploy.yml':
            'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pnpm install\n',
        },
        findings: [{ at: 'pnpm install', path: '.github/workflows/deploy.yml' }],
      },
      {
        title: 'managers that do not freeze by themselves, or not in an image',
        files: {
          'package.json': manifest,
          'pnpm-lock.yaml': '',
          Dockerfile: image('pnpm install'),
          '.github/workflows/deploy.yml':
            'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm install\n',
        },
        findings: [
          { at: 'pnpm install', path: 'Dockerfile' },
          { at: 'npm install', path: '.github/workflows/deploy.yml' },
        ],
      },
      {
        title: 'no lockfile to hold to',
        files: { 'package.json': manifest, Dockerfile: image('npm i') },
        findings: [{ at: 'npm i', path: 'Dockerfile' }],
      },
      {
        title: 'in another folder, whose lockfile is not in the tree',
        files: {
          'package.json': manifest,
          'package-lock.json': '{}',
          Dockerfile: image('npm --prefix api --omit=dev -f install'),
        },
        findings: [{ at: 'npm --prefix api --omit=dev -f install', path: 'Dockerfile' }],
      },
      {
        title: 'a test job',
        files: {
          'package.json': manifest,
          'package-lock.json': '{}',
          '.github/workflows/test.yml':
            'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm install\n',
        },
        findings: [{ at: 'npm install', path: '.github/workflows/test.yml', severity: 'hint' }],
        fixed: {
          lock: {
            '.github/workflows/test.yml':
              'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm ci\n',
          },
        },
      },
      {
        title: 'on the machine that serves, through an action that logs in there',
        files: {
          'package.json': manifest,
          'pnpm-lock.yaml': '',
          '.github/workflows/deploy.yml':
            'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: appleboy/ssh-action@v1\n        with:\n          host: ${{ secrets.HOST }}\n          script: |\n            cd /srv/app\n            git pull\n            pnpm install\n            pnpm build\n          port: 22\n',
        },
        findings: [{ at: 'pnpm install', path: '.github/workflows/deploy.yml' }],
        fixed: {
          lock: {
            '.github/workflows/deploy.yml':
              'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: appleboy/ssh-action@v1\n        with:\n          host: ${{ secrets.HOST }}\n          script: |\n            cd /srv/app\n            git pull\n            pnpm install --frozen-lockfile\n            pnpm build\n          port: 22\n',
          },
        },
      },
      {
        title: 'what a platform builds with, and a hook of pm2',
        files: {
          'package.json': manifest,
          'package-lock.json': '{}',
          'render.yaml':
            'services:\n  - type: web\n    name: app\n    buildCommand: npm install && npm run build\n    startCommand: node server.js\n',
          'ecosystem.config.js': `module.exports = {
  apps: [{ name: 'app', script: 'server.js' }],
  deploy: { production: { 'post-deploy': 'npm install && pm2 reload ecosystem.config.js' } },
};
`,
        },
        findings: [
          { at: 'npm install', path: 'render.yaml' },
          { at: 'npm install', path: 'ecosystem.config.js' },
        ],
        fixed: {
          lock: {
            'render.yaml':
              'services:\n  - type: web\n    name: app\n    buildCommand: npm ci && npm run build\n    startCommand: node server.js\n',
            'ecosystem.config.js': `module.exports = {
  apps: [{ name: 'app', script: 'server.js' }],
  deploy: { production: { 'post-deploy': 'npm ci && pm2 reload ecosystem.config.js' } },
};
`,
          },
        },
      },
    ],
    good: [
      {
        title: 'npm ci',
        files: {
          'package.json': manifest,
          'package-lock.json': '{}',
          Dockerfile: image('npm ci --omit=dev'),
        },
      },
      {
        title: 'frozen in each manager’s way',
        files: {
          'package.json': manifest,
          'yarn.lock': '',
          Dockerfile: image(
            'yarn install --immutable && pnpm install --frozen-lockfile && bun install --frozen-lockfile',
          ),
        },
      },
      {
        title: 'only the lockfile is written',
        files: { 'package.json': manifest, Dockerfile: image('npm install --package-lock-only') },
      },
      {
        title: 'pnpm in a job, which freezes by itself where CI is set',
        files: {
          'package.json': manifest,
          'pnpm-lock.yaml': '',
          '.github/workflows/publish.yml':
            'on: push\njobs:\n  publish:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pnpm install\n      - run: pnpm publish -r\n',
        },
      },
      {
        title: 'so does Yarn from version 2 on',
        files: {
          'package.json': '{ "name": "app", "private": true, "packageManager": "yarn@4.1.1" }',
          'yarn.lock': '__metadata:\n  version: 8\n',
          '.github/workflows/deploy.yml':
            'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: yarn install\n',
        },
      },
      {
        title: 'pnpm in an image that sets CI, for all commands or for one',
        files: {
          'package.json': manifest,
          'pnpm-lock.yaml': '',
          Dockerfile:
            'FROM node:24 AS build\nCOPY . .\nRUN CI=true pnpm install && pnpm run build\n\nFROM node:24\nENV CI=1\nCOPY . .\nRUN pnpm install --prod\nCMD ["node", "server.js"]\n',
        },
      },
      {
        title: 'a development container',
        files: {
          'package.json': manifest,
          'package-lock.json': '{}',
          '.devcontainer/Dockerfile': 'FROM node:22\nRUN npm install\n',
          'Dockerfile.dev': image('npm install'),
        },
      },
      {
        title: 'package scripts for developers',
        files: {
          'package.json':
            '{ "name": "app", "scripts": { "setup": "npm install", "dev": "yarn && node server.js" } }',
          'package-lock.json': '{}',
        },
      },
      {
        title: 'installing a named tool is another matter',
        files: {
          'package.json': manifest,
          'package-lock.json': '{}',
          Dockerfile: image('npm install sharp@0.33.5 && yarn run build && yarn --version'),
        },
      },
      {
        title: 'locked installs of platforms, and scripts of actions that are none of a shell',
        files: {
          'package.json': manifest,
          'package-lock.json': '{}',
          'netlify.toml': '[build]\n  command = "npm ci && npm run build"\n',
          '.github/workflows/note.yml':
            'on: push\njobs:\n  note:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/github-script@v7\n        with:\n          script: |\n            npm install\n',
        },
      },
    ],
  },
});

/** Images, deploy jobs and the machine that serves decide what runs; a test job is a hint; what developers run is their own matter. */
function severityOf({ place, development }: ScriptText): Severity | undefined {
  if (development) return undefined;
  if (place === 'image' || place === 'deploy' || place === 'host') return 'warning';
  return place === 'ci' ? 'hint' : undefined;
}

/**
 * pnpm, and Yarn from version 2 on, hold to a lockfile that is there where `CI` is set, as every hosted pipeline sets it; the builds of
 * images do not by themselves. npm and Yarn 1 never do.
 */
function isFrozenByItself(
  { manager, flags }: InstallCall,
  { script: { place, package: owner }, variables }: ScriptCommand,
): boolean {
  const isPipeline = place === 'ci' || place === 'deploy';
  if (!isPipeline && !/^(true|1)$/.test(variables.get('CI') ?? '')) return false;
  if (manager !== 'pnpm' && (manager !== 'yarn' || owner?.manager !== 'yarn-berry')) return false;
  return !flags.some((flag) =>
    /^--(no-(frozen-lockfile|immutable|lockfile)|(frozen-lockfile|immutable)=false|fix-lockfile|force|refresh-lockfile)$/.test(
      flag,
    ),
  );
}

/** The command that holds to the lockfile, flags kept; undefined where there is no lockfile of this manager. */
function lockedForm(
  { manager, flags }: InstallCall,
  model: ProjectModel,
  script: ScriptText,
): string | undefined {
  const owner = script.package;
  const lockfile = owner?.lockfile;
  if (lockfile === undefined || model.files.isIgnored(lockfile)) return undefined;
  // Another folder's dependencies are locked by that folder's lockfile, if by any.
  if (flags.some((flag) => /^(--prefix|-C|--cwd|--dir)(=|$)/.test(flag))) return undefined;
  const isBerry = owner?.manager === 'yarn-berry';
  const names: Readonly<Record<InstallCall['manager'], RegExp>> = {
    npm: /package-lock|shrinkwrap/,
    yarn: /yarn\.lock/,
    pnpm: /pnpm-lock/,
    bun: /bun\.lockb?/,
  };
  if (!names[manager].test(lockfile)) return undefined;
  const kept = flags.filter(
    (flag) =>
      !/^--(no-)?(frozen-lockfile|immutable)|^--no-(package-)?lock(file)?$|^--no-save$|^--save$|^--pure-lockfile$/.test(
        flag,
      ),
  );
  if (manager === 'npm')
    return [
      'npm',
      'ci',
      ...kept.map((flag) =>
        /^--(production|prod|only=prod(uction)?|production=true)$/.test(flag)
          ? '--omit=dev'
          : flag === '--no-optional'
            ? '--omit=optional'
            : flag,
      ),
    ].join(' ');
  return [manager, 'install', isBerry ? '--immutable' : '--frozen-lockfile', ...kept].join(' ');
}

/** Only where the command stands in one piece and says nothing the rewrite would lose (flags with separate values). */
function lock(command: ScriptCommand, better: string, model: ProjectModel): readonly Fix[] {
  const written = command.argv.join(' ');
  if (
    command.span.end - command.span.start !== written.length ||
    command.argv.slice(2).some((word) => !word.startsWith('-'))
  )
    return [];
  const { path, place, package: owner } = command.script;
  // Without the lockfile in the image, `npm ci` would fail.
  const copy =
    place === 'image' ? lockfileCopy(model, path, command.span, owner?.lockfile ?? '') : [];
  if (!copy) return [];
  return [
    {
      id: 'lock',
      kind: 'safe',
      title: `Use \`${better}\``,
      build: () => [fileEdit(path, [...copy, replacement(command.span, better)])],
    },
  ];
}
