import { contains } from '../../../base/span';
import { calledName } from '../../../base/value-names';
import { argumentAt } from '../../../base/values';
import { canonicalName } from '../../../project/facts/canonical';
import { queryEach } from '../../../project/query';
import type { CallFact, SourceFacts } from '../../../project/facts/facts';
import { isInFunction } from '../../../project/facts/function-nesting';
import type { ProjectModel } from '../../../project/model';
import {
  calledFunctions,
  functionPlaces,
  type FunctionPlace,
} from '../../../project/requests/called-functions';
import { backgroundWork, type BackgroundWork } from './background-work';
import { globalName, isOneMoreTry } from './intervals';
import { repeatedArgument } from './timer-wrappers';
import { isNeverStarted } from './waiting';

/** Something that runs again and again inside a process. */
export interface Schedule {
  readonly path: string;
  readonly call: CallFact;
  /** What people call it: `cron.schedule` → `schedule`, `setInterval`. */
  readonly name: string;
  readonly how: 'library' | 'timer';
  /** Of what runs; undefined where that is not known. */
  readonly work: BackgroundWork | undefined;
}

/** The schedules that a module makes: by libraries, `setInterval`, and timers that set themselves again. */
export const schedulesOf = queryEach('model', findSchedules);

function findSchedules(path: string, model: ProjectModel): readonly Schedule[] {
  const facts = model.facts.get(path);
  if (!facts) return [];
  const byLibrary = model.meanings(path).flatMap((explained): Schedule[] => {
    const { meaning, call, args, callee } = explained;
    if (meaning.kind !== 'scheduler' || meaning.locked) return [];
    const handler =
      (meaning.handler === undefined ? undefined : argumentAt(call.args, meaning.handler)) ??
      argumentAt(args, '1');
    const roots = call.context.includes('decorator')
      ? decorated(facts, call)
      : handler
        ? functionPlaces(handler, path, model)
        : [];
    if (doesNothing(roots, call, path, model) || isNeverStarted(explained, model)) return [];
    const name = callee.replace(/^new /, '').split(/[./]/).at(-1) ?? callee;
    return [{ path, call, name, how: 'library', work: workOf(roots, model) }];
  });
  const timers = facts.calls.flatMap((call): Schedule[] => {
    const name = globalName(call.callee);
    const repeated = name === undefined ? repeatedArgument(call, path, model) : undefined;
    if (repeated) {
      const roots = functionPlaces(repeated, path, model);
      return [{ path, call, name: 'setInterval', how: 'timer', work: workOf(roots, model) }];
    }
    if (isPause(call, path, model)) {
      const roots = [{ path, fn: call.fn }];
      return [{ path, call, name: 'sleep', how: 'timer', work: workOf(roots, model) }];
    }
    const [handler] = call.args;
    if (!handler || (name !== 'setInterval' && name !== 'setTimeout')) return [];
    // A function that repeats what it is given: whoever gives it something makes the schedule.
    if (name === 'setInterval' && handler.kind === 'parameter') return [];
    const roots = functionPlaces(handler, path, model);
    if (name === 'setTimeout' && !setsItselfAgain(call, roots, facts, model)) return [];
    if (stopsItself(roots, model)) return [];
    return [{ path, call, name, how: 'timer', work: workOf(roots, model) }];
  });
  return [...byLibrary, ...timers];
}

/** `while (true) { …; await sleep(1000); }` outside of what takes work off a queue. */
function isPause(call: CallFact, path: string, model: ProjectModel): boolean {
  const facts = model.facts.get(path);
  return (
    facts !== undefined &&
    call.awaited &&
    call.context.includes('endless') &&
    !isOneMoreTry(call, facts) &&
    (/^(sleep|delay|pause)/i.test(calledName(call.callee)) ||
      canonicalName(call.callee) === 'timers/promises.setTimeout') &&
    !model
      .meanings(path)
      .some(({ meaning, call: other }) => meaning.kind === 'consumer' && other.fn === call.fn)
  );
}

/** `new Cron(pattern, () => {})` only tries a pattern. */
function doesNothing(
  roots: readonly FunctionPlace[],
  call: CallFact,
  path: string,
  model: ProjectModel,
): boolean {
  return (
    roots.length > 0 &&
    roots.every((root) => {
      const span = model.facts.get(path)?.functions[root.fn]?.span;
      if (root.path !== path || !span || span.start < call.span.start) return false;
      return /\{\s*\}$/.test(model.files.piece(path, span));
    })
  );
}

function workOf(roots: readonly FunctionPlace[], model: ProjectModel): BackgroundWork | undefined {
  return roots.length === 0 ? undefined : backgroundWork(roots, model);
}

/** The method under a decorator. */
function decorated(facts: SourceFacts, call: CallFact): readonly FunctionPlace[] {
  return facts.functions
    .filter((fact) => fact.decorators.some(({ span }) => contains(span, call.span)))
    .map((fact) => ({ path: facts.path, fn: fact.id }));
}

/** `function poll() { …; setTimeout(poll, 1000) }`, also through an arrow; not one more try after a failure. */
function setsItselfAgain(
  call: CallFact,
  roots: readonly FunctionPlace[],
  facts: SourceFacts,
  model: ProjectModel,
): boolean {
  if (isOneMoreTry(call, facts)) return false;
  const around = new Set<number>();
  for (let fn = call.fn; fn > 0; fn = facts.functions[fn]?.parent ?? 0) around.add(fn);
  const isAround = (place: FunctionPlace): boolean =>
    place.path === facts.path && around.has(place.fn);
  return roots.some(
    (root) =>
      isAround(root) ||
      (model.facts.get(root.path)?.functions[root.fn]?.callees ?? []).some((callee) =>
        calledFunctions(callee, root.path, model).some(isAround),
      ),
  );
}

/** An interval that ends by itself, or with the process, waits for something. */
function stopsItself(roots: readonly FunctionPlace[], model: ProjectModel): boolean {
  return roots.some(({ path, fn }) => {
    const facts = model.facts.get(path);
    return facts?.calls.some(
      (call) =>
        (call.fn === fn && globalName(call.callee) === 'clearInterval') ||
        (endsWell(call) && isInFunction(call.fn, fn, facts)),
    );
  });
}

/** `process.exit(0)` */
function endsWell({ callee, args: [code] }: CallFact): boolean {
  return (
    canonicalName(callee) === 'process.exit' &&
    (!code || (code.kind === 'literal' && code.value === 0))
  );
}
