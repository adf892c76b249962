import type * as TypeScript from 'typescript';
import type { Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { normaliseSpecifier } from '../imports';
import { ts } from '../ts';
import type { Evaluation } from './evaluation';
import { memberValue } from './members';
import { typeNameValue } from './types';

/** The value of a name that an import declares; `node` is the clause, specifier or `import x = …` it stands in. */
export function importBindingValue(
  evaluator: Evaluation,
  node: TypeScript.Node,
  span: Span,
): Value {
  const api = ts();
  if (api.isImportEqualsDeclaration(node)) {
    const reference = node.moduleReference;
    if (!api.isExternalModuleReference(reference))
      return typeNameValue(evaluator, reference) ?? { kind: 'unknown', span };
    return api.isStringLiteralLike(reference.expression)
      ? importedValue(evaluator, reference.expression.text, [], span)
      : { kind: 'unknown', span };
  }
  let declaration = node;
  while (!api.isImportDeclaration(declaration)) declaration = declaration.parent;
  const { moduleSpecifier } = declaration;
  const specifier = api.isStringLiteralLike(moduleSpecifier) ? moduleSpecifier.text : '';
  if (!api.isImportSpecifier(node)) return importedValue(evaluator, specifier, [], span);
  const name = (node.propertyName ?? node.name).text;
  return importedValue(evaluator, specifier, name === 'default' ? [] : [name], span);
}

/** An import value; notes the module so that it is read in detail. */
export function importedValue(
  evaluator: Evaluation,
  specifier: string,
  members: readonly string[],
  span: Span,
): Value {
  evaluator.referencedSpecifiers.add(specifier);
  const name = normaliseSpecifier(specifier);
  // The global `process` by another road.
  if (name === 'process')
    return members.reduce<Value>(
      (object, member) => memberValue(evaluator, object, member, span, 0),
      { kind: 'global', name, span },
    );
  const [member] = members;
  if (member !== undefined && members.length === 1) {
    if (ENVIRONMENT_BY_NAME.test(specifier)) return { kind: 'env', name: member, span };
    if (member === 'env' && ENVIRONMENT_AS_A_WHOLE.test(specifier))
      return { kind: 'env', name: '*', span };
  }
  return { kind: 'import', specifier: name, members, span };
}

/** Modules of frameworks that export variables of the environment by their names, and those that export all of it as `env`. */
const ENVIRONMENT_BY_NAME = /^(?:\$env\/static\/(?:public|private)|astro:env\/(?:client|server))$/;
const ENVIRONMENT_AS_A_WHOLE = /^\$env\/dynamic\/(?:public|private)$/;
