import type { Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { heldBy } from '../../../base/value-visitor';
import type { CallMeaning } from '../../../project/model';

/**
 * The modules that a logger is told by name to load for its output: `transport: { target: 'pino-pretty' }`. None of those that only
 * some condition chooses.
 */
export function loadedTransports({
  meaning,
  call,
  args,
  path,
}: CallMeaning): readonly { readonly span: Span; readonly specifier: string }[] {
  if (meaning.kind !== 'log-outputs' || meaning.type !== 'target') return [];
  if (call.context.some((each) => each === 'development' || each === 'condition')) return [];
  return meaning.entries.flatMap((place) => {
    const [index, ...keys] = [...place.split('.'), meaning.type ?? ''];
    return surelyAt(args[Number(index)], keys).flatMap((target) =>
      target.kind === 'literal' &&
      typeof target.value === 'string' &&
      (target.path ?? path) === path
        ? [{ span: target.span, specifier: target.value }]
        : [],
    );
  });
}

/** The values at a path of members, where nothing else may stand there instead. */
function surelyAt(value: Value | undefined, keys: readonly string[]): readonly Value[] {
  const [key, ...rest] = keys;
  if (!value || key === undefined) return value ? [value] : [];
  if (key === '*') return heldBy(value).flatMap((held) => surelyAt(held, rest));
  if (value.kind !== 'object') return [];
  return surelyAt(value.properties.find((property) => property.key === key)?.value, rest);
}
