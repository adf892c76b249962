import type * as TypeScript from 'typescript';
import { unwrap } from '../languages/source/nodes';
import type { SourceSyntax } from '../languages/source/syntax';
import { ts } from '../languages/source/ts';
import { importBindings } from './code/import-bindings';
import { requiredSpecifier, staticName } from './code/nodes';

/** A name that holds what a known call made. */
export interface KnownName {
  readonly canonical: string;
  readonly initializer: TypeScript.Expression;
  readonly declaration: TypeScript.Node;
  /** Where it can be seen. */
  readonly scope: TypeScript.Node | undefined;
  /** It holds that wherever it can be seen; a closure sees a reassigned variable as possibly not set yet. */
  readonly isAlwaysSet: boolean;
}

/**
 * Variables visible at a place, and members of the class around it (`this.pool`), with the canonical name of the call that made
 * them, in source order.
 */
export function canonicalNames(
  syntax: SourceSyntax,
  place: TypeScript.Node,
): Map<string, KnownName> {
  const variables = visibleNames(place);
  const imported = new Set(importBindings(syntax).map(({ local }) => local));
  const known = new Map<string, KnownName>();
  for (const [name, variable] of variables) {
    if (imported.has(name)) continue;
    const canonical = canonicalOf(syntax, variable.initializer, variables);
    if (canonical !== undefined && isOpening(variable.initializer))
      known.set(name, { canonical, ...variable });
  }
  return known;
}

/** A name and where its value comes from. */
export type Variable = Omit<KnownName, 'canonical'>;

/** Variables and members visible at a place that have a value there, whatever it is. */
export function visibleNames(place: TypeScript.Node): Map<string, Variable> {
  return new Map([...visibleVariables(place), ...visibleMembers(place)]);
}

function visibleVariables(place: TypeScript.Node): Map<string, Variable> {
  const api = ts();
  const found = new Map<string, Variable>();
  const scopes: (TypeScript.SourceFile | TypeScript.Block | TypeScript.ModuleBlock)[] = [];
  for (
    let at: TypeScript.Node | undefined = place;
    at;
    at = at.parent as TypeScript.Node | undefined
  ) {
    if (api.isSourceFile(at) || api.isBlock(at) || api.isModuleBlock(at)) scopes.unshift(at);
  }
  for (const { statements } of scopes) {
    for (const statement of statements) {
      if (!api.isVariableStatement(statement)) continue;
      for (const declaration of statement.declarationList.declarations) {
        const name = staticName(declaration.name);
        const { initializer } = declaration;
        if (name === undefined || !initializer) continue;
        const isAlwaysSet = (declaration.parent.flags & api.NodeFlags.Const) !== 0;
        found.set(name, { initializer, declaration, scope: statement.parent, isAlwaysSet });
      }
    }
  }
  return found;
}

