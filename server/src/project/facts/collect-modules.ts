import type * as TypeScript from 'typescript';
import type { Value } from '../../base/value';
import type { BoundSource } from '../../languages/source/bind';
import type { Evaluator } from '../../languages/source/evaluate';
import { importedBy } from '../../languages/source/imports';
import { boundNames } from '../../languages/source/nodes';
import { ts } from '../../languages/source/ts';
import { importGuard } from './call-context';
import type { ExportFact, ImportFact } from './facts';

/** Everything a bound file imports, in source order. */
export function collectImports(bound: BoundSource): ImportFact[] {
  const api = ts();
  const { sourceFile } = bound.syntax;
  const facts: ImportFact[] = [];
  const add = (
    literal: TypeScript.Node,
    kind: ImportFact['kind'],
    typeOnly: ImportFact['typeOnly'],
    at: TypeScript.Node,
  ): void => {
    if (!api.isStringLiteralLike(literal)) return;
    facts.push({
      specifier: literal.text,
      span: { start: literal.getStart(sourceFile) + 1, end: literal.end - 1 },
      kind,
      typeOnly,
      fn: bound.enclosingFunction(at),
      guard: kind === 'import' || kind === 'export' ? 'none' : importGuard(at),
    });
  };
  for (const node of bound.nodes.get(api.SyntaxKind.ImportDeclaration) ?? []) {
    const declaration = node as TypeScript.ImportDeclaration;
    add(declaration.moduleSpecifier, 'import', isTypeOnlyImport(declaration), declaration);
  }
  for (const node of bound.nodes.get(api.SyntaxKind.ExportDeclaration) ?? []) {
    const declaration = node as TypeScript.ExportDeclaration;
    if (declaration.moduleSpecifier)
      add(declaration.moduleSpecifier, 'export', declaration.isTypeOnly, declaration);
  }
  for (const node of bound.nodes.get(api.SyntaxKind.ImportEqualsDeclaration) ?? []) {
    const declaration = node as TypeScript.ImportEqualsDeclaration;
    if (api.isExternalModuleReference(declaration.moduleReference))
      add(
        declaration.moduleReference.expression,
        'import-equals',
        declaration.isTypeOnly,
        declaration,
      );
  }
  for (const node of bound.nodes.get(api.SyntaxKind.ImportType) ?? []) {
    const { argument } = node as TypeScript.ImportTypeNode;
    if (api.isLiteralTypeNode(argument)) add(argument.literal, 'import', true, node);
  }
  for (const node of bound.nodes.get(api.SyntaxKind.CallExpression) ?? []) {
    const call = node as TypeScript.CallExpression;
    const [argument] = call.arguments;
    if (!argument) continue;
    if (importedBy(call, bound) !== undefined)
      add(
        argument,
        call.expression.kind === api.SyntaxKind.ImportKeyword ? 'dynamic' : 'require',
        false,
        call,
      );
    else if (/^(require|import\.meta)\.resolve$/.test(call.expression.getText(sourceFile)))
      add(argument, 'resolve', false, call);
  }
  return facts.sort((a, b) => a.span.start - b.span.start);
}

function isTypeOnlyImport(declaration: TypeScript.ImportDeclaration): boolean {
  const api = ts();
  const clause = declaration.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts().SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  if (clause.name || !bindings || !api.isNamedImports(bindings) || bindings.elements.length === 0)
    return false;
  return bindings.elements.every((element) => element.isTypeOnly);
}

/** What a bound file exports, ESM and CommonJS, in source order. */
export function collectExports(bound: BoundSource, evaluator: Evaluator): ExportFact[] {
  const api = ts();
  const facts: ExportFact[] = [];
  const add: AddExport = (name, value, at) => {
    facts.push({ name, value, span: at ? evaluator.span(at) : value.span });
  };
  for (const node of bound.nodes.get(api.SyntaxKind.ExportDeclaration) ?? [])
    exportDeclaration(node as TypeScript.ExportDeclaration, evaluator, bound, add);
  for (const node of bound.nodes.get(api.SyntaxKind.ExportAssignment) ?? []) {
    const { expression } = node as TypeScript.ExportAssignment;
    add('default', evaluator.evaluate(expression), node);
  }
  for (const node of bound.nodes.get(api.SyntaxKind.VariableStatement) ?? []) {
    const statement = node as TypeScript.VariableStatement;
    if (!isExported(statement)) continue;
    for (const declaration of statement.declarationList.declarations)
      for (const name of boundNames(declaration.name)) {
        const declared = bound.lookup(name.text, declaration);
        if (declared) add(name.text, evaluator.declared(declared, evaluator.span(name), 0), name);
      }
  }
  for (const kind of [api.SyntaxKind.FunctionDeclaration, api.SyntaxKind.ClassDeclaration])
    for (const node of bound.nodes.get(kind) ?? [])
      exportedFunction(
        node as TypeScript.FunctionDeclaration | TypeScript.ClassDeclaration,
        evaluator,
        bound,
        add,
      );
  for (const node of bound.nodes.get(api.SyntaxKind.EnumDeclaration) ?? []) {
    const declaration = node as TypeScript.EnumDeclaration;
    const declared = isExported(declaration)
      ? bound.lookup(declaration.name.text, declaration)
      : undefined;
    if (declared)
      add(
        declaration.name.text,
        evaluator.declared(declared, evaluator.span(declaration), 0),
        declaration,
      );
  }
  for (const node of bound.nodes.get(api.SyntaxKind.BinaryExpression) ?? [])
    commonJsExport(node as TypeScript.BinaryExpression, evaluator, bound, add);
  return facts.sort((a, b) => a.span.start - b.span.start);
}

/** @param at where the name stands; the place of the value, where nothing is given */
type AddExport = (name: string, value: Value, at?: TypeScript.Node) => void;

