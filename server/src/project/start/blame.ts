import type { Location, RelatedLocation } from '../../base/span';
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

/**
 * The other places that a step of a start command involves, seen from where it is reported: where the step is written, and what
 * starts it.
 */
export function startPlaces(
  at: Location,
  command: StartCommand,
  step: CommandStep,
): readonly RelatedLocation[] {
  const places: readonly RelatedLocation[] = [
    { path: step.path, span: step.span, message: 'written here' },
    { path: command.path, span: command.span, message: 'started from here' },
  ];
  const isOther = (one: Location, other: Location): boolean =>
    one.path !== other.path || one.span.end <= other.span.start || other.span.end <= one.span.start;
  return places.filter(
    (place, index) =>
      isOther(place, at) && places.slice(0, index).every((before) => isOther(place, before)),
  );
}
