import {
  isYamlMap,
  yamlAt,
  yamlDocuments,
  yamlEntries,
  yamlEntry,
  yamlItems,
  yamlSpan,
  yamlString,
  type YamlDocument,
  type YamlEntry,
  type YamlNode,
  type YamlSyntax,
} from '../../languages/yaml';
import type { ProjectFiles } from '../files/files';
import type { CiImage, CiJob, CiStep } from './ci-job';
import { jobPurpose } from './ci-purpose';
import { environmentEntries, manifestText, manifestTexts, type EnvironmentEntry } from './scalars';

const RESERVED = new Set(
  'stages variables default include image services before_script after_script cache workflow spec pages:deploy'.split(
    ' ',
  ),
);
const SCRIPTS = ['before_script', 'script', 'after_script'];

/** The jobs of a GitLab CI file; `extends` within the file is followed. */
export function gitlabJobs(files: ProjectFiles, path: string): CiJob[] {
  const syntax = files.yaml(path);
  const [document] = yamlDocuments(syntax);
  if (!syntax || !document) return [];
  const root = yamlAt(document, []);
  const entries = yamlEntries(document, root);
  return entries
    .filter(
      (entry) =>
        !RESERVED.has(entry.key) && !entry.key.startsWith('.') && isYamlMap(document, entry.value),
    )
    .map((entry) => readJob(syntax, document, path, entry))
    .filter((job) => job.steps.length > 0 || job.images.length > 0);
}

function readJob(
  syntax: YamlSyntax,
  document: YamlDocument,
  path: string,
  entry: YamlEntry,
): CiJob {
  const at = (key: string): YamlNode | undefined => inherited(document, entry.value, key, 0);
  const images: CiImage[] = [];
  const image = imageText(syntax, document, at('image'));
  if (image) images.push({ role: 'container', image, environment: [] });
  for (const item of yamlItems(document, at('services'))) {
    const service = imageText(syntax, document, item);
    const variables = isYamlMap(document, item) ? yamlAt(document, ['variables'], item) : undefined;
    if (service)
      images.push({
        role: 'service',
        image: service,
        environment: readVariables(syntax, document, variables),
      });
  }
  const steps = SCRIPTS.flatMap((key) => manifestTexts(syntax, document, at(key))).map(
    (run): CiStep => ({
      name: undefined,
      run,
      uses: undefined,
      inputs: [],
      folder: undefined,
      span: run.span,
    }),
  );
  const environmentNode = at('environment');
  const environmentName =
    yamlString(environmentNode) ??
    yamlString(environmentNode && yamlAt(document, ['name'], environmentNode));
  const tag = image && /(^|\/)node:([^@]+)/.exec(image.value)?.[2];
  return {
    path,
    system: 'gitlab',
    name: entry.key,
    span: entry.value ? yamlSpan(entry.value) : entry.span,
    purpose: jobPurpose([entry.key, yamlString(at('stage')), environmentName], steps),
    images,
    environment: [
      ...readVariables(syntax, document, yamlAt(document, ['variables'])),
      ...readVariables(syntax, document, yamlAt(document, ['variables'], entry.value)),
    ],
    steps,
    nodeVersions: tag !== undefined && image ? [{ ...image, value: tag }] : [],
  };
}

/** A key of the job, of what it extends, of `default`, or of the file. */
function inherited(
  document: YamlDocument,
  job: YamlNode | undefined,
  key: string,
  depth: number,
): YamlNode | undefined {
  const own = job && yamlEntry(document, job, key)?.value;
  if (own) return own;
  const names = job ? extended(document, job) : [];
  for (const name of depth > 5 ? [] : names.reverse()) {
    const base = yamlAt(document, [name]);
    const found = base && yamlEntry(document, base, key)?.value;
    const deeper =
      found ??
      (base && yamlAt(document, ['extends'], base)
        ? inherited(document, base, key, depth + 1)
        : undefined);
    if (deeper) return deeper;
  }
  if (depth > 0 || OF_JOB_ONLY.has(key)) return undefined;
  return yamlAt(document, ['default', key]) ?? yamlAt(document, [key]);
}

/** Keys that a file does not set for all its jobs. */
const OF_JOB_ONLY: ReadonlySet<string> = new Set(['extends', 'script', 'environment', 'stage']);

/** The names of what a job extends, as they are listed. */
function extended(document: YamlDocument, job: YamlNode): string[] {
  const bases = yamlAt(document, ['extends'], job);
  const only = yamlString(bases);
  if (only !== undefined) return [only];
  return yamlItems(document, bases).flatMap((item) => yamlString(item) ?? []);
}

function imageText(
  syntax: YamlSyntax,
  document: YamlDocument,
  node: YamlNode | undefined,
): ReturnType<typeof manifestText> {
  return manifestText(syntax, isYamlMap(document, node) ? yamlAt(document, ['name'], node) : node);
}

function readVariables(
  syntax: YamlSyntax,
  document: YamlDocument,
  node: YamlNode | undefined,
): EnvironmentEntry[] {
  // `KEY: { value: x, description: … }` is allowed for variables that people may set.
  const described = yamlEntries(document, node).flatMap((entry) => {
    const value = isYamlMap(document, entry.value)
      ? manifestText(syntax, entry.value && yamlAt(document, ['value'], entry.value))
      : undefined;
    return value
      ? [
          {
            name: entry.key,
            nameSpan: entry.keySpan,
            value: value.value,
            valueSpan: value.span,
            span: entry.span,
          },
        ]
      : [];
  });
  const names = new Set(described.map((entry) => entry.name));
  return [
    ...environmentEntries(syntax, document, node).filter((entry) => !names.has(entry.name)),
    ...described,
  ];
}
