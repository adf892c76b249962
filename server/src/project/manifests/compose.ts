import { baseName, folderOf, joinPath } from '../../base/paths';
import type { Span } from '../../base/span';
import {
  isYamlMap,
  yamlAt,
  yamlDocuments,
  yamlEntries,
  yamlEntry,
  yamlItems,
  yamlSpan,
  yamlString,
  yamlTrimmedSpan,
  type YamlDocument,
  type YamlNode,
  type YamlSyntax,
} from '../../languages/yaml';
import { filesOfKind } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import { fileQuery } from '../query';
import { isDevelopmentPath } from '../start/purpose';
import {
  environmentEntries,
  manifestCommand,
  manifestText,
  manifestTexts,
  type EnvironmentEntry,
  type ManifestCommand,
  type ManifestText,
} from './scalars';

export interface ComposeFile {
  readonly path: string;
  /** False for overrides and files that name development or test. */
  readonly production: boolean;
  readonly services: readonly ComposeService[];
}

export interface ComposeService {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly image: ManifestText | undefined;
  readonly build: ComposeBuild | undefined;
  readonly command: ManifestCommand | undefined;
  readonly entrypoint: ManifestCommand | undefined;
  readonly workingDir: string | undefined;
  readonly environment: readonly EnvironmentEntry[];
  readonly envFiles: readonly {
    readonly path: string;
    readonly required: boolean;
    readonly span: Span;
  }[];
  readonly volumes: readonly ComposeVolume[];
  readonly ports: readonly ManifestText[];
  readonly dependsOn: readonly {
    readonly service: string;
    /** `service_healthy` and the like; undefined for the list form. */
    readonly condition: string | undefined;
    readonly span: Span;
  }[];
  /** `init: true`: Docker's own init is process 1. */
  readonly init: boolean;
  readonly restart: string | undefined;
  readonly profiles: readonly string[];
  readonly replicas: number | undefined;
  readonly healthcheck: ManifestCommand | undefined;
  readonly node: YamlNode;
}

export interface ComposeBuild {
  /** Relative to the root; undefined for a remote context. */
  readonly context: string | undefined;
  /** Relative to the root, where it lies in the tree. */
  readonly dockerfile: string | undefined;
  readonly target: string | undefined;
  readonly args: readonly EnvironmentEntry[];
  readonly span: Span;
}

export interface ComposeVolume {
  /** Host path as written, or the volume's name; undefined for an anonymous volume. */
  readonly source: string | undefined;
  readonly target: string;
  readonly readOnly: boolean;
  /** A host path is mounted rather than a named volume. */
  readonly bind: boolean;
  readonly span: Span;
}

/** Is this a compose file, or a stack of Docker Swarm, by its name or folder? */
export function isComposePath(path: string): boolean {
  return (
    /(^|[./_-])compose([._-][\w.-]+)?\.ya?ml$/i.test(path) ||
    /^(docker-)?(stack|swarm)([._-][\w.-]+)?\.ya?ml$/i.test(baseName(path)) ||
    /(^|\/)(docker-)?(swarm|stacks?)\/[^/]+\.ya?ml$/i.test(path)
  );
}

/** All compose files of the project that are valid YAML, by path. */
export function composeFiles(files: ProjectFiles): ComposeFile[] {
  return filesOfKind(files, 'yaml')
    .filter(isComposePath)
    .flatMap((path) => readCompose(files, path) ?? []);
}

/** One compose file; undefined when it is none. Read once, as rules ask for each service of it. */
export function readCompose(files: ProjectFiles, path: string): ComposeFile | undefined {
  const syntax = files.yaml(path);
  const known = read(files).get(path);
  // While somebody types, the syntax is newer than the snapshot.
  if (known && known.syntax === syntax) return known.file;
  const file = readFresh(files, path, syntax);
  read(files).set(path, { syntax, file });
  return file;
}

const read = fileQuery(
  () =>
    new Map<
      string,
      { readonly syntax: YamlSyntax | undefined; readonly file: ComposeFile | undefined }
    >(),
);

function readFresh(
  files: ProjectFiles,
  path: string,
  syntax: YamlSyntax | undefined,
): ComposeFile | undefined {
  const [document] = yamlDocuments(syntax);
  if (!syntax || !document) return undefined;
  const services = yamlEntries(document, yamlAt(document, ['services']));
  if (services.length === 0) return undefined;
  return {
    path,
    production: !isDevelopmentPath(path) && !/override/i.test(baseName(path)),
    services: services.flatMap(({ key, keySpan, value, span }) =>
      value && isYamlMap(document, value)
        ? [
            readService(
              { files, syntax, document, path },
              { name: key, nameSpan: keySpan, span, node: value },
            ),
          ]
        : [],
    ),
  };
}

interface Reader {
  readonly files: ProjectFiles;
  readonly syntax: YamlSyntax;
  readonly document: YamlDocument;
  readonly path: string;
}

