import type { Span } from '../../../base/span';
import type { ProjectModel } from '../../../project/model';
import type { Deployment } from '../../../project/processes/deployment';
import { nitroConfigs } from '../../../project/modules/nitro-config';

interface NitroSchedule {
  readonly path: string;
  readonly span: Span;
  readonly deployment: Deployment;
}

/**
 * Tasks that a server of Nitro's runs by a schedule: `scheduledTasks: { '0 3 * * *': ['db:clean'] }`. Where a platform runs it by
 * request, that has a schedule of its own.
 */
export function nitroSchedules(model: ProjectModel): readonly NitroSchedule[] {
  return model.packages
    .filter(({ kind }) => kind === 'app')
    .flatMap((info) => {
      const isStarted = model.commands.some(
        (command) => command.package === info && command.production,
      );
      const deployment = isStarted ? 'production' : 'likely';
      return nitroConfigs(info, model).flatMap(({ path, at, isHosted }): NitroSchedule[] => {
        const root = at();
        const entries = root?.kind === 'object' ? root.entries : [];
        const entry = entries.find(({ key }) => key === 'scheduledTasks');
        const isUsed = entry?.value.kind === 'object' && entry.value.entries.length > 0;
        return isUsed && !isHosted ? [{ path, span: entry.keySpan, deployment }] : [];
      });
    });
}
