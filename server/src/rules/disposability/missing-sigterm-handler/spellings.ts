import type * as TypeScript from 'typescript';
import { withLineEnd } from '../../../base/line-ends';
import { insertion, replacement } from '../../../engine/edits/edits';
import type { TextEdit } from '../../../engine/finding';
import { freeName } from '../../../fixes/code/nodes';
import type { SourceStyle } from '../../../fixes/code/style';
import { indentLines, indentOf, lineEnd, lineStart } from '../../../fixes/code/text';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';

/** A place for lines behind an expression or statement. */
export interface Slot {
  /** What the lines see is what this node sees. */
  readonly place: TypeScript.Node;
  /** Where the name can be seen. */
  readonly scope: TypeScript.Node;
  /** Gives the value of the expression a name. */
  bind(name: string): TextEdit[];
  /**
   * Puts lines there, which have `\n` and no indentation.
   * @param gap what comes before them, an empty line by default
   */
  put(lines: string, name: string, gap?: string): TextEdit[];
}

/**
 * How an expression's value gets a name, with room behind it: whatever the expression is part of stays as it is.
 * @returns undefined where the expression is computed only sometimes, or nothing can follow it
 */
export function slotOf(
  syntax: SourceSyntax,
  style: SourceStyle,
  expression: TypeScript.Expression,
): Slot | undefined {
  const api = ts();
  const { parent } = expression;
  if (api.isVoidExpression(parent)) return voidSlot(slotOf(syntax, style, parent), parent);
  if (api.isArrowFunction(parent) && parent.body === expression)
    return arrowSlot(syntax, style, expression, parent);
  const statement = statementOf(expression);
  const room = statement && roomBehind(syntax, style, statement);
  if (!statement || !room) return undefined;
  const start = expression.getStart();
  const named = (name: string): string => `${style.constant} ${name} = `;
  const whole = {
    place: statement,
    scope: scopeOf(statement),
    put: (lines: string, _name: string, gap = '\n\n') => room(gap + lines),
  };
  if (api.isExpressionStatement(parent))
    return { ...whole, bind: (name) => [insertion(start, named(name))] };
  const before = { start: statement.getStart(), end: start };
  const after = { start: expression.end, end: statement.end };
  if (api.isReturnStatement(parent)) {
    return {
      ...whole,
      bind: (name) => [replacement(before, named(name))],
      put: (lines, name, gap = '\n\n') =>
        room(`${gap}${lines}${gap}return ${name}${style.semicolon}`),
    };
  }
  if (isLogical(parent) && api.isExpressionStatement(parent.parent))
    return logicalSlot(syntax, style, expression, parent, statement);
  if (!isAlwaysComputed(expression, statement)) return undefined;
  const [prefix, suffix] = [before, after].map(({ start: from, end }) =>
    syntax.text.slice(from, end),
  );
  const indent = indentOf(syntax.text, statement.getStart());
  return {
    ...whole,
    bind: (name) => [
      replacement(before, named(name)),
      replacement(
        after,
        `${style.semicolon}${style.lineEnd}${indent}${prefix ?? ''}${name}${suffix ?? ''}`,
      ),
    ],
  };
}

/** `void app.listen(1)`: the value that is thrown away is kept. */
function voidSlot(slot: Slot | undefined, voided: TypeScript.VoidExpression): Slot | undefined {
  const dropped = { start: voided.getStart(), end: voided.expression.getStart() };
  return (
    slot && {
      ...slot,
      bind: (name) => [...slot.bind(name), replacement(dropped, '')],
    }
  );
}

/** Right behind a statement; what stands behind a `return` would never run, so it comes before that. */
export function slotBehind(
  syntax: SourceSyntax,
  style: SourceStyle,
  statement: TypeScript.Statement,
): Slot | undefined {
  if (ts().isReturnStatement(statement)) return slotBefore(syntax, style, statement);
  const room = roomBehind(syntax, style, statement);
  return (
    room && {
      place: statement,
      scope: scopeOf(statement),
      bind: () => [],
      put: (lines, _name, gap = '\n\n') => room(gap + lines),
    }
  );
}