function readService(
  reader: Reader,
  base: Pick<ComposeService, 'name' | 'nameSpan' | 'span' | 'node'>,
): ComposeService {
  const { syntax, document } = reader;
  const at = (...keys: string[]): YamlNode | undefined => yamlAt(document, keys, base.node);
  const replicas = Number(yamlString(at('deploy', 'replicas')) ?? yamlString(at('scale')));
  return {
    ...base,
    image: manifestText(syntax, at('image')),
    build: readBuild(reader, at('build')),
    command: manifestCommand(syntax, document, at('command')),
    entrypoint: manifestCommand(syntax, document, at('entrypoint')),
    workingDir: yamlString(at('working_dir')),
    environment: environmentEntries(syntax, document, at('environment')),
    envFiles: readEnvFiles(reader, at('env_file')),
    volumes: readVolumes(reader, at('volumes')),
    ports: yamlItems(document, at('ports')).flatMap(
      (item) =>
        manifestText(
          syntax,
          isYamlMap(document, item) ? yamlAt(document, ['target'], item) : item,
        ) ?? [],
    ),
    dependsOn: readDependencies(reader, at('depends_on')),
    init: yamlString(at('init')) === 'true',
    restart: yamlString(at('restart')),
    profiles: manifestTexts(syntax, document, at('profiles')).map((text) => text.value),
    replicas: Number.isInteger(replicas) ? replicas : undefined,
    healthcheck: manifestCommand(syntax, document, at('healthcheck', 'test')),
  };
}

function readBuild(reader: Reader, node: YamlNode | undefined): ComposeBuild | undefined {
  if (!node) return undefined;
  const { syntax, document, path, files } = reader;
  const isMap = isYamlMap(document, node);
  const at = (key: string): YamlNode | undefined =>
    isMap ? yamlAt(document, [key], node) : undefined;
  const written = isMap ? (yamlString(at('context')) ?? '.') : (yamlString(node) ?? '.');
  const remote = /^(https?:|git@|git:|ssh:)/.test(written);
  const context = remote ? undefined : joinPath(folderOf(path), written);
  const dockerfile =
    context === undefined
      ? undefined
      : joinPath(context, yamlString(at('dockerfile')) ?? 'Dockerfile');
  return {
    context,
    dockerfile: dockerfile !== undefined && files.has(dockerfile) ? dockerfile : undefined,
    target: yamlString(at('target')),
    args: environmentEntries(syntax, document, at('args')),
    span: yamlSpan(node),
  };
}

function readEnvFiles(reader: Reader, node: YamlNode | undefined): ComposeService['envFiles'] {
  const { syntax, document, path } = reader;
  const items = yamlItems(document, node);
  const nodes = items.length > 0 ? items : node ? [node] : [];
  return nodes.flatMap((item) => {
    const isMap = isYamlMap(document, item);
    const text = manifestText(syntax, isMap ? yamlAt(document, ['path'], item) : item);
    const full = text && joinPath(folderOf(path), text.value);
    if (!text || full === undefined) return [];
    return [
      {
        path: full,
        required: !isMap || yamlString(yamlAt(document, ['required'], item)) !== 'false',
        span: text.span,
      },
    ];
  });
}

function readVolumes({ syntax, document }: Reader, node: YamlNode | undefined): ComposeVolume[] {
  return yamlItems(document, node).flatMap((item) => {
    if (isYamlMap(document, item)) {
      const target = yamlString(yamlAt(document, ['target'], item));
      if (target === undefined) return [];
      return [
        {
          source: yamlString(yamlAt(document, ['source'], item)),
          target,
          readOnly: yamlString(yamlAt(document, ['read_only'], item)) === 'true',
          bind: yamlString(yamlAt(document, ['type'], item)) === 'bind',
          span: yamlTrimmedSpan(syntax, item),
        },
      ];
    }
    const text = manifestText(syntax, item);
    const match = /^(?:((?:[A-Za-z]:)?(?:\$\{[^}]*\}|[^:])*):)?([^:]+)(?::([\w,]+))?$/.exec(
      text?.value ?? '',
    );
    if (!text || !match) return [];
    const [, source, target = '', mode = ''] = match;
    return [
      {
        source,
        target,
        readOnly: mode.split(',').includes('ro'),
        bind: source !== undefined && /^(\.|\/|~|\$\{?PWD|[A-Za-z]:)/.test(source),
        span: text.span,
      },
    ];
  });
}

function readDependencies(
  { syntax, document }: Reader,
  node: YamlNode | undefined,
): ComposeService['dependsOn'] {
  if (isYamlMap(document, node)) {
    return yamlEntries(document, node).map((entry) => ({
      service: entry.key,
      condition: yamlString(entry.value && yamlEntry(document, entry.value, 'condition')?.value),
      span: entry.keySpan,
    }));
  }
  return manifestTexts(syntax, document, node).map((text) => ({
    service: text.value,
    condition: undefined,
    span: text.span,
  }));
}
