import type { Value } from '../../../base/value';
import { canonicalName } from '../../../project/facts/canonical';
import type { WriteFact } from '../../../project/facts/facts';
import type { ProjectModel } from '../../../project/model';
import type { ReachStep } from '../../../project/requests/request-reach';

/** A request sets a member of `global` or of `app.locals`. */
export interface GlobalWrite {
  /** As people write it: `app.locals.user`, `global.lastOrder`. */
  readonly name: string;
  readonly write: WriteFact;
  readonly way: readonly ReachStep[];
}

/** What requests set on objects that the whole process shares; of each member the first write only. */
export function globalWrites(model: ProjectModel, path: string): readonly GlobalWrite[] {
  const found = new Map<string, GlobalWrite>();
  for (const write of model.facts.get(path)?.writes ?? []) {
    if (write.guarded === true || write.how === 'delete') continue;
    if (write.key === undefined && isSettled(write.value)) continue;
    const name = globalName(write.target, path, model);
    const way = name === undefined ? undefined : model.requestReach.way(path, write.fn);
    if (name !== undefined && way && !found.has(name)) found.set(name, { name, write, way });
  }
  return [...found.values()];
}

/** What the platform or a browser has by this name, put there for libraries; and members that cannot be named. */
const STANDARD =
  /^(\[…\]|process|window|document|navigator|location|self|fetch|crypto|performance|localStorage|sessionStorage|console|Buffer|[A-Z]\w*|_\w+|gc)$/;

/** The same whoever sets it: text, functions, modules. A switch is not. */
function isSettled(value: Value | undefined): boolean {
  if (!value) return false;
  return (
    value.kind === 'function' ||
    value.kind === 'import' ||
    value.kind === 'env' ||
    (value.kind === 'literal' && typeof value.value !== 'boolean')
  );
}

function globalName(target: Value, path: string, model: ProjectModel): string | undefined {
  const names: string[] = [];
  for (let at = target; at.kind === 'member'; at = at.object) {
    names.unshift(at.name ?? '[…]');
    const { object } = at;
    if (object.kind === 'global' && /^(global|globalThis)$/.test(object.name))
      return STANDARD.test(names[0] ?? '') ? undefined : shown([object.name, ...names]);
    if (at.name === 'locals' && names.length > 1 && isApp(object, path, model))
      return shown(['app', ...names]);
  }
  return undefined;
}

/** The application itself, or the request's `app`. */
function isApp(value: Value, path: string, model: ProjectModel): boolean {
  if (value.kind === 'member') return value.name === 'app';
  if ((value.kind === 'parameter' || value.kind === 'unknown') && value.name === 'app') return true;
  return /^(express\(\)|<express\.(Application|Express)>)$/.test(
    canonicalName(model.resolve(value, path)) ?? '',
  );
}

/** `app.locals.seen[…]`. */
function shown(names: readonly string[]): string {
  return names.join('.').replaceAll('.[', '[');
}
