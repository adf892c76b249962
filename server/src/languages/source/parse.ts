import type * as TypeScript from 'typescript';
import { changeBetween } from '../../base/text-change';
import { isCodeTooDeep, TOO_DEEP, TREE_TOO_DEEP } from '../nesting';
import type { SourceSyntax } from './syntax';
import { ts } from './ts';

/**
 * Parses a TypeScript or JavaScript file; of Vue, Svelte and Astro files only the scripts. Never throws; syntax errors are in
 * `sourceFile.parseDiagnostics` (see `syntaxErrors`). Parents are not set yet: `bindSource` does that in its walk. Code that nests
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
 * time. Only from one text without errors to another: what a parser makes of errors depends on where it began.
 * @param before its tree is of no use afterwards: its nodes are moved to their new places
 */
export function parseEdited(before: SourceSyntax, text: string): SourceSyntax {
  const { path, sourceFile, embedded, notParsed } = before;
  const isOfUse = !embedded && notParsed === undefined && syntaxErrors(sourceFile).length === 0;
  if (!isOfUse) return parseSource(path, text);
  const { start, endBefore, endAfter } = changeBetween(before.text, text);
  const mayNest =
    NESTS.test(before.text.slice(start, endBefore)) || NESTS.test(text.slice(start, endAfter));
  if (mayNest && isCodeTooDeep(text)) return parseSource(path, text);
  try {
    const span = { start, length: endBefore - start };
    const change = { span, newLength: endAfter - start };
    const after = ts().updateSourceFile(sourceFile, text, change);
    if (syntaxErrors(after).length === 0) return { path, text, sourceFile: after, embedded };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return parseSource(path, text);
}

/** What can make code nest deeper, or end what is not counted. */
const NESTS = /[()[\]{}'"`/*\\\n]/;

/** The errors the parser recovered from, at most 20. */
export function syntaxErrors(
  sourceFile: TypeScript.SourceFile,
): { span: { start: number; end: number }; message: string }[] {
  const { parseDiagnostics = [] } = sourceFile as TypeScript.SourceFile & {
    parseDiagnostics?: readonly TypeScript.DiagnosticWithLocation[];
  };
  return parseDiagnostics.slice(0, 20).map((diagnostic) => ({
    span: { start: diagnostic.start, end: diagnostic.start + diagnostic.length },
    message: ts().flattenDiagnosticMessageText(diagnostic.messageText, ' '),
  }));
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
