import type * as TypeScript from 'typescript';
import { bindSource } from '../../languages/source/bind';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import { collectImports } from '../facts/collect-modules';
import type { ImportFact } from '../facts/facts';
import type { ProjectModel } from '../model';

/**
 * The imports of a module as a compiler would see them: none from comments, and type-only also where the syntax does not say so
 * but every use is a type (TypeScript erases such imports). Parses the file when its tree is not at hand: ask only for modules
 * that already look suspicious.
 */
export function exactImports(model: ProjectModel, path: string): readonly ImportFact[] {
  const isTyped = /\.[mc]?tsx?$/.test(path);
  const full = model.facts.get(path);
  // A file that was read in full has been walked for them; nothing of JavaScript is erased.
  if (full?.detail === 'full' && !isTyped) return full.imports;
  const syntax = model.files.source(path);
  if (!syntax) return [];
  const known = cache.get(syntax);
  if (known) return known;
  const found = importsIn(model, path, syntax);
  const erased = isTyped ? erasedImports(syntax) : new Set<number>();
  const facts = found.map((fact) =>
    erased.has(fact.span.start) ? { ...fact, typeOnly: true } : fact,
  );
  cache.set(syntax, facts);
  return facts;
}

const cache = new WeakMap<SourceSyntax, readonly ImportFact[]>();

function importsIn(model: ProjectModel, path: string, syntax: SourceSyntax): readonly ImportFact[] {
  const facts = model.facts.get(path);
  // A file that was read in full has been walked for them, unless its tree is a later one without parents.
  const [statement] = syntax.sourceFile.statements;
  const isBound = (statement as { readonly parent?: unknown } | undefined)?.parent !== undefined;
  if (facts && (syntax.notParsed !== undefined || (facts.detail === 'full' && isBound)))
    return facts.imports;
  const { SyntaxKind } = ts();
  const bound = bindSource(
    syntax,
    new Set([
      SyntaxKind.CallExpression,
      SyntaxKind.ImportDeclaration,
      SyntaxKind.ImportEqualsDeclaration,
      SyntaxKind.ExportDeclaration,
      SyntaxKind.ImportType,
    ]),
  );
  return collectImports(bound);
}

/** Starts of the specifiers of import declarations whose every name is used as a type only. */
function erasedImports(syntax: SourceSyntax): Set<number> {
  const api = ts();
  const declarations = syntax.sourceFile.statements.filter((statement) =>
    api.isImportDeclaration(statement),
  );
  const names = new Map<string, TypeScript.ImportDeclaration>();
  const used = new Set<TypeScript.ImportDeclaration>();
  for (const declaration of declarations) {
    const clause = declaration.importClause;
    // `import 'x'` runs the module.
    if (!clause) used.add(declaration);
    else for (const name of boundNames(clause)) names.set(name, declaration);
  }
  const visit = (node: TypeScript.Node): void => {
    if (
      api.isImportDeclaration(node) ||
      api.isTypeNode(node) ||
      api.isInterfaceDeclaration(node) ||
      api.isTypeAliasDeclaration(node)
    ) {
      // `class A extends Base<T>` is a type node by kind, but its expression is a value.
      if (api.isExpressionWithTypeArguments(node) && !isTypeHeritage(node)) visit(node.expression);
      return;
    }
    if (api.isIdentifier(node)) {
      const declaration = names.get(node.text);
      if (declaration && !isNameOnly(node)) used.add(declaration);
      return;
    }
    api.forEachChild(node, visit);
  };
  visit(syntax.sourceFile);
  return new Set(
    declarations
      .filter((each) => !used.has(each))
      .map((each) => each.moduleSpecifier.getStart(syntax.sourceFile) + 1),
  );
}

function boundNames(clause: TypeScript.ImportClause): string[] {
  const api = ts();
  const names = clause.name ? [clause.name.text] : [];
  const bindings = clause.namedBindings;
  if (bindings && api.isNamespaceImport(bindings)) names.push(bindings.name.text);
  if (bindings && api.isNamedImports(bindings))
    names.push(
      ...bindings.elements.filter((each) => !each.isTypeOnly).map((each) => each.name.text),
    );
  return names;
}

function isTypeHeritage(node: TypeScript.ExpressionWithTypeArguments): boolean {
  const api = ts();
  const clause = node.parent;
  return (
    !api.isHeritageClause(clause) ||
    clause.token === api.SyntaxKind.ImplementsKeyword ||
    api.isInterfaceDeclaration(clause.parent)
  );
}

/** Property names and the like: the same word, but no reference. */
function isNameOnly(node: TypeScript.Identifier): boolean {
  const api = ts();
  const { parent } = node;
  if (api.isPropertyAccessExpression(parent)) return parent.name === node;
  if (
    api.isPropertyAssignment(parent) ||
    api.isMethodDeclaration(parent) ||
    api.isPropertyDeclaration(parent)
  )
    return parent.name === node;
  return api.isBindingElement(parent) && parent.propertyName === node;
}
