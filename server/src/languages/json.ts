import { getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { Span } from '../base/span';
import { isTooDeep, TOO_DEEP } from './nesting';
import { alignText, plainText, type MappedText } from './mapped-text';

export type JsonNode = Node;

/** A parsed JSON-with-comments document; nodes carry offsets into `text`. */
export interface JsonSyntax {
  readonly text: string;
  readonly root: Node | undefined;
  readonly errors: readonly ParseError[];
  /** Why it was not parsed at all. */
  readonly notParsed?: string;
}

/** A property of an object: its name and its value's node. */
export interface JsonProperty {
  readonly key: string;
  /** The name inside its quotes. */
  readonly keySpan: Span;
  readonly value: Node;
  /** The whole property, without the comma. */
  readonly span: Span;
}

/**
 * Parses JSON with comments and trailing commas; never throws.
 * @param text the file's text
 */
export function parseJsonSyntax(text: string): JsonSyntax {
  if (isTooDeep(text)) return { text, root: undefined, errors: [], notParsed: TOO_DEEP };
  const errors: ParseError[] = [];
  // A byte order mark is no JSON; a space in its place keeps all offsets.
  const body = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const root = parseTree(body, errors, { allowTrailingComma: true, disallowComments: false });
  return { text, root, errors };
}

/** The node at a path of names and indices. */
export function jsonAt(
  syntax: JsonSyntax | undefined,
  path: readonly (string | number)[],
): Node | undefined {
  let node = syntax?.root;
  for (const part of path) {
    if (!node) return undefined;
    node = typeof part === 'number' ? jsonItems(node)[part] : valuesOf(node).get(part);
  }
  return node;
}

/** The values of an object by name; of several of one name the first. Manifests may have thousands. */
function valuesOf(node: Node): ReadonlyMap<string, Node> {
  const known = values.get(node);
  if (known) return known;
  const found = new Map<string, Node>();
  if (node.type === 'object')
    for (const { children: [name, value] = [] } of node.children ?? []) {
      const key: unknown = name?.value;
      if (typeof key === 'string' && value && !found.has(key)) found.set(key, value);
    }
  values.set(node, found);
  return found;
}

const values = new WeakMap<Node, ReadonlyMap<string, Node>>();

/** The complete properties of an object node, in order; none for any other node. */
export function jsonProperties(node: Node | undefined): JsonProperty[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap((property) => {
    const [name, value] = property.children ?? [];
    if (!name || !value || typeof name.value !== 'string') return [];
    return [
      {
        key: name.value,
        keySpan: { start: name.offset + 1, end: name.offset + name.length - 1 },
        value,
        span: { start: property.offset, end: property.offset + property.length },
      },
    ];
  });
}

/** The elements of an array node; none for any other node. */
export function jsonItems(node: Node | undefined): readonly Node[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}

/** A node's span, quotes and brackets included. */
export function jsonSpan(node: Node): Span {
  return { start: node.offset, end: node.offset + node.length };
}

/** A string node's content inside its quotes; any other node's span. */
export function jsonInnerSpan(node: Node): Span {
  const { start, end } = jsonSpan(node);
  return node.type === 'string' && end - start >= 2
    ? { start: start + 1, end: end - 1 }
    : { start, end };
}

/** A string node's value. */
export function jsonString(node: Node | undefined): string | undefined {
  return node?.type === 'string' && typeof node.value === 'string' ? node.value : undefined;
}

/** A string node's value with the place of each of its characters, escapes included. */
export function jsonText(syntax: JsonSyntax, node: Node | undefined): MappedText | undefined {
  const value = jsonString(node);
  if (value === undefined || !node) return undefined;
  const span = jsonInnerSpan(node);
  if (value.length === span.end - span.start) return plainText(value, span.start);
  return alignText(syntax.text, span, value, { skippable: /$^/, escape: readEscape });
}

/** The document as plain data; undefined when there is none. */
export function jsonData(syntax: JsonSyntax | undefined): unknown {
  return syntax?.root ? (getNodeValue(syntax.root) as unknown) : undefined;
}

/** Reads a JSON or JavaScript string escape at an offset. */
export function readEscape(
  source: string,
  at: number,
): { text: string; length: number } | undefined {
  if (source[at] !== '\\') return undefined;
  const char = source[at + 1] ?? '';
  const hex = /^\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/.exec(source.slice(at, at + 6));
  if (hex) {
    const [whole, four, two] = hex;
    return { text: String.fromCharCode(parseInt(four ?? two ?? '0', 16)), length: whole.length };
  }
  const named: Record<string, string> = {
    n: '\n',
    r: '\r',
    t: '\t',
    b: '\b',
    f: '\f',
    v: '\v',
    '0': '\0',
  };
  return { text: named[char] ?? char, length: 2 };
}
