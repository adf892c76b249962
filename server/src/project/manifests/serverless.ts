import { baseName } from '../../base/paths';
import type { Span } from '../../base/span';
import { jsonAt, jsonProperties, jsonText } from '../../languages/json';
import type { MappedText } from '../../languages/mapped-text';
import {
  yamlAt,
  yamlDocuments,
  yamlEntries,
  yamlItems,
  type YamlDocument,
  type YamlNode,
  type YamlSyntax,
} from '../../languages/yaml';
import type { ProjectFiles } from '../files/files';
import { literalAt, literalText, moduleLiteral } from './js-literal';
import { environmentEntries, manifestText, type EnvironmentEntry } from './scalars';

/** A function that a platform calls. */
export interface ServerlessHandler {
  readonly path: string;
  readonly name: string;
  /** `src/handler.main`: module path, then the export. */
  readonly handler: MappedText;
  readonly span: Span;
  /** What the handler's path is relative to, below the manifest's folder. */
  readonly base: string;
}

/** Handlers of serverless.yml/json/ts and of AWS SAM templates. */
export function serverlessHandlers(files: ProjectFiles): ServerlessHandler[] {
  return files.paths.flatMap((path) => {
    const name = baseName(path);
    if (/^serverless([._-][\w-]+)?\.ya?ml$/.test(name)) return fromYaml(files, path);
    if (/^serverless\.(ts|[cm]?js)$/.test(name)) return fromSource(files, path);
    if (name === 'serverless.json') return fromJson(files, path);
    if (/^(template|sam|sam-template)\.ya?ml$/.test(name)) return fromSam(files, path);
    return [];
  });
}

/** Environment of a serverless.yml: the provider's and each function's. */
export function serverlessEnvironment(files: ProjectFiles, path: string): EnvironmentEntry[] {
  return documentsOf(files, path).flatMap(({ syntax, document }) => [
    ...environmentEntries(syntax, document, yamlAt(document, ['provider', 'environment'])),
    ...yamlEntries(document, yamlAt(document, ['functions'])).flatMap((entry) =>
      environmentEntries(
        syntax,
        document,
        entry.value && yamlAt(document, ['environment'], entry.value),
      ),
    ),
  ]);
}

function documentsOf(
  files: ProjectFiles,
  path: string,
): { syntax: YamlSyntax; document: YamlDocument }[] {
  const syntax = files.yaml(path);
  return syntax ? yamlDocuments(syntax).map((document) => ({ syntax, document })) : [];
}

function fromYaml(files: ProjectFiles, path: string): ServerlessHandler[] {
  return documentsOf(files, path).flatMap(({ syntax, document }) => {
    const functions = yamlAt(document, ['functions']);
    // A list of maps is allowed as well.
    const maps = yamlItems(document, functions);
    return (maps.length > 0 ? maps : functions ? [functions] : []).flatMap((map) =>
      yamlEntries(document, map).flatMap((entry) =>
        handler(
          syntax,
          path,
          entry.key,
          entry.value && yamlAt(document, ['handler'], entry.value),
          '',
        ),
      ),
    );
  });
}

function fromSam(files: ProjectFiles, path: string): ServerlessHandler[] {
  if (!(files.text(path) ?? '').includes('AWS::Serverless')) return [];
  return documentsOf(files, path).flatMap(({ syntax, document }) =>
    yamlEntries(document, yamlAt(document, ['Resources'])).flatMap((entry) => {
      const at = (key: string): YamlNode | undefined =>
        entry.value && yamlAt(document, ['Properties', key], entry.value);
      const base = manifestText(syntax, at('CodeUri'))?.value ?? '';
      return handler(syntax, path, entry.key, at('Handler'), base);
    }),
  );
}

function handler(
  syntax: YamlSyntax,
  path: string,
  name: string,
  node: YamlNode | undefined,
  base: string,
): ServerlessHandler[] {
  const text = manifestText(syntax, node);
  return text ? [{ path, name, handler: text.mapped, span: text.span, base }] : [];
}

function fromJson(files: ProjectFiles, path: string): ServerlessHandler[] {
  const syntax = files.json(path);
  if (!syntax) return [];
  return jsonProperties(jsonAt(syntax, ['functions'])).flatMap(({ key, value }) => {
    const node = jsonProperties(value).find((one) => one.key === 'handler')?.value;
    const text = jsonText(syntax, node);
    return text && node
      ? [
          {
            path,
            name: key,
            handler: text,
            span: { start: node.offset + 1, end: node.offset + node.length - 1 },
            base: '',
          },
        ]
      : [];
  });
}

function fromSource(files: ProjectFiles, path: string): ServerlessHandler[] {
  const syntax = files.source(path);
  const functions = syntax && literalAt(moduleLiteral(syntax), 'functions');
  if (functions?.kind !== 'object') return [];
  return functions.entries.flatMap(({ key, value }) => {
    const node = literalAt(value, 'handler');
    const text = literalText(node);
    return text && node ? [{ path, name: key, handler: text, span: node.span, base: '' }] : [];
  });
}
