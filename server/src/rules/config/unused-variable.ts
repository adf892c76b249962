import { fileEdit } from '../../engine/edits/edits';
import type { Fix } from '../../engine/finding';
import { defineRule } from '../../engine/rule';
import { removeVariable } from '../../fixes/files/dotenv-edit';
import { isReadByLibraries } from '../../project/environment/conventional-variables';
import { exampleFiles } from '../../project/environment/example-files';
import { canonicalName } from '../../project/facts/canonical';
import { filesOfKind } from '../../project/files/file-index';
import type { ProjectFiles } from '../../project/files/files';
import type { ProjectModel } from '../../project/model';
import { fileQuery } from '../../project/query';

const server = `export const port = process.env.HTTP_PORT;\n`;

export default defineRule({
  id: 'unused-variable',
  factor: 'config',
  severity: 'hint',
  since: '0.1.0',
  summary: 'The example env file lists a variable that nothing reads.',
  why: 'The example file is the contract between the app and its deploys. Names that nothing reads any more are set with care on every deploy, copied into new ones, and hide the ones that matter.',
  whenNotToUse: 'When other programs that are not in this repository read the same file.',
  fix: 'safe',
  options: {
    ignoredVariables: {
      lists: 'names',
      exempts: 'name',
      description: 'Variables that programs outside this repository read.',
      example: ['BACKUP_*'],
    },
  },
  messages: {
    unused: 'Nothing in this repository reads `{name}`.',
  },
  project({ model, report }) {
    const readDynamically = [...model.facts.values()].some(
      (facts) =>
        facts.environment.some((fact) => fact.name === undefined || fact.name === '*') ||
        // `dotenv.parse(readFileSync('.env'))`: settings in an object of their own.
        facts.calls.some(({ callee }) => canonicalName(callee) === 'dotenv.parse'),
    );
    // A whole environment handed on may be read under any name, so only names that appear nowhere else count.
    const isMentioned = mentions(model, readDynamically ? 'anywhere' : 'manifests');
    for (const { path, names } of exampleFiles(model)) {
      for (const [name, span] of names) {
        if (isReadByLibraries(name) || (model.environment.get(name)?.reads.length ?? 0) > 0)
          continue;
        if (isMentioned(name, path) || isInterpolated(name, model.files)) continue;
        report({
          at: { path, span },
          message: 'unused',
          data: { name },
          fixes: () => remove(model, path, name),
        });
      }
    }
  },
  examples: {
    bad: [
      {
        title: 'a name nothing reads',
        files: { 'src/server.ts': server, '.env.example': 'HTTP_PORT=3000\nOLD_FLAG=1\n' },
        findings: [{ at: 'OLD_FLAG', path: '.env.example' }],
        fixed: { remove: { '.env.example': 'HTTP_PORT=3000\n' } },
      },
      {
        title: 'between comments',
        files: {
          'src/server.ts': server,
          '.env.sample': '# server\nHTTP_PORT=3000\n# gone\nOLD_URL=x\n',
        },
        findings: [{ at: 'OLD_URL', path: '.env.sample' }],
      },
      {
        title: 'a misspelt name',
        files: { 'src/server.ts': server, '.env.example': 'HTTP_PROT=3000\n' },
        findings: [{ at: 'HTTP_PROT', path: '.env.example' }],
      },
    ],
    good: [
      {
        title: 'put into another variable of the file',
        files: {
          'src/server.ts': server,
          '.env.example':
            'DB_HOST=\nDB_PORT=5432\nHTTP_PORT=$DB_PORT\nDATABASE_URL=pg://${DB_HOST}/x\n',
        },
      },
      {
        title: 'a variable that the user says another program reads',
        files: { 'src/server.ts': server, '.env.example': 'HTTP_PORT=3000\nBACKUP_DIR=/backup\n' },
        options: { ignoredVariables: ['BACKUP_*'] },
      },
      {
        title: 'read by code',
        files: { 'src/server.ts': server, '.env.example': 'HTTP_PORT=3000\n' },
      },
      {
        title: 'read by compose and images',
        files: {
          'src/server.ts': server,
          '.env.example': 'HTTP_PORT=1\nIMAGE_TAG=1\nSITE=1\n',
          'docker-compose.yml': 'services:\n  web:\n    image: acme/web:${IMAGE_TAG}\n',
          Dockerfile: 'FROM node:22\nARG SITE\nRUN echo $SITE\n',
        },
      },
      {
        title: 'read by libraries',
        files: {
          'src/server.ts': server,
          '.env.example': 'HTTP_PORT=1\nDATABASE_URL=\nPGHOST=\nAWS_REGION=\nOTEL_SERVICE_NAME=\n',
        },
      },
      {
        title: 'read in a test',
        files: {
          'src/server.ts': server,
          'test/a.test.ts': 'console.log(process.env.TEST_URL);\n',
          '.env.example': 'HTTP_PORT=1\nTEST_URL=\n',
        },
      },
      {
        title: 'read under a computed name',
        files: {
          'src/server.ts': `${server}export const all = ['FLAG_A', 'FLAG_B'].map((name) => process.env[name]);\n`,
          '.env.example': 'HTTP_PORT=1\nFLAG_A=\nFLAG_B=\n',
        },
      },
      {
        title: 'an env file that is parsed',
        files: {
          'src/server.ts': `${server}import { parse } from 'dotenv';\nimport { readFileSync } from 'node:fs';\nconst settings = parse(readFileSync('.env'));\nexport const get = (name: string) => settings[name];\n`,
          'src/mail.ts': `import { get } from './server';\nexport const from = get('MAIL_FROM');\n`,
          '.env.example': 'HTTP_PORT=1\nMAIL_FROM=\n',
        },
      },
      {
        title: 'a TypeBox schema',
        files: {
          'src/server.ts': `${server}import envSchema from 'env-schema';\nimport { Type } from 'typebox';\nconst schema = Type.Object({ DB_HOST: Type.String(), DB_POOL: Type.Optional(Type.Number()) });\nexport const settings = envSchema({ schema });\n`,
          '.env.example': 'HTTP_PORT=1\nDB_HOST=\nDB_POOL=\n',
        },
      },
      {
        title: 'a Prisma schema',
        files: {
          'src/server.ts': server,
          'prisma/schema.prisma':
            'datasource db {\n  provider = "postgresql"\n  url = env("MAIN_DB")\n}\n',
          '.env.example': 'HTTP_PORT=1\nMAIN_DB=\n',
        },
      },
    ],
  },
});

