import type { Span } from '../../base/span';
import {
  isYamlMap,
  yamlAt,
  yamlDocuments,
  yamlEntries,
  yamlInnerSpan,
  yamlItems,
  yamlSpan,
  yamlString,
  type YamlDocument,
  type YamlNode,
  type YamlSyntax,
} from '../../languages/yaml';
import { filesOfKind } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import { isDevelopmentPath } from '../start/purpose';
import {
  manifestCommand,
  manifestText,
  mappingEntries,
  type EnvironmentEntry,
  type ManifestCommand,
  type ManifestText,
} from './scalars';

/** One Kubernetes object of a YAML file. */
export interface KubernetesObject {
  readonly path: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly span: Span;
  readonly production: boolean;
  /** Annotations of the object itself. */
  readonly annotations: readonly EnvironmentEntry[];
  /** Containers of its pods, init containers first; empty for objects without pods. */
  readonly containers: readonly KubernetesContainer[];
  readonly replicas: number | undefined;
  /** ConfigMap and Secret: `data` and `stringData`. */
  readonly data: readonly EnvironmentEntry[];
  /** Service: `sessionAffinity`. */
  readonly sessionAffinity: ManifestText | undefined;
  readonly syntax: YamlSyntax;
  readonly document: YamlDocument;
  readonly node: YamlNode;
}

export interface KubernetesContainer {
  readonly name: string;
  readonly init: boolean;
  readonly span: Span;
  readonly image: ManifestText | undefined;
  readonly command: ManifestCommand | undefined;
  readonly args: ManifestCommand | undefined;
  readonly env: readonly EnvironmentEntry[];
  /** Names of ConfigMaps and Secrets that are passed as a whole. */
  readonly envFrom: readonly {
    readonly kind: 'config' | 'secret';
    readonly name: string;
    /** What is put in front of every key. */
    readonly prefix: string;
    readonly span: Span;
  }[];
  readonly ports: readonly string[];
  readonly node: YamlNode;
}

const POD_SPECS: readonly (readonly string[])[] = [
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
];

/** All Kubernetes objects of the project's valid YAML files, by path and order. */
export function kubernetesObjects(files: ProjectFiles): KubernetesObject[] {
  return filesOfKind(files, 'yaml').flatMap((path) => readKubernetes(files, path));
}

/** The Kubernetes objects of one file. */
export function readKubernetes(files: ProjectFiles, path: string): KubernetesObject[] {
  const text = files.text(path) ?? '';
  if (!/^[ \t\uFEFF]*(- )?apiVersion\s*:/m.test(text) || !/^[ \t\uFEFF]*kind\s*:/m.test(text))
    return [];
  const syntax = files.yaml(path);
  if (!syntax) return [];
  return yamlDocuments(syntax).flatMap((document) => {
    const root = yamlAt(document, []);
    const isList = yamlString(yamlAt(document, ['kind'])) === 'List';
    const items = isList ? yamlItems(document, yamlAt(document, ['items'])) : root ? [root] : [];
    return items.flatMap((node) =>
      isYamlMap(document, node) ? (readObject(syntax, document, node, path) ?? []) : [],
    );
  });
}

function readObject(
  syntax: YamlSyntax,
  document: YamlDocument,
  node: YamlNode,
  path: string,
): KubernetesObject | undefined {
  const at = (...keys: string[]): YamlNode | undefined => yamlAt(document, keys, node);
  const kind = yamlString(at('kind'));
  const apiVersion = yamlString(at('apiVersion'));
  if (kind === undefined || apiVersion === undefined) return undefined;
  const podSpec =
    kind === 'Pod'
      ? at('spec')
      : POD_SPECS.map((keys) => at(...keys)).find((spec) => spec !== undefined);
  const containers = (key: ContainerList): KubernetesContainer[] =>
    yamlItems(document, podSpec && yamlAt(document, [key], podSpec)).map((item) =>
      readContainer(syntax, document, item, key),
    );
  const replicas = Number(yamlString(at('spec', 'replicas')));
  const holdsData = kind === 'ConfigMap' || kind === 'Secret';
  return {
    path,
    kind,
    apiVersion,
    name: yamlString(at('metadata', 'name')) ?? '',
    span: yamlSpan(node),
    production: !isDevelopmentPath(path),
    annotations: mappingEntries(syntax, document, at('metadata', 'annotations')),
    containers: podSpec ? [...containers('initContainers'), ...containers('containers')] : [],
    replicas: Number.isInteger(replicas) ? replicas : undefined,
    data: holdsData
      ? [
          ...mappingEntries(syntax, document, at('data')),
          ...mappingEntries(syntax, document, at('stringData')),
        ]
      : [],
    sessionAffinity: manifestText(syntax, at('spec', 'sessionAffinity')),
    syntax,
    document,
    node,
  };
}

/** Where a pod names its containers. */
type ContainerList = 'initContainers' | 'containers';

function readContainer(
  syntax: YamlSyntax,
  document: YamlDocument,
  node: YamlNode,
  list: ContainerList,
): KubernetesContainer {
  const at = (...keys: string[]): YamlNode | undefined => yamlAt(document, keys, node);
  return {
    name: yamlString(at('name')) ?? '',
    init: list === 'initContainers',
    span: yamlSpan(node),
    image: manifestText(syntax, at('image')),
    command: manifestCommand(syntax, document, at('command')),
    args: manifestCommand(syntax, document, at('args')),
    env: yamlItems(document, at('env')).flatMap(
      (item) => readVariable(syntax, document, item) ?? [],
    ),
    envFrom: yamlItems(document, at('envFrom')).flatMap((item) =>
      readEnvFrom(syntax, document, item),
    ),
    ports: yamlItems(document, at('ports')).flatMap(
      (item) => yamlString(yamlAt(document, ['containerPort'], item)) ?? [],
    ),
    node,
  };
}

function readVariable(
  syntax: YamlSyntax,
  document: YamlDocument,
  node: YamlNode,
): EnvironmentEntry | undefined {
  const name = manifestText(syntax, yamlAt(document, ['name'], node));
  if (!name) return undefined;
  const value = yamlAt(document, ['value'], node);
  const from = yamlEntries(document, yamlAt(document, ['valueFrom'], node))[0];
  const source =
    from &&
    (from.key === 'secretKeyRef' ? 'secret' : from.key === 'configMapKeyRef' ? 'config' : 'other');
  return {
    name: name.value,
    nameSpan: name.span,
    value: yamlString(value),
    valueSpan: value && yamlInnerSpan(syntax, value),
    span: yamlSpan(node),
    ...(source ? { source } : {}),
  };
}

function readEnvFrom(
  syntax: YamlSyntax,
  document: YamlDocument,
  node: YamlNode,
): KubernetesContainer['envFrom'] {
  const prefix = yamlString(yamlAt(document, ['prefix'], node)) ?? '';
  return (['config', 'secret'] as const).flatMap((kind) => {
    const name = manifestText(
      syntax,
      yamlAt(document, [kind === 'config' ? 'configMapRef' : 'secretRef', 'name'], node),
    );
    return name ? [{ kind, name: name.value, prefix, span: name.span }] : [];
  });
}
