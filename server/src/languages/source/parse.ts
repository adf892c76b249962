import type * as TypeScript from 'typescript';
import { changeBetween, type TextChange } from '../../base/text-change';
import { isCodeTooDeep, TOO_DEEP, TREE_TOO_DEEP } from '../nesting';
import type { SourceSyntax } from './syntax';
import { ts } from './ts';

/**
 * Parses a TypeScript or JavaScript file; of Vue, Svelte and Astro files only the scripts. Never throws; syntax errors are in
 * `sourceFile.parseDiagnostics`. Parents are not set yet: `bindSource` does that in its walk. Code that nests
 * deeper than people write is not parsed.
 * @param path decides the dialect by its extension
 * @param text the file's text
 */
export function parseSource(path: string, text: string): SourceSyntax {
  const api = ts();
  const embedded = /\.(vue|svelte|astro)$/.test(path);
  const code = embedded ? scriptsOnly(text, path) : text;
  const parse = (body: string): TypeScript.SourceFile =>
    api.createSourceFile(
      path,
      body,
      {
        languageVersion: api.ScriptTarget.Latest,
        jsDocParsingMode: api.JSDocParsingMode.ParseNone,
      },
      false,
      scriptKind(path),
    );
  const unread = (notParsed: string): SourceSyntax => ({
    path,
    text,
    sourceFile: parse(''),
    embedded,
    notParsed,
  });
  if (isCodeTooDeep(code)) return unread(TOO_DEEP);
  try {
    return { path, text, sourceFile: parse(code), embedded };
  } catch (error) {
    // The parser calls itself for each operator, too.
    if (error instanceof RangeError) return unread(TREE_TOO_DEEP);
    throw error;
  }
}

/**
 * Parses a file again of which an older text was parsed: what the edit left alone is taken from the old tree, which takes a tenth of the
 * time. The tree is the one that parsing the new text alone makes, with errors or without.
 * @param before its tree is of no use afterwards: its nodes are moved to their new places
 */
export function parseEdited(before: SourceSyntax, text: string): SourceSyntax {
  const { path, sourceFile, embedded, notParsed } = before;
  if (embedded || notParsed !== undefined) return parseSource(path, text);
  const change = changeBetween(before.text, text);
  const { start, endBefore, endAfter } = change;
  const mayNest =
    NESTS.test(before.text.slice(start, endBefore)) || NESTS.test(text.slice(start, endAfter));
  if (mayNest && isCodeTooDeep(text)) return parseSource(path, text);
  try {
    const wide = overErrors(sourceFile, change);
    // Taking the rest over costs more than it saves.
    if (wide.endBefore - wide.start > before.text.length / 2) return parseSource(path, text);
    const span = { start: wide.start, length: wide.endBefore - wide.start };
    const newLength = wide.endAfter - wide.start;
    const after = ts().updateSourceFile(sourceFile, text, { span, newLength });
    return { path, text, sourceFile: after, embedded };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return parseSource(path, text);
  }
}

/**
 * What an error ends too early looks as if it were whole: of `await call<A, B` the statement `await call`. The parser would take that
 * over, so that nothing from there to the last error counts as left alone.
 */
function overErrors(sourceFile: TypeScript.SourceFile, change: TextChange): TextChange {
  const errors = parseErrors(sourceFile);
  if (errors.length === 0) return change;
  const first = Math.min(change.start, ...errors.map((error) => error.start));
  const last = Math.max(change.endBefore, ...errors.map((error) => error.start + error.length));
  return {
    start: Math.min(first, startBefore(sourceFile, first)),
    endBefore: last,
    endAfter: last + change.endAfter - change.endBefore,
  };
}

/** Where the second statement or member in front of the one at an offset begins, of the innermost list of such around it. */
function startBefore(sourceFile: TypeScript.SourceFile, offset: number): number {
  let start = 0;
  for (let at: TypeScript.Node | undefined = sourceFile; at;) {
    const { statements, members } = at as {
      statements?: readonly TypeScript.Node[];
      members?: readonly TypeScript.Node[];
    };
    const list = (statements ?? members ?? []).filter(({ pos }) => pos <= offset);
    start = list.at(-3)?.pos ?? list[0]?.pos ?? start;
    at = ts().forEachChild(at, (child) =>
      child.pos < offset && offset < child.end ? child : undefined,
    );
  }
  return start;
}

/** What can make code nest deeper, or end what is not counted. */
const NESTS = /[()[\]{}'"`/*\\\n]/;

/** Did the parser have to recover from errors? */
export function hasErrors({ sourceFile }: SourceSyntax): boolean {
  return parseErrors(sourceFile).length > 0;
}

function parseErrors(
  sourceFile: TypeScript.SourceFile,
): readonly TypeScript.DiagnosticWithLocation[] {
  const { parseDiagnostics = [] } = sourceFile as TypeScript.SourceFile & {
    parseDiagnostics?: readonly TypeScript.DiagnosticWithLocation[];
  };
  return parseDiagnostics;
}

function scriptKind(path: string): TypeScript.ScriptKind {
  const kind = ts().ScriptKind;
  if (/\.(tsx|vue|svelte|astro)$/.test(path)) return kind.TSX;
  if (/\.[mc]?ts$/.test(path)) return kind.TS;
  // Plain JavaScript may hold JSX (Create React App, Next); the JSX dialect accepts all other JavaScript as it is.
  return kind.JSX;
}

/** Blanks everything outside scripts, keeping offsets and line ends. */
function scriptsOnly(text: string, path: string): string {
  const blank = (part: string): string => part.replace(/[^\r\n]/g, ' ');
  const pattern = path.endsWith('.astro')
    ? /^---\r?\n([\s\S]*?)^---/gm
    : /<script\b[^>]*>([\s\S]*?)<\/script>/gi;
  let result = '';
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    const body = match[1] ?? '';
    const start = match.index + match[0].indexOf(body, match[0].indexOf('>') + 1 || 3);
    result += blank(text.slice(last, start)) + body;
    last = start + body.length;
  }
  return result + blank(text.slice(last));
}
