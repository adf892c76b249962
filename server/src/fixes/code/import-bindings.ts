import type * as TypeScript from 'typescript';
import { spanOf } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import type { ListText } from './lists';
import { requiredSpecifier, staticName } from './nodes';

/** A name that an import statement or a top-level `require` binds. */
export interface ImportBinding {
  readonly specifier: string;
  readonly local: string;
  /** The exported name; `default`; `*` for a namespace or a whole CommonJS module. */
  readonly imported: string;
  readonly typeOnly: boolean;
  readonly statement: TypeScript.Statement;
  /** The part of the statement that binds this name alone. */
  readonly node: TypeScript.Node;
}

/** Several fixes of a file ask one after another. */
const bindings = new WeakMap<TypeScript.SourceFile, readonly ImportBinding[]>();

/** All names that imports and top-level `require` calls bind, in source order. */
export function importBindings({
  sourceFile,
}: Pick<SourceSyntax, 'sourceFile'>): readonly ImportBinding[] {
  const known = bindings.get(sourceFile) ?? readBindings(sourceFile);
  bindings.set(sourceFile, known);
  return known;
}

function readBindings(sourceFile: TypeScript.SourceFile): readonly ImportBinding[] {
  const api = ts();
  const found: ImportBinding[] = [];
  for (const statement of sourceFile.statements) {
    if (api.isImportDeclaration(statement) && api.isStringLiteral(statement.moduleSpecifier)) {
      found.push(...declarationBindings(statement, statement.moduleSpecifier.text));
    } else if (api.isImportEqualsDeclaration(statement)) {
      const { moduleReference } = statement;
      if (
        !api.isExternalModuleReference(moduleReference) ||
        !api.isStringLiteral(moduleReference.expression)
      )
        continue;
      found.push({
        specifier: moduleReference.expression.text,
        local: statement.name.text,
        imported: '*',
        typeOnly: statement.isTypeOnly,
        statement,
        node: statement,
      });
    } else if (api.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        found.push(...requireBindings(statement, declaration));
      }
    }
  }
  return found;
}

function declarationBindings(
  statement: TypeScript.ImportDeclaration,
  specifier: string,
): ImportBinding[] {
  const clause = statement.importClause;
  if (!clause) return [];
  const found: ImportBinding[] = [];
  const typeOnly = isTypeOnly(clause);
  const { name, namedBindings } = clause;
  if (name)
    found.push({
      specifier,
      local: name.text,
      imported: 'default',
      typeOnly,
      statement,
      node: name,
    });
  if (namedBindings && ts().isNamespaceImport(namedBindings)) {
    found.push({
      specifier,
      local: namedBindings.name.text,
      imported: '*',
      typeOnly,
      statement,
      node: namedBindings,
    });
  } else if (namedBindings && ts().isNamedImports(namedBindings)) {
    for (const element of namedBindings.elements) {
      found.push({
        specifier,
        local: element.name.text,
        imported: (element.propertyName ?? element.name).text,
        typeOnly: typeOnly || element.isTypeOnly,
        statement,
        node: element,
      });
    }
  }
  return found;
}

/** `import type …`: gone at run time. */
export function isTypeOnly(clause: TypeScript.ImportClause): boolean {
  return clause.phaseModifier === ts().SyntaxKind.TypeKeyword;
}

function requireBindings(
  statement: TypeScript.VariableStatement,
  declaration: TypeScript.VariableDeclaration,
): ImportBinding[] {
  const api = ts();
  const { initializer, name } = declaration;
  if (!initializer) return [];
  const base = { typeOnly: false, statement } as const;
  if (api.isPropertyAccessExpression(initializer) && api.isIdentifier(name)) {
    const specifier = requiredSpecifier(initializer.expression);
    if (specifier === undefined) return [];
    return [
      { ...base, specifier, local: name.text, imported: initializer.name.text, node: declaration },
    ];
  }
  const specifier = requiredSpecifier(initializer);
  if (specifier === undefined) return [];
  if (api.isIdentifier(name))
    return [{ ...base, specifier, local: name.text, imported: '*', node: declaration }];
  if (!api.isObjectBindingPattern(name)) return [];
  return name.elements.flatMap((element) => {
    const local = staticName(element.name);
    const imported = element.propertyName ? staticName(element.propertyName) : local;
    if (local === undefined || imported === undefined || element.dotDotDotToken) return [];
    return [{ ...base, specifier, local, imported, node: element }];
  });
}

/** A bracketed node and its elements as a list to edit. */
export function listOf(
  text: string,
  node: TypeScript.Node,
  elements: readonly TypeScript.Node[],
): ListText {
  return { text, span: spanOf(node), items: elements.map(spanOf) };
}
