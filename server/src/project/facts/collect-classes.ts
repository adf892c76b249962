import type * as TypeScript from 'typescript';
import type { Value } from '../../base/value';
import type { BoundSource } from '../../languages/source/bind';
import type { Evaluator } from '../../languages/source/evaluate';
import { ts } from '../../languages/source/ts';
import { collectDecorators } from './collect-decorators';
import type { ClassFact } from './facts';

/** Every class of the file, with its members. */
export function collectClasses(bound: BoundSource, evaluator: Evaluator): ClassFact[] {
  const api = ts();
  return bound.classes.map((node, id): ClassFact => {
    const heritage = node.heritageClauses?.find(
      (clause) => clause.token === api.SyntaxKind.ExtendsKeyword,
    )?.types[0];
    const members = node.members.flatMap((member) => {
      const name =
        member.name &&
        (api.isIdentifier(member.name) ||
          api.isStringLiteral(member.name) ||
          api.isPrivateIdentifier(member.name))
          ? member.name.text
          : undefined;
      if (name === undefined) return [];
      const isStatic =
        api.canHaveModifiers(member) &&
        (api
          .getModifiers(member)
          ?.some((modifier) => modifier.kind === api.SyntaxKind.StaticKeyword) ??
          false);
      const value = memberValue(member, bound, evaluator);
      return value ? [{ name, value, isStatic }] : [];
    });
    for (const parameter of node.members.find((member) => api.isConstructorDeclaration(member))
      ?.parameters ?? []) {
      if (!api.isIdentifier(parameter.name) || !parameter.modifiers?.length || !parameter.type)
        continue;
      const value = evaluator.typed(parameter.type, evaluator.span(parameter));
      if (value) members.push({ name: parameter.name.text, value, isStatic: false });
    }
    for (const [name, expression] of evaluator.assignedToThis(node)) {
      const declared = members.findIndex((member) => member.name === name);
      if (declared !== -1 && members[declared]?.value.kind !== 'typed') continue;
      const value = evaluator.evaluate(expression);
      if (value.kind === 'unknown' || value.kind === 'parameter') continue;
      if (declared !== -1) members.splice(declared, 1);
      members.push({ name, value, isStatic: false });
    }
    return {
      id,
      name: node.name?.text,
      span: evaluator.span(node.name ?? node),
      ...(heritage ? { extends: evaluator.evaluate(heritage.expression) } : {}),
      decorators: collectDecorators(node, evaluator),
      members,
    };
  });
}

function memberValue(
  member: TypeScript.ClassElement,
  bound: BoundSource,
  evaluator: Evaluator,
): Value | undefined {
  const api = ts();
  // Reading a getter gives what it returns.
  const got = api.isGetAccessor(member) ? evaluator.returned(member, 0) : undefined;
  if (got && got.kind !== 'unknown') return got;
  if (api.isMethodDeclaration(member) || api.isGetAccessor(member) || api.isSetAccessor(member))
    return {
      kind: 'function',
      id: bound.functionId(member),
      isClass: false,
      span: evaluator.span(member),
    };
  if (!api.isPropertyDeclaration(member)) return undefined;
  if (member.initializer) return evaluator.evaluate(member.initializer);
  return member.type ? evaluator.typed(member.type, evaluator.span(member)) : undefined;
}
