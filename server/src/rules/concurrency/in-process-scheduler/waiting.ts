import type { Value } from '../../../base/value';
import { lastName } from '../../../base/value-names';
import { argumentAt } from '../../../base/values';
import { canonicalName } from '../../../project/facts/canonical';
import type { CallMeaning, ProjectModel } from '../../../project/model';

const STARTING = new Set(['start', 'resume', 'schedule']);

/**
 * Is a schedule made so that it waits (`{ scheduled: false }`, `new CronJob(time, onTick)`), and nobody starts it? Whoever starts
 * something unknown may start it.
 */
export function isNeverStarted(found: CallMeaning, model: ProjectModel): boolean {
  const { meaning, args } = found;
  if (meaning.kind !== 'scheduler' || !meaning.waits) return false;
  const { at, when } = meaning.waits;
  const told = argumentAt(args, at);
  const isWaiting =
    told?.kind === 'literal'
      ? when.some((value) => value === (told.value ?? undefined))
      : told === undefined && when.includes(undefined);
  return (
    isWaiting &&
    ![...model.facts].some(([path, { calls }]) =>
      calls.some(({ callee }) => {
        if (!STARTING.has(lastName(callee) ?? '')) return false;
        const started = model.resolve(callee, path);
        return started.kind === 'member' && mayBe(started.object, path, found);
      }),
    )
  );
}

/** May `value`, as it is seen from a module, be what a call made? */
function mayBe(value: Value, from: string, made: CallMeaning): boolean {
  switch (value.kind) {
    case 'call':
      return value.span.start === made.call.span.start && (value.path ?? from) === made.path;
    case 'either':
      return value.options.some((option) => mayBe(option, from, made));
    case 'typed':
      return canonicalName(value.type)?.startsWith(made.library) ?? true;
    case 'parameter':
    case 'member':
    case 'unknown':
      return canonicalName(value) === undefined;
    default:
      return false;
  }
}
