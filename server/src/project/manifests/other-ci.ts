import { sliceText, sourceSpan } from '../../languages/mapped-text';
import {
  isYamlMap,
  yamlAt,
  yamlDocuments,
  yamlEntries,
  yamlItems,
  yamlSpan,
  yamlString,
  type YamlDocument,
  type YamlNode,
  type YamlSyntax,
} from '../../languages/yaml';
import type { ProjectFiles } from '../files/files';
import type { CiImage, CiJob, CiStep } from './ci-job';
import { jobPurpose } from './ci-purpose';
import {
  assignmentEntry,
  environmentEntries,
  manifestText,
  manifestTexts,
  type EnvironmentEntry,
  type ManifestText,
} from './scalars';

interface Reader {
  readonly syntax: YamlSyntax;
  readonly document: YamlDocument;
  readonly path: string;
}

function readers(files: ProjectFiles, path: string): Reader[] {
  const syntax = files.yaml(path);
  return syntax ? yamlDocuments(syntax).map((document) => ({ syntax, document, path })) : [];
}

function runStep(run: ManifestText): CiStep {
  return { name: undefined, run, uses: undefined, inputs: [], folder: undefined, span: run.span };
}

/** Steps of some keys of a mapping, each a text or a list of texts. */
function stepsOf(
  { syntax, document }: Reader,
  node: YamlNode | undefined,
  keys: readonly string[],
): CiStep[] {
  if (!node) return [];
  return keys.flatMap((key) => {
    const value = yamlAt(document, [key], node);
    const items = yamlItems(document, value);
    return (items.length > 0 ? items : value ? [value] : []).flatMap((item) => {
      // AppVeyor: `- ps: command`, `- cmd: command`.
      const inner = isYamlMap(document, item)
        ? yamlEntries(document, item).find((entry) => ['sh', 'cmd', 'ps'].includes(entry.key))
            ?.value
        : item;
      const text = manifestText(syntax, inner);
      return text ? [runStep(text)] : [];
    });
  });
}

function jobOf(
  reader: Reader,
  system: CiJob['system'],
  name: string,
  node: YamlNode,
  parts: Pick<CiJob, 'steps'> & Partial<Pick<CiJob, 'images' | 'environment' | 'nodeVersions'>>,
  about: readonly (string | undefined)[] = [],
): CiJob {
  return {
    path: reader.path,
    system,
    name,
    span: yamlSpan(node),
    purpose: jobPurpose([name, ...about], parts.steps),
    images: parts.images ?? [],
    environment: parts.environment ?? [],
    steps: parts.steps,
    nodeVersions: parts.nodeVersions ?? [],
  };
}

const TRAVIS_STEPS =
  'before_install install before_script script after_success after_script before_deploy'.split(' ');

/** Travis CI: the file is one job, plus those of `jobs.include`. */
export function travisJobs(files: ProjectFiles, path: string): CiJob[] {
  return readers(files, path).flatMap((reader) => {
    const { syntax, document } = reader;
    const root = yamlAt(document, []);
    if (!root) return [];
    const env = yamlAt(document, ['env']);
    const lists = isYamlMap(document, env)
      ? ['global', 'jobs', 'matrix'].map((key) => yamlAt(document, [key], env))
      : [env];
    const environment = lists.flatMap((list) =>
      isYamlMap(document, list)
        ? environmentEntries(syntax, document, list)
        : manifestTexts(syntax, document, list).flatMap(assignments),
    );
    const main = jobOf(reader, 'travis', 'test', root, {
      steps: stepsOf(reader, root, TRAVIS_STEPS),
      environment,
      nodeVersions: manifestTexts(syntax, document, yamlAt(document, ['node_js'])),
    });
    const included = yamlItems(document, yamlAt(document, ['jobs', 'include'])).map((item) =>
      jobOf(
        reader,
        'travis',
        yamlString(yamlAt(document, ['name'], item)) ?? 'test',
        item,
        {
          steps: stepsOf(reader, item, TRAVIS_STEPS),
          nodeVersions: manifestTexts(syntax, document, yamlAt(document, ['node_js'], item)),
        },
        [yamlString(yamlAt(document, ['stage'], item))],
      ),
    );
    return [main, ...included];
  });
}

