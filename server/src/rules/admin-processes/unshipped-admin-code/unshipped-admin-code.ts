import { removal, fileEdit } from '../../../engine/edits/edits';
import type { Fix } from '../../../engine/finding';
import { defineRule } from '../../../engine/rule';
import { wholeLines } from '../../../fixes/code/text';
import { moveDependency } from '../../../fixes/files/package-json';
import {
  dockerMatcher,
  parseIgnoreSyntax,
  type IgnorePattern,
} from '../../../languages/ignore-file';
import { imagesOfPackage, type ReleaseImage } from '../../../project/images/release-images';
import { ships } from '../../../project/images/shipped-files';
import { blamed } from '../../../project/start/blame';
import {
  developmentTool,
  migrationTasks,
  omitsDevelopmentPackages,
  requiredFiles,
} from './migration-tasks';

const manifest = (scripts: object, extra: object = {}): string =>
  JSON.stringify(
    {
      name: 'app',
      private: true,
      scripts: { start: 'node server.js', ...scripts },
      dependencies: { express: '^5.0.0' },
      ...extra,
    },
    null,
    2,
  ) + '\n';
const image = (install: string, copy = 'COPY . .'): string =>
  `FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN ${install}\n${copy}\nCMD ["node", "server.js"]\n`;
const knex = { dependencies: { express: '^5.0.0', knex: '^3.1.0' } };
const knexDev = { devDependencies: { knex: '^3.1.0' } };
const migrations = { 'server.js': '', 'migrations/001_users.js': '' };

