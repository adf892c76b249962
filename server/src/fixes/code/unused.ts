import type * as TypeScript from 'typescript';
import { contains, type Span } from '../../base/span';
import { recordRemovals } from '../../engine/edits/batch';
import { fileEdit, removal } from '../../engine/edits/edits';
import type { FileChange, FixBatch, TextEdit } from '../../engine/finding';
import { spanOf, unwrap } from '../../languages/source/nodes';
import type { SourceSyntax } from '../../languages/source/syntax';
import { ts } from '../../languages/source/ts';
import type { ProjectModel } from '../../project/model';
import { removeDependency } from '../files/package-json';
import { importBindings } from './import-bindings';
import { removeUnusedImport } from './import-removal';
import { mentions, requiredSpecifier, topLevelStatement, visit } from './nodes';
import { wholeLines, withBlankLine } from './text';

/** A package that may go with its last import. */
export interface DroppablePackage {
  readonly name: string;
  /** What its side-effect import (`require('x');`) provides: without any mention of it that import goes, too. */
  readonly provides?: RegExp;
}

/**
 * What nothing uses any more once some text is gone: imports, constants that only computed something for it, and packages that
 * no module of the package imports any more.
 * @param edits the fix's own edits of the file; text they replace counts as gone where the new text does not repeat a name
 * @param packages packages that may go from package.json with their last import
 * @returns the file's edits with those of the clean-up, and the change of package.json
 */
