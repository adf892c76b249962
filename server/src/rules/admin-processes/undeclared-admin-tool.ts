import semver from 'semver';
import type { Location } from '../../base/span';
import type { Fix } from '../../engine/finding';
import { defineRule, type RuleContext } from '../../engine/rule';
import { addDependencies } from '../../fixes/files/package-json';
import { toolRange } from '../../fixes/files/package-versions';
import { isAdminPath } from '../../project/files/paths';
import type { PackageInfo, ProjectModel } from '../../project/model';
import { packagesOfBinary } from '../../project/packages/binaries';
import { isCompilingRunner, toolName } from '../../project/start/command-lines/tools';
import {
  fetchedProgram,
  isExactVersion,
  isFetcher,
  nameAndVersion,
  providesProgram,
  type FetchedProgram,
} from '../../project/start/fetched-programs';
import { isAdminScript } from '../../project/start/intent';
import { isMigrationTool } from '../../project/start/migration-steps';
import { scriptCommands, scriptTexts, type ScriptText } from '../../project/start/script-texts';
import { MIGRATIONS, DEPLOYING } from '../../vocabulary/processes';

const manifest = (scripts: object, extra: object = {}): string =>
  JSON.stringify(
    { name: 'app', private: true, scripts: { start: 'node server.js', ...scripts }, ...extra },
    null,
    2,
  ) + '\n';

const messages = {
  undeclared:
    '`{name}` is fetched by {runner} in whatever version is newest; declare it, so that the task runs what was tested.',
  pinned: '`{name}` is fetched by {runner} whenever the task runs; declare it as a dependency.',
} as const;

export default defineRule({
  id: 'undeclared-admin-tool',
  factor: 'admin-processes',
  severity: 'information',
  since: '0.1.0',
  summary: 'An admin task runs a tool that the manifest does not declare.',
  why: 'One-off tasks are part of the app and run against the same release: the same code, configuration and dependencies. A migration tool that npx fetches on the spot is in no lockfile. It may be a newer major than the library it works with, it needs the registry at the moment of a release, and two runs of one task can do different things.',
  whenNotToUse: 'For a tool that is used once and never again.',
  fix: 'suggest',
  messages,
  command(command, { model, report }) {
    // Package scripts are read as written below; here come release phases, jobs and hooks.
    if (command.form === 'script' || command.process !== 'release' || !command.package) return;
    for (const { wrappers, argv, path, span } of command.steps) {
      const runner = wrappers.find(isFetcher);
      const [program = '', ...rest] = argv;
      const { name, version } = nameAndVersion(program);
      if (runner === undefined || path === command.package.manifestPath) continue;
      judge({ runner, name, version, argv: [name, ...rest] }, { path, span }, command.package, {
        model,
        report,
      });
    }
  },
  project({ model, report }) {
    const started = startedScripts(model);
    for (const script of scriptTexts(model)) {
      if (
        !script.package ||
        !isAdminText(script) ||
        started.has(`${script.path}:${script.name ?? ''}`)
      )
        continue;
      for (const command of scriptCommands(script)) {
        const fetched = fetchedProgram(command.argv);
        if (fetched)
          judge(fetched, { path: script.path, span: command.span }, script.package, {
            model,
            report,
          });
      }
    }
  },
  examples: {
    bad: [
      {
        title: 'the migration tool of a library that is declared',
        files: {
          'package.json': manifest(
            { migrate: 'npx prisma migrate deploy' },
            { dependencies: { '@prisma/client': '^6.2.1' } },
          ),
          'server.js': '',
        },
        findings: [{ at: 'npx prisma migrate deploy', path: 'package.json' }],
        fixed: {
          declare: {
            'package.json': manifest(
              { migrate: 'npx prisma migrate deploy' },
              { dependencies: { '@prisma/client': '^6.2.1', prisma: '^6.2.1' } },
            ),
          },
        },
      },
      {
        title: 'a runner for a one-off script',
        files: {
          'package.json': manifest(
            { 'db:seed': 'cross-env NODE_ENV=production npx -y tsx scripts/seed.ts' },
            { dependencies: { 'cross-env': '^7.0.3', pg: '^8.0.0' } },
          ),
          'server.js': '',
          'scripts/seed.ts': '',
        },
        findings: [
          {
            at: 'cross-env NODE_ENV=production npx -y tsx scripts/seed.ts',
            path: 'package.json',
          },
        ],
        fixed: {
          declare: {
            'package.json': manifest(
              { 'db:seed': 'cross-env NODE_ENV=production npx -y tsx scripts/seed.ts' },
              { dependencies: { 'cross-env': '^7.0.3', pg: '^8.0.0', tsx: '^4.19.0' } },
            ),
          },
        },
      },
      {
        title: 'a release phase',
        files: {
          'package.json': manifest({}, { dependencies: { sequelize: '^6.0.0' } }),
          'server.js': '',
          Procfile: 'release: npx sequelize-cli db:migrate\nweb: node server.js\n',
        },
        findings: [{ at: 'npx sequelize-cli db:migrate', path: 'Procfile' }],
      },
      {
        title: 'a deploy job and a script beside the code',
        files: {
          'package.json': manifest({}, { dependencies: { knex: '^3.0.0' } }),
          'server.js': '',
          'scripts/migrate.sh': '#!/bin/sh\nset -e\npnpm dlx node-pg-migrate up\n',
          '.github/workflows/deploy.yml':
            'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npx drizzle-kit@latest migrate\n',
        },
        findings: [
          { at: 'npx drizzle-kit@latest migrate', path: '.github/workflows/deploy.yml' },
          { at: 'pnpm dlx node-pg-migrate up', path: 'scripts/migrate.sh' },
        ],
      },
      {
        title: 'an exact version is fetched, but always the same',
        files: {
          'package.json': manifest({ migrate: 'npx knex@3.1.0 migrate:latest' }),
          'server.js': '',
        },
        findings: [{ at: 'npx knex@3.1.0 migrate:latest', path: 'package.json', severity: 'hint' }],
        fixed: {
          declare: {
            'package.json': manifest(
              { migrate: 'npx knex@3.1.0 migrate:latest' },
              { dependencies: { knex: '3.1.0' } },
            ),
          },
        },
      },
    ],
    good: [
      {
        title: 'declared, whichever list',
        files: {
          'package.json': manifest(
            {
              migrate: 'npx knex migrate:latest',
              seed: 'npx ts-node scripts/seed.ts',
              'db:up': 'npx mikro-orm migration:up',
            },
            {
              dependencies: { knex: '^3.0.0', '@mikro-orm/cli': '^6.0.0' },
              devDependencies: { 'ts-node': '^10.0.0' },
            },
          ),
        },
      },
      {
        title: 'declared by the workspace',
        files: {
          'package.json': JSON.stringify({
            name: 'root',
            private: true,
            workspaces: ['apps/*'],
            devDependencies: { prisma: '^6.0.0' },
          }),
          'apps/api/package.json': manifest({ migrate: 'npx prisma migrate deploy' }),
        },
      },
      {
        title: 'installing is forbidden, or the program is run from what is installed',
        files: {
          'package.json': manifest({
            migrate: 'npx --no-install prisma migrate deploy',
            'db:seed': 'pnpm exec tsx scripts/seed.ts',
          }),
        },
      },
      {
        title: 'no admin task',
        files: {
          'package.json': manifest({
            lint: 'npx eslint .',
            build: 'npx tsc',
            test: 'npx jest',
            prepare: 'npx husky',
          }),
          '.github/workflows/lint.yml':
            'on: push\njobs:\n  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npx eslint .\n      - run: npx prisma validate\n',
        },
      },
      {
        title: 'a script that the package itself provides',
        files: {
          'package.json': manifest(
            { 'db:migrate': 'npx acme-migrate up' },
            { bin: { 'acme-migrate': 'bin/migrate.js' } },
          ),
          'bin/migrate.js': '#!/usr/bin/env node\n',
        },
      },
      {
        title: 'a binary of a locked package',
        files: {
          'package.json': manifest(
            { migrate: 'npx sequelize db:migrate' },
            { dependencies: { '@acme/db-tools': '^1.0.0' } },
          ),
          'package-lock.json': JSON.stringify({
            lockfileVersion: 3,
            packages: {
              'node_modules/sequelize-cli': {
                version: '6.6.0',
                bin: { sequelize: 'lib/sequelize' },
              },
            },
          }),
        },
      },
      {
        title: 'developers only',
        files: {
          'package.json': manifest({
            'test:db': 'npx prisma db push',
            'db:dev': 'npx prisma migrate dev',
          }),
        },
      },
    ],
  },
});

