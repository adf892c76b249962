import type * as TypeScript from 'typescript';
import type { Value } from '../../base/value';
import type { BoundSource, ClassNode } from '../../languages/source/bind';
import type { Evaluator } from '../../languages/source/evaluate';
import { isNothing } from '../../languages/source/nodes';
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
    const interfaces = interfaceNames(node);
    const members = node.members.flatMap((member) => {
      const name = nameOf(member);
      if (name === undefined) return [];
      const value = memberValue(member, bound, evaluator);
      return value ? [{ name, value, isStatic: isStatic(member) }] : [];
    });
    members.push(...parameterProperties(node, evaluator));
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
      ...(interfaces.length > 0 ? { implements: interfaces } : {}),
      decorators: collectDecorators(node, evaluator),
      members,
    };
  });
}

/** `class DiskStorage implements Storage, files.Reader` → `Storage`, `Reader` */
function interfaceNames(node: ClassNode): readonly string[] {
  const api = ts();
  const clause = node.heritageClauses?.find(
    ({ token }) => token === api.SyntaxKind.ImplementsKeyword,
  );
  return (clause?.types ?? []).flatMap(({ expression }) => {
    if (api.isIdentifier(expression)) return [expression.text];
    return api.isPropertyAccessExpression(expression) ? [expression.name.text] : [];
  });
}

/** `constructor(private readonly service: Service)` */
function parameterProperties(node: ClassNode, evaluator: Evaluator): ClassFact['members'] {
  const api = ts();
  const maker = node.members.find((member) => api.isConstructorDeclaration(member));
  return (maker?.parameters ?? []).flatMap((parameter) => {
    const { name, modifiers, type, initializer } = parameter;
    if (!api.isIdentifier(name) || !modifiers?.length) return [];
    const typed = type && evaluator.typed(type, evaluator.span(parameter));
    const value = typed ?? (initializer ? evaluator.evaluate(name) : undefined);
    return value ? [{ name: name.text, value, isStatic: false }] : [];
  });
}

function isStatic(member: TypeScript.ClassElement): boolean {
  const api = ts();
  const modifiers = api.canHaveModifiers(member) ? api.getModifiers(member) : undefined;
  return modifiers?.some((modifier) => modifier.kind === api.SyntaxKind.StaticKeyword) === true;
}

function nameOf({ name }: TypeScript.ClassElement): string | undefined {
  const api = ts();
  const isText =
    name && (api.isIdentifier(name) || api.isStringLiteral(name) || api.isPrivateIdentifier(name));
  return isText ? name.text : undefined;
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
  if (member.initializer && !(member.type && isNothing(member.initializer)))
    return evaluator.evaluate(member.initializer);
  return member.type ? evaluator.typed(member.type, evaluator.span(member)) : undefined;
}
