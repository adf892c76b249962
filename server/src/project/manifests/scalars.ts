import type { Span } from '../../base/span';
import { sliceText, sourceSpan, type MappedText } from '../../languages/mapped-text';
import {
  isYamlMap,
  isYamlSequence,
  yamlEntries,
  yamlInnerSpan,
  yamlItems,
  yamlString,
  yamlText,
  yamlTrimmedSpan,
  type YamlDocument,
  type YamlNode,
  type YamlSyntax,
} from '../../languages/yaml';

/** A text value of a manifest. */
export interface ManifestText {
  readonly value: string;
  readonly mapped: MappedText;
  /** Without quotes. */
  readonly span: Span;
}

/** A variable that a manifest hands to a process. */
export interface EnvironmentEntry {
  readonly name: string;
  readonly nameSpan: Span;
  /** Undefined when it is passed through, or comes from a secret or another object. */
  readonly value: string | undefined;
  /** Without quotes. */
  readonly valueSpan: Span | undefined;
  readonly span: Span;
  /** Where a value comes from that is not written here: a secret store, a ConfigMap, an expression. */
  readonly source?: 'secret' | 'config' | 'other';
}

/** A process's command as a manifest states it. */
export interface ManifestCommand {
  /** `exec`: a list of words. `shell`: one text. */
  readonly form: 'exec' | 'shell';
  /** Exec form. */
  readonly words: readonly ManifestText[];
  /** Shell form. */
  readonly text: MappedText | undefined;
  readonly span: Span;
}

/** A scalar node's text; undefined for other nodes and empty ones. */
export function manifestText(
  syntax: YamlSyntax,
  node: YamlNode | undefined,
): ManifestText | undefined {
  const mapped = yamlText(syntax, node);
  if (!mapped || !node) return undefined;
  return { value: mapped.text, mapped, span: yamlInnerSpan(syntax, node) };
}

/** The texts of a sequence, or the one of a scalar. */
export function manifestTexts(
  syntax: YamlSyntax,
  document: YamlDocument,
  node: YamlNode | undefined,
): ManifestText[] {
  const nodes = isYamlSequence(document, node) ? yamlItems(document, node) : node ? [node] : [];
  return nodes.flatMap((item) => manifestText(syntax, item) ?? []);
}

/** Reads a command that is a list of words or one text. */
export function manifestCommand(
  syntax: YamlSyntax,
  document: YamlDocument,
  node: YamlNode | undefined,
): ManifestCommand | undefined {
  if (!node) return undefined;
  if (isYamlSequence(document, node)) {
    return {
      form: 'exec',
      words: manifestTexts(syntax, document, node),
      text: undefined,
      span: yamlTrimmedSpan(syntax, node),
    };
  }
  const text = manifestText(syntax, node);
  return text && { form: 'shell', words: [], text: text.mapped, span: text.span };
}

/** Reads a mapping (`A: b`) as names and values; nothing for other nodes. */
export function mappingEntries(
  syntax: YamlSyntax,
  document: YamlDocument,
  node: YamlNode | undefined,
): EnvironmentEntry[] {
  return yamlEntries(document, node).map((entry) => ({
    name: entry.key,
    nameSpan: entry.keySpan,
    value: yamlString(entry.value),
    valueSpan: entry.value && yamlInnerSpan(syntax, entry.value),
    span: entry.span,
  }));
}

/** Reads variables given as a mapping (`A: b`) or as a list (`- A=b`, `- A`). */
export function environmentEntries(
  syntax: YamlSyntax,
  document: YamlDocument,
  node: YamlNode | undefined,
): EnvironmentEntry[] {
  if (isYamlMap(document, node)) return mappingEntries(syntax, document, node);
  return manifestTexts(syntax, document, node).flatMap(
    (text) => assignmentEntry(text.mapped) ?? [],
  );
}

/** Reads `NAME=value` or `NAME`. */
export function assignmentEntry(text: MappedText): EnvironmentEntry | undefined {
  const match = /^([A-Za-z_][\w.-]*)(=([\s\S]*))?$/.exec(text.text);
  if (!match) return undefined;
  const [, name = '', assigned, value] = match;
  const end = text.text.length;
  return {
    name,
    nameSpan: sourceSpan(text, 0, name.length),
    value: assigned === undefined ? undefined : value,
    valueSpan:
      assigned === undefined
        ? undefined
        : sourceSpan(sliceText(text, name.length + 1, end), 0, end - name.length - 1),
    span: sourceSpan(text, 0, end),
  };
}
