import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import { ancestor, nodeAround } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';

/**
 * The outermost node that has exactly this span and satisfies a test.
 * @param test e.g. `ts().isCallExpression`
 */
export function nodeAt<T extends TypeScript.Node>(
  syntax: SourceSyntax,
  span: Span,
  test: (node: TypeScript.Node) => node is T,
): T | undefined {
  let found: T | undefined;
  let node = nodeAround(syntax, span);
  while (node && node.getStart(syntax.sourceFile) === span.start && node.end === span.end) {
    if (test(node)) found = node;
    node = node.parent;
  }
  return found;
}

/**
 * The nearest node that covers a span and satisfies a test.
 * @param test e.g. `ts().isCallExpression`
 */
export function nodeOver<T extends TypeScript.Node>(
  syntax: SourceSyntax,
  span: Span,
  test: (node: TypeScript.Node) => node is T,
): T | undefined {
  const node = nodeAround(syntax, span);
  if (!node) return undefined;
  return test(node) ? node : ancestor(node, test);
}

/** Calls back for every node below, in source order; answering `false` skips the children. */
export function visit(node: TypeScript.Node, each: (node: TypeScript.Node) => unknown): void {
  ts().forEachChild(node, (child) => {
    if (each(child) !== false) visit(child, each);
  });
}

/** The statement of the module's own top level that holds a node. */
export function topLevelStatement(node: TypeScript.Node): TypeScript.Statement | undefined {
  let at = node;
  while (at.parent as TypeScript.Node | undefined) {
    if (ts().isSourceFile(at.parent)) return at as TypeScript.Statement;
    at = at.parent;
  }
  return undefined;
}

/** The statement directly in a block, module, case clause or the like, that holds a node. */
export function enclosingStatement(node: TypeScript.Node): TypeScript.Statement | undefined {
  const api = ts();
  let at = node;
  while (at.parent as TypeScript.Node | undefined) {
    const { parent } = at;
    if (
      api.isSourceFile(parent) ||
      api.isBlock(parent) ||
      api.isModuleBlock(parent) ||
      api.isCaseOrDefaultClause(parent)
    ) {
      return api.isStatement(at) ? at : undefined;
    }
    at = parent;
  }
  return undefined;
}

/** Does an identifier only name a member, key or label, so that it is no use of a variable? */
function isMemberName(node: TypeScript.Identifier): boolean {
  const api = ts();
  const { parent } = node;
  if (api.isBindingElement(parent) || api.isImportSpecifier(parent))
    return parent.propertyName === node;
  if (api.isQualifiedName(parent)) return parent.right === node;
  const hasMemberName =
    api.isPropertyAccessExpression(parent) ||
    api.isPropertyAssignment(parent) ||
    api.isPropertySignature(parent) ||
    api.isPropertyDeclaration(parent) ||
    api.isMethodDeclaration(parent) ||
    api.isMethodSignature(parent) ||
    api.isJsxAttribute(parent) ||
    api.isEnumMember(parent);
  return hasMemberName && parent.name === node;
}

/** Every identifier of this name that is a variable or type (declarations included), in source order. */
export function mentions(syntax: SourceSyntax, name: string): TypeScript.Identifier[] {
  const found: TypeScript.Identifier[] = [];
  if (!syntax.text.includes(name)) return found;
  visit(syntax.sourceFile, (node) => {
    if (ts().isIdentifier(node) && node.text === name && !isMemberName(node)) found.push(node);
  });
  return found;
}

/** A variable name that the file does not use yet: the first free one of the given, then numbered. */
export function freeName(syntax: SourceSyntax, ...preferred: readonly string[]): string {
  for (const name of preferred) if (mentions(syntax, name).length === 0) return name;
  const base = preferred[preferred.length - 1] ?? 'value';
  let number = 2;
  while (mentions(syntax, `${base}${number}`).length > 0) number += 1;
  return `${base}${number}`;
}

/** `require('x')` → `x`. */
export function requiredSpecifier(node: TypeScript.Node): string | undefined {
  const api = ts();
  if (!api.isCallExpression(node) || !api.isIdentifier(node.expression)) return undefined;
  const [argument] = node.arguments;
  if (node.expression.text !== 'require' || !argument || !api.isStringLiteralLike(argument))
    return undefined;
  return argument.text;
}

/** Text of a property name or member name that is known without running anything. */
export function staticName(
  name: TypeScript.PropertyName | TypeScript.BindingName,
): string | undefined {
  const api = ts();
  if (api.isIdentifier(name) || api.isStringLiteralLike(name) || api.isNumericLiteral(name))
    return name.text;
  return undefined;
}