function slotBefore(
  syntax: SourceSyntax,
  style: SourceStyle,
  statement: TypeScript.ReturnStatement,
): Slot | undefined {
  const { text } = syntax;
  const start = statement.getStart();
  const line = lineStart(text, start);
  if (text.slice(line, start).trim() === '') {
    const indent = indentOf(text, start);
    const isFirst = /(?:^|[{:][ \t]*\r?\n|\n[ \t]*\r?\n)$/.test(text.slice(0, line));
    return {
      place: statement,
      scope: scopeOf(statement),
      bind: () => [],
      put: (lines, _name, gap = '\n\n') => [
        insertion(
          line,
          withLineEnd((isFirst ? '' : '\n') + indentLines(lines + gap, indent), style.lineEnd),
        ),
      ],
    };
  }
  const { expression } = statement;
  const slot = expression && slotOf(syntax, style, expression);
  const name = freeName(syntax, 'listening', 'started');
  return (
    slot && {
      ...slot,
      bind: () => [],
      put: (lines, _name, gap) => [...slot.bind(name), ...slot.put(lines, name, gap)],
    }
  );
}

/** What a statement declares is seen in the block around it. */
function scopeOf(statement: TypeScript.Statement): TypeScript.Node {
  return ts().isIfStatement(statement.parent) ? statement : statement.parent;
}

/** `start(() => app.listen(1))`: the body becomes a block. */
function arrowSlot(
  syntax: SourceSyntax,
  style: SourceStyle,
  expression: TypeScript.Expression,
  arrow: TypeScript.ArrowFunction,
): Slot {
  const outer = indentOf(syntax.text, arrow.getStart());
  const indent = outer + style.indent;
  return {
    place: arrow,
    scope: arrow,
    bind: (name) => [
      insertion(expression.getStart(), `{${style.lineEnd}${indent}${style.constant} ${name} = `),
      ...deeper(syntax, style, expression),
    ],
    put: (lines, name, gap = '\n\n') => [
      insertion(
        expression.end,
        style.semicolon +
          laidOut(`${gap}${lines}${gap}return ${name}${style.semicolon}`, indent, style) +
          `${style.lineEnd}${outer}}`,
      ),
    ],
  };
}

/** `isMain && app.listen(1)` becomes an `if`. */
function logicalSlot(
  syntax: SourceSyntax,
  style: SourceStyle,
  expression: TypeScript.Expression,
  { left, operatorToken }: TypeScript.BinaryExpression,
  statement: TypeScript.Statement,
): Slot {
  const api = ts();
  const outer = indentOf(syntax.text, statement.getStart());
  const indent = outer + style.indent;
  const isAnd = operatorToken.kind === api.SyntaxKind.AmpersandAmpersandToken;
  const condition = isAnd ? left.getText() : negated(left);
  return {
    place: statement,
    scope: statement,
    bind: (name) => [
      replacement(
        { start: statement.getStart(), end: expression.getStart() },
        `if (${condition}) {${style.lineEnd}${indent}${style.constant} ${name} = `,
      ),
      ...deeper(syntax, style, expression),
    ],
    put: (lines, _name, gap = '\n\n') => [
      replacement(
        { start: expression.end, end: statement.end },
        `${style.semicolon}${laidOut(gap + lines, indent, style)}${style.lineEnd}${outer}}`,
      ),
    ],
  };
}

function negated(condition: TypeScript.Expression): string {
  const api = ts();
  if (
    api.isPrefixUnaryExpression(condition) &&
    condition.operator === api.SyntaxKind.ExclamationToken
  )
    return condition.operand.getText();
  const isSimple = api.isIdentifier(condition) || api.isPropertyAccessExpression(condition);
  return isSimple ? `!${condition.getText()}` : `!(${condition.getText()})`;
}

function isLogical(node: TypeScript.Node): node is TypeScript.BinaryExpression {
  const api = ts();
  return (
    api.isBinaryExpression(node) &&
    (node.operatorToken.kind === api.SyntaxKind.AmpersandAmpersandToken ||
      node.operatorToken.kind === api.SyntaxKind.BarBarToken)
  );
}

/** Is the expression computed whenever the statement runs, so that it can be computed before it? */
// eslint-disable-next-line complexity -- a list of the nodes that always compute their parts
function isAlwaysComputed(
  expression: TypeScript.Expression,
  statement: TypeScript.Statement,
): boolean {
  const api = ts();
  for (let at: TypeScript.Node = expression.parent; at !== statement; at = at.parent) {
    const isPart =
      api.isCallExpression(at) ||
      api.isNewExpression(at) ||
      api.isPropertyAssignment(at) ||
      api.isObjectLiteralExpression(at) ||
      api.isArrayLiteralExpression(at) ||
      (api.isPropertyAccessExpression(at) && !/^(then|catch|finally)$/.test(at.name.text)) ||
      api.isParenthesizedExpression(at) ||
      api.isAwaitExpression(at) ||
      api.isAsExpression(at) ||
      api.isNonNullExpression(at) ||
      api.isVariableDeclaration(at) ||
      (api.isVariableDeclarationList(at) && at.declarations.length === 1) ||
      (api.isBinaryExpression(at) && at.operatorToken.kind === api.SyntaxKind.EqualsToken);
    if (!isPart) return false;
  }
  return (
    api.isExpressionStatement(statement) ||
    api.isVariableStatement(statement) ||
    api.isExportAssignment(statement) ||
    api.isReturnStatement(statement)
  );
}

function statementOf(node: TypeScript.Node): TypeScript.Statement | undefined {
  const api = ts();
  let at = node.parent as TypeScript.Node | undefined;
  while (at && !api.isStatement(at)) {
    if (api.isFunctionLike(at) || api.isClassLike(at)) return undefined;
    at = at.parent;
  }
  return at && !api.isBlock(at) ? at : undefined;
}

/** Puts lines behind a statement; makes the block or the line breaks that they need. */
function roomBehind(
  syntax: SourceSyntax,
  style: SourceStyle,
  statement: TypeScript.Statement,
): ((lines: string) => TextEdit[]) | undefined {
  const api = ts();
  const { text } = syntax;
  const { parent } = statement;
  if (api.isIfStatement(parent)) return roomInBranch(syntax, style, statement, parent);
  if (
    !api.isSourceFile(parent) &&
    !api.isBlock(parent) &&
    !api.isModuleBlock(parent) &&
    !api.isCaseOrDefaultClause(parent)
  )
    return undefined;
  const at = lineEnd(text, statement.end);
  if (/^\s*(?:\/\/.*|\/\*.*\*\/\s*)?$/.test(text.slice(statement.end, at))) {
    // What follows at once is set apart; a closing brace is not.
    const gap = /^\r?\n[ \t]*[^\s})\]]/.test(text.slice(at)) ? '\n' : '';
    const indent = indentOf(text, statement.getStart());
    return (lines) => [insertion(at, laidOut(lines + gap, indent, style))];
  }
  if (api.isCaseOrDefaultClause(parent)) return undefined;
  return roomInLine(syntax, style, statement, parent);
}