export function withoutUnused(
  model: ProjectModel,
  syntax: SourceSyntax,
  batch: FixBatch,
  edits: readonly TextEdit[],
  packages: readonly DroppablePackage[] = [],
): FileChange[] {
  const { path } = syntax;
  const kept = edits.map((edit) => edit.newText).join('\n');
  let gone = recordRemovals(
    batch,
    path,
    edits.map(({ span }) => span),
  );
  const extra: TextEdit[] = [];
  const removedImports = new Set<string>();
  const isDroppable = (specifier: string): boolean =>
    packages.some(({ name }) => name === specifier);
  for (let round = 0; round < 5; round += 1) {
    const before = gone.length;
    for (const name of namesIn(syntax, gone)) {
      if (usesName(kept, name)) continue;
      const binding = importBindings(syntax).find(({ local }) => local === name);
      const constant = binding ? [] : unusedConstant(syntax, name, gone, isDroppable);
      const added =
        constant.length > 0 ? constant.map(removal) : removeUnusedImport(syntax, name, gone);
      if (added.length === 0) continue;
      if (binding) removedImports.add(binding.specifier);
      const removed = constant.map(({ start, end }) => syntax.text.slice(start, end)).join('');
      for (const { name: candidate } of packages) {
        if (/\brequire\(\s*['"]([^'"]+)/.exec(removed)?.[1] === candidate)
          removedImports.add(candidate);
      }
      extra.push(...added);
      gone = recordRemovals(
        batch,
        path,
        added.map(({ span }) => span),
      );
    }
    if (gone.length === before) break;
  }
  for (const { name, span } of unusedSideEffects(syntax, packages, gone, kept)) {
    extra.push(removal(span));
    recordRemovals(batch, path, [span]);
    removedImports.add(name);
  }
  const room = notCovered(extra, edits).map((edit) => leavingRoom(syntax.text, edit, edits));
  const changes: FileChange[] = [fileEdit(path, [...edits, ...room])];
  const owner = model.packageOf(path);
  for (const { name } of packages) {
    if (owner && removedImports.has(name) && !isImportedElsewhere(model, path, name))
      changes.push(...removeDependency(model, owner, name));
  }
  return changes;
}

/** Does text use a variable? Keys do not count: `store: x` does not use a variable `store`. */
function usesName(text: string, name: string): boolean {
  const escaped = name.replace(/\$/g, '\\$');
  const use = `(?<![\\w$])(?:(?<!(?:^|[{,\\n])\\s*)${escaped}(?![\\w$])|${escaped}(?![\\w$]|\\s*:))`;
  return new RegExp(use).test(text);
}

/** The edits of a clean-up that no other edit does already: none of the fix's own, and no wider one of the clean-up. */
function notCovered(extra: readonly TextEdit[], own: readonly TextEdit[]): TextEdit[] {
  return extra.filter(
    ({ span }) =>
      !own.some((edit) => contains(edit.span, span)) &&
      !extra.some((edit) => edit.span !== span && covers(edit.span, span)),
  );
}

function covers(outer: Span, inner: Span): boolean {
  return contains(outer, inner) && !contains(inner, outer);
}

/** A removed line behind which something is inserted goes with the line end before it, so that the two do not overlap. */
function leavingRoom(text: string, edit: TextEdit, edits: readonly TextEdit[]): TextEdit {
  const { start, end } = edit.span;
  const inside = edits.find(
    ({ span }) => span.start === span.end && start < span.start && span.start < end,
  );
  if (!inside) return edit;
  if (start === 0) return removal({ start, end: inside.span.start });
  const before = text[start - 2] === '\r' ? start - 2 : start - 1;
  return removal({ start: before, end: inside.span.start });
}

/** Identifiers that stand in spans. */
function namesIn(syntax: SourceSyntax, spans: readonly Span[]): Set<string> {
  const found = new Set<string>();
  visit(syntax.sourceFile, (node) => {
    if (!spans.some((span) => node.pos < span.end && span.start < node.end)) return false;
    if (ts().isIdentifier(node) && spans.some((span) => contains(span, spanOf(node))))
      found.add(node.text);
    return true;
  });
  return found;
}

/**
 * The span of `const x = …;` when only removed text uses x, and its value does nothing but compute or open a file; with the
 * statements that make the folder it names.
 */
function unusedConstant(
  syntax: SourceSyntax,
  name: string,
  gone: readonly Span[],
  isDroppable: (specifier: string) => boolean,
): readonly Span[] {
  const api = ts();
  const isGone = (node: TypeScript.Node): boolean =>
    gone.some((span) => contains(span, spanOf(node)));
  const [only, ...others] = mentions(syntax, name).filter((one) => !isGone(one));
  const declaration = only?.parent;
  const folders = others.map((use) => folderStatement(use, name));
  if (
    !declaration ||
    folders.includes(undefined) ||
    !api.isVariableDeclaration(declaration) ||
    declaration.name !== only
  )
    return [];
  const statement = declaration.parent.parent;
  if (!api.isVariableStatement(statement) || statement.declarationList.declarations.length !== 1)
    return [];
  if (
    !declaration.initializer ||
    !isHarmless(declaration.initializer, isDroppable) ||
    (api.getModifiers(statement) ?? []).length > 0
  )
    return [];
  const statements = new Set([statement, ...folders.filter((one) => one !== undefined)]);
  return [...statements].map((one) => withBlankLine(syntax.text, linesOf(syntax.text, one)));
}

/** The lines of a statement, with the comment right above that speaks of it. */
function linesOf(text: string, statement: TypeScript.Statement): Span {
  const { start, end } = wholeLines(text, spanOf(statement));
  const comment = /(?:^[ \t]*\/\/[^\n]*\n)+(?![\s\S])/m.exec(text.slice(0, start));
  return { start: comment && comment.index > 0 ? comment.index : start, end };
}

/**
 * `if (!fs.existsSync(dir)) { fs.mkdirSync(dir); }`, `fs.existsSync(dir) || fs.mkdirSync(dir);`,
 * `mkdirSync(dir, { recursive: true });`: makes the folder and nothing else.
 */
function folderStatement(use: TypeScript.Node, name: string): TypeScript.Statement | undefined {
  const api = ts();
  const folder = name.replace(/\$/g, '\\$');
  const makes = (statement: TypeScript.Statement): boolean =>
    api.isBlock(statement)
      ? statement.statements.length === 1 && statement.statements.every(makes)
      : api.isExpressionStatement(statement) &&
        new RegExp(
          `^((\\w+\\.)?existsSync\\(\\s*${folder}\\s*\\)\\s*\\|\\|\\s*)?(\\w+\\.)?(mkdirSync|mkdirpSync|ensureDirSync|mkdirp\\.sync)\\(\\s*${folder}\\s*[,)]`,
        ).test(statement.getText());
  const statement = topLevelStatement(use);
  if (!statement) return undefined;
  if (!api.isIfStatement(statement)) return makes(statement) ? statement : undefined;
  const isMissing = new RegExp(`^!\\s*(\\w+\\.)?existsSync\\(\\s*${folder}\\s*\\)$`);
  return !statement.elseStatement &&
    isMissing.test(statement.expression.getText()) &&
    makes(statement.thenStatement)
    ? statement
    : undefined;
}

/** The lines of side-effect imports whose package provides nothing that the file, or the text put into it, still mentions. */
function unusedSideEffects(
  syntax: SourceSyntax,
  packages: readonly DroppablePackage[],
  gone: readonly Span[],
  kept: string,
): { readonly name: string; readonly span: Span }[] {
  return packages.flatMap(({ name, provides }) => {
    const statement = provides && sideEffectImport(syntax, name);
    if (!statement || provides.test(kept)) return [];
    if (mentionsOutside(syntax.text, provides, [...gone, statement])) return [];
    return [{ name, span: wholeLines(syntax.text, statement) }];
  });
}

/** `import 'x';` or `require('x');` */
function sideEffectImport(syntax: SourceSyntax, name: string): Span | undefined {
  const api = ts();
  const statement = syntax.sourceFile.statements.find((one) =>
    api.isImportDeclaration(one)
      ? !one.importClause &&
        api.isStringLiteral(one.moduleSpecifier) &&
        one.moduleSpecifier.text === name
      : api.isExpressionStatement(one) && requiredSpecifier(one.expression) === name,
  );
  return statement && spanOf(statement);
}

function mentionsOutside(text: string, pattern: RegExp, spans: readonly Span[]): boolean {
  return [...text.matchAll(new RegExp(pattern, 'g'))].some(
    ({ index }) => !spans.some((span) => span.start <= index && index < span.end),
  );
}

/** Literals, names, path arithmetic, opening a file to write to, and what a package that goes had to offer. */
function isHarmless(
  expression: TypeScript.Expression,
  isDroppable: (specifier: string) => boolean,
): boolean {
  const api = ts();
  const again = (inner: TypeScript.Expression): boolean => isHarmless(inner, isDroppable);
  const inner = unwrap(expression);
  if (
    api.isLiteralExpression(inner) ||
    api.isIdentifier(inner) ||
    api.isPropertyAccessExpression(inner)
  )
    return true;
  if (api.isTemplateExpression(inner))
    return inner.templateSpans.every((span) => again(span.expression));
  if (api.isBinaryExpression(inner)) return again(inner.left) && again(inner.right);
  if (api.isObjectLiteralExpression(inner)) return true;
  if (!api.isCallExpression(inner) && !api.isNewExpression(inner)) return false;
  const callee = inner.expression;
  const required = requiredSpecifier(callee) ?? requiredSpecifier(inner);
  if (required !== undefined) return isDroppable(required);
  const root = /^\w+/.exec(callee.getText())?.[0];
  const binding = importBindings({ sourceFile: inner.getSourceFile() }).find(
    ({ local }) => local === root,
  );
  if (binding && isDroppable(binding.specifier)) return true;
  const method = api.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return /^(join|resolve|normalize|cwd|createWriteStream|createStream|getStream|dirname|fileURLToPath|(Memory|File)Store)$/.test(
    method,
  );
}

function isImportedElsewhere(model: ProjectModel, path: string, name: string): boolean {
  const owner = model.packageOf(path);
  for (const [other, module] of model.modules) {
    if (other === path || model.packageOf(other) !== owner) continue;
    if (module.imports.some((one) => one.packageName === name)) return true;
  }
  return false;
}
