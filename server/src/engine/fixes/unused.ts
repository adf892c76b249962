import type * as TypeScript from 'typescript';
import { ts } from '../../languages/source/ts';
import type { SourceSyntax } from '../../languages/source/syntax';
import type { ProjectModel } from '../../project/model';
import { fileEdit, removal } from '../edits';
import type { FileChange, FixBatch, Span, TextEdit } from '../finding';
import { recordRemovals } from './batch';
import { importBindings, removeUnusedImport } from './imports';
import { mentions, spanOf, staticName, unwrap, visit } from './nodes';
import { removeDependency } from './package-json';
import { wholeLines } from './text';

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
  packages: readonly string[] = [],
): FileChange[] {
  const { path } = syntax;
  const kept = edits.map((edit) => edit.newText).join('\n');
  const isKept = (name: string): boolean =>
    new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`).test(kept);
  let gone = recordRemovals(
    batch,
    path,
    edits.map(({ span }) => span),
  );
  const extra: TextEdit[] = [];
  const removedImports = new Set<string>();
  for (let round = 0; round < 5; round += 1) {
    const before = gone.length;
    for (const name of namesIn(syntax, gone)) {
      if (isKept(name)) continue;
      const constant = unusedConstant(syntax, name, gone);
      const added = constant ? [removal(constant)] : removeUnusedImport(syntax, name, gone);
      if (added.length === 0) continue;
      const binding = importBindings(syntax).find(({ local }) => local === name);
      if (binding && !constant) removedImports.add(binding.specifier);
      extra.push(...added);
      gone = recordRemovals(
        batch,
        path,
        added.map(({ span }) => span),
      );
    }
    if (gone.length === before) break;
  }
  const own = new Set(edits.map(({ span }) => `${span.start}-${span.end}`));
  const cleaned = extra.filter(
    ({ span }) =>
      !own.has(`${span.start}-${span.end}`) &&
      !edits.some((edit) => edit.span.start <= span.start && span.end <= edit.span.end),
  );
  const changes: FileChange[] = [fileEdit(path, [...edits, ...cleaned])];
  const owner = model.packageOf(path);
  for (const name of packages) {
    if (owner && removedImports.has(name) && !isImportedElsewhere(model, path, name))
      changes.push(...removeDependency(model, owner, name));
  }
  return changes;
}

/** Identifiers that stand in spans. */
function namesIn(syntax: SourceSyntax, spans: readonly Span[]): Set<string> {
  const found = new Set<string>();
  visit(syntax.sourceFile, (node) => {
    if (!spans.some((span) => node.pos < span.end && span.start < node.end)) return false;
    if (
      ts().isIdentifier(node) &&
      spans.some((span) => span.start <= node.getStart() && node.end <= span.end)
    )
      found.add(node.text);
    return true;
  });
  return found;
}

/** The span of `const x = …;` when only removed text uses x, and its value does nothing but compute or open a file. */
function unusedConstant(
  syntax: SourceSyntax,
  name: string,
  gone: readonly Span[],
): Span | undefined {
  const api = ts();
  const isGone = (node: TypeScript.Node): boolean =>
    gone.some((span) => span.start <= node.getStart() && node.end <= span.end);
  const uses = mentions(syntax, name).filter((one) => !isGone(one));
  const [only, ...others] = uses;
  const declaration = only?.parent;
  if (
    !declaration ||
    others.length > 0 ||
    !api.isVariableDeclaration(declaration) ||
    declaration.name !== only
  )
    return undefined;
  const statement = declaration.parent.parent;
  if (!api.isVariableStatement(statement) || statement.declarationList.declarations.length !== 1)
    return undefined;
  if (
    !declaration.initializer ||
    !isHarmless(declaration.initializer) ||
    (api.getModifiers(statement) ?? []).length > 0
  )
    return undefined;
  return wholeLines(syntax.text, spanOf(statement));
}

/** Literals, names, path arithmetic, and opening a file to write to. */
function isHarmless(expression: TypeScript.Expression): boolean {
  const api = ts();
  const inner = unwrap(expression);
  if (
    api.isLiteralExpression(inner) ||
    api.isIdentifier(inner) ||
    api.isPropertyAccessExpression(inner)
  )
    return true;
  if (api.isTemplateExpression(inner))
    return inner.templateSpans.every((span) => isHarmless(span.expression));
  if (api.isBinaryExpression(inner)) return isHarmless(inner.left) && isHarmless(inner.right);
  if (api.isObjectLiteralExpression(inner)) return true;
  if (!api.isCallExpression(inner)) return false;
  const callee = inner.expression;
  const method = api.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return /^(join|resolve|normalize|cwd|createWriteStream|createStream|getStream|dirname|fileURLToPath)$/.test(
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

/** The local name a declaration gives its value; for rules that follow a stream to its variable. */
export function declaredName(node: TypeScript.Expression): string | undefined {
  const api = ts();
  const { parent } = node;
  return api.isVariableDeclaration(parent) && parent.initializer === node
    ? staticName(parent.name as TypeScript.BindingName)
    : undefined;
}
