import type * as TypeScript from 'typescript';
import type { Span } from '../../base/span';
import { boundNames } from '../../languages/source/nodes';
import { ofNode } from '../../languages/source/of-node';
import { ts } from '../../languages/source/ts';

/**
 * A stretch of a file whose facts follow from it and from what its names mean: a statement of the module; of a class of the module, what
 * it begins with (`class Users extends Base {`) and each of its members.
 */
export interface Part {
  readonly node: TypeScript.Node;
  readonly kind: TypeScript.SyntaxKind;
  /** From the end of what stands before it, comments included. Offsets are those of the text it was made of: an edit moves the node. */
  readonly pos: number;
  /** Its first token's place. */
  readonly start: number;
  readonly end: number;
  /** Of a member: the index of the part that its class begins with. */
  readonly head?: number;
  /** Where the block of the function is that the part is; see {@link functionBlock}. */
  readonly block?: Span;
}

/** All parts of a file, in source order. Whatever stands outside of all of them (comments, the end of a class) has no facts. */
export function partsOf(sourceFile: TypeScript.SourceFile): readonly Part[] {
  const api = ts();
  const parts: Part[] = [];
  const add = (node: TypeScript.Node, end: number, head?: number): void => {
    const block = functionBlock(node);
    parts.push({
      node,
      kind: node.kind,
      pos: node.pos,
      start: node.getStart(sourceFile),
      end,
      ...(head === undefined ? {} : { head }),
      ...(block ? { block: { start: block.getStart(sourceFile), end: block.end } } : {}),
    });
  };
  for (const statement of sourceFile.statements) {
    if (!api.isClassDeclaration(statement)) {
      add(statement, statement.end);
      continue;
    }
    const head = parts.length;
    add(statement, statement.members.pos);
    for (const member of statement.members) add(member, member.end, head);
  }
  return parts;
}

/** The index of the part that an offset lies in or behind; -1 in front of the first. Takes offsets of spans, which begin at a token. */
export function partAt(parts: readonly Part[], offset: number): number {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle] as Part).start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The names that a part mentions, whatever they name. Those of a class are its members', but for what it begins with. */
export function mentionedIn({ node }: Part): ReadonlySet<string> {
  return ts().isClassDeclaration(node) ? mentionedByHead(node) : mentioned(node);
}

const mentioned = ofNode((node: TypeScript.Node): ReadonlySet<string> => {
  const names = new Set<string>();
  mention(node, names);
  return names;
});

const mentionedByHead = ofNode((node: TypeScript.ClassDeclaration): ReadonlySet<string> => {
  const api = ts();
  const names = new Set<string>();
  const members = new Set<TypeScript.Node>(node.members);
  api.forEachChild(node, (child) => {
    if (!members.has(child)) mention(child, names);
  });
  return names;
});

function mention(node: TypeScript.Node, names: Set<string>): void {
  const api = ts();
  const { SyntaxKind } = api;
  const visit = (at: TypeScript.Node): void => {
    switch (at.kind) {
      case SyntaxKind.Identifier:
      case SyntaxKind.PrivateIdentifier:
        names.add((at as TypeScript.Identifier).text);
        return;
      case SyntaxKind.StringLiteral:
      case SyntaxKind.NoSubstitutionTemplateLiteral:
        // `exports['name']`, `{ 'name': … }`
        names.add((at as TypeScript.StringLiteral).text);
        return;
      case SyntaxKind.PropertyAccessExpression: {
        const { expression, name } = at as TypeScript.PropertyAccessExpression;
        names.add(name.text);
        // `exports.name` concerns who knows the name, not all that exports something.
        if (!isExports(expression)) visit(expression);
        return;
      }
    }
    api.forEachChild(at, visit);
  };
  visit(node);
}

/** `exports`, `module.exports`, `module` */
function isExports(node: TypeScript.Expression): boolean {
  const api = ts();
  if (api.isIdentifier(node)) return node.text === 'exports' || node.text === 'module';
  return (
    api.isPropertyAccessExpression(node) &&
    node.name.text === 'exports' &&
    api.isIdentifier(node.expression) &&
    node.expression.text === 'module'
  );
}

