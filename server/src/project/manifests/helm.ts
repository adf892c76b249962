import { baseName, folderOf } from '../../base/paths';
import type { Span } from '../../base/span';
import {
  yamlAt,
  yamlDocuments,
  yamlEntries,
  yamlInnerSpan,
  yamlItems,
  yamlString,
  type YamlDocument,
  type YamlNode,
  type YamlSyntax,
} from '../../languages/yaml';
import { NOT_DEPLOYED } from '../../vocabulary/environments';
import { EXAMPLE_FILES } from '../../vocabulary/paths';
import { filesOfKind } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import { fileQuery } from '../query';
import { parseImage, type ImageReference } from './image';
import type { EnvironmentEntry } from './scalars';

/** The values of a Helm chart: those it comes with, or those of one deploy. */
export interface HelmValues {
  readonly path: string;
  /** Examples, and values to develop with. */
  readonly development: boolean;
  /** Images whose tag is stated; the place is that of the tag. */
  readonly images: readonly { readonly image: ImageReference; readonly span: Span }[];
  /** Keys with their texts, and variables given as `- name: X` with `value: y`. */
  readonly entries: readonly EnvironmentEntry[];
}

/** The values files of the charts of a snapshot, by path. */
export const helmValues = fileQuery((files): readonly HelmValues[] =>
  filesOfKind(files, 'yaml').flatMap((path) => {
    const chart = /^values([._-][\w.-]+)?\.ya?ml$/.test(baseName(path))
      ? chartOf(files, path)
      : undefined;
    const syntax = chart === undefined ? undefined : files.yaml(path);
    const [document] = yamlDocuments(syntax);
    if (chart === undefined || !syntax || !document) return [];
    const reader: Reader = { syntax, document, subcharts: subcharts(files, chart) };
    const development = NOT_DEPLOYED.isIn(baseName(path)) || EXAMPLE_FILES.isIn(baseName(path));
    const found = read(reader, yamlAt(document, []), []);
    return [
      {
        path,
        development,
        images: found.flatMap(({ image }) => image ?? []),
        entries: found.flatMap(({ entry }) => entry ?? []),
      },
    ];
  }),
);

interface Reader {
  readonly syntax: YamlSyntax;
  readonly document: YamlDocument;
  /** What each chart that this one depends on is, by the key of its values. */
  readonly subcharts: ReadonlyMap<string, string>;
}

interface Found {
  readonly image?: HelmValues['images'][number];
  readonly entry?: EnvironmentEntry;
}

/** The chart beside a values file, or in the folder above. */
function chartOf(files: ProjectFiles, path: string): string | undefined {
  const folder = folderOf(path);
  return [folder, folderOf(folder)]
    .map((each) => (each === '' ? 'Chart.yaml' : `${each}/Chart.yaml`))
    .find((each) => files.has(each));
}

function subcharts(files: ProjectFiles, chart: string): ReadonlyMap<string, string> {
  const [document] = yamlDocuments(files.yaml(chart));
  if (!document) return new Map();
  return new Map(
    yamlItems(document, yamlAt(document, ['dependencies'])).flatMap((item) => {
      const at = (key: string): string | undefined => yamlString(yamlAt(document, [key], item));
      const name = at('name');
      return name === undefined ? [] : [[at('alias') ?? name, name] as const];
    }),
  );
}

function read(
  reader: Reader,
  node: YamlNode | undefined,
  groups: readonly string[],
): readonly Found[] {
  const { syntax, document } = reader;
  if (!node || groups.length > 8) return [];
  const variable = namedVariable(reader, node);
  // Beside the name of a Secret, `secretKey` is a key in it.
  const hasExisting = yamlEntries(document, node).some(({ key }) => /^existing/.test(key));
  if (variable) return [{ entry: variable }];
  return [
    ...(imageAt(reader, node, groups) ?? []),
    ...yamlItems(document, node).flatMap((item) => read(reader, item, [...groups, ''])),
    ...yamlEntries(document, node).flatMap(({ key, keySpan, value, span }): readonly Found[] => {
      const text = yamlString(value);
      if (text === undefined || !value) return read(reader, value, [...groups, key]);
      if (isReference(key, groups) || (hasExisting && /Key$/.test(key))) return [];
      const valueSpan = yamlInnerSpan(syntax, value);
      const name = named(key, groups);
      return [{ entry: { name, nameSpan: keySpan, value: text, valueSpan, span } }];
    }),
  ];
}

/** `- name: ADMIN_PASSWORD` with `value: …`. */
function namedVariable({ syntax, document }: Reader, node: YamlNode): EnvironmentEntry | undefined {
  const name = yamlAt(document, ['name'], node);
  const value = yamlAt(document, ['value'], node);
  const text = yamlString(name);
  if (text === undefined || !name || !value || !/^[A-Z][A-Z0-9_]*$/.test(text)) return undefined;
  const valueSpan = yamlInnerSpan(syntax, value);
  return {
    name: text,
    nameSpan: yamlInnerSpan(syntax, name),
    value: yamlString(value),
    valueSpan,
    span: valueSpan,
  };
}

/** `repository` and `tag`, and the digest that overrides the tag; of a chart that this one depends on, the tag alone says enough. */
function imageAt(
  { syntax, document, subcharts: known }: Reader,
  node: YamlNode,
  groups: readonly string[],
): readonly Found[] | undefined {
  const tag = yamlAt(document, ['tag'], node);
  const at = (key: string): string => yamlString(yamlAt(document, [key], node)) ?? '';
  const own = groups.at(-1) === 'image' ? known.get(groups[0] ?? '') : undefined;
  const repository = at('repository') || (groups.length === 2 ? (own ?? '') : '');
  const text = yamlString(tag) ?? '';
  // An empty tag is the version of the app.
  if (repository === '' || text === '' || !tag) return undefined;
  const registry = at('registry');
  const name = registry === '' ? repository : `${registry}/${repository}`;
  const digest = at('digest');
  const image = parseImage(`${name}:${text}${digest === '' ? '' : `@${digest}`}`);
  return [{ image: { image, span: yamlInnerSpan(syntax, tag) } }];
}

/** `password` of `redis.auth` is that of Redis. */
function named(key: string, [service]: readonly string[]): string {
  return service !== undefined && service !== '' && /^(\w+P|p)assword$/.test(key)
    ? `${service}.${key}`
    : key;
}

/** Names of Secrets and of keys in them: `existingSecret`, `secretKeys`, `passwordKey`. */
function isReference(key: string, groups: readonly string[]): boolean {
  return (
    /^existing/.test(key) ||
    /(Secret|Password|Token|User|Id|Credentials?|password|token)(Key|Name|Ref|Path|File)s?$/.test(
      key,
    ) ||
    groups.some((group) => /^(secretKeys|secretRef|secretKeyRef|externalSecrets?)$/.test(group))
  );
}
