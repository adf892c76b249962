import {
  DockerfileParser,
  JSONInstruction,
  ModifiableInstruction,
  PropertyInstruction,
  type Dockerfile,
  type Instruction,
} from 'dockerfile-ast';
import { parseTree, type ParseError } from 'jsonc-parser';
import type { Span } from '../base/span';
import { readEscape } from './json';
import { isTooLong, MOST_PARTS, TOO_LONG } from './length';
import { isTooDeep } from './nesting';
import {
  fromPieces,
  plainText,
  sliceText,
  sourceSpan,
  type MappedText,
  type TextPiece,
} from './mapped-text';

/** A parsed Dockerfile. Positions of its instructions are line/character; `text` turns them into offsets. */
export interface DockerfileSyntax {
  readonly text: string;
  readonly dockerfile: Dockerfile;
  /** `ARG`s before the first `FROM`. */
  readonly globals: readonly DockerInstruction[];
  readonly stages: readonly DockerStage[];
  /** Why there is nothing of it, where it is longer than is read. */
  readonly notParsed?: string;
}

/** One instruction. All spans are offsets. */
export interface DockerInstruction {
  /** Upper case. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  readonly span: Span;
  readonly flags: readonly { readonly name: string; readonly value: string; readonly span: Span }[];
  /** What follows keyword and flags, without line continuations and comment lines. */
  readonly body: MappedText;
  /** `exec`: a JSON array of strings. */
  readonly form: 'exec' | 'shell';
  /** Exec form: the array's strings, decoded. Shell form: the words as Docker splits them. Spans leave out quotes. */
  readonly words: readonly DockerWord[];
  /** ENV, ARG, LABEL: the names and values. */
  readonly pairs: readonly DockerPair[];
}

export interface DockerWord {
  readonly text: string;
  readonly mapped: MappedText;
  readonly span: Span;
}

export interface DockerPair {
  readonly name: string;
  readonly nameSpan: Span;
  /** Quotes and escapes removed; undefined for `ARG NAME`. */
  readonly value: string | undefined;
  /** The value with its quotes. */
  readonly valueSpan: Span | undefined;
  readonly span: Span;
}

/** A build stage: a `FROM` and what follows it. */
export interface DockerStage {
  readonly index: number;
  readonly name: string | undefined;
  readonly nameSpan: Span | undefined;
  /** The image as written. */
  readonly image: string;
  /** The image with `ARG`s replaced by their defaults; those without default stay as written. */
  readonly resolvedImage: string;
  readonly imageSpan: Span;
  /** The earlier stage it is built on, where `image` names one. */
  readonly base: number | undefined;
  readonly platform: string | undefined;
  readonly from: DockerInstruction;
  /** Without the `FROM`. */
  readonly instructions: readonly DockerInstruction[];
}

const PAIR_KEYWORDS = new Set(['ENV', 'ARG', 'LABEL']);

/**
 * Parses a Dockerfile; never throws.
 * @param text the file's text
 */
export function parseDockerfileSyntax(text: string): DockerfileSyntax {
  if (isTooLong(text)) return unread(text, TOO_LONG);
  const marked = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  // In a comment that no line break ends, the parser looks for directives from each character anew.
  const body = marked.includes('\n') ? marked : `${marked}\n`;
  const dockerfile = DockerfileParser.parse(body);
  const offsetOf = lineOffsets(body);
  const instructions = dockerfile
    .getInstructions()
    .map((one) => readInstruction(one, body, offsetOf, dockerfile));
  const globals: DockerInstruction[] = [];
  const stages: DockerStage[] = [];
  let current: DockerInstruction[] | undefined;
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') {
      current = [];
      stages.push(readStage(instruction, current, stages, globals));
    } else {
      (current ?? globals).push(instruction);
    }
  }
  return stages.length > MOST_PARTS
    ? unread(text, `more than ${MOST_PARTS} stages`)
    : { text, dockerfile, globals, stages };
}

function unread(text: string, notParsed: string): DockerfileSyntax {
  return { text, dockerfile: DockerfileParser.parse(''), globals: [], stages: [], notParsed };
}

/** Replaces `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}`; unknown names stay as written. */
export function expandVariables(
  text: string,
  lookup: (name: string) => string | undefined,
): string {
  return text.replace(
    /\\?\$(?:\{([A-Za-z_]\w*)(?::?([-+])([^}]*))?\}|([A-Za-z_]\w*))/g,
    (whole, braced?: string, operator?: string, other?: string, bare?: string) => {
      if (whole.startsWith('\\')) return whole.slice(1);
      const value = lookup(braced ?? bare ?? '');
      if (operator === '-') return value ?? other ?? '';
      if (operator === '+') return value === undefined ? '' : (other ?? '');
      return value ?? whole;
    },
  );
}

/** A flag's value (`--from=build` → `build`). */
export function dockerFlag(instruction: DockerInstruction, name: string): string | undefined {
  return instruction.flags.find((flag) => flag.name === name)?.value;
}

interface LineRange {
  readonly start: LinePosition;
  readonly end: LinePosition;
}
interface LinePosition {
  readonly line: number;
  readonly character: number;
}
type OffsetOf = (position: LinePosition) => number;

