import {
  isAlias,
  isCollection,
  isPair,
  isScalar,
  type Node,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { lineEndOf, withLineEnd } from '../../base/line-ends';
import type { Span } from '../../base/span';
import { insertion, removal } from '../../engine/edits/edits';
import type { TextEdit } from '../../engine/finding';
import { addToList, removeFromList, type ListText } from '../code/lists';
import { indentLines, lineEnd, lineStart, nextLine } from '../code/text';

/** Edits of YAML by text ranges of parsed nodes: comments, anchors, order, quotes and line ends stay. */

/** `- item` of a list: adds one after the last. */
export function addSequenceItem(text: string, seq: YAMLSeq, item: string): TextEdit[] {
  if (seq.flow === true) return flowEdits(text, seq, item);
  const last = seq.items[seq.items.length - 1] as Node | undefined;
  const start = last ? dashBefore(text, last) : undefined;
  if (!last || start === undefined) return [];
  return [afterContent(text, last, `${columnOf(text, start)}- ${item}`)];
}

/**
 * `key: value` of a map: adds one after the last.
 * @param value written out; undefined for a key without value; its further lines are indented below the key
 */
export function addMapEntry(
  text: string,
  map: YAMLMap,
  key: string,
  value: string | undefined,
): TextEdit[] {
  const entry = value === undefined ? `${key}:` : `${key}: ${value}`;
  if (map.flow === true) return flowEdits(text, map, value === undefined ? `${key}: null` : entry);
  const [first] = map.items;
  const last = map.items[map.items.length - 1];
  const start = first && spanOf(first.key)?.start;
  if (!last || start === undefined) return [];
  return [afterContent(text, last, indentLines(entry, columnOf(text, start)))];
}

/** Takes an entry out of a map, with its comment at the end of the line. */
export function removeMapEntry(text: string, map: YAMLMap, key: string): TextEdit[] {
  const index = map.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key);
  const pair = map.items[index];
  const start = pair && spanOf(pair.key)?.start;
  if (!pair || start === undefined) return [];
  if (map.flow === true) return removeFromList(flowList(text, map), index);
  return removeLines(text, start, contentEnd(pair) ?? start);
}

/** The text of a node's own value, comments after it excluded; properties (anchor, tag) are not part of it. */
export function spanOf(node: unknown): Span | undefined {
  const range = (node as Node | null | undefined)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
}

/** Where the last token of a node ends; a collection's own range runs on into the white space after it. */
function contentEnd(node: unknown): number | undefined {
  if (isPair(node)) return contentEnd(node.value) ?? spanOf(node.key)?.end;
  if (isCollection(node) && node.flow !== true) {
    const last = node.items[node.items.length - 1];
    return last === undefined ? spanOf(node)?.end : contentEnd(last);
  }
  return isAlias(node) || isScalar(node) || isCollection(node) ? spanOf(node)?.end : undefined;
}

/** A line of its own after a node's last line. */
function afterContent(text: string, node: unknown, line: string): TextEdit {
  const end = contentEnd(node) ?? text.length;
  const eol = lineEndOf(text);
  // A block scalar ends behind its line end already.
  if (end > 0 && text[end - 1] === '\n') return insertion(end, withLineEnd(line, eol) + eol);
  return insertion(lineEnd(text, end), eol + withLineEnd(line, eol));
}

function removeLines(text: string, start: number, end: number): TextEdit[] {
  const from = lineStart(text, start);
  const stop = text[end - 1] === '\n' ? end : nextLine(text, end);
  // An entry that shares its line with a dash (`- key: value`) leaves the dash to its sibling.
  const lead = text.slice(from, start);
  if (lead.trim() !== '') {
    const sibling = /^[ \t]*(?=\S)/.exec(text.slice(stop))?.[0].length ?? 0;
    return [removal({ start, end: stop + sibling })];
  }
  if (stop === text.length && !text.endsWith('\n') && from > 0) {
    return [removal({ start: text[from - 2] === '\r' ? from - 2 : from - 1, end: stop })];
  }
  return [removal({ start: from, end: stop })];
}

function flowEdits(text: string, node: YAMLMap | YAMLSeq, item: string): TextEdit[] {
  const list = flowList(text, node);
  const padding = /^.\s/.test(text.slice(list.span.start)) ? ' ' : '';
  return addToList(list, item, {
    indent: '  ',
    lineEnd: lineEndOf(text),
    trailingComma: '',
    padding,
  });
}

function flowList(text: string, node: YAMLMap | YAMLSeq): ListText {
  const items = (node.items as readonly unknown[]).flatMap((item) => {
    const start = spanOf(isPair(item) ? item.key : item)?.start;
    const end = contentEnd(item);
    return start === undefined || end === undefined ? [] : [{ start, end }];
  });
  return { text, span: spanOf(node) ?? { start: 0, end: 0 }, items };
}

/** Offset of the `-` in front of a list item. */
function dashBefore(text: string, item: Node): number | undefined {
  const start = spanOf(item)?.start;
  if (start === undefined) return undefined;
  const line = lineStart(text, start);
  const at = /^.*(?=-[ \t])/.exec(text.slice(line, start))?.[0].length;
  return at === undefined ? undefined : line + at;
}

/** White space that brings a line to the column of an offset. */
function columnOf(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), offset).replace(/[^\t]/g, ' ');
}
