import type * as TypeScript from 'typescript';
import { insertion } from '../../engine/edits/edits';
import type { TextEdit } from '../../engine/finding';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { requiredSpecifier, visit } from './nodes';
import type { SourceStyle } from './style';
import { commentStart, indentLines, indentOf, lineEnd, lineStart, nextLine } from './text';

/** Where to insert, and what has to stand around the inserted text. */
export interface Place {
  readonly at: number;
  readonly before: string;
  readonly after: string;
}

/**
 * Where a new import goes: after the last import (CommonJS: after the requires at the top), else after the shebang, the
 * directives and the comment at the head of the file.
 */
export function importPlace(syntax: SourceSyntax, style: SourceStyle): Place {
  const last = lastImport(syntax, style);
  if (last) return { at: lineEnd(syntax.text, last.end), before: style.lineEnd, after: '' };
  return headPlace(syntax, style);
}

/**
 * Where a statement goes that all others of the module rely on: after the imports and the loading of an env file.
 */
function prologuePlace(syntax: SourceSyntax, style: SourceStyle): Place {
  const end = prologueEnd(syntax, style);
  if (end === undefined) return headPlace(syntax, style);
  return { at: lineEnd(syntax.text, end), before: style.lineEnd + style.lineEnd, after: '' };
}

/**
 * The edit that puts lines where all others of the module can rely on them.
 * @param user the statement that relies on them first; where it stands above the usual place, they go in front of it
 */
export function inPrologue(
  syntax: SourceSyntax,
  style: SourceStyle,
  user: TypeScript.Statement,
  text: string,
): TextEdit {
  const end = prologueEnd(syntax, style);
  if (end !== undefined && user.getStart() < end) return inFrontOf(syntax, style, user, text);
  const place = prologuePlace(syntax, style);
  const isFollowedByBlank =
    /^\r?\n[ \t]*\r?\n/.test(syntax.text.slice(place.at)) ||
    nextLine(syntax.text, place.at) === syntax.text.length;
  const gap = place.before !== '' && !isFollowedByBlank ? style.lineEnd : '';
  return insertion(place.at, place.before + text + gap + place.after);
}

/** The edit that puts lines in front of a statement and the comment right above it, set apart by blank lines. */
export function inFrontOf(
  syntax: SourceSyntax,
  style: SourceStyle,
  statement: TypeScript.Statement,
  text: string,
): TextEdit {
  const start = statement.getStart();
  const own = lineStart(syntax.text, start);
  // The comment at the head of a file is about the file, or a pragma.
  const at = commentStart(syntax.text, own, 0) || own;
  const isApart = /(?:^|\n[ \t]*\r?\n|[{([:]\s*|=>\s*)$/.test(syntax.text.slice(0, at));
  const lines = indentLines(text, indentOf(syntax.text, start));
  return insertion(at, (isApart ? '' : style.lineEnd) + lines + style.lineEnd + style.lineEnd);
}

/** End of the last import, or of the `dotenv.config()` that follows; undefined when there is neither. */
function prologueEnd(syntax: SourceSyntax, style: SourceStyle): number | undefined {
  const last = lastImport(syntax, style);
  const loads = syntax.sourceFile.statements.filter(isEnvFileLoad);
  const ends = [last, ...loads].flatMap((statement) => (statement ? [statement.end] : []));
  return ends.length > 0 ? Math.max(...ends) : undefined;
}

function lastImport(syntax: SourceSyntax, style: SourceStyle): TypeScript.Statement | undefined {
  const api = ts();
  const { statements } = syntax.sourceFile;
  if (style.modules === 'esm') {
    const imports = statements.filter(
      (statement) =>
        api.isImportDeclaration(statement) ||
        (api.isImportEqualsDeclaration(statement) &&
          api.isExternalModuleReference(statement.moduleReference)),
    );
    return imports[imports.length - 1];
  }
  let last: TypeScript.Statement | undefined;
  for (const statement of statements) {
    if (isRequireStatement(statement)) last = statement;
    else if (!isDirective(statement) && !isPlainDeclaration(statement)) break;
  }
  return last;
}

function headPlace(syntax: SourceSyntax, style: SourceStyle): Place {
  const { sourceFile } = syntax;
  // Not `syntax.text`: of a component file only the scripts are code.
  const { text } = sourceFile;
  const directives = sourceFile.statements.filter(isDirective);
  const directive = directives[directives.length - 1];
  const gap = style.lineEnd + style.lineEnd;
  if (directive) return { at: lineEnd(text, directive.end), before: gap, after: '' };
  const first = sourceFile.statements[0];
  const start = first
    ? first.getFullStart() + headCommentLength(text.slice(first.getFullStart(), first.getStart()))
    : text.length;
  return { at: start, before: '', after: first ? gap : style.lineEnd };
}

/** Length of the shebang and the comments that a blank line sets apart from the first statement. */
function headCommentLength(trivia: string): number {
  const shebang = /^#!.*\r?\n/.exec(trivia)?.[0].length ?? 0;
  const rest = trivia.slice(shebang);
  const blank = /^[\s\S]*\S[ \t]*\r?\n(?:[ \t]*\r?\n)+/.exec(rest);
  return shebang + (blank ? blank[0].length : (/^\s*/.exec(rest)?.[0].length ?? 0));
}

/** `var app = express();` among the requires: nothing in it could need what is added behind them. */
function isPlainDeclaration(statement: TypeScript.Statement): boolean {
  const api = ts();
  if (!api.isVariableStatement(statement)) return false;
  let isPlain = true;
  visit(statement, (node) => {
    isPlain &&= !(
      api.isStringLiteralLike(node) ||
      api.isTemplateExpression(node) ||
      api.isObjectLiteralExpression(node) ||
      api.isArrayLiteralExpression(node) ||
      api.isNewExpression(node) ||
      api.isFunctionLike(node)
    );
    return isPlain;
  });
  return isPlain;
}

function isDirective(statement: TypeScript.Statement): boolean {
  return ts().isExpressionStatement(statement) && ts().isStringLiteral(statement.expression);
}

/** `const a = require('a')`, `require('a')(b)`, `require('dotenv').config()`. */
function isRequireStatement(statement: TypeScript.Statement): boolean {
  const api = ts();
  const isRequire = (expression: TypeScript.Expression | undefined): boolean => {
    let inner = expression;
    while (inner) {
      if (requiredSpecifier(inner) !== undefined) return true;
      if (api.isCallExpression(inner) || api.isPropertyAccessExpression(inner))
        inner = inner.expression;
      else return false;
    }
    return false;
  };
  if (api.isExpressionStatement(statement)) return isRequire(statement.expression);
  return (
    api.isVariableStatement(statement) &&
    // `var express = require('express'), app = express();` is one of them.
    statement.declarationList.declarations.some((declaration) => isRequire(declaration.initializer))
  );
}

/** `dotenv.config()`, `require('dotenv').config({ … })`, `process.loadEnvFile()`, at the top level. */
function isEnvFileLoad(statement: TypeScript.Statement): boolean {
  const text = statement.getText();
  return (
    text.length < 400 &&
    /\b(?:dotenv|env)\w*['")\s]*\)?\.config\(|\bloadEnvFile\(|\bloadEnv\w*\(/.test(text) &&
    !/=>|\bfunction\b/.test(text)
  );
}