/** `function start() { app.listen(1); }`: what stands on the line gets lines of its own. */
function roomInLine(
  syntax: SourceSyntax,
  style: SourceStyle,
  statement: TypeScript.Statement,
  block: TypeScript.SourceFile | TypeScript.Block | TypeScript.ModuleBlock,
): (lines: string) => TextEdit[] {
  const { text } = syntax;
  const { statements } = block;
  const isFile = ts().isSourceFile(block);
  const isOnBraceLine =
    !isFile && lineStart(text, block.getStart()) === lineStart(text, statement.getStart());
  const outer = indentOf(text, isFile ? statement.getStart() : block.getStart());
  const indent = isOnBraceLine ? outer + style.indent : indentOf(text, statement.getStart());
  const borders = [
    ...(isFile ? [] : [block.getStart() + 1]),
    ...statements.flatMap((one) => [one.getStart(), one.end]),
    ...(isFile ? [] : [block.end - 1]),
  ];
  const pairs = isFile ? borders.slice(1) : borders;
  const edits: TextEdit[] = [];
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const [start = 0, end = 0] = [pairs[index], pairs[index + 1]];
    const isOnLine =
      lineStart(text, start) === lineStart(text, statement.getStart()) || start === statement.end;
    if (!isOnLine || !/^[ \t]*$/.test(text.slice(start, end))) continue;
    const isClosing = !isFile && end === block.end - 1;
    edits.push(replacement({ start, end }, style.lineEnd + (isClosing ? outer : indent)));
  }
  const isLast = statements[statements.length - 1] === statement;
  return (lines) => [
    ...edits,
    ...(isOnBraceLine ? deeper(syntax, style, statement) : []),
    insertion(statement.end, laidOut(lines + (isLast ? '' : '\n'), indent, style)),
  ];
}

