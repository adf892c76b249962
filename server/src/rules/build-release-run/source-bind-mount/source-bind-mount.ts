import { folderOf, isInside, joinPath } from '../../../base/paths';
import { contains } from '../../../base/span';
import { defineRule } from '../../../engine/rule';
import {
  copyPaths,
  stageChain,
  stageDirectory,
  targetStage,
} from '../../../languages/dockerfile-stages';
import { existsPath } from '../../../project/files/file-index';
import {
  composeFiles,
  type ComposeFile,
  type ComposeService,
  type ComposeVolume,
} from '../../../project/manifests/compose';
import { parseImage } from '../../../project/manifests/image';
import type { ProjectModel } from '../../../project/model';
import { isWatcher } from '../../../project/start/command-lines/tools';
import { isDeployedService } from './compose-production';

const manifest =
  '{ "name": "app", "private": true, "scripts": { "start": "node src/server.js", "dev": "nodemon src/server.js" } }';
const app = {
  'package.json': manifest,
  'src/server.js': `require('http').createServer().listen(process.env.PORT);\n`,
  Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "src/server.js"]\n',
};
const service = (rest: string): string => `services:\n  web:\n    build: .\n${rest}`;

export default defineRule({
  id: 'source-bind-mount',
  factor: 'build-release-run',
  severity: 'information',
  since: '0.1.0',
  summary: 'A compose file for production mounts the source tree over the image.',
  why: 'A release is a build combined with configuration, and it does not change while it runs. When the host’s source tree is mounted over what the image contains, the image is only decoration: what runs is whatever lies on that machine, edited in place, different on every host, and gone from every rollback.',
  whenNotToUse: 'In compose files that only developers start.',
  fix: 'none',
  messages: {
    mounted:
      '`{source}` is mounted over the code in the image, so production runs what lies on the host; run the image as built.',
  },
  project({ model, report }) {
    for (const file of composeFiles(model.files))
      for (const one of file.services) {
        if (
          !runsOurCode(one) ||
          !isDeployedService(model, file, one) ||
          isWatching(model, file, one)
        )
          continue;
        for (const volume of one.volumes)
          if (mountsSource(model, file, one, volume) && coversCode(model, one, volume))
            report({
              at: { path: file.path, span: volume.span },
              message: 'mounted',
              data: { source: volume.source ?? '' },
            });
      }
  },
  examples: {
    bad: [
      {
        title: 'a file for production',
        files: {
          ...app,
          'docker-compose.prod.yml': service(
            '    volumes:\n      - .:/app\n      - /app/node_modules\n',
          ),
        },
        findings: [{ at: '.:/app', path: 'docker-compose.prod.yml' }],
      },
      {
        title: 'the environment says so, in the long form',
        files: {
          ...app,
          'compose.yaml': service(
            '    environment:\n      NODE_ENV: production\n    volumes:\n      - type: bind\n        source: ./src\n        target: /app/src\n',
          ),
        },
        findings: [
          {
            at: 'type: bind\n        source: ./src\n        target: /app/src',
            path: 'compose.yaml',
          },
        ],
      },
      {
        title: 'a deploy job starts it',
        files: {
          ...app,
          'docker-compose.yml': service('    volumes:\n      - "./src:/app/src:ro"\n'),
          '.github/workflows/deploy.yml':
            'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ssh host "cd app && git pull && docker compose up -d --build"\n',
        },
        findings: [{ at: './src:/app/src:ro', path: 'docker-compose.yml' }],
      },
      {
        title: 'no image at all',
        files: {
          ...app,
          'docker-compose.production.yml':
            'services:\n  web:\n    image: node:22\n    working_dir: /srv\n    command: node src/server.js\n    volumes:\n      - ${PWD}:/srv\n',
        },
        findings: [{ at: '${PWD}:/srv', path: 'docker-compose.production.yml' }],
      },
      {
        title: 'the plain file, which another one overrides for development',
        files: {
          ...app,
          'docker-compose.yml': service('    volumes:\n      - ./:/app\n'),
          'docker-compose.dev.yml': service('    command: npm run dev\n'),
        },
        findings: [{ at: './:/app', path: 'docker-compose.yml' }],
      },
    ],
    good: [
      {
        title: 'for developers',
        files: {
          ...app,
          'docker-compose.yml': service('    command: npm run dev\n    volumes:\n      - .:/app\n'),
        },
      },
      {
        title: 'nothing says what it is for',
        files: { ...app, 'docker-compose.yml': service('    volumes:\n      - .:/app\n') },
      },
      {
        title: 'an override',
        files: {
          ...app,
          'docker-compose.yml': service('    environment:\n      NODE_ENV: production\n'),
          'docker-compose.override.yml': service('    volumes:\n      - .:/app\n'),
        },
      },
      {
        title: 'data, certificates and single files',
        files: {
          ...app,
          'docker-compose.prod.yml': service(
            '    volumes:\n      - ./data:/app/data\n      - ./certs:/app/certs:ro\n      - ./settings.json:/app/settings.json\n      - uploads:/app/uploads\nvolumes:\n  uploads:\n',
          ),
          'certs/ca.pem': '',
          'settings.json': '{}',
        },
      },
      {
        title: 'a database and a web server beside the app',
        files: {
          ...app,
          'docker-compose.prod.yml':
            'services:\n  db:\n    image: postgres:16\n    volumes:\n      - ./src:/docker-entrypoint-initdb.d\n  nginx:\n    image: nginx:1.27\n    volumes:\n      - .:/usr/share/nginx/html\n',
        },
      },
      {
        title: 'beside the code, not over it',
        files: {
          ...app,
          'docker-compose.prod.yml': service('    volumes:\n      - ./src:/mnt/source\n'),
        },
      },
    ],
  },
});

