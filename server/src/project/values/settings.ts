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
  const read = settingRead(value);
  if (!read) return undefined;
  const { name, app } = read;
  const places = new Set([value.path ?? path, path, app.path ?? path]);
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

/** `app.get('port')`: what is asked for, and who is asked. */
function settingRead(value: Value): { readonly name: string; readonly app: Value } | undefined {
  if (value.kind !== 'call' || value.isNew || value.args.length !== 1) return undefined;
  const { callee, args } = value;
  const name = stringOf(args[0]);
  if (name === undefined || callee.kind !== 'member' || callee.name !== 'get') return undefined;
  return { name, app: callee.object };
}
