import type { Location } from '../../../base/span';
import { defineRule } from '../../../engine/rule';
import type { CommandStep, ProjectModel, StartCommand } from '../../../project/model';
import { blamed, startPlaces } from '../../../project/start/blame';
import {
  isCompilingRunner,
  isWatcher,
  loadedCompiler,
  stepTool,
} from '../../../project/start/command-lines/tools';
import { productionRunnerFixes } from './production-runner';

const manifest = (scripts: object, extra: object = {}): string =>
  JSON.stringify({ name: 'app', private: true, scripts, ...extra }, null, 2) + '\n';

export default defineRule({
  id: 'dev-runner-in-production',
  factor: 'build-release-run',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The production start uses a development runner.',
  why: 'A runner that compiles on the fly or restarts on change mixes the build stage into the run stage: production needs the compiler and all development dependencies, starts slowly, reports type and syntax errors to users instead of the build, and hides crashes from the platform by restarting by itself.',
  whenNotToUse:
    'When the runner is what you deliberately deploy with and its start-up cost is known.',
  fix: 'suggest',
  messages: {
    watcher:
      'Production starts with `{tool}`, which restarts on change; run the built app with node.',
    compiler:
      'Production starts with `{tool}`, which compiles while running; run the built output with node.',
    register:
      'The entry point compiles TypeScript while running (`{tool}`); run the built output with node.',
  },
  command(command, { model, report }) {
    if (!command.production || command.process === 'release') return;
    for (const step of command.steps) {
      if (step.conditional === true) continue;
      const message = isWatcher(step)
        ? ('watcher' as const)
        : isCompilingRunner(step)
          ? ('compiler' as const)
          : undefined;
      if (!message || !isServing(command, step) || isReachedByPlatform(command, step, model))
        continue;
      const at = place(command, step, model);
      report({
        at,
        related: startPlaces(at, command, step),
        message,
        data: { tool: runnerName(step) },
        fixes: () => productionRunnerFixes(model, command, step),
      });
    }
  },
  file({ facts, module, report }) {
    if (!module.entryPoints.some((entry) => entry.path === facts.path && entry.production)) return;
    for (const fact of facts.imports)
      if (
        /^(ts-node\/register(\/.*)?|ts-node|@babel\/register|babel-register|@swc-node\/register|@swc\/register|esbuild-register|tsx\/(cjs|esm)|sucrase\/register)$/.test(
          fact.specifier,
        ) &&
        fact.guard === 'none'
      )
        report({ at: fact.span, message: 'register', data: { tool: fact.specifier } });
  },
  hints: [
    /['"](ts-node|@babel\/register|babel-register|@swc-node\/register|@swc\/register|esbuild-register|tsx\/|sucrase\/register)/,
  ],
  scope: { detail: 'any' },
  examples: {
    bad: [
      {
        title: 'nodemon in the image',
        files: {
          'package.json': manifest({ start: 'node server.js', dev: 'nodemon server.js' }),
          'server.js': '',
          Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["npx", "nodemon", "server.js"]\n',
        },
        findings: [{ at: 'CMD ["npx", "nodemon", "server.js"]', path: 'Dockerfile' }],
        fixed: { built: { Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "server.js"]\n' } },
      },
      {
        title: 'ts-node behind npm',
        files: {
          'package.json': manifest({ serve: 'ts-node src/index.ts' }),
          'src/index.ts': '',
          Procfile: 'web: npm run serve\n',
        },
        findings: [{ at: 'npm run serve', path: 'Procfile' }],
      },
      {
        title: 'the image runs the script for developers, who keep it',
        files: {
          'package.json': manifest({
            build: 'tsc',
            start: 'node dist/index.js',
            'start:dev': 'nodemon src/index.ts',
          }),
          'src/index.ts': '',
          Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["./entrypoint.sh"]\n',
          'entrypoint.sh': '#!/bin/sh\nnpm run start:dev\n',
        },
        findings: [{ at: 'CMD ["./entrypoint.sh"]', path: 'Dockerfile' }],
      },
      {
        title: 'tsx as the only start',
        files: {
          'package.json': manifest({ start: 'tsx src/index.ts', build: 'tsc' }),
          'src/index.ts': '',
        },
        findings: [{ at: 'tsx src/index.ts', path: 'package.json' }],
        fixed: {
          built: { 'package.json': manifest({ start: 'node dist/index.js', build: 'tsc' }) },
        },
      },
      {
        title: 'a runner with arguments, in a folder of its own',
        files: {
          'apps/api/package.json': manifest({
            build: 'tsc -p tsconfig.json',
            start: 'NODE_ENV=production npx ts-node -r dotenv/config src/main.ts --port 80',
          }),
          'apps/api/tsconfig.json':
            '{ "compilerOptions": { "outDir": "build", "rootDir": "src" } }',
          'apps/api/src/main.ts': '',
        },
        findings: [
          {
            at: 'NODE_ENV=production npx ts-node -r dotenv/config src/main.ts --port 80',
            path: 'apps/api/package.json',
          },
        ],
      },
      {
        title: 'a compiler that node loads first goes by its own name',
        files: {
          'package.json': manifest({}),
          'src/main.ts': '',
          'start.sh': '#!/bin/sh\nexec node --import=tsx src/main.ts\n',
          Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["./start.sh"]\n',
        },
        findings: [
          {
            at: 'CMD ["./start.sh"]',
            path: 'Dockerfile',
            message:
              'Production starts with `tsx`, which compiles while running; run the built output with node.',
          },
        ],
      },
      {
        title: 'a register hook in the entry point',
        files: {
          'package.json': manifest({ start: 'node index.js' }),
          'index.js': `require('ts-node/register');\nrequire('./src/main');\n`,
          'src/main.ts': '',
        },
        findings: [{ at: 'ts-node/register', path: 'index.js' }],
      },
      {
        title: 'a framework’s development server',
        files: {
          'package.json': manifest({ build: 'next build' }),
          Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["npx", "next", "dev"]\n',
        },
        findings: [{ at: 'CMD ["npx", "next", "dev"]', path: 'Dockerfile' }],
        fixed: { built: { Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["npx", "next", "start"]\n' } },
      },
    ],
    good: [
      {
        title: 'a start script with a prefix, beside the one for production',
        files: {
          'package.json': manifest({
            'nest:start': 'nest start ./src/main.ts',
            'start:prod': 'node dist/main.js',
          }),
        },
      },
      {
        title: 'development scripts',
        files: {
          'package.json': manifest({
            dev: 'tsx watch src/index.ts',
            'start:dev': 'nest start --watch',
            'start:debug': 'nest start --debug --watch',
            start: 'node dist/index.js',
          }),
        },
      },
      {
        title: 'a start that the platform does not use',
        files: {
          'package.json': manifest({ start: 'nodemon src/app.ts', build: 'tsc' }),
          'src/app.ts': '',
          Procfile: 'web: node build/app.js\n',
        },
      },
      {
        title: 'migrations in the release phase',
        files: {
          'package.json': manifest({ start: 'node dist/index.js' }),
          Procfile: 'release: ts-node migrate.ts\nweb: node dist/index.js\n',
        },
      },
      {
        title: 'type stripping by node itself',
        files: {
          'package.json': manifest({ start: 'node --experimental-strip-types src/index.ts' }),
          'src/index.ts': '',
        },
      },
      {
        title: 'a development image',
        files: {
          'package.json': manifest({ start: 'node index.js' }),
          'Dockerfile.dev': 'FROM node:22\nCMD ["npx", "nodemon", "index.js"]\n',
          'docker-compose.override.yml': 'services:\n  web:\n    command: npx nodemon index.js\n',
        },
      },
      {
        title: 'the production server of a framework',
        files: { 'package.json': manifest({ start: 'next start' }) },
      },
    ],
  },
});

/** A helper that runs a script before the app is no way of serving. */
function isServing(command: StartCommand, step: CommandStep): boolean {
  return step === command.steps.at(-1) || step.background === true || isWatcher(step);
}

/** A script that an image or a Procfile starts is reported there, where it is decided what production runs. */
function isReachedByPlatform(
  command: StartCommand,
  step: CommandStep,
  model: ProjectModel,
): boolean {
  if (command.form !== 'script') return false;
  const isSame = (other: CommandStep): boolean =>
    other.path === step.path && other.span.start === step.span.start;
  return model.commands.some(
    (other) => other.form !== 'script' && other.production && other.steps.some(isSame),
  );
}

function runnerName(step: CommandStep): string {
  const tool = loadedCompiler(step) ?? stepTool(step);
  const sub = step.argv[1];
  return /^(next|nuxt|nuxi|nest|nx|vite|ng|remix|astro|node)$/.test(tool) && sub !== undefined
    ? `${tool} ${sub}`
    : tool;
}

/** The command as the platform sees it, for images and Procfiles; the script itself for package.json. */
function place(command: StartCommand, step: CommandStep, model: ProjectModel): Location {
  return command.form === 'script'
    ? blamed(command, step, model)
    : { path: command.path, span: command.span };
}