/** `A="x y" B=z` in one text. */
function assignments(text: ManifestText): EnvironmentEntry[] {
  return [...text.value.matchAll(/(?<!\w)([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s"']*)/g)].flatMap(
    (match) => {
      const [, name = '', value = ''] = match;
      const entry = assignmentEntry(
        sliceText(text.mapped, match.index, match.index + match[0].length),
      );
      const quoted = /^(["']).*\1$/.test(value);
      if (!entry || !quoted) return entry ?? [];
      const start = match.index + name.length + 2;
      return {
        ...entry,
        value: value.slice(1, -1),
        valueSpan: sourceSpan(text.mapped, start, start + value.length - 2),
      };
    },
  );
}

/** AppVeyor: one job. */
export function appveyorJobs(files: ProjectFiles, path: string): CiJob[] {
  return readers(files, path).flatMap((reader) => {
    const { syntax, document } = reader;
    const root = yamlAt(document, []);
    if (!root) return [];
    const environment = environmentEntries(
      syntax,
      document,
      yamlAt(document, ['environment']),
    ).filter((entry) => entry.name !== 'matrix');
    const matrix = yamlItems(document, yamlAt(document, ['environment', 'matrix'])).flatMap(
      (item) => environmentEntries(syntax, document, item),
    );
    const versions = [
      yamlAt(document, ['environment']),
      ...yamlItems(document, yamlAt(document, ['environment', 'matrix'])),
    ].flatMap((node) =>
      node ? (manifestText(syntax, yamlAt(document, ['nodejs_version'], node)) ?? []) : [],
    );
    const keys =
      'init install before_build build_script before_test test_script deploy_script'.split(' ');
    return [
      jobOf(reader, 'appveyor', 'test', root, {
        steps: stepsOf(reader, root, keys),
        environment: [...environment, ...matrix],
        nodeVersions: versions,
      }),
    ];
  });
}

/** Bitbucket Pipelines: every step is a job. */
export function bitbucketJobs(files: ProjectFiles, path: string): CiJob[] {
  return readers(files, path).flatMap((reader) => {
    const { syntax, document } = reader;
    const shared =
      manifestText(syntax, yamlAt(document, ['image'])) ??
      manifestText(syntax, yamlAt(document, ['image', 'name']));
    const steps: YamlNode[] = [];
    const collect = (node: YamlNode | undefined, depth: number): void => {
      if (!node || depth > 8) return;
      const step = yamlAt(document, ['step'], node);
      if (step) steps.push(step);
      for (const item of yamlItems(document, node)) collect(item, depth + 1);
      for (const entry of yamlEntries(document, node))
        if (entry.key !== 'step') collect(entry.value, depth + 1);
    };
    collect(yamlAt(document, ['pipelines']), 0);
    return steps.map((step) => {
      const at = (...keys: string[]): YamlNode | undefined => yamlAt(document, keys, step);
      const image =
        manifestText(syntax, at('image')) ?? manifestText(syntax, at('image', 'name')) ?? shared;
      const images: CiImage[] = image ? [{ role: 'container', image, environment: [] }] : [];
      for (const { value } of manifestTexts(syntax, document, at('services'))) {
        const service = yamlAt(document, ['definitions', 'services', value]);
        const text = manifestText(syntax, service && yamlAt(document, ['image'], service));
        const variables = service && yamlAt(document, ['variables'], service);
        if (text)
          images.push({
            role: 'service',
            image: text,
            environment: environmentEntries(syntax, document, variables),
          });
      }
      const name = yamlString(at('name')) ?? 'step';
      return jobOf(
        reader,
        'bitbucket',
        name,
        step,
        { steps: stepsOf(reader, step, ['script', 'after-script']), images },
        [yamlString(at('deployment'))],
      );
    });
  });
}

/** Azure Pipelines: jobs, or the file's own steps as one job. */
export function azureJobs(files: ProjectFiles, path: string): CiJob[] {
  return readers(files, path).flatMap((reader) => {
    const { document } = reader;
    const root = yamlAt(document, []);
    if (!root) return [];
    const stages = yamlItems(document, yamlAt(document, ['stages']));
    const jobs = [root, ...stages].flatMap((node) =>
      yamlItems(document, yamlAt(document, ['jobs'], node)),
    );
    const holders = jobs.length > 0 ? jobs : [root];
    return holders.map((job) => {
      const at = (...keys: string[]): YamlNode | undefined => yamlAt(document, keys, job);
      const items = yamlItems(
        document,
        at('steps') ?? at('strategy', 'runOnce', 'deploy', 'steps'),
      );
      const steps = items.flatMap((item) =>
        stepsOf(reader, item, ['script', 'bash', 'powershell', 'pwsh']),
      );
      const versions = items.flatMap(
        (item) =>
          manifestText(reader.syntax, yamlAt(document, ['inputs', 'versionSpec'], item)) ?? [],
      );
      const name = yamlString(at('job')) ?? yamlString(at('deployment')) ?? 'build';
      const variables = environmentEntries(reader.syntax, document, at('variables'));
      return jobOf(
        reader,
        'azure',
        name,
        job,
        { steps, nodeVersions: versions, environment: variables },
        [yamlString(at('environment'))],
      );
    });
  });
}
