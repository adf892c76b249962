import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import type { ObjectValue, PropertyValue, Value } from '../../../base/value';
import { ts } from '../ts';
import type { Evaluation } from './evaluation';
import { memberValue } from './members';

/** A value known by its annotation only; undefined for annotations that name no importable type. */
export function typedValue(
  evaluator: Evaluation,
  type: TypeScript.TypeNode,
  span: Span,
): Value | undefined {
  const api = ts();
  if (api.isUnionTypeNode(type)) {
    const named = type.types.filter((member) => api.isTypeReferenceNode(member));
    return named.length === 1 && named[0] ? typedValue(evaluator, named[0], span) : undefined;
  }
  if (api.isTypeLiteralNode(type)) return shapeValue(evaluator, type.members, span);
  if (!api.isTypeReferenceNode(type)) return undefined;
  const own = api.isIdentifier(type.typeName)
    ? evaluator.bound.types.get(type.typeName.text)
    : undefined;
  if (own) {
    if (api.isInterfaceDeclaration(own)) return shapeValue(evaluator, own.members, span);
    return api.isTypeLiteralNode(own.type)
      ? shapeValue(evaluator, own.type.members, span)
      : undefined;
  }
  const reference = typeNameValue(evaluator, type.typeName);
  return reference && { kind: 'typed', type: reference, span };
}

/** What the name of a type refers to: an import, a class of the file, a global. */
export function typeNameValue(
  evaluator: Evaluation,
  name: TypeScript.EntityName,
): Value | undefined {
  if (ts().isQualifiedName(name)) {
    const left = typeNameValue(evaluator, name.left);
    return left && memberValue(evaluator, left, name.right.text, evaluator.span(name), 0);
  }
  const declaration = evaluator.bound.lookup(name.text, name);
  if (!declaration) return { kind: 'global', name: name.text, span: evaluator.span(name) };
  if (declaration.kind === 'import' || declaration.kind === 'class')
    return evaluator.declared(declaration, evaluator.span(name), 0);
  return undefined;
}

/** An object of which only the types of its members are known: `({ app }: { app: express.Application })`. */
function shapeValue(
  evaluator: Evaluation,
  members: TypeScript.NodeArray<TypeScript.TypeElement>,
  span: Span,
): ObjectValue {
  const api = ts();
  const properties: PropertyValue[] = [];
  for (const member of members) {
    if (!api.isPropertySignature(member) || !member.type || !api.isIdentifier(member.name))
      continue;
    // One level only: types that refer to themselves would never end.
    if (!api.isTypeReferenceNode(member.type)) continue;
    const type = typeNameValue(evaluator, member.type.typeName);
    if (!type) continue;
    const keySpan = evaluator.span(member.name);
    properties.push({ key: member.name.text, keySpan, value: { kind: 'typed', type, span } });
  }
  return { kind: 'object', properties, spreads: [{ kind: 'unknown', span }], span };
}
