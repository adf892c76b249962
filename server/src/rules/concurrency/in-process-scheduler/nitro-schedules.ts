import type { Span } from '../../../base/span';
import type { ProjectModel } from '../../../project/model';
import { nitroConfigs } from '../../../project/modules/nitro-config';

/**
 * Tasks that a server of Nitro's runs by a schedule: `scheduledTasks: { '0 3 * * *': ['db:clean'] }`. Where a platform runs it by
 * request, that has a schedule of its own.
 */
export function nitroSchedules(
  model: ProjectModel,
): readonly { readonly path: string; readonly span: Span }[] {
  return model.packages
    .filter(({ kind }) => kind === 'app')
    .flatMap((info) => nitroConfigs(info, model))
    .flatMap(({ path, at, isHosted }) => {
      const root = at();
      const entry =
        root?.kind === 'object' ? root.entries.find(({ key }) => key === 'scheduledTasks') : undefined;
      const isUsed = entry?.value.kind === 'object' && entry.value.entries.length > 0;
      return isUsed && !isHosted ? [{ path, span: entry.keySpan }] : [];
    });
}
