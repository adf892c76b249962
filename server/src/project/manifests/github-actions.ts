import { joinPath } from '../../base/paths';
import {
  isYamlMap,
  yamlAt,
  yamlDocuments,
  yamlEntries,
  yamlItems,
  yamlString,
  type YamlDocument,
  type YamlEntry,
  type YamlNode,
  type YamlSyntax,
} from '../../languages/yaml';
import type { ProjectFiles } from '../files/files';
import type { CiImage, CiJob, CiStep } from './ci-job';
import { jobPurpose } from './ci-purpose';
import {
  environmentEntries,
  manifestText,
  manifestTexts,
  type EnvironmentEntry,
  type ManifestText,
} from './scalars';

interface Reader {
  readonly syntax: YamlSyntax;
  readonly document: YamlDocument;
}

/** The jobs of a GitHub Actions workflow. */
export function githubJobs(files: ProjectFiles, path: string): CiJob[] {
  const syntax = files.yaml(path);
  const [document] = yamlDocuments(syntax);
  if (!syntax || !document) return [];
  const reader = { syntax, document };
  const shared = variables(reader, yamlAt(document, ['env']));
  const workflow = yamlString(yamlAt(document, ['name']));
  return yamlEntries(document, yamlAt(document, ['jobs'])).flatMap((entry) =>
    isYamlMap(document, entry.value) ? [readJob(reader, path, entry, shared, workflow)] : [],
  );
}

function readJob(
  reader: Reader,
  path: string,
  entry: YamlEntry,
  shared: readonly EnvironmentEntry[],
  workflow: string | undefined,
): CiJob {
  const { syntax, document } = reader;
  const at = (...keys: string[]): YamlNode | undefined => yamlAt(document, keys, entry.value);
  const stepNodes = yamlItems(document, at('steps'));
  const folder = yamlString(at('defaults', 'run', 'working-directory'));
  const steps = stepNodes.map((node) => readStep(reader, node, folder));
  const environmentName = yamlString(at('environment')) ?? yamlString(at('environment', 'name'));
  const container = isYamlMap(document, at('container'))
    ? at('container', 'image')
    : at('container');
  const image = manifestText(syntax, container);
  const images: CiImage[] = image
    ? [{ role: 'container', image, environment: variables(reader, at('container', 'env')) }]
    : [];
  for (const service of yamlEntries(document, at('services'))) {
    const text = manifestText(syntax, service.value && yamlAt(document, ['image'], service.value));
    if (text)
      images.push({
        role: 'service',
        image: text,
        environment: variables(reader, service.value && yamlAt(document, ['env'], service.value)),
      });
  }
  return {
    path,
    system: 'github',
    name: entry.key,
    span: entry.span,
    purpose: jobPurpose([entry.key, yamlString(at('name')), environmentName, workflow], steps),
    images,
    environment: [
      ...shared,
      ...variables(reader, at('env')),
      ...stepNodes.flatMap((node) => variables(reader, yamlAt(document, ['env'], node))),
    ],
    steps,
    nodeVersions: nodeVersions(reader, at('strategy', 'matrix'), steps),
  };
}

/** Actions that run a script on another machine. */
const REMOTE_SHELL = /(^|\/|-)ssh(-|\/|@)|ssh-(action|deploy|command)/;

function readStep(reader: Reader, node: YamlNode, folder: string | undefined): CiStep {
  const { syntax, document } = reader;
  const at = (...keys: string[]): YamlNode | undefined => yamlAt(document, keys, node);
  const own = yamlString(at('working-directory')) ?? folder;
  const uses = manifestText(syntax, at('uses'));
  const remote = REMOTE_SHELL.test(uses?.value ?? '')
    ? (manifestText(syntax, at('with', 'script')) ?? manifestText(syntax, at('with', 'command')))
    : undefined;
  const run = manifestText(syntax, at('run')) ?? remote;
  return {
    name: yamlString(at('name')),
    run,
    ...(remote ? { isRemote: true } : {}),
    uses,
    inputs: variables(reader, at('with')),
    folder: own === undefined || own.includes('${{') ? undefined : joinPath(own),
    span: run?.span ?? uses?.span ?? { start: 0, end: 0 },
  };
}

/** Variables whose `${{ … }}` values are named by where they come from. */
function variables({ syntax, document }: Reader, node: YamlNode | undefined): EnvironmentEntry[] {
  return environmentEntries(syntax, document, node).map((entry) => {
    if (entry.value === undefined || !/\$\{\{/.test(entry.value)) return entry;
    return {
      ...entry,
      value: undefined,
      source: /\$\{\{\s*secrets\./.test(entry.value) ? 'secret' : 'other',
    };
  });
}

function nodeVersions(
  { syntax, document }: Reader,
  matrix: YamlNode | undefined,
  steps: readonly CiStep[],
): ManifestText[] {
  const isNode = (key: string): boolean => /^node([-_]?versions?)?$/i.test(key);
  const inMatrix = yamlEntries(document, matrix).flatMap((entry) =>
    isNode(entry.key) ? manifestTexts(syntax, document, entry.value) : [],
  );
  const included = yamlItems(document, matrix && yamlAt(document, ['include'], matrix)).flatMap(
    (item) =>
      yamlEntries(document, item).flatMap((entry) =>
        isNode(entry.key) ? manifestTexts(syntax, document, entry.value) : [],
      ),
  );
  const given = steps
    .filter((step) =>
      /setup-node|setup-node-|\/setup-nodejs|volta|pnpm\/action-setup|mise/.test(
        step.uses?.value ?? '',
      ),
    )
    .flatMap((step) => step.inputs)
    .flatMap((input): ManifestText[] => {
      if (input.name !== 'node-version' || input.value === undefined || !input.valueSpan) return [];
      return [
        {
          value: input.value,
          span: input.valueSpan,
          mapped: { text: input.value, pieces: [{ text: input.value, span: input.valueSpan }] },
        },
      ];
    });
  return [...inMatrix, ...included, ...given].filter((text) => !text.value.includes('${{'));
}
