import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import { replacement } from '../../engine/edits/edits';
import type { TextEdit } from '../../engine/finding';
import { nodeAround, spanOf } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { quoted, type SourceStyle } from './style';

export type ValueType = 'string' | 'number' | 'boolean';

/** How tightly a new expression holds together: decides about parentheses. */
export type Binding = 'primary' | 'equality' | 'nullish' | 'conditional';

/** A place in a source file where an expression can take over from a literal. */
export interface Placement {
  readonly node: TypeScript.Node;
  /** Today's value as an expression that may stand right of `??`. */
  readonly original: string;
  /** Today's value when it is a plain literal. */
  readonly value: string | number | boolean | undefined;
  readonly valueType: ValueType;
  /** The edit that puts an expression there. */
  put(expression: string, binding: Binding): TextEdit;
}

/**
 * Finds out how the text of a span can be replaced by another expression of the same type.
 * @param span a literal, part of a string or template (`http://localhost` of `` `http://localhost/${id}` ``), a whole
 *   template or concatenation, or a shorthand property
 * @returns undefined where nothing but a literal may stand: types, enums, keys, module specifiers, const assertions …
 */
export function placementAt(
  syntax: SourceSyntax,
  style: SourceStyle,
  span: Span,
): Placement | undefined {
  const api = ts();
  const node = outermost(syntax, span);
  if (!node) return undefined;
  const own = spanOf(node);
  const isWhole = own.start === span.start && own.end === span.end;
  if (api.isShorthandPropertyAssignment(node.parent) && api.isIdentifier(node) && isWhole) {
    return shorthand(node);
  }
  if (isTemplateChunk(node)) return chunk(syntax, style, node, span);
  if (!api.isExpression(node) || !acceptsExpression(node)) return undefined;
  if (api.isStringLiteralLike(node) && !isWhole) {
    const inner = { start: own.start + 1, end: own.end - 1 };
    if (span.start !== inner.start || span.end !== inner.end)
      return partOfString(syntax, style, node, span);
  } else if (!isWhole) {
    return undefined;
  }
  return whole(syntax, style, node);
}

function whole(
  syntax: SourceSyntax,
  style: SourceStyle,
  node: TypeScript.Expression,
): Placement | undefined {
  const api = ts();
  const own = spanOf(node);
  const value = literalValue(node);
  const valueType = value === undefined ? 'string' : (typeof value as ValueType);
  let original = syntax.text.slice(own.start, own.end);
  if (api.isJsxAttribute(node.parent)) {
    // Attribute strings know no backslash escapes, but character references.
    if (typeof value !== 'string' || /[&\n]/.test(original)) return undefined;
    original = quoted(value, style);
    return {
      node,
      original,
      value,
      valueType,
      put: (expression) => replacement(own, `{${expression}}`),
    };
  }
  const isChoice = api.isConditionalExpression(node);
  if (isChoice) original = `(${original})`;
  else if (value === undefined && !isTextExpression(node) && !isDefaulted(node)) return undefined;
  return {
    node,
    original,
    value,
    valueType,
    put: (expression, binding) =>
      replacement(own, needsParentheses(node, binding) ? `(${expression})` : expression),
  };
}

function shorthand(node: TypeScript.Identifier): Placement {
  return {
    node,
    original: node.text,
    value: undefined,
    valueType: 'string',
    put: (expression) => replacement(spanOf(node), `${node.text}: ${expression}`),
  };
}

/** Part of the text between the substitutions of a template. */
function chunk(
  syntax: SourceSyntax,
  style: SourceStyle,
  node: TypeScript.TemplateLiteralLikeNode,
  span: Span,
): Placement | undefined {
  const api = ts();
  const template = api.isTemplateHead(node) ? node.parent : node.parent.parent;
  if (api.isTaggedTemplateExpression(template.parent) || api.isTemplateLiteralTypeNode(template))
    return undefined;
  const inner = {
    start: node.getStart() + 1,
    end: node.end - (node.kind === api.SyntaxKind.TemplateTail ? 1 : 2),
  };
  // A finding may cover the quotes or the `${` of the part as well.
  const start = Math.max(span.start, inner.start);
  const end = Math.min(span.end, inner.end);
  const raw = syntax.text.slice(start, end);
  if (start >= end || raw.includes('\\')) return undefined;
  return {
    node,
    original: quoted(raw, style),
    value: raw,
    valueType: 'string',
    put: (expression) => replacement({ start, end }, `\${${expression}}`),
  };
}

