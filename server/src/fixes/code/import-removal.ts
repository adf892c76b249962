import type * as TypeScript from 'typescript';
import { contains, type Span } from '../../base/span';
import { removal } from '../../engine/edits/edits';
import type { TextEdit } from '../../engine/finding';
import { spanOf } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { importBindings, listOf, type ImportBinding } from './import-bindings';
import { removeFromList } from './lists';
import { mentions } from './nodes';
import { wholeLines } from './text';

/**
 * Takes an import away when nothing uses it any more.
 * @param removed spans of the file that the fix takes away, too; uses in there do not count
 */
export function removeUnusedImport(
  syntax: SourceSyntax,
  local: string,
  removed: readonly Span[],
): TextEdit[] {
  const all = importBindings(syntax);
  const binding = all.find((one) => one.local === local);
  if (!binding) return [];
  const gone = (span: Span): boolean => removed.some((one) => contains(one, span));
  const isGone = (node: TypeScript.Node): boolean => gone(spanOf(node));
  const isUnused = ({ node, local: name }: ImportBinding): boolean => {
    const own = spanOf(node);
    if (isGone(node)) return true;
    return mentions(syntax, name).every((identifier) => {
      const span = spanOf(identifier);
      return gone(span) || contains(own, span);
    });
  };
  if (isGone(binding.node) || !isUnused(binding)) return [];
  // What else of the statement is unused goes along, so that no two edits take away the same comma.
  const siblings = all.filter(({ statement }) => statement === binding.statement);
  return removeBindings(
    syntax,
    binding,
    siblings.filter((one) => isUnused(one) && mentions(syntax, one.local).some(isGone)),
    siblings.length,
  );
}

function removeBindings(
  syntax: SourceSyntax,
  binding: ImportBinding,
  unused: readonly ImportBinding[],
  total: number,
): TextEdit[] {
  const api = ts();
  if (unused.length === total && total > 1)
    return [removal(wholeLines(syntax.text, spanOf(binding.statement)))];
  const list = binding.node.parent as TypeScript.Node | undefined;
  const together = unused.filter(({ node }) => node.parent === list);
  if (list && together.length > 1) {
    if (api.isNamedImports(list) && together.length < list.elements.length)
      return removeFromList(
        listOf(syntax.text, list, list.elements),
        ...together.map(({ node }) => list.elements.indexOf(node as TypeScript.ImportSpecifier)),
      );
    if (api.isObjectBindingPattern(list) && together.length < list.elements.length)
      return removeFromList(
        listOf(syntax.text, list, list.elements),
        ...together.map(({ node }) => list.elements.indexOf(node as TypeScript.BindingElement)),
      );
  }
  return removeBinding(syntax, binding);
}

function removeBinding(syntax: SourceSyntax, binding: ImportBinding): TextEdit[] {
  const api = ts();
  const { text } = syntax;
  const { node, statement } = binding;
  if (api.isImportSpecifier(node) && node.parent.elements.length > 1) {
    return removeFromList(
      listOf(text, node.parent, node.parent.elements),
      node.parent.elements.indexOf(node),
    );
  }
  if (
    api.isBindingElement(node) &&
    api.isObjectBindingPattern(node.parent) &&
    node.parent.elements.length > 1
  ) {
    return removeFromList(
      listOf(text, node.parent, node.parent.elements),
      node.parent.elements.indexOf(node),
    );
  }
  if (
    api.isImportDeclaration(statement) &&
    statement.importClause?.name &&
    statement.importClause.namedBindings
  ) {
    const { name, namedBindings } = statement.importClause;
    if (node === name) return [removal({ start: name.getStart(), end: namedBindings.getStart() })];
    return [removal({ start: name.end, end: namedBindings.end })];
  }
  if (api.isVariableStatement(statement) && statement.declarationList.declarations.length > 1) {
    const { declarations } = statement.declarationList;
    const index = declarations.findIndex((one) => one.pos <= node.pos && node.end <= one.end);
    const before = declarations[index - 1];
    const own = declarations[index];
    const next = declarations[index + 1];
    if (!own) return [];
    if (before) return [removal({ start: before.end, end: own.end })];
    return next ? [removal({ start: own.getStart(), end: next.getStart() })] : [];
  }
  return [removal(wholeLines(text, spanOf(statement)))];
}
