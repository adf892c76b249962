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
import { environmentEntries, manifestText } from './scalars';

/** The jobs of a CircleCI configuration; executors and commands of the file are resolved. */
export function circleJobs(files: ProjectFiles, path: string): CiJob[] {
  const syntax = files.yaml(path);
  const [document] = yamlDocuments(syntax);
  if (!syntax || !document) return [];
  return yamlEntries(document, yamlAt(document, ['jobs'])).flatMap((entry) =>
    isYamlMap(document, entry.value) ? [readJob(syntax, document, path, entry)] : [],
  );
}

function readJob(
  syntax: YamlSyntax,
  document: YamlDocument,
  path: string,
  entry: YamlEntry,
): CiJob {
  const at = (...keys: string[]): YamlNode | undefined => yamlAt(document, keys, entry.value);
  const executor = yamlString(at('executor')) ?? yamlString(at('executor', 'name'));
  const shared = executor === undefined ? undefined : yamlAt(document, ['executors', executor]);
  const docker = at('docker') ?? (shared && yamlAt(document, ['docker'], shared));
  const images = yamlItems(document, docker).flatMap((item, index): CiImage[] => {
    const image = manifestText(syntax, yamlAt(document, ['image'], item));
    if (!image) return [];
    const environment = environmentEntries(
      syntax,
      document,
      yamlAt(document, ['environment'], item),
    );
    // The first container is the one that the steps run in.
    return [{ role: index === 0 ? 'container' : 'service', image, environment }];
  });
  const steps = readSteps(syntax, document, at('steps'), 0);
  const [primary] = images;
  const version = primary && /(?:^|\/)node:([^@]+)/.exec(primary.image.value)?.[1];
  return {
    path,
    system: 'circleci',
    name: entry.key,
    span: entry.span,
    purpose: jobPurpose([entry.key], steps),
    images,
    environment: [
      ...environmentEntries(syntax, document, shared && yamlAt(document, ['environment'], shared)),
      ...environmentEntries(syntax, document, at('environment')),
    ],
    steps,
    nodeVersions: primary && version !== undefined ? [{ ...primary.image, value: version }] : [],
  };
}

function readSteps(
  syntax: YamlSyntax,
  document: YamlDocument,
  node: YamlNode | undefined,
  depth: number,
): CiStep[] {
  return yamlItems(document, node).flatMap((item): CiStep[] => {
    const name = yamlString(item);
    const called = name ?? yamlEntries(document, item)[0]?.key;
    const command =
      called === undefined ? undefined : yamlAt(document, ['commands', called, 'steps']);
    if (command && depth < 5) return readSteps(syntax, document, command, depth + 1);
    const run = yamlAt(document, ['run'], item);
    if (!run) return [];
    const text = manifestText(
      syntax,
      isYamlMap(document, run) ? yamlAt(document, ['command'], run) : run,
    );
    if (!text) return [];
    return [
      {
        name: yamlString(yamlAt(document, ['name'], run)),
        run: text,
        uses: undefined,
        inputs: [],
        folder: undefined,
        span: text.span,
      },
    ];
  });
}
