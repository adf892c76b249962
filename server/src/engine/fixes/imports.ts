import type * as TypeScript from 'typescript';
import { ts } from '../../languages/source/ts';
import type { SourceSyntax } from '../../languages/source/syntax';
import { insertion, removal } from '../edits';
import type { Span, TextEdit } from '../finding';
import { importPlace } from './import-place';
import { addToList, removeFromList, type ListText } from './lists';
import { freeName, mentions, requiredSpecifier, staticName } from './nodes';
import { spanOf } from '../../languages/source/nodes';
import { quoted, type SourceStyle } from './style';
import { wholeLines } from './text';

/** Something a file needs from a module. */
export interface ImportRequest {
  readonly specifier: string;
  /** An exported name; `default` for the default export (CommonJS: the module itself). */
  readonly name: string;
  /** What to call it here when it is not imported yet; default: the exported name. */
  readonly local?: string;
  readonly typeOnly?: boolean;
}

export interface ImportedName {
  /** Empty when the file has it already. */
  readonly edits: readonly TextEdit[];
  /** How to write it: an identifier, or `fs.promises` where the module is bound as a whole. */
  readonly text: string;
}

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

/** All names that imports and top-level `require` calls bind, in source order. */
export function importBindings(syntax: Pick<SourceSyntax, 'sourceFile'>): ImportBinding[] {
  const api = ts();
  const found: ImportBinding[] = [];
  for (const statement of syntax.sourceFile.statements) {
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

/**
 * Makes a name of a module usable in a file: reuses what is imported, extends an import of the same module, or adds one after
 * the last, the way the file writes imports. A name that is taken gets an alias.
 */
export function importName(
  syntax: SourceSyntax,
  style: SourceStyle,
  request: ImportRequest,
): ImportedName {
  const same = importBindings(syntax).filter(
    (binding) => normalised(binding.specifier) === normalised(request.specifier),
  );
  const usable = same.filter((binding) => !binding.typeOnly || request.typeOnly === true);
  const known = usable.map((binding) => reuse(binding, request)).find((text) => text !== undefined);
  if (known !== undefined) return { edits: [], text: known };
  const wanted =
    request.local ?? (request.name === 'default' ? nameOfModule(request.specifier) : request.name);
  const local = freeName(syntax, wanted, aliasOf(wanted, request.specifier));
  const extended =
    request.name === 'default' ? undefined : extend(syntax, style, usable, request, local);
  if (extended) return { edits: extended, text: local };
  const place = importPlace(syntax, style);
  const statement = newImport(syntax, style, request, local);
  return { edits: [insertion(place.at, place.before + statement + place.after)], text: local };
}

/**
 * Takes an import away when nothing uses it any more.
 * @param removed spans of the file that the fix takes away, too; uses in there do not count
 */
export function removeUnusedImport(
  syntax: SourceSyntax,
  local: string,
  removed: readonly Span[],
): TextEdit[] {
  const all = importBindings(syntax);
  const binding = all.find((one) => one.local === local);
  if (!binding) return [];
  const gone = (span: Span): boolean =>
    removed.some((one) => one.start <= span.start && span.end <= one.end);
  const isGone = (node: TypeScript.Node): boolean => gone(spanOf(node));
  const isUnused = ({ node, local: name }: ImportBinding): boolean => {
    const own = spanOf(node);
    if (isGone(node)) return true;
    return mentions(syntax, name).every((identifier) => {
      const span = spanOf(identifier);
      return gone(span) || (own.start <= span.start && span.end <= own.end);
    });
  };
  if (isGone(binding.node) || !isUnused(binding)) return [];
  // What else of the statement is unused goes along, so that no two edits take away the same comma.
  const siblings = all.filter(({ statement }) => statement === binding.statement);
  return removeBindings(
    syntax,
    binding,
    siblings.filter((one) => isUnused(one) && mentions(syntax, one.local).some(isGone)),
    siblings.length,
  );
}

function removeBindings(
  syntax: SourceSyntax,
  binding: ImportBinding,
  unused: readonly ImportBinding[],
  total: number,
): TextEdit[] {
  const api = ts();
  if (unused.length === total && total > 1)
    return [removal(wholeLines(syntax.text, spanOf(binding.statement)))];
  const list = binding.node.parent as TypeScript.Node | undefined;
  const together = unused.filter(({ node }) => node.parent === list);
  if (list && together.length > 1) {
    if (api.isNamedImports(list) && together.length < list.elements.length)
      return removeFromList(
        listOf(syntax.text, list, list.elements),
        ...together.map(({ node }) => list.elements.indexOf(node as TypeScript.ImportSpecifier)),
      );
    if (api.isObjectBindingPattern(list) && together.length < list.elements.length)
      return removeFromList(
        listOf(syntax.text, list, list.elements),
        ...together.map(({ node }) => list.elements.indexOf(node as TypeScript.BindingElement)),
      );
  }
  return removeBinding(syntax, binding);
}

function removeBinding(syntax: SourceSyntax, binding: ImportBinding): TextEdit[] {
  const api = ts();
  const { text } = syntax;
  const { node, statement } = binding;
  if (api.isImportSpecifier(node) && node.parent.elements.length > 1) {
    return removeFromList(
      listOf(text, node.parent, node.parent.elements),
      node.parent.elements.indexOf(node),
    );
  }
  if (
    api.isBindingElement(node) &&
    api.isObjectBindingPattern(node.parent) &&
    node.parent.elements.length > 1
  ) {
    return removeFromList(
      listOf(text, node.parent, node.parent.elements),
      node.parent.elements.indexOf(node),
    );
  }
  if (
    api.isImportDeclaration(statement) &&
    statement.importClause?.name &&
    statement.importClause.namedBindings
  ) {
    const { name, namedBindings } = statement.importClause;
    if (node === name) return [removal({ start: name.getStart(), end: namedBindings.getStart() })];
    return [removal({ start: name.end, end: namedBindings.end })];
  }
  if (api.isVariableStatement(statement) && statement.declarationList.declarations.length > 1) {
    const { declarations } = statement.declarationList;
    const index = declarations.findIndex((one) => one.pos <= node.pos && node.end <= one.end);
    const before = declarations[index - 1];
    const own = declarations[index];
    const next = declarations[index + 1];
    if (!own) return [];
    if (before) return [removal({ start: before.end, end: own.end })];
    return next ? [removal({ start: own.getStart(), end: next.getStart() })] : [];
  }
  return [removal(wholeLines(text, spanOf(statement)))];
}

function reuse(binding: ImportBinding, request: ImportRequest): string | undefined {
  if (binding.imported === request.name) return binding.local;
  if (binding.imported === '*') {
    if (request.name !== 'default') return `${binding.local}.${request.name}`;
    const isRequire = !ts().isImportDeclaration(binding.statement);
    return isRequire || !isRelative(request.specifier) ? binding.local : `${binding.local}.default`;
  }
  // The default import of a built-in is the module itself.
  if (binding.imported === 'default' && isBuiltinLike(binding))
    return `${binding.local}.${request.name}`;
  return undefined;
}

function isBuiltinLike(binding: ImportBinding): boolean {
  return /^(node:.*|fs|fs\/promises|path|http|https|http2|os|crypto|util|events|stream|net|url)$/.test(
    binding.specifier,
  );
}

/** Adds a name to `import { … }`, to `import x`, or to `const { … } = require()`. */
function extend(
  syntax: SourceSyntax,
  style: SourceStyle,
  bindings: readonly ImportBinding[],
  request: ImportRequest,
  local: string,
): TextEdit[] | undefined {
  const api = ts();
  const listStyle = { ...style, padding: ' ' } as const;
  for (const { statement, node } of bindings) {
    if (api.isImportDeclaration(statement)) {
      const clause = statement.importClause;
      if (!clause) continue;
      const type =
        request.typeOnly === true && !isTypeOnly(clause) && /\btype\s/.test(syntax.text)
          ? 'type '
          : '';
      const item = type + (local === request.name ? local : `${request.name} as ${local}`);
      if (!clause.namedBindings && clause.name)
        return [insertion(clause.name.end, `, { ${item} }`)];
      if (!clause.namedBindings || !api.isNamedImports(clause.namedBindings)) continue;
      const list = listOf(syntax.text, clause.namedBindings, clause.namedBindings.elements);
      return addToList(list, item, listStyle);
    }
    if (api.isBindingElement(node) && api.isObjectBindingPattern(node.parent)) {
      const item = local === request.name ? local : `${request.name}: ${local}`;
      return addToList(listOf(syntax.text, node.parent, node.parent.elements), item, listStyle);
    }
  }
  return undefined;
}

function newImport(
  syntax: SourceSyntax,
  style: SourceStyle,
  request: ImportRequest,
  local: string,
): string {
  const from = quoted(request.specifier, style);
  const end = style.semicolon;
  const { name } = request;
  if (style.modules === 'commonjs') {
    const word = requireKeyword(syntax);
    if (name === 'default') return `${word} ${local} = require(${from})${end}`;
    return `${word} { ${local === name ? local : `${name}: ${local}`} } = require(${from})${end}`;
  }
  const type = request.typeOnly === true && style.language === 'ts' ? 'type ' : '';
  if (name !== 'default') {
    return `import ${type}{ ${local === name ? local : `${name} as ${local}`} } from ${from}${end}`;
  }
  if (!isRelative(request.specifier)) {
    const form = defaultImportForm(syntax);
    if (form === 'import-equals') return `import ${local} = require(${from})${end}`;
    if (form === 'namespace') return `import * as ${local} from ${from}${end}`;
  }
  return `import ${type}${local} from ${from}${end}`;
}

/** How a TypeScript file takes a CommonJS package as a whole: tells `esModuleInterop` without reading tsconfig. */
function defaultImportForm(syntax: SourceSyntax): 'default' | 'namespace' | 'import-equals' {
  if (!/\.[mc]?tsx?$/.test(syntax.path)) return 'default';
  const packages = importBindings(syntax).filter(
    (binding) => !isRelative(binding.specifier) && !binding.typeOnly,
  );
  if (packages.some((binding) => binding.imported === 'default')) return 'default';
  const whole = packages.filter((binding) => binding.imported === '*');
  if (whole.some((binding) => ts().isImportEqualsDeclaration(binding.statement)))
    return 'import-equals';
  const called = whole.some((binding) =>
    mentions(syntax, binding.local).some(
      ({ parent }) =>
        ts().isCallExpression(parent) &&
        ts().isIdentifier(parent.expression) &&
        parent.expression.text === binding.local,
    ),
  );
  return called ? 'namespace' : 'default';
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

function isTypeOnly(clause: TypeScript.ImportClause): boolean {
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

function requireKeyword(syntax: SourceSyntax): string {
  const words = [...syntax.text.matchAll(/^(const|var|let)\b[^=\n]*=\s*require\(/gm)].map(
    (match) => match[1],
  );
  return words.length > 0 && words.every((word) => word === 'var') ? 'var' : 'const';
}

function nameOfModule(specifier: string): string {
  const last =
    specifier
      .replace(/\.[cm]?[jt]sx?$/, '')
      .replace(/\/index$/, '')
      .split('/')
      .pop() ?? '';
  const name = last.replace(
    /[^A-Za-z0-9]+(.)?/g,
    (_, letter: string | undefined) => letter?.toUpperCase() ?? '',
  );
  return /^[A-Za-z_$]/.test(name) ? name : `_${name}`;
}

function aliasOf(name: string, specifier: string): string {
  const base = nameOfModule(specifier);
  return base === name ? `${name}Module` : base + name.charAt(0).toUpperCase() + name.slice(1);
}

function normalised(specifier: string): string {
  return specifier
    .replace(/^node:/, '')
    .replace(/\.[cm]?[jt]sx?$/, '')
    .replace(/\/index$/, '');
}

function isRelative(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..';
}
