import { contains, type Span } from '../../../base/span';
import type { Value } from '../../../base/value';
import { canonicalName } from '../../../project/facts/canonical';
import type { CallFact } from '../../../project/facts/facts';
import type { ProjectModel } from '../../../project/model';
import { isSingleton } from '../../../project/state/singletons';

/** An emitter of the process by which one request tells others something. */
export interface RequestEvents {
  readonly name: string;
  /** Where the emitter is made. */
  readonly at: { readonly path: string; readonly span: Span };
  readonly emitted: { readonly path: string; readonly span: Span };
  readonly heard: { readonly path: string; readonly span: Span };
}

/** Emitters of Node and their like, and the subjects of rxjs, of which Nest makes streams of events. */
const EMITTERS =
  /^(events(\.EventEmitter)?|eventemitter[23](\.EventEmitter2?)?|emittery|mitt|rxjs\.(Replay|Behavior)?Subject)$/;
const EMIT = /^(emit|next)$/;
const HEAR = /^(on|once|addListener|subscribe|asObservable|pipe)$/;

interface Use {
  readonly path: string;
  readonly call: CallFact;
}

/**
 * The emitters of which requests emit events that other requests wait for: a subscription, a stream of events. Not those that
 * something else feeds as well, such as what a broker sends to each process.
 */
export function eventsBetweenRequests(model: ProjectModel): readonly RequestEvents[] {
  const emitters = new Map<string, Use[]>();
  for (const use of callsOf(model, EMIT)) {
    const key = emitterKey(use.call.callee, use.path, model);
    if (key !== undefined) emitters.set(key, [...(emitters.get(key) ?? []), use]);
  }
  for (const [key, emits] of emitters)
    if (!emits.every((use) => isRequested(use, model))) emitters.delete(key);
  if (emitters.size === 0) return [];
  const found = new Map<string, RequestEvents>();
  for (const use of callsOf(model, HEAR)) {
    const { call, path } = use;
    // `once(bus, 'said')` of Node's is given the emitter.
    const [given] = call.args;
    const key = emitterKey(call.callee, path, model) ?? (given && emitterKey(given, path, model));
    const [emit] = (key !== undefined && emitters.get(key)) || [];
    if (key === undefined || !emit || found.has(key) || !isRequested(use, model)) continue;
    const made = madeAt(key, model);
    if (made)
      found.set(key, {
        ...made,
        emitted: { path: emit.path, span: emit.call.nameSpan },
        heard: { path, span: call.nameSpan },
      });
  }
  return [...found.values()];
}

function callsOf(model: ProjectModel, name: RegExp): readonly Use[] {
  const uses: Use[] = [];
  for (const [path, { calls }] of model.facts)
    for (const call of calls) {
      const { callee } = call;
      const last =
        callee.kind === 'import'
          ? callee.members.at(-1)
          : 'name' in callee
            ? callee.name
            : undefined;
      if (last !== undefined && name.test(last)) uses.push({ path, call });
    }
  return uses;
}

/** Says which emitter is meant: where it is made; undefined for everything else that has such methods. */
function emitterKey(value: Value, path: string, model: ProjectModel): string | undefined {
  const resolved = model.resolve(emitterOf(value), path);
  if (
    resolved.kind !== 'call' ||
    (!resolved.isNew && canonicalName(resolved.callee) !== 'mitt') ||
    !isEmitterClass(resolved.callee, resolved.path ?? path, model)
  )
    return undefined;
  return `${resolved.path ?? path}#${resolved.span.start}`;
}

/** `bus` of `bus.emit`, also where it is imported. */
function emitterOf(value: Value): Value {
  const isMethod = (name: string | undefined): boolean =>
    name !== undefined && (EMIT.test(name) || HEAR.test(name));
  if (value.kind === 'member') return isMethod(value.name) ? value.object : value;
  return value.kind === 'import' && isMethod(value.members.at(-1))
    ? { ...value, members: value.members.slice(0, -1) }
    : value;
}

function isEmitterClass(value: Value, path: string, model: ProjectModel, depth = 0): boolean {
  const resolved = model.resolve(value, path);
  const name = canonicalName(resolved);
  if (name !== undefined) return EMITTERS.test(name);
  if (resolved.kind !== 'function' || !resolved.isClass || depth > 2) return false;
  const from = resolved.path ?? path;
  const base = model.facts.get(from)?.classes[resolved.id]?.extends;
  return base !== undefined && isEmitterClass(base, from, model, depth + 1);
}

function isRequested({ path, call }: Use, model: ProjectModel): boolean {
  const functions = model.facts.get(path)?.functions ?? [];
  for (let fn = call.fn; fn !== 0; fn = functions[fn]?.parent ?? 0)
    if (model.requestReach.way(path, fn) !== undefined) return true;
  return false;
}

/** The emitter itself, where there is one for all requests. */
function madeAt(key: string, model: ProjectModel): Pick<RequestEvents, 'name' | 'at'> | undefined {
  const [path = '', start] = key.split('#');
  const facts = model.facts.get(path);
  const made = facts?.calls.find(
    ({ span, boundTo }) => boundTo !== undefined && span.start === Number(start),
  );
  if (!facts || made?.boundTo === undefined || made.fn !== 0) return undefined;
  const holder = facts.classes.find(({ span }) => contains(span, made.span));
  if (holder && !isSingleton(model, path, holder.id)) return undefined;
  return { name: made.boundTo, at: { path, span: made.span } };
}
