import type { CommandStep, PackageInfo, ProjectModel, StartCommand } from '../../../project/model';

/**
 * The package whose installed programs a step finds first: that of the script the step stands in (`yarn workspace db migrate`
 * runs the script of `db`), else that of the command.
 */
export function stepPackage(
  step: Pick<CommandStep, 'path'>,
  command: Pick<StartCommand, 'package'>,
  model: ProjectModel,
): PackageInfo | undefined {
  const holder = model.packageOf(step.path);
  return holder?.manifestPath === step.path ? holder : command.package;
}