/** `if (x) app.listen(1);`: the branch becomes a block. */
function roomInBranch(
  syntax: SourceSyntax,
  style: SourceStyle,
  statement: TypeScript.Statement,
  parent: TypeScript.IfStatement,
): ((lines: string) => TextEdit[]) | undefined {
  const { text } = syntax;
  const isElse = parent.elseStatement === statement;
  const from = isElse ? parent.thenStatement.end : parent.expression.end;
  const [opening] = (isElse ? /\belse\b/ : /\)/).exec(text.slice(from)) ?? [];
  if (opening === undefined) return undefined;
  const start = text.indexOf(opening, from) + opening.length;
  const gap = { start, end: statement.getStart() };
  const isApart = text.slice(gap.start, gap.end).includes('\n');
  if (!isApart && text.slice(gap.start, gap.end).trim() !== '') return undefined;
  const outer = indentOf(text, isElse ? start - opening.length : parent.getStart());
  const indent = isApart ? indentOf(text, statement.getStart()) : outer + style.indent;
  const end = lineEnd(text, statement.end);
  const rest = text.slice(statement.end, end);
  const isAlone = /^\s*(?:\/\/.*|\/\*.*\*\/\s*)?$/.test(rest);
  const after = isAlone ? end : statement.end;
  const hasElse = !isElse && parent.elseStatement !== undefined;
  const [untilElse = ''] = /^\s*(?=else\b)/.exec(text.slice(after)) ?? [];
  const close = `${style.lineEnd}${outer}}${hasElse ? ' ' : ''}`;
  const bodyEdits = isApart ? [] : deeper(syntax, style, statement);
  return (lines) => [
    isApart ? insertion(gap.start, ' {') : replacement(gap, ` {${style.lineEnd}${indent}`),
    ...bodyEdits,
    replacement(
      { start: after, end: after + untilElse.length },
      laidOut(lines, indent, style) + close,
    ),
  ];
}

/** One more level for all lines of a node but its first. */
function deeper({ text }: SourceSyntax, style: SourceStyle, node: TypeScript.Node): TextEdit[] {
  const own = node.getText();
  if (own.includes('`')) return [];
  const edits: TextEdit[] = [];
  for (
    let at = text.indexOf('\n', node.getStart());
    at >= 0 && at < node.end;
    at = text.indexOf('\n', at + 1)
  )
    if (/[^\r\n]/.test(text[at + 1] ?? '')) edits.push(insertion(at + 1, style.indent));
  return edits;
}

/** Indents all lines but the first, and gives them the file's line ends. */
function laidOut(text: string, indent: string, style: SourceStyle): string {
  const [first = '', ...rest] = text.split('\n');
  return withLineEnd(
    [first, ...rest.map((line) => indentLines(line, indent))].join('\n'),
    style.lineEnd,
  );
}
