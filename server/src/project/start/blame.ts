import type { Location } from '../../base/span';
import type { CommandStep, ProjectModel, StartCommand } from '../model';

/**
 * The text a person would change because a start command takes a step: the step itself when it is written there; the package
 * script that was asked for when the step hides behind `npm run …`; the hook when a hook brings it in.
 */
export function blamed(command: StartCommand, step: CommandStep, model: ProjectModel): Location {
  const [first, second] = step.via;
  const name = step.hook ? (step.via.find((each) => /^(pre|post)/.test(each)) ?? second) : first;
  if (name === undefined || (step.via.length === 1 && step.path !== command.path))
    return { path: step.path, span: step.span };
  if (step.via.length === 1) return { path: step.path, span: step.span };
  const owner = command.package ?? model.packageOf(command.path);
  const script = owner?.scripts.get(name);
  return owner && script
    ? { path: owner.manifestPath, span: script.span }
    : { path: step.path, span: step.span };
}
