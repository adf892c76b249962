import { baseName } from '../../base/paths';
import type { Span } from '../../base/span';
import {
  jsonItems,
  jsonProperties,
  jsonSpan,
  jsonString,
  jsonText,
  type JsonNode,
  type JsonSyntax,
} from '../../languages/json';
import type { MappedText } from '../../languages/mapped-text';
import {
  isYamlMap,
  yamlAt,
  yamlDocuments,
  yamlEntries,
  yamlItems,
  yamlSpan,
  yamlString,
  yamlText,
} from '../../languages/yaml';
import type { ProjectFiles } from '../files/files';
import { moduleLiteral, type JsLiteral } from './js-literal';

/** An app of a pm2 ecosystem file. */
export interface Pm2App {
  readonly path: string;
  readonly name: string;
  readonly span: Span;
  readonly settings: ReadonlyMap<string, Pm2Setting>;
}

/** One setting of an app: text settings are mapped, the rest is plain. */
export interface Pm2Setting {
  readonly text: MappedText | undefined;
  readonly plain: unknown;
  /** Key and value. */
  readonly span: Span;
  readonly valueSpan: Span;
  /** Settings of a nested object (`env`). */
  readonly nested: ReadonlyMap<string, Pm2Setting>;
}

/** Is this a pm2 ecosystem file, by its name? */
export function isPm2Path(path: string): boolean {
  const name = baseName(path).toLowerCase();
  return (
    /^(ecosystem|pm2|process(?:es)?)([._-][\w.-]+)?\.(json|ya?ml|[cm]?js)$/.test(name) &&
    !/process\.(c|m)?js$/.test(name)
  );
}

/** The apps of all pm2 ecosystem files, by path and order. */
export function pm2Apps(files: ProjectFiles): Pm2App[] {
  return files.paths.filter(isPm2Path).flatMap((path) => readPm2(files, path));
}

/** What `pm2 deploy` runs on the machine that serves, before and after it has fetched the sources. */
export function pm2Hooks(files: ProjectFiles, path: string): readonly MappedText[] {
  if (!isPm2Path(path)) return [];
  const targets = [...(readRoot(files, path)?.nested.get('deploy')?.nested.values() ?? [])];
  return targets.flatMap(({ nested }) =>
    ['pre-setup', 'post-setup', 'pre-deploy', 'post-deploy'].flatMap(
      (hook) => nested.get(hook)?.text ?? [],
    ),
  );
}

function readPm2(files: ProjectFiles, path: string): Pm2App[] {
  const root = readRoot(files, path);
  if (!root) return [];
  const apps = root.nested.get('apps');
  const list = apps
    ? [...(apps.nested.size > 0 && !apps.nested.has('0') ? [apps] : apps.nested.values())]
    : root.nested.has('0')
      ? [...root.nested.values()]
      : [];
  return list.flatMap((app) => {
    if (!app.nested.has('script') && !app.nested.has('name')) return [];
    return [
      {
        path,
        name: app.nested.get('name')?.text?.text ?? '',
        span: app.valueSpan,
        settings: app.nested,
      },
    ];
  });
}

/** The file's content in one shape for all three syntaxes; elements of lists are nested under their index. */
function readRoot(files: ProjectFiles, path: string): Pm2Setting | undefined {
  if (/\.[cm]?js$/.test(path)) {
    const syntax = files.source(path);
    const literal = syntax && moduleLiteral(syntax);
    return literal && fromLiteral(literal, literal.span);
  }
  if (files.kind(path) === 'yaml') {
    const syntax = files.yaml(path);
    const [document] = yamlDocuments(syntax);
    const root = document && yamlAt(document, []);
    if (!syntax || !document || !root) return undefined;
    const read = (node: typeof root, span: Span): Pm2Setting => ({
      text: yamlText(syntax, node),
      plain: yamlString(node),
      span,
      valueSpan: yamlSpan(node),
      nested: isYamlMap(document, node)
        ? new Map(
            yamlEntries(document, node).flatMap((entry) =>
              entry.value ? [[entry.key, read(entry.value, entry.span)] as const] : [],
            ),
          )
        : new Map(
            yamlItems(document, node).map((item, index) => [
              String(index),
              read(item, yamlSpan(item)),
            ]),
          ),
    });
    return read(root, yamlSpan(root));
  }
  const syntax = files.json(path);
  return syntax?.root && fromJson(syntax, syntax.root, jsonSpan(syntax.root));
}

function fromJson(syntax: JsonSyntax, node: JsonNode, span: Span): Pm2Setting {
  const nested = new Map<string, Pm2Setting>();
  for (const property of jsonProperties(node))
    nested.set(property.key, fromJson(syntax, property.value, property.span));
  jsonItems(node).forEach((item, index) =>
    nested.set(String(index), fromJson(syntax, item, jsonSpan(item))),
  );
  return {
    text: jsonText(syntax, node),
    plain: jsonString(node) ?? (node.value as unknown),
    span,
    valueSpan: jsonSpan(node),
    nested,
  };
}

function fromLiteral(literal: JsLiteral, span: Span): Pm2Setting {
  const nested = new Map<string, Pm2Setting>();
  if (literal.kind === 'object') {
    for (const { key, keySpan, value } of literal.entries) {
      nested.set(
        key,
        fromLiteral(value, { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) }),
      );
    }
  } else if (literal.kind === 'array') {
    literal.items.forEach((item, index) => nested.set(String(index), fromLiteral(item, item.span)));
  }
  const text = literal.kind === 'string' ? literal.text : undefined;
  return {
    text,
    plain: literal.kind === 'value' ? literal.value : text?.text,
    span,
    valueSpan: literal.span,
    nested,
  };
}