/** What of a file another part may know by name. */
export interface Provided {
  /** What the part declares for others, and is known for itself: a function's name. */
  readonly own: ReadonlySet<string>;
  /** What it assigns, fills or changes, and names that are declared deeper in it but seen outside. */
  readonly changed: ReadonlySet<string>;
}

/** The names through which a part has a say in what the values of other parts are. */
export function providedBy({ node }: Part): Provided {
  return ts().isClassDeclaration(node) ? providedByHead(node) : provided(node);
}

const providedByHead = ofNode((node: TypeScript.ClassDeclaration): Provided => ({
  own: new Set(node.name ? [node.name.text] : []),
  changed: new Set(),
}));

const provided = ofNode((node: TypeScript.Node): Provided => ({
  own: new Set(declaredBy(node)),
  changed: changedBy(node),
}));

function declaredBy(node: TypeScript.Node): readonly string[] {
  const api = ts();
  if (api.isVariableStatement(node))
    return node.declarationList.declarations.flatMap(({ name }) =>
      boundNames(name).map(({ text }) => text),
    );
  if (api.isImportDeclaration(node)) {
    const { name, namedBindings } = node.importClause ?? {};
    const names = name ? [name.text] : [];
    if (!namedBindings) return names;
    return api.isNamespaceImport(namedBindings)
      ? [...names, namedBindings.name.text]
      : [...names, ...namedBindings.elements.map((element) => element.name.text)];
  }
  if (api.isConstructorDeclaration(node))
    return node.parameters.flatMap((parameter) =>
      parameter.modifiers?.length ? boundNames(parameter.name).map(({ text }) => text) : [],
    );
  if (api.isExpressionStatement(node) && api.isBinaryExpression(node.expression)) {
    const name = exportedName(node.expression.left);
    return name === undefined ? [] : [name];
  }
  const { name } = node as { name?: TypeScript.Node };
  if (!name) return [];
  return api.isIdentifier(name) || api.isPrivateIdentifier(name) || api.isStringLiteralLike(name)
    ? [name.text]
    : [];
}

/** `name` of `exports.name` and `module.exports.name`; `exports` of those themselves. */
function exportedName(target: TypeScript.Expression): string | undefined {
  const api = ts();
  if (isExports(target)) return 'exports';
  return api.isPropertyAccessExpression(target) && isExports(target.expression)
    ? target.name.text
    : undefined;
}

/** Methods that change what they are called on. */
const FILLS = /^(?:push|unshift|pop|shift|splice|set|add|delete|clear|sort|reverse|fill)$/;
/** What changes what it is given first, by whatever library: `Object.assign(target, …)`, `_.merge(target, …)`. */
const MERGES = /assign|merge|extend|defaults/i;

/** Goes through a part for names of the outside that it assigns, changes or declares. */
function changedBy(part: TypeScript.Node): ReadonlySet<string> {
  const api = ts();
  const names = new Set<string>();
  const visit = (at: TypeScript.Node, owner: TypeScript.Node | undefined): void => {
    const target = changedTarget(at);
    const name = target && rootName(target, part);
    if (name !== undefined) names.add(name);
    // A `var` in a block of the module is the module's.
    if (!owner && api.isVariableDeclarationList(at))
      for (const declaration of at.declarations)
        for (const { text } of boundNames(declaration.name)) names.add(text);
    if (api.isInterfaceDeclaration(at) || api.isTypeAliasDeclaration(at)) names.add(at.name.text);
    const inside = owner ?? (api.isFunctionLike(at) ? at : undefined);
    api.forEachChild(at, (child) => {
      visit(child, inside);
    });
  };
  visit(part, undefined);
  return names;
}

/** What a node assigns to, updates, deletes, fills or changes. */
function changedTarget(node: TypeScript.Node): TypeScript.Expression | undefined {
  const api = ts();
  const { SyntaxKind } = api;
  switch (node.kind) {
    case SyntaxKind.BinaryExpression: {
      const { left, operatorToken } = node as TypeScript.BinaryExpression;
      const isAssignment =
        operatorToken.kind >= SyntaxKind.FirstAssignment &&
        operatorToken.kind <= SyntaxKind.LastAssignment;
      return isAssignment ? left : undefined;
    }
    case SyntaxKind.PrefixUnaryExpression:
    case SyntaxKind.PostfixUnaryExpression:
      return (node as TypeScript.PrefixUnaryExpression).operand;
    case SyntaxKind.DeleteExpression:
      return (node as TypeScript.DeleteExpression).expression;
    case SyntaxKind.CallExpression: {
      const { expression, arguments: args } = node as TypeScript.CallExpression;
      const isMember = api.isPropertyAccessExpression(expression);
      const name = isMember ? expression.name : expression;
      if (!api.isIdentifier(name)) return undefined;
      if (MERGES.test(name.text)) return args[0] ?? (isMember ? expression.expression : undefined);
      return isMember && FILLS.test(name.text) ? expression.expression : undefined;
    }
    default:
      return undefined;
  }
}

