import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import { parseSource } from './parse';
import { ts } from './ts';

/** A comment of a source file. */
export interface SourceComment {
  /** With its delimiters. */
  readonly span: Span;
  /** The comment with the braces around it, where it stands among JSX children. */
  readonly jsx: Span | undefined;
}

/** What a line of a source file starts in: only in `code` and `jsx` may a comment be put in front of it. */
export type LinePlace = 'code' | 'jsx' | 'literal';

/** Answers where comments are, and where they may go, by one parse of a text. */
export interface SourceComments {
  /** The comment around an offset; undefined in code, strings, templates, regular expressions and JSX text. */
  at(offset: number): SourceComment | undefined;
  /** What an offset (of a line's start) lies in. */
  place(offset: number): LinePlace;
  /** The innermost statement around an offset that starts on a line of code. */
  statement(offset: number): Span | undefined;
}

/**
 * Looks at the comments of a source file; of Vue, Svelte and Astro files only at those of the scripts.
 * @throws Error before the TypeScript parser is loaded
 */
export function sourceComments(path: string, text: string): SourceComments {
  const { sourceFile } = parseSource(path, text);
  const code = sourceFile.text;

  const place = (offset: number): LinePlace => {
    const { node } = innermost(sourceFile, offset);
    if (node.kind === ts().SyntaxKind.JsxText) return 'jsx';
    // A text that begins exactly here does not swallow what is put here.
    return isText(node.kind) && node.getStart(sourceFile) < offset ? 'literal' : 'code';
  };

  return {
    place,
    at(offset) {
      const { node, ancestors, gap } = innermost(sourceFile, offset);
      if (node.kind === ts().SyntaxKind.JsxText) return undefined;
      const end = gap ? gap.end : node.end;
      const span = commentIn(code, gap?.start ?? node.pos, end, offset);
      return span && { span, jsx: jsxBraces(node, ancestors.at(-1), sourceFile) };
    },
    statement(offset) {
      const { node, ancestors } = innermost(sourceFile, offset);
      const chain = [...ancestors, node];
      for (let index = chain.length - 1; index > 0; index -= 1) {
        const [parent, candidate] = [chain[index - 1], chain[index]];
        if (!parent || !candidate || !holdsStatements(parent)) continue;
        const start = candidate.getStart(sourceFile);
        if (place(lineStart(code, start)) === 'code') return { start, end: candidate.end };
      }
      return undefined;
    },
  };
}

interface Innermost {
  readonly node: TypeScript.Node;
  /** From the source file down, without the node. */
  readonly ancestors: readonly TypeScript.Node[];
  /** Between two children of the node, where only punctuation, keywords and comments are; undefined in a leaf. */
  readonly gap: Span | undefined;
}

function innermost(sourceFile: TypeScript.SourceFile, offset: number): Innermost {
  const ancestors: TypeScript.Node[] = [];
  let node: TypeScript.Node = sourceFile;
  for (;;) {
    let before = node.pos;
    let after = node.end;
    const children: TypeScript.Node[] = [];
    const inside: TypeScript.Node | undefined = ts().forEachChild(node, (child) => {
      children.push(child);
      if (child.pos <= offset && offset < child.end) return child;
      if (child.end <= offset) before = Math.max(before, child.end);
      else after = Math.min(after, child.pos);
      return undefined;
    });
    if (!inside) {
      const gap = children.length === 0 ? undefined : { start: before, end: after };
      return { node, ancestors, gap };
    }
    ancestors.push(node);
    node = inside;
  }
}

/** Scans what lies before the first token, or between tokens, for the comment around an offset. */
function commentIn(text: string, start: number, end: number, offset: number): Span | undefined {
  const api = ts();
  const scanner = api.createScanner(
    api.ScriptTarget.Latest,
    false,
    api.LanguageVariant.JSX,
    text,
    undefined,
    start,
    end - start,
  );
  for (;;) {
    const token = scanner.scan();
    if (token === api.SyntaxKind.EndOfFileToken) return undefined;
    const span = { start: scanner.getTokenStart(), end: scanner.getTokenEnd() };
    if (span.start > offset) return undefined;
    if (offset >= span.end) continue;
    const isComment =
      token === api.SyntaxKind.SingleLineCommentTrivia ||
      token === api.SyntaxKind.MultiLineCommentTrivia;
    return isComment ? span : undefined;
  }
}

function jsxBraces(
  node: TypeScript.Node,
  parent: TypeScript.Node | undefined,
  sourceFile: TypeScript.SourceFile,
): Span | undefined {
  const api = ts();
  if (!api.isJsxExpression(node) || node.expression || !parent) return undefined;
  if (!api.isJsxElement(parent) && !api.isJsxFragment(parent)) return undefined;
  return { start: node.getStart(sourceFile), end: node.end };
}

function isText(kind: TypeScript.SyntaxKind): boolean {
  const { SyntaxKind } = ts();
  return (
    kind === SyntaxKind.StringLiteral ||
    kind === SyntaxKind.RegularExpressionLiteral ||
    (kind >= SyntaxKind.FirstTemplateToken && kind <= SyntaxKind.LastTemplateToken)
  );
}

function holdsStatements(node: TypeScript.Node): boolean {
  const api = ts();
  return (
    api.isSourceFile(node) ||
    api.isBlock(node) ||
    api.isModuleBlock(node) ||
    api.isCaseOrDefaultClause(node) ||
    api.isClassLike(node)
  );
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}
