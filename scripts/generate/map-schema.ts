import type { PackageKind } from '../../server/src/project/map/kinds';
import type { AppProcess, ProcessPort } from '../../server/src/project/map/processes';
import type { JsonMap, JsonPackage, JsonProcess } from '../../server/src/report/map-json';
import { SERVICES } from '../../server/src/vocabulary/services';
import { list, nullable, object, oneOf, text } from './schema-parts';

const KINDS: Readonly<Record<PackageKind, string>> = {
  app: 'deployed',
  library: 'published, or only loaded by others',
  tool: 'a command line, generator, codemod or build tool',
  example: 'an example, demo, playground or documentation site of the project',
  template: 'a starter that people copy',
  test: 'integration tests, test utilities, fixtures, benchmarks',
};

const ROLES: Readonly<Record<AppProcess['role'], string>> = {
  web: 'answers requests',
  serverless: 'called by a platform',
  worker: 'takes work from a queue',
  clock: 'starts work on a schedule',
  admin: 'runs once: a release step or a task',
};

/** The JSON schema of what `twelve-factor map --format json` prints, as indented JSON. */
export function mapSchemaText(): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Twelve-Factor map',
    description:
      'What the packages of a folder are to a deploy, and the processes of its apps: the output of `twelve-factor map --format json`. Paths are relative to the folder, with `/`.',
    ...object<JsonMap>({
      schemaVersion: {
        description:
          'Raised when something is removed or changes its meaning; fields may be added.',
        const: 1,
      },
      packages: list('By path.', { $ref: '#/definitions/package' }),
    }),
    definitions: {
      package: object<JsonPackage>({
        path: text('The folder of its package.json; `.` for the folder itself.'),
        name: nullable('As its package.json says.'),
        kind: oneOf('What it is to a deploy', KINDS),
        evidence: list(
          'What says so, the most telling first; also what was outweighed.',
          object<JsonPackage['evidence'][number]>({
            path: text('The file that says it.'),
            line: { description: 'Where in it, from 1.', type: 'integer', minimum: 1 },
            says: text('What it says, for people.'),
            for: oneOf('The kind that it speaks for', KINDS),
          }),
        ),
        processes: list('Of apps: what a deploy runs, those that serve first.', {
          $ref: '#/definitions/process',
        }),
      }),
      process: object<JsonProcess>({
        name: text('As manifests call it, else the name of the app.'),
        role: oneOf('What it does', ROLES),
        entry: nullable('The source file that it starts with; null where a tool finds the code.'),
        command: nullable('What is run in the end; null where the platform starts the entry.'),
        ports: list('The ports that it opens.', {
          ...object<ProcessPort>({
            variable: text('The environment variable that says the port.'),
            value: { description: 'The port itself, or the default.', type: 'integer', minimum: 1 },
          }),
          required: [],
          minProperties: 1,
        }),
        signals: list('The signals that it handles itself.', { type: 'string' }),
        services: list('The kinds of backing services that it uses.', {
          enum: Object.keys(SERVICES),
        }),
        variables: list('The environment variables that its code reads.', { type: 'string' }),
      }),
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