export default defineRule({
  id: 'unshipped-admin-code',
  factor: 'admin-processes',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A migration, or the tool it needs, is missing from the release.',
  why: 'Admin tasks run in the environment of the app, against the same release: they ship with it. A migration whose tool is a development dependency, or whose files the image leaves out, can only be run from somebody’s machine, with other code, other packages and production’s credentials in the wrong place.',
  whenNotToUse: 'When migrations are run by a pipeline that checks out the commit of the release.',
  fix: 'suggest',
  messages: {
    tool: '`{script}` needs `{name}`, a devDependency that a release leaves out; make it a dependency.',
    ignored: 'The image lacks what this leaves out, so `{script}` cannot run in a release.',
    neither:
      'No image contains `{file}`, nor the devDependency `{name}`: `{script}` cannot run in a release.',
    absent: 'No image contains `{file}`, so `{script}` cannot run in a release; copy it in.',
  },
  project({ model, report }) {
    for (const { command, step, script, owner } of migrationTasks(model)) {
      const at = blamed(command, step, model);
      const images = imagesOfPackage(model, owner);
      const missing = requiredFiles(model, owner, step).find(
        (file) => images.length > 0 && images.every((one) => ships(one, file) === false),
      );
      const [first] = images;
      const pattern =
        missing !== undefined && first
          ? patternOf(first, missing, model.files.text(first.ignoreFile))
          : undefined;
      const name = developmentTool(owner, step);
      const omits = omitsDevelopmentPackages(model, owner);
      // Moving the tool does not help where the script itself is lacking: one finding that says both.
      if (missing !== undefined && !pattern) {
        if (name !== undefined && omits !== 'no')
          report({ at, message: 'neither', data: { script, file: missing, name } });
        else report({ at, message: 'absent', data: { script, file: missing } });
        continue;
      }
      if (name !== undefined && omits !== 'no')
        report({
          at,
          message: 'tool',
          data: { script, name },
          ...(omits === 'likely' ? { severity: 'information' as const } : {}),
          fixes: () =>
            move(() => moveDependency(model, owner, name, 'devDependencies', 'dependencies'), name),
        });
      if (pattern && first)
        report({
          at: { path: first.ignoreFile, span: pattern.span },
          message: 'ignored',
          data: { script },
          related: [{ ...at, message: 'the script' }],
          fixes: () =>
            unignore(first.ignoreFile, pattern, model.files.text(first.ignoreFile) ?? ''),
        });
    }
  },
  examples: {
    bad: [
      {
        title: 'the image omits the tool',
        files: {
          'package.json': manifest({ migrate: 'knex migrate:latest' }, knexDev),
          ...migrations,
          Dockerfile: image('npm ci --omit=dev'),
        },
        findings: [{ at: 'knex migrate:latest', path: 'package.json' }],
        fixed: {
          move: {
            'package.json': manifest(
              { migrate: 'knex migrate:latest' },
              { ...knex, devDependencies: {} },
            ),
          },
        },
      },
      {
        title: 'the last of several stages omits it',
        files: {
          'package.json': manifest(
            { 'db:migrate': 'npx prisma migrate deploy' },
            { devDependencies: { prisma: '^6.0.0' } },
          ),
          'server.js': '',
          'prisma/schema.prisma': '',
          Dockerfile:
            'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nRUN npm prune --omit=dev\nFROM node:22\nWORKDIR /app\nCOPY --from=build /app .\nCMD ["node", "server.js"]\n',
        },
        findings: [{ at: 'npx prisma migrate deploy', path: 'package.json' }],
      },
      {
        title: 'a runner that only developers have, and no image that says otherwise',
        files: {
          'package.json': manifest(
            { 'db:migrate': 'tsx --env-file=.env ./scripts/migrate.ts' },
            { devDependencies: { tsx: '^4.0.0' } },
          ),
          'server.js': '',
          'scripts/migrate.ts': '',
        },
        findings: [
          {
            at: 'tsx --env-file=.env ./scripts/migrate.ts',
            path: 'package.json',
            severity: 'information',
          },
        ],
      },
      {
        title: 'Heroku prunes development packages',
        files: {
          'package.json': manifest(
            {
              'migration:run': 'npm run typeorm -- migration:run',
              typeorm: 'ts-node ./node_modules/typeorm/cli.js',
            },
            {
              dependencies: { express: '^5.0.0', typeorm: '^0.3.0' },
              devDependencies: { 'ts-node': '^10.0.0' },
            },
          ),
          'server.js': '',
          Procfile: 'web: node server.js\n',
        },
        findings: [{ at: 'npm run typeorm -- migration:run', path: 'package.json' }],
      },
      {
        title: 'the image leaves the migrations out',
        files: {
          'package.json': manifest({ migrate: 'knex migrate:latest' }, knex),
          ...migrations,
          '.dockerignore': 'node_modules\nmigrations\n*.md\n',
          Dockerfile: image('npm ci --omit=dev'),
        },
        findings: [{ at: 'migrations', path: '.dockerignore' }],
        fixed: { unignore: { '.dockerignore': 'node_modules\n*.md\n' } },
      },
      {
        title: 'only the build output is copied',
        files: {
          'package.json': manifest({ migrate: 'knex migrate:latest' }, knex),
          'src/server.js': '',
          'migrations/001_users.js': '',
          Dockerfile:
            'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY --from=build /app/dist ./dist\nCMD ["node", "dist/server.js"]\n',
        },
        findings: [{ at: 'knex migrate:latest', path: 'package.json' }],
      },
      {
        title: 'neither the script nor what runs it',
        files: {
          'package.json': manifest(
            { 'db:migrate': 'npx tsx server/db/migrate.ts' },
            { devDependencies: { tsx: '^4.0.0' } },
          ),
          'server.js': '',
          'server/db/migrate.ts': '',
          Dockerfile: image('npm ci --omit=dev', 'COPY dist ./dist'),
        },
        findings: [
          {
            at: 'npx tsx server/db/migrate.ts',
            path: 'package.json',
            message:
              'No image contains `server/db/migrate.ts`, nor the devDependency `tsx`: `db:migrate` cannot run in a release.',
          },
        ],
      },
      {
        title: 'the image leaves the migrations out, and their tool',
        files: {
          'package.json': manifest({ migrate: 'knex migrate:latest' }, knexDev),
          ...migrations,
          '.dockerignore': 'node_modules\nmigrations\n',
          Dockerfile: image('npm ci --omit=dev'),
        },
        findings: [
          { at: 'knex migrate:latest', path: 'package.json' },
          { at: 'migrations', path: '.dockerignore' },
        ],
      },
    ],
    good: [
      {
        title: 'an env file beside the migrations that the image leaves out',
        files: {
          'package.json': manifest(
            { 'db:migrate': 'prisma migrate deploy' },
            { dependencies: { express: '^5.0.0', prisma: '^6.0.0' } },
          ),
          'server.js': '',
          'prisma/.env': 'PORT=3000\n',
          'prisma/schema.prisma': '',
          '.dockerignore': '**/.env*\n',
          Dockerfile: image('npm ci --omit=dev'),
        },
      },
      {
        title: 'the tool is a dependency and its files are copied',
        files: {
          'package.json': manifest({ migrate: 'knex migrate:latest' }, knex),
          ...migrations,
          Dockerfile: image('npm ci --omit=dev', 'COPY server.js ./\nCOPY migrations ./migrations'),
        },
      },
      {
        title: 'the image keeps development packages',
        files: {
          'package.json': manifest({ migrate: 'knex migrate:latest' }, knexDev),
          ...migrations,
          Dockerfile: image('npm ci'),
        },
      },
      {
        title: 'another image carries the migrations',
        files: {
          'package.json': manifest({ migrate: 'knex migrate:latest' }, knexDev),
          ...migrations,
          Dockerfile: image('npm ci --omit=dev', 'COPY server.js ./'),
          'Dockerfile.migrate':
            'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["npm", "run", "migrate"]\n',
        },
      },
      {
        title: 'what developers run',
        files: {
          'package.json': manifest(
            {
              'migrate:make': 'knex migrate:make',
              'db:seed': 'tsx scripts/seed.ts',
              'db:reset': 'prisma migrate reset',
              'db:dev': 'prisma migrate dev',
              'test:migrate': 'knex migrate:latest',
            },
            { devDependencies: { knex: '^3.0.0', tsx: '^4.0.0', prisma: '^6.0.0' } },
          ),
          'server.js': '',
          'scripts/seed.ts': '',
          Dockerfile: image('npm ci --omit=dev'),
        },
      },
      {
        title: 'a production twin runs the compiled migration',
        files: {
          'package.json': manifest(
            { migrate: 'ts-node src/migrate.ts', 'migrate:prod': 'node dist/migrate.js' },
            { devDependencies: { 'ts-node': '^10.0.0' } },
          ),
          'server.js': '',
          'src/migrate.ts': '',
          Dockerfile: image('npm ci --omit=dev'),
        },
      },
      {
        title: 'the pipeline migrates from its checkout',
        files: {
          'package.json': manifest({ migrate: 'knex migrate:latest' }, knexDev),
          ...migrations,
          Dockerfile: image('npm ci --omit=dev'),
          '.github/workflows/deploy.yml':
            'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm ci\n      - run: npm run migrate\n',
        },
      },
      {
        title: 'the app migrates itself',
        files: {
          'package.json': manifest(
            { migrate: 'knex migrate:latest' },
            {
              dependencies: { express: '^5.0.0', knex: '^3.0.0' },
              devDependencies: { 'cross-env': '^7.0.0' },
            },
          ),
          'server.js': `const express = require('express');\nconst knex = require('knex')({ client: 'pg' });\nknex.migrate.latest().then(() => express().listen(process.env.PORT));\n`,
          Dockerfile: image('npm ci --omit=dev'),
        },
      },
      {
        title: 'an image of the company’s own may hold anything',
        files: {
          'package.json': manifest({ migrate: 'knex migrate:latest' }, knex),
          ...migrations,
          Dockerfile:
            'FROM registry.acme.io/node-app:3\nCOPY server.js /app/\nCMD ["node", "/app/server.js"]\n',
        },
      },
    ],
  },
});

function move(build: Fix['build'], name: string): readonly Fix[] {
  return [{ id: 'move', kind: 'suggest', title: `Move \`${name}\` to dependencies`, build }];
}

/** The line of the ignore file that alone keeps a file out of the build. */
function patternOf(
  image: ReleaseImage,
  file: string,
  text: string | undefined,
): IgnorePattern | undefined {
  if (text === undefined || !image.isIgnored(file)) return undefined;
  const inContext = image.context === '' ? file : file.slice(image.context.length + 1);
  return parseIgnoreSyntax(text).patterns.find(
    ({ pattern, negative }) => !negative && dockerMatcher(pattern).decide(inContext) === true,
  );
}

function unignore(path: string, { pattern, span }: IgnorePattern, text: string): readonly Fix[] {
  if (/^(\*|\*\*|\.|\/)?$/.test(pattern)) return [];
  return [
    {
      id: 'unignore',
      kind: 'suggest',
      title: `Let \`${pattern}\` into the image`,
      build: () => [fileEdit(path, [removal(wholeLines(text, span))])],
    },
  ];
}
