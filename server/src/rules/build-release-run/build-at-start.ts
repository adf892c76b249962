import { lineEndOf } from '../../base/line-ends';
import { combineChanges, fileEdit, insertion } from '../../engine/edits/edits';
import type { FileChange, Fix } from '../../engine/finding';
import { defineRule } from '../../engine/rule';
import { lineStart } from '../../fixes/code/text';
import { instructionOf, startWithout } from '../../fixes/files/start-command';
import type { CommandStep, PackageInfo, ProjectModel, StartCommand } from '../../project/model';
import { blamed, startPlaces } from '../../project/start/blame';
import { buildWork } from '../../project/start/build-steps';
import { readRunner } from '../../project/start/command-lines/runners';

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
      const at = blamed(command, step, model);
      report({
        at,
        related: startPlaces(at, command, step),
        message: work,
        data: { tool },
        fixes: () => split(command, step, model),
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
        title: 'an image that leaves building to the start script',
        files: {
          'package.json': manifest({ start: 'tsc -p . && node dist/server.js' }),
          'src/server.ts': '',
          Dockerfile: 'FROM node:22\nCOPY . .\nRUN npm ci\nCMD ["npm", "start"]\n',
        },
        findings: [{ at: 'tsc -p .', path: 'package.json' }],
        fixed: {
          split: {
            'package.json': manifest({ build: 'tsc -p .', start: 'node dist/server.js' }),
            Dockerfile:
              'FROM node:22\nCOPY . .\nRUN npm ci\nRUN npm run build\nCMD ["npm", "start"]\n',
          },
        },
      },
      {
        title: 'a hook',
        files: {
          'package.json': manifest({ 'prestart:prod': 'tsc', 'start:prod': 'node dist/main.js' }),
          'src/main.ts': '',
        },
        findings: [{ at: 'tsc', path: 'package.json' }],
        fixed: {
          split: { 'package.json': manifest({ build: 'tsc', 'start:prod': 'node dist/main.js' }) },
        },
      },
      {
        title: 'installing in the container',
        files: {
          'package.json': manifest({ start: 'node server.js' }),
          'server.js': '',
          Dockerfile: 'FROM node:22\nCOPY . .\nCMD npm install && npm start\n',
        },
        findings: [{ at: 'npm install', path: 'Dockerfile' }],
        fixed: {
          split: { Dockerfile: 'FROM node:22\nCOPY . .\nRUN npm install\nCMD npm start\n' },
        },
      },
      {
        title: 'a Procfile',
        files: {
          'package.json': manifest({ build: 'next build' }),
          Procfile: 'web: npx next build && npx next start\n',
        },
        findings: [{ at: 'npx next build', path: 'Procfile' }],
        fixed: { split: { Procfile: 'web: npx next start\n' } },
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

/**
 * The start keeps what runs. What builds goes into the script `build`, or a RUN of the image; a Procfile needs neither, because
 * its platforms run `build` by themselves.
 */
function split(command: StartCommand, step: CommandStep, model: ProjectModel): readonly Fix[] {
  const owner = command.package;
  const shorter = startWithout(model, command, step);
  if (!owner || !shorter) return [];
  const { script, rest, taken } = shorter;
  const hasBuild = owner.scripts.has('build');
  const inImage = script === undefined && model.files.kind(command.path) === 'dockerfile';
  if (script === undefined && !inImage && !hasBuild) return [];
  // A hook that only calls `build` says nothing that `build` does not.
  const addsBuild =
    script !== undefined && !hasBuild && readRunner(taken.split(/\s+/))?.kind !== 'script';
  const run = inImage && !alreadyRuns(model, command, taken) ? `RUN ${taken}` : undefined;
  return [
    {
      id: 'split',
      kind: 'suggest',
      title:
        rest === ''
          ? `Build beforehand, not in \`${script ?? ''}\``
          : `Run only \`${rest}\` here, and build beforehand`,
      build: () => {
        const changes = shorter.changes({ script: addsBuild ? 'build' : undefined, above: run });
        const images = script === undefined ? [] : imagesThatBuild(owner, step, model);
        return changes && combineChanges(changes, images);
      },
    },
  ];
}

/** Images that start with the script built with it; from now on they build before. */
function imagesThatBuild(
  owner: PackageInfo,
  step: CommandStep,
  model: ProjectModel,
): readonly FileChange[] {
  const run = { npm: 'npm run', yarn: 'yarn', 'yarn-berry': 'yarn', pnpm: 'pnpm', bun: 'bun run' };
  const line = `${run[owner.manager]} build`;
  const images = model.commands.filter(
    (one) =>
      model.files.kind(one.path) === 'dockerfile' &&
      one.steps.some(({ path, span }) => path === step.path && span.start === step.span.start),
  );
  return images.flatMap((image): FileChange[] => {
    const instruction = instructionOf(model, image);
    const text = model.files.text(image.path);
    if (!instruction || text === undefined || alreadyRuns(model, image, line)) return [];
    const at = lineStart(text, instruction.span.start);
    return [fileEdit(image.path, [insertion(at, `RUN ${line}${lineEndOf(text)}`)])];
  });
}

function alreadyRuns(model: ProjectModel, { path }: StartCommand, text: string): boolean {
  const stages = model.files.dockerfile(path)?.stages ?? [];
  return stages
    .flatMap((stage) => stage.instructions)
    .some(({ keyword, body }) => keyword === 'RUN' && body.text.includes(text));
}
