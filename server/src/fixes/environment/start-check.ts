import { fileEdit, insertion } from '../../engine/edits/edits';
import type { FileChange } from '../../engine/finding';
import { ts } from '../../languages/source/ts';
import type { ProjectModel } from '../../project/model';
import { nodeAt } from '../code/nodes';
import { styleIn } from '../code/package-style';
import { lineEnd } from '../code/text';
import { guardText } from './require-function';
import { environmentAccess } from './environment-access';
import { runsBeforeEnvironmentFile } from './environment-order';

/**
 * The check of a required variable for a module that is loaded before the `.env` is, so that it can read the variable on use
 * only: it stands behind the call that loads the file, and stops the start rather than a request.
 * @param path the module that reads the variable
 * @returns nothing where the module can check by itself
 */
export function startCheck(model: ProjectModel, path: string, name: string): FileChange[] {
  if (!runsBeforeEnvironmentFile(model, path)) return [];
  const owner = model.packageOf(path);
  for (const { path: loader, package: info } of model.modules.values()) {
    if (info !== owner) continue;
    const load = model.meanings(loader).find(({ meaning }) => meaning.kind === 'env-file')?.call;
    const syntax = load && model.files.source(loader);
    const access = environmentAccess(model, loader);
    const statement = syntax && nodeAt(syntax, load.span, ts().isCallExpression)?.parent;
    if (!access || !statement || !ts().isExpressionStatement(statement)) continue;
    if (!ts().isSourceFile(statement.parent)) continue;
    const style = styleIn(model, syntax);
    const guard = guardText(access.read(name), name, style);
    const at = lineEnd(syntax.text, statement.end);
    return [fileEdit(loader, [insertion(at, style.lineEnd + guard)])];
  }
  return [];
}
