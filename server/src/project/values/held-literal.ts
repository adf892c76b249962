import type * as TypeScript from 'typescript';
import { ts } from '../../languages/source/ts';
import { literalPosition, type LiteralPosition } from '../facts/literal-position';

/**
 * Is a literal held by a variable that is only shown, logged, compared with, or what relative addresses are parsed against?
 * (`const url = …; console.log(url)`, `const base = …; new URL(path, base).searchParams`)
 * @param literal the initializer of a variable declaration or one of its alternatives, or anything else
 */
export function isOnlyMentioned(literal: TypeScript.Node, text: string): boolean {
  const uses = usesOfHeld(literal, text);
  return uses.length > 0 && uses.every(isMention);
}

/** Is a literal held by a variable to which a page only links? (`const CHAT = …; <a href={CHAT}>`) */
export function isOnlyLinked(literal: TypeScript.Node, text: string): boolean {
  const uses = usesOfHeld(literal, text);
  return (
    uses.length > 0 &&
    uses.every((use) => use?.use === 'markup' && /^(href|to)$/.test(use.names[0] ?? ''))
  );
}

function isMention(position: LiteralPosition | undefined): boolean {
  if (position === undefined) return false;
  const { use, calls } = position;
  if (use === 'message' || use === 'comparison') return true;
  const [call] = calls;
  return call?.isNew === true && /(^|\.)URL$/.test(call.callee) && call.index === 1;
}

/** Where the variable that holds a literal is used; undefined for an export, of which nothing more is known. */
function usesOfHeld(
  literal: TypeScript.Node,
  text: string,
): readonly (LiteralPosition | undefined)[] {
  const api = ts();
  let held = literal;
  while (
    api.isParenthesizedExpression(held.parent) ||
    (api.isConditionalExpression(held.parent) && held.parent.condition !== held)
  )
    held = held.parent;
  const declaration = held.parent;
  if (
    !api.isVariableDeclaration(declaration) ||
    declaration.initializer !== held ||
    !api.isIdentifier(declaration.name)
  )
    return [];
  let scope: TypeScript.Node = declaration;
  while (!api.isSourceFile(scope) && !api.isBlock(scope)) scope = scope.parent;
  return references(scope, declaration.name).map((node) =>
    api.isExportSpecifier(node.parent) ? undefined : literalPosition(node, text),
  );
}

/** Parts of a parsed URL that say nothing of the base it was parsed against. */
const PARTS = /^(pathname|search|searchParams|hash)$/;
/** Parts that are the base's own where the text had none: they tell by comparison whether it had. */
const BASE_PARTS = /^(origin|host|hostname|protocol|port|username|password)$/;

/**
 * Is a literal only there for a relative address to be parsed: the base of a `new URL(path, 'http://localhost')` that is taken
 * apart, never used as a whole?
 */
export function isParsingBase(literal: TypeScript.Node, text: string): boolean {
  const api = ts();
  let base = literal;
  while (
    api.isParenthesizedExpression(base.parent) ||
    (api.isConditionalExpression(base.parent) && base.parent.condition !== base)
  )
    base = base.parent;
  const call = base.parent;
  if (
    !api.isNewExpression(call) ||
    !api.isIdentifier(call.expression) ||
    call.expression.text !== 'URL' ||
    call.arguments?.[1] !== base
  )
    return false;
  // `relative ? 'http://localhost' : undefined`: nothing listens there, and only what is relative gets it.
  if (base !== literal && /^['"`]https?:\/\/localhost\/?['"`]$/.test(literal.getText()))
    return true;
  const { parent } = call;
  if (api.isVariableDeclaration(parent) && parent.initializer === call) {
    if (api.isObjectBindingPattern(parent.name))
      return parent.name.elements.every(({ propertyName, name }) =>
        PARTS.test((propertyName ?? name).getText()),
      );
    return api.isIdentifier(parent.name) && isTakenApart(parent.name, text);
  }
  if (
    api.isBinaryExpression(parent) &&
    parent.operatorToken.kind === api.SyntaxKind.EqualsToken &&
    parent.right === call
  )
    return api.isIdentifier(parent.left) && isTakenApart(parent.left, text);
  return isPart(call, text);
}

/** Are all uses of a variable in its function reads of parts? */
function isTakenApart(name: TypeScript.Identifier, text: string): boolean {
  const api = ts();
  let scope: TypeScript.Node = name;
  while (!api.isSourceFile(scope) && !api.isFunctionLike(scope)) scope = scope.parent;
  const uses = references(scope, name).filter(({ parent }) => {
    if (api.isVariableDeclaration(parent)) return false;
    return !(
      api.isBinaryExpression(parent) && parent.operatorToken.kind === api.SyntaxKind.EqualsToken
    );
  });
  return uses.length > 0 && uses.every((use) => isPart(use, text));
}

function isPart(url: TypeScript.Node, text: string): boolean {
  const api = ts();
  const { parent } = url;
  if (!api.isPropertyAccessExpression(parent) || parent.expression !== url) return false;
  return (
    PARTS.test(parent.name.text) ||
    (BASE_PARTS.test(parent.name.text) && literalPosition(parent, text).use === 'comparison')
  );
}

/** The identifiers of a scope that have the name of one, itself and names of properties left out. */
function references(
  scope: TypeScript.Node,
  name: TypeScript.Identifier,
): readonly TypeScript.Identifier[] {
  const api = ts();
  const found: TypeScript.Identifier[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (api.isIdentifier(node) && node.text === name.text && node !== name) {
      const { parent } = node;
      const isOther =
        (api.isPropertyAccessExpression(parent) && parent.name === node) ||
        (api.isPropertyAssignment(parent) && parent.name === node);
      if (!isOther) found.push(node);
    }
    api.forEachChild(node, visit);
  };
  visit(scope);
  return found;
}
