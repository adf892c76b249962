import type { MappedText } from '../../languages/mapped-text';
import type { YamlDocument, YamlNode } from '../../languages/yaml';
import { isYamlMap, isYamlSequence, yamlDocuments, yamlEntries, yamlItems, yamlString, yamlText } from '../../languages/yaml';
import type { ProjectFiles } from '../files';
import type { YamlSyntax } from '../../languages/yaml';

/** A shell step of a pipeline. */
export interface CiStep {
  readonly path: string;
  readonly job: string;
  readonly text: MappedText;
  /** The job builds or ships a release rather than checking a change. */
  readonly deploys: boolean;
}

/** A container that a pipeline takes from a registry. */
export interface CiImage {
  readonly path: string;
  readonly job: string;
  readonly image: MappedText;
  readonly role: 'job' | 'service';
}

/** Is this a pipeline definition of a known service? */
export function isCiPath(path: string): boolean {
  return /(^|\/)(\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|\.circleci\/config\.ya?ml|\.travis\.ya?ml|appveyor\.ya?ml|azure-pipelines[^/]*\.ya?ml|bitbucket-pipelines\.ya?ml|cloudbuild\.ya?ml|buildspec\.ya?ml|\.drone\.ya?ml)$/.test(path);
}

const DEPLOY = /deploy|release|publish|ship|production|\bcd\b|rollout|docker|image|registry|push/i;

/** All shell steps of the project's pipelines, in file order. */
export function ciSteps(files: ProjectFiles): readonly CiStep[] {
  return pipelines(files).flatMap(({ path, syntax, document, jobs }) =>
    jobs.flatMap(({ name, node }) => {
      const texts = SHELL_KEYS.flatMap((key) => shellTexts(syntax, document, node, key));
      const deploys = DEPLOY.test(name) || DEPLOY.test(path.slice(path.lastIndexOf('/') + 1)) || texts.some((text) => /\b(docker\s+push|npm\s+publish|kubectl|helm\s+upgrade|serverless\s+deploy|sls\s+deploy|fly(ctl)?\s+deploy|heroku|vercel\s+--prod|eb\s+deploy|gcloud\s+\w+\s+deploy|cdk\s+deploy|terraform\s+apply)\b/.test(text.text));
      return texts.map((text): CiStep => ({ path, job: name, text, deploys }));
    }),
  );
}

/** Containers that jobs run in or beside. */
export function ciImages(files: ProjectFiles): readonly CiImage[] {
  return pipelines(files).flatMap(({ path, syntax, document, jobs }) =>
    jobs.flatMap(({ name, node }) => {
      const images: CiImage[] = [];
      const add = (target: YamlNode | undefined, role: CiImage['role']): void => {
        const scalar = target && isYamlMap(document, target) ? (field(document, target, 'image') ?? field(document, target, 'name')) : target;
        const image = scalar && yamlString(scalar) !== undefined ? yamlText(syntax, scalar) : undefined;
        if (image) images.push({ path, job: name, image, role });
      };
      add(field(document, node, 'container'), 'job');
      add(field(document, node, 'image'), 'job');
      const docker = field(document, node, 'docker');
      if (docker) yamlItems(document, docker).forEach((item, index) => add(item, index === 0 ? 'job' : 'service'));
      const services = field(document, node, 'services');
      if (services && isYamlSequence(document, services)) for (const item of yamlItems(document, services)) add(item, 'service');
      if (services && isYamlMap(document, services)) for (const entry of yamlEntries(document, services)) if (entry.value && isYamlMap(document, entry.value)) add(entry.value, 'service');
      return images;
    }),
  );
}

const SHELL_KEYS = ['run', 'script', 'before_script', 'after_script', 'install', 'before_install', 'before_deploy', 'after_success', 'bash', 'commands', 'command', 'test_script', 'build_script', 'deploy_script', 'pre_build', 'build'];

interface Pipeline {
  readonly path: string;
  readonly syntax: YamlSyntax;
  readonly document: YamlDocument;
  readonly jobs: readonly { readonly name: string; readonly node: YamlNode }[];
}

function pipelines(files: ProjectFiles): readonly Pipeline[] {
  return files.paths.filter(isCiPath).flatMap((path) => {
    const syntax = files.yaml(path);
    const [document] = yamlDocuments(syntax);
    if (!syntax || !document?.contents) return [];
    const root = document.contents as YamlNode;
    const listed = field(document, root, 'jobs');
    const jobs = listed ?? root;
    const nodes = yamlEntries(document, jobs).flatMap((entry) => (entry.value && isYamlMap(document, entry.value) ? [{ name: entry.key, node: entry.value }] : []));
    // Travis, AppVeyor and the like have one implicit job.
    const implicit = listed ? [] : [{ name: '', node: root }];
    return [{ path, syntax, document, jobs: [...implicit, ...nodes] }];
  });
}

function field(document: YamlDocument, node: YamlNode, key: string): YamlNode | undefined {
  return isYamlMap(document, node) ? yamlEntries(document, node).find((entry) => entry.key === key)?.value : undefined;
}

/** Shell texts under a key anywhere in a job's steps: a scalar, or a list of them. */
function shellTexts(syntax: YamlSyntax, document: YamlDocument, node: YamlNode, key: string): MappedText[] {
  const texts: MappedText[] = [];
  const take = (value: YamlNode | undefined): void => {
    if (!value) return;
    if (isYamlSequence(document, value)) for (const item of yamlItems(document, value)) take(item);
    else if (isYamlMap(document, value)) take(field(document, value, 'command'));
    else {
      const text = yamlString(value) === undefined ? undefined : yamlText(syntax, value);
      if (text) texts.push(text);
    }
  };
  take(field(document, node, key));
  const steps = field(document, node, 'steps');
  if (steps && isYamlSequence(document, steps)) for (const step of yamlItems(document, steps)) take(field(document, step, key));
  return texts;
}
