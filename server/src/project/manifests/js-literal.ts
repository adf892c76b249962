import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import { readEscape } from '../../languages/json';
import {
  alignText,
  fromPieces,
  opaqueText,
  plainText,
  type MappedText,
} from '../../languages/mapped-text';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';

/** What a configuration file written in JavaScript says, as far as it is written out. */
export type JsLiteral =
  | { readonly kind: 'string'; readonly text: MappedText; readonly span: Span }
  | { readonly kind: 'value'; readonly value: number | boolean | null; readonly span: Span }
  | { readonly kind: 'object'; readonly entries: readonly JsEntry[]; readonly span: Span }
  | { readonly kind: 'array'; readonly items: readonly JsLiteral[]; readonly span: Span }
  | { readonly kind: 'unknown'; readonly span: Span };

export interface JsEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsLiteral;
}

type Expression = TypeScript.Expression;
type Names = ReadonlyMap<string, Expression | TypeScript.FunctionLikeDeclaration | JsLiteral>;

/**
 * Evaluates what a configuration module exports (`module.exports`, `export default`): literals, constants of the same file,
 * functions that only return an expression, `path.join(__dirname, …)`, and the command helpers of `nps-utils`. Nothing is run.
 */
export function moduleLiteral(syntax: SourceSyntax): JsLiteral | undefined {
  const api = ts();
  const names = new Map<string, Expression | TypeScript.FunctionLikeDeclaration>();
  let exported: Expression | undefined;
  for (const statement of syntax.sourceFile.statements) {
    if (api.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (api.isIdentifier(name) && initializer) names.set(name.text, initializer);
      }
    } else if (api.isFunctionDeclaration(statement) && statement.name) {
      names.set(statement.name.text, statement);
    } else if (api.isExportAssignment(statement)) {
      exported = statement.expression;
    } else if (
      api.isExpressionStatement(statement) &&
      api.isBinaryExpression(statement.expression)
    ) {
      const { left, right, operatorToken } = statement.expression;
      const isExports =
        api.isPropertyAccessExpression(left) &&
        api.isIdentifier(left.expression) &&
        left.expression.text === 'module';
      if (isExports && operatorToken.kind === api.SyntaxKind.EqualsToken) exported = right;
    }
  }
  return exported && evaluate(exported, names, { syntax, depth: 0 });
}

/** The value of a key of an object literal. */
export function literalAt(
  literal: JsLiteral | undefined,
  ...path: readonly string[]
): JsLiteral | undefined {
  let found = literal;
  for (const key of path) {
    found =
      found?.kind === 'object'
        ? found.entries.findLast((entry) => entry.key === key)?.value
        : undefined;
  }
  return found;
}

/** A string literal's text. */
export function literalText(literal: JsLiteral | undefined): MappedText | undefined {
  return literal?.kind === 'string' ? literal.text : undefined;
}

interface Context {
  readonly syntax: SourceSyntax;
  readonly depth: number;
}

// eslint-disable-next-line complexity -- one line for each kind of expression
function evaluate(node: Expression, names: Names, context: Context): JsLiteral {
  const api = ts();
  const span = spanOf(node, context);
  const unknown: JsLiteral = { kind: 'unknown', span };
  if (context.depth > 12) return unknown;
  const deeper = { ...context, depth: context.depth + 1 };
  if (
    api.isParenthesizedExpression(node) ||
    api.isAsExpression(node) ||
    api.isSatisfiesExpression(node)
  ) {
    return evaluate(node.expression, names, deeper);
  }
  if (api.isStringLiteralLike(node))
    return { kind: 'string', text: stringText(node.text, span, context), span };
  if (api.isNumericLiteral(node)) return { kind: 'value', value: Number(node.text), span };
  if (node.kind === api.SyntaxKind.TrueKeyword) return { kind: 'value', value: true, span };
  if (node.kind === api.SyntaxKind.FalseKeyword) return { kind: 'value', value: false, span };
  if (node.kind === api.SyntaxKind.NullKeyword) return { kind: 'value', value: null, span };
  if (api.isTemplateExpression(node)) return template(node, names, deeper);
  if (api.isArrayLiteralExpression(node)) {
    return {
      kind: 'array',
      items: node.elements.map((item) => evaluate(item, names, deeper)),
      span,
    };
  }
  if (api.isObjectLiteralExpression(node))
    return { kind: 'object', entries: objectEntries(node, names, deeper), span };
  if (api.isIdentifier(node)) return named(node.text, names, deeper) ?? unknown;
  if (api.isBinaryExpression(node)) return binary(node, names, deeper);
  if (api.isCallExpression(node)) return call(node, names, deeper);
  if (api.isConditionalExpression(node)) return evaluate(node.whenTrue, names, deeper);
  if (api.isArrowFunction(node) || api.isFunctionExpression(node))
    return returned(node, names, [], deeper) ?? unknown;
  return unknown;
}

