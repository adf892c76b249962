import type { Location } from '../../../base/span';
import type { CommandStep, PackageInfo, ProjectModel, StartCommand } from '../../../project/model';
import { stepPackage } from './step-package';

/**
 * Where a start command calls a program on the way to a step: in the step's own text, or, of what wraps another script
 * (`cross-env A=b npm run serve`), in the innermost script or the command that names it.
 * @returns the text, and the package whose installed programs are found there; undefined where neither names the program
 */
export function callOf(
  program: string,
  step: CommandStep,
  command: StartCommand,
  model: ProjectModel,
): (Location & { readonly package: PackageInfo }) | undefined {
  const own = stepPackage(step, command, model);
  const owners = [own, own?.workspaceRoot, command.package].filter((info) => info !== undefined);
  const scripts = [...step.via].reverse().flatMap((name) =>
    owners.flatMap((info) => {
      const span = info.scripts.get(name)?.span;
      return span ? [{ path: info.manifestPath, span, package: info }] : [];
    }),
  );
  const { path, span, package: info } = command;
  const places = [
    ...(own ? [{ path: step.path, span: step.span, package: own }] : []),
    ...scripts,
    ...(info ? [{ path, span, package: info }] : []),
  ];
  return places.find((place) => model.files.piece(place.path, place.span).includes(program));
}