/** `export function f`, `export default class C` */
function exportedFunction(
  declaration: TypeScript.FunctionDeclaration | TypeScript.ClassDeclaration,
  evaluator: Evaluator,
  bound: BoundSource,
  add: AddExport,
): void {
  const api = ts();
  if (!isExported(declaration)) return;
  const isDefault = declaration.modifiers?.some(
    (modifier) => modifier.kind === api.SyntaxKind.DefaultKeyword,
  );
  const name = isDefault ? 'default' : declaration.name?.text;
  if (name === undefined) return;
  const isClass = api.isClassDeclaration(declaration);
  const id = isClass ? bound.classId(declaration) : bound.functionId(declaration);
  add(
    name,
    { kind: 'function', id, isClass, span: evaluator.span(declaration) },
    declaration.name ?? declaration,
  );
}

function exportDeclaration(
  declaration: TypeScript.ExportDeclaration,
  evaluator: Evaluator,
  bound: BoundSource,
  add: AddExport,
): void {
  const api = ts();
  const { exportClause, moduleSpecifier } = declaration;
  const from =
    moduleSpecifier && api.isStringLiteralLike(moduleSpecifier) ? moduleSpecifier.text : undefined;
  if (!exportClause) {
    if (from !== undefined) add('*', evaluator.imported(from, [], evaluator.span(declaration)));
    return;
  }
  if (api.isNamespaceExport(exportClause)) {
    if (from !== undefined)
      add(exportClause.name.text, evaluator.imported(from, [], evaluator.span(exportClause)));
    return;
  }
  for (const element of exportClause.elements) {
    const name = (element.propertyName ?? element.name).text;
    if (from !== undefined)
      add(
        element.name.text,
        evaluator.imported(from, name === 'default' ? [] : [name], evaluator.span(element)),
      );
    else {
      const declared = bound.lookup(name, declaration);
      if (declared)
        add(element.name.text, evaluator.declared(declared, evaluator.span(element), 0), element);
    }
  }
}

function commonJsExport(
  node: TypeScript.BinaryExpression,
  evaluator: Evaluator,
  bound: BoundSource,
  add: AddExport,
): void {
  const api = ts();
  if (
    node.operatorToken.kind !== api.SyntaxKind.EqualsToken ||
    !api.isPropertyAccessExpression(node.left)
  )
    return;
  const target = node.left;
  // `module.exports = exports = x` is visited for both sides; the inner one has no name of its own.
  if (isModuleExports(target, bound)) add('default', evaluator.evaluate(node.right), node);
  else if (isModuleExports(target.expression, bound) || isExportsName(target.expression, bound))
    add(target.name.text, evaluator.evaluate(node.right), node);
}

function isModuleExports(node: TypeScript.Expression, bound: BoundSource): boolean {
  const api = ts();
  return (
    api.isPropertyAccessExpression(node) &&
    node.name.text === 'exports' &&
    api.isIdentifier(node.expression) &&
    node.expression.text === 'module' &&
    !bound.lookup('module', node)
  );
}

function isExportsName(node: TypeScript.Expression, bound: BoundSource): boolean {
  return ts().isIdentifier(node) && node.text === 'exports' && !bound.lookup('exports', node);
}

function isExported(node: TypeScript.HasModifiers): boolean {
  const api = ts();
  return (
    api.getModifiers(node)?.some((modifier) => modifier.kind === api.SyntaxKind.ExportKeyword) ??
    false
  );
}

/** Finds imports without parsing: for files that no hint matches. May see imports in comments, so no rule reports from it alone. */
export function scanImports(text: string): ImportFact[] {
  const facts: ImportFact[] = [];
  for (const match of text.matchAll(IMPORT_PATTERN)) {
    const keyword = match[1] ?? match[4] ?? '';
    const specifier = match[3] ?? match[6] ?? '';
    if (!specifier || /[\r\n]/.test(specifier)) continue;
    const start = match.index + match[0].lastIndexOf(specifier);
    facts.push({
      specifier,
      span: { start, end: start + specifier.length },
      kind:
        keyword === 'export'
          ? 'export'
          : keyword.startsWith('require')
            ? 'require'
            : match[4]
              ? 'dynamic'
              : 'import',
      typeOnly: /^(import|export)\s+type\s/.test(match[0].trimStart()),
      fn: 0,
      guard: keyword.startsWith('require') || match[4] ? 'condition' : 'none',
    });
  }
  return facts;
}

// import … from 'x' | import 'x' | export … from 'x' | require('x') | import('x')
const IMPORT_PATTERN =
  /(?:^|[;}\s])(import|export)\b(?:[\w*{}\s,$]{0,20000}?\bfrom)?\s*(['"])([^'"\n]+)\2|\b(require|import)\s*\(\s*(['"`])([^'"`\n]+)\5\s*[,)]/g;

/** The directives of the prologue, without parsing. */
export function scanDirectives(text: string): readonly string[] {
  const directives: string[] = [];
  for (let at = 0; ;) {
    PROLOGUE.lastIndex = at;
    const match = PROLOGUE.exec(text);
    if (!match || match[0] === '') return directives;
    if (match[2] !== undefined) directives.push(match[2]);
    at = PROLOGUE.lastIndex;
  }
}

/** Does a function begin with `'use server'`, without parsing? */
export function scanActions(text: string): { readonly holdsActions?: true } {
  return /\{\s{0,200}(['"])use server\1/.test(text) ? { holdsActions: true } : {};
}

/** One piece of what stands in front of the first statement: white space, a comment, or a directive. */
const PROLOGUE = /[\s;]+|\/\/[^\n]*|\/\*[^]*?\*\/|#![^\n]*|(['"])([\w ]+)\1(?=\s*[;\n])/y;
