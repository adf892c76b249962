import type * as TypeScript from 'typescript';
import { insertion } from '../../engine/edits/edits';
import type { TextEdit } from '../../engine/finding';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { visit } from './nodes';
import type { SourceStyle } from './style';
import { indentOf } from './text';

/**
 * Adds a member to the type that an annotation names or is, written as its last one is.
 * @param annotation a type literal, or the name of a type of the same file
 * @returns undefined where the type is no literal or interface of the file, or has no members
 */
export function addTypeMember(
  syntax: SourceSyntax,
  style: SourceStyle,
  annotation: TypeScript.TypeNode,
  key: string,
  type: string,
): TextEdit[] | undefined {
  const holder = membersOf(syntax, annotation);
  const last = holder?.[holder.length - 1];
  if (!last) return undefined;
  const written = last.getText();
  const end = /[;,]$/.exec(written)?.[0] ?? '';
  const member = `${written.startsWith('readonly ') ? 'readonly ' : ''}${key}: ${type}${end}`;
  const isOneLine = !syntax.text.slice(last.pos, last.getStart()).includes('\n');
  if (isOneLine) return [insertion(last.end, `${end === '' ? ';' : ''} ${member}`)];
  return [insertion(last.end, style.lineEnd + indentOf(syntax.text, last.getStart()) + member)];
}

function membersOf(
  syntax: SourceSyntax,
  annotation: TypeScript.TypeNode,
): readonly TypeScript.TypeElement[] | undefined {
  const api = ts();
  if (api.isTypeLiteralNode(annotation)) return annotation.members;
  const name = annotation.getText();
  let found: readonly TypeScript.TypeElement[] | undefined;
  visit(syntax.sourceFile, (node) => {
    if (api.isInterfaceDeclaration(node) && node.name.text === name) found ??= node.members;
    if (api.isTypeAliasDeclaration(node) && node.name.text === name)
      if (api.isTypeLiteralNode(node.type)) found ??= node.type.members;
    return !found;
  });
  return found;
}

/** What a name of a file stands for as a type; the annotation itself where it is none. */
export function aliasedType(
  syntax: SourceSyntax,
  annotation: TypeScript.TypeNode,
): TypeScript.TypeNode {
  const alias = syntax.sourceFile.statements.find(
    (one): one is TypeScript.TypeAliasDeclaration =>
      ts().isTypeAliasDeclaration(one) && one.name.text === annotation.getText(),
  );
  return alias?.type ?? annotation;
}