type Context = Pick<RuleContext<typeof messages>, 'model' | 'report'>;

function judge(
  fetched: FetchedProgram,
  at: Location,
  owner: PackageInfo,
  { model, report }: Context,
): void {
  const { name, version, runner } = fetched;
  if (!isAdminWork(fetched) || providesProgram(model, owner, name)) return;
  const isPinned = isExactVersion(version);
  report({
    at,
    message: isPinned ? 'pinned' : 'undeclared',
    data: { name, runner },
    ...(isPinned ? { severity: 'hint' as const } : {}),
    fixes: () => declare(model, owner, name, version),
  });
}

/** Scripts by name and place; a deploy job or any script may hold a migration. */
function isAdminText({ place, name, path, development }: ScriptText): boolean {
  if (development) return false;
  if (place === 'script')
    return name !== undefined && (isAdminScript(name) || DEPLOYING.isIn(name));
  return (
    place === 'deploy' ||
    place === 'host' ||
    (place === 'shell' && (isAdminPath(path) || MIGRATIONS.isIn(path) || DEPLOYING.isIn(path)))
  );
}

/** A tool for databases, or a runner that is given a script of the project. */
function isAdminWork({ argv }: FetchedProgram): boolean {
  const tool = toolName(argv[0] ?? '');
  if (isMigrationTool(tool))
    return !argv.some((word) => /^(validate|format|generate|studio|--version)$/.test(word));
  return isCompilingRunner({ argv }) && argv.some((word) => /\.[cm]?[jt]s$/.test(word));
}

/** Scripts that the production start runs: what those fetch is fetch-code-at-run's. */
function startedScripts(model: ProjectModel): ReadonlySet<string> {
  return new Set(
    model.commands
      .filter((command) => command.production && command.process !== 'release')
      .flatMap((command) =>
        command.steps.flatMap((step) =>
          step.via.map((name) => `${command.package?.manifestPath ?? ''}:${name}`),
        ),
      ),
  );
}

function declare(
  model: ProjectModel,
  owner: PackageInfo,
  program: string,
  version: string | undefined,
): readonly Fix[] {
  const [name = program] = packagesOfBinary(program);
  const written =
    version !== undefined && semver.validRange(version) !== null ? version : undefined;
  const range =
    written === undefined || /^\d+(\.\d+)?$/.test(written)
      ? written === undefined
        ? toolRange(name, owner)
        : `^${semver.minVersion(written)?.version ?? written}`
      : written;
  if (range === undefined) return [];
  return [
    {
      id: 'declare',
      kind: 'suggest',
      title: `Declare \`${name}\` ${range} as a dependency`,
      build: () => addDependencies(model, owner, [{ name, range }]),
    },
  ];
}
