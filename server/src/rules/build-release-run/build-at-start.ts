import type { Fix } from '../../engine/finding';
import { setScript } from '../../engine/fixes/package-json';
import { defineRule } from '../../engine/rule';
import type { CommandStep, ProjectModel, StartCommand } from '../../project/model';
import { blamed } from '../../project/start/blame';
import { buildWork } from '../../project/start/build-steps';
import { splitScript } from '../../project/start/split-script';

const manifest = (scripts: object, extra: object = {}): string =>
  JSON.stringify({ name: 'app', private: true, scripts, ...extra }, null, 2) + '\n';

export default defineRule({
  id: 'build-at-start',
  factor: 'build-release-run',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The production start builds or installs before it runs.',
  why: 'Build, release and run are separate stages. Building when the process starts makes every restart slow and fallible, needs compilers and their network in production, and lets two instances of one release run different code. The run stage should have nothing left to do but start the process.',
  whenNotToUse: 'For start commands that only developers use on their own machines.',
  fix: 'suggest',
  messages: {
    compile: 'Starting the app first builds it with `{tool}`; build once, before the release.',
    generate:
      'Starting the app first generates code with `{tool}`; generate it in the build stage.',
    install: 'Starting the app first installs packages with `{tool}`; install in the build stage.',
  },
  command(command, { model, report }) {
    if (!command.production || command.process === 'release') return;
    for (const step of command.steps) {
      const work = buildWork(step);
      if (
        !work ||
        step.conditional === true ||
        step.background === true ||
        !runsAfter(command, step)
      )
        continue;
      const tool = step.argv.slice(0, 2).join(' ');
      report({
        at: blamed(command, step, model),
        message: work,
        data: { tool },
        fixes: split(command, step, model),
      });
    }
  },
  examples: {
    bad: [
      {
        title: 'compiling in the start script',
        files: {
          'package.json': manifest({ build: 'tsc', start: 'npm run build && node dist/server.js' }),
          'src/server.ts': '',
        },
        findings: [{ at: 'npm run build && node dist/server.js', path: 'package.json' }],
        fixed: {
          split: { 'package.json': manifest({ build: 'tsc', start: 'node dist/server.js' }) },
        },
      },
      {
        title: 'no build script yet',
        files: {
          'package.json': manifest({ start: 'tsc -p . && node dist/server.js' }),
          'src/server.ts': '',
        },
        findings: [{ at: 'tsc -p .', path: 'package.json' }],
        fixed: {
          split: { 'package.json': manifest({ build: 'tsc -p .', start: 'node dist/server.js' }) },
        },
      },
      {
        title: 'a hook',
        files: {
          'package.json': manifest({ 'prestart:prod': 'tsc', 'start:prod': 'node dist/main.js' }),
          'src/main.ts': '',
        },
        findings: [{ at: 'tsc', path: 'package.json' }],
      },
      {
        title: 'installing in the container',
        files: {
          'package.json': manifest({ start: 'node server.js' }),
          'server.js': '',
          Dockerfile: 'FROM node:22\nCOPY . .\nCMD npm install && npm start\n',
        },
        findings: [{ at: 'npm install', path: 'Dockerfile' }],
      },
      {
        title: 'a Procfile',
        files: {
          'package.json': manifest({ build: 'next build' }),
          Procfile: 'web: npx next build && npx next start\n',
        },
        findings: [{ at: 'npx next build', path: 'Procfile' }],
      },
    ],
    good: [
      {
        title: 'separate stages',
        files: { 'package.json': manifest({ build: 'tsc', start: 'node dist/server.js' }) },
      },
      {
        title: 'install hooks build',
        files: {
          'package.json': manifest({
            postinstall: 'prisma generate',
            'heroku-postbuild': 'npm run build',
            build: 'tsc',
            start: 'node dist/server.js',
          }),
        },
      },
      {
        title: 'development',
        files: {
          'package.json': manifest({
            dev: 'tsc && nodemon dist/server.js',
            'start:dev': 'npm run build && node dist/server.js',
            build: 'tsc',
            start: 'node dist/server.js',
          }),
        },
      },
      {
        title: 'the image builds',
        files: {
          'package.json': manifest({ build: 'tsc' }),
          Dockerfile:
            'FROM node:22\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/server.js"]\n',
        },
      },
      {
        title: 'frameworks that serve',
        files: {
          'package.json': manifest({ start: 'next start' }),
          Procfile: 'web: nuxt start\nworker: nest start\n',
        },
      },
      {
        title: 'a release phase',
        files: {
          'package.json': manifest({ start: 'node server.js' }),
          Procfile: 'release: npm run build\nweb: node server.js\n',
        },
      },
    ],
  },
});

/** A command that only builds is a build command, whatever it is called. */
function runsAfter(command: StartCommand, step: CommandStep): boolean {
  return command.steps
    .slice(command.steps.indexOf(step) + 1)
    .some((later) => buildWork(later) === undefined);
}

/** Offered for package scripts: the start keeps what runs, `build` gets what builds. */
function split(command: StartCommand, step: CommandStep, model: ProjectModel): readonly Fix[] {
  const owner = command.package;
  const [name] = step.via;
  if (!owner || name === undefined || step.hook) return [];
  const parts = splitScript(owner, name, step);
  if (!parts) return [];
  const { before: building, rest } = parts;
  const title = `Run only \`${rest}\` in \`${name}\`, and build beforehand`;
  return [
    {
      id: 'split',
      kind: 'suggest',
      title,
      build: () => {
        const start = setScript(model, owner, name, rest);
        return owner.scripts.has('build')
          ? start
          : [...start, ...setScript(model, owner, 'build', building)];
      },
    },
  ];
}
