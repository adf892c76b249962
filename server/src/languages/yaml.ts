import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Alias,
  type Document,
  type Node,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { Span } from '../base/span';
import { isIndentedTooDeep, isTooDeep, TOO_DEEP } from './nesting';
import { alignText, plainText, type MappedText } from './mapped-text';

export type YamlNode = Node;
export type YamlDocument = Document.Parsed;

/** A parsed YAML stream: one or several documents with comments, anchors and ranges. */
export interface YamlSyntax {
  readonly text: string;
  readonly documents: readonly Document.Parsed[];
  /** Set when the text is no YAML (a Helm template, a Jinja file): the file is not analysed and this is why. */
  readonly notYaml: string | undefined;
}

/** An entry of a mapping; keys from `<<` merges come along. */
export interface YamlEntry {
  readonly key: string;
  /** The key as written, quotes included. */
  readonly keySpan: Span;
  /** The value with aliases followed; undefined when there is none (`KEY:`). */
  readonly value: Node | undefined;
  /** Key to end of value. */
  readonly span: Span;
  /** Comes from a merged mapping (`<<: *base`). */
  readonly merged: boolean;
}

/** Is a text one of Helm and the like, that only becomes YAML when it is filled in? */
export function isYamlTemplate(text: string): boolean {
  return /^[ \t\uFEFF]*\{\{-?\s|\{\{-?\s*(?:include|if|range|end|define|template|with|toYaml)\b/m.test(
    text,
  );
}

/**
 * Parses a YAML stream; never throws.
 * @param text the file's text
 */
export function parseYamlSyntax(text: string): YamlSyntax {
  if (isYamlTemplate(text)) {
    return { text, documents: [], notYaml: 'a template, not YAML' };
  }
  if (isTooDeep(text) || isIndentedTooDeep(text)) return { text, documents: [], notYaml: TOO_DEEP };
  try {
    const parsed = parseAllDocuments(text, {
      // Offsets are all that is asked for; lines and snippets for messages would be made of every error.
      prettyErrors: false,
      uniqueKeys: false,
      merge: true,
    });
    const documents: Document.Parsed[] = Array.isArray(parsed) ? parsed : [];
    const broken = documents.flatMap((document) => document.errors)[0];
    return {
      text,
      documents,
      notYaml: broken ? `invalid YAML: ${broken.message.split('\n')[0] ?? ''}` : undefined,
    };
  } catch (error) {
    return {
      text,
      documents: [],
      notYaml: `invalid YAML: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** The documents of a stream that is valid YAML; none otherwise. */
export function yamlDocuments(syntax: YamlSyntax | undefined): readonly YamlDocument[] {
  return syntax && syntax.notYaml === undefined ? syntax.documents : [];
}

/** Follows an alias to the node it names. */
function yamlTarget(document: YamlDocument, node: unknown): Node | undefined {
  if (!isAlias(node)) return isNode(node) ? node : undefined;
  let found = targets.get(document);
  if (!found) targets.set(document, (found = aliasTargets(document)));
  return found.get(node);
}

const targets = new WeakMap<YamlDocument, ReadonlyMap<Alias, Node>>();

/** What each alias names: of several nodes with its anchor the last one before it. The library would search the document for each. */
function aliasTargets(document: YamlDocument): ReadonlyMap<Alias, Node> {
  const found = new Map<Alias, Node>();
  const anchored = new Map<string, Node>();
  const waiting: unknown[] = [document.contents];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (isPair(node)) waiting.push(node.value, node.key);
    if (!isNode(node)) continue;
    if (isAlias(node)) {
      const target = anchored.get(node.source);
      if (target) found.set(node, target);
      continue;
    }
    if (node.anchor !== undefined) anchored.set(node.anchor, node);
    if (isMap(node) || isSeq(node))
      for (let index = node.items.length - 1; index >= 0; index -= 1)
        waiting.push(node.items[index]);
  }
  return found;
}

/** The entries of a mapping in order, own keys before merged ones; none for any other node. */
export function yamlEntries(document: YamlDocument, node: unknown): readonly YamlEntry[] {
  const map = yamlTarget(document, node);
  if (!isMap(map)) return [];
  const known = entriesOf.get(map);
  if (known) return known;
  // A mapping that merges itself ends here.
  entriesOf.set(map, []);
  const entries = collectEntries(document, map);
  entriesOf.set(map, entries);
  return entries;
}

/** Mappings that merge others twice at each step would double at each step. */
const entriesOf = new WeakMap<YAMLMap, readonly YamlEntry[]>();

function collectEntries(document: YamlDocument, map: YAMLMap): readonly YamlEntry[] {
  const own: YamlEntry[] = [];
  const merged: YamlEntry[] = [];
  for (const { key: keyNode, value } of map.items) {
    if (!isScalar(keyNode)) continue;
    const key = scalarText(keyNode);
    if (key === undefined) {
      if (keyNode.source === '<<') merged.push(...mergedEntries(document, value));
      continue;
    }
    if (key === '<<') {
      merged.push(...mergedEntries(document, value));
      continue;
    }
    const target = yamlTarget(document, value);
    const empty = isScalar(target) && target.value === null && (target.source ?? '') === '';
    const keySpan = yamlSpan(keyNode);
    const end = isNode(value) ? yamlSpan(value).end : keySpan.end;
    own.push({
      key,
      keySpan,
      value: empty ? undefined : target,
      span: { start: keySpan.start, end: Math.max(end, keySpan.end) },
      merged: false,
    });
  }
  const seen = new Set(own.map((entry) => entry.key));
  for (const entry of merged) {
    if (seen.has(entry.key)) continue;
    seen.add(entry.key);
    own.push({ ...entry, merged: true });
  }
  return own;
}

function mergedEntries(document: YamlDocument, value: unknown): readonly YamlEntry[] {
  const target = yamlTarget(document, value);
  return isSeq(target)
    ? target.items.flatMap((item) => yamlEntries(document, item))
    : yamlEntries(document, target);
}

/** The entry of a mapping with a given key. */
export function yamlEntry(
  document: YamlDocument,
  node: unknown,
  key: string,
): YamlEntry | undefined {
  return yamlEntries(document, node).find((entry) => entry.key === key);
}

/** The elements of a sequence with aliases followed; none for any other node. */
export function yamlItems(document: YamlDocument, node: unknown): Node[] {
  const sequence = yamlTarget(document, node);
  if (!isSeq(sequence)) return [];
  return sequence.items.flatMap((item) => yamlTarget(document, item) ?? []);
}

/** The node at a path of keys and indices below `from` (default: the document's root). */
export function yamlAt(
  document: YamlDocument,
  path: readonly (string | number)[],
  from: unknown = document.contents,
): Node | undefined {
  let node = yamlTarget(document, from);
  for (const part of path) {
    node =
      typeof part === 'number'
        ? yamlItems(document, node)[part]
        : yamlEntry(document, node, part)?.value;
    if (!node) return undefined;
  }
  return node;
}

/** True for a mapping (aliases followed). */
export function isYamlMap(document: YamlDocument, node: unknown): boolean {
  return isMap(yamlTarget(document, node));
}

/** True for a sequence (aliases followed). */
export function isYamlSequence(document: YamlDocument, node: unknown): boolean {
  return isSeq(yamlTarget(document, node));
}

/** A scalar's text as written for numbers and booleans (`3.10` stays `3.10`), decoded for strings; undefined for the rest. */
export function yamlString(node: unknown): string | undefined {
  return isScalar(node) ? scalarText(node) : undefined;
}

function scalarText(node: Scalar): string | undefined {
  const { value } = node;
  if (typeof value === 'string') return value;
  const isPlain =
    typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint';
  return isPlain ? (node.source ?? String(value)) : undefined;
}

/** A node's span without trailing blanks and comments; quotes and block headers included. */
export function yamlSpan(node: Node): Span {
  const [start = 0, end = start] = node.range ?? [];
  return { start, end: Math.max(start, end) };
}

/** A node's span up to its last character that is no blank: block collections end on the next line. */
export function yamlTrimmedSpan({ text }: YamlSyntax, node: Node): Span {
  const { start, end } = yamlSpan(node);
  return { start, end: start + text.slice(start, end).trimEnd().length };
}

/** A scalar's content: without its quotes, a block scalar from its first line to its last character. */
export function yamlInnerSpan(syntax: YamlSyntax, node: Node): Span {
  const { start, end } = yamlSpan(node);
  if (!isScalar(node)) return { start, end };
  if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') {
    return { start: start + 1, end: Math.max(start + 1, end - 1) };
  }
  if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') {
    const body = syntax.text.slice(start, end);
    const content = /^[^\n]*\n\s*/.exec(body)?.[0].length ?? 0;
    return { start: start + content, end: start + Math.max(content, body.trimEnd().length) };
  }
  return { start, end };
}

/** A scalar's text with the place of each of its characters. */
export function yamlText(syntax: YamlSyntax, node: Node | undefined): MappedText | undefined {
  const value = yamlString(node);
  if (value === undefined || !isScalar(node)) return undefined;
  const span = yamlSpan(node);
  if (syntax.text.slice(span.start, span.end) === value) return plainText(value, span.start);
  const inner = yamlInnerSpan(syntax, node);
  if (syntax.text.slice(inner.start, inner.end) === value) return plainText(value, inner.start);
  if (node.type === 'QUOTE_DOUBLE')
    return alignText(syntax.text, inner, value, { skippable: /\s/, escape: doubleQuoted });
  if (node.type === 'QUOTE_SINGLE')
    return alignText(syntax.text, inner, value, { skippable: /\s/, escape: singleQuoted });
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  return alignText(syntax.text, isBlock ? { start: inner.start, end: span.end } : inner, value, {
    skippable: /\s/,
  });
}

/** A node as plain data, aliases and merges resolved; undefined when they cannot be. */
export function yamlData(document: YamlDocument, node: unknown = document.contents): unknown {
  const target = yamlTarget(document, node);
  try {
    return target?.toJS(document) as unknown;
  } catch {
    return undefined;
  }
}

function singleQuoted(source: string, at: number): { text: string; length: number } | undefined {
  return source.startsWith("''", at) ? { text: "'", length: 2 } : undefined;
}

const NAMED: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

function doubleQuoted(source: string, at: number): { text: string; length: number } | undefined {
  if (source[at] !== '\\') return undefined;
  const rest = source.slice(at, at + 10);
  const hex = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
  if (hex) {
    const code = parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '0', 16);
    return { text: code <= 0x10ffff ? String.fromCodePoint(code) : '', length: hex[0].length };
  }
  const broken = /^\\\r?\n\s*/.exec(source.slice(at));
  if (broken) return { text: '', length: broken[0].length };
  const char = source[at + 1] ?? '';
  return { text: NAMED[char] ?? char, length: 2 };
}
