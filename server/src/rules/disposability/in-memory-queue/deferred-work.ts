import { query } from '../../../project/query';
import type { Value } from '../../../base/value';
import { calledName, lastName, rootOf } from '../../../base/value-names';
import { canonicalName } from '../../../project/facts/canonical';
import type { CallFact } from '../../../project/facts/facts';
import { isInFunction } from '../../../project/facts/function-nesting';
import type { ProjectModel } from '../../../project/model';

const RESPONSE = /^_?(res|response|reply|ctx|context|rep|h)$/;
/** Waiting and closing are no work. */
const IDLE =
  /^(sleep|delay|wait|close|end|destroy|disconnect|abort|quit|release|unref|resolve|setTimeout)$/i;

/**
 * Does a function do work whose loss somebody would notice: does it wait for something, itself or in what it calls in passing?
 * Not when all it does is to answer later.
 * @param id of a function of the module
 */
export function doesWork(model: ProjectModel, path: string, id: number): boolean {
  const facts = model.facts.get(path);
  if (!facts?.functions[id]) return false;
  const calls = facts.calls.filter(({ fn }) => isInFunction(fn, id, facts));
  if (calls.some(({ callee }) => RESPONSE.test(lastName(rootOf(callee)) ?? ''))) return false;
  if (calls.some(({ callee }) => isAwaited(callee) || connects(callee, path, model))) return false;
  return calls.some((call) => isWork(call, path, model));
}

/** What connects again serves the process itself. */
function connects(callee: Value, path: string, model: ProjectModel): boolean {
  const called =
    callee.kind === 'function'
      ? model.facts.get(callee.path ?? path)?.functions[callee.id]?.name
      : calledName(callee);
  return /^(re)?connect/i.test(called ?? '');
}

/** `new Promise((resolve) => setTimeout(async () => { …; resolve(); }, pause))`: somebody waits for it. */
function isAwaited(callee: Value): boolean {
  return callee.kind === 'parameter' && /^(resolve|reject)$/.test(callee.name);
}

function isWork(call: CallFact, path: string, model: ProjectModel): boolean {
  const name = calledName(call.callee);
  if (IDLE.test(name) || call.context.includes('development')) return false;
  // What an arrow function returns counts as awaited, too, but only where it waits at all.
  if (call.awaited && model.facts.get(path)?.functions[call.fn]?.async === true) return true;
  // `save(x).catch(log)`: a promise that is only watched.
  if (/^(then|catch|finally)$/.test(name)) {
    const { callee } = call;
    return callee.kind === 'member' && !IDLE.test(calledName(callee.object));
  }
  const target = model.resolve(call.callee, path);
  if (target.kind !== 'function' || target.isClass) return false;
  return model.facts.get(target.path ?? path)?.functions[target.id]?.async === true;
}

const EMITTER =
  /^(new events(\.EventEmitter)?\(\)|<events(\.EventEmitter)?>|<@nestjs\/event-emitter\.EventEmitter2>|new eventemitter[23](\.\w+)?\(\)|<eventemitter[23](\.\w+)?>)\.(\w+)$/i;

/** The method of an emitter of this process that a call calls: `emit`, `on`. */
function emitterMethod(call: CallFact, path: string, model: ProjectModel): string {
  const name = canonicalName(model.resolve(call.callee, path)) ?? '';
  return EMITTER.test(name) ? (/(?<!\w)\w+$/.exec(name)?.[0] ?? '') : '';
}

/** Is this `emitter.emit('order.placed', …)` on an emitter of this process, with a listener that does work? */
export function emitsWork(model: ProjectModel, path: string, call: CallFact): boolean {
  const [first] = call.args;
  if (!first || !/^(emit|emitAsync)$/.test(calledName(call.callee))) return false;
  if (emitterMethod(call, path, model) === '') return false;
  const event = eventName(model.resolve(first, path));
  return event !== undefined && listeners(model).has(event);
}

function eventName(value: Value): string | undefined {
  return value.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

const LISTEN = /^(on|once|addListener|prependListener)$/;

/** Events that some listener of the project does work for. One index per full model. */
const listeners = query('modules', (model): ReadonlySet<string> => {
  const events = new Set<string>();
  for (const [path, facts] of model.facts) {
    if (model.modules.get(path)?.roles.has('test')) continue;
    for (const call of facts.calls) {
      const [event, listener] = call.args;
      if (!event || !listener || !LISTEN.test(calledName(call.callee))) continue;
      if (emitterMethod(call, path, model) === '') continue;
      const name = eventName(model.resolve(event, path));
      const target = model.resolve(listener, path);
      if (
        name !== undefined &&
        target.kind === 'function' &&
        doesWork(model, target.path ?? path, target.id)
      )
        events.add(name);
    }
    for (const fact of facts.functions)
      for (const { callee, args } of fact.decorators) {
        if (canonicalName(callee) !== '@nestjs/event-emitter.OnEvent' || !args[0]) continue;
        const name = eventName(model.resolve(args[0], path));
        if (name !== undefined && doesWork(model, path, fact.id)) events.add(name);
      }
  }
  return events;
});