/** Do lines of env files put a variable into others: `DATABASE_URL=postgres://${DB_USER}@$DB_HOST/app`? */
function isInterpolated(name: string, files: ProjectFiles): boolean {
  return interpolated(files).has(name);
}

const interpolated = fileQuery((files): ReadonlySet<string> => {
  const paths = filesOfKind(files, 'dotenv');
  const values = paths.flatMap((path) => files.dotenv(path)?.entries ?? []);
  return new Set(
    values.flatMap(({ value, quote }) =>
      quote === "'" ? [] : [...value.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name),
    ),
  );
});

/**
 * Does a name stand anywhere else: in manifests, scripts, tests (whose facts are not read in full)?
 * @returns a test for names; `except` is the file that lists the name
 */
function mentions(
  { files, facts }: ProjectModel,
  where: 'anywhere' | 'manifests',
): (name: string, except: string) => boolean {
  const looked = files.paths.filter(
    (path) =>
      !/\.(md|mdx|lock)$|package-lock\.json$|pnpm-lock\.yaml$/.test(path) &&
      files.kind(path) !== 'dotenv' &&
      !(where === 'manifests' && facts.get(path)?.detail === 'full'),
  );
  return (name, except) => looked.some((path) => path !== except && files.mentions(path, name));
}

function remove(model: ProjectModel, path: string, name: string): readonly Fix[] {
  return [
    {
      id: 'remove',
      kind: 'safe',
      title: `Remove \`${name}\``,
      build: () => {
        const syntax = model.files.dotenv(path);
        const edits = syntax ? removeVariable(syntax, name) : [];
        return edits.length > 0 ? [fileEdit(path, edits)] : undefined;
      },
    },
  ];
}
