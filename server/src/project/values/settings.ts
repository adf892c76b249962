import type { Value } from '../../base/value';
import { stringOf } from '../../base/values';
import type { ProjectModel } from '../model';

/**
 * Sees through express settings: `app.get('port')` is what `app.set('port', …)` stored, in the same module or in the one that
 * made the app.
 * @param value a resolved value; `path` is the module it is used in
 * @returns every value that is stored under the name; undefined when the value is no such read, or nothing stores it
 */
export function storedSetting(value: Value, path: string, model: ProjectModel): Value | undefined {
  if (
    value.kind !== 'call' ||
    value.isNew ||
    value.callee.kind !== 'member' ||
    value.callee.name !== 'get'
  )
    return undefined;
  const name = stringOf(value.args[0]);
  if (name === undefined || value.args.length !== 1) return undefined;
  const places = new Set([value.path ?? path, path, value.callee.object.path ?? path]);
  const stored: Value[] = [];
  for (const place of places) {
    for (const { callee, args } of model.facts.get(place)?.calls ?? []) {
      if (
        callee.kind !== 'member' ||
        callee.name !== 'set' ||
        stringOf(args[0]) !== name ||
        !args[1]
      )
        continue;
      stored.push(
        model.resolve(args[1].path === undefined ? { ...args[1], path: place } : args[1], place),
      );
    }
  }
  const [first] = stored;
  return (
    first &&
    (stored.length === 1
      ? first
      : {
          kind: 'either',
          operator: 'assigned',
          options: stored,
          span: first.span,
          ...(first.path === undefined ? {} : { path: first.path }),
        })
  );
}