/** Part of a string literal: the literal becomes a template. */
function partOfString(
  syntax: SourceSyntax,
  style: SourceStyle,
  node: TypeScript.StringLiteralLike,
  span: Span,
): Placement | undefined {
  const own = spanOf(node);
  const inner = { start: own.start + 1, end: own.end - 1 };
  if (span.start < inner.start || span.end > inner.end || span.start >= span.end) return undefined;
  const raw = syntax.text.slice(span.start, span.end);
  const isJsx = ts().isJsxAttribute(node.parent);
  if (raw.includes('\\') || (isJsx && node.getText().includes('&'))) return undefined;
  const escaped = (text: string): string =>
    ts().isStringLiteral(node) ? text.replace(/`|\$\{/g, (found) => `\\${found}`) : text;
  const before = escaped(syntax.text.slice(inner.start, span.start));
  const after = escaped(syntax.text.slice(span.end, inner.end));
  return {
    node,
    original: quoted(raw, style),
    value: raw,
    valueType: 'string',
    put: (expression) => {
      const template = `\`${before}\${${expression}}${after}\``;
      return replacement(own, isJsx ? `{${template}}` : template);
    },
  };
}

/** The outermost expression with exactly this span, else the literal around it. */
function outermost(syntax: SourceSyntax, span: Span): TypeScript.Node | undefined {
  const api = ts();
  let node = nodeAround(syntax, span);
  if (!node || api.isSourceFile(node)) return undefined;
  while (
    (node.parent as TypeScript.Node | undefined) &&
    api.isExpression(node.parent) &&
    node.parent.getStart() === span.start &&
    node.parent.end === span.end
  ) {
    node = node.parent;
  }
  return node;
}

function literalValue(node: TypeScript.Expression): string | number | boolean | undefined {
  const api = ts();
  if (api.isStringLiteralLike(node)) return node.text;
  if (api.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === api.SyntaxKind.TrueKeyword) return true;
  if (node.kind === api.SyntaxKind.FalseKeyword) return false;
  if (api.isPrefixUnaryExpression(node) && api.isNumericLiteral(node.operand)) {
    if (node.operator === api.SyntaxKind.MinusToken) return -Number(node.operand.text);
  }
  return undefined;
}

/** A template or a concatenation that starts with text: a string whatever its parts are. */
function isTextExpression(node: TypeScript.Expression): boolean {
  const api = ts();
  if (api.isTemplateExpression(node)) return true;
  if (!api.isBinaryExpression(node) || node.operatorToken.kind !== api.SyntaxKind.PlusToken)
    return false;
  return [node.left, node.right].some(
    (side) => api.isStringLiteralLike(side) || isTextExpression(side),
  );
}

