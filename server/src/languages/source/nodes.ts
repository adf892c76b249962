import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import type { SourceSyntax } from './syntax';
import { ts } from './ts';

/** The span of a node without the white space and comments in front of it. */
export function spanOf(node: TypeScript.Node): Span {
  return { start: node.getStart(), end: node.end };
}

/** The innermost node that covers a span; undefined outside the file. */
export function nodeAround(syntax: SourceSyntax, span: Span): TypeScript.Node | undefined {
  const { sourceFile } = syntax;
  if (span.start < 0 || span.end > sourceFile.end) return undefined;
  let found: TypeScript.Node = sourceFile;
  for (;;) {
    const inner: TypeScript.Node | undefined = ts().forEachChild(found, (child) =>
      child.getStart(sourceFile) <= span.start && span.end <= child.end ? child : undefined,
    );
    if (!inner) return found;
    found = inner;
  }
}

/** The nearest node above that satisfies a test. */
export function ancestor<T extends TypeScript.Node>(
  node: TypeScript.Node,
  test: (node: TypeScript.Node) => node is T,
): T | undefined {
  let up = node.parent as TypeScript.Node | undefined;
  while (up && !test(up)) up = up.parent;
  return up;
}

/** Parentheses, `as`, `satisfies`, `!` around an expression taken away. */
export function unwrap(expression: TypeScript.Expression): TypeScript.Expression {
  const api = ts();
  let inner = expression;
  while (
    api.isParenthesizedExpression(inner) ||
    api.isAsExpression(inner) ||
    api.isSatisfiesExpression(inner) ||
    api.isNonNullExpression(inner) ||
    api.isTypeAssertionExpression(inner)
  ) {
    inner = inner.expression;
  }
  return inner;
}

/** `null` and `undefined`, also with a type asserted: what stands where nothing is there yet. */
export function isNothing(expression: TypeScript.Expression): boolean {
  const api = ts();
  const inner = unwrap(expression);
  return (
    inner.kind === api.SyntaxKind.NullKeyword ||
    (api.isIdentifier(inner) && inner.text === 'undefined')
  );
}

/** The names in a binding: one, or those that a pattern takes apart. */
export function boundNames(name: TypeScript.BindingName): TypeScript.Identifier[] {
  const api = ts();
  if (api.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) =>
    api.isBindingElement(element) ? boundNames(element.name) : [],
  );
}
