import type { TextEdit } from '../../../engine/finding';
import { closerFor, openedModules, type Closer } from '../../../fixes/closers';
import { importBindings } from '../../../fixes/code/import-bindings';
import { importName } from '../../../fixes/code/imports';
import { staticName } from '../../../fixes/code/nodes';
import { specifierFor } from '../../../fixes/code/specifier';
import type { SourceStyle } from '../../../fixes/code/style';
import { canonicalNames } from '../../../fixes/visible-names';
import type { SourceSyntax } from '../../../languages/source/syntax';
import { ts } from '../../../languages/source/ts';
import type { ProjectModel } from '../../../project/model';

/** What other modules of the process opened and the file can name. */
export interface OpenedElsewhere {
  readonly closers: readonly Closer[];
  readonly imports: readonly TextEdit[];
}

/**
 * What the other modules of a process opened and export, or keep inside a library (`mongoose.connect()`).
 * @param paths all modules of the process
 */
export function openedElsewhere(
  model: ProjectModel,
  syntax: SourceSyntax,
  style: SourceStyle,
  paths: readonly string[],
): OpenedElsewhere {
  const closers: Closer[] = [];
  const imports: TextEdit[] = [];
  for (const path of paths.filter((one) => one !== syntax.path)) {
    const other = model.files.source(path);
    if (!other || other.embedded) continue;
    const owner = model.packageOf(path);
    if (owner !== model.packageOf(syntax.path)) continue;
    const needed = [
      ...openedModules(other, owner).map(({ name, module }) => ({
        specifier: module,
        name: 'default',
        local: name,
        opener: module,
      })),
      ...exportedConstants(other).map(({ exported, local, canonical }) => ({
        specifier: specifierFor(model, syntax.path, path),
        name: exported,
        local,
        opener: canonical,
      })),
    ];
    for (const { specifier, name, local, opener } of needed) {
      if (!closerFor(local, opener, owner, other.text)) continue;
      const { edits, text } = importName(syntax, style, { specifier, name, local });
      const closer = closerFor(text, opener, owner, other.text);
      if (!closer || closers.some((one) => one.name === text)) continue;
      closers.push(closer);
      imports.push(...edits);
    }
  }
  return { closers, imports };
}

/** What a module opened and exports. */
export interface ExportedConstant {
  readonly exported: string;
  readonly local: string;
  readonly canonical: string;
}

/** What a module opened at its top level and exports. */
export function exportedConstants(syntax: SourceSyntax): ExportedConstant[] {
  const found = canonicalNames(syntax, syntax.sourceFile);
  if (found.size === 0) return [];
  return exportedNames(syntax).flatMap(({ exported, local }) => {
    const known = found.get(local);
    return known ? [{ exported, local, canonical: known.canonical }] : [];
  });
}

/** Names under which a module exports its variables; `default` for the module as a whole. */
function exportedNames(
  syntax: SourceSyntax,
): { readonly exported: string; readonly local: string }[] {
  const api = ts();
  const imported = new Set(importBindings(syntax).map(({ local }) => local));
  return syntax.sourceFile.statements
    .flatMap((statement) => {
      if (api.isVariableStatement(statement)) {
        const isExported = statement.modifiers?.some(
          ({ kind }) => kind === api.SyntaxKind.ExportKeyword,
        );
        if (!isExported) return [];
        return statement.declarationList.declarations.flatMap(({ name }) => {
          const local = staticName(name);
          return local === undefined ? [] : [{ exported: local, local }];
        });
      }
      if (api.isExportAssignment(statement) && api.isIdentifier(statement.expression))
        return [{ exported: 'default', local: statement.expression.text }];
      if (api.isExportDeclaration(statement) && !statement.moduleSpecifier) {
        const { exportClause } = statement;
        if (!exportClause || !api.isNamedExports(exportClause)) return [];
        return exportClause.elements.map(({ name, propertyName }) => ({
          exported: name.text,
          local: (propertyName ?? name).text,
        }));
      }
      const [, left, right] =
        /^(module\.exports|(?:module\.)?exports\.\w+)\s*=\s*(\S[\s\S]*?);?$/.exec(
          statement.getText(),
        ) ?? [];
      if (left === undefined || right === undefined) return [];
      if (/^\w+$/.test(right)) {
        const exported = left === 'module.exports' ? 'default' : left.replace(/^.*\./, '');
        return [{ exported, local: right }];
      }
      if (left !== 'module.exports' || !/^\{[\w\s,:]*\}$/.test(right)) return [];
      return [...right.matchAll(/(?<!\w)(\w+)(?:\s*:\s*(\w+))?\s*[,}]/g)].map(
        ([, exported = '', local]) => ({ exported, local: local ?? exported }),
      );
    })
    .filter(({ local }) => !imported.has(local));
}