/** `a ?? 'literal'`, `a || 'literal'`, `a ? a : 'literal'`, `Number(a ?? 3000)`. */
function isDefaulted(node: TypeScript.Expression): boolean {
  const api = ts();
  if (api.isCallExpression(node)) {
    const [only] = node.arguments;
    return node.expression.getText() === 'Number' && only !== undefined && isDefaulted(only);
  }
  if (api.isConditionalExpression(node)) return api.isStringLiteralLike(node.whenFalse);
  if (!api.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind === api.SyntaxKind.QuestionQuestionToken || kind === api.SyntaxKind.BarBarToken;
}

function isTemplateChunk(
  node: TypeScript.Node,
): node is TypeScript.TemplateHead | TypeScript.TemplateMiddle | TypeScript.TemplateTail {
  const api = ts();
  return api.isTemplateHead(node) || api.isTemplateMiddleOrTemplateTail(node);
}

/** May any expression of the literal's general type stand where the literal stands? */
function acceptsExpression(node: TypeScript.Expression): boolean {
  const api = ts();
  const { parent } = node;
  if (node.getSourceFile().isDeclarationFile || wantsLiteral(parent)) return false;
  if (api.isElementAccessExpression(parent) && parent.argumentExpression === node) return false;
  if (isKeyOf(parent, node)) return false;
  if (api.isCallExpression(parent) && parent.arguments.includes(node) && loadsModule(parent))
    return false;
  return !isConstAsserted(node) && annotationAccepts(node);
}

/** Does the grammar, or the meaning of what is around it, want a literal here: types, specifiers, directives, cases? */
function wantsLiteral(parent: TypeScript.Node): boolean {
  const api = ts();
  return (
    api.isTypeNode(parent) ||
    api.isEnumMember(parent) ||
    api.isImportDeclaration(parent) ||
    api.isExportDeclaration(parent) ||
    api.isExternalModuleReference(parent) ||
    api.isModuleDeclaration(parent) ||
    api.isExpressionStatement(parent) ||
    api.isTaggedTemplateExpression(parent) ||
    api.isCaseClause(parent) ||
    api.isImportAttribute(parent) ||
    api.isComputedPropertyName(parent) ||
    api.isLiteralTypeNode(parent)
  );
}

/** Is the node the key of a member, or what a destructured name is taken from? */
function isKeyOf(parent: TypeScript.Node, node: TypeScript.Node): boolean {
  const api = ts();
  if (api.isBindingElement(parent)) return parent.name === node || parent.propertyName === node;
  const hasKey =
    api.isPropertyAssignment(parent) ||
    api.isMethodDeclaration(parent) ||
    api.isPropertyDeclaration(parent);
  return hasKey && parent.name === node;
}

/** `import('x')`, `require('x')`, `require.resolve('x')`: bundlers look for a literal. */
function loadsModule({ expression: callee }: TypeScript.CallExpression): boolean {
  const api = ts();
  if (callee.kind === api.SyntaxKind.ImportKeyword) return true;
  const root = api.isPropertyAccessExpression(callee) ? callee.expression : callee;
  return api.isIdentifier(root) && root.text === 'require';
}

function isConstAsserted(node: TypeScript.Node): boolean {
  const api = ts();
  let at = node.parent;
  while (
    api.isObjectLiteralExpression(at) ||
    api.isPropertyAssignment(at) ||
    api.isArrayLiteralExpression(at) ||
    api.isParenthesizedExpression(at) ||
    api.isSpreadElement(at) ||
    api.isSatisfiesExpression(at)
  ) {
    at = at.parent;
  }
  if (!api.isAsExpression(at) && !api.isTypeAssertionExpression(at)) return false;
  return api.isTypeReferenceNode(at.type) && at.type.typeName.getText() === 'const';
}

/** Does the annotation next to the literal take every value of its general type? Unknown types do. */
function annotationAccepts(node: TypeScript.Expression): boolean {
  const api = ts();
  const { parent } = node;
  if (
    (api.isVariableDeclaration(parent) ||
      api.isPropertyDeclaration(parent) ||
      api.isParameter(parent)) &&
    parent.type
  ) {
    return isOpenType(parent.type, 0);
  }
  if (
    (api.isAsExpression(parent) || api.isTypeAssertionExpression(parent)) &&
    parent.type.getText() !== 'const'
  ) {
    return isOpenType(parent.type, 0);
  }
  return true;
}

function isOpenType(type: TypeScript.TypeNode, depth: number): boolean {
  const api = ts();
  if (api.isLiteralTypeNode(type) || api.isTemplateLiteralTypeNode(type)) return false;
  if (api.isUnionTypeNode(type)) {
    return type.types.some(
      (part) =>
        part.kind !== api.SyntaxKind.UndefinedKeyword &&
        part.getText() !== 'null' &&
        isOpenType(part, depth),
    );
  }
  if (!api.isTypeReferenceNode(type) || depth > 5) return true;
  const name = type.typeName.getText();
  for (const statement of type.getSourceFile().statements) {
    if (api.isTypeAliasDeclaration(statement) && statement.name.text === name)
      return isOpenType(statement.type, depth + 1);
    if (api.isEnumDeclaration(statement) && statement.name.text === name) return false;
  }
  return true;
}

/** Does what is around an operand bind tighter than any operator between two: `!a`, `await a`, `a!`, `a as T`? */
function bindsTighter(parent: TypeScript.Node): boolean {
  const api = ts();
  return (
    api.isPrefixUnaryExpression(parent) ||
    api.isPostfixUnaryExpression(parent) ||
    api.isTypeOfExpression(parent) ||
    api.isVoidExpression(parent) ||
    api.isAwaitExpression(parent) ||
    api.isDeleteExpression(parent) ||
    api.isNonNullExpression(parent) ||
    api.isAsExpression(parent) ||
    api.isSatisfiesExpression(parent) ||
    api.isTypeAssertionExpression(parent) ||
    api.isExpressionWithTypeArguments(parent)
  );
}

/** Would `a ?? b` (or `a === b`) fall apart where the literal stands? */
function needsParentheses(node: TypeScript.Expression, binding: Binding): boolean {
  if (binding === 'primary') return false;
  const api = ts();
  const { parent } = node;
  const kind = api.SyntaxKind;
  if (bindsTighter(parent)) return true;
  if (
    api.isPropertyAccessExpression(parent) ||
    api.isElementAccessExpression(parent) ||
    api.isCallExpression(parent) ||
    api.isNewExpression(parent)
  )
    return parent.expression === node;
  if (binding === 'conditional' && api.isConditionalExpression(parent))
    return parent.condition === node;
  if (!api.isBinaryExpression(parent)) return false;
  const operator = parent.operatorToken.kind;
  if (operator >= kind.FirstAssignment && operator <= kind.LastAssignment) return false;
  if (operator === kind.CommaToken) return false;
  if (binding === 'conditional') return true;
  if (binding === 'equality') {
    return ![kind.BarBarToken, kind.AmpersandAmpersandToken, kind.QuestionQuestionToken].includes(
      operator,
    );
  }
  return !(operator === kind.QuestionQuestionToken && parent.right === node);
}
