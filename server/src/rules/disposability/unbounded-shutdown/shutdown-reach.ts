import { lastName } from '../../../base/value-names';
import type { Value } from '../../../base/value';
import { canonicalName } from '../../../project/facts/canonical';
import type { CallFact } from '../../../project/facts/facts';
import { isTestPath } from '../../../project/files/paths';
import type { ProjectModel } from '../../../project/model';
import {
  calledFunctions,
  functionPlaces,
  type FunctionPlace,
} from '../../../project/requests/called-functions';

/** A call that a stop handler may come to, with its module. */
export interface ReachedCall {
  readonly path: string;
  readonly call: CallFact;
}

/** So far down that what a handler does is no longer about stopping. */
const DEPTH = 5;

/** What a handler calls: itself, through functions of the project, and in what it hands over to be called later. */
export function callsFrom(
  handler: Value,
  path: string,
  model: ProjectModel,
): readonly ReachedCall[] {
  const reached: ReachedCall[] = [];
  const seen = new Set<string>();
  let level = functionPlaces(handler, path, model);
  for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
    const next: FunctionPlace[] = [];
    for (const place of level.flatMap((one) => withInner(one, model))) {
      const key = `${place.path}#${place.fn}`;
      if (seen.has(key) || isTestPath(place.path)) continue;
      seen.add(key);
      for (const call of model.facts.get(place.path)?.calls ?? []) {
        if (call.fn !== place.fn) continue;
        reached.push({ path: place.path, call });
        next.push(
          ...calledFunctions(call.callee, place.path, model),
          ...call.args.flatMap((arg) => functionPlaces(arg, place.path, model)),
        );
      }
    }
    level = next;
  }
  return reached;
}

/** A function with those that are written in it. */
function withInner(place: FunctionPlace, model: ProjectModel): readonly FunctionPlace[] {
  const functions = model.facts.get(place.path)?.functions ?? [];
  const inner = new Set([place.fn]);
  // Inner functions follow the ones around them.
  for (const { id, parent } of functions) if (id > 0 && inner.has(parent)) inner.add(id);
  return [...inner].map((fn) => ({ path: place.path, fn }));
}

/**
 * Does a call see to it that stopping ends: a timer that exits or cuts connections, a race with one, whatever is named after a time
 * limit, or connections that are cut at once?
 */
export function endsInTime({ path, call }: ReachedCall, model: ProjectModel): boolean {
  const name = lastName(call.callee) ?? '';
  if (name === 'setTimeout' || name === 'setInterval')
    return isLimit(call.args[0], path, model) || isOfSockets(call);
  if (name === 'clearTimeout' || name === 'clearInterval') return false;
  if (LIMITING.test(name) || CUTTING.test(name)) return true;
  // `for (const socket of sockets) socket.destroy()`; a pool of a database is something known.
  if (name === 'destroy')
    return (
      call.callee.kind === 'member' &&
      canonicalName(model.resolve(call.callee.object, path)) === undefined
    );
  if (name === 'stop' && call.args[0]?.kind === 'literal') return call.args[0].value === true;
  return call.args.some(
    (arg) => arg.kind === 'object' && arg.properties.some(({ key }) => LIMITING.test(key)),
  );
}

const LIMITING = /^race$|time_?out|deadline|grace_?period|graceperiod/i;
const CUTTING =
  /^(closeAllConnections|terminate|destroyAll\w*|forceShutdown|forceClose\w*|forceExit)$/;

/** `server.setTimeout(5000)` limits how long connections may be idle. */
function isOfSockets({ callee }: CallFact): boolean {
  return callee.kind === 'member' && callee.object.kind !== 'global';
}

/** What a timer calls ends the process, or what it waits for. */
function isLimit(callback: Value | undefined, path: string, model: ProjectModel): boolean {
  if (!callback) return false;
  if (/^process\.(exit|abort|kill)$/.test(canonicalName(callback) ?? '')) return true;
  const [place] = functionPlaces(callback, path, model);
  const span = place ? model.facts.get(place.path)?.functions[place.fn]?.span : callback.span;
  const text = span && model.files.text(place?.path ?? path)?.slice(span.start, span.end);
  return text !== undefined && ENDING.test(text);
}

const ENDING =
  /\b(exit|abort|kill|reject|rej|throw|destroy|terminate|closeAllConnections|force\w*|finish\w*)\b/i;
