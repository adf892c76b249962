import { baseName } from '../../base/paths';
import type { Span } from '../../base/span';
import {
  jsonInnerSpan,
  jsonItems,
  jsonProperties,
  jsonSpan,
  jsonString,
  type JsonNode,
} from '../../languages/json';
import {
  isYamlMap,
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
import { TESTS, UNMISTAKABLE } from '../../vocabulary/environments';
import { CONTENT_PLACES, EXAMPLE_FILES } from '../../vocabulary/paths';
import { vocabulary } from '../../vocabulary/vocabulary';
import { filesOfKind } from '../files/file-index';
import type { ProjectFiles } from '../files/files';
import { isComposePath } from '../manifests/compose';
import type { EnvironmentEntry } from '../manifests/scalars';

/** The settings of a configuration file of the code tree. */
export interface ConfigFileValues {
  readonly path: string;
  readonly entries: readonly ConfigEntry[];
  /** Names tests: `config/test.json`. */
  readonly tests: boolean;
}

/** A setting with the names of the groups that it is in, outermost first. */
export interface ConfigEntry extends EnvironmentEntry {
  readonly groups: readonly string[];
  /** The texts of a list. */
  readonly items?: readonly { readonly value: string; readonly span: Span }[];
}

/** First words of the names of settings files. */
const SETTINGS = vocabulary(
  ['settings', 'config configuration settings appsettings application env environment default'],
  ['one environment’s; `test.json` and `live.json` may hold anything', 'local'],
  ...UNMISTAKABLE.groups,
  ['credentials', 'secret secrets credential credentials keys auth'],
  ['services', 'database db ormconfig mail email smtp'],
  ['platforms and runners', 'now vercel nodemon'],
);
/** Keys of clouds have a word of their own before or after. */
const CLOUD_KEYS = 'service[-_]?account\\w*|firebase[-_]?(?:admin|service)\\w*';
const CONFIG_NAME = new RegExp(
  `^(?:${SETTINGS.pattern}|${CLOUD_KEYS})(?:[._-][\\w-]+)?\\.(?:json|ya?ml)$`,
  'i',
);

/** Is this a file of settings, by its name or the folder it lies in? */
export function isConfigFile(path: string): boolean {
  const name = baseName(path);
  if (CONTENT_PLACES.isIn(path) || /(^|\/)\.\w[^/]*\//.test(path)) return false;
  if (EXAMPLE_FILES.isIn(name) || /\bschema\b/i.test(name)) return false;
  return (
    CONFIG_NAME.test(name) ||
    (/(^|\/)config\/[^/]+\.(?:json|ya?ml)$/i.test(path) &&
      !/custom-environment-variables/.test(name))
  );
}

/** The settings of the project's configuration files, in order. Compose and Kubernetes have readers of their own. */
export function configFileValues(files: ProjectFiles): readonly ConfigFileValues[] {
  return [...filesOfKind(files, 'json'), ...filesOfKind(files, 'yaml')].flatMap(
    (path) => configFile(files, path) ?? [],
  );
}

/** The settings of one configuration file; undefined for any other file. */
export function configFile(files: ProjectFiles, path: string): ConfigFileValues | undefined {
  if (!isConfigFile(path) || isComposePath(path)) return undefined;
  const kind = files.kind(path);
  if (kind !== 'json' && kind !== 'yaml') return undefined;
  return {
    path,
    entries: kind === 'json' ? jsonEntries(files, path) : yamlSettings(files, path),
    tests: TESTS.isIn(path),
  };
}

function jsonEntries(files: ProjectFiles, path: string): readonly ConfigEntry[] {
  const visit = (node: JsonNode | undefined, groups: readonly string[]): readonly ConfigEntry[] => {
    if (!node || groups.length > 6) return [];
    return [
      ...jsonItems(node).flatMap((item) => visit(item, [...groups, ''])),
      ...jsonProperties(node).flatMap(({ key, keySpan, value, span }) => [
        {
          name: key,
          nameSpan: keySpan,
          value: isSecretReference(path, jsonString(value)) ? undefined : jsonString(value),
          valueSpan: value.type === 'string' ? jsonInnerSpan(value) : jsonSpan(value),
          span,
          groups,
          items: jsonItems(value).flatMap((item) => {
            const text = jsonString(item);
            return text === undefined ? [] : [{ value: text, span: jsonInnerSpan(item) }];
          }),
        },
        ...visit(value, [...groups, key]),
      ]),
    ];
  };
  return visit(files.json(path)?.root, []);
}

/** `"API_SECRET": "@api-secret"`: the platform puts a secret of that name in its place. */
function isSecretReference(path: string, value: string | undefined): boolean {
  return (
    value !== undefined &&
    /^@[\w.-]+$/.test(value) &&
    /(^|\/)(?:now|vercel)(?:[._-][\w-]+)?\.json$/.test(path)
  );
}

function yamlSettings(files: ProjectFiles, path: string): readonly ConfigEntry[] {
  const syntax = files.yaml(path);
  if (!syntax || /^apiVersion\s*:/m.test(syntax.text)) return [];
  return yamlDocuments(syntax).flatMap((document) =>
    yamlNodes(syntax, document, yamlAt(document, []), []),
  );
}

function yamlNodes(
  syntax: YamlSyntax,
  document: YamlDocument,
  node: YamlNode | undefined,
  groups: readonly string[],
): readonly ConfigEntry[] {
  if (!node || groups.length > 6) return [];
  if (!isYamlMap(document, node))
    return yamlItems(document, node).flatMap((item) =>
      yamlNodes(syntax, document, item, [...groups, '']),
    );
  return yamlEntries(document, node).flatMap((entry) => [
    {
      name: entry.key,
      nameSpan: entry.keySpan,
      value: yamlString(entry.value),
      valueSpan: entry.value && yamlInnerSpan(syntax, entry.value),
      span: entry.span,
      groups,
    },
    ...yamlNodes(syntax, document, entry.value, [...groups, entry.key]),
  ]);
}