function named(name: string, names: Names, context: Context): JsLiteral | undefined {
  const found = names.get(name);
  if (!found) return undefined;
  if (isLiteral(found)) return found;
  if (ts().isFunctionDeclaration(found)) return undefined;
  return evaluate(found as Expression, names, context);
}

function isLiteral(
  found: Expression | TypeScript.FunctionLikeDeclaration | JsLiteral,
): found is JsLiteral {
  return typeof found.kind === 'string';
}

function objectEntries(
  node: TypeScript.ObjectLiteralExpression,
  names: Names,
  context: Context,
): JsEntry[] {
  const api = ts();
  return node.properties.flatMap((property): JsEntry[] => {
    if (api.isSpreadAssignment(property)) {
      const spread = evaluate(property.expression, names, context);
      return spread.kind === 'object' ? [...spread.entries] : [];
    }
    const { name } = property;
    const plain =
      api.isIdentifier(name) || api.isStringLiteralLike(name) || api.isNumericLiteral(name);
    if (!plain) return [];
    const keySpan = spanOf(name, context);
    if (api.isPropertyAssignment(property)) {
      return [{ key: name.text, keySpan, value: evaluate(property.initializer, names, context) }];
    }
    if (api.isShorthandPropertyAssignment(property)) {
      return [
        {
          key: name.text,
          keySpan,
          value: named(name.text, names, context) ?? { kind: 'unknown', span: keySpan },
        },
      ];
    }
    return [];
  });
}

function binary(node: TypeScript.BinaryExpression, names: Names, context: Context): JsLiteral {
  const api = ts();
  const { kind } = node.operatorToken;
  const left = evaluate(node.left, names, context);
  const right = evaluate(node.right, names, context);
  // `process.env.X || 'literal'`: the literal is what is written here.
  if (kind === api.SyntaxKind.BarBarToken || kind === api.SyntaxKind.QuestionQuestionToken) {
    return left.kind === 'unknown' ? right : left;
  }
  if (kind === api.SyntaxKind.PlusToken)
    return concatenate([left, right], '', spanOf(node, context));
  return { kind: 'unknown', span: spanOf(node, context) };
}

function template(node: TypeScript.TemplateExpression, names: Names, context: Context): JsLiteral {
  const parts: JsLiteral[] = [literalPart(node.head, context)];
  for (const { expression, literal } of node.templateSpans) {
    const value = evaluate(expression, names, context);
    const written = context.syntax.text.slice(value.span.start, value.span.end);
    parts.push(
      value.kind === 'unknown' ? asText(`\${${written}}`, value.span) : value,
      literalPart(literal, context),
    );
  }
  return concatenate(parts, '', spanOf(node, context));
}

function literalPart(
  node: TypeScript.TemplateHead | TypeScript.TemplateMiddle | TypeScript.TemplateTail,
  context: Context,
): JsLiteral {
  const whole = spanOf(node, context);
  const end = ts().isTemplateTail(node) ? 1 : 2;
  const span = { start: whole.start + 1, end: whole.end - end };
  const exact = context.syntax.text.slice(span.start, span.end) === node.text;
  return {
    kind: 'string',
    text: exact ? plainText(node.text, span.start) : opaqueText(node.text, span),
    span,
  };
}

