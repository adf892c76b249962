import { parse } from 'smol-toml';
import type { Span } from '../base/span';
import { readEscape } from './json';
import { TOO_DEEP } from './nesting';
import { alignText, plainText, type MappedText } from './mapped-text';

/** A parsed TOML document as plain data; positions are found by key search in `text` (`languages/toml.ts`). */
export interface TomlSyntax {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly error: string | undefined;
}

/** Names with a dot between, more than anybody nests tables. */
const LONG_KEY = /^\[{0,2}(?:[^.=#\r\n\u2028\u2029[]*\.){200}/m;

/**
 * Parses TOML; never throws.
 * @param text the file's text
 */
export function parseTomlSyntax(text: string): TomlSyntax {
  if (LONG_KEY.test(text)) return { text, data: {}, error: TOO_DEEP };
  try {
    return { text, data: parse(text.replace(/^\uFEFF/, '')), error: undefined };
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { text, data: {}, error: message };
  }
}

/** The value at a path of keys and indices. */
export function tomlAt(
  syntax: TomlSyntax | undefined,
  path: readonly (string | number)[],
): unknown {
  let value: unknown = syntax?.data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

interface TomlLine {
  readonly path: readonly (string | number)[];
  readonly keySpan: Span;
  readonly valueSpan: Span;
}

/**
 * Where `key = value` of a path stands. Keys inside inline tables are found through the line of their table.
 * @returns the key's and the value's span (quotes included); undefined when the path is not written on a line of its own
 */
export function tomlEntry(
  syntax: TomlSyntax,
  path: readonly (string | number)[],
): { keySpan: Span; valueSpan: Span } | undefined {
  let found = lines.get(syntax);
  if (!found) {
    // Of several of one path, the first.
    const ways = tomlLines(syntax.text).map((line) => [JSON.stringify(line.path), line] as const);
    lines.set(syntax, (found = new Map(ways.reverse())));
  }
  return found.get(JSON.stringify(path));
}

const lines = new WeakMap<TomlSyntax, ReadonlyMap<string, TomlLine>>();

/** The strings of a list at a path that stand there without escapes, each with its place. */
export function tomlTexts(
  syntax: TomlSyntax,
  path: readonly (string | number)[],
): readonly MappedText[] {
  const list = tomlAt(syntax, path);
  const entry = tomlEntry(syntax, path);
  if (!Array.isArray(list) || !entry) return [];
  let from = entry.valueSpan.start;
  return list.flatMap((item: unknown) => {
    const at = typeof item === 'string' ? syntax.text.indexOf(item, from) : -1;
    if (typeof item !== 'string' || at < 0 || item === '') return [];
    from = at + item.length;
    return [plainText(item, at)];
  });
}

/** A string at a path with the place of each of its characters. */
export function tomlText(
  syntax: TomlSyntax,
  path: readonly (string | number)[],
): MappedText | undefined {
  const value = tomlAt(syntax, path);
  const entry = tomlEntry(syntax, path);
  if (typeof value !== 'string' || !entry) return undefined;
  const { start, end } = entry.valueSpan;
  const fence = /^("""|'''|"|')/.exec(syntax.text.slice(start, end))?.[0] ?? '';
  const inner = { start: start + fence.length, end: end - fence.length };
  if (syntax.text.slice(inner.start, inner.end) === value) return plainText(value, inner.start);
  return alignText(syntax.text, inner, value, {
    skippable: /\s/,
    ...(fence.startsWith('"') ? { escape: readEscape } : {}),
  });
}

function tomlLines(text: string): TomlLine[] {
  const lines: TomlLine[] = [];
  const tables = new Map<string, number>();
  let table: (string | number)[] = [];
  let at = 0;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const header = /^[\s\uFEFF]*(\[\[?)([^\]]+)\]/.exec(line);
    const pair =
      /^([\s\uFEFF]*)((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=\s*/.exec(
        line,
      );
    let next = end;
    if (header) {
      table = keyPath(header[2] ?? '');
      if (header[1] === '[[') {
        const id = JSON.stringify(table);
        const index = tables.get(id) ?? 0;
        tables.set(id, index + 1);
        table = [...table, index];
      } else {
        table = inLastElement(table, tables);
      }
    } else if (pair) {
      const keyStart = at + (pair[1]?.length ?? 0);
      const valueStart = at + pair[0].length;
      next = valueEnd(text, valueStart);
      lines.push({
        path: [...table, ...keyPath(pair[2] ?? '')],
        keySpan: { start: keyStart, end: keyStart + (pair[2]?.length ?? 0) },
        valueSpan: { start: valueStart, end: next },
      });
      next = lineEnd(text, next);
    }
    at = next + 1;
  }
  return lines;
}

/** `[processes.web]` after `[[processes]]` belongs to its last element. */
function inLastElement(
  table: (string | number)[],
  tables: ReadonlyMap<string, number>,
): (string | number)[] {
  for (let length = table.length - 1; length > 0; length -= 1) {
    const count = tables.get(JSON.stringify(table.slice(0, length)));
    if (count) return [...table.slice(0, length), count - 1, ...table.slice(length)];
  }
  return table;
}

function keyPath(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(
    (key) => key[1] ?? key[2] ?? key[3] ?? '',
  );
}

/** End of a value: closes strings, arrays and inline tables, over lines; a comment ends a bare value. */
function valueEnd(text: string, start: number): number {
  let at = start;
  let depth = 0;
  let end = start;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '"' || char === "'") {
      at = end = stringEnd(text, at);
      continue;
    }
    if (char === '#') {
      at = lineEnd(text, at);
      continue;
    }
    if ((char === '\n' || char === '\r') && depth === 0) break;
    if (char === '[' || char === '{') depth += 1;
    if (char === ']' || char === '}') depth -= 1;
    at += 1;
    if (!/\s/.test(char)) end = at;
  }
  return Math.min(end, text.length);
}

/** End of a string, which three quotes may enclose; only double quotes know escapes. */
function stringEnd(text: string, start: number): number {
  const quote = text[start] ?? '';
  const fence = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  let at = start + fence.length;
  while (at < text.length && !text.startsWith(fence, at))
    at += quote === '"' && text[at] === '\\' ? 2 : 1;
  return at + fence.length;
}

function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found;
}