/** What a target is rooted in, as others name it; undefined for what the part declares for itself. */
function rootName(target: TypeScript.Expression, part: TypeScript.Node): string | undefined {
  const api = ts();
  let at: TypeScript.Node = target;
  let member: string | undefined;
  for (;;) {
    if (api.isPropertyAccessExpression(at)) {
      if (isExports(at.expression)) return at.name.text;
      member = at.name.text;
      at = at.expression;
    } else if (api.isElementAccessExpression(at) || api.isCallExpression(at)) at = at.expression;
    else if (
      api.isParenthesizedExpression(at) ||
      api.isAsExpression(at) ||
      api.isNonNullExpression(at)
    )
      at = at.expression;
    else break;
  }
  if (at.kind === api.SyntaxKind.ThisKeyword) return member;
  if (!api.isIdentifier(at)) return undefined;
  return isDeclaredInside(at.text, at, part) ? undefined : at.text;
}

/** Is a name that is used in a part declared there, between the use and the part itself? */
function isDeclaredInside(name: string, from: TypeScript.Node, part: TypeScript.Node): boolean {
  for (let at = from.parent as TypeScript.Node | undefined; at; at = at.parent) {
    if (declaredIn(at).has(name)) return true;
    if (at === part) return false;
  }
  return false;
}

/** What a function, a block, a loop or a `catch` declares for what is in it. */
const declaredIn = ofNode((scope: TypeScript.Node): ReadonlySet<string> => {
  const api = ts();
  const names = new Set<string>();
  const declare = (list: TypeScript.VariableDeclarationList): void => {
    for (const declaration of list.declarations)
      for (const { text } of boundNames(declaration.name)) names.add(text);
  };
  if (api.isFunctionLike(scope))
    for (const parameter of scope.parameters)
      for (const { text } of boundNames(parameter.name)) names.add(text);
  if (api.isBlock(scope))
    for (const statement of scope.statements) {
      if (api.isVariableStatement(statement)) declare(statement.declarationList);
      else if (api.isFunctionDeclaration(statement) || api.isClassDeclaration(statement))
        if (statement.name) names.add(statement.name.text);
    }
  if (
    (api.isForStatement(scope) || api.isForOfStatement(scope) || api.isForInStatement(scope)) &&
    scope.initializer &&
    api.isVariableDeclarationList(scope.initializer)
  )
    declare(scope.initializer);
  if (api.isCatchClause(scope) && scope.variableDeclaration)
    for (const { text } of boundNames(scope.variableDeclaration.name)) names.add(text);
  return names;
});

/**
 * The block of the function that a part is: of a declaration, a method, a variable or an export. What others know of such a function does
 * not follow from the block, unless it does nothing but return something.
 */
function functionBlock(node: TypeScript.Node): TypeScript.Block | undefined {
  const api = ts();
  const made = madeBy(node);
  const body = made && api.isFunctionLike(made) ? (made as { body?: TypeScript.Node }).body : made;
  if (!body || !api.isBlock(body)) return undefined;
  const last = body.statements.at(-1);
  const returns = last !== undefined && api.isReturnStatement(last);
  const isShort =
    returns && body.statements.slice(0, -1).every((one) => api.isVariableStatement(one));
  return isShort ? undefined : body;
}

function madeBy(node: TypeScript.Node): TypeScript.Node | undefined {
  const api = ts();
  if (api.isVariableStatement(node)) {
    const { declarations } = node.declarationList;
    return declarations.length === 1 ? declarations[0]?.initializer : undefined;
  }
  if (api.isExpressionStatement(node) && api.isBinaryExpression(node.expression)) {
    const { left, right } = node.expression;
    return exportedName(left) === undefined ? undefined : right;
  }
  return node;
}
