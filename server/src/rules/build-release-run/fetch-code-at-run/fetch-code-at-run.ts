import { defineRule } from '../../../engine/rule';
import { readInstall } from '../../../project/packages/installs';
import { spawnedCommands } from '../../../project/processes/spawned-commands';
import {
  fetchedProgram,
  isExactVersion,
  isFetcher,
  nameAndVersion,
  providesProgram,
} from '../../../project/start/fetched-programs';
import { fetchedCode } from './fetched-code';

const manifest = (scripts: object, extra: object = {}): string =>
  JSON.stringify({ name: 'app', private: true, scripts, ...extra }, null, 2) + '\n';

export default defineRule({
  id: 'fetch-code-at-run',
  factor: 'build-release-run',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The running app, or its start command, fetches code.',
  why: 'A release is a build joined with its configuration; it is numbered, tested, and can be rolled back to. A process that pulls its code, installs packages or runs a script from the network when it starts is in no release: two instances may run different code, a restart changes what runs, a rollback brings nothing back, and the registry being down keeps the app down.',
  whenNotToUse: 'For a service whose purpose is to check out and build other people’s code.',
  fix: 'none',
  scope: { modules: 'server', deployment: 'silent-where-unlikely' },
  messages: {
    fetch: '`{what}` fetches code when the app runs; fetch in the build stage and ship the result.',
    program: '`{name}` is fetched when the app starts; declare it, so that the build installs it.',
  },
  command(command, { model, report }) {
    if (!command.production) return;
    command.steps.forEach((step, index) => {
      const at = { path: step.path, span: step.span };
      const what = fetchedCode(step, command.steps[index + 1]);
      // Installing what the manifest lists belongs to the rule about builds at start, which sees unconditional steps.
      const isBuild =
        readInstall(step.argv) !== undefined &&
        step.conditional !== true &&
        step.background !== true;
      if (what !== undefined) {
        if (!isBuild) report({ at, message: 'fetch', data: { what } });
        return;
      }
      const fetcher = step.wrappers.findIndex(isFetcher);
      if (command.process === 'release' || !command.package || fetcher < 0) return;
      // `npx concurrently "npm run api" …` fetches the wrapper, not what it starts.
      const { name, version } = nameAndVersion(step.wrappers[fetcher + 1] ?? step.argv[0] ?? '');
      if (!/^@?[\w.-]+(\/[\w.-]+)?$/.test(name) || providesProgram(model, command.package, name))
        return;
      // Fails instead of fetching.
      const text = model.files.text(step.path)?.slice(step.span.start, step.span.end) ?? '';
      if (/\s--(no-install|offline|no)\b/.test(text)) return;
      const isPinned = isExactVersion(version);
      report({
        at,
        message: 'program',
        data: { name },
        ...(isPinned ? { severity: 'hint' } : {}),
      });
    });
  },
  meaning(found, { module, report, model }) {
    const { call } = found;
    if (found.meaning.kind !== 'spawn' || call.context.includes('development')) return;
    const commands = spawnedCommands(found);
    for (const [index, command] of commands.entries()) {
      const what = fetchedCode(command, commands[index + 1]);
      const program = fetchedProgram(command.argv);
      const owner = module.package;
      if (what !== undefined)
        return report({ at: call.nameSpan, message: 'fetch', data: { what } });
      if (program && owner && !providesProgram(model, owner, program.name)) {
        const { name } = program;
        return report({ at: call.nameSpan, message: 'program', data: { name } });
      }
    }
  },
  examples: {
    bad: [
      {
        title: 'the start pulls',
        files: {
          'package.json': manifest({ start: 'git pull && node server.js' }),
          'server.js': '',
        },
        findings: [
          {
            at: 'git pull',
            path: 'package.json',
            message:
              '`git pull` fetches code when the app runs; fetch in the build stage and ship the result.',
          },
        ],
      },
      {
        title: 'an entrypoint that installs when it has to, and a script from the network',
        files: {
          'package.json': manifest({}),
          'server.js': '',
          Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./entrypoint.sh"]\n',
          'entrypoint.sh': `#!/bin/sh
if [ ! -d node_modules ]; then
  npm install --production
fi
curl -fsSL https://agent.acme.io/install.sh | sh
exec node server.js
`,
        },
        findings: [
          { at: 'npm install --production', path: 'entrypoint.sh' },
          { at: 'curl -fsSL https://agent.acme.io/install.sh', path: 'entrypoint.sh' },
        ],
      },
      {
        title: 'a program that nothing declares',
        files: {
          'package.json': manifest({ start: 'npx serve-it -p 3000' }),
          Procfile: 'web: npx -y pm2-light start server.js\nworker: npx queue-run@1.2.3\n',
          'server.js': '',
        },
        findings: [
          {
            at: 'npx -y pm2-light start server.js',
            path: 'Procfile',
            message:
              '`pm2-light` is fetched when the app starts; declare it, so that the build installs it.',
          },
          { at: 'npx queue-run@1.2.3', path: 'Procfile', severity: 'hint' },
          { at: 'npx serve-it -p 3000', path: 'package.json' },
        ],
      },
      {
        title: 'running code updates itself',
        path: 'server.js',
        code: `const express = require('express');
const util = require('util');
const { exec, spawnSync } = require('child_process');
const run = util.promisify(exec);
const app = express();
app.post('/deploy', async (req, res) => {
  await run('git -C /srv/app pull origin main && npm ci');
  spawnSync('npm', ['install', req.body.plugin]);
  res.end();
});
app.listen(process.env.PORT);
`,
        findings: [
          {
            at: 'run',
            occurrence: 2,
            message:
              '`git pull` fetches code when the app runs; fetch in the build stage and ship the result.',
          },
          { at: 'spawnSync', occurrence: 2 },
        ],
      },
    ],
    good: [
      {
        title: 'a program of a member of the workspace, whose packages the root finds',
        files: {
          'package.json':
            '{ "name": "shop", "private": true, "workspaces": ["packages/*"], "scripts": {} }',
          'packages/web/package.json':
            '{ "name": "web", "private": true, "dependencies": { "next": "^15.0.0" } }',
          Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["sh", "start.sh"]\n',
          'start.sh': '#!/bin/sh\ncd packages/web\nexec npx next start\n',
        },
      },
      {
        title: 'build, image and CI',
        files: {
          'package.json': manifest({
            build: 'git clone https://github.com/acme/themes && npm install && tsc',
            postinstall: 'npx patch-package',
            start: 'node dist/server.js',
          }),
          'src/server.ts': '',
          Dockerfile:
            'FROM node:22\nRUN git clone https://github.com/acme/themes && curl -fsSL https://get.acme.io | sh\nCOPY . .\nRUN npm ci\nCMD ["node", "dist/server.js"]\n',
        },
      },
      {
        title: 'declared programs through npx',
        files: {
          'package.json': manifest(
            { start: 'npx next start' },
            { dependencies: { next: '^14.0.0' } },
          ),
          Procfile: 'web: npx --no-install serve dist\n',
        },
      },
      {
        title: 'for developers',
        files: {
          'package.json': manifest({
            dev: 'git pull && npm install && npx nodemon server.js',
            start: 'node server.js',
          }),
          'server.js': '',
        },
      },
      {
        title: 'git and curl that fetch no code',
        files: {
          'package.json': manifest({
            start:
              'git rev-parse HEAD > version.txt; curl -s http://config/ready && node server.js',
          }),
          'server.js': `const { execSync } = require('child_process');
exports.commit = execSync('git rev-parse HEAD').toString();
exports.log = execSync('git log --oneline | head -1').toString();
exports.status = execSync('curl -s http://db/health | grep ok').toString();
`,
        },
      },
      {
        title: 'scripts',
        files: {
          'package.json': manifest({ start: 'node server.js', setup: 'node scripts/setup.js' }),
          'server.js': '',
          'scripts/setup.js': `require('child_process').execSync('git clone https://github.com/acme/data');\n`,
        },
      },
      {
        title: 'scripts that run scripts, whose programs are another package’s or the system’s',
        files: {
          'package.json': manifest(
            {
              start: 'npm run serve',
              serve: 'npx concurrently "npm run api" "npm run web"',
              api: 'cd server && pm2-runtime index.js',
              web: 'cd web && npm start',
            },
            { dependencies: { concurrently: '^9.0.0' } },
          ),
          'web/package.json': manifest({ start: 'react-scripts start' }, { name: 'web' }),
          'server/index.js': '',
        },
      },
      {
        title: 'installing at start is a build at start',
        files: {
          'package.json': manifest({ start: 'npm install && node server.js' }),
          'server.js': '',
        },
      },
    ],
  },
});
