import type * as TypeScript from 'typescript';
import { MOST_TREE_LEVELS, TooDeep, TREE_TOO_DEEP } from '../nesting';
import type { SourceSyntax } from './syntax';
import { ts, type ParserApi } from './ts';

export type DeclarationKind =
  | 'const'
  | 'let'
  | 'var'
  | 'function'
  | 'class'
  | 'parameter'
  | 'import'
  | 'catch'
  | 'enum'
  | 'namespace';

/** A name's declaration in a scope. */
export interface Declaration {
  readonly name: string;
  readonly kind: DeclarationKind;
  /** VariableDeclaration, BindingElement, Parameter, Function…, Class…, ImportClause, ImportSpecifier, NamespaceImport … */
  readonly node: TypeScript.Node;
  readonly scope: Scope;
  /** Right sides of later assignments to the name, in source order; filled by the walk. */
  readonly assignments: TypeScript.Expression[];
}

/** A lexical scope; `names` holds what it declares itself. */
export interface Scope {
  readonly node: TypeScript.Node;
  readonly kind: 'module' | 'function' | 'block';
  readonly parent: Scope | undefined;
  readonly names: Map<string, Declaration>;
}

export type FunctionNode =
  | TypeScript.FunctionDeclaration
  | TypeScript.FunctionExpression
  | TypeScript.ArrowFunction
  | TypeScript.MethodDeclaration
  | TypeScript.ConstructorDeclaration
  | TypeScript.GetAccessorDeclaration
  | TypeScript.SetAccessorDeclaration;

export type ClassNode = TypeScript.ClassDeclaration | TypeScript.ClassExpression;

/** Nodes of a file by kind, in source order. */
export type NodesByKind = ReadonlyMap<TypeScript.SyntaxKind, readonly TypeScript.Node[]>;

/** The result of the one walk over a file: parents set, scopes built, nodes of asked-for kinds listed in source order. */
export interface BoundSource {
  readonly syntax: SourceSyntax;
  /** All nodes of the kinds that were asked for. */
  readonly nodes: NodesByKind;
  /** Index 0 stands for the module and is undefined here. */
  readonly functions: readonly (FunctionNode | undefined)[];
  readonly classes: readonly ClassNode[];
  functionId(node: FunctionNode): number;
  classId(node: ClassNode): number;
  /** Index of the innermost function around a node (the node itself excluded), 0 for module level. */
  enclosingFunction(node: TypeScript.Node): number;
  /** All scopes of the file, outer ones first. */
  scopes(): Iterable<Scope>;
  /** Looks a name up from a node outwards. */
  lookup(name: string, from: TypeScript.Node): Declaration | undefined;
  /** Interfaces and type aliases of the file by name (the last one of a name; merging does not matter here). */
  readonly types: ReadonlyMap<
    string,
    TypeScript.InterfaceDeclaration | TypeScript.TypeAliasDeclaration
  >;
  /** `process.env` and `import.meta.env` expressions, in source order. */
  readonly environmentNodes: readonly TypeScript.Expression[];
}

type WithParent = { parent: TypeScript.Node };

/**
 * Walks a parsed file once.
 * @param syntax a freshly parsed file; its nodes get their `parent`
 * @param kinds the node kinds to list
 * @throws TooDeep where the tree is deeper than walks may go, or was not parsed for that
 */