function call(node: TypeScript.CallExpression, names: Names, context: Context): JsLiteral {
  const api = ts();
  const span = spanOf(node, context);
  const args = node.arguments.map((argument) => evaluate(argument, names, context));
  const { expression } = node;
  if (api.isIdentifier(expression)) {
    const found = names.get(expression.text);
    if (found && !isLiteral(found)) {
      const result = returned(found, names, args, context);
      // What a person would change is the call, not the helper that makes text of it.
      if (result) return result.kind === 'string' ? asText(result.text.text, span) : result;
    }
    return helperCall(expression.text, args, span);
  }
  if (api.isPropertyAccessExpression(expression)) {
    const owner = api.isIdentifier(expression.expression) ? expression.expression.text : '';
    const method = expression.name.text;
    if (owner === 'path' && (method === 'join' || method === 'resolve')) return joined(args, span);
    if (method === 'nps')
      return helperCall(
        owner,
        args.map((one) => concatenate([asText('nps ', one.span), one], '', one.span)),
        span,
      );
    if (method === 'join' && args.length < 2) {
      const list = evaluate(expression.expression, names, context);
      const separator = literalText(args[0])?.text ?? ',';
      if (list.kind === 'array') return concatenate(list.items, separator, span);
    }
  }
  return args.length === 1 && args[0]?.kind === 'object' ? args[0] : { kind: 'unknown', span };
}

/** `nps-utils`: commands made from commands. */
function helperCall(name: string, args: readonly JsLiteral[], span: Span): JsLiteral {
  const [first] = args;
  switch (name) {
    case 'series':
      return concatenate(args, ' && ', span);
    case 'concurrent':
    case 'runInNewWindow': {
      const commands =
        first?.kind === 'object'
          ? first.entries.map(({ value }) => literalAt(value, 'script') ?? value)
          : args;
      return concatenate(commands, ' & ', span);
    }
    case 'rimraf':
    case 'copy':
    case 'ncp':
    case 'mkdirp':
      return first?.kind === 'string'
        ? asText(`${name} ${first.text.text}`, span)
        : { kind: 'unknown', span };
    case 'crossEnv':
      return first?.kind === 'string'
        ? asText(`cross-env ${first.text.text}`, span)
        : { kind: 'unknown', span };
    // `defineConfig({ … })` and the like hand their argument on.
    default:
      return args.length === 1 && first?.kind === 'object' ? first : { kind: 'unknown', span };
  }
}

function returned(
  callee: Expression | TypeScript.FunctionLikeDeclaration,
  names: Names,
  args: readonly JsLiteral[],
  context: Context,
): JsLiteral | undefined {
  const api = ts();
  if (
    !api.isFunctionDeclaration(callee) &&
    !api.isArrowFunction(callee) &&
    !api.isFunctionExpression(callee)
  )
    return undefined;
  const { body } = callee;
  if (!body) return undefined;
  const result = api.isBlock(body)
    ? body.statements
        .flatMap((statement) =>
          api.isReturnStatement(statement) ? (statement.expression ?? []) : [],
        )
        .at(-1)
    : body;
  if (!result) return undefined;
  const inner = new Map<string, Expression | TypeScript.FunctionLikeDeclaration | JsLiteral>(names);
  callee.parameters.forEach(({ name }, index) => {
    const value = args[index];
    if (api.isIdentifier(name) && value) inner.set(name.text, value);
  });
  return evaluate(result, inner, { ...context, depth: context.depth + 1 });
}

/** `path.join(__dirname, 'a', 'b')`: relative to the file. */
function joined(args: readonly JsLiteral[], span: Span): JsLiteral {
  const parts = args[0]?.kind === 'unknown' ? args.slice(1) : args;
  return concatenate(parts, '/', span);
}

function concatenate(parts: readonly JsLiteral[], separator: string, span: Span): JsLiteral {
  const pieces = [];
  for (const [index, part] of parts.entries()) {
    if (index > 0 && separator !== '') pieces.push({ text: separator, span });
    if (part.kind === 'string') pieces.push(...part.text.pieces);
    else if (part.kind === 'value') pieces.push({ text: String(part.value), span: part.span });
    else return { kind: 'unknown', span };
  }
  return { kind: 'string', text: fromPieces(pieces, span.start), span };
}

function asText(text: string, span: Span): JsLiteral {
  return { kind: 'string', text: opaqueText(text, span), span };
}

function stringText(value: string, span: Span, { syntax }: Context): MappedText {
  const inner = { start: span.start + 1, end: Math.max(span.start + 1, span.end - 1) };
  if (syntax.text.slice(inner.start, inner.end) === value) return plainText(value, inner.start);
  return alignText(syntax.text, inner, value, { skippable: /[\\\r\n]/, escape: readEscape });
}

function spanOf(node: TypeScript.Node, { syntax }: Context): Span {
  return { start: node.getStart(syntax.sourceFile), end: node.end };
}