function readInstruction(
  instruction: Instruction,
  text: string,
  offsetOf: OffsetOf,
  dockerfile: Dockerfile,
): DockerInstruction {
  const toSpan = (range: LineRange): Span => ({
    start: offsetOf(range.start),
    end: offsetOf(range.end),
  });
  const keyword = instruction.getKeyword();
  const span = toSpan(instruction.getRange());
  const argumentsRange = instruction.getArgumentsRange();
  const argumentsSpan = argumentsRange
    ? toSpan(argumentsRange)
    : { start: span.end, end: span.end };
  const healthcheck =
    keyword === 'HEALTHCHECK'
      ? /^CMD\s+/i.exec(text.slice(argumentsSpan.start, argumentsSpan.end))
      : null;
  const bodySpan = {
    start: argumentsSpan.start + (healthcheck?.[0].length ?? 0),
    end: argumentsSpan.end,
  };
  const body = withoutContinuations(text, bodySpan, dockerfile.getEscapeCharacter());
  const exec = execWords(body);
  const flags =
    instruction instanceof ModifiableInstruction
      ? instruction.getFlags().map((flag) => ({
          name: flag.getName(),
          value: flag.getValue() ?? '',
          span: toSpan(flag.getRange()),
        }))
      : [];
  return {
    keyword,
    keywordSpan: toSpan(instruction.getInstructionRange()),
    span,
    flags,
    body,
    form:
      exec && (instruction instanceof JSONInstruction || keyword === 'HEALTHCHECK')
        ? 'exec'
        : 'shell',
    words: exec ?? plainWords(body),
    pairs:
      PAIR_KEYWORDS.has(keyword) && instruction instanceof PropertyInstruction
        ? readPairs(instruction, toSpan)
        : [],
  };
}

function readPairs(
  instruction: PropertyInstruction,
  toSpan: (range: LineRange) => Span,
): DockerPair[] {
  return instruction.getProperties().map((property) => {
    const valueRange = property.getValueRange();
    return {
      name: property.getName(),
      nameSpan: toSpan(property.getNameRange()),
      value: property.getValue() ?? undefined,
      valueSpan: valueRange ? toSpan(valueRange) : undefined,
      span: toSpan(property.getRange()),
    };
  });
}

function readStage(
  from: DockerInstruction,
  instructions: readonly DockerInstruction[],
  earlier: readonly DockerStage[],
  globals: readonly DockerInstruction[],
): DockerStage {
  const [image, as, name] = from.words;
  const defaults = new Map(
    globals.flatMap((one) => one.pairs).map((pair) => [pair.name, pair.value]),
  );
  const text = image?.text ?? '';
  const resolvedImage = expandVariables(text, (variable) => defaults.get(variable));
  const base = earlier.find(
    (stage) =>
      stage.name?.toLowerCase() === resolvedImage.toLowerCase() ||
      (text !== '' && String(stage.index) === text),
  );
  const named = as?.text.toUpperCase() === 'AS' ? name : undefined;
  return {
    index: earlier.length,
    name: named?.text,
    nameSpan: named?.span,
    image: text,
    resolvedImage,
    imageSpan: image?.span ?? from.span,
    base: base?.index,
    platform: dockerFlag(from, 'platform'),
    from,
    instructions,
  };
}

/** Drops `\` line ends and, within continued lines, comment and blank lines. */
function withoutContinuations(text: string, span: Span, escape: string): MappedText {
  const raw = text.slice(span.start, span.end);
  if (!raw.includes('\n') || /^\s*<<-?\s*["']?[A-Za-z_]/.test(raw))
    return plainText(raw, span.start);
  const pieces: TextPiece[] = [];
  let at = span.start;
  let continued = false;
  for (const line of raw.split('\n')) {
    const comment = continued && /^(#.*)?$/.test(line.trim());
    if (!comment) {
      const end = new RegExp(`${escape === '`' ? '`' : '\\\\'}[ \\t]*\\r?$`).exec(line);
      const kept = end ? line.slice(0, end.index) : `${line}\n`;
      if (kept) pieces.push({ text: kept, span: { start: at, end: at + kept.length } });
      continued = end !== null;
    }
    at += line.length + 1;
  }
  const joined = fromPieces(pieces, span.start);
  return joined.text.endsWith('\n') ? sliceText(joined, 0, joined.text.trimEnd().length) : joined;
}

function execWords(body: MappedText): DockerWord[] | undefined {
  if (!body.text.trimStart().startsWith('[') || isTooDeep(body.text)) return undefined;
  const errors: ParseError[] = [];
  const root = parseTree(body.text, errors, { allowTrailingComma: false, disallowComments: true });
  if (errors.length > 0 || root?.type !== 'array') return undefined;
  const items = root.children ?? [];
  if (items.some((item) => item.type !== 'string')) return undefined;
  return items.map((item) => {
    const inner = sliceText(body, item.offset + 1, item.offset + item.length - 1);
    const mapped = decodeString(inner);
    return { text: mapped.text, mapped, span: sourceSpan(inner, 0, inner.text.length) };
  });
}

function decodeString(raw: MappedText): MappedText {
  if (!raw.text.includes('\\')) return raw;
  const pieces: TextPiece[] = [];
  for (let at = 0; at < raw.text.length;) {
    const escape = readEscape(raw.text, at);
    const length = escape?.length ?? 1;
    pieces.push({
      text: escape?.text ?? raw.text[at] ?? '',
      span: sourceSpan(raw, at, at + length),
    });
    at += length;
  }
  return fromPieces(pieces, sourceSpan(raw, 0, 0).start);
}

function plainWords(body: MappedText): DockerWord[] {
  return [...body.text.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/g)].map((match) => {
    const mapped = sliceText(body, match.index, match.index + match[0].length);
    return { text: unquote(match[0]), mapped, span: sourceSpan(mapped, 0, mapped.text.length) };
  });
}

/** A word without the quotes around all of it. */
export function unquote(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

function lineOffsets(text: string): OffsetOf {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')) starts.push(at + 1);
  }
  return ({ line, character }) => Math.min((starts[line] ?? text.length) + character, text.length);
}