// eslint-disable-next-line max-lines-per-function -- one walk of the file, whose parts share what it has found so far
export function bindSource(
  syntax: SourceSyntax,
  kinds: ReadonlySet<TypeScript.SyntaxKind>,
): BoundSource {
  const api = ts();
  const { SyntaxKind } = api;
  const nodes = new Map<TypeScript.SyntaxKind, TypeScript.Node[]>();
  for (const kind of kinds) nodes.set(kind, []);
  const functions: (FunctionNode | undefined)[] = [undefined];
  const classes: ClassNode[] = [];
  const functionIds = new Map<TypeScript.Node, number>();
  const classIds = new Map<TypeScript.Node, number>();
  const scopes = new Map<TypeScript.Node, Scope>();
  const environmentNodes: TypeScript.Expression[] = [];
  const assignments: TypeScript.BinaryExpression[] = [];
  const types = new Map<
    string,
    TypeScript.InterfaceDeclaration | TypeScript.TypeAliasDeclaration
  >();

  const moduleScope: Scope = {
    node: syntax.sourceFile,
    kind: 'module',
    parent: undefined,
    names: new Map(),
  };
  scopes.set(syntax.sourceFile, moduleScope);
  let functionScope = moduleScope;
  let scope = moduleScope;

  const declare = (
    target: Scope,
    name: string,
    kind: DeclarationKind,
    node: TypeScript.Node,
  ): void => {
    const known = target.names.get(name);
    // A redeclared `var` or an overload keeps its first entry unless the new one has a body or value.
    if (known && !(known.kind === 'function' && kind === 'function')) return;
    if (known && kind === 'function' && !(node as TypeScript.FunctionDeclaration).body) return;
    target.names.set(name, {
      name,
      kind,
      node,
      scope: target,
      assignments: known?.assignments ?? [],
    });
  };
  const declareBinding = (
    target: Scope,
    name: TypeScript.BindingName,
    kind: DeclarationKind,
    node: TypeScript.Node,
  ): void => {
    if (api.isIdentifier(name)) declare(target, name.text, kind, node);
    else
      for (const element of name.elements)
        if (api.isBindingElement(element)) declareBinding(target, element.name, kind, element);
  };

  const declareNode = (node: TypeScript.Node): void => {
    switch (node.kind) {
      case SyntaxKind.VariableDeclaration: {
        const declaration = node as TypeScript.VariableDeclaration;
        const list = declaration.parent;
        if (api.isCatchClause(list))
          return declareBinding(scope, declaration.name, 'catch', declaration);
        const flags = list.flags & api.NodeFlags.BlockScoped;
        if (flags === 0) declareBinding(functionScope, declaration.name, 'var', declaration);
        else {
          const kind = flags & api.NodeFlags.Const ? 'const' : 'let';
          declareBinding(scope, declaration.name, kind, declaration);
        }
        return;
      }
      case SyntaxKind.FunctionDeclaration:
      case SyntaxKind.ClassDeclaration: {
        const { name } = node as TypeScript.FunctionDeclaration | TypeScript.ClassDeclaration;
        const kind = node.kind === SyntaxKind.ClassDeclaration ? 'class' : 'function';
        if (name) declare(scope, name.text, kind, node);
        return;
      }
      case SyntaxKind.EnumDeclaration:
        return declare(scope, (node as TypeScript.EnumDeclaration).name.text, 'enum', node);
      case SyntaxKind.ModuleDeclaration: {
        const { name } = node as TypeScript.ModuleDeclaration;
        if (api.isIdentifier(name)) declare(scope, name.text, 'namespace', node);
        return;
      }
      case SyntaxKind.InterfaceDeclaration:
      case SyntaxKind.TypeAliasDeclaration: {
        const declaration = node as
          TypeScript.InterfaceDeclaration | TypeScript.TypeAliasDeclaration;
        if (!augmentsPackage(declaration)) types.set(declaration.name.text, declaration);
        return;
      }
      case SyntaxKind.ImportClause: {
        const { name } = node as TypeScript.ImportClause;
        if (name) declare(moduleScope, name.text, 'import', node);
        return;
      }
      case SyntaxKind.NamespaceImport:
      case SyntaxKind.ImportSpecifier:
      case SyntaxKind.ImportEqualsDeclaration: {
        const { name } = node as TypeScript.ImportSpecifier;
        return declare(moduleScope, name.text, 'import', node);
      }
    }
  };

  if (syntax.notParsed !== undefined) throw new TooDeep(syntax.notParsed);
  let depth = 0;
  const lists: (TypeScript.Node[] | undefined)[] = [];
  for (const [kind, list] of nodes) lists[kind] = list;
  // eslint-disable-next-line complexity -- runs for every node of every file, where each further call would be paid for
  const visit = (node: TypeScript.Node): void => {
    const { kind } = node;
    lists[kind]?.push(node);
    // Tokens, literals and identifiers: half of all nodes, with nothing in them.
    if (kind <= SyntaxKind.PrivateIdentifier) return;
    depth += 1;
    if (depth > MOST_TREE_LEVELS) throw new TooDeep(TREE_TOO_DEEP);
    declareNode(node);
    const outerScope = scope;
    const outerFunction = functionScope;
    if (isFunctionNode(node, SyntaxKind)) {
      functionIds.set(node, functions.length);
      functions.push(node);
      scope = functionScope = { node, kind: 'function', parent: scope, names: new Map() };
      scopes.set(node, scope);
      if (kind === SyntaxKind.FunctionExpression) {
        const { name } = node;
        if (name) declare(scope, name.text, 'function', node);
      }
      for (const parameter of node.parameters)
        declareBinding(scope, parameter.name, 'parameter', parameter);
    } else if (kind === SyntaxKind.ClassDeclaration || kind === SyntaxKind.ClassExpression) {
      classIds.set(node, classes.length);
      classes.push(node as ClassNode);
    } else if (
      kind === SyntaxKind.ForStatement ||
      kind === SyntaxKind.ForOfStatement ||
      kind === SyntaxKind.ForInStatement ||
      kind === SyntaxKind.CaseBlock ||
      kind === SyntaxKind.CatchClause ||
      kind === SyntaxKind.ModuleBlock ||
      (kind === SyntaxKind.Block && scope.node !== node.parent)
    ) {
      scope = { node, kind: 'block', parent: scope, names: new Map() };
      scopes.set(node, scope);
    } else if (kind === SyntaxKind.BinaryExpression) {
      const binary = node as TypeScript.BinaryExpression;
      const operator = binary.operatorToken.kind;
      if (operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment)
        assignments.push(binary);
    } else if (kind === SyntaxKind.PropertyAccessExpression) {
      const access = node as TypeScript.PropertyAccessExpression;
      if (access.name.text === 'env' && isEnvironmentRoot(access.expression, api))
        environmentNodes.push(access);
    }
    // Expression nodes keep no `undefined` children; forEachChild visits in source order.
    api.forEachChild(node, (child) => {
      (child as unknown as WithParent).parent = node;
      visit(child);
    });
    scope = outerScope;
    functionScope = outerFunction;
    depth -= 1;
  };
  visit(syntax.sourceFile);

  // Asking the maps for every expression on the way up is most of what a lookup costs.
  const scopeKinds = new Uint8Array(SyntaxKind.Count);
  for (const { node } of scopes.values()) scopeKinds[node.kind] = 1;
  const scopeAt = (node: TypeScript.Node): Scope => {
    for (let at = node as TypeScript.Node | undefined; at; at = at.parent) {
      if (scopeKinds[at.kind] !== 1) continue;
      const found = scopes.get(at);
      if (found) return found;
    }
    return moduleScope;
  };
  const lookup = (name: string, from: TypeScript.Node): Declaration | undefined => {
    for (let at: Scope | undefined = scopeAt(from); at; at = at.parent) {
      const found = at.names.get(name);
      if (found) return found;
    }
    return undefined;
  };
  for (const assignment of assignments) {
    if (api.isIdentifier(assignment.left))
      lookup(assignment.left.text, assignment)?.assignments.push(assignment.right);
  }

  return {
    syntax,
    nodes,
    functions,
    classes,
    functionId: (node) => functionIds.get(node) ?? 0,
    classId: (node) => classIds.get(node) ?? -1,
    enclosingFunction(node) {
      for (let at = node.parent as TypeScript.Node | undefined; at; at = at.parent) {
        const id = scopeKinds[at.kind] === 1 ? functionIds.get(at) : undefined;
        if (id !== undefined) return id;
      }
      return 0;
    },
    scopes: () => scopes.values(),
    lookup,
    types,
    environmentNodes,
  };
}

function isFunctionNode(
  node: TypeScript.Node,
  SyntaxKind: typeof TypeScript.SyntaxKind,
): node is FunctionNode {
  switch (node.kind) {
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.FunctionExpression:
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.Constructor:
    case SyntaxKind.GetAccessor:
    case SyntaxKind.SetAccessor:
      return true;
    default:
      return false;
  }
}

function isEnvironmentRoot(node: TypeScript.Expression, api: ParserApi): boolean {
  if (api.isParenthesizedExpression(node) || api.isAsExpression(node))
    return isEnvironmentRoot(node.expression, api);
  if (api.isIdentifier(node)) return node.text === 'process' || node.text === 'Bun';
  if (api.isMetaProperty(node)) return true;
  return api.isPropertyAccessExpression(node) && node.name.text === 'process';
}

/** `declare module 'fastify' { interface FastifyInstance { … } }` adds to a type that is declared elsewhere. */
function augmentsPackage(declaration: TypeScript.Node): boolean {
  const api = ts();
  const block = declaration.parent as TypeScript.Node | undefined;
  const owner = block && api.isModuleBlock(block) ? block.parent : undefined;
  return owner !== undefined && (api.isStringLiteral(owner.name) || owner.name.text === 'global');
}