function runsOurCode({ build, image }: ComposeService): boolean {
  return (
    build !== undefined ||
    /^(node|bun|deno|python|ruby|golang|php)$/.test(parseImage(image?.value ?? '').shortName)
  );
}

/** Who watches the source develops, whatever the environment is called. */
function isWatching(model: ProjectModel, file: ComposeFile, { span }: ComposeService): boolean {
  const command = model.commands.find((one) => one.path === file.path && contains(span, one.span));
  return command !== undefined && (!command.production || command.steps.some(isWatcher));
}

/** A folder of the tree with code that production runs, or the whole of what the image is built from. */
function mountsSource(
  model: ProjectModel,
  file: ComposeFile,
  { build }: ComposeService,
  { bind, source }: ComposeVolume,
): boolean {
  if (!bind || source === undefined || source.startsWith('/') || source.startsWith('~'))
    return false;
  const written = source.replace(/^\$(\{PWD(:-\.)?\}|PWD\b)/, '.');
  const folder = joinPath(folderOf(file.path), written);
  if (
    folder === undefined ||
    /[$]/.test(folder) ||
    model.files.has(folder) ||
    !existsPath(model.files, folder)
  )
    return false;
  if (build?.context === folder) return true;
  return [...model.modules.values()].some(
    (module) =>
      isInside(module.path, folder) && module.entryPoints.some((entry) => entry.production),
  );
}

/** Does the target lie where the image has its code? */
function coversCode(
  model: ProjectModel,
  { build }: ComposeService,
  { target }: ComposeVolume,
): boolean {
  const syntax =
    build?.dockerfile === undefined ? undefined : model.files.dockerfile(build.dockerfile);
  const stage = syntax && targetStage(syntax, build?.target);
  if (!syntax || !stage) return true;
  const mounted = target.replace(/(?<=[^/])\/+$/, '');
  const directory = stageDirectory(syntax, stage);
  const copies = stageChain(syntax, stage)
    .flatMap((one) => one.instructions)
    .filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD')
    .flatMap((copy) => copyPaths(copy)?.destination.text ?? [])
    .filter((destination) => destination.startsWith('/') && destination !== '/');
  const places = directory === '/' ? copies : [directory, ...copies];
  return places.some(
    (place) => isInside(mounted, place.replace(/(?<=[^/])\/+$/, '')) || isInside(place, mounted),
  );
}
