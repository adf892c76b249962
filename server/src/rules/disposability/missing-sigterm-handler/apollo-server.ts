import { fileEdit } from '../../../engine/edits/edits';
import type { FileChange } from '../../../engine/finding';
import { listOf } from '../../../fixes/code/import-bindings';
import { addToList } from '../../../fixes/code/lists';
import { nodeAt } from '../../../fixes/code/nodes';
import { styleIn } from '../../../fixes/code/package-style';
import { ts } from '../../../languages/source/ts';
import type { ProjectModel } from '../../../project/model';

const OPTION = 'stopOnTerminationSignals';

/**
 * Behind another server Apollo hears the signals itself, and answers what is still on its way with an error: it is told to leave
 * stopping to the handler.
 * @param modules all modules of the process
 */
export function apolloChanges(model: ProjectModel, modules: readonly string[]): FileChange[] {
  const api = ts();
  return modules.flatMap((path) => {
    const syntax = model.files.source(path);
    if (!syntax || syntax.embedded || syntax.text.includes(OPTION)) return [];
    const edits = model
      .meanings(path)
      .filter(({ meaning }) => meaning.kind === 'route' && meaning.framework === 'apollo')
      .flatMap(({ call }) => {
        const made = nodeAt(syntax, call.span, api.isNewExpression);
        const options = made?.arguments?.[0];
        if (!options || !api.isObjectLiteralExpression(options)) return [];
        const style = { ...styleIn(model, syntax), padding: ' ' } as const;
        return addToList(
          listOf(syntax.text, options, options.properties),
          `${OPTION}: false`,
          style,
        );
      });
    return edits.length > 0 ? [fileEdit(path, edits)] : [];
  });
}