/** Members of the class that a place is in: those that have their value as soon as an object of it is there. */
function visibleMembers(place: TypeScript.Node): Map<string, Variable> {
  const api = ts();
  const found = new Map<string, Variable>();
  const owner = classAround(place);
  if (!owner) return found;
  const declared = new Map<string, TypeScript.PropertyDeclaration>();
  for (const member of owner.members) {
    if (!api.isPropertyDeclaration(member) || isStatic(member)) continue;
    const name = `this.${member.name.getText()}`;
    declared.set(name, member);
    if (member.initializer) found.set(name, memberOf(owner, member.initializer, member));
  }
  for (const statement of atConstruction(owner, new Set())) {
    const assigned = api.isExpressionStatement(statement)
      ? unwrap(statement.expression)
      : undefined;
    if (!assigned || !api.isBinaryExpression(assigned)) continue;
    const isPlain = assigned.operatorToken.kind === api.SyntaxKind.EqualsToken;
    const name = assigned.left.getText();
    if (isPlain && /^this\.[\w$#]+$/.test(name))
      found.set(name, memberOf(owner, assigned.right, declared.get(name)));
  }
  return found;
}

function memberOf(
  scope: TypeScript.Node,
  initializer: TypeScript.Expression,
  declared: TypeScript.PropertyDeclaration | undefined,
): Variable {
  const mayBeUnset =
    declared?.questionToken !== undefined ||
    /\b(undefined|null)\b/.test(declared?.type?.getText() ?? '');
  return { initializer, declaration: declared ?? initializer, scope, isAlwaysSet: !mayBeUnset };
}

/** Statements that run whenever an object is made: those of the constructor, and of the methods that it calls. */
function atConstruction(
  owner: TypeScript.ClassLikeDeclaration,
  called: Set<string>,
  method = 'constructor',
): readonly TypeScript.Statement[] {
  const api = ts();
  if (called.has(method)) return [];
  called.add(method);
  const member = owner.members.find((one) =>
    api.isConstructorDeclaration(one)
      ? method === 'constructor'
      : api.isMethodDeclaration(one) && !isStatic(one) && staticName(one.name) === method,
  );
  const hasBody =
    member && (api.isConstructorDeclaration(member) || api.isMethodDeclaration(member));
  const statements = (hasBody ? member.body?.statements : undefined) ?? [];
  return statements.flatMap((statement) => {
    const [, next] = /^(?:await\s+|void\s+)?this\.([\w$]+)\(/.exec(statement.getText()) ?? [];
    return next === undefined ? [statement] : atConstruction(owner, called, next);
  });
}

/** The class whose object `this` is at a place. */
function classAround(place: TypeScript.Node): TypeScript.ClassLikeDeclaration | undefined {
  const api = ts();
  let at: TypeScript.Node | undefined = place;
  while (at && !api.isSourceFile(at)) {
    if (api.isFunctionExpression(at) || api.isFunctionDeclaration(at)) return undefined;
    const { parent } = at as { readonly parent?: TypeScript.Node };
    if (parent && api.isClassLike(parent)) return isStatic(at) ? undefined : parent;
    at = parent;
  }
  return undefined;
}

function isStatic(member: TypeScript.Node): boolean {
  const api = ts();
  const modifiers = api.canHaveModifiers(member) ? api.getModifiers(member) : undefined;
  return modifiers?.some(({ kind }) => kind === api.SyntaxKind.StaticKeyword) === true;
}

/**
 * What an expression is, in terms of imports: `new Kafka({}).consumer({})` → `kafkajs.Kafka.consumer`; calls, `new` and `await`
 * leave no trace.
 */
export function canonicalOf(
  syntax: SourceSyntax,
  expression: TypeScript.Expression,
  variables: ReadonlyMap<string, Pick<Variable, 'initializer'>> = visibleNames(expression),
): string | undefined {
  const api = ts();
  const imports = new Map(importBindings(syntax).map((one) => [one.local, one]));
  const follow = (at: TypeScript.Expression, depth: number): string | undefined => {
    if (depth > 8) return undefined;
    const inner = unwrap(at);
    const required = requiredSpecifier(inner);
    if (required !== undefined) return required.replace(/^node:/, '');
    if (api.isAwaitExpression(inner) || api.isCallExpression(inner) || api.isNewExpression(inner)) {
      return follow(inner.expression, depth + 1);
    }
    if (api.isPropertyAccessExpression(inner)) {
      const member = variables.get(inner.getText());
      if (member) return follow(member.initializer, depth + 1);
      const object = follow(inner.expression, depth + 1);
      return object === undefined ? undefined : `${object}.${inner.name.text}`;
    }
    if (!api.isIdentifier(inner)) return undefined;
    const binding = imports.get(inner.text);
    if (binding) {
      const specifier = binding.specifier.replace(/^node:/, '');
      return /^(\*|default)$/.test(binding.imported)
        ? specifier
        : `${specifier}.${binding.imported}`;
    }
    const initializer = variables.get(inner.text)?.initializer;
    return initializer && follow(initializer, depth + 1);
  };
  return follow(expression, 0);
}

/** Is the value made by a call, rather than another name for something? */
function isOpening(expression: TypeScript.Expression): boolean {
  const api = ts();
  const inner = unwrap(expression);
  if (api.isAwaitExpression(inner)) return isOpening(inner.expression);
  return api.isCallExpression(inner) || api.isNewExpression(inner);
}
